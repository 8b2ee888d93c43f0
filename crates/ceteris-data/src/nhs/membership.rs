//! Which organisation a practice belonged to, and when.
//!
//! ```text
//! organisation(i, d) = the one whose spell [joined, left] of practice i holds the day d
//! ```
//!
//! Spells of a practice do not overlap; a file in which they do is refused.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::card::Card;
use super::day::Day;
use super::layout::{self, Header, Row};
use crate::error::Result;
use crate::source::Source;

/// Memberships of practices: health authorities, primary care trusts, commissioning groups.
pub(super) const CARD: Card = Card {
    name: "membership",
    title: "ODS practice memberships (epcmem)",
    publisher: "NHS Organisation Data Service",
    licence: "Open Government Licence v3.0",
    row: "a practice in an organisation, from a day to a day",
    units: "codes and days (YYYYMMDD)",
    layouts: &[(
        "no header",
        &[
            "Organisation Code",
            "Parent Organisation Code",
            "Parent Organisation Type",
            "Join Parent Date",
            "Left Parent Date",
            "Amended Record Indicator",
        ],
    )],
    note: "the file has no header line; it goes back to the health authorities of 1999, then primary \
           care trusts (to 31 March 2013) and commissioning groups (from 1 April 2013)",
};

/// A time that a practice spent in an organisation, first and last day included.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Spell {
    /// Code of the organisation.
    pub organisation: String,
    /// First day.
    pub joined: Day,
    /// Last day; `None` if it has not ended.
    pub left: Option<Day>,
}

impl Spell {
    /// Whether the day is in it.
    pub fn holds(&self, day: Day) -> bool {
        self.joined <= day && self.left.is_none_or(|left| day <= left)
    }
}

/// The organisations of every practice over time.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{Day, Membership};
/// let membership = Membership::read("epcmem.csv.gz")?;
/// assert_eq!(membership.organisation("A81001", Day::REFORM), Some("00K"));
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    path: PathBuf,
    spells: BTreeMap<String, Vec<Spell>>,
    rows: usize,
}

impl Membership {
    /// What to look for, and what the file holds.
    pub const CARD: Card = CARD;

    /// Reads the file, plain or gzip.
    ///
    /// # Errors
    /// [`Error::Layout`](crate::Error::Layout) for another number of columns;
    /// [`Error::Value`](crate::Error::Value) for text that is not a day, a spell that ends before it begins or overlaps another, and an organisation type other than
    /// `W`; else as [`read_csv`](crate::read_csv).
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_source(&Source::open(path.as_ref())?)
    }

    pub(super) fn from_source(source: &Source) -> Result<Self> {
        let mut spells: BTreeMap<String, Vec<Spell>> = BTreeMap::new();
        let mut rows = 0;
        layout::read(source, &CARD, Header::Absent, |row| {
            let (practice, spell) = (row.code(0)?, spell(row)?);
            let held = spells.entry(practice).or_default();
            if held.iter().any(|other| overlap(other, &spell)) {
                return Err(row.refused(3, "after the practice's other spells or before them"));
            }
            held.push(spell);
            rows += 1;
            Ok(())
        })?;
        for held in spells.values_mut() {
            held.sort_by_key(|spell| spell.joined);
        }
        Ok(Self { path: source.path().to_path_buf(), spells, rows })
    }

    /// The file it was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Rows of the file.
    pub fn nrows(&self) -> usize {
        self.rows
    }

    /// Practices with at least one spell.
    pub fn practices(&self) -> impl Iterator<Item = &str> {
        self.spells.keys().map(String::as_str)
    }

    /// The spells of a practice, earliest first.
    pub fn spells(&self, practice: &str) -> &[Spell] {
        self.spells.get(practice).map_or(&[], Vec::as_slice)
    }

    /// The organisation of a practice on a day.
    pub fn organisation(&self, practice: &str, day: Day) -> Option<&str> {
        let spell = self.spells(practice).iter().find(|spell| spell.holds(day))?;
        Some(&spell.organisation)
    }
}

fn spell(row: &Row<'_>) -> Result<Spell> {
    const DAY: &str = "a day such as 20130401";
    if row.text(2) != "W" {
        return Err(row.refused(2, "W, a primary care organisation"));
    }
    let (joined, left) = (row.value(3, DAY)?, row.optional(4, DAY)?);
    if left.is_some_and(|left| left < joined) {
        return Err(row.refused(4, "on or after the day of joining"));
    }
    Ok(Spell { organisation: row.code(1)?, joined, left })
}

fn overlap(a: &Spell, b: &Spell) -> bool {
    a.holds(b.joined) || b.holds(a.joined)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const GOOD: &str = "\
\"A81001\",\"5E1\",\"W\",\"20010401\",\"20130331\",\"0\"
\"A81001\",\"00K\",\"W\",\"20130401\",\"\",\"0\"
\"A81001\",\"4QP36\",\"W\",\"19990401\",\"20010331\",\"0\"
";

    fn read(text: &str) -> Result<Membership> {
        Membership::from_source(&Source::memory("epcmem.csv", text.as_bytes()))
    }

    #[test]
    fn the_organisation_is_that_of_the_spell_that_holds_the_day() {
        let file = read(GOOD).expect("a good file");
        let on = |day: &str| file.organisation("A81001", day.parse().expect("a day"));
        assert_eq!(on("20130331"), Some("5E1"));
        assert_eq!(on("20130401"), Some("00K"));
        assert_eq!(on("19980101"), None);
        assert_eq!((file.nrows(), file.spells("A81001").len(), file.spells("X").len()), (3, 3, 0));
    }

    #[test]
    fn days_and_spells_that_cannot_be_are_refused_with_their_line() {
        for (from, to, at) in [
            ("20130401", "20130431", (2, 4)),
            ("20130401", "20130331", (2, 4)),
            ("20010331", "19980331", (3, 5)),
            ("\"00K\",\"W\"", "\"00K\",\"X\"", (2, 3)),
            ("\"00K\"", "\"\"", (2, 2)),
        ] {
            let error = read(&GOOD.replace(from, to)).unwrap_err();
            let Error::Value { line, field, .. } = &error else { panic!("{error}") };
            assert_eq!((*line, *field), at, "{error}");
        }
    }

    #[test]
    fn another_number_of_columns_is_another_layout() {
        let error = read("A81001,5E1,W\n").unwrap_err();
        assert!(error.to_string().contains("3 fields in the place of 6"), "{error}");
    }
}
