//! Do the numbers of a published row cohere with their rounding?
//!
//! `cargo run --example check_table`

use ceteris_report::check_table::{CheckTable, Row};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let row = Row {
        f: Some("9.4".parse()?),
        dof_numerator: Some("1".parse()?),
        dof_residual: Some("7667".parse()?),
        p_value: Some("0.3316".parse()?),
        ..Row::new("joint test of the years before")
    };
    for (row, finding) in CheckTable::of(&[row], None).findings() {
        println!("{}: {}: {}", row.name, finding.severity, finding.text());
    }
    Ok(())
}
