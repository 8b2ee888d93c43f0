//! The uncertainty of a synthetic control or difference, by treating other units or leaving units out.
//!
//! ```text
//! placebo    V = sum_b (tau_b - mean tau)^2 / B,   tau_b with N_tr controls in the place of the treated
//! jackknife  V = (N - 1) / N  sum_i (tau_(-i) - tau)^2,   omega and lambda kept, omega without i rescaled
//! ```
//!
//! (Arkhangelsky et al. 2021, algorithms 4 and 3.) The placebos keep the ridge of the fit, as the authors'
//! program does. With one treated unit each control is the placebo once, and nothing is random.
//!
//! The rank of the treated unit i (Abadie, Diamond and Hainmueller 2010, section 3.4): with ratio_j = RMS gap
//! after / RMS gap before when unit j is the treated one and *all* others are controls,
//!
//! ```text
//! p = #{j: ratio_j >= ratio_i} / N.
//! ```
//!
//! Exact: if the treated unit was drawn with equal chances and treatment did nothing, P(p <= k / N) <= k / N.

use rayon::prelude::*;

use super::balance::{Balanced, Balancing, Ridge, balance, double_difference, gaps};
use crate::att::block::Block;
use crate::error::{Error, Result};
use crate::special::splitmix::SplitMix;

/// How the variance of a synthetic control or difference is estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
#[non_exhaustive]
pub enum SyntheticVariance {
    /// Controls in the place of the treated; assumes that treated and controls vary alike. With one treated
    /// unit every control takes its turn, and `draws` and `seed` are not read.
    Placebo {
        /// Number of sets of controls drawn.
        draws: u32,
        /// Which sets: the same seed, the same numbers.
        seed: u64,
    },
    /// Units left out one by one, the weights kept; for two treated units or more, and conservative.
    Jackknife,
}

/// A unit and the ratio of its gaps after and before, as if it had been the treated one.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct PlaceboRank {
    /// The unit.
    pub unit: String,
    /// Root mean squared gap before treatment.
    pub rmspe_before: f64,
    /// Root mean squared gap after treatment.
    pub rmspe_after: f64,
    /// After over before; infinite where the fit before is perfect.
    pub ratio: f64,
}

/// The rank of the treated unit among all units.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RankTest {
    /// Every unit, the treated one last.
    pub units: Vec<PlaceboRank>,
    /// The share of units with a ratio at least as large as that of the treated unit, itself included.
    pub p_value: f64,
}

/// The estimates tau_b or tau_(-i).
pub(crate) fn replicates(
    block: &Block,
    balancing: Balancing,
    ridge: Ridge,
    balanced: &Balanced,
    method: SyntheticVariance,
) -> Result<Vec<f64>> {
    match method {
        SyntheticVariance::Placebo { draws, seed } => {
            let sets = placebo_sets(block, draws, seed)?;
            let effect = |treated: &Vec<usize>| {
                let controls: Vec<usize> =
                    (0..block.ncontrols()).filter(|unit| !treated.contains(unit)).collect();
                Ok(balance(&block.recast(&controls, treated), balancing, ridge)?.effect)
            };
            sets.par_iter().map(effect).collect()
        }
        SyntheticVariance::Jackknife => leave_one_out(block, balanced),
    }
}

/// V of a method from its replicates.
pub(crate) fn variance(replicates: &[f64], effect: f64, method: SyntheticVariance) -> f64 {
    let n = replicates.len() as f64;
    let squares = |centre: f64| replicates.iter().map(|tau| (tau - centre).powi(2)).sum::<f64>();
    match method {
        SyntheticVariance::Placebo { .. } => squares(replicates.iter().sum::<f64>() / n) / n,
        SyntheticVariance::Jackknife => squares(effect) * (n - 1.0) / n,
    }
}

/// Which controls take the place of the treated units.
fn placebo_sets(block: &Block, draws: u32, seed: u64) -> Result<Vec<Vec<usize>>> {
    let (controls, treated) = (block.ncontrols(), block.ntreated());
    if controls <= treated {
        let with = "no more control than treated units";
        return Err(Error::Unsupported { what: "a placebo variance", with });
    }
    if treated == 1 {
        return Ok((0..controls).map(|unit| vec![unit]).collect());
    }
    if draws < 2 {
        return Err(Error::InvalidSetting { setting: "draws", value: draws.to_string(), must: "at least 2" });
    }
    let mut numbers = SplitMix::new(seed);
    Ok((0..draws).map(|_| numbers.choose(treated, controls)).collect())
}

/// The effect without each unit, controls first.
fn leave_one_out(block: &Block, balanced: &Balanced) -> Result<Vec<f64>> {
    let refused = |with| Err(Error::Unsupported { what: "the jackknife", with });
    let (controls, all) = (block.ncontrols(), block.ncontrols() + block.ntreated());
    if block.ntreated() < 2 {
        return refused("one treated unit");
    }
    if balanced.unit_weights.iter().filter(|omega| **omega > 0.0).count() < 2 {
        return refused("one control unit that holds all the weight");
    }
    let without = |left_out: usize| {
        let keep = |units: std::ops::Range<usize>| units.filter(|&unit| unit != left_out).collect::<Vec<_>>();
        let (kept, treated) = (keep(0..controls), keep(controls..all));
        let sum: f64 = kept.iter().map(|&unit| balanced.unit_weights[unit]).sum();
        let omega: Vec<f64> = kept.iter().map(|&unit| balanced.unit_weights[unit] / sum).collect();
        double_difference(&gaps(&block.recast(&kept, &treated), &omega), &balanced.time_weights)
    };
    Ok((0..all).map(without).collect())
}

/// Ratios of all units, and the place of the treated one among them.
pub(crate) fn rank(block: &Block, balancing: Balancing, ridge: Ridge, names: &[String]) -> Result<RankTest> {
    if block.ntreated() > 1 {
        let what = "the rank of one unit among placebos";
        return Err(Error::Unsupported { what, with: "several treated units" });
    }
    let units: Vec<PlaceboRank> = names
        .par_iter()
        .enumerate()
        .map(|(unit, name)| {
            let others: Vec<usize> = (0..names.len()).filter(|other| *other != unit).collect();
            let recast = block.recast(&others, &[unit]);
            let balanced = balance(&recast, balancing, ridge)?;
            let gaps = centred_gaps(&recast, &balanced);
            let (before, after) = gaps.split_at(recast.npre());
            let (rmspe_before, rmspe_after) = (root_mean_square(before), root_mean_square(after));
            let ratio = if rmspe_after > 0.0 { rmspe_after / rmspe_before } else { 0.0 };
            Ok(PlaceboRank { unit: name.clone(), rmspe_before, rmspe_after, ratio })
        })
        .collect::<Result<_>>()?;
    let treated = units.last().expect("the treated unit is the last").ratio;
    let larger = units.iter().filter(|unit| unit.ratio >= treated).count();
    Ok(RankTest { p_value: larger as f64 / units.len() as f64, units })
}

/// gap_t - sum_s lambda_s gap_s: their mean after treatment is the effect.
pub(crate) fn centred_gaps(block: &Block, balanced: &Balanced) -> Vec<f64> {
    let gaps = gaps(block, &balanced.unit_weights);
    let earlier: f64 = gaps.iter().zip(&balanced.time_weights).map(|(gap, lambda)| gap * lambda).sum();
    gaps.iter().map(|gap| gap - earlier).collect()
}

pub(crate) fn root_mean_square(x: &[f64]) -> f64 {
    (x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64).sqrt()
}
