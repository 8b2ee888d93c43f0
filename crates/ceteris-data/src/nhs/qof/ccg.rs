//! Cervical screening (indicator CS002) by commissioning group and year, from the Quality and
//! Outcomes Framework.
//!
//! ```text
//! rate(group) = 100 sum numerators / sum denominators       over the CCGs of the group
//! ```
//!
//! Exceptions are not in the denominator, as in the report's Table 6. Groups come from the lookup;
//! the file's own count of local authorities is only compared with it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::achievement::{Achievement, Exceptions};
use crate::error::{Error, Result};
use crate::nhs::card::Card;
use crate::nhs::layout::{Header, Row, Rows};
use crate::nhs::lookup::LocalAuthorities;
use crate::published::Groups;
use crate::source::Source;

/// QOF achievement of cervical screening by CCG, 2014/15 to 2018/19, gathered from yearly workbooks.
pub(in crate::nhs) const CARD: Card = Card {
    name: "qof-ccg",
    title: "QOF cervical screening (CS002) by CCG",
    publisher: "NHS Digital",
    licence: "Open Government Licence v3.0",
    row: "a CCG in a financial year",
    units: "women; `n_lad` local authority districts (may be empty)",
    layouts: &[(
        "2014-2018",
        &[
            "year",
            "ccg_code",
            "ccg_ons_code",
            "ccg_name",
            "n_practices",
            "cs002_numerator",
            "cs002_denominator",
            "cs002_exceptions",
            "n_lad",
        ],
    )],
    note: "exceptions are not in the denominator; CCGs are those of each year, so that the lookups \
           of 2015 and 2016 cover 2014/15 and 2015/16 only",
};

/// A commissioning group in a financial year.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CcgYear {
    /// Line of the file.
    pub line: u64,
    /// Financial year, `2014/15` say.
    pub year: String,
    /// Code of the health service.
    pub code: String,
    /// Code of the statistics office.
    pub ons_code: String,
    /// Name.
    pub name: String,
    /// Number of practices.
    pub practices: u32,
    /// Women screened.
    pub numerator: u64,
    /// Women eligible, exceptions left out.
    pub denominator: u64,
    /// Women excepted.
    pub exceptions: u64,
    /// The file's own count of local authorities.
    pub local_authorities: Option<usize>,
}

/// A rate with what it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Rate {
    /// Commissioning groups.
    pub ccgs: usize,
    /// Practices.
    pub practices: u32,
    /// Women screened.
    pub numerator: u64,
    /// Women eligible, exceptions left out.
    pub denominator: u64,
}

impl Rate {
    /// Women screened, percent of those eligible; `None` if there are none.
    pub fn percent(&self) -> Option<f64> {
        Achievement::new(self.numerator, self.denominator).percent(Exceptions::Out)
    }

    fn add(&mut self, row: &CcgYear) {
        self.ccgs += 1;
        self.practices += row.practices;
        self.numerator += row.numerator;
        self.denominator += row.denominator;
    }
}

/// Cervical screening by commissioning group and year.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{LocalAuthorities, QofCcg};
/// let lookup = LocalAuthorities::read("LSOA11_CCG15_LAD15_EN_LU.csv.gz")?.apart(["13T"])?;
/// let screening = QofCcg::read("qof_ccg_cs002_2014_2018.csv")?;
/// let rates = screening.rates("2014/15", &lookup)?;
/// println!("{:?} {:?}", rates.one.percent(), rates.several.percent());
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QofCcg {
    path: PathBuf,
    rows: Vec<CcgYear>,
}

impl QofCcg {
    /// Reads the file, plain or gzip.
    ///
    /// # Errors
    /// [`Error::Layout`] for any other columns, [`Error::Value`] for text that is not a number, a
    /// numerator above its denominator or a CCG twice in a year, else as
    /// [`read_csv`](crate::read_csv).
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_source(&Source::open(path.as_ref())?)
    }

    fn from_source(source: &Source) -> Result<Self> {
        let rows = Rows::open(source, &CARD, Header::Exact)?;
        let key = |each: &CcgYear| (each.year.clone(), each.code.clone());
        let rows = rows.distinct((1, "a CCG that no earlier line has for this year"), key, |row| {
            ccg_year(row).map(Some)
        })?;
        Ok(Self { path: source.path().to_path_buf(), rows })
    }

    /// All rows, in the order of the file.
    pub fn rows(&self) -> &[CcgYear] {
        &self.rows
    }

    /// The financial years there are, in order.
    pub fn years(&self) -> BTreeSet<&str> {
        self.rows.iter().map(|row| row.year.as_str()).collect()
    }

    /// Rates of the commissioning groups with one and with several local authorities, and of both;
    /// those set apart in the lookup are left out.
    ///
    /// # Errors
    /// [`ceteris::Error::UnknownLevel`] for a year that the file does not have; [`Error::Value`] for
    /// a commissioning group that the lookup does not have.
    pub fn rates(&self, year: &str, lookup: &LocalAuthorities) -> Result<Groups<Rate>> {
        self.check_year(year)?;
        let (mut one, mut several, mut all) = (Rate::default(), Rate::default(), Rate::default());
        for row in self.rows.iter().filter(|row| row.year == year && !lookup.is_apart(&row.code)) {
            match lookup.count(&row.code) {
                Some(1) => one.add(row),
                Some(_) => several.add(row),
                None => return Err(self.unknown(row)),
            }
            all.add(row);
        }
        Ok(Groups { one, several, all })
    }

    /// Rows of a year whose own count of local authorities is not the lookup's.
    ///
    /// # Errors
    /// As [`QofCcg::rates`].
    pub fn disagreements(&self, year: &str, lookup: &LocalAuthorities) -> Result<Vec<&CcgYear>> {
        self.check_year(year)?;
        let mut rows = Vec::new();
        for row in self.rows.iter().filter(|row| row.year == year && !lookup.is_apart(&row.code)) {
            let count = lookup.count(&row.code).ok_or_else(|| self.unknown(row))?;
            if row.local_authorities != Some(count) {
                rows.push(row);
            }
        }
        Ok(rows)
    }

    fn check_year(&self, year: &str) -> Result<()> {
        let years = self.years();
        if years.contains(year) {
            return Ok(());
        }
        Err(Error::Frame(ceteris::Error::UnknownLevel {
            column: "year".to_string(),
            level: year.to_string(),
            available: years.into_iter().map(String::from).collect(),
        }))
    }

    fn unknown(&self, row: &CcgYear) -> Error {
        Error::Value {
            path: self.path.clone(),
            line: row.line,
            field: 2,
            column: "ccg_code".to_string(),
            value: row.code.clone(),
            must: "a CCG of the lookup",
        }
    }
}

fn ccg_year(row: &Row<'_>) -> Result<CcgYear> {
    const COUNT: &str = "a whole number";
    let year = row.text(0);
    if !is_financial_year(year) {
        return Err(row.refused(0, "a financial year such as 2014/15"));
    }
    let (numerator, denominator) = (row.value(5, COUNT)?, row.value(6, COUNT)?);
    Achievement::new(numerator, denominator).check(|must| row.refused(5, must))?;
    Ok(CcgYear {
        line: row.line(),
        year: year.to_string(),
        code: row.text(1).to_string(),
        ons_code: row.text(2).to_string(),
        name: row.text(3).to_string(),
        practices: row.value(4, COUNT)?,
        numerator,
        denominator,
        exceptions: row.value(7, COUNT)?,
        local_authorities: local_authorities(row)?,
    })
}

/// An empty field or a count, which the file writes with a point ("2.0").
fn local_authorities(row: &Row<'_>) -> Result<Option<usize>> {
    const COUNT: &str = "empty or a whole number";
    let text = row.text(8);
    if text.is_empty() {
        return Ok(None);
    }
    let whole = text.strip_suffix(".0").unwrap_or(text);
    whole.parse().map(Some).map_err(|_| row.refused(8, COUNT))
}

/// Whether this is a year such as `2014/15`: the second part follows the first.
pub(super) fn is_financial_year(text: &str) -> bool {
    let Some((first, second)) = text.split_once('/') else {
        return false;
    };
    match (first.len(), second.len(), first.parse::<u32>(), second.parse::<u32>()) {
        (4, 2, Ok(first), Ok(second)) => (first + 1) % 100 == second,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
year,ccg_code,ccg_ons_code,ccg_name,n_practices,cs002_numerator,cs002_denominator,cs002_exceptions,n_lad
2014/15,02Y,E38000052,NHS EAST RIDING OF YORKSHIRE CCG,37,57189,67369,3355,1.0
2014/15,03D,E38000069,\"NHS HAMBLETON, RICHMONDSHIRE AND WHITBY CCG\",22,27709,33086,1487,
";

    fn read(text: &str) -> Result<QofCcg> {
        QofCcg::from_source(&Source::memory("qof.csv", text.as_bytes()))
    }

    #[test]
    fn rows_are_read_with_or_without_a_count_of_local_authorities() {
        let file = read(GOOD).expect("a good file");
        assert_eq!(file.rows()[0].local_authorities, Some(1));
        assert_eq!(file.rows()[1].local_authorities, None);
        assert_eq!(file.rows()[1].numerator, 27_709);
        assert_eq!(file.years().into_iter().collect::<Vec<_>>(), ["2014/15"]);
    }

    #[test]
    fn impossible_values_are_refused_with_line_and_column() {
        for (from, to, column) in [
            ("57189", "67370", "cs002_numerator"),
            ("57189", "57189.5", "cs002_numerator"),
            ("2014/15,02Y", "2014/16,02Y", "year"),
            (",1.0", ",one", "n_lad"),
            ("03D", "02Y", "ccg_code"),
        ] {
            let error = read(&GOOD.replace(from, to)).unwrap_err();
            assert!(matches!(&error, Error::Value { column: c, .. } if c == column), "{error}");
        }
    }

    #[test]
    fn another_layout_is_refused() {
        let error = read(&GOOD.replace(",n_lad", "")).unwrap_err();
        assert!(error.to_string().contains("nothing in the place of `n_lad`"), "{error}");
    }
}
