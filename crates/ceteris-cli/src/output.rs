//! What goes to standard output: text for people, JSON for programs.
//!
//! It is the same on a terminal and in a file: no colours, and progress goes elsewhere. Names and labels come from
//! files of others: signs that a terminal obeys are shown and not sent. A reader that has seen enough and closes
//! the pipe, such as `head`, is no failure.

use std::io::{self, ErrorKind, Write};

use serde::Serialize;

use crate::exit::Failure;
use crate::signs;

/// Prints lines of text.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    send(&signs::shown(text))
}

fn send(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(Failure::Output),
    }
}

/// Prints one JSON value on one line. Numbers have the digits that read back to the same bits; one
/// that is not finite is `null`.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string(value).expect("the schemas have text keys only");
    send(&(signs::escaped(&text) + "\n"))
}
