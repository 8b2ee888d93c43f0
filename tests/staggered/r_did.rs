//! Effects by group and time against R `did` 2.3.1.907 (DRDID 1.2.3), csdid 0.4.3 and diff-diff 3.13.0 on
//! `base_stagg` of R fixest: 95 units over ten years, nine groups of five units.
//!
//! R `did`: every cell and every average for three adjustments, two kinds of comparison units, with a covariate
//! that varies over time and without. Base periods vary and nothing is anticipated, as its defaults have it.

use std::collections::BTreeMap;

use ceteris::staggered::{Adjustment, Controls, GroupTimeEffects, GroupTimeFit, Never};
use ceteris::{Error, Index};

use super::group_time::found;
use super::witness::{Data, Expected};

/// Without propensities all programs add up the same means or solve the same least squares.
const CLOSED_FORM: f64 = 1e-11;
/// R's `glm` ends when the deviance changes by less than 1e-8 of itself: propensities good to about its root.
/// The largest deviation seen is 1e-7.
const LIKELIHOOD: f64 = 1e-6;
/// Relative, of a chi-squared statistic of 36 leads: propensities move it by 2e-7 at most.
const PRE_TREND: f64 = 1e-6;

fn base_stagg(test: &str) -> Option<Data> {
    let frame = support::shared_or_skip(test, "base_stagg.csv")?;
    let index = Index { unit: "id", time: "year" };
    Some(Data { frame, outcome: "y", index, first_treated: "year_treated", covariate: "x1" })
}

/// A case reads data / method / covariate / controls.
fn fit(data: &Data, case: &str) -> GroupTimeFit {
    let parts: Vec<&str> = case.split('/').collect();
    let design = GroupTimeEffects::new(data.outcome, data.index, data.first_treated)
        .never(Never::Value(10000))
        .adjustment(match parts[1] {
            "reg" => Adjustment::OutcomeRegression,
            "ipw" => Adjustment::InverseProbability,
            _ => Adjustment::DoublyRobust,
        })
        .controls(match parts[3] {
            "nevertreated" => Controls::NeverTreated,
            _ => Controls::NotYetTreated,
        });
    let design = if parts[2] == "x" { design.adjust_for([data.covariate]) } else { design };
    design.fit(&data.frame).unwrap()
}

fn uses_likelihood(case: &str) -> bool {
    case.contains("/x/") && !case.contains("/reg/")
}

/// The fits of all cases of the table.
fn fits(data: &Data, expected: &Expected) -> BTreeMap<String, GroupTimeFit> {
    let cases = expected.rows().map(|row| expected.text("case", row));
    let mut fits = BTreeMap::new();
    for case in cases {
        fits.entry(case).or_insert_with_key(|case| fit(data, case));
    }
    fits
}

#[test]
fn cells_and_averages_agree_with_r_did_and_its_python_relatives() {
    let Some(data) = base_stagg("cells_and_averages_agree_with_r_did_and_its_python_relatives") else {
        return;
    };
    let expected = Expected::read("base_stagg.csv", &["case", "quantity", "witness"]);
    let fits = fits(&data, &expected);
    let mut rows: BTreeMap<String, usize> = BTreeMap::new();
    for row in expected.rows() {
        let (case, quantity) = (expected.text("case", row), expected.text("quantity", row));
        if quantity == "pre_trend" {
            continue;
        }
        let (first, second) = (|| expected.whole("first", row), || expected.whole("second", row));
        let ours = found(&fits[&case], &quantity, first, second);
        let tolerance = if uses_likelihood(&case) { LIKELIHOOD } else { CLOSED_FORM };
        let apart = [
            ours.estimate - expected.number("estimate", row),
            ours.std_error.unwrap() - expected.number("std_error", row),
        ];
        let witness = expected.text("witness", row);
        assert!(
            apart.iter().all(|d| d.abs() < tolerance),
            "{case} {quantity} {}, {witness}: {apart:?}",
            ours.name
        );
        *rows.entry(witness).or_default() += 1;
    }
    assert_eq!(rows["R did 2.3.1.907"], 12 * (81 + 1 + 18 + 10 + 10), "{rows:?}");
    // csdid: the two kinds of comparison units; diff-diff: the mean effect and 17 event times.
    assert_eq!((rows["csdid 0.4.3"], rows["diff-diff 3.13.0"]), (2 * 120, 18));
}

#[test]
fn the_pre_test_is_that_of_r_did_where_it_has_one() {
    let Some(data) = base_stagg("the_pre_test_is_that_of_r_did_where_it_has_one") else { return };
    let expected = Expected::read("base_stagg.csv", &["case", "quantity", "witness"]);
    let statistic = |case: &str| {
        let mine = |row: &usize| {
            expected.text("quantity", *row) == "pre_trend" && expected.text("case", *row) == case
        };
        expected.rows().find(mine).map(|row| expected.number("estimate", row))
    };
    for (case, fit) in fits(&data, &expected) {
        match (statistic(&case), fit.pre_trend()) {
            // R prints the chi-squared statistic, we the F: a chi-squared over its degrees of freedom.
            (Some(theirs), Ok(test)) => {
                let ours = test.statistic * test.dof as f64;
                assert!((ours / theirs - 1.0).abs() < PRE_TREND, "{case}: {ours} for {theirs}");
            }
            // 36 leads of groups of five units, whose covariance has rank 34 without covariates: neither has a test.
            (None, Err(Error::Singular { .. })) => assert!(case.contains("/none/nevertreated"), "{case}"),
            other => panic!("{case}: {other:?}"),
        }
    }
}
