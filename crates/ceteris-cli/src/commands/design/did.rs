//! `ceteris did`: a difference-in-differences.

use ceteris::DifferenceInDifferences;

use super::asked::{Asked, as_asked};
use crate::args::DidArgs;
use crate::commands::regression::check_output;
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &DidArgs) -> Result<(), Failure> {
    let asked = Asked::read(&args.design)?;
    check_output(&args.design.output)?;
    let (outcome, treated) = (asked.outcome.clone(), args.treated.as_str());
    let design = DifferenceInDifferences::new(outcome, treated, args.when.meaning());
    let design = as_asked!(design, asked);
    let file = asked.file(&design.ols(), &args.columns())?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    asked.show_effects("ceteris.did/1", &file, &fitted)
}
