//! What tells the rows under a reform from those before it: a column of 0 and 1, or a date.
//!
//! post = 1{t >= T}. Questions about the times before T (a placebo, the joint test of the leads, an event study)
//! use the date that the design holds, so that the two cannot disagree.

use crate::error::{Error, Result};
use crate::frame::{Condition, Frame, whole_numbers};
use crate::model::Variable;

/// When a reform came: the column of the time and the first time under the reform.
///
/// Times are whole numbers. A date between two of them cannot be written:
/// ```compile_fail
/// let reform = ceteris::Reform { time: "year", date: 2012.5 };
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reform<'a> {
    /// The column of the time, whole numbers.
    pub time: &'a str,
    /// The first time under the reform.
    pub date: i64,
}

/// Which rows are under the reform. A [`Reform`] converts by itself.
///
/// # Example
/// ```
/// use ceteris::{DifferenceInDifferences, Post, Reform};
/// let dated = DifferenceInDifferences::new("y", "treated", Reform { time: "year", date: 2013 });
/// assert_eq!(dated.term().to_string(), "treated:since(year, 2013)");
/// let column = DifferenceInDifferences::new("y", "treated", Post::column("after"));
/// assert_eq!(column.term().to_string(), "treated:after");
/// ```
/// A column must be named as what it is, so that it cannot change places with the treated:
/// ```compile_fail
/// ceteris::DifferenceInDifferences::new("y", "after", "treated");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Post {
    /// A 0/1 column, 1 from the reform on, for every unit.
    Column(String),
    /// Every time of at least the date.
    Since {
        /// The column of the time, whole numbers.
        time: String,
        /// The first time under the reform.
        date: i64,
    },
}

impl From<Reform<'_>> for Post {
    fn from(reform: Reform<'_>) -> Self {
        Post::Since { time: reform.time.to_string(), date: reform.date }
    }
}

impl Post {
    /// A 0/1 column, 1 from the reform on.
    pub fn column(name: impl Into<String>) -> Self {
        Post::Column(name.into())
    }

    /// The factor of a term.
    pub(super) fn variable(&self) -> Variable {
        match self {
            Post::Column(column) => Variable::from(column.as_str()),
            Post::Since { time, date } => Variable::since(time.as_str(), *date as f64),
        }
    }

    /// The reform with its date.
    ///
    /// # Errors
    /// [`Error::InvalidSetting`] for a column, which does not say when the reform came.
    pub(super) fn reform(&self) -> Result<Reform<'_>> {
        match self {
            Post::Since { time, date } => Ok(Reform { time, date: *date }),
            Post::Column(column) => {
                let value = format!("the column `{column}`");
                let must = "a `Reform { time, date }` for a question about the times before it";
                Err(Error::InvalidSetting { setting: "post", value, must })
            }
        }
    }

    /// The rows before the reform, and what stands for it if it had come at `date`.
    ///
    /// # Errors
    /// [`Error::InvalidSetting`] for a column, and for a date that is not before the reform.
    pub(super) fn placebo(&self, date: i64) -> Result<(Condition, Post)> {
        let reform = self.reform()?;
        reform.check_placebo(date)?;
        Ok((reform.before(), Reform { date, ..reform }.into()))
    }

    /// Refuses times that are not whole numbers.
    ///
    /// # Errors
    /// [`Error::NotWhole`]; [`Error::UnknownColumn`], [`Error::ColumnKind`].
    pub(super) fn check(&self, frame: &Frame) -> Result<()> {
        match self {
            Post::Column(_) => Ok(()),
            Post::Since { time, .. } => whole_numbers(frame, time).map(|_| ()),
        }
    }
}

impl Reform<'_> {
    /// The rows before the reform.
    pub(crate) fn before(&self) -> Condition {
        Condition::below(self.time, self.date as f64)
    }

    /// Refuses a placebo that is not one.
    ///
    /// # Errors
    /// [`Error::InvalidSetting`] for a date from the reform on.
    pub(crate) fn check_placebo(&self, date: i64) -> Result<()> {
        if date < self.date {
            return Ok(());
        }
        let value = format!("{date}, and the reform came at {}", self.date);
        Err(Error::InvalidSetting { setting: "date", value, must: "before the reform for a placebo" })
    }
}
