//! Difference-in-differences with doses on SIMULATED practices: how much of the reform each gets.
//!
//! `cargo run --release --example dose_difference`

use ceteris::{Cluster, Dose, Frame, Reform, fe};

const REFORM: Reform<'static> = Reform { time: "year", date: 2013 };

/// 80 practices over 7 years by a formula. From 2013 on each unit of `money` adds 2, each of `staff` takes 1.
fn simulated() -> Result<Frame, ceteris::Error> {
    let money = |unit: i64| (unit % 5) as f64 / 4.0;
    let staff = |unit: i64| (unit * 7 % 4) as f64;
    let noise = |unit: i64, year: i64| {
        ((unit * unit * 37 + year * 101 + unit * year * year * 13) % 29 - 14) as f64 / 20.0
    };
    let rows = || (0..80_i64).flat_map(|unit| (2009..=2015_i64).map(move |year| (unit, year)));
    let effect = |unit, year| if year < 2013 { 0.0 } else { 2.0 * money(unit) - staff(unit) };
    let outcome = |(unit, year)| {
        70.0 + (unit % 7) as f64 - 0.3 * (year - 2009) as f64 + effect(unit, year) + noise(unit, year)
    };
    Frame::new()
        .add_real("practice", rows().map(|(unit, _)| unit as f64).collect())?
        .add_real("year", rows().map(|(_, year)| year as f64).collect())?
        .add_real("money", rows().map(|(unit, _)| money(unit)).collect())?
        .add_real("staff", rows().map(|(unit, _)| staff(unit)).collect())?
        .add_real("uptake", rows().map(outcome).collect())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let frame = simulated()?;
    let design = Dose::new("uptake", ["money", "staff"], REFORM).absorb([fe("practice"), fe("year")]);
    let fitted = design.fit(&frame)?;
    println!("SIMULATED: 2 for each unit of money, -1 for each of staff\n\n{}\n", design.ols());
    fitted.effects(Cluster::by(["practice"]))?.iter().for_each(|effect| println!("{effect}"));
    fitted.notices().iter().for_each(|notice| println!("note: {notice}"));

    println!("\nWith one dose, the effect of money would be a mean of slopes with these weights");
    for slope in fitted.slope_weights("money")?.weights {
        println!("  from {:.2} to {:.2}: {:.3}", slope.from, slope.to, slope.weight);
    }
    let path = design.event_study("money")?.fit(&frame)?.path(Cluster::by(["practice"]))?;
    println!("\nEffect of one unit of money by years since the reform\n{path}");
    Ok(())
}
