//! Regressions with absorbed effects, with their time, peak memory, iterations and true error.
//!
//! ```sh
//! cargo run --release --example absorption -- 1e6                       # a Markdown table of all problems
//! cargo run --release --example absorption -- 1e7 simple --json out.json  # one problem, and as JSON
//! cargo run --release --example absorption -- fit file.parquet "y ~ x | a + b" --weights w --cluster a
//! ```
//!
//! Each cell of the table is a process of its own, since peak memory belongs to a process: it is this
//! program called with `cell PROBLEM ROWS METHOD BACKEND` (or `shape ROWS EFFECTS COLUMNS METHOD`), which
//! prints one line of JSON, as `fit` does. The number of threads is that of `RAYON_NUM_THREADS`.

mod measure;
mod outcome;
mod table;

use std::path::Path;

use ceteris::{Frame, LeastSquares, Ols, Pcg, Solver, Weights};
use measure::Task;
use outcome::Outcome;
use support::generators::{Problem, Shape};
use support::methods::{absorption, backends};

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["cell", problem, rows, method, backend] => cell(problem, count(rows)?, method, backend),
        ["shape", rows, effects, columns, method] => {
            let shape = Shape { rows: count(rows)?, effects: effects.parse()?, columns: columns.parse()? };
            let model: Ols = shape.formula().parse()?;
            print(&Task { frame: shape.frame()?, model: model.solver(solver(method, "faer")?), cluster: "a" })
        }
        ["fit", file, formula, options @ ..] => on_file(file, formula, options),
        [rows, options @ ..] => table::run(count(rows)?, options),
        [] => table::run(100_000, &[]),
    }
}

/// Rows as in `1e6`.
fn count(word: &str) -> Outcome<usize> {
    Ok(word.parse::<f64>()? as usize)
}

fn cell(problem: &str, rows: usize, method: &str, backend: &str) -> Outcome<()> {
    let problem = Problem::ALL.into_iter().find(|p| p.name() == problem).ok_or("unknown problem")?;
    let model: Ols = problem.formula().parse()?;
    print(&Task { frame: problem.frame(rows)?, model: model.solver(solver(method, backend)?), cluster: "a" })
}

/// The numerical choices by name; `tight` is conjugate gradients to what doubles resolve.
fn solver(method: &str, backend: &str) -> Outcome<Solver> {
    let chosen = match method {
        "tight" => Pcg::default().tolerance(1e-13).limit(100_000).into(),
        _ => absorption(method).ok_or("unknown method")?,
    };
    let named = |candidate: &LeastSquares| candidate.name() == backend;
    let dense = backends().into_iter().find(named).ok_or("unknown backend in this build")?;
    Ok(Solver::default().absorption(chosen).least_squares(dense))
}

fn on_file(file: &str, formula: &str, options: &[&str]) -> Outcome<()> {
    let frame = read(Path::new(file))?;
    let mut model: Ols = formula.parse()?;
    let mut cluster = model.effects()[0].to_string();
    let mut method = "auto";
    for pair in options.chunks(2) {
        match pair {
            ["--weights", column] => model = model.weights(Weights::analytic(*column)),
            ["--cluster", column] => cluster = column.to_string(),
            ["--absorption", name] => method = name,
            _ => return Err(format!("unknown option {pair:?}").into()),
        }
    }
    print(&Task { frame, model: model.solver(solver(method, "faer")?), cluster: &cluster })
}

fn read(path: &Path) -> Outcome<Frame> {
    match path.extension().is_some_and(|ending| ending == "csv") {
        true => Ok(ceteris_data::read_csv(path)?),
        false => Ok(ceteris_data::read_parquet(path)?),
    }
}

fn print(task: &Task<'_>) -> Outcome<()> {
    println!("{}", task.measure());
    Ok(())
}
