//! Certificates: what they promise holds, and each warning has a data set that trips it.

use ceteris::error::Category;
use ceteris::{Absorption, Alternating, Error, Fit, Frame, Notice, Ols, Solver};

/// Workers and firms in a long chain, on which alternating projections are slow: worker i is seen at
/// firms i and i + 1.
fn chain(links: usize) -> Frame {
    let rows: Vec<(f64, f64)> =
        (0..links).flat_map(|i| [(i as f64, i as f64), (i as f64, (i + 1) as f64)]).collect();
    let rows: Vec<(f64, f64)> = rows.iter().chain(&rows).copied().collect();
    let noise = |i: usize, scale: f64| (43_758.5 * (scale * (i + 1) as f64).sin()).fract();
    let x: Vec<f64> = (0..rows.len()).map(|i| noise(i, 12.9) + 0.01 * rows[i].0).collect();
    let y: Vec<f64> =
        (0..rows.len()).map(|i| 2.0 * x[i] + noise(i, 78.2) + (rows[i].0 * 0.1).sin()).collect();
    let column = |of: fn(&(f64, f64)) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
    Frame::new()
        .add_real("worker", column(|row| row.0))
        .and_then(|f| f.add_real("firm", column(|row| row.1)))
        .and_then(|f| f.add_real("x", x))
        .and_then(|f| f.add_real("y", y))
        .unwrap()
}

fn fit(frame: &Frame, absorption: impl Into<Absorption>) -> Result<Fit, Error> {
    let model: Ols = "y ~ x | worker + firm".parse().unwrap();
    model.solver(Solver::default().absorption(absorption)).fit(frame)
}

#[test]
fn an_exact_fit_vouches_for_almost_all_digits() {
    let fit = fit(&chain(60), Absorption::Direct).unwrap();
    let certificate = fit.certificate();
    assert!(certificate.digits > 12.0, "{certificate:?}");
    assert!(certificate.first_order < 1e-13, "{certificate:?}");
    assert!(certificate.condition < 2.0, "{certificate:?}");
}

#[test]
fn the_error_of_loose_absorption_is_within_its_bound() {
    let frame = chain(150);
    let truth = fit(&frame, Absorption::Direct).unwrap().estimate("x").unwrap();
    for tolerance in [1e-2, 1e-3, 1e-4, 1e-6] {
        let loose = match fit(&frame, Alternating::default().tolerance(tolerance)) {
            Err(Error::Untrustworthy { .. }) => continue, // refused, so nothing is promised
            other => other.unwrap(),
        };
        let error = (loose.estimate("x").unwrap() - truth).abs();
        let bound = loose.certificate().absorption_error[0];
        assert!(error <= bound + 1e-12, "tolerance {tolerance}: error {error:.2e}, bound {bound:.2e}");
    }
}

#[test]
fn absorption_without_a_meaning_is_refused() {
    let error = fit(&chain(150), Alternating::default().tolerance(0.1)).unwrap_err();
    assert!(matches!(error, Error::Untrustworthy { .. }), "{error}");
    assert_eq!(error.category(), Category::Numerics);
}

/// Two regressors that differ by `gap`, beside an effect.
fn nearly_collinear(gap: f64) -> Result<Fit, Error> {
    let noise = |i: usize, scale: f64| (43_758.5 * (scale * (i + 1) as f64).sin()).fract();
    let x: Vec<f64> = (0..200).map(|i| noise(i, 12.9)).collect();
    let z: Vec<f64> = (0..200).map(|i| x[i] + gap * noise(i, 39.3)).collect();
    let y: Vec<f64> = (0..200).map(|i| x[i] + noise(i, 78.2)).collect();
    let frame = Frame::new()
        .add_real("x", x)
        .and_then(|f| f.add_real("z", z))
        .and_then(|f| f.add_real("y", y))
        .and_then(|f| f.add_real("g", (0..200).map(|i| f64::from(i % 7)).collect()))?;
    "y ~ x + z | g".parse::<Ols>()?.fit(&frame)
}

#[test]
fn nearly_collinear_regressors_trip_the_notice_and_then_the_omission() {
    assert!(nearly_collinear(0.1).unwrap().certificate().digits > 12.0);
    let fit = nearly_collinear(1e-11).unwrap();
    assert!(fit.certificate().digits < 6.0, "{:?}", fit.certificate());
    assert!(fit.notices().iter().any(|notice| matches!(notice, Notice::FewTrustedDigits { .. })));
    let omitted = nearly_collinear(1e-15).unwrap();
    assert_eq!(omitted.names(), ["x"]);
}
