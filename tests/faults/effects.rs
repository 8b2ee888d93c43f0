//! Effects: which of them are one, which of their slopes are lost, what they cost.

use ceteris::{Absorption, Alternating, Error, Fit, Iid, Lsmr, Notice, Ols, Pcg, SmallSample, Solver};

use crate::data::frame;

fn methods() -> [Absorption; 6] {
    let (pcg, lsmr, alternating) = (Pcg::default(), Lsmr::default(), Alternating::default());
    [Absorption::Auto, Absorption::Direct, Absorption::Dummies, pcg.into(), lsmr.into(), alternating.into()]
}

fn fit(input: &str, formula: &str, method: Absorption) -> Result<Fit, Error> {
    let model: Ols = formula.parse().unwrap();
    model.solver(Solver::default().absorption(method)).fit(&frame(input))
}

fn close(found: f64, expected: f64, relative: f64) -> bool {
    (found - expected).abs() <= relative * expected.abs()
}

#[test]
fn an_id_and_a_name_are_one_effect() {
    for formula in ["y ~ x | id + name", "y ~ x | name + id", "y ~ x | id"] {
        for method in methods() {
            let fit = fit("same_partition", formula, method).unwrap();
            let x = fit.inference(Iid).unwrap().coef("x").unwrap().clone();
            assert!((x.estimate - 2.1131).abs() < 5e-5, "{formula} {method:?}: {}", x.estimate);
            assert!(
                (x.std_error.unwrap() - 0.3385).abs() < 5e-5,
                "{formula} {method:?}: {}",
                x.std_error.unwrap()
            );
            assert_eq!((fit.nobs() - fit.ledger().rank, fit.ledger().rank), (11, 5), "{formula} {method:?}");
        }
    }
    let estimate =
        |formula: &str, method| fit("same_partition", formula, method).unwrap().estimate("x").unwrap();
    let judge = estimate("y ~ x | id + year", Absorption::Dummies);
    for method in methods() {
        assert!(close(estimate("y ~ x | id + name + year", method), judge, 1e-9), "{method:?}");
    }
}

#[test]
fn slopes_of_months_as_yyyymm_are_kept_in_every_spelling_and_method() {
    for spelling in
        ["id[time] + id[time2]", "id + id[time] + id[time2]", "id[time, time2]", "id[time2] + id[time]"]
    {
        for method in methods() {
            let fit = fit("slopes_far_from_zero", &format!("y ~ x | {spelling}"), method).unwrap();
            let x = fit.inference(Iid).unwrap().coef("x").unwrap().clone();
            assert!(
                close(x.estimate, 0.484_217_342_168_944_85, 1e-9),
                "{spelling} {method:?}: {}",
                x.estimate
            );
            assert!(
                close(x.std_error.unwrap(), 0.060_051_704_211_193_21, 1e-9),
                "{spelling} {method:?}: {}",
                x.std_error.unwrap()
            );
            assert_eq!(fit.nobs() - fit.ledger().rank, 299, "{spelling} {method:?}");
            assert!(fit.notices().is_empty(), "{:?}", fit.notices());
        }
    }
}

#[test]
fn a_slope_that_does_not_vary_in_its_level_is_told() {
    let data = frame("slopes_far_from_zero");
    let (id, time) = (data.real("id").unwrap(), data.real("time").unwrap());
    let some: Vec<f64> = id.iter().zip(time).map(|(id, t)| if *id < 3.0 { 202_001.0 } else { *t }).collect();
    let data = data.clone().add_real("some", some).unwrap();
    for spelling in ["id[some]", "id + id[[some]]"] {
        for method in methods() {
            let model: Ols = format!("y ~ x | {spelling}").parse().unwrap();
            let fit = model.solver(Solver::default().absorption(method)).fit(&data).unwrap();
            let told =
                |notice: &Notice| matches!(notice, Notice::SlopesOmitted { slopes: 3, columns: 120, .. });
            assert!(fit.notices().iter().any(told), "{spelling} {method:?}: {:?}", fit.notices());
            assert_eq!(fit.ledger().rank, 118, "{spelling} {method:?}");
        }
    }
}

#[test]
fn an_upper_bound_of_the_rank_refuses_no_model_that_can_be_estimated() {
    let formula = "y ~ x + z + zz + big | dd^t + o^t + p^t + o^dd^p";
    let judge = fit("joint_collinear_iterations", formula, Absorption::Auto).unwrap();
    assert_eq!((judge.nobs(), judge.ledger().rank), (1030, 938));
    assert_eq!(judge.names(), ["x"]);
    for method in methods() {
        let fit = fit("joint_collinear_iterations", formula, method).unwrap();
        assert_eq!(fit.ledger().rank, judge.ledger().rank, "{method:?}");
        assert!(close(fit.estimate("x").unwrap(), judge.estimate("x").unwrap(), 1e-8), "{method:?}");
        assert!(!fit.notices().iter().any(|notice| matches!(notice, Notice::RankBounded { .. })));
    }
}

#[test]
fn every_correction_counts_an_id_and_its_name_in_its_own_way_and_none_panics() {
    let fit = fit("same_partition", "y ~ x | id + name", Absorption::Auto).unwrap();
    for small_sample in SmallSample::all() {
        let counted = small_sample.parameters(fit.ledger(), &[]);
        assert!((5..=8).contains(&counted), "{small_sample}: {counted}");
    }
}
