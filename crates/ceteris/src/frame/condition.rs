//! A condition on one column that says which rows a specification is about.

use std::fmt;

use super::{Column, Frame, Weights};
use crate::error::{Error, Result};

/// Rows to keep.
///
/// # Example
/// ```
/// use ceteris::Condition;
/// assert_eq!(Condition::at_least("year", 2013.0).to_string(), "year >= 2013");
/// assert_eq!(Condition::equals("indicator", "screening").to_string(), "indicator == screening");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[non_exhaustive]
pub enum Condition {
    /// The column's value is at least this.
    AtLeast {
        /// A real column.
        column: String,
        /// The smallest value kept.
        value: f64,
    },
    /// The column's value is below this.
    Below {
        /// A real column.
        column: String,
        /// The smallest value not kept.
        value: f64,
    },
    /// The column's label (or number, written as text) is this.
    Equals {
        /// A column of any kind.
        column: String,
        /// The label kept.
        label: String,
    },
}

impl Condition {
    /// `column >= value`
    pub fn at_least(column: impl Into<String>, value: f64) -> Self {
        Condition::AtLeast { column: column.into(), value }
    }

    /// `column < value`
    pub fn below(column: impl Into<String>, value: f64) -> Self {
        Condition::Below { column: column.into(), value }
    }

    /// `column == label`
    pub fn equals(column: impl Into<String>, label: impl Into<String>) -> Self {
        Condition::Equals { column: column.into(), label: label.into() }
    }

    /// The column that the condition reads.
    pub fn column(&self) -> &str {
        match self {
            Condition::AtLeast { column, .. }
            | Condition::Below { column, .. }
            | Condition::Equals { column, .. } => column,
        }
    }

    /// Whether each row meets the condition; a missing value does not.
    pub(crate) fn holds(&self, frame: &Frame) -> Result<Vec<bool>> {
        Ok(match self {
            Condition::AtLeast { column, value } => frame.real(column)?.iter().map(|x| x >= value).collect(),
            Condition::Below { column, value } => frame.real(column)?.iter().map(|x| x < value).collect(),
            Condition::Equals { column, label } => match frame.column(column)? {
                Column::Real(values) => {
                    let wanted: f64 = label.parse().map_err(|_| Error::InvalidSetting {
                        setting: "condition",
                        value: self.to_string(),
                        must: "a number, since the column is real",
                    })?;
                    values.iter().map(|x| *x == wanted).collect()
                }
                Column::Category(category) => {
                    let code = category.levels().iter().position(|level| level == label);
                    let code = code.ok_or_else(|| Error::UnknownLevel {
                        column: column.clone(),
                        level: label.clone(),
                        available: category.levels().to_vec(),
                    })? as u32;
                    (0..category.len()).map(|row| category.code(row) == Some(code)).collect()
                }
            },
        })
    }
}

/// Which rows are used and how much each counts, in words that follow a count of rows:
/// ", analytic weights `w`, keep t >= 3".
///
/// # Example
/// ```
/// use ceteris::frame::rows_in_words;
/// use ceteris::{Condition, Weights};
/// let words = rows_in_words(Some(&Weights::analytic("w")), &[Condition::at_least("t", 3.0)]);
/// assert_eq!(words, ", analytic weights `w`, keep t >= 3");
/// ```
pub fn rows_in_words(weights: Option<&Weights>, conditions: &[Condition]) -> String {
    let weights = weights.map(|weights| format!(", {} weights `{}`", weights.kind(), weights.column()));
    let conditions = conditions.iter().map(|condition| format!(", keep {condition}"));
    weights.into_iter().chain(conditions).collect()
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Condition::AtLeast { column, value } => write!(f, "{column} >= {value}"),
            Condition::Below { column, value } => write!(f, "{column} < {value}"),
            Condition::Equals { column, label } => write!(f, "{column} == {label}"),
        }
    }
}
