//! A triple difference on the SIMULATED screening panel: the regression, the effect, and what speaks for it.
//!
//! `cargo run --release --example triple_difference`

use ceteris::{Cluster, Groups, Reform, TripleDifference, Weights, fe};
use ceteris_data::twin::Twin;
use ceteris_report::screening::{PanelColumns, StudyPanel};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())?;
    let groups = Groups { treated: "multi_la", affected: "screening" };
    let design = TripleDifference::new("rate", groups, Reform { time: "year", date: 2013 })
        .absorb([fe("practice").by("screening"), fe("year").by("screening"), fe("year").by("multi_la")])
        .weights(Weights::analytic("denominator"));
    println!("SIMULATED practice rows\n\n{}\n", design.ols());

    let fitted = design.fit(panel.frame())?;
    println!("{}", fitted.effect(Cluster::by(["practice"]))?);
    println!("{}", fitted.effect(Cluster::by(["ccg"]))?); // same fit, coarser clusters

    let placebo = design.placebo(2011)?.fit(panel.frame())?;
    println!("placebo in 2011: {}", placebo.effect(Cluster::by(["practice"]))?);
    let joint = design.pre_trend()?.fit(panel.frame())?.test(Cluster::by(["practice"]))?;
    println!("joint test before the reform: F = {:.2}, p = {:.5}", joint.statistic, joint.p_value);
    Ok(())
}
