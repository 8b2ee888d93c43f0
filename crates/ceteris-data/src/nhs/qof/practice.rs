//! Achievement of the indicators of the Quality and Outcomes Framework by practice, 2009/10 to
//! 2018/19.
//!
//! Cervical screening is indicator CS01 to 2012/13 and CS002 from 2013/14. Files of 2009/10 and 2010/11
//! have no exceptions.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::{Path, PathBuf};

use ceteris::Frame;

use super::achievement::{Achievement, Achievements, Exceptions, indicator_code};
use super::{csv, workbook};
use crate::error::{Error, Result};
use crate::nhs::doses::real_column;
use crate::nhs::workbook::{is_workbook, sheets};
use crate::source::Source;

/// QOF achievement by practice in one year.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{Exceptions, QofPractice};
/// let qof = QofPractice::read("INDICATORS_BY_PRAC.csv")?.exceptions("EXCEPTION_OUTPUT.csv")?;
/// let screening = qof.achievement("A81001", "CS002").expect("a practice of the file");
/// println!("{:?}", screening.percent(Exceptions::In));
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct QofPractice {
    path: PathBuf,
    edition: &'static str,
    achievements: Achievements,
}

impl QofPractice {
    /// Reads a file of any year: a workbook (2009/10 to 2012/13; feature `excel`) or CSV, which its
    /// content says.
    ///
    /// # Errors
    /// [`Error::Layout`] for a file of no known year, [`Error::Value`] for a count that is not a whole number,
    /// a numerator above its denominator or an indicator twice for a practice, [`Error::Workbook`] for
    /// a damaged workbook; else as [`read_csv`](crate::read_csv).
    pub fn read(path: impl AsRef<Path>) -> Result<Self> {
        Self::from_source(&Source::open(path.as_ref())?)
    }

    pub(super) fn from_source(source: &Source) -> Result<Self> {
        /// Bytes that tell a workbook from text.
        const MAGIC: u64 = 8;
        let path = source.path();
        let reading = |error| Error::reading(path, None, error);
        let mut bytes = Vec::new();
        source.text()?.take(MAGIC).read_to_end(&mut bytes).map_err(reading)?;
        let (edition, achievements) = if is_workbook(&bytes) {
            bytes.clear();
            source.text()?.read_to_end(&mut bytes).map_err(reading)?;
            workbook::achievements(path, &sheets(path, bytes)?)?
        } else {
            csv::achievements(source)?
        };
        Ok(Self { path: path.to_path_buf(), edition, achievements })
    }

    /// Adds the exceptions of 2013/14 or 2014/15, which have a file of their own.
    ///
    /// # Errors
    /// As [`QofPractice::read`]; also [`Error::Value`] for exceptions that are already there.
    pub fn exceptions(self, path: impl AsRef<Path>) -> Result<Self> {
        self.exceptions_from(&Source::open(path.as_ref())?)
    }

    pub(super) fn exceptions_from(mut self, source: &Source) -> Result<Self> {
        csv::exceptions(source, &mut self.achievements)?;
        Ok(self)
    }

    /// Which years the layout belongs to.
    pub fn edition(&self) -> &'static str {
        self.edition
    }

    /// Number of practices with an indicator.
    pub fn practices(&self, indicator: &str) -> usize {
        self.of(indicator).count()
    }

    /// Achievement of a practice on an indicator; `CS 1` and `CS01` are the same.
    pub fn achievement(&self, practice: &str, indicator: &str) -> Option<&Achievement> {
        self.achievements.0.get(&(practice.to_string(), indicator_code(indicator)))
    }

    /// Practices and their achievement on an indicator, by practice code.
    pub fn of(&self, indicator: &str) -> impl Iterator<Item = (&str, &Achievement)> {
        let code = indicator_code(indicator);
        let all = self.achievements.0.iter();
        all.filter(move |((_, held), _)| *held == code).map(|((practice, _), each)| (practice.as_str(), each))
    }

    /// Points over all indicators of the file, by practice.
    pub fn points(&self) -> BTreeMap<&str, f64> {
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for ((practice, _), achieved) in &self.achievements.0 {
            *sums.entry(practice).or_default() += achieved.points.unwrap_or(0.0);
        }
        sums
    }

    /// Columns `practice` (category), `numerator`, `denominator`, `exceptions` and `rate` (real) of an
    /// indicator, one row for each practice.
    ///
    /// # Errors
    /// [`Error::Frame`] with [`ceteris::Error::UnknownLevel`] for an indicator that the file does not
    /// have; those of [`Frame::add`].
    pub fn frame(&self, indicator: &str, exceptions: Exceptions) -> Result<Frame> {
        let rows: Vec<_> = self.of(indicator).collect();
        if rows.is_empty() {
            let available = self.achievements.0.keys().map(|(_, indicator)| indicator.clone());
            let available: BTreeSet<String> = available.collect();
            return Err(Error::Frame(ceteris::Error::UnknownLevel {
                column: "indicator".to_string(),
                level: indicator.to_string(),
                available: available.into_iter().collect(),
            }));
        }
        let count = |value: fn(&Achievement) -> Option<u64>| {
            real_column(rows.iter().map(|(_, each)| value(each).map(|count| count as f64)))
        };
        Ok(Frame::new()
            .add_category("practice", rows.iter().map(|(practice, _)| Some(*practice)))?
            .add_real("numerator", count(|each| each.numerator))?
            .add_real("denominator", count(|each| each.denominator))?
            .add_real("exceptions", count(|each| each.exceptions))?
            .add_real("rate", real_column(rows.iter().map(|(_, each)| each.percent(exceptions))))?)
    }

    /// The file it was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
