//! Variances that are zero but for rounding or not above zero: no standard error, and a notice.

use ceteris::error::NoStandardError;
use ceteris::staggered::{GroupTimeEffects, Never};
use ceteris::{Cluster, Error, Fit, Frame, Hc, Iid, Index, Notice, Ols, Vcov, Weights};
use proptest::prelude::*;

use crate::data::frame;

fn fitted(formula: &str, data: &Frame) -> Fit {
    formula.parse::<Ols>().unwrap().fit(data).unwrap()
}

/// The reason why this coefficient has no standard error, which nothing that follows from it has either.
fn absent(fit: &Fit, vcov: impl Into<Vcov>, name: &str) -> NoStandardError {
    let table = fit.inference(vcov).unwrap();
    let coef = table.coef(name).unwrap();
    for refused in [coef.statistic(), coef.p_value(), coef.confint(0.95).map(|ends| ends.0)] {
        assert!(matches!(refused, Err(Error::NoStandardError { .. })), "{name}: {refused:?}");
    }
    assert!(matches!(table.wald(&[name]), Err(Error::NoStandardError { .. })));
    let told = |notice: &Notice| match notice {
        Notice::NoStandardError { coefficients, .. } => coefficients.iter().any(|held| held == name),
        other => *other == Notice::PerfectFit,
    };
    assert!(table.notices().iter().any(told), "{table}");
    coef.std_error.unwrap_err()
}

#[test]
fn scores_that_cancel_in_every_cluster_have_no_variance() {
    let fit = fitted("y ~ x | g", &frame("cluster_variance_zero"));
    assert_eq!(absent(&fit, Cluster::by(["g"]), "x"), NoStandardError::NoVariance);
    assert!(fit.inference(Iid).unwrap().coef("x").unwrap().std_error.is_ok());
}

#[test]
fn a_variance_below_zero_over_two_ways_is_none_whatever_is_repaired() {
    let fit = fitted("y ~ x", &frame("two_way_negative"));
    assert_eq!(absent(&fit, Cluster::by(["a", "b"]), "x"), NoStandardError::NotPositive);
    let data = frame("multiway_repair");
    for x in ["x", "xk", "xm"] {
        let fit = fitted(&format!("y ~ {x}"), &data);
        assert_eq!(absent(&fit, Cluster::by(["a", "b"]), x), NoStandardError::NotPositive);
    }
}

#[test]
fn a_row_that_fits_itself_tells_no_variance() {
    let fit = fitted("y ~ k - 1", &frame("coefficient_from_one_row"));
    for vcov in [Vcov::from(Hc::Hc0), Hc::Hc1.into(), Cluster::by(["cl"]).into()] {
        assert_eq!(absent(&fit, vcov, "k::c"), NoStandardError::NoVariance);
    }
}

#[test]
fn a_perfect_fit_says_that_it_is_one() {
    let line = "y ~ x".parse::<Ols>().unwrap().weights(Weights::frequency("w"));
    let line = line.fit(&frame("perfect_fit")).unwrap();
    assert_eq!(absent(&line, Iid, "x"), NoStandardError::PerfectFit);
    let data = frame("perfect_fit_regressors");
    for formula in ["y ~ x + z", "y ~ y + z"] {
        let fit = fitted(formula, &data);
        for vcov in [Vcov::from(Iid), Hc::Hc1.into()] {
            assert_eq!(absent(&fit, vcov, "z"), NoStandardError::PerfectFit, "{formula}");
        }
    }
}

#[test]
fn an_event_time_without_a_variance_leaves_the_others_and_the_band() {
    let index = Index { unit: "unit", time: "time" };
    let fit = GroupTimeEffects::new("y", index, "ft")
        .never(Never::Missing)
        .fit(&frame("event_without_variance"))
        .unwrap();
    let path = fit.path().unwrap();
    let (without, with): (Vec<_>, Vec<_>) = path.coefs().into_iter().partition(|c| c.std_error.is_err());
    assert!(!without.is_empty() && !with.is_empty(), "{path}");
    assert_eq!(path.notices().len(), 1);
    assert_eq!(path.band(0.95).unwrap().points.len(), with.len());
}

/// Outcome, two regressors, weight and two ways of clustering.
type Observed = (f64, f64, f64, f64, u8, u8);

fn rows() -> impl Strategy<Value = Vec<Observed>> {
    let row = (-9.0..9.0f64, -9.0..9.0f64, -9.0..9.0f64, 0.5..4.0f64, 0..5u8, 0..4u8);
    proptest::collection::vec(row, 24..40)
}

fn data(rows: &[Observed], scale: [f64; 3]) -> Frame {
    let column = |of: &dyn Fn(&Observed) -> f64| rows.iter().map(of).collect::<Vec<_>>();
    let columns = [
        ("y", column(&|row| scale[0] * (row.0 + 0.5 * row.1))),
        ("x", column(&|row| scale[1] * row.1)),
        ("z", column(&|row| row.2)),
        ("w", column(&|row| scale[2] * row.3)),
        ("a", column(&|row| f64::from(row.4))),
        ("b", column(&|row| f64::from(row.5))),
        ("line", column(&|row| scale[0] * (3.0 + 2.0 * row.1))),
    ];
    let add = |frame: Frame, (name, values): (&str, Vec<f64>)| frame.add_real(name, values).unwrap();
    columns.into_iter().fold(Frame::new(), add)
}

fn every_vcov() -> [Vcov; 4] {
    [Iid.into(), Hc::Hc1.into(), Cluster::by(["a"]).into(), Cluster::by(["a", "b"]).into()]
}

/// t, or why there is none.
fn t(fit: &Fit, vcov: Vcov, name: &str) -> Result<f64, NoStandardError> {
    let coef = fit.inference(vcov).unwrap().coef(name).unwrap();
    coef.std_error.map(|error| coef.estimate / error)
}

fn alike(one: Result<f64, NoStandardError>, other: Result<f64, NoStandardError>) -> bool {
    match (one, other) {
        (Ok(one), Ok(other)) => (one - other).abs() <= 1e-7 * one.abs().max(1e-3),
        (one, other) => one == other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_unit_of_the_outcome_or_of_a_regressor_changes_a_statistic_or_its_absence(
        rows in rows(), powers in (-8..=8i32, -8..=8i32)
    ) {
        let scale = [10f64.powi(powers.0), 10f64.powi(powers.1), 1.0];
        let (plain, scaled) = (data(&rows, [1.0; 3]), data(&rows, scale));
        for formula in ["y ~ x + z", "line ~ x + z"] {
            for vcov in every_vcov() {
                for name in ["x", "z"] {
                    let one = t(&fitted(formula, &plain), vcov.clone(), name);
                    let other = t(&fitted(formula, &scaled), vcov.clone(), name);
                    prop_assert!(alike(one, other), "{formula} {vcov} {name}: {one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn a_healthy_model_keeps_its_standard_errors_and_a_perfect_fit_has_none(rows in rows(), far in 0.0..1e6f64) {
        let plain = data(&rows, [1.0; 3]);
        let shifted = plain.real("y").unwrap().iter().map(|y| y + far).collect();
        let plain = plain.add_real("far", shifted).unwrap();
        for vcov in every_vcov().into_iter().take(3) {
            for outcome in ["y", "far"] {
                let formula = format!("{outcome} ~ x + z");
                prop_assert!(t(&fitted(&formula, &plain), vcov.clone(), "x").is_ok());
            }
            let perfect = t(&fitted("line ~ x + z", &plain), vcov, "x");
            prop_assert_eq!(perfect, Err(NoStandardError::PerfectFit));
        }
    }

    #[test]
    fn no_unit_of_analytic_weights_is_in_anything_printed(rows in rows(), power in -6..=6i32) {
        let of = |scale: f64| {
            let model = "y ~ x + z".parse::<Ols>().unwrap().weights(Weights::analytic("w"));
            model.fit(&data(&rows, [1.0, 1.0, scale])).unwrap()
        };
        let (one, other) = (of(1.0), of(10f64.powi(power)));
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs();
        prop_assert!(near(one.quality().rmse, other.quality().rmse));
        prop_assert!(near(one.quality().sigma, other.quality().sigma));
        prop_assert!(near(one.quality().r2, other.quality().r2));
        for vcov in every_vcov() {
            prop_assert!(alike(t(&one, vcov.clone(), "x"), t(&other, vcov, "x")));
        }
    }
}
