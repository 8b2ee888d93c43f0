//! Difference-in-differences and lagged outcome of one reform side by side, on the SIMULATED
//! screening panel.
//!
//! `cargo run --release --example bracket`

use ceteris::{Bracket, Cluster, Condition, Index, Weights};
use ceteris_data::twin::Twin;
use ceteris_report::screening::{PanelColumns, StudyPanel};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())?;
    let bracket = Bracket::new("rate", Index { unit: "practice", time: "year" }, "multi_la", 2013)
        .keep(Condition::equals("screening", "1"))
        .weights(Weights::analytic("denominator"));
    println!("SIMULATED practice rows, screening only\n");
    println!("{}\n{}\n", bracket.difference(), bracket.lagged());
    println!("{}", bracket.fit(panel.frame())?.report(Cluster::by(["practice"]))?);
    Ok(())
}
