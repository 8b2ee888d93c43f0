//! When is which estimator right? Factor models in the spirit of O'Neill, Kreif, Grieve, Sutton and Sekhon
//! (2016, Health Services and Outcomes Research Methodology 16: 1-21), with parameters of our own. SIMULATED.
//!
//! `cargo run --release --example monte_carlo [-- --replications N] [--markdown]`
//!
//! Each replication has a keystream of its own, and sums run in the order of the replications: the number of
//! threads changes no digit.
#![allow(clippy::print_stdout, reason = "a program for the terminal: what it prints is its result")]

mod design;
mod keystream;
mod tally;

use ceteris_report::{Cell, Column, Table};

use design::{AFTER, EFFECT, Scenario, UNITS};
use keystream::SEED;
use tally::{Errors, Estimator};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Replications unless the command says otherwise: with errors of spread 0.2, a bias is known to 0.01.
const REPLICATIONS: u64 = 500;
/// Numbers of times before treatment.
const BEFORE: [usize; 3] = [3, 10, 30];
const SCENARIOS: [Scenario; 3] =
    [Scenario::ParallelTrends, Scenario::TransientShock, Scenario::InteractiveEffects];

/// How the tables are printed.
enum Form {
    Text,
    Markdown,
}

fn main() -> Result<(), Failure> {
    let (replications, form) = options()?;
    println!(
        "SIMULATED: `cargo run --release --example monte_carlo -- --replications {replications}`; {UNITS} units, \
         about half of them treated, {AFTER} times after treatment, true effect {EFFECT}; ChaCha8 with the seed \
         `{}`.\n",
        SEED.escape_ascii()
    );
    for scenario in SCENARIOS {
        let table = table(scenario, replications)?;
        match form {
            Form::Text => println!("{}", table.text()?),
            Form::Markdown => println!("{}", table.markdown()?),
        }
    }
    Ok(())
}

fn options() -> Result<(u64, Form), Failure> {
    let (mut replications, mut form) = (REPLICATIONS, Form::Text);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--markdown" => form = Form::Markdown,
            "--replications" => {
                let number = words.next().ok_or("`--replications` needs a number")?;
                replications =
                    number.parse().map_err(|_| format!("`{number}` is not a number of replications"))?;
            }
            other => return Err(format!("`{other}` is neither `--replications N` nor `--markdown`").into()),
        }
    }
    if replications < 2 {
        return Err("a spread needs at least two replications".into());
    }
    Ok((replications, form))
}

/// One scenario with every number of times before treatment.
fn table(scenario: Scenario, replications: u64) -> Result<Table, Failure> {
    let mut table = Table::new(scenario.title())
        .column(Column::number("times before"))
        .column(Column::text("estimator"))
        .column(Column::number("bias"))
        .column(Column::number("MC s.e. of bias"))
        .column(Column::number("RMSE"))
        .column(Column::number("MC s.e. of RMSE"));
    for before in BEFORE {
        let errors = tally::run(scenario, before, &Estimator::ALL, replications)?;
        table =
            table.rows(Estimator::ALL.iter().zip(&errors).map(|(name, errors)| row(before, *name, errors)));
    }
    let biases = BEFORE.map(|before| format!("{:.3}", scenario.bias_of_difference(before)));
    Ok(table.note(format!("Derived bias of difference-in-differences: {}.", biases.join(", "))))
}

fn row(before: usize, estimator: Estimator, errors: &Errors) -> Vec<Cell> {
    vec![
        before.into(),
        estimator.name().into(),
        Cell::real(errors.bias, 3),
        Cell::real(errors.bias_error, 3),
        Cell::real(errors.rmse, 3),
        Cell::real(errors.rmse_error, 3),
    ]
}

impl Scenario {
    fn title(self) -> &'static str {
        match self {
            Scenario::ParallelTrends => "(a) Parallel trends, treatment by level",
            Scenario::TransientShock => "(b) Treatment after a transient shock",
            Scenario::InteractiveEffects => "(c) Interactive effects, treatment by drift",
        }
    }
}

impl Estimator {
    fn name(self) -> &'static str {
        match self {
            Estimator::Difference => "difference-in-differences",
            Estimator::LaggedOutcome => "lagged outcome",
            Estimator::SyntheticControl => "synthetic control",
            Estimator::SyntheticDifference => "synthetic difference",
            Estimator::Matching => "matching",
        }
    }
}
