//! `ceteris ldv`: a lagged-dependent-variable estimate.

use ceteris::{Index, LaggedOutcome};

use super::{Parts, show_effects};
use crate::args::LdvArgs;
use crate::commands::regression::check_output;
use crate::commands::regression::source::File;
use crate::commands::regression::specification::{configured, solver};
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &LdvArgs) -> Result<(), Failure> {
    let (settings, panel) = (&args.design.settings, &args.panel);
    let parts = Parts::read(&args.design)?;
    check_output(&args.design.output)?;
    let index = Index { unit: &panel.unit, time: &panel.time };
    let (first, others) = args.treatment.split_first().expect("the parser asks for a treatment");
    let mut design = LaggedOutcome::new(parts.outcome_column()?, index, first).lags(panel.lags).doses(others);
    if let Some(date) = args.date {
        design = design.reform(date);
    }
    if let Some(affected) = &panel.affected {
        design = design.affected(affected);
    }
    if let Some(by) = &args.by {
        design = design.by(by);
    }
    let design = design.adjust_for(parts.covariates).absorb(parts.effects);
    let solver = solver(settings)?;
    let design = configured!(design, settings, solver);
    let mut columns = vec![panel.time.as_str()];
    columns.extend(args.treatment.iter().chain(&panel.affected).map(String::as_str));
    let file = File::read_with(settings, &design.ols(), &columns)?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    show_effects("ceteris.ldv/1", &args.design, &file, &fitted)
}
