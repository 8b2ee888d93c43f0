//! The years over the columns of the tables.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, de};

/// A financial year (`2010/11`) or a calendar year (`2010`), as a table heads its columns.
///
/// # Example
/// ```
/// use ceteris_data::published::Year;
/// let year: Year = "2010/11".parse()?;
/// assert_eq!((year.start(), year.as_str()), (2010, "2010/11"));
/// assert!("first".parse::<Year>().is_err());
/// # Ok::<(), ceteris_data::published::NotAYear>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year {
    start: u16,
    label: String,
}

/// Text that does not begin with the four digits of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a year must be written as 2010/11 or 2010")]
pub struct NotAYear;

impl Year {
    /// The calendar year in which it begins.
    pub fn start(&self) -> u16 {
        self.start
    }

    /// As the table prints it.
    pub fn as_str(&self) -> &str {
        &self.label
    }
}

impl FromStr for Year {
    type Err = NotAYear;

    fn from_str(text: &str) -> Result<Self, NotAYear> {
        let start = text.get(..4).and_then(|digits| digits.parse().ok()).ok_or(NotAYear)?;
        Ok(Self { start, label: text.to_string() })
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.label)
    }
}

impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
