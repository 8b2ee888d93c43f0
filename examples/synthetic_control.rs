//! Synthetic control and synthetic difference-in-differences on SIMULATED regions.
//!
//! `cargo run --release --example synthetic_control`
//!
//! Twelve regions follow two waves, each with loadings of its own; region 12 lies between regions 2, 5 and 7, is
//! reformed in 2013, and gains 3 points from then on.
#![allow(clippy::print_stdout, reason = "a program for the terminal: what it prints is its result")]

use ceteris::synthetic::{SyntheticControl, SyntheticDifference, SyntheticVariance};
use ceteris::{Frame, Index};
use ceteris_report::{Cell, Column, Table};

const REGIONS: u32 = 12;
const YEARS: std::ops::Range<i32> = 2003..2018;
const REFORM: i32 = 2013;
const GAIN: f64 = 3.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let frame = regions()?;
    let index = Index { unit: "region", time: "year" };
    let control = SyntheticControl::new("uptake", index, "reformed").fit(&frame)?;
    let difference = SyntheticDifference::new("uptake", index, "reformed").fit(&frame)?;
    println!("SIMULATED uptake, true effect {GAIN}\n\n{control}\n");
    let weights = control.unit_weights().into_iter().filter(|share| share.weight > 0.0);
    weights.for_each(|share| println!("  {:<10} {:.3}", share.unit, share.weight));
    let mut path = Table::new("Path")
        .column(Column::number("year"))
        .column(Column::number("treated"))
        .column(Column::number("synthetic control"))
        .column(Column::number("synthetic difference"));
    for (point, other) in control.path().iter().zip(difference.path()) {
        path = path.row([
            Cell::integer(point.time),
            Cell::real(point.treated, 2),
            Cell::real(point.synthetic, 2),
            Cell::real(other.synthetic, 2),
        ]);
    }
    println!("\n{}", path.text()?);
    let placebo = SyntheticVariance::Placebo { draws: 200, seed: 1 }; // one treated unit: all controls, no draws
    println!("synthetic control, {}", control.effect(placebo)?);
    println!("synthetic difference, {}", difference.effect(placebo)?);
    let rank = control.rank_test()?;
    println!("rank test: p = {:.3} among {} regions", rank.p_value, rank.units.len());
    Ok(())
}

/// Two waves and a ripple that looks random (a Weyl sequence): the same numbers every time.
fn regions() -> ceteris::Result<Frame> {
    let loadings = |region: u32| match region {
        REGIONS => [2, 5, 7]
            .map(own_loadings)
            .iter()
            .fold([0.0; 2], |sum, own| [sum[0] + own[0] / 3.0, sum[1] + own[1] / 3.0]),
        other => own_loadings(other),
    };
    let (mut region, mut year, mut uptake, mut reformed) = (vec![], vec![], vec![], vec![]);
    for unit in 1..=REGIONS {
        let [slow, fast] = loadings(unit);
        for time in YEARS {
            let t = f64::from(time - YEARS.start);
            let treated = unit == REGIONS && time >= REFORM;
            let ripple = (f64::from(unit) * 0.754_877_666 + t * 0.569_840_290).fract() - 0.5;
            region.push(Some(format!("region {unit:02}")));
            year.push(f64::from(time));
            reformed.push(f64::from(treated));
            let waves = slow * (t / 5.0).sin() + fast * (t / 1.7).cos();
            uptake.push(70.0 + waves + ripple + if treated { GAIN } else { 0.0 });
        }
    }
    let frame = Frame::new().add_category("region", region)?.add_real("year", year)?;
    frame.add_real("uptake", uptake)?.add_real("reformed", reformed)
}

fn own_loadings(region: u32) -> [f64; 2] {
    let r = f64::from(region);
    [6.0 + 5.0 * (2.3 * r).sin(), 3.0 * (1.1 * r).cos()]
}
