//! What a practice, or an area, achieved on an indicator of the Quality and Outcomes Framework.
//!
//! ```text
//! rate, exceptions out = 100 numerator / denominator
//! rate, exceptions in  = 100 numerator / (denominator + exceptions)
//! ```

use std::collections::BTreeMap;

use crate::error::{Error, Result};

/// Whether patients whom the practice excepted count in the denominator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Exceptions {
    /// They do not: the publisher's "underlying achievement".
    Out,
    /// They do: the publisher's "patients receiving the intervention".
    In,
}

/// What a practice, or an area, achieved on an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Achievement {
    /// Points.
    pub points: Option<f64>,
    /// Patients for whom it was met.
    pub numerator: Option<u64>,
    /// Patients for whom it counts, exceptions left out.
    pub denominator: Option<u64>,
    /// Patients excepted.
    pub exceptions: Option<u64>,
}

impl Achievement {
    /// The rate in percent; `None` without patients, or without exceptions where they are to count.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::nhs::{Achievement, Exceptions};
    /// let achieved = Achievement::new(80, 90).excepted(10);
    /// assert_eq!(achieved.percent(Exceptions::In), Some(80.0));
    /// assert_eq!(Achievement::new(80, 90).percent(Exceptions::In), None);
    /// ```
    pub fn percent(&self, exceptions: Exceptions) -> Option<f64> {
        let counted = match exceptions {
            Exceptions::Out => self.denominator?,
            Exceptions::In => self.denominator? + self.exceptions?,
        };
        let numerator = self.numerator?;
        (counted > 0).then(|| 100.0 * numerator as f64 / counted as f64)
    }

    /// An indicator met for `numerator` of `denominator` patients.
    pub fn new(numerator: u64, denominator: u64) -> Self {
        Self { numerator: Some(numerator), denominator: Some(denominator), ..Self::default() }
    }

    /// The same with this many patients excepted.
    #[must_use]
    pub fn excepted(self, exceptions: u64) -> Self {
        Self { exceptions: Some(exceptions), ..self }
    }

    /// Refuses a numerator above its denominator.
    pub(super) fn check(&self, refused: impl FnOnce(&'static str) -> Error) -> Result<()> {
        match (self.numerator, self.denominator) {
            (Some(numerator), Some(denominator)) if numerator > denominator => {
                Err(refused("at most the denominator"))
            }
            _ => Ok(()),
        }
    }
}

/// Practice and indicator.
type Key = (String, String);

/// Achievements in the order of practice and indicator.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Achievements(pub(super) BTreeMap<Key, Achievement>);

impl Achievements {
    /// The achievement of a practice on an indicator, made if there is none yet.
    pub(super) fn entry(&mut self, practice: String, indicator: &str) -> &mut Achievement {
        self.0.entry((practice, indicator_code(indicator))).or_default()
    }

    /// The empty achievement of a practice on an indicator; refused if there is one already.
    pub(super) fn new_entry(
        &mut self,
        practice: String,
        indicator: &str,
        twice: impl FnOnce() -> Error,
    ) -> Result<&mut Achievement> {
        let held = self.entry(practice, indicator);
        if *held == Achievement::default() { Ok(held) } else { Err(twice()) }
    }
}

/// The code of an indicator without blanks, in capitals and with two digits at least: `CS 1` is `CS01`.
pub(super) fn indicator_code(text: &str) -> String {
    let code: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let letters = code.trim_end_matches(|c: char| c.is_ascii_digit());
    match code.len() - letters.len() {
        1 => format!("{letters}0{}", &code[letters.len()..]),
        _ => code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_count_in_the_denominator_or_not() {
        let achieved = Achievement::new(80, 90).excepted(10);
        assert_eq!(achieved.percent(Exceptions::In), Some(80.0));
        assert_eq!(achieved.percent(Exceptions::Out), Some(8000.0 / 90.0));
        assert_eq!(Achievement::new(0, 0).percent(Exceptions::Out), None);
    }

    #[test]
    fn more_patients_met_than_counted_are_refused() {
        let refused = |must| crate::nhs::derive::invalid("numerator", must, "91".to_string());
        assert!(Achievement::new(91, 90).check(refused).is_err());
        assert!(Achievement::new(90, 90).check(refused).is_ok());
        assert!(Achievement::default().check(refused).is_ok());
    }

    #[test]
    fn codes_of_indicators_are_written_in_one_way() {
        for (text, code) in [
            ("CS 1", "CS01"),
            ("cs01", "CS01"),
            ("CANCER 3", "CANCER03"),
            ("CS002", "CS002"),
            ("CVD-PP001", "CVD-PP001"),
        ] {
            assert_eq!(indicator_code(text), code);
        }
    }
}
