//! The flags of `ceteris data`, and those that name a file of data.

use std::path::PathBuf;

use ceteris_data::CsvReader;
use clap::{Args, Subcommand};

use super::values;

/// A file to fit to.
#[derive(Debug, Args)]
pub(crate) struct SourceArgs {
    /// CSV (also gzip) or Parquet, told by content (`ceteris_data::load_with`).
    #[arg(long, value_name = "FILE")]
    pub(crate) data: PathBuf,

    #[command(flatten)]
    pub(crate) text: TextArgs,
}

/// How text is read.
#[derive(Debug, Args)]
pub(crate) struct TextArgs {
    /// What stands between the fields of CSV; "tab" is a tab (`CsvReader::delimiter`).
    #[arg(long, value_name = "CHARACTER", value_parser = values::delimiter)]
    pub(crate) delimiter: Option<u8>,
}

impl TextArgs {
    /// The reader that these flags ask for.
    pub(crate) fn reader(&self) -> CsvReader {
        let reader = CsvReader::new();
        match self.delimiter {
            Some(delimiter) => reader.delimiter(delimiter),
            None => reader,
        }
    }
}

/// What to do with data.
#[derive(Debug, Subcommand)]
pub(crate) enum DataCommand {
    /// List the published sources and the panel that this program knows.
    List,
    /// Describe the columns of a file, or a source of the list.
    Describe {
        /// A file (`ceteris_data::load_with`), or the name of a source (`nhs::CARDS`).
        file: PathBuf,
        #[command(flatten)]
        text: TextArgs,
    },
    /// Convert a file to another format.
    Convert {
        /// CSV (also gzip) or Parquet, told by content (`ceteris_data::load_with`).
        input: PathBuf,
        /// .csv, .csv.gz or .parquet, told by the ending (`ceteris_data::write`).
        output: PathBuf,
        #[command(flatten)]
        text: TextArgs,
        /// Let the new file take the place of an earlier one (`Overwrite::Replace`).
        #[arg(long)]
        force: bool,
    },
    /// Write the SIMULATED screening panel: no row of it is a real practice.
    Twin {
        /// .csv, .csv.gz or .parquet, told by the ending (`ceteris_data::write`).
        file: PathBuf,
        /// Add rows of a second comparison, caesarean deliveries (`Twin::add_caesarean`).
        #[arg(long)]
        caesarean: bool,
        /// Let the new file take the place of an earlier one (`Overwrite::Replace`).
        #[arg(long)]
        force: bool,
    },
}
