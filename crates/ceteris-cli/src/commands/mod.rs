//! One file or folder for each command: a few lines over the libraries, nothing reusable.

mod check_table;
mod data;
mod describe;
mod design;
mod dose;
mod explain_se;
mod fit;
mod regression;
mod screening;

use crate::args::Command;
use crate::exit::Failure;

/// Does what was asked.
pub(crate) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Screening(args) => screening::run(args),
        Command::Dose(args) => dose::run(args),
        Command::Fit(args) => fit::run(args),
        Command::Did(args) => design::did::run(args),
        Command::Ddd(args) => design::ddd::run(args),
        Command::Event(args) => design::event::run(args),
        Command::Ldv(args) => design::ldv::run(args),
        Command::Bracket(args) => design::bracket::run(args),
        Command::Trends(args) => design::trends::run(args),
        Command::ExplainSe(args) => explain_se::run(args),
        Command::CheckTable(args) => check_table::run(args),
        Command::Data(command) => data::run(command),
    }
}
