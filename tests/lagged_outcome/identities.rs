//! Equations between designs that hold whatever the data.

use ceteris::ldv::{RegressionAdjustment, Target};
use ceteris::{
    Bracket, Cluster, Column, Condition, DifferenceInDifferences, Error, Frame, Groups, Hc, LaggedOutcome,
    Ols, Post, Term, TripleDifference, Variable, fe,
};
use proptest::prelude::*;

use crate::simulated::INDEX;

const UNITS: usize = 14;
const TIMES: usize = 5;
const REFORM: i64 = 3;
/// Two ways to the same number differ by rounding times the condition of a random panel.
const SAME: f64 = 1e-8;

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * (1.0 + a.abs().max(b.abs()))
}

/// A balanced panel of units and times, with two indicators of each unit.
fn panel(noise: &[f64]) -> Frame {
    let rows: Vec<(usize, usize, usize)> = (0..UNITS)
        .flat_map(|unit| (0..2).flat_map(move |p| (0..TIMES).map(move |time| (unit, p, time))))
        .collect();
    let column = |of: &dyn Fn(usize, usize, usize) -> f64| {
        rows.iter().map(|&(u, p, t)| of(u, p, t)).collect::<Vec<_>>()
    };
    let place = |u: usize, p: usize, t: usize| (u * 2 + p) * TIMES + t;
    let indicator = |holds: bool| f64::from(u8::from(holds));
    Frame::new()
        .add_real("unit", column(&|u, _, _| u as f64))
        .and_then(|f| f.add_real("time", column(&|_, _, t| t as f64)))
        .and_then(|f| f.add_real("treated", column(&|u, _, _| indicator(u % 3 == 0))))
        .and_then(|f| f.add_real("dose", column(&|u, _, _| (u * u % 7) as f64)))
        .and_then(|f| f.add_real("affected", column(&|_, p, _| indicator(p == 1))))
        .and_then(|f| f.add_real("after", column(&|_, _, t| indicator(t as i64 >= REFORM))))
        .and_then(|f| f.add_real("shock", column(&|u, p, t| ((u * 5 + p + t * t * (u + 1)) % 11) as f64)))
        .and_then(|f| {
            f.add_real("y", column(&|u, p, t| noise[place(u, p, t)] + 0.3 * u as f64 + (p * t) as f64))
        })
        .unwrap()
}

/// One indicator of each unit.
fn single(noise: &[f64]) -> Frame {
    let frame = panel(noise);
    let kept: Vec<usize> =
        (0..frame.nrows()).filter(|&i| frame.real("affected").unwrap()[i] == 1.0).collect();
    pick(&frame, &kept)
}

fn pick(frame: &Frame, order: &[usize]) -> Frame {
    let add = |picked: Frame, name: &str| {
        let values = frame.real(name).unwrap();
        picked.add_real(name, order.iter().map(|&i| values[i]).collect()).unwrap()
    };
    frame.names().fold(Frame::new(), add)
}

fn noise() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(-3.0..3.0f64, UNITS * 2 * TIMES)
}

fn bracket() -> Bracket {
    Bracket::new("y", INDEX, "treated", REFORM).bins(1)
}

fn by_unit() -> Cluster {
    Cluster::by(["unit"])
}

/// The two times that one post time is compared over.
fn two_times(design: DifferenceInDifferences, last: f64) -> DifferenceInDifferences {
    design.keep(Condition::at_least("time", REFORM as f64 - 1.0)).keep(Condition::below("time", last + 1.0))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn the_difference_of_a_bracket_is_difference_in_differences(noise in noise()) {
        let frame = single(&noise);
        let fit = bracket().keep(Condition::below("time", REFORM as f64 + 1.0)).fit(&frame).unwrap();
        let did = DifferenceInDifferences::new("y", "treated", Post::column("after")).absorb([fe("unit"), fe("time")]);
        let did = two_times(did, REFORM as f64).fit(&frame).unwrap();
        let (ours, theirs) = (fit.difference().effect(by_unit()).unwrap(), did.effect(by_unit()).unwrap());
        prop_assert!(close(ours.estimate, theirs.estimate));
        // CR1 of changes and of two times with unit effects differ by their factors alone.
        let plain = |effect: ceteris::Coefficient| effect.std_error.unwrap();
        let cr0 = || by_unit().cr0();
        let both = (plain(fit.difference().effect(cr0()).unwrap()), plain(did.effect(cr0()).unwrap()));
        prop_assert!(close(both.0, both.1));
    }

    #[test]
    fn the_difference_of_a_triple_bracket_is_a_triple_difference(noise in noise()) {
        let frame = panel(&noise);
        let fit = bracket().affected("affected").keep(Condition::below("time", REFORM as f64 + 1.0));
        let ours = fit.fit(&frame).unwrap().difference().effect(Hc::Hc1).unwrap().estimate;
        let groups = Groups { treated: "treated", affected: "affected" };
        let triple = TripleDifference::new("y", groups, Post::column("after"))
            .absorb([fe("unit").by("affected"), fe("time").by("affected"), fe("time").by("treated")])
            .keep(Condition::at_least("time", REFORM as f64 - 1.0))
            .keep(Condition::below("time", REFORM as f64 + 1.0));
        let theirs = triple.fit(&frame).unwrap().effect(Hc::Hc1).unwrap().estimate;
        prop_assert!(close(ours, theirs));
    }

    #[test]
    fn a_lag_with_coefficient_one_makes_the_lagged_outcome_a_difference(noise in noise()) {
        let frame = single(&noise);
        let fit = bracket().fit(&frame).unwrap();
        let extended = fit.lagged().fit().frame().clone();
        // y on treatment with b = 1 imposed is (y - lag) on treatment.
        let (y, lag) = (extended.real("y").unwrap(), extended.real("y_2").unwrap());
        let offset: Vec<f64> = y.iter().zip(lag).map(|(y, lag)| y - lag).collect();
        let imposed = extended.clone().replace("imposed", Column::Real(offset.into())).unwrap();
        let ols = "imposed ~ treated | time".parse::<Ols>().unwrap();
        let imposed = ols.keep(Condition::at_least("time", REFORM as f64)).fit(&imposed).unwrap();
        prop_assert!(close(imposed.estimate("treated").unwrap(), fit.difference().fit().estimate("treated").unwrap()));
    }

    #[test]
    fn the_gap_is_the_missing_slope_times_the_difference_of_baselines(noise in noise()) {
        let frame = single(&noise);
        let report = bracket().fit(&frame).unwrap();
        let slope = report.lagged().fit().estimate("y_2").unwrap();
        let baseline = "y_2 ~ treated | time".parse::<Ols>().unwrap().keep(Condition::at_least("time", REFORM as f64));
        let apart = baseline.fit(report.lagged().fit().frame()).unwrap().estimate("treated").unwrap();
        let report = report.report(by_unit()).unwrap();
        prop_assert!(close(report.gap.estimate, (slope - 1.0) * apart));
        prop_assert!(close(report.gap.estimate, report.difference.estimate - report.lagged.estimate));
        let variance = report.difference.std_error.unwrap().powi(2) + report.lagged.std_error.unwrap().powi(2) - 2.0 * report.covariance;
        prop_assert!(close(report.gap.std_error.unwrap().powi(2), variance));
    }

    #[test]
    fn each_effect_of_a_bracket_is_what_it_is_alone(noise in noise()) {
        let frame = single(&noise);
        let report = bracket().fit(&frame).unwrap().report(by_unit()).unwrap();
        let alone = LaggedOutcome::new("y", INDEX, "treated").reform(REFORM).fit(&frame).unwrap();
        let alone = alone.effect(by_unit()).unwrap();
        prop_assert_eq!(report.lagged.estimate, alone.estimate);
        prop_assert_eq!(report.lagged.std_error, alone.std_error);
    }

    #[test]
    fn the_order_of_rows_is_irrelevant(noise in noise(), turn in 1..40usize) {
        let frame = single(&noise);
        let n = frame.nrows();
        let order: Vec<usize> = (0..n).map(|i| (i * 3 + turn) % n).collect(); // n = 70 has no factor 3
        let turned = pick(&frame, &order);
        let report = |frame: &Frame| bracket().fit(frame).unwrap().report(by_unit()).unwrap();
        let (a, b) = (report(&frame), report(&turned));
        prop_assert!(close(a.difference.estimate, b.difference.estimate));
        prop_assert!(close(a.lagged.std_error.unwrap(), b.lagged.std_error.unwrap()));
        prop_assert!(close(a.covariance, b.covariance));
        prop_assert_eq!(a.order, b.order);
        let design = LaggedOutcome::new("y", INDEX, "shock").absorb([fe("unit")]);
        let jackknife = |frame: &Frame| design.half_panel_jackknife(frame).unwrap().coef("y_lag1", by_unit()).unwrap();
        let (a, b) = (jackknife(&frame), jackknife(&turned));
        prop_assert!(close(a.estimate, b.estimate) && close(a.std_error.unwrap(), b.std_error.unwrap()));
    }

    #[test]
    fn effects_at_each_time_average_to_the_effect(noise in noise()) {
        // Without lags in the way of it, in a balanced panel: the lag has one coefficient in both.
        let frame = single(&noise);
        let design = LaggedOutcome::new("y", INDEX, "treated").reform(REFORM);
        let path = design.fit_by_time(&frame).unwrap().path(by_unit()).unwrap();
        let effect = design.fit(&frame).unwrap().effect(by_unit()).unwrap();
        prop_assert_eq!(path.times(), [0, 1]);
        prop_assert!(close(path.mean(&[0, 1]).unwrap().estimate, effect.estimate));
        let test = design.joint_test(&frame, by_unit()).unwrap();
        prop_assert!(close(test.statistic, path.joint(&[0, 1]).unwrap().statistic));
    }

    #[test]
    fn doses_of_the_levels_of_an_indicator_are_the_binary_design(noise in noise()) {
        let frame = single(&noise);
        let binary = LaggedOutcome::new("y", INDEX, "treated").reform(REFORM).fit(&frame).unwrap();
        let dose = LaggedOutcome::new("y", INDEX, "treated").doses(Vec::<String>::new()).reform(REFORM);
        let fit = dose.fit(&frame).unwrap();
        prop_assert_eq!(fit.effects(Hc::Hc1).unwrap(), vec![binary.effect(Hc::Hc1).unwrap()]);
        let joint = fit.joint(Hc::Hc1).unwrap();
        prop_assert!(close(joint.statistic, binary.effect(Hc::Hc1).unwrap().statistic().unwrap().powi(2)));
        let two = LaggedOutcome::new("y", INDEX, "treated").doses(["dose"]).reform(REFORM);
        let adjusted = LaggedOutcome::new("y", INDEX, "treated").adjust_for(["dose"]).reform(REFORM);
        let effects = two.fit(&frame).unwrap().effects(Hc::Hc1).unwrap();
        prop_assert!(close(effects[0].estimate, adjusted.fit(&frame).unwrap().effect(Hc::Hc1).unwrap().estimate));
    }

    #[test]
    fn lags_by_a_group_are_lags_in_each_group_apart(noise in noise()) {
        let frame = panel(&noise);
        let pooled = LaggedOutcome::new("y", INDEX, "treated").by("affected").reform(REFORM);
        let pooled = pooled.fit(&frame).unwrap();
        // With treatment by group too, each group has its own regression.
        let own = LaggedOutcome::new("y", INDEX, "treated").affected("affected").reform(REFORM);
        let own = own.fit(&frame).unwrap();
        let by_hand = Ols::new("y")
            .regress_on([Term::from("treated"), Term::from("y_2").by(Variable::indicators("affected"))])
            .absorb([fe("time").by("affected")])
            .keep(Condition::at_least("time", REFORM as f64))
            .fit(own.fit().frame())
            .unwrap();
        prop_assert!(close(pooled.fit().estimate("treated").unwrap(), by_hand.estimate("treated").unwrap()));
        let among = |value: &str| {
            let design = LaggedOutcome::new("y", INDEX, "treated").reform(REFORM);
            let kept = design.keep(Condition::equals("affected", value));
            // Only one indicator of each unit, so that the unit is a series.
            let rows: Vec<usize> = (0..frame.nrows()).filter(|&i| frame.real("affected").unwrap()[i].to_string() == value).collect();
            kept.fit(&pick(&frame, &rows)).unwrap().fit().estimate("treated").unwrap()
        };
        prop_assert!(close(own.fit().estimate("treated:affected").unwrap(), among("1") - among("0")));
    }

    #[test]
    fn with_equal_baselines_and_one_effect_adjustment_agrees_with_pooling(noise in noise(), effect in -5.0..5.0f64) {
        // Each unit twice, treated and not: lag distributions are equal, and the effect is constant.
        let frame = single(&noise);
        let n = frame.nrows();
        let order: Vec<usize> = (0..2 * n).map(|i| i % n).collect();
        let twice = pick(&frame, &order);
        let copy = |i: usize| f64::from(u8::from(i >= n));
        let unit: Vec<f64> = (0..2 * n).map(|i| twice.real("unit").unwrap()[i] + 100.0 * copy(i)).collect();
        let treated: Vec<f64> = (0..2 * n).map(copy).collect();
        let y: Vec<f64> = (0..2 * n)
            .map(|i| twice.real("y").unwrap()[i] + effect * copy(i) * twice.real("after").unwrap()[i])
            .collect();
        let twice = twice.replace("unit", Column::Real(unit.into())).unwrap();
        let twice = twice.replace("treated", Column::Real(treated.into())).unwrap();
        let twice = twice.replace("y", Column::Real(y.into())).unwrap();
        let design = LaggedOutcome::new("y", INDEX, "treated").reform(REFORM);
        let pooled = design.fit(&twice).unwrap().effect(by_unit()).unwrap().estimate;
        for target in [Target::Treated, Target::All] {
            let fit = RegressionAdjustment::new(design.clone(), target).fit(&twice).unwrap();
            let adjusted = fit.effect(by_unit()).unwrap().estimate;
            prop_assert!(close(adjusted, pooled) && close(adjusted, effect), "{adjusted} {pooled} {effect}");
        }
    }
}

#[test]
fn adjustment_refuses_what_it_does_not_define() {
    let frame = panel(&(0..UNITS * 2 * TIMES).map(|i| ((i * 37) % 19) as f64).collect::<Vec<_>>());
    let design = LaggedOutcome::new("y", INDEX, "treated").reform(REFORM);
    for design in [
        design.clone().affected("affected"),
        design.clone().doses(["dose"]),
        design.clone().by("affected"),
        design.clone().adjust_for([Variable::Log("dose".to_string())]),
    ] {
        let refused = RegressionAdjustment::new(design, Target::All).fit(&frame);
        assert!(matches!(refused, Err(Error::Unsupported { .. })));
    }
    let single = single(&(0..UNITS * 2 * TIMES).map(|i| ((i * 37) % 19) as f64).collect::<Vec<_>>());
    let dose = LaggedOutcome::new("y", INDEX, "dose").reform(REFORM);
    let refused = RegressionAdjustment::new(dose, Target::All).fit(&single);
    assert!(matches!(refused, Err(Error::ColumnKind { .. })));
}
