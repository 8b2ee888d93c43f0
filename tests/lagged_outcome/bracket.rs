//! One data set for each verdict on the bracket, and for each reason to have none.

use ceteris::bracket::{
    BracketReport, BracketVerdict, Estimator, ObservedOrder, OrderFinding, Reason, SlopeFinding,
};
use ceteris::{Bracket, Cluster, Error, Frame, Iid, Weights};

use crate::simulated::{INDEX, Numbers, Row, frame};

const UNITS: usize = 800;

/// Two times; the outcome follows the baseline by `follow`, and the baseline of the treated is `baseline` of
/// a standard normal number.
fn panel(seed: u64, follow: impl Fn(f64) -> f64, baseline: impl Fn(f64) -> f64) -> Frame {
    let mut numbers = Numbers::new(seed);
    let mut rows = Vec::new();
    for unit in 0..UNITS {
        let treated = unit % 2 == 0;
        let z = numbers.normal();
        let before = if treated { baseline(z) } else { z };
        let after = follow(before) + f64::from(u8::from(treated)) + 0.5 * numbers.normal();
        rows.push(Row { unit, time: 0, treated, y: before });
        rows.push(Row { unit, time: 1, treated, y: after });
    }
    frame(&rows)
}

fn bracket() -> Bracket {
    Bracket::new("y", INDEX, "treated", 1)
}

fn report(frame: &Frame) -> BracketReport {
    bracket().fit(frame).unwrap().report(Cluster::by(["unit"])).unwrap()
}

use Estimator::{DifferenceInDifferences as Did, LaggedOutcome as Ldv};

#[test]
fn a_slope_below_one_and_lower_treated_put_the_lagged_outcome_below() {
    let report = report(&panel(1, |y| 0.5 * y, |z| z - 0.6));
    assert_eq!(report.verdict, BracketVerdict::Holds { lower: Ldv, upper: Did });
    assert_eq!(report.observed, ObservedOrder::AsPredicted);
    assert!(report.lagged.estimate < report.difference.estimate);
    // Ignorability holds here by construction: the lagged outcome is right, and the other 0.3 above it.
    assert!((report.lagged.estimate - 1.0).abs() < 4.0 * report.lagged.std_error.unwrap());
    assert!((report.gap.estimate - 0.3).abs() < 4.0 * report.gap.std_error.unwrap());
    let text = report.to_string();
    assert!(text.contains("the lagged outcome bounds the effect from below"), "{text}");
    assert!(!text.contains("passed"), "{text}");
}

#[test]
fn a_slope_below_one_and_higher_treated_put_the_difference_below() {
    let report = report(&panel(2, |y| 0.5 * y, |z| z + 0.6));
    assert_eq!(report.verdict, BracketVerdict::Holds { lower: Did, upper: Ldv });
    assert_eq!(report.observed, ObservedOrder::AsPredicted);
    assert!(report.difference.estimate < report.lagged.estimate);
}

#[test]
fn a_slope_above_one_reverses_the_order() {
    let lower = report(&panel(3, |y| 1.4 * y, |z| z - 0.6));
    assert_eq!(lower.verdict, BracketVerdict::Reversed { lower: Did, upper: Ldv });
    assert_eq!(lower.observed, ObservedOrder::AsPredicted);
    let higher = report(&panel(4, |y| 1.4 * y, |z| z + 0.6));
    assert_eq!(higher.verdict, BracketVerdict::Reversed { lower: Ldv, upper: Did });
    assert_eq!(higher.observed, ObservedOrder::AsPredicted);
    assert!(higher.to_string().contains("reverses the order"));
}

fn reasons(report: &BracketReport) -> &[Reason] {
    match &report.verdict {
        BracketVerdict::Undecided { reasons } => reasons,
        other => panic!("{other:?}"),
    }
}

#[test]
fn each_reason_to_have_no_order_has_its_data() {
    let near_one = report(&panel(5, |y| y, |z| z - 0.6));
    assert_eq!(reasons(&near_one), [Reason::SlopeNearOne]);
    assert_eq!(near_one.observed, ObservedOrder::NothingPredicted);
    // Flat below 1, steep above it: below one on the whole, above one in the upper quarter.
    let mixed = report(&panel(6, |y| if y < 0.8 { 0.2 * y } else { 0.16 + 2.5 * (y - 0.8) }, |z| z - 0.6));
    assert_eq!(mixed.stationarity.finding, SlopeFinding::Mixed);
    assert_eq!(reasons(&mixed), [Reason::SlopeMixed]);
    let crossing = report(&panel(7, |y| 0.5 * y, |z| 3.0 * z));
    assert_eq!(crossing.order.finding, OrderFinding::Crossing);
    assert_eq!(reasons(&crossing), [Reason::OrderCrosses]);
    let alike = report(&panel(8, |y| 0.5 * y, |z| z));
    assert_eq!(reasons(&alike), [Reason::BaselinesAlike]);
}

#[test]
fn estimates_against_the_prediction_are_called_so() {
    // Controls follow the baseline slowly, the treated fast: over all the slope is above one.
    let mut numbers = Numbers::new(9);
    let mut rows = Vec::new();
    for unit in 0..UNITS {
        let treated = unit % 2 == 0;
        let before = numbers.normal() - f64::from(u8::from(treated)) * 0.6;
        let slope = if treated { 2.0 } else { 0.5 };
        rows.push(Row { unit, time: 0, treated, y: before });
        rows.push(Row { unit, time: 1, treated, y: slope * before + 0.2 * numbers.normal() });
    }
    let report = report(&frame(&rows));
    assert_eq!(report.verdict, BracketVerdict::Holds { lower: Ldv, upper: Did });
    assert_eq!(report.observed, ObservedOrder::AgainstPrediction);
    assert!(report.to_string().contains("in the other order"));
}

/// The same with a covariate that explains all that is between the baselines.
#[test]
fn with_covariates_the_baselines_are_compared_given_them() {
    let plain = panel(10, |y| 0.5 * y, |z| z - 0.6);
    let x: Vec<f64> =
        (0..plain.nrows()).map(|row| f64::from(u8::from(plain.real("unit").unwrap()[row] < 400.0))).collect();
    let tilted: Vec<f64> = plain.real("y").unwrap().iter().zip(&x).map(|(y, x)| y + 5.0 * x).collect();
    let frame =
        plain.clone().replace("y", ceteris::Column::Real(tilted.into())).unwrap().add_real("x", x).unwrap();
    let given = bracket().adjust_for(["x"]).fit(&frame).unwrap().report(Cluster::by(["unit"])).unwrap();
    assert_eq!(given.verdict, BracketVerdict::Holds { lower: Ldv, upper: Did });
    let bare = report(&plain);
    let (given, bare) = (given.order.dominance.lower.distance, bare.order.dominance.lower.distance);
    assert!((given - bare).abs() < 0.1, "{given} {bare}");
}

#[test]
fn weights_count_units() {
    let plain = panel(11, |y| 0.5 * y, |z| z - 0.6);
    let ones = plain.clone().add_real("w", vec![3.0; plain.nrows()]).unwrap();
    let weighted = bracket().weights(Weights::analytic("w")).fit(&ones).unwrap();
    let weighted = weighted.report(Cluster::by(["unit"])).unwrap();
    let bare = report(&plain);
    // A common weight changes nothing, but by the rounding of shares.
    assert!((weighted.gap.std_error.unwrap() - bare.gap.std_error.unwrap()).abs() < 1e-12);
    let distances = (weighted.order.dominance.lower.p_value, bare.order.dominance.lower.p_value);
    assert!((distances.0 / distances.1 - 1.0).abs() < 1e-10, "{distances:?}");
}

#[test]
fn what_the_theorem_is_not_about_is_said() {
    let mut numbers = Numbers::new(12);
    let rows: Vec<Row> = (0..200)
        .flat_map(|unit| (0..3).map(move |time| (unit, time)))
        .map(|(unit, time)| Row {
            unit,
            time,
            treated: unit % 2 == 0,
            y: numbers.normal() - f64::from(u8::from(unit % 2 == 0)),
        })
        .collect();
    let long = frame(&rows);
    let several = Bracket::new("y", INDEX, "treated", 2).lags(2).fit(&long).unwrap();
    assert_eq!(reasons(&several.report(Cluster::by(["unit"])).unwrap()), [Reason::SeveralLags]);
    let affected: Vec<f64> = (0..long.nrows()).map(|i| (i / 300) as f64).collect();
    let unit: Vec<f64> = rows.iter().map(|row| (row.unit % 100) as f64).collect();
    let both = long.clone().add_real("p", affected).unwrap();
    let both = both.replace("unit", ceteris::Column::Real(unit.into())).unwrap();
    let triple = Bracket::new("y", INDEX, "treated", 2).affected("p").fit(&both).unwrap();
    let report = triple.report(Cluster::by(["unit"])).unwrap();
    assert_eq!(reasons(&report), [Reason::TripleForm]);
}

#[test]
fn a_bracket_refuses_what_it_does_not_define() {
    let frame = panel(13, |y| 0.5 * y, |z| z);
    let fit = bracket().fit(&frame).unwrap();
    assert!(matches!(fit.report(Iid), Err(Error::Unsupported { .. })));
    assert!(matches!(bracket().bins(0).fit(&frame), Err(Error::InvalidSetting { .. })));
    assert!(matches!(Bracket::new("y", INDEX, "unit", 1).fit(&frame), Err(Error::ColumnKind { .. })));
}
