//! Registered patients of practices by sex and age band.
//!
//! ```text
//! population(group) = sum of registered patients over the practices of its CCGs
//! ```
//!
//! These are patients on lists, not residents: lists of 2015 have 57 million, the census estimate 54.

use std::path::{Path, PathBuf};

use super::card::Card;
use super::layout::{Header, Row, Rows};
use super::lookup::{LocalAuthorities, group_in_lookup};
use crate::error::Result;
use crate::published::Groups;
use crate::source::Source;

/// Number of age bands.
pub(super) const NBANDS: usize = 9;

/// The age bands of list sizes and of prescribing units, youngest first.
pub const AGE_BANDS: [&str; NBANDS] =
    ["0-4", "5-14", "15-24", "25-34", "35-44", "45-54", "55-64", "65-74", "75+"];

/// Field of the first count; male and female take turns from there.
const FIRST_COUNT: usize = 8;

/// Registered list sizes of a quarter.
pub(super) const CARD: Card = Card {
    name: "list-sizes",
    title: "Patient list sizes by practice, sex and age band",
    publisher: "NHS Business Services Authority",
    licence: "Open Government Licence v3.0",
    row: "a practice in a quarter",
    units: "registered patients",
    layouts: &[(
        "2013-2016",
        &[
            "Regional Office Name",
            "Regional Office Code",
            "Area Team Name",
            "Area Team Code",
            "PCO Name",
            "PCO Code",
            "Practice Name",
            "Practice Code",
            "Male 0-4",
            "Female 0-4",
            "Male 5-14",
            "Female 5-14",
            "Male 15-24",
            "Female 15-24",
            "Male 25-34",
            "Female 25-34",
            "Male 35-44",
            "Female 35-44",
            "Male 45-54",
            "Female 45-54",
            "Male 55-64",
            "Female 55-64",
            "Male 65-74",
            "Female 65-74",
            "Male 75+",
            "Female 75+",
        ],
    )],
    note: "the PCO code is the CCG's code and 00; codes of closed trusts survive on closed practices, \
           whose lists are empty",
};

/// Patients by sex and age band.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Patients {
    /// Men and boys, by [`AGE_BANDS`].
    pub male: [u64; NBANDS],
    /// Women and girls.
    pub female: [u64; NBANDS],
}

impl Patients {
    /// Everyone.
    pub fn total(&self) -> u64 {
        self.male.iter().chain(&self.female).sum()
    }

    /// Women and girls, percent of everyone; `None` if there is nobody.
    pub fn female_percent(&self) -> Option<f64> {
        percent(self.female.iter().sum(), self.total())
    }

    /// Patients of an age band (by its place in [`AGE_BANDS`]), percent of everyone.
    ///
    /// # Panics
    /// If there is no such band.
    pub fn band_percent(&self, band: usize) -> Option<f64> {
        percent(self.male[band] + self.female[band], self.total())
    }

    fn add(&mut self, other: &Self) {
        self.male.iter_mut().zip(other.male).for_each(|(sum, each)| *sum += each);
        self.female.iter_mut().zip(other.female).for_each(|(sum, each)| *sum += each);
    }
}

fn percent(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| 100.0 * part as f64 / whole as f64)
}

/// The list of a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PracticeList {
    /// Code of the practice.
    pub practice: String,
    /// Code of the organisation it belongs to, without the 00 of the file.
    pub organisation: String,
    /// Its patients.
    pub patients: Patients,
}

/// Populations of the two groups of commissioning groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupPatients {
    /// One local authority, several, and both together.
    pub groups: Groups<Patients>,
    /// Of commissioning groups that the lookup sets apart.
    pub apart: Patients,
    /// Of organisations that are not in the lookup.
    pub elsewhere: Patients,
}

/// Registered list sizes of one quarter.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{ListSizes, LocalAuthorities};
/// let lookup = LocalAuthorities::read("LSOA11_CCG15_LAD15_EN_LU.csv.gz")?.apart(["13T"])?;
/// let lists = ListSizes::read("Patient_List_Size_2015_04-06.csv.gz")?;
/// println!("{}", lists.by_local_authorities(&lookup).groups.one.total());
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListSizes {
    path: PathBuf,
    lists: Vec<PracticeList>,
}

impl ListSizes {
    /// What to look for, and what the file holds.
    pub const CARD: Card = CARD;

    /// Reads the file of a quarter, plain or gzip.
    ///
    /// # Errors
    /// [`Error::Layout`](crate::Error::Layout) for any other columns,
    /// [`Error::Value`](crate::Error::Value) for a count that is not a whole number, an
    /// organisation code that does not end in 00, and a practice that occurs twice; else as [`read_csv`](crate::read_csv).
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_source(&Source::open(path.as_ref())?)
    }

    pub(super) fn from_source(source: &Source) -> Result<Self> {
        let rows = Rows::open(source, &CARD, Header::Exact)?;
        let key = |each: &PracticeList| each.practice.clone();
        let lists = rows
            .distinct((7, "a practice that no earlier line has"), key, |row| practice_list(row).map(Some))?;
        Ok(Self { path: source.path().to_path_buf(), lists })
    }

    /// The file it was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All practices, in the order of the file.
    pub fn lists(&self) -> &[PracticeList] {
        &self.lists
    }

    /// Practices with at least one patient.
    pub fn practices(&self) -> usize {
        self.lists.iter().filter(|list| list.patients.total() > 0).count()
    }

    /// Populations of commissioning groups with one and with several local authorities.
    pub fn by_local_authorities(&self, lookup: &LocalAuthorities) -> GroupPatients {
        let none = Patients::default();
        let groups = Groups { one: none, several: none, all: none };
        let mut sums = GroupPatients { groups, apart: none, elsewhere: none };
        for list in &self.lists {
            let code = group_in_lookup(&list.organisation);
            let sum = match lookup.count(code) {
                Some(1) => &mut sums.groups.one,
                Some(_) => &mut sums.groups.several,
                None if lookup.is_apart(code) => &mut sums.apart,
                None => &mut sums.elsewhere,
            };
            sum.add(&list.patients);
        }
        sums.groups.all = sums.groups.one;
        sums.groups.all.add(&sums.groups.several);
        sums
    }
}

fn practice_list(row: &Row<'_>) -> Result<PracticeList> {
    let organisation = row.text(5).strip_suffix("00");
    let organisation = organisation.filter(|code| code.len() == 3);
    let organisation = organisation.ok_or_else(|| row.refused(5, "a code of three characters and 00"))?;
    let mut patients = Patients::default();
    for band in 0..NBANDS {
        patients.male[band] = row.value(FIRST_COUNT + 2 * band, "a whole number")?;
        patients.female[band] = row.value(FIRST_COUNT + 2 * band + 1, "a whole number")?;
    }
    Ok(PracticeList { practice: row.code(7)?, organisation: organisation.to_string(), patients })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn file() -> String {
        let header = CARD.layouts[0].1.join(",");
        let counts = "306,268,601,531,400,390,717,551,669,479,459,369,248,170,127,127,76,80";
        let team = "LONDON,Y56,NORTH EAST LONDON AREA TEAM,Q61";
        format!("{header}\n{team},BARKING & DAGENHAM CCG,07L00,ABBEY MEDICAL CENTRE,F82625,{counts}\n")
    }

    fn read(text: &str) -> Result<ListSizes> {
        ListSizes::from_source(&Source::memory("lists.csv", text.as_bytes()))
    }

    #[test]
    fn male_and_female_counts_take_turns() {
        let lists = read(&file()).expect("a good file");
        let [list] = lists.lists() else { panic!("one practice") };
        assert_eq!((list.practice.as_str(), list.organisation.as_str()), ("F82625", "07L"));
        assert_eq!((list.patients.male[0], list.patients.female[8]), (306, 80));
        assert_eq!(list.patients.total(), 6_568);
    }

    #[test]
    fn shares_of_all_bands_add_up_to_everyone() {
        let lists = read(&file()).expect("a good file");
        let patients = lists.lists()[0].patients;
        let sum: f64 = (0..NBANDS).filter_map(|band| patients.band_percent(band)).sum();
        assert!((sum - 100.0).abs() < 1e-12);
        assert_eq!(Patients::default().female_percent(), None);
    }

    #[test]
    fn a_wrong_count_code_or_practice_is_refused() {
        for (from, to, at) in [("306", "-306", 9), ("07L00", "07L", 6), ("F82625", "", 8)] {
            let error = read(&file().replace(from, to)).unwrap_err();
            assert!(matches!(&error, Error::Value { line: 2, field, .. } if *field == at), "{error}");
        }
    }
}
