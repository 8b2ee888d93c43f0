//! The 20 numbers of the screening panel.
//!
//! Units are percentage points of a rate unless said otherwise; shares and factors have none.
//! "Several" are practices of CCGs with more than one local authority, "many" those with more than
//! two.

/// The free numbers of the simulation.
///
/// # Example
/// ```
/// use ceteris_data::twin::Parameters;
/// assert_eq!(Parameters::default(), Parameters::CALIBRATED);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parameters {
    /// Relative drift of deliveries for several, per standard deviation of the birth level, times
    /// that deviation: in 2009/10 and 2010/11, in 2011/12, in 2012/13 (moves Models 1 and 2 and
    /// the second F).
    pub delivery_drift: [f64; 3],
    /// Share of a practice's deviation in screening that is gone after the reform (Model 3).
    pub screening_convergence: f64,
    /// Shift of screening after the reform for many (sensitivity of Model 1).
    pub screening_shift: f64,
    /// Variance of the autoregressive part of screening.
    pub screening_variance: f64,
    /// Shift of unassisted deliveries for many in 2011/12 and 2012/13 (sensitivity of Model 2).
    pub births_shift_before: f64,
    /// Shift of unassisted deliveries for many in all years (sensitivity of Model 3).
    pub births_shift: f64,
    /// Share of a practice's deviation in unassisted deliveries that is gone after the reform.
    pub births_convergence: f64,
    /// Standard deviation of the level of unassisted deliveries.
    pub births_sd: f64,
    /// Variance of a yearly step of unassisted deliveries.
    pub births_step_variance: f64,
    /// Variance of the sampling noise of unassisted deliveries over the binomial one, by period
    /// (2009/10-2010/11, 2011/12-2012/13, 2013/14 on) and class (one, two, more local authorities).
    pub births_noise: [[f64; 3]; 3],
}

/// Standard deviation of the level of screening; set, not calibrated.
pub(super) const SCREENING_SD: f64 = 4.5;

/// First-order autocorrelation of screening about its level; set, not calibrated.
pub(super) const SCREENING_AUTOCORRELATION: f64 = 0.8;

impl Parameters {
    /// Calibrated to the cells of Table 6 and 14 statistics of Table 8.
    pub const CALIBRATED: Self = Self {
        delivery_drift: [-0.023053, -0.013977, -0.001306],
        screening_convergence: 0.122345,
        screening_shift: -0.506042,
        screening_variance: 6.583313,
        births_shift_before: -0.180563,
        births_shift: -1.031069,
        births_convergence: 0.195668,
        births_sd: 7.0,
        births_step_variance: 0.2,
        births_noise: [[2.590718, 1.480525, 2.520691], [1.0, 1.0, 1.115803], [2.210305, 2.783937, 2.158521]],
    };

    /// Values before calibration: no drift and no shift, round numbers elsewhere.
    pub const UNCALIBRATED: Self = Self {
        delivery_drift: [0.0; 3],
        screening_convergence: 0.05,
        screening_shift: 0.0,
        screening_variance: 13.0,
        births_shift_before: 0.0,
        births_shift: 0.0,
        births_convergence: 0.20,
        births_sd: 7.0,
        births_step_variance: 1.7,
        births_noise: [[1.9; 3], [1.2; 3], [1.5; 3]],
    };

    /// The first variance or standard deviation that is negative, or number that is not finite.
    pub(super) fn invalid(&self) -> Option<(&'static str, f64)> {
        let variances = [
            ("screening_variance", self.screening_variance),
            ("births_sd", self.births_sd),
            ("births_step_variance", self.births_step_variance),
        ];
        let noise = self.births_noise.as_flattened().iter().map(|value| ("births_noise", *value));
        let numbers = [
            ("screening_convergence", self.screening_convergence),
            ("screening_shift", self.screening_shift),
            ("births_shift_before", self.births_shift_before),
            ("births_shift", self.births_shift),
            ("births_convergence", self.births_convergence),
        ];
        let drift = self.delivery_drift.iter().map(|value| ("delivery_drift", *value));
        let negative = variances.into_iter().chain(noise).find(|(_, x)| !(*x >= 0.0 && x.is_finite()));
        negative.or_else(|| numbers.into_iter().chain(drift).find(|(_, x)| !x.is_finite()))
    }
}

impl Default for Parameters {
    fn default() -> Self {
        Self::CALIBRATED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_negative_variance_and_a_number_that_is_none_are_named() {
        assert_eq!(Parameters::CALIBRATED.invalid(), None);
        let negative = Parameters { births_step_variance: -1.0, ..Parameters::CALIBRATED };
        assert_eq!(negative.invalid(), Some(("births_step_variance", -1.0)));
        let infinite = Parameters { births_shift: f64::INFINITY, ..Parameters::CALIBRATED };
        assert_eq!(infinite.invalid(), Some(("births_shift", f64::INFINITY)));
    }
}
