//! `ceteris data`: what there is, what is in a file, other formats, and the simulated panel.

use std::path::Path;

use ceteris::Frame;
use ceteris_data::nhs::{CARDS, Card};
use ceteris_data::twin::Twin;
use ceteris_data::{Loaded, Overwrite, load_with, write};
use ceteris_report::{Column, Table};

use super::describe;
use crate::args::{DataCommand, TextArgs};
use crate::exit::Failure;
use crate::output;

/// Does what was asked.
pub(super) fn run(command: &DataCommand) -> Result<(), Failure> {
    match command {
        DataCommand::List => list(),
        DataCommand::Describe { file, text } => match card(file) {
            Some(card) => output::print(&format!("{card}\n")),
            None => output::print(&describe::table(&load(file, text)?).text()?),
        },
        DataCommand::Convert { input, output, text, force } => {
            let loaded = load(input, text)?;
            save(&loaded.frame, output, *force)
        }
        DataCommand::Twin { file, caesarean, force } => {
            let twin = Twin::screening();
            let twin = if *caesarean { twin.add_caesarean() } else { twin };
            save(&twin.labelled_frame(), file, *force)
        }
    }
}

fn load(file: &Path, text: &TextArgs) -> Result<Loaded, Failure> {
    Ok(load_with(file, &text.reader())?)
}

fn save(frame: &Frame, path: &Path, force: bool) -> Result<(), Failure> {
    let overwrite = if force { Overwrite::Replace } else { Overwrite::Refuse };
    write(frame, path, overwrite)?;
    let (rows, columns) = (frame.nrows(), frame.names().count());
    output::print(&format!("{}: {rows} rows, {columns} columns\n", path.display()))
}

/// The sources that have a reader of their own, and the panel that is made.
fn list() -> Result<(), Failure> {
    let table = Table::new("Data that this program knows")
        .column(Column::text("name"))
        .column(Column::text("a row is"))
        .column(Column::text("publisher"))
        .rows(CARDS.iter().map(|card| [card.name, card.row, card.publisher]))
        .row(["twin", "a SIMULATED practice, year and indicator", "this program"])
        .note("`ceteris data describe NAME` says where a published file comes from and what it holds.")
        .note("`ceteris data twin FILE` writes the twin: no row of it is a real practice.");
    output::print(&table.text()?)
}

/// The card of a source, if this is the name of one and not a file.
fn card(name: &Path) -> Option<&'static Card> {
    let known = CARDS.iter().find(|card| Path::new(card.name) == name);
    known.filter(|_| !name.exists())
}
