//! Synthetic control, synthetic difference-in-differences and matching against witnesses and identities.

use ceteris::matching::{Distance, Matching};
use ceteris::staggered::Never;
use ceteris::synthetic::{Ridge, SyntheticControl, SyntheticDifference, SyntheticFit, SyntheticVariance};
use ceteris::{Column, DifferenceInDifferences, Error, Frame, Iid, Index, Notice, Post};
use ceteris_data::CsvReader;
use support::{Place, announce, tests_data};

const INDEX: Index<'static> = Index { unit: "unit", time: "time" };
/// All controls take their turn when one unit is treated; the numbers are then not read.
const PLACEBO: SyntheticVariance = SyntheticVariance::Placebo { draws: 100, seed: 1 };
/// Witness and we solve the same problem to rounding; weights are shares of one.
const EXACT: f64 = 1e-8;
/// A synthetic control that fits almost perfectly: its weights hang on differences of 1e-6 of the outcomes.
const NEARLY_PERFECT: f64 = 1e-5;
/// Frank-Wolfe steps that stop near the minimum.
const FRANK_WOLFE: f64 = 2e-4;

fn panel(name: &str) -> Frame {
    Place::Committed.read(&format!("synthetic/{name}.csv")).expect("committed")
}

/// What the witnesses say of a panel: quantity, value, program.
fn expected(name: &str) -> Vec<(String, f64, String)> {
    let reader = CsvReader::new().category(["panel", "quantity", "witness"]).real(["value"]);
    let table = reader.read(tests_data().join("synthetic/expected.csv")).unwrap();
    let word = |column: &str, row: usize| table.category(column).unwrap().label(row).unwrap().to_string();
    let rows = (0..table.nrows()).filter(|&row| word("panel", row) == name);
    rows.map(|row| (word("quantity", row), table.real("value").unwrap()[row], word("witness", row))).collect()
}

fn fit_of(design: &str, frame: &Frame) -> SyntheticFit {
    match design {
        "sc" => SyntheticControl::new("y", INDEX, "treated").fit(frame).unwrap(),
        "sdid" => SyntheticDifference::new("y", INDEX, "treated").fit(frame).unwrap(),
        other => panic!("no design `{other}`"),
    }
}

fn matched(metric: &str, neighbours: &str, frame: &Frame) -> ceteris::Coefficient {
    let distance = match metric {
        "euclidean" => Distance::Euclidean,
        "mahalanobis" => Distance::Mahalanobis,
        other => panic!("no distance `{other}`"),
    };
    let design = Matching::new("y", INDEX, "treated").distance(distance);
    design.neighbours(neighbours.parse().unwrap()).fit(frame).unwrap().effect().clone()
}

fn difference_in_differences(frame: &Frame) -> f64 {
    let treated = frame.real("treated").unwrap();
    let (units, times) = (frame.category("unit").unwrap(), frame.real("time").unwrap());
    let rows = 0..frame.nrows();
    let arm = |row: usize| rows.clone().any(|r| units.code(r) == units.code(row) && treated[r] == 1.0);
    let after = |row: usize| rows.clone().any(|r| times[r] == times[row] && treated[r] == 1.0);
    let indicator = |holds: &dyn Fn(usize) -> bool| rows.clone().map(|row| f64::from(holds(row))).collect();
    let frame = frame.clone().add_real("arm", indicator(&arm)).unwrap();
    let frame = frame.add_real("after", indicator(&after)).unwrap();
    let design = DifferenceInDifferences::new("y", "arm", Post::column("after"));
    design.fit(&frame).unwrap().effect(Iid).unwrap().estimate
}

fn check_panel(name: &str) {
    let frame = panel(name);
    for (quantity, value, witness) in expected(name) {
        let parts: Vec<&str> = quantity.split(':').collect();
        let found = match parts[..] {
            ["did", "effect"] => difference_in_differences(&frame),
            [design, "effect"] => fit_of(design, &frame).estimate(),
            [design, "rmspe_before"] => fit_of(design, &frame).rmspe_before(),
            [design, "omega", unit] => {
                let weights = fit_of(design, &frame).unit_weights();
                weights.into_iter().find(|weight| weight.unit == unit).unwrap().weight
            }
            [design, "lambda", time] => {
                let weights = fit_of(design, &frame).time_weights();
                weights.into_iter().find(|weight| weight.time.to_string() == time).unwrap().weight
            }
            [design, "placebo_std_error"] => {
                fit_of(design, &frame).effect(PLACEBO).unwrap().std_error.unwrap()
            }
            [design, "jackknife_std_error"] => {
                fit_of(design, &frame).effect(SyntheticVariance::Jackknife).unwrap().std_error.unwrap()
            }
            [design, "rank_ratio"] => fit_of(design, &frame).rank_test().unwrap().units.last().unwrap().ratio,
            [design, "rank_p_value"] => fit_of(design, &frame).rank_test().unwrap().p_value,
            ["matching", metric, neighbours, "effect"] => matched(metric, neighbours, &frame).estimate,
            ["matching", metric, neighbours, "std_error"] => {
                matched(metric, neighbours, &frame).std_error.unwrap()
            }
            _ => panic!("no quantity `{quantity}`"),
        };
        let tolerance = match (witness.starts_with("diff-diff"), name, parts[0]) {
            (true, ..) => FRANK_WOLFE,
            (_, "panel_several", "sc") => NEARLY_PERFECT,
            _ => EXACT,
        };
        let gap = (found - value).abs();
        assert!(gap < tolerance, "{name} {quantity}: {found} against {value} ({witness}), {gap:.1e} apart");
    }
}

#[test]
fn one_treated_unit_agrees_with_the_witnesses() {
    check_panel("panel_one");
}

#[test]
fn several_treated_units_agree_with_the_witnesses() {
    check_panel("panel_several");
}

/// California's Proposition 99 (Abadie, Diamond and Hainmueller 2010), with names as in `INDEX`.
fn california() -> Option<Frame> {
    let file = "data/prop99/california_prop99.csv";
    let Some(path) = Place::Shared.find(file) else {
        announce(&format!(
            "SKIPPED proposition_99_is_reproduced: it needs `{file}` (see tests/support/data.rs)"
        ));
        return None;
    };
    let read = CsvReader::new().delimiter(b';').read(path).unwrap();
    let column = |name: &str| read.column(name).unwrap().clone();
    let names = [("unit", "State"), ("time", "Year"), ("y", "PacksPerCapita"), ("treated", "treated")];
    let add = |frame: Frame, (ours, theirs): (&str, &str)| frame.add(ours, column(theirs)).unwrap();
    Some(names.into_iter().fold(Frame::new(), add))
}

#[test]
fn proposition_99_is_reproduced() {
    let Some(frame) = california() else { return };
    let (control, difference) = (fit_of("sc", &frame), fit_of("sdid", &frame));
    // Documentation of the R package synthdid: -27.34911, -19.61966, -15.60383 (published -27.3, -19.6, -15.6).
    // Its Frank-Wolfe steps for the synthetic control stop 0.1 from the minimum; those of the difference 0.002.
    assert!((difference_in_differences(&frame) + 27.349_11).abs() < 5e-6);
    assert!((control.estimate() + 19.619_66).abs() < 0.15);
    assert!((difference.estimate() + 15.603_83).abs() < 0.003);
    // scipy 1.17.1 nnls, the same problem to rounding: `Panel.fit` in tests/data/synthetic/witness.py.
    assert!((control.estimate() + 19.513_629_768_418_593).abs() < 1e-6);
    assert!((difference.estimate() + 15.605_397_916_328_581).abs() < 1e-6);
    // The same script; published standard errors are 9.9 and 8.4, from random placebos.
    assert!((control.effect(PLACEBO).unwrap().std_error.unwrap() - 10.633_045_729_529_892).abs() < 1e-5);
    assert!((difference.effect(PLACEBO).unwrap().std_error.unwrap() - 9.371_180_003_078_225).abs() < 1e-5);
    assert!((control.rank_test().unwrap().p_value - 3.0 / 39.0).abs() < 1e-12);
    assert!((difference.rank_test().unwrap().p_value - 1.0 / 39.0).abs() < 1e-12);
}

#[test]
fn the_weighted_regression_gives_the_double_difference() {
    for name in ["panel_one", "panel_several"] {
        let frame = panel(name);
        for design in ["sc", "sdid"] {
            let fit = fit_of(design, &frame);
            let regression = fit.regression().unwrap();
            let coefficient = regression.estimate("synthetic_treated").unwrap();
            assert!((coefficient - fit.estimate()).abs() < 1e-8, "{name} {design}: {}", regression.ols());
        }
    }
}

#[test]
fn the_mean_gap_of_the_path_after_treatment_is_the_effect() {
    for design in ["sc", "sdid"] {
        let fit = fit_of(design, &panel("panel_one"));
        let after: Vec<f64> = fit
            .path()
            .iter()
            .filter(|point| point.time >= fit.first_treated())
            .map(|point| point.treated - point.synthetic)
            .collect();
        let mean = after.iter().sum::<f64>() / after.len() as f64;
        assert!((mean - fit.estimate()).abs() < 1e-11);
    }
}

#[test]
fn equal_weights_make_a_difference_in_differences() {
    let frame = panel("panel_several");
    let ridge = Ridge { units: 1e8, times: 1e8 };
    let fit = SyntheticDifference::new("y", INDEX, "treated").ridge(ridge).fit(&frame).unwrap();
    assert!((fit.estimate() - difference_in_differences(&frame)).abs() < 1e-9);
}

#[test]
fn a_convex_combination_of_controls_is_found_and_its_effect_is_exact() {
    let frame = panel("panel_one");
    let y = frame.real("y").unwrap();
    let mut values = y.to_vec();
    for time in 0..14 {
        let of = |unit: usize| y[14 * (unit - 1) + time];
        let effect = if time < 10 { 0.0 } else { 4.0 };
        values[14 * 20 + time] = 0.5 * of(3) + 0.3 * of(8) + 0.2 * of(17) + effect;
    }
    let frame = frame.replace("y", Column::Real(values.into())).unwrap();
    let many = fit_of("sc", &frame);
    assert!(matches!(many.notices(), [Notice::WeightsNotUnique { controls: 20, times: 10 }]), "{many}");
    // Ten times and twenty controls: other combinations fit nearly as well, and the vanishing ridge decides
    // between them. With the eight others left out the combination is the only one.
    let units = frame.category("unit").unwrap();
    let kept = ["u03", "u05", "u08", "u09", "u11", "u17", "u19", "u21"];
    let rows: Vec<usize> = (0..frame.nrows()).filter(|&r| kept.contains(&units.label(r).unwrap())).collect();
    let fit = fit_of("sc", &select(&frame, &rows));
    assert!((fit.estimate() - 4.0).abs() < 1e-8, "{fit}");
    for (unit, share) in [("u03", 0.5), ("u08", 0.3), ("u17", 0.2), ("u05", 0.0)] {
        let weight = fit.unit_weights().into_iter().find(|weight| weight.unit == unit).unwrap().weight;
        assert!((weight - share).abs() < 1e-8, "{unit}: {weight}");
    }
}

/// These rows, in this order.
fn select(frame: &Frame, rows: &[usize]) -> Frame {
    let pick = |name: &str| rows.iter().map(|&row| frame.real(name).unwrap()[row]).collect::<Vec<f64>>();
    let units = frame.category("unit").unwrap();
    let chosen = Frame::new().add_category("unit", rows.iter().map(|&row| units.label(row))).unwrap();
    ["time", "y", "treated"].iter().fold(chosen, |frame, name| frame.add_real(*name, pick(name)).unwrap())
}

#[test]
fn a_constant_for_each_unit_changes_no_synthetic_difference() {
    let frame = panel("panel_one");
    let shifted: Vec<f64> = frame
        .real("y")
        .unwrap()
        .iter()
        .enumerate()
        .map(|(row, y)| y + ((row / 14) * 7 % 11) as f64)
        .collect();
    let moved = frame.clone().replace("y", Column::Real(shifted.into())).unwrap();
    assert!((fit_of("sdid", &frame).estimate() - fit_of("sdid", &moved).estimate()).abs() < 1e-9);
}

#[test]
fn the_order_of_rows_changes_no_bit() {
    let frame = panel("panel_several");
    let backwards: Vec<usize> = (0..frame.nrows()).rev().collect();
    for design in ["sc", "sdid"] {
        let (one, other) = (fit_of(design, &frame), fit_of(design, &select(&frame, &backwards)));
        assert_eq!(one.estimate().to_bits(), other.estimate().to_bits());
        assert_eq!(one.unit_weights(), other.unit_weights());
    }
}

#[test]
fn both_codings_of_treatment_read_the_same_block() {
    let frame = panel("panel_one");
    let units = frame.category("unit").unwrap();
    let date = |row: usize| if units.label(row) == Some("u21") { 2011.0 } else { 0.0 };
    let dates = (0..frame.nrows()).map(date).collect();
    let frame = frame.clone().add_real("first_treated", dates).unwrap();
    let adopted =
        SyntheticControl::adopted("y", INDEX, "first_treated", Never::Value(0)).fit(&frame).unwrap();
    assert_eq!(adopted.estimate().to_bits(), fit_of("sc", &frame).estimate().to_bits());
    assert_eq!(adopted.first_treated(), 2011);
    assert_eq!(adopted.treated_units(), ["u21"]);
}

#[test]
fn the_same_seed_draws_the_same_placebos() {
    let fit = fit_of("sdid", &panel("panel_several"));
    let drawn = |seed| fit.replicates(SyntheticVariance::Placebo { draws: 5, seed }).unwrap();
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
}

#[test]
fn equally_near_controls_all_count() {
    // Outcomes before: A and B are equally far from C, on either side; D has a twin in E.
    let rates = [[0.0, 1.0, 10.0], [2.0, 1.0, 20.0], [1.0, 1.0, 18.0], [9.0, 5.0, 4.0], [9.0, 5.0, 1.0]];
    let treated = [[0.0; 3], [0.0; 3], [0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0; 3]];
    let frame = Frame::new()
        .add_category("unit", ["A", "B", "C", "D", "E"].iter().flat_map(|unit| [Some(*unit); 3]))
        .and_then(|frame| frame.add_real("time", [[1.0, 2.0, 3.0]; 5].concat()))
        .and_then(|frame| frame.add_real("y", rates.concat()))
        .and_then(|frame| frame.add_real("treated", treated.concat()))
        .unwrap();
    let design = Matching::new("y", INDEX, "treated").distance(Distance::Euclidean);
    let fit = design.fit(&frame).unwrap();
    assert_eq!(fit.matches()[0].neighbours, ["A", "B"]);
    assert_eq!(fit.matches()[1].neighbours, ["E"]);
    assert!((fit.effect().estimate - (3.0 + 3.0) / 2.0).abs() < 1e-12); // 18 - 15 and 4 - 1
    // a = 1/2, 1/2 for C, D; -1/4, -1/4 for A, B; -1/2 for E. Twins: C-D, A-B, and B for E.
    // s^2 = (18 - 4)^2/2, the same, (10 - 20)^2/2, the same, (1 - 20)^2/2.
    let variance: f64 = (2.0 * 0.25 * 196.0 + 2.0 * 0.0625 * 100.0 + 0.25 * 361.0) / 2.0;
    assert!((fit.effect().std_error.unwrap() - variance.sqrt()).abs() < 1e-12);
}

/// The error of a synthetic control after a change of the one-unit panel.
fn refused(change: impl Fn(&mut Vec<f64>, &mut Vec<f64>)) -> Error {
    let frame = panel("panel_one");
    let (mut y, mut treated) = (frame.real("y").unwrap().to_vec(), frame.real("treated").unwrap().to_vec());
    change(&mut y, &mut treated);
    let frame = frame.replace("y", Column::Real(y.into())).unwrap();
    let frame = frame.replace("treated", Column::Real(treated.into())).unwrap();
    SyntheticControl::new("y", INDEX, "treated").fit(&frame).unwrap_err()
}

#[test]
fn what_is_no_block_is_refused_by_name() {
    let gap = refused(|y, _| y[14 * 4 + 6] = f64::NAN);
    assert!(matches!(gap, Error::MissingCell { ref unit, time: 2007, .. } if unit == "u05"), "{gap}");
    let no_controls =
        refused(|_, treated| (0..21).for_each(|i| treated[14 * i + 10..14 * (i + 1)].fill(1.0)));
    assert!(matches!(no_controls, Error::EmptyCell { .. }), "{no_controls}");
    let nobody = refused(|_, treated| treated.fill(0.0));
    assert!(matches!(nobody, Error::EmptyCell { .. }), "{nobody}");
    let from_the_start = refused(|_, treated| treated[14 * 20..].fill(1.0));
    assert!(matches!(from_the_start, Error::TooFewTimes { found: 0, .. }), "{from_the_start}");
    let one_time = refused(|_, treated| treated[14 * 20 + 1..].fill(1.0));
    assert!(matches!(one_time, Error::TooFewTimes { found: 1, .. }), "{one_time}");
    let ends = refused(|_, treated| treated[14 * 21 - 1] = 0.0);
    assert!(matches!(ends, Error::Unsupported { .. }), "{ends}");
    let two_dates = refused(|_, treated| treated[14 * 19 + 9..14 * 20].fill(1.0));
    assert!(matches!(two_dates, Error::Unsupported { .. }), "{two_dates}");
    let still = refused(|y, _| y.iter_mut().enumerate().for_each(|(row, y)| *y = (row / 14) as f64));
    assert!(matches!(still, Error::NoVariation { .. }), "{still}");
}

#[test]
fn a_missing_row_is_named() {
    let frame = panel("panel_one");
    let rows: Vec<usize> = (0..frame.nrows()).filter(|row| *row != 14 * 2 + 3).collect();
    let error = SyntheticDifference::new("y", INDEX, "treated").fit(&select(&frame, &rows)).unwrap_err();
    assert!(matches!(error, Error::MissingCell { ref unit, time: 2004, .. } if unit == "u03"), "{error}");
}

#[test]
fn a_variance_that_has_no_definition_is_refused() {
    let one = fit_of("sdid", &panel("panel_one"));
    assert!(matches!(one.effect(SyntheticVariance::Jackknife), Err(Error::Unsupported { .. })));
    let several = fit_of("sdid", &panel("panel_several"));
    assert!(matches!(several.rank_test(), Err(Error::Unsupported { .. })));
    let one_draw = SyntheticVariance::Placebo { draws: 1, seed: 0 };
    assert!(matches!(several.effect(one_draw), Err(Error::InvalidSetting { .. })));
}
