//! Words of the command line into a command. What is not understood becomes one sentence, in place
//! of the paragraphs of `clap`.

use std::error::Error;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser};

use crate::args::{Cli, Command};
use crate::exit::{Failure, Form};

/// What the command line asks for.
#[derive(Debug)]
pub(crate) enum Asked {
    /// Help, or the version: text to print.
    Help(String),
    /// A command.
    Command(Box<Command>),
}

/// Reads the command line of this process.
pub(crate) fn asked() -> Result<Asked, Failure> {
    match Cli::try_parse() {
        Ok(cli) => Ok(Asked::Command(Box::new(cli.command))),
        Err(error) => match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Ok(Asked::Help(error.render().to_string())),
            _ => Err(Failure::Usage(sentence(&error))),
        },
    }
}

/// How failures are reported: as an object if `--json` is among the words, understood or not.
pub(crate) fn form_of_failures() -> Form {
    let is_asked = std::env::args_os().any(|word| word == "--json");
    if is_asked { Form::Json } else { Form::Sentence }
}

/// Asked, found, do.
fn sentence(error: &clap::Error) -> String {
    let (found, to_do) = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => value(error),
        ErrorKind::UnknownArgument => {
            let (word, whole) = (flag(error), understood().0);
            let found = match word.starts_with('-') {
                true => format!("`{word}` is not a flag of `{whole}`"),
                false => format!("`{word}` is one word more than `{whole}` takes"),
            };
            (found, nearest(&word, &flags()))
        }
        ErrorKind::InvalidSubcommand => command(error),
        ErrorKind::MissingRequiredArgument => (format!("{} must be given", missing(error)), None),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            (format!("a command must be given: {}", one_of(&commands())), None)
        }
        ErrorKind::ArgumentConflict => conflict(error),
        _ => {
            let whole = error.to_string();
            let first = whole.lines().next().unwrap_or("the command line is not understood");
            (first.trim_start_matches("error: ").to_string(), None)
        }
    };
    let to_do = to_do.unwrap_or_else(|| format!("see `{} --help`", understood().0));
    format!("{found}; {to_do}")
}

/// A flag with a value that does not fit, or without one.
fn value(error: &clap::Error) -> (String, Option<String>) {
    let flag = flag(error);
    let found = match text(error, ContextKind::InvalidValue) {
        found if found.is_empty() => "nothing is given".to_string(),
        found => format!("it is `{found}`"),
    };
    let (must, to_do) = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(words)) if !words.is_empty() => {
            (one_of(words), nearest(&text(error, ContextKind::InvalidValue), words))
        }
        _ => match error.source() {
            Some(must) => (must.to_string(), None), // a parser of `values` says what it must be
            None => ("followed by a value".to_string(), None),
        },
    };
    (format!("`{flag}` must be {must}, but {found}"), to_do)
}

/// The flags that are not given, without the names of their values; of a group, one is enough.
fn missing(error: &clap::Error) -> String {
    let whole = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => vec![text(error, ContextKind::InvalidArg)],
    };
    let of_group = |text: &str| text.contains('|');
    let alone: Vec<String> = whole.iter().filter(|text| !of_group(text)).map(|text| bare(text)).collect();
    let mut parts: Vec<String> = alone.iter().map(|flag| format!("`{flag}`")).collect();
    for group in whole.iter().filter(|text| of_group(text)) {
        let flags: Vec<String> = group.trim_matches(['<', '>']).split('|').map(bare).collect();
        if !flags.iter().any(|flag| alone.contains(flag)) {
            let flags: Vec<String> = flags.iter().map(|flag| format!("`{flag}`")).collect();
            parts.push(format!("one of {}", flags.join(" and ")));
        }
    }
    match parts.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.join(""),
    }
}

/// A flag without the name of its value.
fn bare(text: &str) -> String {
    text.split(' ').next().unwrap_or_default().to_string()
}

/// A flag that is given twice, or with another that it does not go with.
fn conflict(error: &clap::Error) -> (String, Option<String>) {
    let (one, others) = (flag(error), text(error, ContextKind::PriorArg));
    let others: Vec<String> = others.split(", ").map(bare).filter(|other| *other != one).collect();
    match others.join("` and `") {
        none if none.is_empty() => (format!("`{one}` must be given once"), None),
        others => (format!("`{one}` does not go with `{others}`, but both are given"), None),
    }
}

/// A word in the place of a command.
fn command(error: &clap::Error) -> (String, Option<String>) {
    let word = text(error, ContextKind::InvalidSubcommand);
    let found = format!("`{word}` is not a command, there are {}", commands().join(", "));
    (found, nearest(&word, &commands()))
}

/// The word that was probably meant, if one is so near that it may be a slip of the keyboard.
fn nearest(asked: &str, words: &[String]) -> Option<String> {
    /// A slip changes fewer characters than one in three.
    const FEWEST_CHARACTERS: usize = 3;
    let allowed = (asked.chars().count() / FEWEST_CHARACTERS).max(1);
    let near = words.iter().map(|word| (strsim::osa_distance(asked, word), word));
    let near = near.filter(|(edits, _)| *edits <= allowed).min_by_key(|(edits, _)| *edits);
    near.map(|(_, word)| format!("did you mean `{word}`?"))
}

/// "a, b or c".
fn one_of(words: &[String]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.join(""),
    }
}

/// The flag that an error is about, without the name of its value.
fn flag(error: &clap::Error) -> String {
    let whole = text(error, ContextKind::InvalidArg);
    whole.split([' ', '=']).next().unwrap_or_default().to_string()
}

/// What is known about an error; nothing if it is not known.
fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        _ => String::new(),
    }
}

/// The flags of the command that was understood.
fn flags() -> Vec<String> {
    let command = understood().1;
    command.get_arguments().filter_map(|flag| flag.get_long()).map(|long| format!("--{long}")).collect()
}

/// The names of the commands that may follow those that were understood.
fn commands() -> Vec<String> {
    let commands = understood().1;
    let names = commands.get_subcommands().map(|command| command.get_name().to_string());
    names.filter(|name| name != "help").collect()
}

/// The program and the commands that were understood: their words, and the last of them.
fn understood() -> (String, clap::Command) {
    let mut command = Cli::command();
    let mut words = command.get_name().to_string();
    for word in std::env::args_os().skip(1) {
        let Some(next) = command.find_subcommand(&word).cloned() else {
            break;
        };
        words = format!("{words} {}", next.get_name());
        command = next;
    }
    (words, command)
}
