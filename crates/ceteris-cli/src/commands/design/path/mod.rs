//! Effects by event time, as a table, an object and a figure.
//!
//! ```text
//! found    what an estimator found, and the bands of it that could be computed
//! table    for people
//! json     for programs
//! figure   for both
//! ```

mod figure;
mod found;
mod json;
mod table;

use ceteris_report::OutputFolder;

use crate::args::{Estimator, OutputArgs};
use crate::exit::Failure;
use crate::{files, output};
pub(super) use figure::title;
use found::Shown;
pub(super) use found::{Bands, Earlier, Found};

/// Refuses a folder that cannot be written, before the work and not after it.
pub(super) fn check_output(args: &OutputArgs) -> Result<(), Failure> {
    let Some(path) = &args.out else { return Ok(()) };
    let names = ["path.csv", "path.md", "path.tex", "path.svg", "path.png"];
    let folder = names.into_iter().fold(OutputFolder::new(path), |folder, name| folder.file(name, ""));
    Ok(files::replacing(folder, args.force).check()?)
}

/// Writes the files of `--out`, and prints the table or the object.
pub(super) fn show(
    found: &Found,
    estimator: Estimator,
    level: f64,
    bands: Bands,
    args: &OutputArgs,
) -> Result<(), Failure> {
    let mut shown = Shown::new(found, estimator, level, bands);
    if let Some(path) = &args.out {
        let drawing = figure::of(&shown).draw();
        let (pictures, failed) = files::figure(OutputFolder::new(path), "path", drawing);
        shown.figure_failed = failed;
        let folder = pictures.table("path", &table::of(&shown))?;
        files::replacing(folder, args.force).write()?;
    }
    if args.json {
        return output::print_json(&json::object(&shown));
    }
    output::print(&table::of(&shown).text()?)
}
