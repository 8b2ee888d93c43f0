//! `ceteris ldv`: a lagged-dependent-variable estimate.

use ceteris::{Index, LaggedOutcome};

use super::asked::{Asked, as_asked};
use crate::args::LdvArgs;
use crate::commands::regression::check_output;
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &LdvArgs) -> Result<(), Failure> {
    let (asked, panel) = (Asked::read(&args.design)?, &args.panel);
    check_output(&args.design.output)?;
    let index = Index { unit: &panel.unit, time: &panel.time };
    let (first, others) = args.treatment.split_first().expect("the parser asks for a treatment");
    let mut design = LaggedOutcome::new(asked.outcome_column()?, index, first).lags(panel.lags).doses(others);
    if let Some(date) = args.date {
        design = design.reform(date);
    }
    if let Some(affected) = &panel.affected {
        design = design.affected(affected);
    }
    if let Some(by) = &args.by {
        design = design.by(by);
    }
    let design = as_asked!(design, asked);
    let file = asked.file(&design.ols(), &args.columns())?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    asked.show_effects("ceteris.ldv/1", &file, &fitted)
}
