//! Every row of `reference.csv`: the tails and quantiles against 50-digit values.

use super::{TOLERANCE, relative_error};
use crate::special::{chi_squared, fisher, normal, student};

/// Columns: quantity, three arguments (empty where unused), value. Written by `reference.py`.
const REFERENCE: &str = include_str!("../reference.csv");

struct Row {
    text: &'static str,
    quantity: &'static str,
    arguments: Vec<f64>,
    value: f64,
}

fn rows() -> Vec<Row> {
    let data = REFERENCE.lines().filter(|line| !line.starts_with('#')).skip(1);
    data.map(|text| {
        let fields: Vec<&str> = text.split(',').collect();
        assert_eq!(fields.len(), 5, "{text}");
        let number = |field: &str| -> f64 { field.parse().unwrap_or_else(|_| panic!("{text}")) };
        Row {
            text,
            quantity: fields[0],
            arguments: fields[1..4]
                .iter()
                .filter(|field| !field.is_empty())
                .map(|field| number(field))
                .collect(),
            value: number(fields[4]),
        }
    })
    .collect()
}

fn evaluate(row: &Row) -> f64 {
    match (row.quantity, row.arguments.as_slice()) {
        ("normal_density", &[z]) => normal::density(z),
        ("normal_upper_tail", &[z]) => normal::upper_tail(z),
        ("normal_two_sided", &[z]) => normal::two_sided(z),
        ("normal_quantile", &[p]) => normal::quantile(p),
        ("student_upper_tail", &[t, dof]) => student::upper_tail(t, dof),
        ("student_two_sided", &[t, dof]) => student::two_sided(t, dof),
        ("student_quantile", &[p, dof]) => student::quantile(p, dof),
        ("fisher_upper_tail", &[f, df1, df2]) => fisher::upper_tail(f, df1, df2),
        ("chi_squared_upper_tail", &[x, df]) => chi_squared::upper_tail(x, df),
        _ => panic!("no such quantity: {}", row.text),
    }
}

/// Rows further from the reference than the tolerance; a NaN is.
fn misses(rows: &[Row], tolerance: f64) -> Vec<String> {
    let mut misses = Vec::new();
    for row in rows {
        let found = evaluate(row);
        let error = relative_error(found, row.value);
        if error.is_nan() || error > tolerance {
            misses.push(format!("{}: found {found:e}, relative error {error:.1e}", row.text));
        }
    }
    misses
}

#[test]
fn every_reference_value_is_met() {
    let rows = rows();
    assert!(rows.len() > 300, "only {} rows read", rows.len());
    let misses = misses(&rows, TOLERANCE);
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
fn every_function_has_reference_values_and_small_ones() {
    for (quantity, smallest) in [
        ("normal_density", 1e-290),
        ("normal_upper_tail", 1e-299),
        ("normal_two_sided", 1e-299),
        ("normal_quantile", 1e-8),
        ("student_upper_tail", 1e-16),
        ("student_two_sided", 1e-280),
        ("student_quantile", 1e-5),
        ("fisher_upper_tail", 1e-280),
        ("chi_squared_upper_tail", 1e-280),
    ] {
        let rows = rows();
        let values = rows.iter().filter(|row| row.quantity == quantity).map(|row| row.value.abs());
        assert!(values.fold(f64::INFINITY, f64::min) < smallest, "{quantity}");
    }
}

#[test]
fn a_value_wrong_by_three_tolerances_is_a_miss() {
    let mut rows = rows();
    for row in &mut rows {
        row.value *= 1.0 + 3.0 * TOLERANCE;
    }
    assert_eq!(misses(&rows, TOLERANCE).len(), rows.len());
}
