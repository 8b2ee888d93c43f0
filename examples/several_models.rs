//! Several models in one call: many outcomes on the same rows, then regressors added step by step, with the time
//! of the list beside that of its models one after the other.
//!
//! ```sh
//! cargo run --release --example several_models            # 100,000 rows, 40 outcomes
//! cargo run --release --example several_models -- 1e6 10
//! ```
//! The data are SIMULATED: a public benchmark problem, its outcome repeated with more and more of the regressor.

use std::time::{Duration, Instant};

use ceteris::{Cluster, Fit, Frame, Models, Ols};
use support::generators::Problem;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<f64>());
    let rows = arguments.next().transpose()?.unwrap_or(1e5) as usize;
    let outcomes = arguments.next().transpose()?.unwrap_or(40.0) as usize;
    for problem in [Problem::Simple, Problem::Difficult] {
        let frame = several_outcomes(&problem.frame(rows)?, outcomes)?;
        for effects in ["a", "a + c", "a + b + c"] {
            let model: Ols = format!("y ~ x + z | {effects}").parse()?;
            let models = model.outcomes((0..outcomes).map(|k| format!("y{k}")));
            report(problem, &models, &frame)?;
        }
    }
    let frame = several_outcomes(&Problem::Simple.frame(rows)?, 1)?;
    let nested = ["y ~ x | a + c", "y ~ x + z | a + c", "y ~ x + z + x:z | a + c"];
    let nested = Models::new(nested.iter().map(|formula| formula.parse()).collect::<Result<Vec<Ols>, _>>()?);
    for fit in nested.fit(&frame)? {
        println!("\n{}", fit.inference(Cluster::by(["a"]))?);
    }
    Ok(())
}

/// Outcomes `y0`, `y1`, ... and another regressor `z`.
fn several_outcomes(frame: &Frame, outcomes: usize) -> ceteris::Result<Frame> {
    let (y, x) = (frame.real("y")?, frame.real("x")?);
    let z = (0..y.len()).map(|i| x[i] + (i as f64 * 0.7).sin()).collect();
    let outcome = |k: usize| y.iter().zip(x).map(|(y, x)| y + k as f64 * 0.1 * x).collect();
    (0..outcomes)
        .try_fold(frame.clone().add_real("z", z)?, |frame, k| frame.add_real(format!("y{k}"), outcome(k)))
}

/// Times the list and its models one after the other, and compares what they find.
fn report(problem: Problem, models: &Models, frame: &Frame) -> ceteris::Result<()> {
    let (together, in_one_call) = timed(|| models.fit(frame))?;
    let (alone, one_by_one) = timed(|| models.models().iter().map(|model| model.fit(frame)).collect())?;
    let pairs = together.iter().zip(&alone).flat_map(|(a, b)| a.coefficients().iter().zip(b.coefficients()));
    let difference = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    println!(
        "{:<10} {:<24} {:>3} models  {in_one_call:>9.1?} in one call  {one_by_one:>9.1?} one by one  {difference:.0e} apart",
        problem.name(),
        models.models()[0].to_string(),
        together.len(),
    );
    Ok(())
}

fn timed(work: impl FnOnce() -> ceteris::Result<Vec<Fit>>) -> ceteris::Result<(Vec<Fit>, Duration)> {
    let start = Instant::now();
    Ok((work()?, start.elapsed()))
}
