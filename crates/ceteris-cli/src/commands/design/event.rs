//! `ceteris event`: effects by time since treatment.

use ceteris::staggered::InteractionWeighted;
use ceteris::{
    DifferenceInDifferences, EventPath, EventStudy, Fit, Groups, Index, Notice, Reform, TripleDifference,
};

use super::path::{Found, check_output};
use super::{Parts, estimator, staggered};
use crate::args::{DesignArgs, Estimator, EventArgs, Origin, StudyArgs};
use crate::commands::regression::source::{File, in_file_rows};
use crate::commands::regression::specification::{self, configured, solver};
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &EventArgs) -> Result<(), Failure> {
    estimator::check(args)?;
    check_output(&args.design.output)?;
    let found = match args.estimator {
        Estimator::TwoWay => two_way(args)?,
        Estimator::Cohort => cohort(args)?,
        Estimator::GroupTime => staggered::group_time(args)?,
        Estimator::Imputation => staggered::imputation(args)?,
    };
    found.show(args.estimator, args.design.level, &args.design.output)
}

/// The study with one coefficient for each event time.
fn two_way(args: &EventArgs) -> Result<Found, Failure> {
    let design = &args.design;
    let study = study(&args.study, design)?;
    let file = File::read_with(&design.settings, &study.ols(), &columns(&args.study))?;
    let fitted = file.explained(study.fit(&file.loaded.frame))?;
    let vcov = specification::vcov(&design.settings, design.ssc)?;
    let path = fitted.path(vcov).map_err(in_file_rows)?;
    found(design, path, fitted.fit(), fitted.notices())
}

/// A path with the regression behind it.
fn found(args: &DesignArgs, path: EventPath, fit: &Fit, notices: Vec<Notice>) -> Result<Found, Failure> {
    let vcov = specification::vcov(&args.settings, args.ssc)?;
    Ok(Found {
        title: fit.ols().to_string(),
        formula: Some(fit.ols().to_string()),
        outcome: fit.ols().outcome().to_string(),
        errors: format!("{vcov} (correction: {})", args.ssc),
        nobs: fit.nobs(),
        path,
        earlier: None,
        overall: None,
        notices,
    })
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
            let reform = Reform { time, date };
            match affected {
                None => DifferenceInDifferences::new(parts.outcome, treated, reform)
                    .adjust_for(parts.covariates)
                    .absorb(parts.effects)
                    .event_study()?,
                Some(affected) => TripleDifference::new(parts.outcome, Groups { treated, affected }, reform)
                    .adjust_for(parts.covariates)
                    .absorb(parts.effects)
                    .event_study()?,
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
fn cohort(args: &EventArgs) -> Result<Found, Failure> {
    let (settings, parts) = (&args.design.settings, Parts::read(&args.design)?);
    let Origin::FirstTreated { unit, first_treated, never } = args.study.origin() else {
        unreachable!("`estimator::check` refuses one reform for all");
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
    let vcov = specification::vcov(settings, args.design.ssc)?;
    let path = fitted.path(vcov).map_err(in_file_rows)?;
    found(&args.design, path, fitted.fit(), fitted.notices())
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
