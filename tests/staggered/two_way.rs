//! The decomposition against diff-diff, and against the coefficient that it decomposes.

use ceteris::staggered::{Always, ComparisonKind, TwoWayDecomposition};

use super::identities::{growing, steps};
use super::witness::{Data, Expected, NEVER, mpdta, panel};

/// Sums of a few hundred numbers of size one.
const ROUNDING: f64 = 1e-10;

fn compare(name: &str, data: &Data) {
    let parts = TwoWayDecomposition::new(data.outcome, data.index, data.first_treated).never(NEVER);
    let parts = parts.fit(&data.frame).unwrap();
    assert!((parts.estimate() - parts.two_way().unwrap()).abs() < ROUNDING);
    let total: f64 = parts.comparisons().iter().map(|held| held.weight).sum();
    assert!((total - 1.0).abs() < ROUNDING);
    let expected = Expected::read("two_way.csv", &["data", "comparison", "control"]);
    let mut rows = 0;
    for row in expected.rows().filter(|&row| expected.text("data", row) == name) {
        let comparison = expected.text("comparison", row);
        let (estimate, weight) = (expected.number("estimate", row), expected.number("weight", row));
        if comparison == "two_way" {
            assert!((parts.estimate() - estimate).abs() < ROUNDING);
            continue;
        }
        let kind = match comparison.as_str() {
            "treated_vs_never" => ComparisonKind::NeverTreated,
            "earlier_vs_later" => ComparisonKind::EarlierAgainstLater,
            _ => ComparisonKind::LaterAgainstEarlier,
        };
        let (treated, control) = (expected.whole("treated", row), expected.text("control", row).parse().ok());
        let same = |held: &&ceteris::staggered::Comparison| {
            held.kind == kind && held.treated == treated && held.control == control
        };
        let ours = parts.comparisons().iter().find(same).unwrap();
        assert!((ours.estimate - estimate).abs() < ROUNDING && (ours.weight - weight).abs() < ROUNDING);
        rows += 1;
    }
    assert_eq!(rows, parts.comparisons().len());
}

#[test]
fn the_synthetic_panel_agrees_with_diff_diff() {
    compare("panel", &panel());
}

#[test]
fn the_minimum_wage_data_agree_with_diff_diff() {
    let Some(data) = mpdta("two_way::the_minimum_wage_data_agree_with_diff_diff") else { return };
    compare("mpdta", &data);
}

#[test]
fn growing_effects_turn_the_sign_of_the_two_way_coefficient() {
    let data = growing();
    let parts = TwoWayDecomposition::new("y", data.index, "first").fit(&data.frame).unwrap();
    assert!(parts.two_way().unwrap() < 0.0, "every effect is positive: {parts}");
    assert!((parts.estimate() - parts.two_way().unwrap()).abs() < ROUNDING);
    assert!(parts.forbidden_weight() > 0.3 && parts.signs_differ() && parts.negative_weight() < 0.0);
    assert!(parts.to_string().contains("the coefficient misleads where effects grow or shrink"));
}

#[test]
fn without_noise_the_coefficient_is_the_weighted_sum_of_the_effects() {
    let data = growing();
    let parts = TwoWayDecomposition::new("y", data.index, "first").fit(&data.frame).unwrap();
    let effect = |time: i64, group: i64| (1 + time - group) as f64;
    let sum: f64 = parts.treated_weights().iter().map(|w| w.weight * effect(w.time, w.group)).sum();
    assert!((sum - parts.two_way().unwrap()).abs() < ROUNDING);
}

#[test]
fn always_treated_units_take_part_and_are_named() {
    let data = steps(&[1, 3, 4, 99]);
    let design = TwoWayDecomposition::new("y", data.index, "first").always(Always::Keep);
    let parts = design.fit(&data.frame).unwrap();
    assert!(parts.of_kind(ComparisonKind::AlwaysTreated).is_some());
    assert!((parts.estimate() - parts.two_way().unwrap()).abs() < ROUNDING);
}
