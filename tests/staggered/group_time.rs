//! Effects by group and time against moderndid and diff-diff, and by identities.

use ceteris::staggered::{Adjustment, BasePeriod, Controls, GroupTimeEffects, GroupTimeFit};
use ceteris::{Coefficient, Weights};

use super::witness::{Data, Expected, NEVER, mpdta, panel};

/// Both programs maximise the same likelihood to about ten digits of the propensities.
const ESTIMATE: f64 = 1e-8;
/// Standard errors have no small-sample factor in either program, and none here.
const STD_ERROR: f64 = 1e-6;
/// diff-diff's doubly robust estimate normalises the comparison term differently: up to 7.8e-4 away
/// on the synthetic panel and 1e-5 on the other, from moderndid and from us alike.
const DIFF_DIFF_DOUBLY_ROBUST: f64 = 1e-3;

fn design(data: &Data, case: &[&str]) -> GroupTimeEffects {
    let mut design = GroupTimeEffects::new(data.outcome, data.index, data.first_treated)
        .never(NEVER)
        .adjustment(match case[1] {
            "reg" => Adjustment::OutcomeRegression,
            "ipw" => Adjustment::InverseProbability,
            _ => Adjustment::DoublyRobust,
        })
        .controls(match case[3] {
            "nevertreated" => Controls::NeverTreated,
            _ => Controls::NotYetTreated,
        })
        .base_period(match case[4] {
            "varying" => BasePeriod::Varying,
            _ => BasePeriod::Universal,
        })
        .anticipation(case[5].parse().unwrap());
    if case[2] == "x" {
        design = design.adjust_for([data.covariate]);
    }
    if case[6] != "equal" {
        design = design.weights(Weights::probability(case[6]));
    }
    design
}

/// The mean over event times from treatment on.
fn mean_of_lags(fit: &GroupTimeFit) -> Coefficient {
    let path = fit.path().unwrap();
    path.mean(&path.lags()).unwrap()
}

/// What a row of the table of expected values names.
pub(crate) fn found(
    fit: &GroupTimeFit,
    quantity: &str,
    first: impl Fn() -> i64,
    second: impl Fn() -> i64,
) -> Coefficient {
    let part = |parts: Vec<(i64, Coefficient)>| parts.into_iter().find(|(at, _)| *at == first()).unwrap().1;
    match quantity {
        "cell" => fit.at(first(), second()).unwrap(),
        "simple" => fit.effect().unwrap(),
        "dynamic" => mean_of_lags(fit),
        "dynamic_part" => fit.path().unwrap().at(first()).unwrap(),
        "group" => fit.by_cohort().unwrap().overall,
        "group_part" => part(fit.by_cohort().unwrap().parts),
        "calendar" => fit.by_time().unwrap().overall,
        "calendar_part" => part(fit.by_time().unwrap().parts),
        other => panic!("unknown quantity {other}"),
    }
}

/// Compares every row of one panel; returns the number of rows and the largest deviations.
fn compare(name: &str, data: &Data) -> (usize, f64, f64) {
    let expected = Expected::read("group_time.csv", &["case", "quantity", "witness"]);
    let mut fitted: Option<(String, GroupTimeFit)> = None;
    let (mut rows, mut estimates, mut std_errors) = (0, 0.0_f64, 0.0_f64);
    for row in expected.rows() {
        let case = expected.text("case", row);
        let parts: Vec<&str> = case.split('/').collect();
        if parts[0] != name {
            continue;
        }
        if fitted.as_ref().is_none_or(|(held, _)| *held != case) {
            fitted = Some((case.clone(), design(data, &parts).fit(&data.frame).unwrap()));
        }
        let fit = &fitted.as_ref().unwrap().1;
        let quantity = expected.text("quantity", row);
        let (first, second) = (|| expected.whole("first", row), || expected.whole("second", row));
        let ours = found(fit, &quantity, first, second);
        let estimate = (ours.estimate - expected.number("estimate", row)).abs();
        let std_error = (ours.std_error.unwrap() - expected.number("std_error", row)).abs();
        let agreed = agreement(&parts, &quantity, &expected.text("witness", row));
        if agreed != Agreement::Full {
            let bound = if agreed == Agreement::Rough { DIFF_DIFF_DOUBLY_ROBUST } else { f64::INFINITY };
            assert!(estimate < bound, "{case} {quantity} {}: estimates differ by {estimate:e}", ours.name);
            continue;
        }
        assert!(estimate < ESTIMATE, "{case} {quantity} {}: estimates differ by {estimate:e}", ours.name);
        assert!(std_error < STD_ERROR, "{case} {quantity} {}: errors differ by {std_error:e}", ours.name);
        (rows, estimates, std_errors) = (rows + 1, estimates.max(estimate), std_errors.max(std_error));
    }
    (rows, estimates, std_errors)
}

/// How far a witness and we compute the same.
#[derive(PartialEq)]
enum Agreement {
    Full,
    Rough,
    /// Another number by definition.
    None,
}

/// Where the programs differ from each other (see the README of the data). Under a universal base diff-diff
/// reads a covariate that varies over time at the base even where the base is the later of the two times;
/// moderndid, R `did` and we read it at the earlier one. moderndid averages weighted cells by unweighted
/// shares; R `did`, Callaway and Sant'Anna and we by weighted ones.
fn agreement(case: &[&str], quantity: &str, witness: &str) -> Agreement {
    let diff_diff = witness.starts_with("diff-diff");
    let varies = case[0] == "panel" && case[2] == "x" && case[4] == "universal";
    let average = quantity != "cell" && quantity != "group_part";
    match () {
        () if diff_diff && varies => Agreement::None,
        () if diff_diff && case[1] == "dr" && case[2] == "x" => Agreement::Rough,
        () if case[6] != "equal" && average => Agreement::None,
        () => Agreement::Full,
    }
}

#[test]
fn weighted_cells_are_averaged_by_weighted_shares() {
    let data = panel();
    let fit = design(&data, &["panel", "dr", "none", "nevertreated", "varying", "0", "weight"]);
    let fit = fit.fit(&data.frame).unwrap();
    let real = |column| data.frame.real(column).unwrap();
    let rows = || real("first_treated").iter().zip(real("weight"));
    let share = |group: i64| rows().filter(|(g, _)| **g == group as f64).map(|(_, w)| w).sum::<f64>();
    let lags: Vec<_> = fit.effects().into_iter().filter(|held| held.time >= held.group).collect();
    let total: f64 = lags.iter().map(|held| share(held.group)).sum();
    let mean: f64 = lags.iter().map(|held| share(held.group) / total * held.effect.estimate).sum();
    assert!((mean - fit.effect().unwrap().estimate).abs() < 1e-12);
}

#[test]
fn the_synthetic_panel_agrees_with_both_programs() {
    let (rows, estimate, std_error) = compare("panel", &panel());
    println!("panel: {rows} rows, estimates within {estimate:e}, standard errors within {std_error:e}");
    assert!(rows > 500);
}

#[test]
fn the_minimum_wage_data_agree_with_both_programs() {
    let Some(data) = mpdta("the_minimum_wage_data_agree_with_both_programs") else { return };
    let (rows, estimate, std_error) = compare("mpdta", &data);
    println!("mpdta: {rows} rows, estimates within {estimate:e}, standard errors within {std_error:e}");
    assert!(rows > 400);
    let fit = design(&data, &["mpdta", "dr", "none", "nevertreated", "varying", "0", "equal"]);
    let overall = mean_of_lags(&fit.fit(&data.frame).unwrap());
    assert!((overall.estimate - -0.0772).abs() < 5e-5, "as printed by Callaway and Sant'Anna (2021)");
}
