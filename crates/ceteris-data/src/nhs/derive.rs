//! From what the sources hold to the outcomes of the evaluation (Checkland et al. 2018, section
//! 6.5.2).
//!
//! ```text
//! per 100(i, t)   = 100 count / registered patients
//! index(i, t)     = 100 x(i, t) / mean of x over all areas and years that have one
//! year(2010)      = 12/5 (August + ... + December),   year(t) = January + ... + December  after
//! moments         m = sum w x / sum w,   sd^2 = sum w (x - m)^2 / (sum w - mean w)
//! ```
//!
//! With equal weights the standard deviation is the usual one, with n - 1. The index is over all years
//! together: the printed means of the indexed outcomes differ by year and average 100.

use std::collections::BTreeMap;

use crate::error::Result;

/// Mean and standard deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Moments {
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
    /// Values with a weight above zero.
    pub nobs: usize,
}

impl Moments {
    /// Moments of values with their weights; `None` for fewer than two values with a weight above zero.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::nhs::Moments;
    /// let moments = Moments::new([(1.0, 1.0), (2.0, 1.0), (3.0, 1.0)]).expect("three values");
    /// assert_eq!((moments.mean, moments.sd, moments.nobs), (2.0, 1.0, 3));
    /// assert_eq!(Moments::new([(1.0, 1.0)]), None);
    /// ```
    pub fn new(values: impl IntoIterator<Item = (f64, f64)>) -> Option<Self> {
        let values: Vec<(f64, f64)> = values.into_iter().filter(|(_, weight)| *weight > 0.0).collect();
        if values.len() < 2 {
            return None;
        }
        let total: f64 = values.iter().map(|(_, weight)| weight).sum();
        let mean = values.iter().map(|(x, weight)| weight * x).sum::<f64>() / total;
        let squares: f64 = values.iter().map(|(x, weight)| weight * (x - mean).powi(2)).sum();
        let nobs = values.len();
        let sd = (squares / (total - total / nobs as f64)).sqrt();
        Some(Self { mean, sd, nobs })
    }
}

/// A count per 100 registered patients.
///
/// # Errors
/// [`ceteris::Error::InvalidSetting`] if nobody is registered.
///
/// # Example
/// ```
/// assert_eq!(ceteris_data::nhs::per_100(30.0, 2_000)?, 1.5);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn per_100(count: f64, registered: u64) -> Result<f64> {
    if registered == 0 {
        return Err(invalid("registered", "above zero", registered.to_string()));
    }
    Ok(100.0 * count / registered as f64)
}

/// Values as an index whose mean is 100; missing values (NaN) stay missing and do not count.
///
/// # Errors
/// [`ceteris::Error::InvalidSetting`] if there is no value, or their mean is not above zero.
///
/// # Example
/// ```
/// let index = ceteris_data::nhs::index_to_mean_100(&[1.0, f64::NAN, 3.0])?;
/// assert_eq!((index[0], index[2]), (50.0, 150.0));
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn index_to_mean_100(values: &[f64]) -> Result<Vec<f64>> {
    let (mut sum, mut count) = (0.0, 0);
    for x in values.iter().filter(|x| !x.is_nan()) {
        sum += x;
        count += 1;
    }
    let mean = sum / f64::from(count); // NaN without values, which the next line refuses
    if !(mean > 0.0 && mean.is_finite()) {
        return Err(invalid("mean of the values", "above zero and finite", mean.to_string()));
    }
    Ok(values.iter().map(|x| 100.0 * x / mean).collect())
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // the fields are named for what they hold
pub struct Month {
    pub year: u16,
    pub month: u8,
}

/// Prescribing data begin here.
const FIRST_MONTH: Month = Month { year: 2010, month: 8 };

/// Scales August to December to a year.
const FIVE_MONTHS_TO_TWELVE: f64 = 12.0 / 5.0;

/// Sums of calendar years from sums of months; 2010 has August to December only and is scaled by 12/5.
///
/// # Errors
/// [`ceteris::Error::InvalidSetting`] for a month before August 2010, with which the scale of 2010
/// would be wrong.
///
/// # Example
/// ```
/// use ceteris_data::nhs::{Month, calendar_years};
/// let months = (8..=12).map(|month| (Month { year: 2010, month }, 10.0));
/// assert_eq!(calendar_years(months)?[&2010], 120.0);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn calendar_years(months: impl IntoIterator<Item = (Month, f64)>) -> Result<BTreeMap<u16, f64>> {
    let mut years: BTreeMap<u16, f64> = BTreeMap::new();
    for (month, sum) in months {
        if month < FIRST_MONTH {
            let value = format!("{}-{:02}", month.year, month.month);
            return Err(invalid("month", "August 2010 or later", value));
        }
        *years.entry(month.year).or_default() += sum;
    }
    if let Some(first) = years.get_mut(&FIRST_MONTH.year) {
        *first *= FIVE_MONTHS_TO_TWELVE;
    }
    Ok(years)
}

/// Points achieved as percent of the points available.
///
/// # Errors
/// [`ceteris::Error::InvalidSetting`] if no point is available or more are achieved.
///
/// # Example
/// ```
/// assert_eq!(ceteris_data::nhs::percent_of_points(450.0, 900.0)?, 50.0);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn percent_of_points(achieved: f64, available: f64) -> Result<f64> {
    if !(available > 0.0 && (0.0..=available).contains(&achieved)) {
        let value = format!("{achieved} of {available}");
        return Err(invalid("points", "from zero to the points available, which are above zero", value));
    }
    Ok(100.0 * achieved / available)
}

pub(super) fn invalid(setting: &'static str, must: &'static str, value: String) -> crate::Error {
    ceteris::Error::InvalidSetting { setting, value, must }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_averages_100_and_keeps_what_is_missing() {
        let index = index_to_mean_100(&[2.0, 4.0, f64::NAN, 6.0]).expect("positive");
        assert!(index[2].is_nan());
        assert_eq!(index[0] + index[1] + index[3], 300.0);
        assert!(index_to_mean_100(&[f64::NAN]).is_err());
        assert!(index_to_mean_100(&[-1.0, 1.0]).is_err());
    }

    #[test]
    fn later_years_are_plain_sums_and_earlier_months_are_refused() {
        let months = |year: u16| (1..=12).map(move |month| (Month { year, month }, 1.0));
        assert_eq!(calendar_years(months(2011)).expect("after the first")[&2011], 12.0);
        assert!(calendar_years(months(2010)).is_err());
    }

    #[test]
    fn weights_repeat_values_in_the_mean_and_equal_ones_change_nothing() {
        let moments = |weights: [f64; 2]| Moments::new([1.0, 5.0].into_iter().zip(weights));
        assert_eq!(moments([1.0, 1.0]), moments([7.0, 7.0]));
        assert_eq!(moments([3.0, 1.0]).expect("two values").mean, 2.0);
        assert_eq!(moments([1.0, 0.0]), None);
    }

    #[test]
    fn rates_of_nobody_and_points_beyond_the_maximum_are_refused() {
        assert!(per_100(1.0, 0).is_err());
        assert!(percent_of_points(901.0, 900.0).is_err());
        assert!(percent_of_points(0.0, 0.0).is_err());
    }
}
