//! First treated times whose meaning nothing says: a code for never, always treated, or missing.

use ceteris::matching::Matching;
use ceteris::staggered::{
    Always, Controls, GroupTimeEffects, Imputation, InteractionWeighted, Never, TwoWayDecomposition,
};
use ceteris::synthetic::{SyntheticControl, SyntheticDifference};
use ceteris::{Cluster, Column, Error, EventStudy, Frame, Hc, Index, Notice};

use crate::data::frame;

const INDEX: Index<'static> = Index { unit: "unit", time: "year" };
const FIRST_TIME: i64 = 2003;
/// Units of the input that hold a zero.
const UNITS: usize = 15;
const DESIGNS: [&str; 8] = [
    "two-way",
    "cohort",
    "group-time",
    "imputation",
    "decomposition",
    "synthetic control",
    "synthetic difference",
    "matching",
];

type Found = Result<(f64, Vec<Notice>), Error>;

/// An estimate of a design, and what it tells. Block designs want one date: theirs is in the column `date`.
fn fit(design: &str, frame: &Frame, never: Never, always: Option<Always>) -> Found {
    /// The design with what is said of always-treated units, fitted.
    macro_rules! fitted {
        ($design:expr) => {{
            let design = $design;
            match always {
                Some(always) => design.always(always).fit(frame)?,
                None => design.fit(frame)?,
            }
        }};
    }
    let by_unit = || Cluster::by(["unit"]);
    let found = match design {
        "two-way" => {
            let fit = fitted!(EventStudy::new("y", INDEX, "g").never(never));
            (fit.path(by_unit())?.at(0)?.estimate, fit.notices())
        }
        "cohort" => {
            let fit = fitted!(InteractionWeighted::new("y", INDEX, "g").never(never));
            (fit.effect(by_unit())?.estimate, fit.notices())
        }
        "group-time" => {
            let design = GroupTimeEffects::new("y", INDEX, "g").never(never);
            let fit = fitted!(design.controls(Controls::NotYetTreated));
            (fit.effect()?.estimate, fit.notices().to_vec())
        }
        "imputation" => {
            let fit = fitted!(Imputation::new("y", INDEX, "g").never(never));
            (fit.effect().estimate, fit.notices().to_vec())
        }
        "decomposition" => {
            let fit = fitted!(TwoWayDecomposition::new("y", INDEX, "g").never(never));
            (fit.estimate(), fit.notices().to_vec())
        }
        "synthetic control" => {
            let fit = fitted!(SyntheticControl::adopted("y", INDEX, "date", never));
            (fit.estimate(), fit.notices().to_vec())
        }
        "synthetic difference" => {
            let fit = fitted!(SyntheticDifference::adopted("y", INDEX, "date", never));
            (fit.estimate(), fit.notices().to_vec())
        }
        _ => {
            let fit = fitted!(Matching::adopted("y", INDEX, "date", never));
            (fit.effect().estimate, fit.notices().to_vec())
        }
    };
    Ok(found)
}

/// The column of first treated times that a design reads.
fn column(design: &str) -> &'static str {
    if matches!(design, "synthetic control" | "synthetic difference" | "matching") { "date" } else { "g" }
}

/// The input with zeros written as `code`; `date` has one date for all who are treated.
fn coded(code: f64) -> Frame {
    let frame = frame("zero_for_never");
    let first: Vec<f64> = frame.real("g").unwrap().to_vec();
    let coded = |date: f64| if date == 0.0 { code } else { date };
    let one_date = |date: f64| if date == 0.0 { code } else { 2007.0 };
    frame
        .clone()
        .replace("g", Column::Real(first.iter().map(|&date| coded(date)).collect::<Vec<_>>().into()))
        .and_then(|frame| frame.add_real("date", first.iter().map(|&date| one_date(date)).collect()))
        .unwrap()
}

#[test]
fn a_first_treated_time_before_the_first_time_is_refused_by_every_design() {
    for (code, never) in [(0.0, Never::Later), (-1.0, Never::Value(0)), (2003.0, Never::Missing)] {
        for design in DESIGNS {
            match fit(design, &coded(code), never, None) {
                Err(Error::NeverOrAlways { column: found, value, units, first_time }) => {
                    assert_eq!((found.as_str(), value as f64), (column(design), code), "{design}");
                    assert_eq!((units, first_time), (UNITS, FIRST_TIME), "{design}");
                }
                other => panic!("{design} {code}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_missing_first_treated_time_is_refused_by_every_design() {
    for design in DESIGNS {
        for (never, always) in [(Never::Later, None), (Never::Value(0), Some(Always::Drop))] {
            match fit(design, &coded(f64::NAN), never, always) {
                Err(Error::FirstTreatedMissing { column: found, units }) => {
                    assert_eq!((found.as_str(), units), (column(design), UNITS), "{design}");
                }
                other => panic!("{design} {never:?}: {other:?}"),
            }
        }
    }
}

/// By the definition of a code: how never is written changes no bit.
#[test]
fn every_way_to_write_never_gives_the_same_bits() {
    for design in DESIGNS {
        let (said, _) = fit(design, &coded(0.0), Never::Value(0), None).unwrap();
        let others = [
            (2099.0, Never::Later),
            (f64::INFINITY, Never::Later),
            (f64::NAN, Never::Missing),
            (2003.0, Never::Value(2003)),
        ];
        for (code, never) in others {
            let (found, _) = fit(design, &coded(code), never, None).unwrap();
            assert_eq!(found.to_bits(), said.to_bits(), "{design} {code}");
        }
    }
}

/// By definition: the same as in a panel that never held them, in which they had no outcome.
#[test]
fn always_treated_units_that_are_dropped_leave_the_others_as_if_they_were_never_there() {
    let frame = coded(2099.0);
    let units = frame.category("unit").unwrap();
    let early: Vec<bool> =
        (0..frame.nrows()).map(|row| matches!(units.label(row), Some("u000" | "u003"))).collect();
    assert_eq!(early.iter().filter(|early| **early).count(), 16, "two units of the input at eight times");
    let marked = |column: &str, value: f64| {
        let held = frame.real(column).unwrap().iter().zip(&early);
        Column::Real(held.map(|(held, early)| if *early { value } else { *held }).collect::<Vec<_>>().into())
    };
    let with = frame.clone().replace("g", marked("g", 2003.0)).unwrap();
    let with = with.replace("date", marked("date", 2001.0)).unwrap();
    let without = without(&frame, &early);
    for design in DESIGNS {
        let (dropped, notices) = fit(design, &with, Never::Later, Some(Always::Drop)).unwrap();
        let (absent, _) = fit(design, &without, Never::Later, None).unwrap();
        assert!((dropped - absent).abs() < 1e-12, "{design}: {dropped} {absent}");
        let told = |notice: &Notice| matches!(notice, Notice::RowsDropped { rule, rows: 16 } if rule.contains("treated from the first time"));
        assert!(notices.iter().any(told), "{design}: {notices:?}");
    }
}

/// The frame without some rows.
fn without(frame: &Frame, left_out: &[bool]) -> Frame {
    let rows: Vec<usize> = (0..frame.nrows()).filter(|&row| !left_out[row]).collect();
    let units = frame.category("unit").unwrap();
    let pick = |name: &str| rows.iter().map(|&row| frame.real(name).unwrap()[row]).collect();
    let chosen = Frame::new().add_category("unit", rows.iter().map(|&row| units.label(row))).unwrap();
    ["year", "g", "date", "y"].iter().fold(chosen, |frame, name| frame.add_real(*name, pick(name)).unwrap())
}

#[test]
fn questions_about_the_times_before_treatment_ask_what_zero_means_too() {
    let study = EventStudy::new("y", INDEX, "g");
    let silent = study.placebos(&coded(0.0), Hc::Hc1);
    assert!(matches!(silent, Err(Error::NeverOrAlways { value: 0, units: UNITS, .. })), "{silent:?}");
    assert!(study.never(Never::Value(0)).placebos(&coded(0.0), Hc::Hc1).is_ok());
}

#[test]
fn the_sentence_says_what_was_found_and_which_settings_say_what_it_means() {
    let refused = fit("two-way", &coded(0.0), Never::Later, None).unwrap_err();
    let sentence = refused.to_string();
    for words in ["15 units have 0 in `g`", "2003", "not guessed", "`never`", "`always`"] {
        assert!(sentence.contains(words), "{words}: {sentence}");
    }
    let refused = fit("two-way", &coded(f64::NAN), Never::Later, None).unwrap_err();
    let sentence = refused.to_string();
    for words in ["15 units have no value of `g`", "not guessed", "`never`", "missing"] {
        assert!(sentence.contains(words), "{words}: {sentence}");
    }
}
