//! How far a practice's rate is from its cell's mean, in percentage points.
//!
//! ```text
//! screening  d_t = 4.5 z + a_t,   a_t = r a_(t-1) + sqrt(v (1 - r^2)) e_t,   var a = v, r = 0.8
//! births     d_t = s z + sqrt(w) (e_0 + ... + e_t) + many (b + b_t)
//! after the reform, d_t shrinks by the share that converges; screening then shifts for many
//! ```

use super::geography::Practice;
use super::keystream::{Keystream, Stream};
use super::parameters::{Parameters, SCREENING_AUTOCORRELATION, SCREENING_SD};
use super::presence::Traits;
use super::{ByYear, FIRST_AFTER};

/// Deviations of screening uptake.
pub(super) fn screening(
    keys: Keystream,
    practices: &[Practice],
    traits: &Traits,
    parameters: &Parameters,
) -> Vec<ByYear<f64>> {
    let steps = keys.normals_by_year(Stream::ScreeningSteps, practices.len());
    let sd = parameters.screening_variance.sqrt();
    let rho = SCREENING_AUTOCORRELATION;
    let step_sd = sd * (1.0 - rho * rho).sqrt();
    let deviation = |(i, step): (usize, &ByYear<f64>)| -> ByYear<f64> {
        let level = SCREENING_SD * traits.screening[i];
        let shift = parameters.screening_shift * practices[i].many();
        let mut departure = 0.0;
        std::array::from_fn(|t| {
            departure = if t == 0 { sd * step[0] } else { rho * departure + step_sd * step[t] };
            let before = level + departure;
            let after = before * (1.0 - parameters.screening_convergence) + shift;
            if t < FIRST_AFTER { before } else { after }
        })
    };
    steps.iter().enumerate().map(deviation).collect()
}

/// Deviations of the rate of unassisted deliveries.
pub(super) fn births(
    keys: Keystream,
    practices: &[Practice],
    traits: &Traits,
    parameters: &Parameters,
) -> Vec<ByYear<f64>> {
    let steps = keys.normals_by_year(Stream::BirthsSteps, practices.len());
    let step_sd = parameters.births_step_variance.sqrt();
    let early = parameters.births_shift_before;
    let shifts = [0.0, 0.0, early, early, 0.0, 0.0, 0.0].map(|s| parameters.births_shift + s);
    let deviation = |(i, step): (usize, &ByYear<f64>)| -> ByYear<f64> {
        let level = parameters.births_sd * traits.births[i];
        let many = practices[i].many();
        let mut walk = 0.0;
        std::array::from_fn(|t| {
            walk += step[t];
            let before = level + step_sd * walk + many * shifts[t];
            if t < FIRST_AFTER { before } else { before * (1.0 - parameters.births_convergence) }
        })
    };
    steps.iter().enumerate().map(deviation).collect()
}
