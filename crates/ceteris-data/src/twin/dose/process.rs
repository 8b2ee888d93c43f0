//! Values of an outcome before the coefficients are met.
//!
//! ```text
//! u_it = sqrt(rho) a_i + sqrt(1 - rho) (e_it + [t after] eta h_c U_c)               practices
//! u_ct = sqrt(rho) A_c + sqrt(1 - rho) (h_c e_ct + eta h_c U_c)   after, else e_ct   CCGs
//! a_i  = sqrt(0.85) z_i + sqrt(0.15) A_c
//! h_c  = sqrt(max(1 + sum_k kappa_k (q_ck - 1), 0.02)),   q_ck = min(z_ck^2, 4) of dose k
//! y_it = M_t + S_t (u_it - mean_t) / sd_t
//! ```
//!
//! mean_t and sd_t are weighted, the latter by n / (n - 1), so that every year has exactly the
//! published mean M_t and standard deviation S_t.

use super::parameters::Parameters;
use super::units::Units;
use crate::twin::keystream::Keystream;

/// The first stream of the outcomes; each outcome has ten.
const FIRST_STREAM: u64 = 40;
const STREAMS_EACH: u64 = 10;
/// Streams between two draws of the CCG shocks.
const STREAMS_A_DRAW: u64 = 1000;
/// Share of CCGs in the variance of practice levels.
const CCG_SHARE: f64 = 0.15;
/// The least variance of a shock.
const LEAST_VARIANCE: f64 = 0.02;

/// Standard normal parts of an outcome.
#[derive(Debug)]
struct Parts {
    level: Vec<f64>,
    ccg_level: Vec<f64>,
    noise: Vec<f64>,
    shock: Vec<f64>,
}

impl Parts {
    /// `place` is the outcome's place in Tables 12 to 18.
    fn new(units: &Units, ccgs: usize, place: usize, draw: u64) -> Self {
        let stream = FIRST_STREAM + STREAMS_EACH * place as u64;
        let (rows, keys) = (units.unit.len(), Keystream::of_doses());
        Self {
            level: keys.numbered_normals(stream, rows),
            ccg_level: keys.numbered_normals(stream + 1, ccgs),
            noise: keys.numbered_normals(stream + 2, rows * units.years.len()),
            shock: keys.numbered_normals(stream + 3 + STREAMS_A_DRAW * draw, ccgs),
        }
    }
}

/// Values by year and unit; `squares` are q_ck, a column a dose.
pub(super) fn values(
    units: &Units,
    place: usize,
    parameters: &Parameters,
    squares: &[Vec<f64>],
) -> Vec<Vec<f64>> {
    let ccgs = squares.first().map_or(0, Vec::len);
    let parts = Parts::new(units, ccgs, place, parameters.draw);
    let scale = shock_scales(&parameters.kappas(), squares, ccgs);
    let (level_sd, noise_sd) = (parameters.rho.sqrt(), (1.0 - parameters.rho).sqrt());
    let years = units.years.len();
    let value = |i: usize, t: usize| {
        let (ccg, noise) = (units.ccg[i], parts.noise[i * years + t]);
        let is_after = units.after.contains(&t);
        let shock = if is_after { parameters.eta * (scale[ccg] * parts.shock[ccg]) } else { 0.0 };
        let (level, noise) = match units.are_practices {
            true => (practice_level(parts.level[i], parts.ccg_level[ccg]), noise),
            false => (parts.ccg_level[ccg], if is_after { scale[ccg] * noise } else { noise }),
        };
        level_sd * level + noise_sd * (noise + shock)
    };
    let year = |t: usize| {
        let values: Vec<f64> = (0..units.unit.len()).map(|i| value(i, t)).collect();
        standardised(values, units, t)
    };
    (0..years).map(year).collect()
}

fn practice_level(own: f64, ccg: f64) -> f64 {
    (1.0 - CCG_SHARE).sqrt() * own + CCG_SHARE.sqrt() * ccg
}

/// h_c
fn shock_scales(kappas: &[f64], squares: &[Vec<f64>], ccgs: usize) -> Vec<f64> {
    let total: f64 = kappas.iter().sum();
    let variance = |c: usize| 1.0 + kappas.iter().zip(squares).map(|(k, q)| k * q[c]).sum::<f64>() - total;
    (0..ccgs).map(|c| variance(c).max(LEAST_VARIANCE).sqrt()).collect()
}

/// The values of a year with its published mean and standard deviation.
pub(super) fn standardised(mut values: Vec<f64>, units: &Units, t: usize) -> Vec<f64> {
    let rows: Vec<usize> = (0..values.len()).filter(|&i| units.present[i][t]).collect();
    let total: f64 = rows.iter().map(|&i| units.weight[i]).sum();
    let mean = rows.iter().map(|&i| units.weight[i] * values[i]).sum::<f64>() / total;
    let squares: f64 =
        rows.iter().map(|&i| units.weight[i] * ((values[i] - mean) * (values[i] - mean))).sum();
    let count = rows.len() as f64;
    let sd = (squares / total * count / (count - 1.0)).sqrt();
    let (wanted_mean, wanted_sd) = units.moments[t];
    values.iter_mut().for_each(|value| *value = wanted_mean + wanted_sd * (*value - mean) / sd);
    values
}
