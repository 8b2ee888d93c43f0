//! Section 1: the linear sets of NIST's Statistical Reference Datasets.

use ceteris::{Iid, Ols};
use ceteris_report::{Cell, Column, Table};
use support::nist::{CertifiedSet, SETS};
use support::{MOST_DIGITS, digits};

use crate::failure::Failure;

/// The section with its table.
pub(crate) fn section() -> Result<String, Failure> {
    let mut table = Table::new("Correct digits of the certified values")
        .column(Column::text("set"))
        .column(Column::text("difficulty (NIST)"))
        .column(Column::number("coefficients"))
        .column(Column::number("standard errors"))
        .column(Column::number("residual s.d."))
        .column(Column::number("R2"))
        .column(Column::number("trusted digits"));
    for (name, formula) in SETS {
        table = table.row(row(name, formula)?);
    }
    let table = table.note(
        "Trusted digits: what the fit itself says of its coefficients, from the condition of the problem. Data are \
         taken as the doubles they become; that a decimal in a file may be no double is not counted. Where NIST \
         certifies a standard error of zero, its digits are relative to the coefficient.",
    );
    Ok(format!(
        "## 1. Certified sets of NIST

The linear sets of the Statistical Reference Datasets (NIST/ITL), computed there with 500 digits and printed with
15. The data go in as published, without rescaling. `cargo test --test nist` asks for 13 digits of each number.

{}",
        table.markdown()?
    ))
}

fn row(name: &str, formula: &str) -> Result<Vec<Cell>, Failure> {
    let set = CertifiedSet::read(name);
    let fit = formula.parse::<Ols>()?.fit(&set.frame)?;
    let table = fit.inference(Iid)?;
    let (mut coefficients, mut std_errors) = (MOST_DIGITS, MOST_DIGITS);
    for (found, &(estimate, std_error)) in table.coefs().iter().zip(&set.coefficients) {
        coefficients = digits(found.estimate, estimate, 1.0).min(coefficients);
        std_errors = digits(found.std_error.unwrap(), std_error, found.estimate).min(std_errors);
    }
    let outcome = set.frame.real("y")?.iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    let quality = fit.quality();
    let numbers = [
        coefficients,
        std_errors,
        digits(quality.sigma, set.sigma, outcome),
        digits(quality.r2, set.r2, 1.0),
        fit.certificate().digits.min(MOST_DIGITS),
    ];
    let cells = numbers.map(|number| Cell::real(number, 1));
    Ok([Cell::from(name), set.difficulty.into()].into_iter().chain(cells).collect())
}
