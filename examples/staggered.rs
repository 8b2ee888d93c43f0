//! Staggered adoption on SIMULATED data: where two-way fixed effects mislead, and two ways around.
//!
//! `cargo run --release --example staggered`

use ceteris::staggered::{Controls, GroupTimeEffects, Imputation, TwoWayDecomposition};
use ceteris::{Cluster, Frame, Index};

/// The effect on units first treated at `first`: it grows with time, and faster for the early ones.
fn effect(time: i64, first: i64) -> f64 {
    if time < first { 0.0 } else { (1 + time - first) as f64 * if first <= 4 { 1.0 } else { 0.4 } }
}

/// 60 units at 10 times, a third each first treated in 4, in 7 and never (99), by a formula.
fn simulated() -> Result<Frame, ceteris::Error> {
    let first = |unit: i64| [4, 7, 99][(unit % 3) as usize];
    let noise = |unit: i64, time: i64| ((unit * 37 + time * 101 + unit * time * 13) % 29 - 14) as f64 / 20.0;
    let rows = || (0..60_i64).flat_map(|unit| (1..=10_i64).map(move |time| (unit, time)));
    let outcome =
        |(unit, time)| (unit % 7) as f64 + 0.3 * time as f64 + effect(time, first(unit)) + noise(unit, time);
    Frame::new()
        .add_real("unit", rows().map(|(unit, _)| unit as f64).collect())?
        .add_real("time", rows().map(|(_, time)| time as f64).collect())?
        .add_real("first_treated", rows().map(|(unit, _)| first(unit) as f64).collect())?
        .add_real("y", rows().map(outcome).collect())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let frame = simulated()?;
    let index = Index { unit: "unit", time: "time" };
    println!("SIMULATED: effects grow by 1 (first treated in 4) or 0.4 (in 7) with each time\n");

    let parts = TwoWayDecomposition::new("y", index, "first_treated").fit(&frame)?;
    println!("What the two-way coefficient is made of\n{parts}");

    let effects = GroupTimeEffects::new("y", index, "first_treated").controls(Controls::NotYetTreated);
    let effects = effects.fit(&frame)?;
    println!("Effects by group and time, averaged by event time\n{}", effects.dynamic()?.path);
    println!("over all cells: {}\n", effects.simple()?);

    let imputation = Imputation::new("y", index, "first_treated");
    println!("Imputation\n{}", imputation.fit(&frame)?);
    let leads = imputation.leads(&frame, 3, Cluster::by(["unit"]))?;
    let test = leads.joint(&leads.leads())?;
    println!("joint test of three leads: F = {:.3}, p = {:.3}", test.statistic, test.p_value);
    Ok(())
}
