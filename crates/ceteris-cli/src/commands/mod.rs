//! One file or folder for each command: a few lines over the libraries, nothing reusable.

mod check_table;
mod data;
mod describe;
mod dose;
mod explain_se;
mod fit;
mod screening;

use crate::args::Command;
use crate::exit::Failure;

/// Does what was asked.
pub(crate) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Screening(args) => screening::run(args),
        Command::Dose(args) => dose::run(args),
        Command::Fit(args) => fit::run(args),
        Command::ExplainSe(args) => explain_se::run(args),
        Command::CheckTable(args) => check_table::run(args),
        Command::Data(command) => data::run(command),
    }
}
