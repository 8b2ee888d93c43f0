//! Numbers computed by plain numpy: `tests/data/lagged_outcome`.

use ceteris::ldv::{RegressionAdjustment, Target};
use ceteris::{Bracket, Cluster, Coefficient, Frame, Hc, LaggedOutcome, Weights, fe};
use support::{Place, Row, tests_data};

use crate::simulated::INDEX;

/// Two programs, two ways to absorb effects, and a generalised inverse on one side; 2e-14 was seen.
const SAME: f64 = 1e-12;

fn panel() -> Frame {
    Place::Committed.read("lagged_outcome/panel.csv").unwrap()
}

fn expected(quantity: &str, name: &str) -> f64 {
    let rows = Row::read_all(&tests_data().join("lagged_outcome/expected.csv"));
    let found = rows.iter().find(|row| row.quantity == quantity && row.name == name);
    found.unwrap_or_else(|| panic!("no {quantity} of {name}")).value
}

fn meets(quantity: &str, name: &str, value: f64) {
    let expected = expected(quantity, name);
    let deviation = (value - expected).abs() / (1.0 + expected.abs());
    assert!(deviation < SAME, "{quantity} of {name}: {value} against {expected}, {deviation:e}");
}

fn coefficient(name: &str, found: &Coefficient) {
    meets("coef", name, found.estimate);
    meets("std_error", name, found.std_error.unwrap());
}

fn by_region() -> Cluster {
    Cluster::by(["region"])
}

fn weights() -> Weights {
    Weights::analytic("w")
}

fn design() -> LaggedOutcome {
    LaggedOutcome::new("y", INDEX, "treated").reform(5).weights(weights())
}

#[test]
fn the_bracket_and_its_joint_covariance_match() {
    let bracket = Bracket::new("y", INDEX, "treated", 5).weights(weights());
    let report = bracket.fit(&panel()).unwrap().report(by_region()).unwrap();
    coefficient("difference", &report.difference);
    coefficient("lagged", &report.lagged);
    meets("covariance", "difference, lagged", report.covariance);
    meets("std_error", "gap", report.gap.std_error.unwrap());
    coefficient("slope", &report.stationarity.slope);
}

#[test]
fn distances_of_the_baselines_match() {
    let report = Bracket::new("y", INDEX, "treated", 5).fit(&panel()).unwrap().report(Hc::Hc1).unwrap();
    meets("distance", "lower, unweighted", report.order.dominance.lower.distance);
    meets("distance", "higher, unweighted", report.order.dominance.higher.distance);
}

#[test]
fn several_doses_match_in_one_fit() {
    let fit = design().doses(["dose2", "dose3"]).lags(2).fit(&panel()).unwrap();
    let effects = fit.effects(by_region()).unwrap();
    assert_eq!(effects.len(), 3);
    effects.iter().for_each(|effect| coefficient(&format!("doses {}", effect.name), effect));
    meets("f", "doses", fit.joint(by_region()).unwrap().statistic);
}

#[test]
fn effects_by_event_time_match() {
    let path = design().fit_by_time(&panel()).unwrap().path(by_region()).unwrap();
    assert_eq!(path.times(), [0, 1]);
    for effect in path.coefs() {
        coefficient(&format!("path {}", effect.name), &effect);
    }
    meets("covariance", "path", path.matrix()[(0, 1)]);
}

#[test]
fn regression_adjustment_matches_with_and_without_the_variance_of_the_means() {
    for (name, target) in [("treated", Target::Treated), ("all", Target::All)] {
        let fit = RegressionAdjustment::new(design().adjust_for(["x"]), target).fit(&panel()).unwrap();
        let fixed = fit.effect_on_these_rows(by_region()).unwrap();
        let estimated = fit.effect(by_region()).unwrap();
        meets("coef", &format!("adjusted {name}"), fixed.estimate);
        meets("std_error", &format!("adjusted {name}, fixed means"), fixed.std_error.unwrap());
        meets("coef", &format!("adjusted {name}"), estimated.estimate);
        meets("std_error", &format!("adjusted {name}, estimated means"), estimated.std_error.unwrap());
    }
}

#[test]
fn the_half_panel_jackknife_matches() {
    let design = LaggedOutcome::new("y", INDEX, "x").absorb([fe("unit")]).weights(weights());
    let fit = design.half_panel_jackknife(&panel()).unwrap();
    for name in ["x", "y_lag1"] {
        coefficient(&format!("jackknife {name}"), &fit.coef(name, by_region()).unwrap());
    }
}
