//! One file or folder for each command: a few lines over the libraries, nothing reusable.

mod data;
mod describe;
mod fit;

use crate::args::Command;
use crate::exit::Failure;

/// Does what was asked.
pub(crate) fn run(command: &Command) -> Result<(), Failure> {
    match command {
        Command::Fit(args) => fit::run(args),
        Command::Data(command) => data::run(command),
    }
}
