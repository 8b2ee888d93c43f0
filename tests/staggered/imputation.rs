//! Imputation against diff-diff, and against a closed form.

use ceteris::staggered::Imputation;
use ceteris::{Coefficient, DifferenceInDifferences, Frame, Hc, Iid, Index, Post};

use super::witness::{Data, Expected, NEVER, mpdta, panel};

/// diff-diff iterates to its effects; both solve the same equations.
const ESTIMATE: f64 = 1e-8;
/// Both have the plain sum of squared cluster sums.
const STD_ERROR: f64 = 1e-6;

fn design(data: &Data, covariate: &str) -> Imputation {
    let design = Imputation::new(data.outcome, data.index, data.first_treated).never(NEVER);
    if covariate == "x" { design.adjust_for([data.covariate]) } else { design }
}

fn compare(name: &str, data: &Data) -> (f64, f64) {
    let expected = Expected::read("imputation.csv", &["case", "quantity"]);
    let (mut estimates, mut std_errors) = (0.0_f64, 0.0_f64);
    for row in expected.rows() {
        let case = expected.text("case", row);
        let parts: Vec<&str> = case.split('/').collect();
        if parts[0] != name {
            continue;
        }
        let (quantity, e) = (expected.text("quantity", row), expected.number("event_time", row) as i64);
        let design = design(data, parts[1]);
        let ours = if quantity == "lead" {
            lead(&design, data, &expected, &case, e)
        } else {
            let fit = design.fit(&data.frame).unwrap();
            let fit = if parts[2] == "unit" { fit } else { fit.cluster_by(parts[2]).unwrap() };
            let std_error =
                |ours: &Coefficient| (ours.std_error.unwrap() - expected.number("std_error", row)).abs();
            let ours = if quantity == "event" { fit.path().unwrap().at(e).unwrap() } else { fit.effect() };
            assert!(std_error(&ours) < STD_ERROR, "{case} {quantity} {e}: {ours}");
            std_errors = std_errors.max(std_error(&ours));
            ours.estimate
        };
        let estimate = (ours - expected.number("estimate", row)).abs();
        assert!(estimate < ESTIMATE, "{case} {quantity} {e}: estimates differ by {estimate:e}");
        estimates = estimates.max(estimate);
    }
    (estimates, std_errors)
}

/// diff-diff leaves out event time -1; we leave out the times furthest away. With every lead but one, the two
/// span the same space: its lead e is ours less ours at -1, with zero for the one that we leave out.
fn lead(design: &Imputation, data: &Data, expected: &Expected, case: &str, e: i64) -> f64 {
    let mine = |row: &usize| expected.text("case", *row) == case && expected.text("quantity", *row) == "lead";
    let count = expected.rows().filter(mine).count();
    let path = design.leads(&data.frame, count as u32, Iid).unwrap();
    let at = |e: i64| path.at(e).map_or(0.0, |lead| lead.estimate);
    at(e) - at(-1)
}

#[test]
fn the_synthetic_panel_agrees_with_diff_diff() {
    let (estimate, std_error) = compare("panel", &panel());
    println!("panel: estimates within {estimate:e}, standard errors within {std_error:e}");
}

#[test]
fn the_minimum_wage_data_agree_with_diff_diff() {
    let Some(data) = mpdta("the_minimum_wage_data_agree_with_diff_diff") else { return };
    let (estimate, std_error) = compare("mpdta", &data);
    println!("mpdta: estimates within {estimate:e}, standard errors within {std_error:e}");
}

/// Four units, four times; units 1 and 2 treated from time 3 on.
fn one_cohort() -> Frame {
    let real = |f: fn(usize) -> f64| (0..16).map(f).collect::<Vec<f64>>();
    Frame::new()
        .add_real("unit", real(|i| (i / 4) as f64))
        .and_then(|frame| frame.add_real("time", real(|i| (i % 4 + 1) as f64)))
        .and_then(|frame| frame.add_real("first", real(|i| if i < 8 { 3.0 } else { 0.0 })))
        .and_then(|frame| frame.add_real("treated", real(|i| f64::from(u8::from(i < 8)))))
        .and_then(|frame| frame.add_real("post", real(|i| f64::from(u8::from(i % 4 >= 2)))))
        .and_then(|frame| frame.add_real("y", real(|i| ((i * i * 7 + i * 3) % 11) as f64)))
        .unwrap()
}

#[test]
fn one_cohort_in_a_balanced_panel_gives_the_difference_of_differences() {
    let frame = one_cohort();
    let index = Index { unit: "unit", time: "time" };
    let imputed = Imputation::new("y", index, "first").never(NEVER).fit(&frame).unwrap().effect();
    let plain = DifferenceInDifferences::new("y", "treated", Post::column("post"))
        .fit(&frame)
        .unwrap()
        .effect(Hc::Hc1)
        .unwrap();
    assert!((imputed.estimate - plain.estimate).abs() < 1e-12);
}

#[test]
fn one_cohort_has_the_variance_of_two_group_means() {
    // The estimate is the mean of z over treated units less that over the others, z_i = mean after - mean
    // before of unit i; so V = sum (z - mean)^2 / n^2 within each, whatever the effects by time.
    let frame = one_cohort();
    let index = Index { unit: "unit", time: "time" };
    let found = Imputation::new("y", index, "first").never(NEVER).fit(&frame).unwrap().effect();
    let y = frame.real("y").unwrap();
    let z: Vec<f64> = y.chunks(4).map(|y| (y[2] + y[3] - y[0] - y[1]) / 2.0).collect();
    let variance = |z: &[f64]| (z[0] - z[1]).powi(2) / 2.0 / 4.0;
    assert!((found.estimate - (z[0] + z[1] - z[2] - z[3]) / 2.0).abs() < 1e-12);
    assert!((found.std_error.unwrap() - (variance(&z[..2]) + variance(&z[2..])).sqrt()).abs() < 1e-12);
}
