//! Files with tens of thousands of columns.

use std::fmt::Write;
use std::time::Instant;

use ceteris_data::CsvReader;

/// Seconds to read a table of so many columns, the best of three.
fn seconds(columns: usize) -> f64 {
    let (mut header, mut row) = (String::new(), String::new());
    for column in 0..columns {
        let separator = if column == 0 { "" } else { "," };
        write!(header, "{separator}column_{column}").expect("memory");
        write!(row, "{separator}{column}.5").expect("memory");
    }
    let text = format!("{header}\n{row}\n{row}\n");
    let once = || {
        let start = Instant::now();
        let loaded = CsvReader::new().load_bytes(text.as_bytes(), "wide.csv").expect("a table");
        let last = format!("column_{}", columns - 1);
        assert_eq!(loaded.frame.real(&last).expect("real")[0], columns as f64 - 0.5);
        start.elapsed().as_secs_f64()
    };
    (0..3).map(|_| once()).fold(f64::INFINITY, f64::min)
}

#[test]
fn ten_times_the_columns_take_about_ten_times_as_long() {
    const RATIO: f64 = 40.0; // linear gives about 10, one name looked up after another 100
    let (few, many) = (seconds(3_000), seconds(30_000));
    assert!(many < RATIO * few, "{few} s for 3,000 columns, {many} s for 30,000");
}
