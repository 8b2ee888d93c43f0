//! Numbers as a table prints them: rounded, with so many decimals.

use serde::{Deserialize, Deserializer, de};

/// Decimals of the percentages in Tables 6 and 7.
pub const PERCENT_DECIMALS: usize = 2;

/// Decimals of the estimates in Table 8.
pub const ESTIMATE_DECIMALS: usize = 3;

/// Whether a computed number, rounded as a table is, gives the printed one.
///
/// # Example
/// ```
/// use ceteris_data::published::prints_as;
/// assert!(prints_as(-0.72003, -0.720, 3));
/// assert!(!prints_as(0.0081, 0.001, 3));
/// ```
pub fn prints_as(computed: f64, printed: f64, decimals: usize) -> bool {
    format!("{computed:.decimals$}") == format!("{printed:.decimals$}")
}

/// A number with the decimals it is printed with.
///
/// # Example
/// ```
/// use ceteris_data::published::Printed;
/// let printed: Printed = "-0.0977".parse()?;
/// assert_eq!((printed.value, printed.decimals), (-0.0977, 4));
/// assert!(printed.is_rounded_from(-0.09771));
/// # Ok::<(), std::num::ParseFloatError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Printed {
    /// The number.
    pub value: f64,
    /// Digits after its point.
    pub decimals: usize,
}

impl Printed {
    /// Whether `computed` prints as this number.
    pub fn is_rounded_from(&self, computed: f64) -> bool {
        prints_as(computed, self.value, self.decimals)
    }
}

impl std::str::FromStr for Printed {
    type Err = std::num::ParseFloatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        Ok(Self { value: text.parse()?, decimals })
    }
}

impl std::fmt::Display for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.*}", self.decimals, self.value)
    }
}

impl<'de> Deserialize<'de> for Printed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}
