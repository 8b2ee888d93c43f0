//! What every command about one regression does with it: read the file, set the specification, print and
//! write the table.

mod json;
mod remark;
pub(super) mod source;
pub(super) mod specification;
mod table;

use ceteris::{Coefficient, Inference};
use ceteris_report::OutputFolder;

use crate::args::OutputArgs;
use crate::exit::Failure;
use crate::{files, output};
pub(super) use remark::{Remark, remarks};
use table::Shown;

/// A regression, and which of its coefficients it was about.
pub(super) struct Reported<'a> {
    /// The name of the JSON object's form.
    pub(super) schema: &'static str,
    /// The regression under its covariance.
    pub(super) inference: &'a Inference,
    /// The effects of a design; `None` for a plain regression.
    pub(super) effects: Option<Vec<Coefficient>>,
    /// The level of the intervals.
    pub(super) level: f64,
    /// What the reader should know.
    pub(super) remarks: &'a [Remark],
}

impl Reported<'_> {
    /// Writes the files of `--out`, and prints the table or the object.
    pub(super) fn show(&self, args: &OutputArgs) -> Result<(), Failure> {
        let coefs = self.effects.clone().unwrap_or_else(|| self.inference.coefs());
        let shown = Shown { inference: self.inference, coefs, level: self.level, remarks: self.remarks };
        if args.out.is_some() {
            let table = shown.for_people();
            let files = [shown.for_programs().csv()?, table.markdown()?, table.latex()?];
            folder_of(args, files.each_ref().map(String::as_str)).write()?;
        }
        if args.json {
            return output::print_json(&json::object(
                self.schema,
                self.inference,
                self.effects.as_deref(),
                self.level,
                self.remarks,
            ));
        }
        output::print(&shown.for_people().text()?)
    }
}

/// Refuses a folder that cannot be written, before the work and not after it.
pub(super) fn check_output(args: &OutputArgs) -> Result<(), Failure> {
    Ok(folder_of(args, ["", "", ""]).check()?)
}

/// The files of `--out`, with their contents as CSV, Markdown and LaTeX; without it, no file.
fn folder_of(args: &OutputArgs, contents: [&str; 3]) -> OutputFolder {
    let Some(path) = &args.out else { return OutputFolder::new("") };
    let names = ["coefficients.csv", "coefficients.md", "coefficients.tex"];
    let files = names.into_iter().zip(contents);
    let folder = files.fold(OutputFolder::new(path), |folder, (name, text)| folder.file(name, text));
    files::replacing(folder, args.force)
}
