//! `ceteris ddd`: a triple difference.

use ceteris::{Groups, TripleDifference};

use super::asked::{Asked, as_asked};
use crate::args::DddArgs;
use crate::commands::regression::check_output;
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &DddArgs) -> Result<(), Failure> {
    let asked = Asked::read(&args.design)?;
    check_output(&args.design.output)?;
    let (outcome, treated, affected) = (asked.outcome.clone(), args.treated.as_str(), args.affected.as_str());
    let design = TripleDifference::new(outcome, Groups { treated, affected }, args.when.meaning());
    let design = as_asked!(design, asked);
    let file = asked.file(&design.ols(), &args.columns())?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    asked.show_effects("ceteris.ddd/1", &file, &fitted)
}
