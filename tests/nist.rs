//! The linear sets of NIST's Statistical Reference Datasets, certified with 500 digits: 13 correct digits of
//! every coefficient, standard error, residual standard deviation and R2, without rescaling by the user.

use ceteris::error::NoStandardError;
use ceteris::{Fit, Frame, Iid, LeastSquares, Ols, Solver};
use support::digits;
use support::nist::{CertifiedSet, SETS};

/// Correct digits asked of every number; NIST prints 15.
const DIGITS: f64 = 13.0;

fn fit(formula: &str, frame: &Frame, backend: LeastSquares) -> Fit {
    let model: Ols = formula.parse().unwrap();
    model.solver(Solver::default().least_squares(backend)).fit(frame).unwrap()
}

/// The fewest correct digits of a set.
fn worst(name: &str, formula: &str, backend: LeastSquares) -> f64 {
    let certified = CertifiedSet::read(name);
    let fit = fit(formula, &certified.frame, backend);
    let table = fit.inference(Iid).unwrap();
    assert_eq!(table.coefs().len(), certified.coefficients.len(), "{name}");
    let outcome = certified.frame.real("y").unwrap().iter().fold(0.0, |m: f64, y| m.max(y.abs()));
    let mut worst = digits(fit.quality().sigma, certified.sigma, outcome).min(digits(
        fit.quality().r2,
        certified.r2,
        1.0,
    ));
    for (found, (estimate, std_error)) in table.coefs().iter().zip(&certified.coefficients) {
        worst = worst.min(digits(found.estimate, *estimate, 1.0));
        match found.std_error {
            Ok(ours) => worst = worst.min(digits(ours, *std_error, found.estimate.abs())),
            Err(reason) => assert_eq!((reason, *std_error), (NoStandardError::PerfectFit, 0.0), "{name}"),
        }
    }
    worst
}

#[test]
fn every_set_has_thirteen_digits() {
    let mut short = Vec::new();
    for (name, formula) in SETS {
        let digits = worst(name, formula, LeastSquares::Faer);
        println!("{name}: {digits:.1}");
        if digits < DIGITS {
            short.push((name, digits));
        }
    }
    assert!(short.is_empty(), "{short:?}");
}

#[cfg(feature = "lapack")]
#[test]
fn every_set_has_thirteen_digits_with_lapack() {
    for (name, formula) in SETS {
        assert!(worst(name, formula, LeastSquares::Lapack) >= DIGITS, "{name}");
    }
}

#[test]
fn a_digit_less_would_be_seen() {
    assert!(digits(1.0 + 1e-12, 1.0, 1.0) < DIGITS);
    assert!(digits(1e-12, 0.0, 1.0) < DIGITS);
}
