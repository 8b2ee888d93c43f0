//! A number as it is printed: its value, its decimals, and what it may have been before rounding.
//!
//! ```text
//! v with d decimals stands for [v - 0.5 * 10^-d, v + 0.5 * 10^-d]
//! ```
//!
//! `1.20` has two decimals and `1.2` has one, so numbers are kept with their text. In `1.2e-5` the
//! last digit counts 10^-6. A bound such as `<0.001` stands for everything below.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Range;

/// A printed number.
///
/// # Example
/// ```
/// use ceteris_report::check_table::PrintedNumber;
///
/// let printed: PrintedNumber = "−1.20".parse()?; // a typeset minus is a minus
/// assert_eq!((printed.value(), printed.decimals()), (-1.2, 2));
/// let range = printed.range();
/// assert!((range.low + 1.205).abs() < 1e-12 && (range.high + 1.195).abs() < 1e-12);
/// assert_eq!("<0.001".parse::<PrintedNumber>()?.range().high, 0.001);
/// # Ok::<(), ceteris_report::check_table::NotANumber>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PrintedNumber {
    text: String,
    value: f64,
    decimals: i32,
    bound: Option<Bound>,
}

/// A number printed as a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    Below,
    Above,
}

/// Text that is not a number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a printed number must look like -1.20, 105,745 or <0.001, but it is `{text}`; correct it")]
pub struct NotANumber {
    /// The text as given.
    pub text: String,
}

/// No table prints more digits than this after the point.
const MOST_DECIMALS: i32 = 300;

impl PrintedNumber {
    /// A number printed with so many decimals.
    ///
    /// # Errors
    /// [`NotANumber`] if it is not finite.
    ///
    /// # Example
    /// ```
    /// use ceteris_report::check_table::PrintedNumber;
    /// assert_eq!(PrintedNumber::new(-0.78421, 2)?.to_string(), "-0.78");
    /// # Ok::<(), ceteris_report::check_table::NotANumber>(())
    /// ```
    pub fn new(value: f64, decimals: usize) -> Result<Self, NotANumber> {
        format!("{value:.decimals$}").parse()
    }

    /// The number.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// Digits after the point; negative where the last printed digit counts tens or more (`1.2e5`).
    pub fn decimals(&self) -> i32 {
        self.decimals
    }

    /// What it may have been before rounding; one side is infinite for a bound.
    pub fn range(&self) -> Range {
        let half = self.unit() / 2.0;
        match self.bound {
            None => Range { low: self.value - half, high: self.value + half },
            Some(Bound::Below) => Range { low: f64::NEG_INFINITY, high: self.value },
            Some(Bound::Above) => Range { low: self.value, high: f64::INFINITY },
        }
    }

    /// The value of one unit in its last digit.
    pub fn unit(&self) -> f64 {
        10_f64.powi(-self.decimals)
    }

    /// Whether it is printed as `<` or `>` something.
    pub fn is_bound(&self) -> bool {
        self.bound.is_some()
    }

    /// How many digits it has from the first that is not zero.
    pub fn significant(&self) -> usize {
        let mantissa = self.text.split(['e', 'E']).next().unwrap_or_default();
        let digits = mantissa.chars().filter(char::is_ascii_digit);
        digits.skip_while(|digit| *digit == '0').count()
    }
}

impl FromStr for PrintedNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let refused = || NotANumber { text: text.to_owned() };
        let shown = text.trim().replace(['\u{2212}', '\u{2013}'], "-");
        let bound = match shown.chars().next() {
            Some('<' | '≤') => Some(Bound::Below),
            Some('>' | '≥') => Some(Bound::Above),
            _ => None,
        };
        let number = shown.trim_start_matches(['<', '≤', '>', '≥', '=', ' ']);
        let number = ungrouped(number).ok_or_else(refused)?;
        let value: f64 = number.parse().map_err(|_| refused())?;
        let decimals = decimals(&number).filter(|d| d.abs() <= MOST_DECIMALS).ok_or_else(refused)?;
        if !value.is_finite() {
            return Err(refused());
        }
        Ok(Self { text: shown, value, decimals, bound })
    }
}

/// The number without commas, which may only stand before groups of three digits.
fn ungrouped(number: &str) -> Option<String> {
    let (whole, rest) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut groups = whole.split(',').skip(1);
    let sound = groups.all(|group| group.len() == 3 && group.chars().all(|c| c.is_ascii_digit()));
    (sound && !rest.contains(',')).then(|| number.replace(',', ""))
}

/// Digits after the point, less the exponent.
fn decimals(number: &str) -> Option<i32> {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let fraction = mantissa.split_once('.').map_or("", |(_, fraction)| fraction);
    i32::try_from(fraction.len()).ok()?.checked_sub(exponent.parse().ok()?)
}

impl fmt::Display for PrintedNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for PrintedNumber {
    /// As its text: a JSON number would lose the decimals.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn printed(text: &str) -> PrintedNumber {
        text.parse().expect("a number")
    }

    #[test]
    fn decimals_are_those_of_the_print() {
        for (text, value, decimals) in [
            ("1.20", 1.2, 2),
            (".05", 0.05, 2),
            ("105,745", 105_745.0, 0),
            ("1.2e-5", 1.2e-5, 6),
            ("-3", -3.0, 0),
            ("+0.5", 0.5, 1),
        ] {
            let number = printed(text);
            assert_eq!((number.value(), number.decimals()), (value, decimals), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", "abc", "1,5", "1.2.3", "NaN", "inf", "1e999", "<", "12,34.5", "1.5,000"] {
            assert!(text.parse::<PrintedNumber>().is_err(), "{text}");
        }
    }

    #[test]
    fn leading_zeros_are_not_significant() {
        for (text, digits) in [("0.001", 1), ("0.00120", 3), ("9.4", 2), ("0", 0), ("1.5e10", 2)] {
            assert_eq!(printed(text).significant(), digits, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_lies_in_the_range_of_its_print(value in -1e6..1e6_f64, decimals in 0..8_usize) {
            let range = PrintedNumber::new(value, decimals).expect("finite").range();
            let slack = 1e-9 * value.abs().max(1.0) * 10_f64.powi(-(decimals as i32)).max(1e-6);
            prop_assert!(range.low - slack <= value && value <= range.high + slack);
        }
    }
}
