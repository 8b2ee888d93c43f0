//! The linear sets of NIST's Statistical Reference Datasets, certified with 500 digits: 13 correct digits of
//! every coefficient, standard error, residual standard deviation and R2, without rescaling by the user.

use std::fs;
use std::path::Path;

use ceteris::{Fit, Frame, Iid, LeastSquares, Ols, Solver};

/// Correct digits asked of every number; NIST prints 15.
const DIGITS: f64 = 13.0;

/// A set as its file gives it.
struct Certified {
    coefficients: Vec<(f64, f64)>,
    sigma: f64,
    r2: f64,
    frame: Frame,
}

/// Name, formula with the terms in the order of B0, B1, ...
const SETS: [(&str, &str); 11] = [
    ("Norris", "y ~ x1"),
    ("Pontius", "y ~ x1 + x1^2"),
    ("NoInt1", "y ~ x1 - 1"),
    ("NoInt2", "y ~ x1 - 1"),
    ("Filip", "y ~ x1 + x1^2 + x1^3 + x1^4 + x1^5 + x1^6 + x1^7 + x1^8 + x1^9 + x1^10"),
    ("Longley", "y ~ x1 + x2 + x3 + x4 + x5 + x6"),
    ("Wampler1", POLYNOMIAL),
    ("Wampler2", POLYNOMIAL),
    ("Wampler3", POLYNOMIAL),
    ("Wampler4", POLYNOMIAL),
    ("Wampler5", POLYNOMIAL),
];
const POLYNOMIAL: &str = "y ~ x1 + x1^2 + x1^3 + x1^4 + x1^5";

fn numbers(line: &str) -> Vec<f64> {
    line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}

/// Certified values stand in lines 31 to 60, data from line 61 on.
fn read(name: &str) -> Certified {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nist").join(format!("{name}.dat"));
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let is_parameter = |line: &&&str| {
        let first = line.split_whitespace().next().unwrap_or("");
        first.strip_prefix('B').is_some_and(|rest| rest.parse::<u32>().is_ok())
    };
    let coefficients =
        lines[30..60].iter().filter(is_parameter).map(|line| numbers(line)).map(|n| (n[0], n[1]));
    let starting = |words: &str| {
        let line = lines[30..60].iter().find(|line| line.trim_start().starts_with(words)).unwrap();
        numbers(line)[0]
    };
    let rows: Vec<Vec<f64>> =
        lines[60..].iter().map(|line| numbers(line)).filter(|row| row.len() > 1).collect();
    let column = |j: usize| rows.iter().map(|row| row[j]).collect::<Vec<f64>>();
    let mut frame = Frame::new().add_real("y", column(0)).unwrap();
    for j in 1..rows[0].len() {
        frame = frame.add_real(format!("x{j}"), column(j)).unwrap();
    }
    Certified {
        coefficients: coefficients.collect(),
        sigma: starting("Standard Deviation   "),
        r2: starting("R-Squared"),
        frame,
    }
}

/// Correct digits; for a certified zero, digits of the number against the scale that it is measured in.
fn digits(found: f64, certified: f64, scale: f64) -> f64 {
    let error =
        if certified == 0.0 { (found / scale).abs() } else { ((found - certified) / certified).abs() };
    if error == 0.0 { 15.0 } else { (-error.log10()).min(15.0) }
}

fn fit(formula: &str, frame: &Frame, backend: LeastSquares) -> Fit {
    let model: Ols = formula.parse().unwrap();
    model.solver(Solver::default().least_squares(backend)).fit(frame).unwrap()
}

/// The fewest correct digits of a set.
fn worst(name: &str, formula: &str, backend: LeastSquares) -> f64 {
    let certified = read(name);
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
        worst = worst.min(digits(found.std_error, *std_error, found.estimate.abs()));
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
