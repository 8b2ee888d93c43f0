//! Small areas to commissioning groups to local authorities, and so: with how many local
//! authorities each commissioning group works.
//!
//! ```text
//! n_la(c) = number of distinct local authority districts over the small areas of CCG c
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use ceteris::{Column, Frame};

use super::card::Card;
use super::layout::{self, Header, Row};
use crate::error::Result;
use crate::source::Source;

/// The ONS lookup from lower layer super output areas (2011) to CCGs and local authority districts.
pub(super) const CARD: Card = Card {
    name: "lookup",
    title: "LSOA (2011) to CCG to LAD lookup in England",
    publisher: "Office for National Statistics",
    licence: "Open Government Licence v3.0",
    row: "a lower layer super output area of 2011 (32,844 in England)",
    units: "codes and names only",
    layouts: &[
        (
            "July 2015",
            &["LSOA11CD", "LSOA11NM", "CCG15CD", "CCG15CDH", "CCG15NM", "LAD15CD", "LAD15NM", "FID"],
        ),
        (
            "April 2016",
            &["LSOA11CD", "LSOA11NM", "CCG16CD", "CCG16CDH", "CCG16NM", "LAD16CD", "LAD16NM", "FID"],
        ),
    ],
    note: "Newcastle Gateshead (13T) was formed in April 2015 from three CCGs; set it apart to \
           match groups of April 2013",
};

/// NHS Newcastle Gateshead, which later lookups have in the place of three groups of April 2013.
pub const NEWCASTLE_GATESHEAD: &str = "13T";

/// Those three: Gateshead, Newcastle North and East, Newcastle West.
const BEFORE_NEWCASTLE_GATESHEAD: [&str; 3] = ["00F", "00G", "00H"];

/// The code that the lookups of 2015 and 2016 have for a commissioning group of April 2013.
///
/// # Example
/// ```
/// use ceteris_data::nhs::group_in_lookup;
/// assert_eq!((group_in_lookup("00G"), group_in_lookup("00K")), ("13T", "00K"));
/// ```
pub fn group_in_lookup(code: &str) -> &str {
    if BEFORE_NEWCASTLE_GATESHEAD.contains(&code) { NEWCASTLE_GATESHEAD } else { code }
}

/// A commissioning group with the local authorities it works with.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Ccg {
    /// Code of the statistics office, `E38000212` say.
    pub ons_code: String,
    /// Code of the health service, `13T` say.
    pub code: String,
    /// Name.
    pub name: String,
    /// Codes of its local authority districts.
    pub authorities: BTreeSet<String>,
    /// Number of its small areas.
    pub areas: usize,
}

/// Number of local authorities by commissioning group.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::LocalAuthorities;
/// let lookup = LocalAuthorities::read("LSOA11_CCG15_LAD15_EN_LU.csv.gz")?.apart(["13T"])?;
/// assert_eq!((lookup.single(), lookup.several()), (119, 89));
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalAuthorities {
    edition: &'static str,
    ccgs: Vec<Ccg>,
    apart: Vec<Ccg>,
}

impl LocalAuthorities {
    /// What to look for, and what the file holds.
    pub const CARD: Card = CARD;

    /// Reads the lookup of 2015 or of 2016, plain or gzip.
    ///
    /// # Errors
    /// [`Error::Layout`](crate::Error::Layout) for any other columns,
    /// [`Error::Value`](crate::Error::Value) for a malformed code, a small area that occurs
    /// twice or a CCG with two names, else as [`read_csv`](crate::read_csv).
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_source(&Source::open(path.as_ref())?)
    }

    fn from_source(source: &Source) -> Result<Self> {
        let mut areas = BTreeSet::new();
        let mut ccgs = BTreeMap::new();
        let edition = layout::read(source, &CARD, Header::Exact, |row| {
            if !is_code(row.text(0), &["E01"]) {
                return Err(row.refused(0, "the code of an English small area, E01 and six digits"));
            }
            if !areas.insert(row.text(0).to_string()) {
                return Err(row.refused(0, "an area that no earlier line has"));
            }
            add(&mut ccgs, row)
        })?;
        Ok(Self { edition, ccgs: ccgs.into_values().collect(), apart: Vec::new() })
    }

    /// Sets commissioning groups apart: they count in no group, and rows about them are left out.
    ///
    /// # Errors
    /// [`ceteris::Error::UnknownLevel`] for a code (of either kind) that the lookup does not have.
    pub fn apart<S: AsRef<str>>(mut self, codes: impl IntoIterator<Item = S>) -> Result<Self> {
        for code in codes {
            let code = code.as_ref();
            let Some(place) = self.ccgs.iter().position(|ccg| ccg.has_code(code)) else {
                return Err(ceteris::Error::UnknownLevel {
                    column: "ccg".to_string(),
                    level: code.to_string(),
                    available: self.ccgs.iter().map(|ccg| ccg.code.clone()).collect(),
                }
                .into());
            };
            self.apart.push(self.ccgs.remove(place));
        }
        Ok(self)
    }

    /// Which edition was read: `July 2015` or `April 2016`.
    pub fn edition(&self) -> &'static str {
        self.edition
    }

    /// The commissioning groups, by the code of the statistics office, without those set apart.
    pub fn ccgs(&self) -> &[Ccg] {
        &self.ccgs
    }

    /// Whether this commissioning group was set apart.
    pub fn is_apart(&self, code: &str) -> bool {
        self.apart.iter().any(|ccg| ccg.has_code(code))
    }

    /// The commissioning group of a code of either kind; `None` if it is unknown or set apart.
    pub fn ccg(&self, code: &str) -> Option<&Ccg> {
        self.ccgs.iter().find(|ccg| ccg.has_code(code))
    }

    /// Number of local authorities of a commissioning group, by either of its codes; `None` if it is
    /// unknown or set apart.
    pub fn count(&self, code: &str) -> Option<usize> {
        self.ccg(code).map(|ccg| ccg.authorities.len())
    }

    /// Commissioning groups that work with one local authority.
    pub fn single(&self) -> usize {
        self.ccgs.len() - self.several()
    }

    /// Commissioning groups that work with several.
    pub fn several(&self) -> usize {
        self.more_than(1)
    }

    /// Commissioning groups that work with more than so many.
    pub fn more_than(&self, authorities: usize) -> usize {
        self.ccgs.iter().filter(|ccg| ccg.authorities.len() > authorities).count()
    }

    /// Columns `ccg`, `ccg_ons` and `name` (categories) and `n_la` (real), one row for each
    /// commissioning group.
    ///
    /// # Errors
    /// Those of [`Frame::add`].
    pub fn frame(&self) -> Result<Frame> {
        let counts = self.ccgs.iter().map(|ccg| ccg.authorities.len() as f64);
        Ok(Frame::new()
            .add_category("ccg", self.ccgs.iter().map(|ccg| Some(&ccg.code)))?
            .add_category("ccg_ons", self.ccgs.iter().map(|ccg| Some(&ccg.ons_code)))?
            .add_category("name", self.ccgs.iter().map(|ccg| Some(&ccg.name)))?
            .add("n_la", Column::Real(counts.collect()))?)
    }
}

impl Ccg {
    /// Whether `code` is one of its two codes.
    pub fn has_code(&self, code: &str) -> bool {
        self.code == code || self.ons_code == code
    }
}

/// Adds a small area to its commissioning group.
fn add(ccgs: &mut BTreeMap<String, Ccg>, row: &Row<'_>) -> Result<()> {
    let (ons_code, code, name, authority) = (row.text(2), row.text(3), row.text(4), row.text(5));
    if !is_code(ons_code, &["E38"]) {
        return Err(row.refused(2, "the code of an English CCG, E38 and six digits"));
    }
    if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(row.refused(3, "a code of three letters or digits"));
    }
    if !is_code(authority, &["E06", "E07", "E08", "E09"]) {
        return Err(row.refused(5, "the code of an English district, E06 to E09 and six digits"));
    }
    let ccg = ccgs.entry(ons_code.to_string()).or_insert_with(|| Ccg {
        ons_code: ons_code.to_string(),
        code: code.to_string(),
        name: name.to_string(),
        authorities: BTreeSet::new(),
        areas: 0,
    });
    if ccg.code != code {
        return Err(row.refused(3, "the code this CCG has on earlier lines"));
    }
    if ccg.name != name {
        return Err(row.refused(4, "the name this CCG has on earlier lines"));
    }
    ccg.authorities.insert(authority.to_string());
    ccg.areas += 1;
    Ok(())
}

/// Whether this is a nine-character code of one of these kinds.
fn is_code(code: &str, kinds: &[&str]) -> bool {
    code.len() == 9
        && kinds.iter().any(|kind| code.starts_with(kind))
        && code.bytes().skip(3).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const HEADER: &str = "LSOA11CD,LSOA11NM,CCG15CD,CCG15CDH,CCG15NM,LAD15CD,LAD15NM,FID\n";

    fn read(text: &str) -> Result<LocalAuthorities> {
        LocalAuthorities::from_source(&Source::memory("lookup.csv", text.as_bytes()))
    }

    fn three_areas() -> String {
        let rows = [
            "E01000001,A 1,E38000001,02N,\"NHS Airedale, Wharfedale and Craven CCG\",E08000032,Bradford,1",
            "E01000002,A 2,E38000001,02N,\"NHS Airedale, Wharfedale and Craven CCG\",E07000163,Craven,2",
            "E01000003,B 1,E38000002,09C,NHS Ashford CCG,E07000105,Ashford,3",
        ];
        format!("{HEADER}{}\n", rows.join("\n"))
    }

    #[test]
    fn distinct_local_authorities_are_counted_for_either_code() {
        let lookup = read(&three_areas()).expect("a good file");
        assert_eq!((lookup.count("02N"), lookup.count("E38000002")), (Some(2), Some(1)));
        assert_eq!((lookup.single(), lookup.several()), (1, 1));
        assert_eq!((lookup.edition(), lookup.ccgs()[0].areas), ("July 2015", 2));
        assert_eq!(lookup.frame().expect("a frame").nrows(), 2);
    }

    #[test]
    fn a_ccg_set_apart_counts_nowhere_and_an_unknown_one_is_refused() {
        let lookup = read(&three_areas()).expect("a good file").apart(["02N"]).expect("known");
        assert_eq!((lookup.count("02N"), lookup.is_apart("E38000001")), (None, true));
        let error = lookup.apart(["O9C"]).unwrap_err();
        assert!(error.to_string().ends_with("did you mean `09C`?"), "{error}");
    }

    #[test]
    fn another_layout_is_named_by_its_first_difference() {
        let error = read(&three_areas().replace("CCG15CDH", "CCG17CDH")).unwrap_err();
        assert!(matches!(error, Error::Layout { .. }));
        let words = error.to_string();
        assert!(words.contains("`CCG17CDH` in the place of `CCG15CDH`"), "{words}");
    }

    #[test]
    fn a_wrong_code_and_a_repeated_area_are_refused_with_their_line() {
        let error = read(&three_areas().replace("E07000105", "Ashford")).unwrap_err();
        assert!(matches!(&error, Error::Value { line: 4, field: 6, .. }), "{error}");
        let error = read(&three_areas().replace("E01000003", "E01000001")).unwrap_err();
        assert!(matches!(&error, Error::Value { line: 4, field: 1, .. }), "{error}");
    }
}
