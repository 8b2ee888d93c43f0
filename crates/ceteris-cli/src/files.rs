//! The files of `--out`.

use ceteris_report::{Drawing, Error, OutputFolder};

/// The folder, which replaces earlier files if `--force` is given.
pub(crate) fn replacing(folder: OutputFolder, is_forced: bool) -> OutputFolder {
    if is_forced { folder.replace() } else { folder }
}

/// The folder with a figure, or without it and why it could not be drawn: a figure is an extra, and what
/// was asked for stands without it.
pub(crate) fn figure(
    folder: OutputFolder,
    stem: &str,
    drawing: Result<Drawing, Error>,
) -> (OutputFolder, Option<String>) {
    match drawing.and_then(|drawing| folder.clone().figure(stem, &drawing)) {
        Ok(with_figure) => (with_figure, None),
        Err(error) => (folder, Some(error.to_string())),
    }
}
