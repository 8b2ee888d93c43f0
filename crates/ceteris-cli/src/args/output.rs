//! Where results go.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

/// What is printed, and what is written beside it.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("files").multiple(true))]
pub(crate) struct OutputArgs {
    /// Print one JSON object in place of tables; its key "schema" names its form.
    #[arg(long)]
    pub(crate) json: bool,

    /// Also write tables as CSV, Markdown and LaTeX and figures as SVG and PNG to this folder
    /// (`OutputFolder`).
    #[arg(long, value_name = "FOLDER", group = "files")]
    pub(crate) out: Option<PathBuf>,

    /// Let these files take the place of earlier ones (`OutputFolder::replace`, `Overwrite::Replace`).
    #[arg(long, requires = "files")]
    pub(crate) force: bool,
}
