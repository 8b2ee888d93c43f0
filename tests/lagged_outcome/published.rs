//! Card and Krueger's fast-food stores and LaLonde's trainees, which Ding and Li (2019) bracket too.

use ceteris::bracket::{BracketVerdict, Estimator, ObservedOrder, Reason};
use ceteris::{Bracket, Column, Frame, Hc, Iid};
use support::shared_or_skip;

use crate::simulated::{INDEX, Row, frame};

/// A long panel of two times from the outcomes before and after of each unit.
fn long(units: impl Iterator<Item = (bool, f64, f64)>) -> Frame {
    let both = |(unit, (treated, before, after)): (usize, (bool, f64, f64))| {
        [Row { unit, time: 0, treated, y: before }, Row { unit, time: 1, treated, y: after }]
    };
    frame(&units.enumerate().flat_map(both).collect::<Vec<Row>>())
}

/// The stores with employment in both waves; in the file, the change stands beside the first wave.
fn stores(wide: &Frame) -> Frame {
    let [nj, wave, employment, change] = ["nj", "d", "fte", "demp"].map(|name| wide.real(name).unwrap());
    let kept = (0..wide.nrows()).filter(|&row| wave[row] == 0.0 && !change[row].is_nan());
    long(kept.map(|row| (nj[row] == 1.0, employment[row], employment[row] + change[row])))
}

#[test]
fn card_and_krueger_are_bracketed_as_published() {
    let Some(wide) = shared_or_skip("card_and_krueger", "data/card_krueger/njmin3.csv") else { return };
    let fit = Bracket::new("y", INDEX, "treated", 1).fit(&stores(&wide)).unwrap();
    assert_eq!(fit.lagged().fit().nobs(), 384);
    let difference = fit.difference().effect(Iid).unwrap().estimate;
    let lagged = fit.lagged().effect(Iid).unwrap();
    // 1.3385232, 0.99154594 and 0.52143879 by numpy 2.4.6: least squares of 384 changes.
    assert!((difference - 2.750).abs() < 5e-4, "{difference}");
    assert!((lagged.estimate - 1.338_523_2).abs() < 1e-7, "{lagged}");
    assert!((lagged.std_error.unwrap() - 0.991_545_94).abs() < 1e-8, "{lagged}");
    assert!((fit.lagged().fit().estimate("y_0").unwrap() - 0.521_438_79).abs() < 1e-8);
    // Card and Krueger 1994, Table 3: 1.34, which is HC2.
    let robust = fit.difference().effect(Hc::Hc2).unwrap().std_error.unwrap();
    assert!((robust - 1.34).abs() < 5e-3, "{robust}");
    let report = fit.report(Hc::Hc1).unwrap();
    assert_ne!(report.observed, ObservedOrder::AgainstPrediction);
    assert!(report.lagged.estimate < report.difference.estimate);
}

#[test]
fn lalonde_is_bracketed_as_published() {
    let files = ["nsw", "cps"].map(|part| format!("data/lalonde_nsw/{part}_mixtape.csv"));
    let [Some(trainees), Some(population)] = files.map(|file| shared_or_skip("lalonde", &file)) else {
        return;
    };
    let column = |wide: &Frame, name: &str| match wide.column(name).unwrap() {
        Column::Real(values) => values.to_vec(),
        Column::Category(_) => panic!("`{name}` is a number"),
    };
    let rows = |wide: &Frame, treated: f64| {
        let [treat, before, after] = ["treat", "re75", "re78"].map(|name| column(wide, name));
        let kept = (0..wide.nrows()).filter(move |&row| treat[row] == treated);
        kept.map(move |row| (treated == 1.0, before[row], after[row])).collect::<Vec<_>>()
    };
    let units = rows(&trainees, 1.0).into_iter().chain(rows(&population, 0.0));
    let frame = long(units);
    let fit = Bracket::new("y", INDEX, "treated", 1).fit(&frame).unwrap();
    assert_eq!(fit.lagged().fit().nobs(), 185 + 15_992);
    let (difference, lagged) = (fit.difference().effect(Iid).unwrap(), fit.lagged().effect(Iid).unwrap());
    // To the printed cent.
    assert!((difference.estimate - 3621.23).abs() < 5e-3, "{difference}");
    assert!((lagged.estimate + 77.71).abs() < 5e-3, "{lagged}");
    let robust = [Hc::Hc1, Hc::Hc2, Hc::Hc3].map(|hc| {
        (
            fit.difference().effect(hc).unwrap().std_error.unwrap(),
            fit.lagged().effect(hc).unwrap().std_error.unwrap(),
        )
    });
    let near = |a: f64, b: f64| (a - b).abs() < 5e-3;
    let classical = (difference.std_error.unwrap(), lagged.std_error.unwrap());
    let found = robust.iter().chain([&classical]);
    assert!(found.clone().any(|pair| near(pair.0, 570.74)), "{classical:?} {robust:?}");
    assert!(found.clone().any(|pair| near(pair.1, 536.60)), "{classical:?} {robust:?}");
    let whole = Bracket::new("y", INDEX, "treated", 1).bins(1).fit(&frame).unwrap();
    let (lower, upper) = (Estimator::LaggedOutcome, Estimator::DifferenceInDifferences);
    assert_eq!(whole.report(Hc::Hc1).unwrap().verdict, BracketVerdict::Holds { lower, upper });
    // In the lowest quarter, where the trainees are, next year's earnings rise faster than this year's:
    // slopes of 1.36881, 0.57505, 0.76712 and 0.66194 by numpy 2.4.6.
    let report = fit.report(Hc::Hc1).unwrap();
    assert_eq!(report.verdict, BracketVerdict::Undecided { reasons: vec![Reason::SlopeMixed] });
    let slopes = report.stationarity.binned.iter().map(|bin| bin.estimate);
    let expected = [1.368_805_734_4, 0.575_054_322_4, 0.767_122_316_9, 0.661_940_408_8];
    assert!(slopes.zip(expected).all(|(slope, expected)| (slope - expected).abs() < 1e-9));
}
