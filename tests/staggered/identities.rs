//! What must hold whatever the data.

use ceteris::staggered::{
    Adjustment, BasePeriod, Controls, GroupTimeEffects, GroupTimeFit, Imputation, TwoWayDecomposition,
};
use ceteris::{Frame, Index, Weights};

use super::witness::{Data, NEVER, panel};

/// Sums of about a thousand numbers of size one, in another order.
const ROUNDING: f64 = 1e-11;

/// Units by times 1 to 8 with these first treated times and outcomes from a rule.
fn made(first: &[i64], y: impl Fn(usize, i64, i64) -> f64) -> Data {
    let cells = || first.iter().enumerate().flat_map(|(i, &g)| (1..=8).map(move |t| (i, t, g)));
    let frame = Frame::new()
        .add_real("unit", cells().map(|(i, ..)| i as f64).collect())
        .and_then(|frame| frame.add_real("time", cells().map(|(_, t, _)| t as f64).collect()))
        .and_then(|frame| frame.add_real("first", cells().map(|(.., g)| g as f64).collect()))
        .and_then(|frame| frame.add_real("y", cells().map(|(i, t, g)| y(i, t, g)).collect()))
        .unwrap();
    let index = Index { unit: "unit", time: "time" };
    Data { frame, outcome: "y", index, first_treated: "first", covariate: "y" }
}

/// Everyone is treated, in 2 or in 7, and effects grow by one each time from one on.
pub(crate) fn growing() -> Data {
    made(&[2, 2, 2, 7, 7, 7], |i, t, g| {
        i as f64 + 0.5 * t as f64 + if t >= g { (1 + t - g) as f64 } else { 0.0 }
    })
}

/// A constant effect of two, unit and time effects, no noise.
pub(crate) fn steps(first: &[i64]) -> Data {
    made(first, |i, t, g| (i * i) as f64 + (t * t % 5) as f64 + if t >= g { 2.0 } else { 0.0 })
}

fn effects(data: &Data) -> GroupTimeEffects {
    GroupTimeEffects::new(data.outcome, data.index, data.first_treated).never(NEVER)
}

/// Every estimate and standard error, in order.
fn numbers(fit: &GroupTimeFit) -> Vec<f64> {
    let mut all: Vec<_> = fit.effects().into_iter().map(|held| held.effect).collect();
    all.push(fit.effect().unwrap());
    all.extend(fit.path().unwrap().coefs());
    all.push(fit.by_cohort().unwrap().overall);
    all.push(fit.by_time().unwrap().overall);
    all.iter().flat_map(|c| [c.estimate, c.std_error.unwrap()]).collect()
}

fn assert_close(left: &[f64], right: &[f64]) {
    assert_eq!(left.len(), right.len());
    left.iter().zip(right).for_each(|(a, b)| assert!((a - b).abs() < ROUNDING, "{a} and {b}"));
}

/// The rows of a frame in another order, with a column changed.
fn rearranged(frame: &Frame, rows: &[usize], changed: &str, change: impl Fn(f64) -> f64) -> Frame {
    frame.names().fold(Frame::new(), |built, name| {
        let values = frame.real(name).unwrap();
        let value = |&row: &usize| if name == changed { change(values[row]) } else { values[row] };
        built.add_real(name, rows.iter().map(value).collect()).unwrap()
    })
}

#[test]
fn relabelled_units_in_another_order_change_nothing() {
    let data = panel();
    let rows: Vec<usize> = (0..data.frame.nrows()).map(|i| i * 7 % data.frame.nrows()).collect();
    let other = rearranged(&data.frame, &rows, "unit", |unit| 900.0 - unit);
    let design = effects(&data).adjust_for(["x"]);
    assert_close(&numbers(&design.fit(&data.frame).unwrap()), &numbers(&design.fit(&other).unwrap()));
    let imputation = Imputation::new("y", data.index, "first_treated").never(NEVER);
    let path = |frame: &Frame| imputation.fit(frame).unwrap().path().unwrap();
    assert_close(path(&data.frame).estimates(), path(&other).estimates());
    assert_close(path(&data.frame).matrix().data(), path(&other).matrix().data());
}

#[test]
fn the_scale_of_weights_changes_nothing() {
    let data = panel();
    let rows: Vec<usize> = (0..data.frame.nrows()).collect();
    let scaled = rearranged(&data.frame, &rows, "weight", |weight| 8.0 * weight);
    let design = effects(&data).adjust_for(["x"]).weights(Weights::probability("weight"));
    assert_close(&numbers(&design.fit(&data.frame).unwrap()), &numbers(&design.fit(&scaled).unwrap()));
    let imputation = Imputation::new("y", data.index, "first_treated").never(NEVER);
    let imputation = imputation.weights(Weights::analytic("weight"));
    let path = |frame: &Frame| imputation.fit(frame).unwrap().path().unwrap();
    assert_close(path(&data.frame).estimates(), path(&scaled).estimates());
    assert_close(path(&data.frame).matrix().data(), path(&scaled).matrix().data());
}

#[test]
fn copies_of_every_never_treated_unit_leave_the_estimates_alone() {
    let data = panel();
    let (first, count) = (data.frame.real("first_treated").unwrap(), data.frame.nrows());
    let copies = (0..count).filter(|&row| first[row] == 0.0);
    let rows: Vec<usize> = (0..count).chain(copies).collect();
    let mut serial = 0;
    let ids: Vec<f64> = rows
        .iter()
        .enumerate()
        .map(|(place, &row)| {
            serial = place;
            data.frame.real("unit").unwrap()[row] + if serial >= count { 1000.0 } else { 0.0 }
        })
        .collect();
    let doubled = rearranged(&data.frame, &rows, "", |x| x);
    let doubled = doubled.replace("unit", ceteris::Column::Real(ids.into())).unwrap();
    let estimates = |frame: &Frame| {
        let fit = effects(&data).fit(frame).unwrap();
        fit.effects().iter().map(|held| held.effect.estimate).collect::<Vec<f64>>()
    };
    assert_close(&estimates(&data.frame), &estimates(&doubled));
}

#[test]
fn a_constant_effect_without_noise_is_found_by_every_estimator() {
    for first in [vec![4, 4, 99, 99], vec![3, 5, 6, 99, 99]] {
        let data = steps(&first);
        let imputed = Imputation::new("y", data.index, "first").fit(&data.frame).unwrap();
        assert!((imputed.effect().estimate - 2.0).abs() < ROUNDING);
        let parts = TwoWayDecomposition::new("y", data.index, "first").fit(&data.frame).unwrap();
        assert!((parts.estimate() - 2.0).abs() < ROUNDING);
        for controls in [Controls::NeverTreated, Controls::NotYetTreated] {
            for base in [BasePeriod::Varying, BasePeriod::Universal] {
                let fit = effects(&data).controls(controls).base_period(base).fit(&data.frame).unwrap();
                assert!((fit.effect().unwrap().estimate - 2.0).abs() < ROUNDING);
                assert!((fit.by_time().unwrap().overall.estimate - 2.0).abs() < ROUNDING);
            }
        }
    }
}

#[test]
fn growing_effects_are_found_where_two_way_effects_fail() {
    let data = growing();
    let imputed = Imputation::new("y", data.index, "first").fit(&data.frame).unwrap();
    let path = imputed.path().unwrap();
    let fit = effects(&data).controls(Controls::NotYetTreated).fit(&data.frame).unwrap();
    for e in 0..=4 {
        assert!((path.at(e).unwrap().estimate - (1 + e) as f64).abs() < ROUNDING);
        assert!((fit.at(2, 2 + e).unwrap().estimate - (1 + e) as f64).abs() < ROUNDING);
    }
}

#[test]
fn without_covariates_the_three_adjustments_are_one() {
    let data = panel();
    let of = |adjustment| numbers(&effects(&data).adjustment(adjustment).fit(&data.frame).unwrap());
    let one = of(Adjustment::DoublyRobust);
    assert_eq!(one, of(Adjustment::OutcomeRegression));
    assert_eq!(one, of(Adjustment::InverseProbability));
}

#[test]
fn clusters_of_one_unit_are_units_and_coarser_ones_are_not() {
    let data = panel();
    let fit = effects(&data).fit(&data.frame).unwrap();
    assert_close(&numbers(&fit), &numbers(&fit.cluster_by("unit").unwrap()));
    let coarse = fit.cluster_by("region").unwrap();
    assert_eq!((fit.nclusters(), coarse.nclusters()), (150, 15));
    assert!(
        (fit.effect().unwrap().std_error.unwrap() - coarse.effect().unwrap().std_error.unwrap()).abs() > 1e-3
    );
}

#[test]
fn a_universal_base_leaves_its_reference_out_of_the_path() {
    let data = panel();
    let fit = effects(&data).base_period(BasePeriod::Universal).fit(&data.frame).unwrap();
    let path = fit.path().unwrap();
    assert_eq!(path.reference_time(), Some(-1));
    assert!(path.at(-1).is_err() && path.at(-2).is_ok());
    let balanced = fit.balanced_path(1).unwrap();
    assert_eq!(balanced.lags(), [0, 1]);
}
