//! An event study on SIMULATED staggered data: one coefficient for each event time, and one for each cohort
//! and event time averaged afterwards.
//!
//! `cargo run --release --example event_study`

use ceteris::staggered::InteractionWeighted;
use ceteris::{Cluster, EventStudy, Frame, Index};

/// The effect on units first treated at `first`: at once 1 for the early ones, growing from 0 for the late ones.
fn effect(time: i64, first: i64) -> f64 {
    if time < first {
        0.0
    } else if first == 5 {
        1.0
    } else {
        0.5 * (time - first) as f64
    }
}

/// 60 units at 10 times, a third each first treated in 5, in 8 and never (99), by a formula.
fn simulated() -> Result<Frame, ceteris::Error> {
    let first = |unit: i64| [5, 8, 99][(unit % 3) as usize];
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
    let (frame, index) = (simulated()?, Index { unit: "unit", time: "time" });
    println!("SIMULATED: an effect of 1 at once (first treated in 5), or growing by 0.5 from 0 (in 8)\n");

    let study = EventStudy::new("y", index, "first_treated").window(-4..=5);
    println!("One coefficient for each event time: {}", study.ols());
    println!("{}", study.fit(&frame)?.path(Cluster::by(["unit"]))?);

    let by_cohort = InteractionWeighted::new("y", index, "first_treated").fit(&frame)?;
    let path = by_cohort.path(Cluster::by(["unit"]))?;
    println!("One for each cohort and event time, averaged\n{path}");
    for (_, cohort) in by_cohort.by_cohort(Cluster::by(["unit"]))?.parts {
        println!("{cohort}");
    }
    println!("uniform band: {:.3} standard errors to each side", path.band(0.95)?.critical);
    Ok(())
}
