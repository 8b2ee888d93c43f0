//! Difference-in-differences and lagged outcome of one reform side by side, on the SIMULATED
//! screening panel.
//!
//! `cargo run --release --example bracket`

use ceteris::{Bracket, Cluster, Frame, Index, Weights};
use ceteris_data::twin::Twin;
use ceteris_report::screening::{PanelColumns, StudyPanel};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())?;
    let bracket = Bracket::new("rate", Index { unit: "practice", time: "year" }, "multi_la", 2013)
        .weights(Weights::analytic("denominator"));
    println!("SIMULATED practice rows, screening only\n");
    println!("{}\n{}\n", bracket.difference(), bracket.lagged());
    println!("{}", bracket.fit(&screening(panel.frame())?)?.report(Cluster::by(["practice"]))?);
    Ok(())
}

/// The rows of screening: lags are read from the whole frame, and a practice must stand in it once a year.
fn screening(frame: &Frame) -> ceteris::Result<Frame> {
    let affected = frame.real("screening")?;
    let rows: Vec<usize> = (0..frame.nrows()).filter(|&row| affected[row] > 0.0).collect();
    let practice = frame.column("practice")?;
    let held = Frame::new().add_category("practice", rows.iter().map(|&row| practice.label(row)))?;
    ["year", "multi_la", "rate", "denominator"].into_iter().try_fold(held, |held, name| {
        let values = frame.real(name)?;
        held.add_real(name, rows.iter().map(|&row| values[row]).collect())
    })
}
