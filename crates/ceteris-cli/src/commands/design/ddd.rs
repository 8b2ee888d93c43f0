//! `ceteris ddd`: a triple difference.

use ceteris::did::Arms;
use ceteris::{Groups, Reform, TripleDifference};

use super::asked::{Asked, as_asked};
use crate::args::{DddArgs, When};
use crate::commands::regression::check_output;
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &DddArgs) -> Result<(), Failure> {
    let (asked, when) = (Asked::read(&args.design)?, args.when.meaning());
    check_output(&args.design.output)?;
    let (outcome, treated, affected) = (asked.outcome.clone(), args.treated.as_str(), args.affected.as_str());
    let design = match when {
        When::Post(post) => TripleDifference::new(outcome, Arms { treated, affected, post }),
        When::Since { time, date } => {
            TripleDifference::reformed(outcome, Groups { treated, affected }, Reform { time, date })
        }
    };
    let design = as_asked!(design, asked);
    let file = asked.file(&design.ols(), &args.columns())?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    asked.show_effects("ceteris.ddd/1", &file, &fitted)
}
