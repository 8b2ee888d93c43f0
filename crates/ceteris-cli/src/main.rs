//! The command line of `ceteris`: every command is a few lines over the libraries.
//!
//! ```text
//! args       what may be asked; each flag is one builder method
//! usage      words that were not understood, as one sentence
//! commands   one file or folder for each command
//! exit       what went wrong, as one sentence and an exit code
//! flags      the flags that set what the libraries call by other names
//! output     what goes to standard output
//! signs      what a terminal would obey, shown and not sent
//! progress   how far a long command is, on a terminal only
//! cells      numbers of a table that may be absent
//! decimals   how many decimals a reader needs
//! files      the files of `--out`
//! ```

mod args;
mod cells;
mod commands;
mod decimals;
mod exit;
mod files;
mod flags;
mod output;
mod progress;
mod signs;
mod usage;

use std::process::ExitCode;

use usage::Asked;

fn main() -> ExitCode {
    let outcome = usage::asked().and_then(|asked| match asked {
        Asked::Help(text) => output::print(&text),
        Asked::Command(command) => commands::run(&command),
    });
    exit::code(outcome, usage::form_of_failures())
}
