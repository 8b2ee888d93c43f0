//! Every estimator, absorption, kind of weights and covariance.
//!
//! A fit is compared by its `Debug` text: it has every field, and every number with the digits that
//! read back to the same bits.

use ceteris::did::DesignFit;
use ceteris::frame::WeightKind;
use ceteris::{
    Absorption, Alternating, Cluster, DifferenceInDifferences, Error, Fit, Frame, Groups, Hc, Iid, Index,
    LaggedOutcome, Lsmr, Ols, Pcg, Reform, SmallSample, Solver, TripleDifference, Vcov, Weights, fe,
};

use crate::assert_same_bytes;
use crate::panel::{REFORM, frame};

/// Every kind of weights, and none.
fn weights() -> [Option<Weights>; 4] {
    [
        None,
        Some(Weights::analytic("weight")),
        Some(Weights::frequency("weight")),
        Some(Weights::probability("weight")),
    ]
}

/// Covariances that cost little.
fn covariances() -> Vec<Vcov> {
    vec![
        Iid.into(),
        Hc::Hc0.into(),
        Hc::Hc1.into(),
        Cluster::by(["unit"]).cr0().into(),
        Cluster::by(["unit"]).into(),
        Cluster::by(["region^year"]).into(),
        Cluster::by(["unit", "year"]).into(),
        Cluster::by(["commissioner", "year", "ward"]).into(),
    ]
}

/// Covariances that need the leverage of every row.
fn leverages() -> Vec<Vcov> {
    vec![Hc::Hc2.into(), Hc::Hc3.into()]
}

/// All that a fit and its covariances hold; iid errors and probability weights refuse each other.
fn everything(fit: &Fit, covariances: &[Vcov]) -> String {
    let mut text = format!("{fit:?}\n{fit}\n");
    let probability = fit.weights().is_some_and(|w| w.kind() == WeightKind::Probability);
    for vcov in covariances {
        let table = match fit.inference(vcov.clone()) {
            Ok(table) => table,
            Err(Error::Unsupported { .. }) if probability && *vcov == Vcov::from(Iid) => continue,
            Err(error) => panic!("{vcov}: {error}"),
        };
        let joint = table.wald(&[&fit.names()[0]]); // a repaired covariance may refuse, the same each time
        text.push_str(&format!("{:?}\n{joint:?}\n{table}\n", table.matrix()));
    }
    text
}

/// Compares a regression for every kind of weights.
fn assert_regression(formula: &str, absorption: impl Into<Absorption>, method: &str, covariances: &[Vcov]) {
    let absorption = absorption.into();
    let frame = frame();
    let required = ["unit", "year", "region", "ward", "commissioner"];
    let model: Ols = formula.parse().expect("a formula");
    let model = model.require(required).solver(Solver::default().absorption(absorption));
    for weights in weights() {
        let model = weights.iter().fold(model.clone(), |model, weights| model.weights(weights.clone()));
        assert_same_bytes(&format!("{model}, {weights:?}, {method}"), || {
            let fit = model.fit(&frame).expect("a fit");
            assert_eq!(fit.absorbed().method.name(), method);
            everything(&fit, covariances)
        });
    }
}

fn all() -> Vec<Vcov> {
    [covariances(), leverages()].concat()
}

#[test]
fn least_squares_without_effects() {
    assert_regression("y ~ x * z + log(size)", Absorption::Auto, "none", &all());
}

#[test]
fn least_squares_with_enough_columns_for_matrix_products() {
    assert_regression("y ~ x * z + i(year, 2004)", Absorption::Auto, "none", &all());
}

#[test]
fn least_squares_close_to_collinear() {
    assert_regression("y ~ x + z + near + size^2", Absorption::Auto, "none", &covariances());
}

#[test]
fn one_effect() {
    assert_regression("y ~ x * z | unit", Absorption::Auto, "exact", &all());
}

#[test]
fn two_effects_directly() {
    assert_regression("y ~ x * z | unit + year", Absorption::Direct, "direct", &all());
}

#[test]
fn three_effects_one_of_them_an_interaction() {
    assert_regression("y ~ x * z | unit + ward + year^affected", Absorption::Auto, "direct", &covariances());
}

#[test]
fn effects_by_alternating_projections() {
    let settings = Alternating::default();
    assert_regression("y ~ x * z | unit + ward + year", settings, "alternating", &covariances());
}

#[test]
fn effects_by_other_iterations() {
    assert_regression("y ~ x * z | unit + ward + year", Pcg::default(), "pcg", &covariances());
    assert_regression("y ~ x * z | unit + ward + year", Lsmr::default(), "lsmr", &covariances());
}

#[test]
fn leverages_after_alternating_projections() {
    assert_regression("y ~ x | region + year", Alternating::default(), "alternating", &leverages());
}

#[test]
fn slopes_that_vary() {
    assert_regression("y ~ x | unit[size] + year", Absorption::Auto, "direct", &covariances());
    assert_regression("y ~ x + z | region[[size, near]]", Absorption::Auto, "exact", &covariances());
}

#[test]
fn effects_as_dummies() {
    assert_regression("y ~ x * z | region + year", Absorption::Dummies, "dummies", &covariances());
}

#[test]
fn every_small_sample_correction() {
    let frame = frame();
    let model: Ols = "y ~ x * z | unit + year".parse().expect("a formula");
    assert_same_bytes("small-sample corrections", || {
        let fit = model.fit(&frame).expect("a fit");
        let tables = SmallSample::all().map(|correction| {
            let table =
                fit.inference(Cluster::by(["unit", "year"]).small_sample(correction)).expect("a table");
            format!("{:?}\n{table}\n", table.matrix())
        });
        tables.collect::<String>()
    });
}

const REFORMED: Reform<'_> = Reform { time: "year", date: REFORM };
const PLACEBO: i64 = REFORM - 2;

fn clustered() -> Vcov {
    Cluster::by(["unit"]).into()
}

/// A design's regression, its effect and its joint test.
fn shown(design: &DesignFit, test: Option<&DesignFit>) -> String {
    let effect = design.effect(clustered()).expect("an effect");
    let joint = test.map(|test| test.joint(clustered()).expect("a joint test"));
    let regression = test.map(|test| test.fit().clone());
    format!("{effect:?}\n{joint:?}\n{regression:?}\n{}", everything(design.fit(), &covariances()))
}

/// Compares a design for every kind of weights.
fn assert_design(what: &str, run: impl Fn(&Frame, Option<Weights>) -> String + Send + Sync) {
    let frame = frame();
    for weights in weights() {
        assert_same_bytes(&format!("{what}, {weights:?}"), || run(&frame, weights.clone()));
    }
}

#[test]
fn difference_in_differences() {
    assert_design("difference-in-differences", |frame, weights| {
        let design = DifferenceInDifferences::new("y", "treated", REFORMED)
            .adjust_for(["x"])
            .require(["commissioner"]);
        let design = design.absorb([fe("series"), fe("year")]);
        let design = weights.into_iter().fold(design, DifferenceInDifferences::weights);
        let test = design.pre_trend().expect("a dated reform").fit(frame).expect("a joint test");
        let placebo = design.placebo(PLACEBO).expect("a dated reform").fit(frame).expect("a placebo");
        let design = design.fit(frame).expect("a fit");
        format!("{}\n{}", shown(&design, Some(&test)), shown(&placebo, None))
    });
}

#[test]
fn triple_difference() {
    assert_design("triple difference", |frame, weights| {
        let groups = Groups { treated: "treated", affected: "affected" };
        let design = TripleDifference::new("y", groups, REFORMED).adjust_for(["x"]).require(["commissioner"]);
        let effects = [fe("unit").by("affected"), fe("year").by("affected"), fe("year").by("treated")];
        let design = weights.into_iter().fold(design.absorb(effects), TripleDifference::weights);
        let test = design.pre_trend().expect("a dated reform").fit(frame).expect("a joint test");
        let placebo = design.placebo(PLACEBO).expect("a dated reform").fit(frame).expect("a placebo");
        let design = design.fit(frame).expect("a fit");
        format!("{}\n{}", shown(&design, Some(&test)), shown(&placebo, None))
    });
}

#[test]
fn lagged_outcome() {
    assert_design("lagged outcome", |frame, weights| {
        let pairs = Index { unit: "series", time: "year" };
        let units = Index { unit: "unit", time: "year" };
        let designs = [
            LaggedOutcome::new("y", pairs, "treated").lags(2),
            LaggedOutcome::new("y", pairs, "treated").reform(REFORM).lags(3),
            LaggedOutcome::new("y", units, "treated").affected("affected").reform(REFORM).lags(2),
        ];
        let texts = designs.into_iter().map(|design| {
            let design = weights.clone().into_iter().fold(design, LaggedOutcome::weights);
            let design = design.adjust_for(["x"]).require(["commissioner"]);
            let placebo = design.clone().reform(REFORM).placebo(PLACEBO, 2).expect("a dated reform");
            let joint = placebo.joint_test(frame, clustered()).expect("a joint test");
            let placebo = placebo.fit(frame).expect("a placebo");
            let design = design.fit(frame).expect("a fit");
            format!("{}\n{joint:?}\n{}", shown(&design, None), shown(&placebo, None))
        });
        texts.collect::<String>()
    });
}
