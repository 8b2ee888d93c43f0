//! `ceteris did`: a difference-in-differences.

use ceteris::{DifferenceInDifferences, Reform, TwoArms};

use super::{Parts, columns_of, show_effects};
use crate::args::{DidArgs, When};
use crate::commands::regression::check_output;
use crate::commands::regression::source::File;
use crate::commands::regression::specification::{configured, solver};
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &DidArgs) -> Result<(), Failure> {
    let (settings, when) = (&args.design.settings, args.when.meaning());
    let parts = Parts::read(&args.design)?;
    check_output(&args.design.output)?;
    let treated = args.treated.as_str();
    let design = match when {
        When::Post(post) => DifferenceInDifferences::new(parts.outcome, TwoArms { treated, post }),
        When::Since { time, date } => {
            DifferenceInDifferences::reformed(parts.outcome, treated, Reform { time, date })
        }
    };
    let design = design.adjust_for(parts.covariates).absorb(parts.effects);
    let solver = solver(settings)?;
    let design = configured!(design, settings, solver);
    let file = File::read_with(settings, &design.ols(), &[treated, columns_of(when)])?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    show_effects("ceteris.did/1", &args.design, &file, &fitted)
}
