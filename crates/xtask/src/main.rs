//! The one door: `cargo xtask check` is what a developer runs and what `.ci/run` runs.
//!
//! Every command is a list of [`Step`]s, either a call of cargo or a survey of the source text, and
//! `check` is the steps of all commands in order. A run prints a heading for each step, stops at the
//! first failure and ends with a summary. The crate uses the standard library only, so that the door
//! opens before anything else has been built.
//!
//! ```text
//! main      commands and help
//! check     the order of all steps
//! step      what a step is, how a run goes, what the summary says
//! fmt clippy test doc interaction names lines links words   one file per command
//! layers/   who may use whom: modules, confined crates, manifests
//! circles/  which files import in a circle
//! source/   Rust text without comments, literals and tests; the paths named in it
//! ```
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal: what it prints is its result"
)]

mod check;
mod circles;
mod clippy;
mod doc;
mod fmt;
mod interaction;
mod layers;
mod lines;
mod links;
mod names;
mod openblas;
mod source;
mod step;
mod test;
mod violation;
mod words;
mod workspace;

use std::process::ExitCode;

use step::Step;
use workspace::Workspace;

/// A command of `cargo xtask`: its name, one line of help, and the steps it runs.
struct Command {
    /// What is typed after `cargo xtask`.
    name: &'static str,
    /// The line printed by `--help`.
    about: &'static str,
    /// The steps, built when the command is chosen.
    steps: fn() -> Vec<Step>,
}

/// All commands, in the order in which `--help` lists them.
const COMMANDS: &[Command] = &[
    Command { name: "check", about: "everything below, in order", steps: check::steps },
    Command { name: "fmt", about: "is the code formatted?", steps: fmt::steps },
    Command { name: "clippy", about: "lints, warnings denied", steps: clippy::steps },
    Command { name: "test", about: "tests and doctests, every feature set", steps: test::steps },
    Command { name: "doc", about: "rustdoc, warnings denied", steps: doc::steps },
    Command { name: "layers", about: "who may use whom", steps: layers::steps },
    Command { name: "circles", about: "no files that import in a circle", steps: circles::steps },
    Command { name: "interaction", about: "one file takes `a^b` apart", steps: interaction::steps },
    Command { name: "names", about: "at most 60 names at the core's root", steps: names::steps },
    Command { name: "lines", about: "no Rust file over 400 lines", steps: lines::steps },
    Command { name: "links", about: "files named in the docs exist", steps: links::steps },
    Command { name: "words", about: "no machine paths or addresses", steps: words::steps },
];

/// Exit code of a call that cannot be understood, as the command line `ceteris` uses it.
const USAGE: u8 = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--help" | "-h" | "help"] => {
            print!("{}", help());
            ExitCode::SUCCESS
        }
        [name] => match COMMANDS.iter().find(|command| command.name == name) {
            Some(command) => run(command),
            None => usage(&format!("`{name}` is not a command of xtask")),
        },
        [] => usage("xtask needs a command"),
        [_, ..] => usage("xtask takes one command and nothing else"),
    }
}

/// Runs the steps of one command on the workspace this program belongs to.
fn run(command: &Command) -> ExitCode {
    let workspace = Workspace::of_this_program();
    if step::run_all(&(command.steps)(), &workspace) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Says what is wrong with the call, then how to call.
fn usage(problem: &str) -> ExitCode {
    eprint!("{problem}\n\n{}", help());
    ExitCode::from(USAGE)
}

/// The text of `--help`.
fn help() -> String {
    let mut text = String::from("usage: cargo xtask <command>\n\n");
    for command in COMMANDS {
        text.push_str(&format!("  {:<11} {}\n", command.name, command.about));
    }
    text.push_str("\nThe steps that need OpenBLAS are skipped, loudly, where it is not installed;\n");
    text.push_str("with CI set in the environment a missing OpenBLAS is a failure.\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_names_every_command_once() {
        let text = help();
        for command in COMMANDS {
            let line = format!("\n  {:<11} ", command.name);
            assert_eq!(text.matches(&line).count(), 1, "{}", command.name);
        }
    }

    #[test]
    fn every_command_has_steps() {
        for command in COMMANDS {
            assert!(!(command.steps)().is_empty(), "{}", command.name);
        }
    }
}
