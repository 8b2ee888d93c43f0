//! `ceteris explain-se`: one fit under the corrections of every program, as tables or an object.

mod json;
mod table;

use std::path::Path;

use ceteris::SmallSample;
use ceteris_report::{OutputFolder, Table};

use super::regression::source::File;
use super::regression::specification;
use crate::args::ExplainArgs;
use crate::exit::Failure;
use crate::{files, output};

/// Fits, explains, prints and writes.
pub(super) fn run(args: &ExplainArgs) -> Result<(), Failure> {
    let vcov = specification::vcov(&args.regression.settings, SmallSample::default())?;
    let ols = specification::ols(&args.regression)?;
    if let Some(folder) = &args.output.out {
        let empty = Table::new("").column(ceteris_report::Column::text("empty"));
        folder_of(folder, args.output.force, &empty, &empty)?.check()?; // before the work, not after it
    }
    let file = File::read(&args.regression.settings, &ols)?;
    let fit = file.explained(ols.fit(&file.loaded.frame))?;
    let explanation = file.explained(fit.explain(vcov, args.term.as_deref()))?;
    let counts = table::counts(&fit, &explanation);
    if let Some(folder) = &args.output.out {
        folder_of(folder, args.output.force, &counts, &table::standard_errors(&explanation))?.write()?;
    }
    if args.output.json {
        return output::print_json(&json::object(&fit, &explanation));
    }
    let mut text = counts.text()?;
    for table in table::of_each_term(&explanation) {
        text.push('\n');
        text.push_str(&table.text()?);
    }
    output::print(&text)
}

/// The files of `--out`.
fn folder_of(path: &Path, force: bool, counts: &Table, errors: &Table) -> Result<OutputFolder, Failure> {
    let folder = OutputFolder::new(path).table("counts", counts)?.table("standard_errors", errors)?;
    Ok(files::replacing(folder, force))
}
