//! Designs are what their names say.

use ceteris::{
    Condition, DifferenceInDifferences, Error, Frame, Groups, Iid, Index, LaggedOutcome, Ols, Post, Reform,
    TripleDifference, fe,
};
use proptest::prelude::*;

use crate::panel::close;

const UNITS: usize = 12;
const TIMES: usize = 5;
const REFORM: Reform<'static> = Reform { time: "time", date: 3 };

/// A balanced panel of units, times and two indicators, with given noise.
fn panel(noise: &[f64]) -> Frame {
    let rows: Vec<(usize, usize, usize)> = (0..UNITS)
        .flat_map(|unit| (0..2).flat_map(move |p| (0..TIMES).map(move |time| (unit, p, time))))
        .collect();
    let column = |of: &dyn Fn(usize, usize, usize) -> f64| {
        rows.iter().map(|&(u, p, t)| of(u, p, t)).collect::<Vec<_>>()
    };
    let index = |u: usize, p: usize, t: usize| (u * 2 + p) * TIMES + t;
    let indicator = |holds: bool| f64::from(u8::from(holds));
    Frame::new()
        .add_real("unit", column(&|u, _, _| u as f64))
        .and_then(|f| f.add_real("time", column(&|_, _, t| t as f64)))
        .and_then(|f| f.add_real("treated", column(&|u, _, _| indicator(u % 3 == 0))))
        .and_then(|f| f.add_real("affected", column(&|_, p, _| indicator(p == 1))))
        .and_then(|f| f.add_real("after", column(&|_, _, t| indicator(t as i64 >= REFORM.date))))
        .and_then(|f| f.add_real("y", column(&|u, p, t| noise[index(u, p, t)] + u as f64 + (p * t) as f64)))
        .unwrap()
}

fn noise() -> impl Strategy<Value = Vec<f64>> {
    proptest::collection::vec(-3.0..3.0f64, UNITS * 2 * TIMES)
}

const GROUPS: Groups<'static> = Groups { treated: "treated", affected: "affected" };

fn after() -> Post {
    Post::column("after")
}

/// The difference in differences among rows with `affected` = value.
fn among(frame: &Frame, value: &str) -> f64 {
    let design =
        DifferenceInDifferences::new("y", "treated", after()).keep(Condition::equals("affected", value));
    design.fit(frame).unwrap().effect(Iid).unwrap().estimate
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_triple_difference_is_a_difference_of_two(noise in noise()) {
        let frame = panel(&noise);
        let triple = TripleDifference::new("y", GROUPS, after()).fit(&frame).unwrap().effect(Iid).unwrap().estimate;
        prop_assert!(close(triple, among(&frame, "1") - among(&frame, "0")));
        let absorbed = TripleDifference::new("y", GROUPS, after())
            .absorb([fe("unit").by("affected"), fe("time").by("affected"), fe("time").by("treated")]);
        let absorbed = absorbed.fit(&frame).unwrap().effect(Iid).unwrap().estimate;
        prop_assert!(close(triple, absorbed), "balanced: effects change nothing");
    }

    #[test]
    fn a_two_period_event_study_is_a_difference_in_differences(noise in noise()) {
        let frame = panel(&noise);
        let two = |model: Ols| model.keep(Condition::at_least("time", 2.0)).keep(Condition::below("time", 4.0));
        let event = two("y ~ i(time, 2):treated | unit + time".parse().unwrap()).fit(&frame).unwrap();
        let design = DifferenceInDifferences::new("y", "treated", after())
            .keep(Condition::at_least("time", 2.0))
            .keep(Condition::below("time", 4.0));
        let effect = design.fit(&frame).unwrap().effect(Iid).unwrap().estimate;
        prop_assert!(close(event.estimate("time::3:treated").unwrap(), effect));
    }

    #[test]
    fn planted_effects_are_found(noise in noise(), planted in -9.0..9.0f64) {
        let frame = panel(&noise);
        let before = TripleDifference::new("y", GROUPS, after()).fit(&frame).unwrap().effect(Iid).unwrap().estimate;
        let y: Vec<f64> = (0..frame.nrows())
            .map(|i| {
                let product = ["treated", "affected", "after"].iter().map(|c| frame.real(c).unwrap()[i]).product::<f64>();
                frame.real("y").unwrap()[i] + planted * product
            })
            .collect();
        let frame = frame.replace("y", ceteris::Column::Real(y.into())).unwrap();
        let after = TripleDifference::new("y", GROUPS, after()).fit(&frame).unwrap().effect(Iid).unwrap().estimate;
        prop_assert!(close(after - before, planted));
    }

    #[test]
    fn the_joint_test_with_one_lead_is_the_squared_placebo(noise in noise()) {
        let frame = panel(&noise);
        let design = DifferenceInDifferences::new("y", "treated", REFORM)
            .absorb([fe("unit").by("affected"), fe("time")])
            .keep(Condition::at_least("time", 1.0));
        let joint = design.pre_trend().unwrap().fit(&frame).unwrap().joint(Iid).unwrap();
        let placebo = design.placebo(2).unwrap().fit(&frame).unwrap().effect(Iid).unwrap();
        prop_assert_eq!(joint.dof, 1);
        prop_assert!(close(joint.statistic, placebo.statistic().unwrap() * placebo.statistic().unwrap()));
        prop_assert!(close(joint.p_value, placebo.p_value().unwrap()));
    }

    #[test]
    fn a_lagged_outcome_is_the_regression_it_shows(noise in noise()) {
        let frame = panel(&noise);
        let design = LaggedOutcome::new("y", Index { unit: "unit", time: "time" }, "treated")
            .reform(3)
            .lags(2)
            .affected("affected");
        let effect = design.fit(&frame).unwrap().effect(Iid).unwrap();
        let extended = design.with_lags(&frame).unwrap();
        let by_hand = "y ~ treated*affected + y_2*affected + y_1*affected | time^affected".parse::<Ols>().unwrap();
        let by_hand = by_hand.keep(Condition::at_least("time", 3.0)).fit(&extended).unwrap();
        let by_hand = by_hand.inference(Iid).unwrap().coef("treated:affected").unwrap();
        prop_assert!(close(effect.estimate, by_hand.estimate) && close(effect.std_error.unwrap(), by_hand.std_error.unwrap()));
        let placebo = design.placebo(2, 1).unwrap();
        let test = placebo.joint_test(&frame, Iid).unwrap();
        prop_assert_eq!(test.dof, 1);
    }
}

#[test]
fn a_planted_slope_trips_the_joint_test() {
    // Scattered without a pattern: the fractional parts of large multiples of a sine.
    let scattered = |i: usize| (43_758.5 * (12.9898 * (i + 1) as f64).sin()).fract() / 5.0;
    let quiet: Vec<f64> = (0..UNITS * 2 * TIMES).map(scattered).collect();
    let frame = panel(&quiet);
    let design = DifferenceInDifferences::new("y", "treated", REFORM)
        .absorb([fe("unit").by("affected"), fe("time").by("affected")]);
    let test = |frame: &Frame| design.pre_trend().unwrap().fit(frame).unwrap().joint(Iid).unwrap().p_value;
    assert!(test(&frame) > 0.05, "{}", test(&frame));
    let columns = (frame.real("y").unwrap(), frame.real("treated").unwrap(), frame.real("time").unwrap());
    let tilted: Vec<f64> = (0..frame.nrows()).map(|i| columns.0[i] + columns.1[i] * columns.2[i]).collect();
    let tilted = frame.clone().replace("y", ceteris::Column::Real(tilted.into())).unwrap();
    assert!(test(&tilted) < 1e-10, "{}", test(&tilted));
}

#[test]
fn a_design_refuses_what_it_cannot_identify() {
    let frame = panel(&[0.5; UNITS * 2 * TIMES]);
    let spanned = TripleDifference::new("y", GROUPS, after()).absorb([fe("unit").by("affected").by("time")]);
    assert!(matches!(spanned.fit(&frame), Err(Error::EmptySample { .. })), "every row is alone");
    let spanned = DifferenceInDifferences::new("y", "treated", after()).absorb([fe("treated").by("time")]);
    match spanned.fit(&frame) {
        Err(Error::NotIdentified { term, .. }) => assert!(term.contains("treated"), "{term}"),
        other => panic!("{other:?}"),
    }
    let empty = TripleDifference::new("y", GROUPS, after()).keep(Condition::below("time", 3.0));
    assert!(matches!(empty.fit(&frame), Err(Error::EmptyCell { .. })));
    let not_binary = DifferenceInDifferences::new("y", "unit", after());
    assert!(matches!(not_binary.fit(&frame), Err(Error::ColumnKind { .. })));
}
