//! Section 1: the linear sets of NIST's Statistical Reference Datasets.

use std::path::Path;

use ceteris::{Frame, Iid, Ols};
use ceteris_report::{Cell, Column, Table};

use crate::Failure;
use crate::digits::{MOST, digits};

const POLYNOMIAL: &str = "y ~ x1 + x1^2 + x1^3 + x1^4 + x1^5";
/// Name, and formula with the terms in the order of B0, B1, ...
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

/// Certified values stand in these lines of a file, data from the last of them on.
const VALUES: std::ops::Range<usize> = 30..60;

/// A set as its file gives it.
struct Set {
    difficulty: String,
    coefficients: Vec<(f64, f64)>,
    sigma: f64,
    r2: f64,
    frame: Frame,
}

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
    let set = read(name)?;
    let fit = formula.parse::<Ols>()?.fit(&set.frame)?;
    let table = fit.inference(Iid)?;
    let (mut coefficients, mut std_errors) = (MOST, MOST);
    for (found, &(estimate, std_error)) in table.coefs().iter().zip(&set.coefficients) {
        coefficients = digits(found.estimate, estimate, 1.0).min(coefficients);
        std_errors = digits(found.std_error, std_error, found.estimate).min(std_errors);
    }
    let outcome = set.frame.real("y")?.iter().fold(0.0, |most: f64, y| most.max(y.abs()));
    let quality = fit.quality();
    let numbers = [
        coefficients,
        std_errors,
        digits(quality.sigma, set.sigma, outcome),
        digits(quality.r2, set.r2, 1.0),
        fit.certificate().digits.min(MOST),
    ];
    let cells = numbers.map(|number| Cell::real(number, 1));
    Ok([Cell::from(name), set.difficulty.into()].into_iter().chain(cells).collect())
}

fn read(name: &str) -> Result<Set, Failure> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nist").join(format!("{name}.dat"));
    let text = std::fs::read_to_string(path)?;
    let lines: Vec<&str> = text.lines().collect();
    let (head, data) = (lines.get(VALUES).ok_or("a short file")?, &lines[VALUES.end..]);
    let pair = |line: &&&str| line.trim_start().starts_with('B').then(|| numbers(line));
    let coefficients =
        head.iter().filter_map(|line| pair(&line)).filter(|n| n.len() == 2).map(|n| (n[0], n[1]));
    let after = |words: &str| {
        let line = head.iter().find(|line| line.trim_start().starts_with(words));
        line.and_then(|line| numbers(line).first().copied()).ok_or_else(|| format!("{name} has no {words}"))
    };
    let level = lines.iter().find_map(|line| line.trim().strip_suffix("Level of Difficulty"));
    Ok(Set {
        difficulty: level.ok_or("no level of difficulty")?.trim().to_lowercase(),
        coefficients: coefficients.collect(),
        sigma: after("Standard Deviation   ")?,
        r2: after("R-Squared")?,
        frame: frame(data)?,
    })
}

/// Columns y, x1, x2, ...
fn frame(data: &[&str]) -> Result<Frame, Failure> {
    let rows: Vec<Vec<f64>> = data.iter().map(|line| numbers(line)).filter(|row| row.len() > 1).collect();
    let column = |j: usize| rows.iter().map(|row| row[j]).collect::<Vec<f64>>();
    let names = std::iter::once("y".to_string()).chain((1..).map(|j| format!("x{j}")));
    let width = rows.first().map_or(0, Vec::len);
    let columns = names.take(width).enumerate();
    Ok(columns.into_iter().try_fold(Frame::new(), |frame, (j, name)| frame.add_real(name, column(j)))?)
}

fn numbers(line: &str) -> Vec<f64> {
    line.split_whitespace().filter_map(|word| word.parse().ok()).collect()
}
