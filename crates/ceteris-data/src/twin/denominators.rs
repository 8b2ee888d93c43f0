//! Eligible women and deliveries of each practice and year.
//!
//! ```text
//! size    = max((1 + 0.27 z)^2, 0.10)          fertility = clip(1 + 0.22 z, 0.35, 2)
//! growth  = 1 + 0.012 z t                                                  t = 0 .. 6
//! women   ~ size x growth x (1 + 0.01 z)
//! births  ~ max(m (1 + drift_t z_births) + sqrt(m) z, 3),   m = 84 size x fertility x growth
//! ```
//!
//! Both are scaled to fixed totals by year and group, then rounded, and at least one. Drift is for
//! practices of CCGs with several local authorities only. Three practice-years have no birth.

use super::geography::{Group, Practice};
use super::keystream::{Keystream, Stream};
use super::parameters::Parameters;
use super::presence::Traits;
use super::{ByYear, FIRST_AFTER, NYEARS};

/// Eligible women in the first and in the last year; a straight line between.
const WOMEN: [f64; 2] = [13.40e6, 14.12e6];
/// Deliveries a year.
const DELIVERIES: f64 = 640_000.0;
/// Share of eligible women in CCGs with several local authorities.
const SHARE_OF_WOMEN: ByYear<f64> = [0.4775; NYEARS];
/// Share of deliveries in CCGs with several local authorities.
const SHARE_OF_DELIVERIES: ByYear<f64> = [0.4365, 0.4425, 0.4425, 0.4425, 0.4425, 0.4425, 0.4425];
/// Practice-years without a birth: the smallest practice of a group that is there before the reform
/// and for so many years after it, and the year.
const WITHOUT_BIRTHS: [(Group, usize, usize); 3] =
    [(Group::One, 3, 3), (Group::Several, 2, 3), (Group::Several, 3, 5)];

/// Whole numbers by practice and year; 0 where there is no row.
#[derive(Debug)]
pub(super) struct Denominators {
    pub(super) women: Vec<ByYear<f64>>,
    pub(super) deliveries: Vec<ByYear<f64>>,
}

impl Denominators {
    pub(super) fn new(
        keys: Keystream,
        practices: &[Practice],
        presence: &[ByYear<bool>],
        traits: &Traits,
        parameters: &Parameters,
    ) -> Self {
        let sizes: Vec<f64> = traits.size.iter().map(|z| relative_size(*z)).collect();
        let women_by_year: ByYear<f64> =
            std::array::from_fn(|t| WOMEN[0] + (WOMEN[1] - WOMEN[0]) * t as f64 / 6.0);
        let there = Rows { practices, presence };
        let women = there.scaled(&women(keys, &sizes, traits), women_by_year, SHARE_OF_WOMEN);
        let mut births = births(keys, practices, &sizes, traits, parameters);
        let without = without_births(practices, presence, &sizes);
        without.iter().for_each(|&(i, t)| births[i][t] = 0.0);
        let mut deliveries = there.scaled(&births, [DELIVERIES; NYEARS], SHARE_OF_DELIVERIES);
        without.iter().for_each(|&(i, t)| deliveries[i][t] = 0.0);
        Self { women, deliveries }
    }
}

fn relative_size(z: f64) -> f64 {
    ((1.0 + 0.27 * z) * (1.0 + 0.27 * z)).max(0.10)
}

fn growth(z: f64) -> ByYear<f64> {
    std::array::from_fn(|t| 1.0 + 0.012 * z * t as f64)
}

fn women(keys: Keystream, sizes: &[f64], traits: &Traits) -> Vec<ByYear<f64>> {
    let noise = keys.normals_by_year(Stream::EligibleWomen, sizes.len());
    let women = |i: usize| -> ByYear<f64> {
        let growth = growth(traits.growth[i]);
        std::array::from_fn(|t| sizes[i] * growth[t] * (1.0 + 0.01 * noise[i][t]))
    };
    (0..sizes.len()).map(women).collect()
}

fn births(
    keys: Keystream,
    practices: &[Practice],
    sizes: &[f64],
    traits: &Traits,
    parameters: &Parameters,
) -> Vec<ByYear<f64>> {
    let [early, third, fourth] = parameters.delivery_drift;
    let drift = [early, early, third, fourth, 0.0, 0.0, 0.0];
    let noise = keys.normals_by_year(Stream::Deliveries, sizes.len());
    let births = |i: usize| -> ByYear<f64> {
        let fertility = (1.0 + 0.22 * traits.fertility[i]).clamp(0.35, 2.0);
        let growth = growth(traits.growth[i]);
        let level = match practices[i].group() {
            Group::One => 0.0,
            Group::Several => traits.births[i],
        };
        std::array::from_fn(|t| {
            let mean = 84.0 * (sizes[i] * fertility) * growth[t];
            (mean * (1.0 + level * drift[t]) + mean.sqrt() * noise[i][t]).max(3.0)
        })
    };
    (0..sizes.len()).map(births).collect()
}

fn without_births(practices: &[Practice], presence: &[ByYear<bool>], sizes: &[f64]) -> Vec<(usize, usize)> {
    let smallest = |group, years_after| {
        let candidates = (0..practices.len()).filter(|&i| {
            let (before, after) = presence[i].split_at(FIRST_AFTER);
            let stays = after.iter().filter(|there| **there).count();
            practices[i].group() == group && before.iter().all(|there| *there) && stays == years_after
        });
        candidates.min_by(|&a, &b| sizes[a].total_cmp(&sizes[b]))
    };
    WITHOUT_BIRTHS
        .into_iter()
        .filter_map(|(group, stays, year)| smallest(group, stays).map(|i| (i, year)))
        .collect()
}

/// Which practices are there in which year.
struct Rows<'a> {
    practices: &'a [Practice],
    presence: &'a [ByYear<bool>],
}

impl Rows<'_> {
    /// Values scaled to their totals and rounded, 0 in years without the practice.
    fn scaled(&self, values: &[ByYear<f64>], totals: ByYear<f64>, share: ByYear<f64>) -> Vec<ByYear<f64>> {
        let mut scaled = vec![[0.0; NYEARS]; values.len()];
        for t in 0..NYEARS {
            for (group, share) in Group::BOTH.into_iter().zip([1.0 - share[t], share[t]]) {
                let members =
                    (0..values.len()).filter(|&i| self.presence[i][t] && self.practices[i].group() == group);
                let sum: f64 = members.clone().map(|i| values[i][t]).sum();
                let factor = totals[t] * share / sum;
                for i in members {
                    scaled[i][t] = (values[i][t] * factor + 0.5).floor().max(1.0);
                }
            }
        }
        scaled
    }
}
