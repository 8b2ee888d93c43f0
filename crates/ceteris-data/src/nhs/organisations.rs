//! Practices and commissioners: what they are called, and from when to when they exist.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::card::Card;
use super::day::Day;
use super::layout::{self, Header, Row};
use crate::error::Result;
use crate::source::Source;

/// The 27 columns of an ODS organisation file.
const COLUMNS: &[&str] = &[
    "Organisation Code",
    "Name",
    "National Grouping",
    "High Level Health Geography",
    "Address Line 1",
    "Address Line 2",
    "Address Line 3",
    "Address Line 4",
    "Address Line 5",
    "Postcode",
    "Open Date",
    "Close Date",
    "Status Code",
    "Organisation Sub-Type Code",
    "Commissioner",
    "Join Provider/Purchaser Date",
    "Left Provider/Purchaser Date",
    "Contact Telephone Number",
    "Null 19",
    "Null 20",
    "Null 21",
    "Amended Record Indicator",
    "Null 23",
    "Provider/Purchaser",
    "Null 25",
    "Prescribing Setting",
    "Null 27",
];

/// Practices and other prescribing cost centres.
pub(super) const PRACTICES: Card = Card {
    name: "practices",
    title: "ODS practices (epraccur)",
    publisher: "NHS Organisation Data Service",
    licence: "Open Government Licence v3.0",
    row: "a practice or another prescribing cost centre",
    units: "codes and days (YYYYMMDD)",
    layouts: &[("no header", COLUMNS)],
    note: "the file has no header line; prescribing setting 4 is a GP practice",
};

/// Commissioning groups and commissioning hubs.
pub(super) const COMMISSIONERS: Card = Card {
    name: "commissioners",
    title: "ODS commissioners (eccg)",
    publisher: "NHS Organisation Data Service",
    licence: "Open Government Licence v3.0",
    row: "a commissioning group (sub-type C) or a commissioning hub (H)",
    units: "codes and days (YYYYMMDD)",
    layouts: &[("no header", COLUMNS)],
    note: "the file has no header line; Gateshead (00F), Newcastle North and East (00G) and Newcastle \
           West (00H) closed on 31 March 2015 and became Newcastle Gateshead (13T)",
};

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Organisation {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// First day, if the file says so.
    pub opened: Option<Day>,
    /// Last day; `None` if it is open.
    pub closed: Option<Day>,
    /// Sub-type: `C` a commissioning group, `H` a hub; `B` an allocated practice.
    pub sub_type: String,
    /// Commissioner at the time of the file; empty if none.
    pub commissioner: String,
    /// Prescribing setting; 4 is a GP practice.
    pub prescribing_setting: Option<u8>,
}

impl Organisation {
    /// Whether it is a GP practice (prescribing setting 4).
    pub fn is_gp_practice(&self) -> bool {
        /// ODS: "GP practice".
        const GP_PRACTICE: u8 = 4;
        self.prescribing_setting == Some(GP_PRACTICE)
    }

    /// Whether it is a commissioning group, and not a hub.
    pub fn is_commissioning_group(&self) -> bool {
        self.sub_type == "C"
    }

    /// Whether it was open on a day.
    pub fn is_open(&self, day: Day) -> bool {
        self.opened.is_none_or(|opened| opened <= day) && self.closed.is_none_or(|closed| day <= closed)
    }
}

/// An ODS file of organisations.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{Day, Organisations};
/// let commissioners = Organisations::commissioners("eccg.csv")?;
/// assert_eq!(commissioners.commissioning_groups(Day::REFORM).count(), 211);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisations {
    path: PathBuf,
    organisations: BTreeMap<String, Organisation>,
}

impl Organisations {
    /// What to look for as a file of practices, and what it holds.
    pub const PRACTICES: Card = PRACTICES;

    /// What to look for as a file of commissioners, and what it holds.
    pub const COMMISSIONERS: Card = COMMISSIONERS;

    /// Reads a file of practices (epraccur), plain or gzip.
    ///
    /// # Errors
    /// [`Error::Layout`](crate::Error::Layout) for another number of columns,
    /// [`Error::Value`](crate::Error::Value) for text that is not a day or a setting and for a code
    /// that occurs twice, else as [`read_csv`](crate::read_csv).
    pub fn practices(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_source(&Source::open(path.as_ref())?, &PRACTICES)
    }

    /// Reads a file of commissioners (eccg), plain or gzip.
    ///
    /// # Errors
    /// As [`Organisations::practices`].
    pub fn commissioners(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_source(&Source::open(path.as_ref())?, &COMMISSIONERS)
    }

    pub(super) fn from_source(source: &Source, card: &Card) -> Result<Self> {
        let mut organisations = BTreeMap::new();
        layout::read(source, card, Header::Absent, |row| {
            let organisation = organisation(row)?;
            match organisations.insert(organisation.code.clone(), organisation) {
                None => Ok(()),
                Some(_) => Err(row.refused(0, "a code that no earlier line has")),
            }
        })?;
        Ok(Self { path: source.path().to_path_buf(), organisations })
    }

    /// The file it was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Number of organisations.
    pub fn len(&self) -> usize {
        self.organisations.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.organisations.is_empty()
    }

    /// The organisation of this code.
    pub fn organisation(&self, code: &str) -> Option<&Organisation> {
        self.organisations.get(code)
    }

    /// All of them, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Organisation> {
        self.organisations.values()
    }

    /// The commissioning groups that were open on a day, hubs left out.
    pub fn commissioning_groups(&self, day: Day) -> impl Iterator<Item = &Organisation> {
        self.iter().filter(move |each| each.is_commissioning_group() && each.is_open(day))
    }
}

fn organisation(row: &Row<'_>) -> Result<Organisation> {
    const DAY: &str = "empty or a day such as 20130401";
    Ok(Organisation {
        code: row.code(0)?,
        name: row.text(1).to_string(),
        opened: row.optional(10, DAY)?,
        closed: row.optional(11, DAY)?,
        sub_type: row.text(13).to_string(),
        commissioner: row.text(14).to_string(),
        prescribing_setting: row.optional(25, "empty or a setting from 0 to 255")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const PRACTICE: &str = "\"A81001\",\"THE DENSHAM SURGERY\",\"Y54\",\"Q74\",\"THE HEALTH CENTRE\",\
\"LAWSON STREET\",\"STOCKTON\",\"CLEVELAND\",\"\",\"TS18 1HU\",\"19740401\",\"\",\"A\",\"B\",\"00K\",\"20130401\",\"\",\
\"01642 672351\",\"\",\"\",\"\",\"0\",\"\",\"00K\",\"\",\"4\",\"\"\n";
    const GROUP: &str = "\"00F\",\"NHS GATESHEAD CCG\",\"Y54\",\"Q49\",\"RIVERSIDE HOUSE\",\"GOLDCREST WAY\",\
\"NEWBURN RIVERSIDE\",\"NEWCASTLE UPON TYNE\",\"TYNE AND WEAR\",\"NE15 8NY\",\"20130401\",\"20150331\",\"\",\"C\",\"\",\
\"\",\"\",\"\",\"\",\"\",\"\",\"0\",\"\",\"\",\"\",\"\",\"\"\n";

    fn read(text: &str, card: &Card) -> Result<Organisations> {
        Organisations::from_source(&Source::memory("ods.csv", text.as_bytes()), card)
    }

    #[test]
    fn a_practice_has_a_setting_and_a_commissioner() {
        let file = read(PRACTICE, &PRACTICES).expect("a good file");
        let practice = file.organisation("A81001").expect("read");
        assert!(practice.is_gp_practice() && !practice.is_commissioning_group());
        assert_eq!((practice.commissioner.as_str(), practice.closed), ("00K", None));
    }

    #[test]
    fn a_group_counts_on_the_days_it_was_open() {
        let file = read(GROUP, &COMMISSIONERS).expect("a good file");
        let open = |day: &str| file.commissioning_groups(day.parse().expect("a day")).count();
        assert_eq!([open("20130331"), open("20130401"), open("20150331"), open("20150401")], [0, 1, 1, 0]);
        let hubs = read(&GROUP.replace("\"C\"", "\"H\""), &COMMISSIONERS).expect("a good file");
        assert_eq!(hubs.commissioning_groups(Day::REFORM).count(), 0);
    }

    #[test]
    fn a_code_met_twice_and_a_wrong_day_are_refused() {
        let error = read(&format!("{PRACTICE}{PRACTICE}"), &PRACTICES).unwrap_err();
        assert!(matches!(&error, Error::Value { line: 2, field: 1, .. }), "{error}");
        let error = read(&PRACTICE.replace("19740401", "April"), &PRACTICES).unwrap_err();
        assert!(matches!(&error, Error::Value { line: 1, field: 11, .. }), "{error}");
    }
}
