//! K of each program where effects are nested in clusters.

use std::sync::Arc;

use super::*;
use crate::absorb::Block;
use crate::frame::Factor;
use crate::vcov::EffectCost;

/// Of sixteen firms, two in each of eight states, over six years.
const ROWS: u32 = 96;

fn factor(level: impl Fn(u32) -> u32) -> Factor {
    Factor::compacted((0..ROWS).map(level).collect(), ROWS as usize)
}

fn firm() -> Factor {
    factor(|i| i / 6)
}

fn state() -> Factor {
    factor(|i| i / 12)
}

fn year() -> Factor {
    factor(|i| i % 6)
}

fn effect(name: &str, factor: Factor, (intercept, slopes): (bool, usize)) -> EffectCost {
    let nlevels = factor.nlevels();
    let rank = nlevels * (usize::from(intercept) + slopes);
    EffectCost { name: name.to_string(), nlevels, intercept, slopes, rank, factor }
}

fn plain(name: &str, factor: Factor) -> EffectCost {
    effect(name, factor, (true, 0))
}

/// One regressor beside effects of this joint rank.
fn ledger(effects: Vec<EffectCost>, rank: usize) -> Ledger {
    let slope = |s: u32| (0..ROWS).map(|i| f64::from((7 + s) * i * i % 11)).collect();
    let block = |effect: &EffectCost| Block {
        name: effect.name.clone(),
        factor: effect.factor.clone(),
        intercept: effect.intercept,
        slopes: (0..effect.slopes as u32).map(slope).collect(),
    };
    let blocks = Arc::new(effects.iter().map(block).collect());
    Ledger { nobs: ROWS as usize, regressors: 1, effects, rank: rank + 1, blocks }
}

#[test]
fn exact_depends_on_the_columns_of_effects_and_not_on_how_they_are_written() {
    let with_firms = ledger(vec![plain("firm", firm()), plain("year", year())], 21);
    let with_both = ledger(vec![plain("firm", firm()), plain("state", state()), plain("year", year())], 21);
    let by_state = |preset: SmallSample, ledger: &Ledger| preset.parameters(ledger, &[state()]);
    for preset in [SmallSample::exact(), SmallSample::reghdfe()] {
        assert_eq!([&with_firms, &with_both].map(|ledger| by_state(preset, ledger)), [7, 7], "{preset}");
    }
    assert_eq!([&with_firms, &with_both].map(|ledger| by_state(SmallSample::areg(), ledger)), [22, 22]);
    // fixest looks for no other nested effect if the clusters are an effect; pyfixest does.
    assert_eq!([&with_firms, &with_both].map(|ledger| by_state(SmallSample::fixest(), ledger)), [7, 22]);
    assert_eq!([&with_firms, &with_both].map(|ledger| by_state(SmallSample::pyfixest(), ledger)), [7, 7]);
}

#[test]
fn the_constant_counts_only_if_a_nested_effect_has_intercepts() {
    let slopes = ledger(vec![effect("firm[[x]]", firm(), (false, 1))], 16);
    assert_eq!(SmallSample::exact().parameters(&slopes, &[state()]), 1);
    assert_eq!(SmallSample::fixest().parameters(&slopes, &[state()]), 17);
    assert_eq!(SmallSample::reghdfe().parameters(&slopes, &[state()]), 17);
    let levels = ledger(vec![plain("firm", firm())], 16);
    assert_eq!(SmallSample::exact().parameters(&levels, &[state()]), 2);
}

#[test]
fn only_exact_frees_the_trends_of_nested_effects() {
    let trends = ledger(
        vec![plain("state", state()), plain("year", year()), effect("state[[t]]", state(), (false, 1))],
        20,
    );
    let by_state = |preset: SmallSample| preset.parameters(&trends, &[state()]);
    // 1 + 8 slopes + 6 years
    assert_eq!(by_state(SmallSample::reghdfe()), 15);
    // The joint rank of states and their trends is 16: 21 - 16 + 1.
    assert_eq!(by_state(SmallSample::exact()), 6);
}

#[test]
fn the_intercepts_of_an_effect_written_twice_count_once_among_levels() {
    let twice = ledger(vec![plain("firm", firm()), effect("firm[x]", firm(), (true, 1))], 32);
    assert_eq!(SmallSample::fixest().parameters(&twice, &[]), 1 + 32);
    let once = ledger(vec![effect("firm[x]", firm(), (true, 1))], 32);
    assert_eq!(SmallSample::fixest().parameters(&once, &[]), 1 + 32);
}
