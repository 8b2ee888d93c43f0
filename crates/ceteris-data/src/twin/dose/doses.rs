//! How much of the reform each CCG received.
//!
//! ```text
//! clinical share    round(clip(0.56 + 0.10 z, 0.2, 0.95), 3),    z standardised over the CCGs
//! stability         half of the CCGs 1, the others evenly over (0.04, 1), in random order
//! local authorities 1 to 11, those of the screening panel
//! ```
//!
//! Means and standard deviations print as those of the report's text; where CCGs lie is not simulated.

use crate::published::Dose;
use crate::twin::geography::local_authorities;
use crate::twin::keystream::Keystream;

/// The stream of the clinical share ...
const CLINICAL_STREAM: u64 = 1;
/// ... and of the order of stabilities.
const STABILITY_STREAM: u64 = 2;
/// Squared deviations are capped here before they enter a variance.
const LARGEST_SQUARE: f64 = 4.0;

/// The doses of a CCG. SIMULATED.
///
/// # Example
/// ```
/// use ceteris_data::{published::Dose, twin::DoseTwin};
/// let first = DoseTwin::calibrated().doses()[0];
/// assert_eq!((first.clinical_share, first.of(Dose::LocalAuthorities)), (0.602, 1.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct CcgDoses {
    /// Share of clinicians among the voting members of the governing body.
    pub clinical_share: f64,
    /// Share of practices that stayed together.
    pub practice_stability: f64,
    /// Local authority districts.
    pub local_authorities: f64,
}

impl CcgDoses {
    /// One of the three.
    pub fn of(&self, dose: Dose) -> f64 {
        match dose {
            Dose::ClinicalShare => self.clinical_share,
            Dose::PracticeStability => self.practice_stability,
            Dose::LocalAuthorities => self.local_authorities,
        }
    }
}

/// The doses of all CCGs.
pub(super) fn doses() -> Vec<CcgDoses> {
    let authorities = local_authorities();
    let shares = clinical_shares(authorities.len());
    let stabilities = stabilities(authorities.len());
    let doses = authorities.into_iter().zip(shares).zip(stabilities);
    doses
        .map(|((authorities, clinical_share), practice_stability)| CcgDoses {
            clinical_share,
            practice_stability,
            local_authorities: f64::from(authorities),
        })
        .collect()
}

fn clinical_shares(ccgs: usize) -> Vec<f64> {
    let z = Keystream::of_doses().numbered_normals(CLINICAL_STREAM, ccgs);
    let mean = z.iter().sum::<f64>() / ccgs as f64;
    let squares: f64 = z.iter().map(|z| (z - mean) * (z - mean)).sum();
    let sd = (squares / (ccgs as f64 - 1.0)).sqrt();
    z.iter().map(|z| thousandths((0.56 + 0.10 * ((z - mean) / sd)).clamp(0.2, 0.95))).collect()
}

fn stabilities(ccgs: usize) -> Vec<f64> {
    let z = Keystream::of_doses().numbered_normals(STABILITY_STREAM, ccgs);
    let mut order: Vec<usize> = (0..ccgs).collect();
    order.sort_by(|&a, &b| z[a].total_cmp(&z[b]));
    let mut stabilities = vec![0.0; ccgs];
    for (rank, ccg) in order.into_iter().enumerate() {
        let share = (rank as f64 + 0.5) / ccgs as f64;
        stabilities[ccg] = thousandths(if share < 0.5 { 0.04 + 0.96 * share / 0.5 } else { 1.0 });
    }
    stabilities
}

fn thousandths(value: f64) -> f64 {
    (value * 1000.0).round_ties_even() / 1000.0
}

/// For each CCG, how far a dose is from its mean: min(z^2, 4).
pub(super) fn squared_deviations(doses: &[CcgDoses], dose: Dose) -> Vec<f64> {
    let ccgs = doses.len() as f64;
    let mean = doses.iter().map(|ccg| ccg.of(dose)).sum::<f64>() / ccgs;
    let deviation = |ccg: &CcgDoses| (ccg.of(dose) - mean) * (ccg.of(dose) - mean);
    let variance = doses.iter().map(deviation).sum::<f64>() / ccgs;
    doses.iter().map(|ccg| (deviation(ccg) / variance).min(LARGEST_SQUARE)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::{dose_summary, prints_as};

    #[test]
    fn means_and_deviations_are_those_of_the_text() {
        let doses = doses();
        for summary in dose_summary() {
            let values: Vec<f64> = doses.iter().map(|ccg| ccg.of(summary.dose)).collect();
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let variance = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
            let sd = (variance / (values.len() as f64 - 1.0)).sqrt();
            let decimals = if summary.dose == Dose::LocalAuthorities { 1 } else { 2 };
            assert!(prints_as(mean, summary.mean, decimals), "{summary:?} {mean}");
            assert!(prints_as(sd, summary.sd, decimals), "{summary:?} {sd}");
        }
    }
}
