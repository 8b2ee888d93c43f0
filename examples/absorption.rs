//! One regression of a public problem, with its time, peak memory, iterations and true error.
//!
//! ```sh
//! cargo run --release --example absorption -- 1e6                 # a Markdown table of all problems
//! cargo run --release --example absorption -- 1e6 simple          # one problem, so that its peak is its own
//! cargo run --release --example absorption -- file.csv "y ~ x | a + b" 3    # a file, as one line of JSON
//! ```
//! The true error is the distance from the coefficient at the tightest tolerance that doubles resolve.

use std::time::Instant;

use ceteris::{Absorption, Cluster, Fit, Frame, Ols, Pcg, Solver};
use support::generators::Problem;

type Outcome = Result<(), Box<dyn std::error::Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [file, formula, rounds] if file.ends_with(".csv") => on_file(file, formula, rounds.parse()?),
        [rows, chosen @ ..] => table(rows.parse::<f64>()? as usize, chosen),
        [] => table(100_000, &[]),
    }
}

fn table(rows: usize, chosen: &[&str]) -> Outcome {
    println!("| problem | rows | method | iterations | seconds | CPU seconds | peak MiB | true error |");
    println!("|---|---|---|---|---|---|---|---|");
    let wanted = |problem: &Problem| chosen.is_empty() || chosen.contains(&problem.name());
    for problem in Problem::ALL.into_iter().filter(wanted) {
        let frame = problem.frame(rows)?;
        let model: Ols = problem.formula().parse()?;
        let (mut seconds, mut cpu_seconds) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..3 {
            let (_, round) = timed(&model, &frame, "a")?;
            seconds = seconds.min(round.0);
            cpu_seconds = cpu_seconds.min(round.1);
        }
        let peak = peak_mebibytes();
        let fit = model.fit(&frame)?;
        let tight = Absorption::from(Pcg::default().tolerance(1e-14).limit(100_000));
        let truth = model.clone().solver(Solver::default().absorption(tight)).fit(&frame)?.estimate("x")?;
        let error = (fit.estimate("x")? - truth).abs();
        let (method, iterations) = (fit.absorbed().method, fit.absorbed().iterations);
        let (name, nobs) = (problem.name(), fit.nobs());
        println!(
            "| {name} | {nobs} | {method} | {iterations} | {seconds:.3} | {cpu_seconds:.2} | {peak:.0} | {error:.1e} |"
        );
    }
    Ok(())
}

fn on_file(file: &str, formula: &str, rounds: usize) -> Outcome {
    let frame = ceteris_data::CsvReader::new().read(file)?;
    let model: Ols = formula.parse()?;
    let cluster = model.effects()[0].to_string();
    let mut best = (f64::INFINITY, f64::INFINITY);
    let mut estimate = f64::NAN;
    for _ in 0..rounds {
        let (fit, round) = timed(&model, &frame, &cluster)?;
        best = (best.0.min(round.0), best.1.min(round.1));
        estimate = fit.estimate(&fit.names()[0])?;
    }
    let (seconds, cpu, peak) = (best.0, best.1, peak_mebibytes());
    println!(r#"{{"seconds": {seconds}, "cpu": {cpu}, "peak": {peak}, "estimate": {estimate:?}}}"#);
    Ok(())
}

/// A fit and its clustered table, from columns in memory; wall and CPU seconds.
fn timed(model: &Ols, frame: &Frame, cluster: &str) -> Result<(Fit, (f64, f64)), ceteris::Error> {
    let (start, cpu) = (Instant::now(), cpu_seconds());
    let fit = model.fit(frame)?;
    fit.inference(Cluster::by([cluster]))?;
    Ok((fit, (start.elapsed().as_secs_f64(), cpu_seconds() - cpu)))
}

/// CPU seconds of this process, in hundredths; 0 where there is no /proc.
fn cpu_seconds() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = text.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: Vec<f64> = fields.skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    ticks.iter().sum::<f64>() / 100.0
}

/// The largest resident set so far; 0 where there is no /proc.
fn peak_mebibytes() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
    kibibytes.unwrap_or(0.0) / 1024.0
}
