//! Numerators whose cell means are those of Table 6.
//!
//! ```text
//! p = clip(mean + deviation, 5, 98) / 100
//! r = 100 p + 100 sqrt(f p (1 - p) / n) z                  sampling noise, f times the binomial variance
//! x = floor(n clip(r + shift, 0, 100) / 100 + 1/2)          one shift for each year and group
//! ```
//!
//! The shift of a cell is bisected until its rounded numerators add up to the published mean.

use super::geography::{Group, Practice};
use super::keystream::{Keystream, Stream};
use super::parameters::Parameters;
use super::{ByYear, NYEARS};
use crate::published::table6;

/// Shifts are looked for in this interval, in percentage points ...
const SHIFTS: (f64, f64) = (-8.0, 8.0);
/// ... so many times halved: to 1e-12, far below one woman in the largest cell.
const HALVINGS: usize = 44;
/// Period of each year for the noise of births.
const PERIODS: ByYear<usize> = [0, 0, 1, 1, 2, 2, 2];
/// Taken off the means of 2009/10, within their rounding, so that the mean of both groups prints as
/// in Table 6.
const BIRTHS_2009: f64 = 0.003;

/// Means of a cell by year, in percent: one local authority, several.
type Means = ByYear<[f64; 2]>;

/// Women screened.
pub(super) fn screened(
    keys: Keystream,
    practices: &[Practice],
    women: &[ByYear<f64>],
    deviations: &[ByYear<f64>],
) -> Vec<ByYear<f64>> {
    let means = std::array::from_fn(|t| {
        let mean = table6()[t].screening;
        [mean.one, mean.several]
    });
    let noise = keys.normals_by_year(Stream::ScreeningNoise, practices.len());
    let rates = rates(practices, women, deviations, &noise, &means, |_, _| 1.0);
    centred(practices, women, &rates, &means)
}

/// Deliveries without assistance.
pub(super) fn unassisted(
    keys: Keystream,
    practices: &[Practice],
    deliveries: &[ByYear<f64>],
    deviations: &[ByYear<f64>],
    parameters: &Parameters,
) -> Vec<ByYear<f64>> {
    let mut means: Means = std::array::from_fn(|t| {
        let mean = table6()[t].unassisted;
        [mean.one, mean.several]
    });
    means[0] = means[0].map(|mean| mean - BIRTHS_2009);
    let noise = keys.normals_by_year(Stream::BirthsNoise, practices.len());
    let factor = |practice: Practice, t: usize| parameters.births_noise[PERIODS[t]][practice.class()];
    let rates = rates(practices, deliveries, deviations, &noise, &means, factor);
    centred(practices, deliveries, &rates, &means)
}

fn rates(
    practices: &[Practice],
    denominators: &[ByYear<f64>],
    deviations: &[ByYear<f64>],
    noise: &[ByYear<f64>],
    means: &Means,
    factor: impl Fn(Practice, usize) -> f64,
) -> Vec<ByYear<f64>> {
    let rate = |i: usize, t: usize| {
        let mean = means[t][practices[i].group() as usize];
        let p = (mean + deviations[i][t]).clamp(5.0, 98.0) / 100.0;
        let variance = factor(practices[i], t) * (p * (1.0 - p)) / denominators[i][t].max(1.0);
        100.0 * p + 100.0 * variance.sqrt() * noise[i][t]
    };
    (0..practices.len()).map(|i| std::array::from_fn(|t| rate(i, t))).collect()
}

fn centred(
    practices: &[Practice],
    denominators: &[ByYear<f64>],
    rates: &[ByYear<f64>],
    means: &Means,
) -> Vec<ByYear<f64>> {
    let mut numerators = vec![[0.0; NYEARS]; practices.len()];
    for t in 0..NYEARS {
        for group in Group::BOTH {
            let rows: Vec<usize> = (0..practices.len())
                .filter(|&i| denominators[i][t] > 0.0 && practices[i].group() == group)
                .collect();
            let cell: Vec<(f64, f64)> = rows.iter().map(|&i| (denominators[i][t], rates[i][t])).collect();
            let shift = shift(&cell, means[t][group as usize]);
            for (&i, row) in rows.iter().zip(&cell) {
                numerators[i][t] = numerator(row, shift);
            }
        }
    }
    numerators
}

/// The smallest shift at which the numerators of a cell reach its mean.
fn shift(cell: &[(f64, f64)], mean: f64) -> f64 {
    let total: f64 = cell.iter().map(|(denominator, _)| denominator).sum();
    let wanted = (mean * total / 100.0 + 0.5).floor();
    let (mut low, mut high) = SHIFTS;
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        let reached: f64 = cell.iter().map(|row| numerator(row, middle)).sum();
        if reached < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

fn numerator(&(denominator, rate): &(f64, f64), shift: f64) -> f64 {
    (denominator * (rate + shift).clamp(0.0, 100.0) / 100.0 + 0.5).floor()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_meets_its_mean_to_one_woman() {
        let cell: Vec<(f64, f64)> =
            (0..500).map(|i| (50.0 + f64::from(i % 37), 60.0 + f64::from(i % 23))).collect();
        let total: f64 = cell.iter().map(|(n, _)| n).sum();
        let shift = shift(&cell, 70.0);
        let reached: f64 = cell.iter().map(|row| numerator(row, shift)).sum();
        assert!((reached - 0.7 * total).abs() <= 1.0, "{reached} of {total}");
    }
}
