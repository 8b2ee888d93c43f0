//! Does the QOF block of the evaluation's Table 10 stand one year late?
//!
//! ```text
//! gap, same year   = printed(t) - real(t)
//! gap, year before = printed(t) - real(t - 1)
//! rms              = sqrt( mean of the squared gaps )
//! ```
//!
//! Two comparisons, both with numbers that the evaluation did not make:
//!
//! - five indicators of 2015/16, exceptions in the denominator, with the rates of England from the CCG
//!   workbooks of 2014/15 and 2015/16;
//! - percent of all points, 2011/12 to 2014/15, with the national averages that the publisher
//!   announced.
//!
//! A practice mean is not a national rate, so gaps of some tenths are expected. What counts are gaps
//! that no weighting explains: cancer reviews fell from 80.1 to 71.0, because more patients were excepted.

use super::achievement::Exceptions;
use super::indicators::QofIndicators;
use crate::published;

/// The year of Table 10 for which rates of the same year and of the year before are at hand.
const PRINTED_YEAR: &str = "2015/16";
const YEAR_BEFORE: &str = "2014/15";

/// Outcome of Table 10, its indicator in 2014/15 and in 2015/16. Dementia reviews were renumbered.
const INDICATORS: [(&str, &str, &str); 5] = [
    ("hyp006", "HYP006", "HYP006"),
    ("cs002", "CS002", "CS002"),
    ("can003", "CAN003", "CAN003"),
    ("dem004", "DEM002", "DEM004"),
    ("dep003", "DEP003", "DEP003"),
];

/// Average achievement in England, percent of all points, as the Health and Social Care Information
/// Centre announced it with each year's figures and *Pulse* reported (2012 to 2015).
const NATIONAL_POINTS: [(&str, f64); 5] =
    [("2010/11", 94.7), ("2011/12", 96.9), ("2012/13", 96.1), ("2013/14", 92.4), ("2014/15", 94.7)];

/// A printed mean beside the real number of its year and of the year before.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct YearGap {
    /// Name of the outcome in Table 10.
    pub outcome: &'static str,
    /// Year over the printed column.
    pub year: &'static str,
    /// Printed mean, percent.
    pub printed: f64,
    /// Real number of that year, percent.
    pub same_year: f64,
    /// Real number of the year before, percent.
    pub year_before: f64,
}

/// The evidence for and against a shift.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Shift {
    /// Five indicators in 2015/16.
    pub indicators: Vec<YearGap>,
    /// Percent of all points, 2011/12 to 2014/15.
    pub points: Vec<YearGap>,
}

/// Root mean squares of gaps, in percentage points.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct GapSize {
    /// Printed less real of the same year.
    pub same_year: f64,
    /// Printed less real of the year before.
    pub year_before: f64,
}

impl Shift {
    /// Puts the printed means beside the real numbers; an indicator that the file does not have is
    /// left out.
    ///
    /// # Example
    /// ```no_run
    /// use ceteris_data::nhs::{QofIndicators, Shift, gap_size};
    /// let shift = Shift::of(&QofIndicators::read("qof_ccg_all_indicators_2014_2018.csv")?);
    /// println!("{:?} {:?}", gap_size(&shift.indicators), gap_size(&shift.points));
    /// # Ok::<(), ceteris_data::Error>(())
    /// ```
    pub fn of(qof: &QofIndicators) -> Self {
        let real = |year: &str, indicator: &str| qof.england(year, indicator).percent(Exceptions::In);
        let indicators = INDICATORS.iter().filter_map(|(outcome, before, same)| {
            Some(YearGap {
                outcome,
                year: PRINTED_YEAR,
                printed: printed(outcome, PRINTED_YEAR)?,
                same_year: real(PRINTED_YEAR, same)?,
                year_before: real(YEAR_BEFORE, before)?,
            })
        });
        let points = NATIONAL_POINTS.windows(2).filter_map(|years| {
            let [(_, year_before), (year, same_year)] = *years else { return None };
            let printed = printed("qof_total", year)?;
            Some(YearGap { outcome: "qof_total", year, printed, same_year, year_before })
        });
        Self { indicators: indicators.collect(), points: points.collect() }
    }
}

/// Root mean squares of some gaps; `None` if there are none.
pub fn gap_size(gaps: &[YearGap]) -> Option<GapSize> {
    let rms = |gap: fn(&YearGap) -> f64| {
        let squares: f64 = gaps.iter().map(|each| gap(each).powi(2)).sum();
        (squares / gaps.len() as f64).sqrt()
    };
    (!gaps.is_empty()).then(|| GapSize {
        same_year: rms(|each| each.printed - each.same_year),
        year_before: rms(|each| each.printed - each.year_before),
    })
}

fn printed(outcome: &str, year: &str) -> Option<f64> {
    let table = published::table10();
    let cell = table.iter().find(|cell| cell.outcome == outcome && cell.year.as_str() == year)?;
    Some(cell.moments?.mean.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_of_the_same_year_and_of_the_year_before() {
        let gap = |printed| YearGap { outcome: "a", year: "b", printed, same_year: 1.0, year_before: 3.0 };
        let size = gap_size(&[gap(4.0), gap(2.0)]).expect("two gaps");
        assert_eq!((size.same_year, size.year_before), (5.0_f64.sqrt(), 1.0));
        assert_eq!(gap_size(&[]), None);
    }

    #[test]
    fn every_outcome_compared_is_printed() {
        assert!(INDICATORS.iter().all(|(outcome, ..)| printed(outcome, PRINTED_YEAR).is_some()));
        assert_eq!(printed("qof_total", "2012/13"), Some(97.54));
    }
}
