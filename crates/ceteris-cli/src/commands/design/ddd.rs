//! `ceteris ddd`: a triple difference.

use ceteris::{Groups, TripleDifference};

use super::{Parts, columns_of, show_effects};
use crate::args::DddArgs;
use crate::commands::regression::check_output;
use crate::commands::regression::source::File;
use crate::commands::regression::specification::{configured, solver};
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &DddArgs) -> Result<(), Failure> {
    let settings = &args.design.settings;
    let parts = Parts::read(&args.design)?;
    check_output(&args.design.output)?;
    let (treated, affected) = (args.treated.as_str(), args.affected.as_str());
    let groups = Groups { treated, affected };
    let design = TripleDifference::new(parts.outcome, groups, args.when.meaning());
    let design = design.adjust_for(parts.covariates).absorb(parts.effects);
    let solver = solver(settings)?;
    let design = configured!(design, settings, solver);
    let file = File::read_with(settings, &design.ols(), &[treated, affected, columns_of(&args.when)])?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    show_effects("ceteris.ddd/1", &args.design, &file, &fitted)
}
