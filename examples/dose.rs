//! The dose-of-reform study on the embedded SIMULATED outcomes, as a program of a few lines.
//!
//! `cargo run --release --example dose`

use ceteris_report::dose::Study;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let study = Study::simulated(|_| ())?;
    println!("{}\n", study.source.headline());
    for count in &study.significance.counts {
        println!("{:>3}  {}", count.total, count.by);
    }
    for estimate in study.estimates.iter().filter(|estimate| estimate.clustered.p_value < 0.05) {
        let (dose, uncertainty) = (estimate.dose.name(), estimate.clustered);
        println!(
            "{} on {dose}: {:.3} [{:.3}, {:.3}]",
            estimate.outcome, estimate.estimate, uncertainty.low, uncertainty.high
        );
    }
    Ok(())
}
