//! The simulated dose outcomes: their rows, their moments, their refusal of names.

use ceteris::Frame;
use ceteris_data::published::{Dose, OutcomeYear, table10, table11};
use ceteris_data::twin::{DoseTwin, Level, SimulatedOutcome};
use sha2::{Digest, Sha256};

/// Checksum of `outcome,unit,year,ccg,denominator,counted` over all rows of all outcomes, units and
/// years counted from 0, from the executable specification in Python (`tests/data/dose/witness.py`).
const SHA256: &str = "16cd573bd6369c76056673f5c10bc38442868d11aee39bfb43c316ed0cbaf005";

fn simulated(twin: &DoseTwin, name: &str) -> SimulatedOutcome {
    twin.outcome(name).expect("the committed parameters converge").expect("a name of the tables")
}

/// A line for each row, as the specification writes it.
fn lines(outcome: &SimulatedOutcome, frame: &Frame) -> String {
    let real = |name| frame.real(name).expect("a column of numbers");
    let code = |name, row| {
        let column = frame.category(name).expect("a column of labels");
        column.label(row).and_then(|label| label[1..].parse::<usize>().ok()).expect("a numbered label") - 1
    };
    let first = real("year").iter().copied().fold(f64::INFINITY, f64::min);
    let line = |row: usize| {
        format!(
            "{},{},{},{},{},{}\n",
            outcome.name(),
            code("unit", row),
            real("year")[row] - first,
            code("ccg", row),
            real("denominator")[row],
            real("counted")[row]
        )
    };
    (0..frame.nrows()).map(line).collect()
}

/// Weighted mean and standard deviation of a year.
fn moments(frame: &Frame, year: f64) -> (f64, f64) {
    let real = |name| frame.real(name).expect("a column of numbers");
    let (years, values, weights) = (real("year"), real("value"), real("denominator"));
    let rows: Vec<usize> = (0..frame.nrows()).filter(|&i| years[i] == year).collect();
    let total: f64 = rows.iter().map(|&i| weights[i]).sum();
    let mean = rows.iter().map(|&i| weights[i] * values[i]).sum::<f64>() / total;
    let squares: f64 = rows.iter().map(|&i| weights[i] * (values[i] - mean).powi(2)).sum();
    let count = rows.len() as f64;
    (mean, (squares / total * count / (count - 1.0)).sqrt())
}

/// Rows of Table 10 or 11 that print moments, with the calendar year in which each begins.
fn printed(outcome: &SimulatedOutcome) -> impl Iterator<Item = (f64, &OutcomeYear)> {
    let table = if outcome.level() == Level::Practice { table10() } else { table11() };
    let mine = table.iter().filter(move |cell| cell.outcome == outcome.name() && cell.moments.is_some());
    mine.map(|cell| (f64::from(cell.year.start()), cell))
}

#[test]
fn every_outcome_has_the_rows_and_the_moments_of_the_tables() {
    let twin = DoseTwin::calibrated();
    let mut digest = Sha256::new();
    let mut cells = 0;
    for name in twin.names() {
        let outcome = simulated(&twin, name);
        let frame = outcome.frame();
        digest.update(lines(&outcome, &frame));
        for (year, cell) in printed(&outcome) {
            let (mean, sd) = moments(&frame, year);
            let wanted = cell.moments.expect("kept above");
            assert!(
                wanted.mean.is_rounded_from(mean) && wanted.sd.is_rounded_from(sd),
                "{cell:?} {mean} {sd}"
            );
            cells += 1;
        }
    }
    assert_eq!(cells, 167 + 74, "all printed cells of Tables 10 and 11");
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, SHA256);
}

#[test]
fn doses_are_constant_within_a_ccg() {
    let twin = DoseTwin::calibrated();
    let frame = simulated(&twin, "pyll").frame();
    for (i, ccg) in twin.doses().iter().enumerate() {
        let row = i * 6; // six years a CCG
        for dose in Dose::ALL {
            assert_eq!(frame.real(dose.name()).expect("a column of numbers")[row], ccg.of(dose));
        }
    }
}

#[test]
fn names_that_are_in_no_table_have_no_outcome() {
    let twin = DoseTwin::calibrated();
    assert!(twin.outcome("CS002").expect("nothing to fit").is_none());
    assert!(twin.exchanged("cs002").expect("nothing to fit").is_none());
}
