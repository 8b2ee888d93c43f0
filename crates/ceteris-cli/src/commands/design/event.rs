//! `ceteris event`: effects by time since treatment.

use ceteris::{
    DifferenceInDifferences, EventFit, EventPath, EventStudy, Fit, Groups, Index, InteractionWeighted,
    Notice, Reform, TripleDifference,
};

use super::Parts;
use super::path::Report;
use crate::args::{DesignArgs, EventArgs, Origin, StudyArgs};
use crate::commands::regression::source::{File, in_file_rows};
use crate::commands::regression::specification::{self, configured, solver};
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &EventArgs) -> Result<(), Failure> {
    Report::check(&args.design.output)?;
    let fitted = if args.by_cohort { by_cohort(args)? } else { two_way(&args.study, &args.design)? };
    let Fitted { path, fit, notices } = fitted;
    Report { schema: "ceteris.event/1", path: &path, fit: &fit, notices: &notices, level: args.design.level }
        .show(&args.design.output)
}

/// A path, the regression behind it, and what to tell of both.
pub(super) struct Fitted {
    pub(super) path: EventPath,
    pub(super) fit: Fit,
    pub(super) notices: Vec<Notice>,
}

/// The study with one coefficient for each event time.
pub(super) fn two_way(args: &StudyArgs, design: &DesignArgs) -> Result<Fitted, Failure> {
    let study = study(args, design)?;
    let file = File::read_with(&design.settings, &study.ols(), &columns(args))?;
    let fitted: EventFit = file.explained(study.fit(&file.loaded.frame))?;
    let vcov = specification::vcov(&design.settings)?;
    let path = fitted.path_under(vcov, design.ssc).map_err(in_file_rows)?;
    Ok(Fitted { path, fit: fitted.fit().clone(), notices: fitted.notices() })
}

/// The study that the flags stand for.
pub(super) fn study(args: &StudyArgs, design: &DesignArgs) -> Result<EventStudy, Failure> {
    let (settings, parts) = (&design.settings, Parts::read(design)?);
    let time = args.time.as_str();
    let study = match args.origin() {
        Origin::FirstTreated { unit, first_treated, never } => {
            let study = EventStudy::new(parts.outcome, Index { unit, time }, first_treated).never(never);
            study.adjust_for(parts.covariates).absorb(parts.effects)
        }
        Origin::Reform { treated, affected, date } => {
            let reform = Reform { time, date: date as f64 };
            match affected {
                None => DifferenceInDifferences::reformed(parts.outcome, treated, reform)
                    .adjust_for(parts.covariates)
                    .absorb(parts.effects)
                    .event_study(reform),
                Some(affected) => {
                    TripleDifference::reformed(parts.outcome, Groups { treated, affected }, reform)
                        .adjust_for(parts.covariates)
                        .absorb(parts.effects)
                        .event_study(reform)
                }
            }
        }
    };
    let study = study.reference(args.reference);
    let study = match &args.window {
        Some(window) => study.window(window.clone()),
        None => study,
    };
    let solver = solver(settings)?;
    Ok(configured!(study, settings, solver))
}

/// The study with one coefficient for each cohort and event time.
fn by_cohort(args: &EventArgs) -> Result<Fitted, Failure> {
    let (settings, parts) = (&args.design.settings, Parts::read(&args.design)?);
    let Origin::FirstTreated { unit, first_treated, never } = args.study.origin() else {
        return Err(Failure::Usage("`--by-cohort` needs `--first-treated` and `--unit`".to_string()));
    };
    let index = Index { unit, time: &args.study.time };
    let study = InteractionWeighted::new(parts.outcome, index, first_treated)
        .never(never)
        .reference(args.study.reference)
        .adjust_for(parts.covariates)
        .absorb(parts.effects);
    let solver = solver(settings)?;
    let study = configured!(study, settings, solver);
    let file = File::read_with(settings, &study.ols(), &columns(&args.study))?;
    let fitted = file.explained(study.fit(&file.loaded.frame))?;
    let vcov = specification::vcov(settings)?;
    let path = fitted.path_under(vcov, args.design.ssc).map_err(in_file_rows)?;
    Ok(Fitted { path, fit: fitted.fit().clone(), notices: fitted.notices() })
}

/// The columns that must be numbers.
pub(super) fn columns(args: &StudyArgs) -> Vec<&str> {
    match args.origin() {
        Origin::FirstTreated { first_treated, .. } => vec![&args.time, first_treated],
        Origin::Reform { treated, affected, .. } => {
            [args.time.as_str(), treated].into_iter().chain(affected).collect()
        }
    }
}
