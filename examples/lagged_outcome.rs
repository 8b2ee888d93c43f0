//! The lagged-outcome estimator on the SIMULATED screening panel.
//!
//! `cargo run --release --example lagged_outcome`

use ceteris::{Cluster, Index, LaggedOutcome, Weights};
use ceteris_data::twin::Twin;
use ceteris_report::screening::{PanelColumns, StudyPanel};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())?;
    let design = LaggedOutcome::new("rate", Index { unit: "practice", time: "year" }, "multi_la")
        .reform(2013)
        .lags(4)
        .affected("screening")
        .weights(Weights::analytic("denominator"));
    let fitted = design.fit(panel.frame())?;
    println!("SIMULATED practice rows\n\n{}", fitted.fit().inference(Cluster::by(["practice"]))?);
    println!("effect: {}", fitted.effect(Cluster::by(["practice"]))?);
    Ok(())
}
