//! Event studies against fixest, and against each other where they must agree.

use approx::assert_relative_eq;
use ceteris::staggered::{InteractionWeighted, Never};
use ceteris::{
    Cluster, Coefficient, DifferenceInDifferences, Error, EventPath, EventStudy, Frame, Groups, Index,
    Notice, Post, Reform, SmallSample, TripleDifference, Weights, fe,
};
use support::{Place, Row, shared_or_skip, tests_data};

/// Both programs solve the same normal equations; fixest absorbs effects to 1e-6 of a step.
const ESTIMATE: f64 = 1e-6;
/// The same, in squares.
const STD_ERROR: f64 = 1e-6;

const INDEX: Index<'static> = Index { unit: "id", time: "year" };

fn expected(model: &str, quantity: &str) -> Vec<(String, f64)> {
    let rows = Row::read_all(&tests_data().join("event_study/sun_abraham.csv")).into_iter();
    let rows = rows.filter(|row| row.model == model && row.quantity == quantity);
    rows.map(|row| (row.name, row.value)).collect()
}

/// The number after the last `::`, such as the event time of `year::-3`.
fn time_of(name: &str) -> Option<i64> {
    name.rsplit("::").next()?.parse().ok()
}

fn compare_path(path: &EventPath, model: &str) {
    let estimates: Vec<(i64, f64)> =
        expected(model, "estimate").iter().filter_map(|(name, v)| Some((time_of(name)?, *v))).collect();
    let errors: Vec<(i64, f64)> =
        expected(model, "std_error").iter().filter_map(|(name, v)| Some((time_of(name)?, *v))).collect();
    assert_eq!(path.times(), estimates.iter().map(|(time, _)| *time).collect::<Vec<_>>());
    for ((time, estimate), (_, std_error)) in estimates.into_iter().zip(errors) {
        let found = path.at(time).unwrap();
        assert_relative_eq!(found.estimate, estimate, max_relative = ESTIMATE, epsilon = ESTIMATE);
        assert_relative_eq!(found.std_error.unwrap(), std_error, max_relative = STD_ERROR);
    }
}

fn compare(found: &Coefficient, model: &str, name: &str) {
    let value = |quantity: &str| {
        let rows = expected(model, quantity);
        rows.into_iter().find(|(held, _)| held == name).expect("an expected value").1
    };
    assert_relative_eq!(found.estimate, value("estimate"), max_relative = ESTIMATE);
    assert_relative_eq!(found.std_error.unwrap(), value("std_error"), max_relative = STD_ERROR);
}

#[test]
fn cohorts_kept_apart_as_fixest_keeps_them() {
    let test = "cohorts_kept_apart_as_fixest_keeps_them";
    let Some(frame) = shared_or_skip(test, "base_stagg.csv") else { return };
    let cluster = || Cluster::by(["id"]);
    for (covariates, model) in [(vec!["x1"], "with x1"), (vec![], "plain")] {
        let study = InteractionWeighted::new("y", INDEX, "year_treated").adjust_for(covariates);
        let fit = study.fit(&frame).unwrap();
        compare_path(&fit.path(cluster().small_sample(SmallSample::fixest())).unwrap(), model);
        compare(&fit.effect(cluster()).unwrap(), &format!("{model}, att"), "ATT");
    }
    let fit = InteractionWeighted::new("y", INDEX, "year_treated").adjust_for(["x1"]).fit(&frame).unwrap();
    for (_, cohort) in fit.by_cohort(cluster()).unwrap().parts {
        compare(&cohort, "with x1, cohort", &format!("cohort::{}", cohort.name));
    }
    let inference = fit.fit().inference(cluster()).unwrap();
    for cell in fit.cells() {
        let name = format!("year::{}:cohort::{}", cell.event_time, cell.cohort);
        compare(&inference.coef(&cell.term).unwrap(), "with x1, cells", &name);
    }
}

#[test]
fn the_two_way_study_of_staggered_data_is_that_of_fixest() {
    let test = "the_two_way_study_of_staggered_data_is_that_of_fixest";
    let Some(frame) = shared_or_skip(test, "base_stagg.csv") else { return };
    let study = EventStudy::new("y", INDEX, "year_treated").adjust_for(["x1"]);
    let path =
        study.fit(&frame).unwrap().path(Cluster::by(["id"]).small_sample(SmallSample::fixest())).unwrap();
    compare_path(&path, "two-way");
    // A window holds the effects beyond its ends in its ends.
    let binned = study.window(-3..=2).fit(&frame).unwrap().path(Cluster::by(["id"])).unwrap();
    assert_eq!(binned.times(), [-3, -2, 0, 1, 2]);
}

#[test]
fn a_reform_for_some_units_as_in_fixest() {
    let test = "a_reform_for_some_units_as_in_fixest";
    let Some(frame) = shared_or_skip(test, "base_did.csv") else { return };
    let reform = Reform { time: "period", date: 6 };
    let design = DifferenceInDifferences::new("y", "treat", reform)
        .adjust_for(["x1"])
        .absorb([fe("id"), fe("period")]);
    let fit = design.event_study().unwrap().fit(&frame).unwrap();
    let path = fit.path(Cluster::by(["id"]).small_sample(SmallSample::fixest())).unwrap();
    // R 4.2.2, fixest 0.14.2: i(period, treat, 5), cluster id.
    assert_relative_eq!(path.at(-5).unwrap().estimate, -1.4030454862838724, max_relative = 1e-9);
    assert_relative_eq!(path.at(4).unwrap().estimate, 6.606228841916037, max_relative = 1e-9);
    let joint = path.joint(&path.leads()).unwrap();
    assert_relative_eq!(joint.statistic, 0.9383942834682619, max_relative = 1e-8);
    assert_relative_eq!(joint.p_value, 0.4447230564302448, max_relative = 1e-8);
    assert_eq!((joint.dof, joint.dof_residual), (4, Some(107.0)));
}

#[test]
fn the_leads_of_a_triple_difference_as_in_fixest() {
    let frame = Place::Committed.read("screening_small.csv").unwrap();
    let groups = Groups { treated: "multi_la", affected: "screening" };
    let reform = Reform { time: "year", date: 2013 };
    let study = TripleDifference::new("rate", groups, reform)
        .absorb([fe("prac_ind"), fe("year_ind"), fe("year_multi")])
        .weights(Weights::analytic("denom"))
        .event_study()
        .unwrap();
    let fit = study.fit(&frame).unwrap();
    // R 4.2.2, fixest 0.14.2: i(year, multi_la * screening, 2012).
    for (cluster, statistic, p_value) in [
        ("practice", 2.188698321061432, 0.08943154681644784),
        ("ccg", 1.8925032105950927, 0.15904276762509084),
    ] {
        let path = fit.path(Cluster::by([cluster]).small_sample(SmallSample::fixest())).unwrap();
        let joint = path.joint(&path.leads()).unwrap();
        assert_relative_eq!(joint.statistic, statistic, max_relative = 1e-7);
        assert_relative_eq!(joint.p_value, p_value, max_relative = 1e-7);
    }
}

/// Ten units over six times, the first five treated at 4, and the eleventh never in view.
fn two_groups() -> Frame {
    let rows = || (0..10).flat_map(|unit| (1..=6).map(move |time| (unit, time)));
    let noise = |unit: i32, time: i32| f64::from((unit * 7 + time * 5 + unit * time) % 11) / 10.0;
    let outcome = |(unit, time): (i32, i32)| {
        f64::from(unit) + noise(unit, time) + if unit < 5 && time >= 4 { 2.0 } else { 0.0 }
    };
    let column = |value: &dyn Fn(i32, i32) -> f64| rows().map(|(unit, time)| value(unit, time)).collect();
    Frame::new()
        .add_real("y", rows().map(outcome).collect())
        .and_then(|frame| frame.add_real("id", column(&|unit, _| f64::from(unit))))
        .and_then(|frame| frame.add_real("year", column(&|_, time| f64::from(time))))
        .and_then(|frame| frame.add_real("treated", column(&|unit, _| f64::from(u8::from(unit < 5)))))
        .and_then(|frame| frame.add_real("first", column(&|unit, _| if unit < 5 { 4.0 } else { 0.0 })))
        .unwrap()
}

#[test]
fn with_one_cohort_all_three_studies_agree() {
    let (frame, cluster) = (two_groups(), || Cluster::by(["id"]));
    let never = Never::Value(0);
    let two_way = EventStudy::new("y", INDEX, "first").never(never).fit(&frame).unwrap();
    let apart = InteractionWeighted::new("y", INDEX, "first").never(never).fit(&frame).unwrap();
    let reform = Reform { time: "year", date: 4 };
    let groups = DifferenceInDifferences::new("y", "treated", reform)
        .absorb([fe("id"), fe("year")])
        .event_study()
        .unwrap()
        .fit(&frame)
        .unwrap();
    let paths = [two_way.path(cluster()), apart.path(cluster()), groups.path(cluster())].map(Result::unwrap);
    for path in &paths[1..] {
        assert_eq!(path.times(), paths[0].times());
        for (a, b) in path.coefs().iter().zip(paths[0].coefs()) {
            assert_relative_eq!(a.estimate, b.estimate, max_relative = 1e-12, epsilon = 1e-12);
            assert_relative_eq!(a.std_error.unwrap(), b.std_error.unwrap(), max_relative = 1e-12);
        }
    }
}

#[test]
fn a_study_of_two_periods_is_the_difference_in_differences() {
    let frame = two_groups();
    let (before, after) = (3.0, 4.0);
    let keep = || ceteris::Condition::at_least("year", before);
    let late = || ceteris::Condition::below("year", after + 1.0);
    let study = EventStudy::new("y", INDEX, "first").never(Never::Value(0)).keep(keep()).keep(late());
    let effect = study.fit(&frame).unwrap().path(Cluster::by(["id"])).unwrap().at(0).unwrap();
    let frame = frame
        .clone()
        .add_real(
            "post",
            frame.real("year").unwrap().iter().map(|y| f64::from(u8::from(*y >= after))).collect(),
        )
        .unwrap();
    let design = DifferenceInDifferences::new("y", "treated", Post::column("post"));
    let plain = design.keep(keep()).keep(late()).fit(&frame).unwrap();
    assert_relative_eq!(effect.estimate, plain.fit().estimate("treated:post").unwrap(), max_relative = 1e-12);
}

#[test]
fn never_treated_units_coded_as_zero_are_refused_until_said() {
    let frame = two_groups();
    let silent = EventStudy::new("y", INDEX, "first").fit(&frame);
    let asked = |refused: &Error| matches!(refused, Error::NeverOrAlways { column, value: 0, units: 5, first_time: 1 } if column == "first");
    assert!(matches!(&silent, Err(refused) if asked(refused)), "{silent:?}");
    let said = EventStudy::new("y", INDEX, "first").never(Never::Value(0)).fit(&frame).unwrap();
    assert!(!said.notices().iter().any(|notice| matches!(notice, Notice::AlwaysTreated { .. })));
}

#[test]
fn without_never_treated_units_the_last_cohort_is_the_comparison() {
    let frame = two_groups();
    let later = frame.real("first").unwrap().iter().map(|first| if *first == 0.0 { 6.0 } else { *first });
    let frame = frame.clone().add_real("date", later.collect()).unwrap();
    let fit = InteractionWeighted::new("y", INDEX, "date").fit(&frame).unwrap();
    assert_eq!(fit.path(Cluster::by(["id"])).unwrap().times(), [-3, -2, 0, 1]);
    let told = Notice::LastCohortCompared { first_treated: 6, rows: 10 };
    assert!(fit.notices().contains(&told));
}

#[test]
fn a_unit_with_two_first_treated_times_is_refused() {
    let frame = two_groups();
    let mut first = frame.real("first").unwrap().to_vec();
    first[1] = 5.0;
    let frame = frame.add_real("broken", first).unwrap();
    let refused = EventStudy::new("y", INDEX, "broken").fit(&frame);
    assert!(matches!(
        refused,
        Err(ceteris::Error::NotConstant {
            rows: (ceteris::error::Row::Frame(0), ceteris::error::Row::Frame(1)),
            ..
        })
    ));
}
