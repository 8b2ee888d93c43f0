//! `ceteris fit`: one regression, from flags to a table or an object.

mod json;
mod remark;
pub(super) mod source;
pub(super) mod specification;
mod table;

use std::path::Path;

use ceteris::Inference;
use ceteris_data::{Overwrite, write};
use ceteris_report::OutputFolder;

use crate::args::FitArgs;
use crate::exit::Failure;
use crate::output;
use remark::{Remark, remarks};
use source::File;
use table::Shown;

/// Fits, prints and writes.
pub(super) fn run(args: &FitArgs) -> Result<(), Failure> {
    let regression = &args.regression;
    let vcov = specification::vcov(regression)?;
    let ols = specification::ols(regression)?;
    if let Some(folder) = &args.out {
        folder_of(folder, args.force, ["", "", ""]).check()?; // before the work, not after it
    }
    let file = File::read(regression, &ols)?;
    let fit = file.explained(ols.fit(&file.loaded.frame))?;
    let estimated = fit.inference_under(vcov, args.ssc);
    let inference = estimated.map_err(source::in_file_rows)?;
    if let Some(path) = &args.ledger {
        let overwrite = if args.force { Overwrite::Replace } else { Overwrite::Refuse };
        write(&fit.row_ledger(), path, overwrite)?;
    }
    show(args, &inference, &remarks(&inference, args.level, &file.slips(&ols, &regression.vcov)))
}

fn show(args: &FitArgs, inference: &Inference, remarks: &[Remark]) -> Result<(), Failure> {
    let shown = Shown { inference, level: args.level, remarks };
    if let Some(folder) = &args.out {
        let table = shown.for_people();
        let files = [shown.for_programs().csv()?, table.markdown()?, table.latex()?];
        folder_of(folder, args.force, files.each_ref().map(String::as_str)).write()?;
    }
    if args.json {
        return output::print_json(&json::object(inference, args.level, remarks));
    }
    output::print(&shown.for_people().text()?)
}

/// The files of `--out`, with their contents as CSV, Markdown and LaTeX.
fn folder_of(path: &Path, force: bool, contents: [&str; 3]) -> OutputFolder {
    let names = ["coefficients.csv", "coefficients.md", "coefficients.tex"];
    let files = names.into_iter().zip(contents);
    let folder = files.fold(OutputFolder::new(path), |folder, (name, text)| folder.file(name, text));
    if force { folder.replace() } else { folder }
}
