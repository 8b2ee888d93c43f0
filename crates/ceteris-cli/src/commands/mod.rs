//! One file or folder for each command: a few lines over the libraries, nothing reusable.

mod data;
mod describe;
mod fit;
mod screening;

use crate::args::Command;
use crate::exit::Failure;

/// Does what was asked.
pub(crate) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Screening(args) => screening::run(args),
        Command::Fit(args) => fit::run(args),
        Command::Data(command) => data::run(command),
    }
}
