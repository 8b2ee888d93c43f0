//! A difference-in-differences on the SIMULATED screening panel: the effect, placebos, and the path by year.
//!
//! `cargo run --release --example difference_in_differences`

use ceteris::{Cluster, Condition, DifferenceInDifferences, Reform, Weights, fe};
use ceteris_data::twin::Twin;
use ceteris_report::screening::{PanelColumns, StudyPanel};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())?;
    let (frame, reform) = (panel.frame(), Reform { time: "year", date: 2013 });
    let design = DifferenceInDifferences::new("rate", "multi_la", reform)
        .absorb([fe("practice"), fe("year")])
        .keep(Condition::equals("screening", "1"))
        .weights(Weights::analytic("denominator"));
    println!("SIMULATED practice rows, screening only\n\n{}\n", design.ols());
    println!("{}\n", design.fit(frame)?.effect(Cluster::by(["practice"]))?);

    println!("As if the reform had come earlier, on the years before it");
    for placebo in design.placebos(frame, Cluster::by(["practice"]))? {
        println!("{}  {}", placebo.date, placebo.effect);
    }
    println!("\nBy years since the reform");
    println!("{}", design.event_study()?.fit(frame)?.path(Cluster::by(["practice"]))?);
    Ok(())
}
