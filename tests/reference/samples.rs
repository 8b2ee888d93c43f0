//! Which rows are used: gaps, zero weights, frequencies, singletons.

use ceteris::frame::Rule;
use ceteris::{Cluster, Column, Error, Fit, Frame, Hc, Iid, Notice, Ols, SmallSample, Vcov, Weights};
use support::Place;

use crate::cases::{self, Case};

/// Replicated rows add the same numbers in another order.
const ORDER_OF_SUMS: f64 = 1e-12;

fn case(id: &str, model: &str) -> Case {
    cases::all().into_iter().find(|case| case.id == id && case.model == model).unwrap()
}

fn fit(id: &str, model: &str) -> Fit {
    let case = case(id, model);
    case.ols.fit(&case.frame().unwrap()).unwrap()
}

#[test]
fn the_ledger_accounts_for_each_row_of_a_table_with_gaps() {
    let fit = fit("16_weights_na_zero_freq", "wls");
    let rows = |keep: fn(&Rule) -> bool| -> usize {
        fit.dropped().iter().filter(|entry| keep(&entry.rule)).map(|entry| entry.rows).sum()
    };
    let missing = rows(|rule| matches!(rule, Rule::Missing { .. }));
    let zero = rows(|rule| matches!(rule, Rule::ZeroWeight { .. }));
    assert_eq!(fit.sample().nrows_read(), 300);
    assert_eq!(300 - missing, 272);
    assert_eq!(300 - missing - zero, 257);
    assert_eq!(fit.nobs(), 257);
}

#[test]
fn frequencies_equal_replicated_rows() {
    let counted = fit("16_weights_na_zero_freq", "freq");
    let replicated = Ols::new("y").regress_on(["x1", "x2"]).fit(&replicated(counted.frame())).unwrap();
    assert_eq!((counted.nobs(), replicated.nobs()), (519, 519));
    assert_close(counted.coefficients(), replicated.coefficients());
    let by_id = || Cluster::by(["id"]);
    let kinds: [Vcov; 7] = [
        Iid.into(),
        Hc::Hc0.into(),
        Hc::Hc1.into(),
        Hc::Hc2.into(),
        Hc::Hc3.into(),
        by_id().cr0().into(),
        by_id().into(),
    ];
    for kind in kinds {
        for small_sample in SmallSample::all() {
            let matrix = |fit: &Fit| {
                fit.inference(kind.clone().small_sample(small_sample)).unwrap().matrix().data().to_vec()
            };
            assert_close(&matrix(&counted), &matrix(&replicated));
        }
    }
}

/// Each row of the frame as often as its frequency says, complete rows only.
fn replicated(frame: &Frame) -> Frame {
    let counts = frame.real("fw").unwrap();
    let complete =
        |row: &usize| ["y", "x1", "x2", "fw"].iter().all(|name| !frame.real(name).unwrap()[*row].is_nan());
    let rows: Vec<usize> =
        (0..frame.nrows()).filter(complete).flat_map(|row| vec![row; counts[row] as usize]).collect();
    ["id", "y", "x1", "x2"].into_iter().fold(Frame::new(), |long, name| {
        let values = frame.real(name).unwrap();
        long.add(name, Column::Real(rows.iter().map(|&row| values[row]).collect::<Vec<f64>>().into()))
            .unwrap()
    })
}

fn assert_close(left: &[f64], right: &[f64]) {
    assert_eq!(left.len(), right.len());
    let scale = right.iter().fold(0.0f64, |most, value| most.max(value.abs()));
    for (a, b) in left.iter().zip(right) {
        assert!((a - b).abs() <= ORDER_OF_SUMS * scale, "{a:e} and {b:e} differ");
    }
}

#[test]
fn singletons_are_dropped_recursively_or_kept_and_either_is_told() {
    let dropped = fit("06_threeway_fe_singletons", "dropped");
    let kept = fit("06_threeway_fe_singletons", "all_rows");
    assert_eq!((dropped.nobs(), kept.nobs()), (1457, 1500));
    assert!(dropped.notices().contains(&Notice::SingletonsDropped { rows: 43 }));
    let told = |notice: &Notice| matches!(notice, Notice::SingletonsKept { .. });
    assert!(kept.notices().iter().any(told));
    assert_close(dropped.coefficients(), kept.coefficients());
}

#[test]
fn a_kept_singleton_has_no_hc2_and_no_hc3() {
    let kept = fit("06_threeway_fe_singletons", "all_rows");
    for kind in [Hc::Hc2, Hc::Hc3] {
        assert!(matches!(kept.inference(kind), Err(Error::FullLeverage { .. })));
    }
}

#[test]
fn a_negative_weight_is_refused() {
    let frame = Place::Committed.read("weights_na.csv").unwrap();
    let negative: Vec<f64> = frame.real("wt").unwrap().iter().map(|weight| -weight).collect();
    let frame = frame.replace("wt", Column::Real(negative.into())).unwrap();
    let ols = Ols::new("y").regress_on(["x1", "x2"]).weights(Weights::analytic("wt"));
    assert!(matches!(ols.fit(&frame), Err(Error::InvalidWeight { .. })));
}
