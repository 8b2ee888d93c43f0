//! What an explanation says of each program.

use super::*;
use crate::error::Error;
use crate::frame::Frame;
use crate::model::Fit;
use crate::model::Ols;
use crate::vcov::{Cluster, Hc, Iid, PRESETS, Vcov};

/// Eight firms in four regions over six years, no two rows alike.
fn fit(formula: &str) -> Fit {
    let rows = 0..48_u32;
    let wave = |i: u32| f64::from(i * i % 17) + f64::from(i * 7 % 13) / 10.0;
    let column = |value: fn(u32) -> f64| rows.clone().map(value).collect::<Vec<f64>>();
    let frame = Frame::new()
        .add_real("x", column(|i| f64::from(i * 5 % 11) + f64::from(i / 6)))
        .and_then(|frame| {
            frame.add_real("y", rows.clone().map(|i| wave(i) + f64::from(i * 5 % 11)).collect())
        })
        .and_then(|frame| frame.add_real("z", column(|i| f64::from(i * 3 % 7))))
        .and_then(|frame| frame.add_real("firm", column(|i| f64::from(i / 6))))
        .and_then(|frame| frame.add_real("region", column(|i| f64::from(i / 12))))
        .and_then(|frame| frame.add_real("year", column(|i| f64::from(i % 6))))
        .unwrap();
    formula.parse::<Ols>().unwrap().fit(&frame).unwrap()
}

fn vcovs() -> Vec<Vcov> {
    let mut vcovs = vec![Iid.into(), Cluster::by(["region"]).into(), Cluster::by(["region"]).cr0().into()];
    vcovs.extend([Cluster::by(["firm", "year"]).into(), Cluster::by(["firm"]).into()]);
    vcovs.extend([Hc::Hc0, Hc::Hc1, Hc::Hc2, Hc::Hc3].map(Vcov::from));
    vcovs
}

#[test]
fn each_account_is_the_inference_under_its_preset() {
    for formula in ["y ~ x + z", "y ~ x | firm", "y ~ x + z | firm + year", "y ~ z | firm[x] + year"] {
        let fit = fit(formula);
        for vcov in vcovs() {
            let explanation = fit.explain(vcov.clone(), None).unwrap();
            assert!(explanation.refused.is_empty());
            for (account, (program, preset)) in explanation.accounts.iter().zip(PRESETS) {
                let inference = fit.inference(vcov.clone().small_sample(*preset)).unwrap();
                let label = format!("{formula}, {vcov}, {}", program);
                assert_eq!(account.coefs, inference.coefs(), "{label}");
                assert_eq!(account.distribution, inference.distribution(), "{label}");
                let ParameterCount { total, regressors, effects, nested } = account.parameters;
                assert_eq!(total, inference.parameters(), "{label}");
                assert_eq!(total, regressors + effects - nested, "{label}");
            }
        }
    }
}

#[test]
fn what_differs_in_numbers_is_named_and_only_that() {
    for formula in ["y ~ x + z", "y ~ x | firm", "y ~ x + z | firm + year", "y ~ z | firm[x] + year"] {
        for vcov in vcovs() {
            let explanation = fit(formula).explain(vcov.clone(), None).unwrap();
            let exact = &explanation.accounts[0];
            for account in &explanation.accounts {
                let (low, high) = account.ratio.unwrap();
                let same = (low - 1.0).abs().max((high - 1.0).abs()) < 1e-12;
                let same = same && account.distribution == exact.distribution;
                let label = format!("{formula}, {vcov}, {}: {}", account.program, account.sentence());
                assert_eq!(same, account.differences.is_empty(), "{label}");
            }
        }
    }
}

#[test]
fn nested_effects_are_named_with_what_they_cost() {
    let explanation = fit("y ~ x | firm + year").explain(Cluster::by(["region"]), Some("x")).unwrap();
    let areg = explanation.account("areg").unwrap();
    let names = vec!["firm".to_string()];
    assert_eq!(areg.differences, [Difference::CountsNested { effects: names, levels: 8 }]);
    // n = 48; K = 1 + 8 + 6 - 1 = 14, of which 7 are spared.
    assert!((areg.ratio.unwrap().0 - (41.0_f64 / 34.0).sqrt()).abs() < 1e-12);
    assert!(
        areg.sentence().ends_with("in K: standard errors 1.0981 times those of exact"),
        "{}",
        areg.sentence()
    );
    let julia = explanation.account("FixedEffectModels.jl").unwrap();
    assert_eq!((julia.parameters.total, julia.evidence), (8, Evidence::Documented));
    assert_eq!(explanation.account("fixest").unwrap().sentence(), "as exact");
    assert_eq!(areg.coefs.len(), 1);
}

#[test]
fn a_program_without_degrees_of_freedom_is_refused_and_the_others_are_not() {
    // Of 48 rows the rank takes 29 and the levels 51: K is 51 without the levels shared.
    let fit = fit("y ~ z | firm + year + region^year + region + firm^region");
    let explanation = fit.explain(Iid, None).unwrap();
    assert_eq!(explanation.accounts[0].parameters.total, 29);
    let refused: Vec<_> =
        explanation.refused.iter().map(|refused| (refused.program, &refused.error)).collect();
    let error = matches!(refused[..], [(_, Error::TooFewObservations { nobs: 48, parameters: 51 })]);
    assert!(error && refused[0].0 == "FixedEffectModels.jl", "{refused:?}");
    assert_eq!(explanation.accounts.len(), PRESETS.len() - 1);
}

#[test]
fn an_unknown_term_is_an_error() {
    assert!(matches!(fit("y ~ x").explain(Iid, Some("z")), Err(Error::UnknownCoefficient { .. })));
}
