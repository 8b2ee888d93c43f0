//! All indicators of the Quality and Outcomes Framework by commissioning group, 2014/15 to 2018/19.
//!
//! ```text
//! rate(c, t) = 100 numerator / denominator                   exceptions out
//!            = 100 numerator / (denominator + exceptions)    exceptions in
//! rate(England, t) = the same of the sums over all c
//! ```

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use ceteris::Frame;

use super::achievement::{Achievement, Exceptions};
use super::ccg::is_financial_year;
use crate::error::{Error, Result};
use crate::nhs::card::Card;
use crate::nhs::doses::{CcgDose, Doses, real_column};
use crate::nhs::layout::{Header, Row, Rows};
use crate::source::Source;

/// QOF achievement of all indicators by CCG, gathered from yearly workbooks.
pub(in crate::nhs) const CARD: Card = Card {
    name: "qof-indicators",
    title: "QOF achievement of all indicators by CCG",
    publisher: "NHS Digital",
    licence: "Open Government Licence v3.0",
    row: "a CCG, an indicator and a financial year",
    units: "patients",
    layouts: &[(
        "2014-2018",
        &["year", "ccg_code", "ccg_ons_code", "indicator", "numerator", "denominator", "exceptions"],
    )],
    note: "exceptions are not in the denominator; CCGs are those of each year, which mergers make \
           fewer: 209, 209, 207, 194, 191",
};

/// A commissioning group, an indicator and a financial year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IndicatorYear {
    /// Financial year, `2014/15` say.
    pub year: String,
    /// Code of the health service.
    pub ccg: String,
    /// Code of the statistics office.
    pub ons_code: String,
    /// Indicator, `CS002` say.
    pub indicator: String,
    /// What was achieved.
    pub achievement: Achievement,
}

impl IndicatorYear {
    /// The calendar year in which the financial year begins.
    pub fn start(&self) -> u16 {
        self.year[..4].parse().expect("checked by the reader")
    }
}

/// Achievement joined with the doses of the same commissioning groups.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Dosed {
    /// Columns `ccg`, `ccg_ons`, `year`, `indicator` (categories), `time`, `numerator`, `denominator`,
    /// `exceptions`, `rate`, `n_la`, `practice_stability` (real).
    pub frame: Frame,
    /// Commissioning groups without a dose: formed by later mergers, or set apart in the lookup. Their
    /// rows are not in the frame.
    pub without_dose: BTreeSet<String>,
}

/// QOF achievement by commissioning group, indicator and year.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{Exceptions, QofIndicators};
/// let qof = QofIndicators::read("qof_ccg_all_indicators_2014_2018.csv")?;
/// let england = qof.england("2014/15", "CS002").percent(Exceptions::In).expect("women");
/// assert_eq!(format!("{england:.2}"), "76.70");
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct QofIndicators {
    path: PathBuf,
    rows: Vec<IndicatorYear>,
}

impl QofIndicators {
    /// What to look for, and what the file holds.
    pub const CARD: Card = CARD;

    /// Reads the file, plain or gzip.
    ///
    /// # Errors
    /// [`Error::Layout`] for any other columns, [`Error::Value`] for text that is not a count or a year, a
    /// numerator above its denominator, and an indicator twice in a year of a CCG; else as
    /// [`read_csv`](crate::read_csv).
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_source(&Source::open(path.as_ref())?)
    }

    pub(in crate::nhs) fn from_source(source: &Source) -> Result<Self> {
        let rows = Rows::open(source, &CARD, Header::Exact)?;
        let key = |each: &IndicatorYear| (each.year.clone(), each.ccg.clone(), each.indicator.clone());
        let rows =
            rows.distinct((3, "an indicator that no earlier line has for this CCG and year"), key, |row| {
                indicator_year(row).map(Some)
            })?;
        Ok(Self { path: source.path().to_path_buf(), rows })
    }

    /// All rows, in the order of the file.
    pub fn rows(&self) -> &[IndicatorYear] {
        &self.rows
    }

    /// The financial years there are, in order.
    pub fn years(&self) -> BTreeSet<&str> {
        self.rows.iter().map(|row| row.year.as_str()).collect()
    }

    /// The indicators of a year, in order.
    pub fn indicators(&self, year: &str) -> BTreeSet<&str> {
        self.in_year(year).map(|row| row.indicator.as_str()).collect()
    }

    /// The rows of one indicator.
    ///
    /// # Errors
    /// [`Error::Frame`] with [`ceteris::Error::UnknownLevel`] for an indicator that the file does not
    /// have.
    pub fn indicator(&self, indicator: &str) -> Result<Self> {
        let rows = self.rows.iter().filter(|row| row.indicator == indicator);
        let rows: Vec<IndicatorYear> = rows.cloned().collect();
        if !rows.is_empty() {
            return Ok(Self { path: self.path.clone(), rows });
        }
        let available: BTreeSet<&str> = self.rows.iter().map(|row| row.indicator.as_str()).collect();
        Err(Error::Frame(ceteris::Error::UnknownLevel {
            column: "indicator".to_string(),
            level: indicator.to_string(),
            available: available.into_iter().map(String::from).collect(),
        }))
    }

    fn in_year(&self, year: &str) -> impl Iterator<Item = &IndicatorYear> {
        self.rows.iter().filter(move |row| row.year == year)
    }

    /// Sums over all commissioning groups; all counts are zero if the year does not have the
    /// indicator.
    pub fn england(&self, year: &str, indicator: &str) -> Achievement {
        let rows = self.in_year(year).filter(|row| row.indicator == indicator);
        rows.fold(Achievement::new(0, 0).excepted(0), |sum, row| {
            let add = |a: Option<u64>, b: Option<u64>| Some(a.unwrap_or(0) + b.unwrap_or(0));
            Achievement {
                points: None,
                numerator: add(sum.numerator, row.achievement.numerator),
                denominator: add(sum.denominator, row.achievement.denominator),
                exceptions: add(sum.exceptions, row.achievement.exceptions),
            }
        })
    }

    /// A long frame of rates with the doses of the same commissioning groups. Of one
    /// [indicator](Self::indicator), it is ready for a lagged-outcome model with unit `ccg` and time
    /// `time`.
    ///
    /// # Errors
    /// [`Error::Empty`] if no commissioning group has a dose; those of [`Frame::add`].
    pub fn dosed(&self, doses: &Doses, exceptions: Exceptions) -> Result<Dosed> {
        let mut kept: Vec<(&IndicatorYear, &CcgDose)> = Vec::new();
        let mut without_dose = BTreeSet::new();
        for row in &self.rows {
            match doses.ccg(&row.ccg) {
                Some(dose) => kept.push((row, dose)),
                None => drop(without_dose.insert(row.ccg.clone())),
            }
        }
        if kept.is_empty() {
            let found = "has no commissioning group with a dose";
            return Err(Error::Empty { path: self.path.clone(), found });
        }
        Ok(Dosed { frame: frame(&kept, exceptions)?, without_dose })
    }
}

fn frame(rows: &[(&IndicatorYear, &CcgDose)], exceptions: Exceptions) -> Result<Frame> {
    let label = |value: fn(&IndicatorYear) -> &String| rows.iter().map(move |(row, _)| Some(value(row)));
    let count = |value: fn(&Achievement) -> Option<u64>| {
        real_column(rows.iter().map(|(row, _)| value(&row.achievement).map(|count| count as f64)))
    };
    let rates = rows.iter().map(|(row, _)| row.achievement.percent(exceptions));
    Ok(Frame::new()
        .add_category("ccg", label(|row| &row.ccg))?
        .add_category("ccg_ons", label(|row| &row.ons_code))?
        .add_category("year", label(|row| &row.year))?
        .add_category("indicator", label(|row| &row.indicator))?
        .add_real("time", rows.iter().map(|(row, _)| f64::from(row.start())).collect())?
        .add_real("numerator", count(|each| each.numerator))?
        .add_real("denominator", count(|each| each.denominator))?
        .add_real("exceptions", count(|each| each.exceptions))?
        .add_real("rate", real_column(rates))?
        .add_real("n_la", rows.iter().map(|(_, dose)| dose.local_authorities as f64).collect())?
        .add_real("practice_stability", real_column(rows.iter().map(|(_, dose)| dose.stability)))?)
}

fn indicator_year(row: &Row<'_>) -> Result<IndicatorYear> {
    const COUNT: &str = "a whole number";
    if !is_financial_year(row.text(0)) {
        return Err(row.refused(0, "a financial year such as 2014/15"));
    }
    let achievement = Achievement::new(row.value(4, COUNT)?, row.value(5, COUNT)?);
    achievement.check(|must| row.refused(4, must))?;
    Ok(IndicatorYear {
        year: row.text(0).to_string(),
        ccg: row.code(1)?,
        ons_code: row.code(2)?,
        indicator: row.code(3)?,
        achievement: achievement.excepted(row.value(6, COUNT)?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "year,ccg_code,ccg_ons_code,indicator,numerator,denominator,exceptions
2014/15,02Y,E38000052,CS002,57189,67369,3355
2014/15,03D,E38000069,CS002,27709,33086,1487
2015/16,03D,E38000069,AF006,1463,1610,159
";

    fn read(text: &str) -> Result<QofIndicators> {
        QofIndicators::from_source(&Source::memory("qof.csv", text.as_bytes()))
    }

    #[test]
    fn the_rate_of_all_groups_is_that_of_their_sums() {
        let qof = read(GOOD).expect("a good file");
        let england = qof.england("2014/15", "CS002");
        assert_eq!((england.numerator, england.denominator), (Some(84_898), Some(100_455)));
        assert_eq!(england.percent(Exceptions::In), Some(8_489_800.0 / 105_297.0));
        assert_eq!(qof.england("2013/14", "CS002").percent(Exceptions::In), None);
        assert_eq!((qof.indicators("2015/16").len(), qof.rows()[2].start()), (1, 2015));
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_place() {
        for (from, to, at) in [
            ("57189", "67370", (2, 5)),
            ("2014/15,03D", "2014/16,03D", (3, 1)),
            ("03D,E38000069,CS002", "02Y,E38000052,CS002", (3, 4)),
            ("159", "", (4, 7)),
        ] {
            let error = read(&GOOD.replace(from, to)).unwrap_err();
            let Error::Value { line, field, .. } = &error else { panic!("{error}") };
            assert_eq!((*line, *field), at, "{error}");
        }
    }
}
