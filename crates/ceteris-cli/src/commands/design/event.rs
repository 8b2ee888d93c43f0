//! `ceteris event`: effects by time since treatment.

use ceteris::staggered::InteractionWeighted;
use ceteris::{EventPath, Fit, Index, Notice};

use super::asked::{Asked, as_asked};
use super::path::{self, Bands, Found, check_output};
use super::study::study;
use super::{estimator, staggered};
use crate::args::{Estimator, EventArgs};
use crate::exit::Failure;

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &EventArgs) -> Result<(), Failure> {
    estimator::check(args)?;
    let asked = Asked::read(&args.design)?;
    check_output(&args.design.output)?;
    let found = match args.estimator {
        Estimator::TwoWay => two_way(args, &asked)?,
        Estimator::Cohort => cohort(args, &asked)?,
        Estimator::GroupTime => staggered::group_time(args, &asked)?,
        Estimator::Imputation => staggered::imputation(args, &asked)?,
    };
    let bands = if args.no_band { Bands::None } else { Bands::Uniform };
    path::show(&found, args.estimator, asked.level, bands, &args.design.output)
}

/// The study with one coefficient for each event time.
fn two_way(args: &EventArgs, asked: &Asked<'_>) -> Result<Found, Failure> {
    let study = study(&args.study, asked)?;
    let file = asked.file(&study.ols(), &args.study.columns())?;
    let fitted = file.explained(study.fit(&file.loaded.frame))?;
    let path = file.explained(fitted.path(asked.vcov.clone()))?;
    Ok(found(asked, path, fitted.fit(), fitted.notices()))
}

/// The study with one coefficient for each cohort and event time.
fn cohort(args: &EventArgs, asked: &Asked<'_>) -> Result<Found, Failure> {
    let (unit, first_treated, never, always) = args.study.staggered();
    let index = Index { unit, time: &args.study.time };
    let study = InteractionWeighted::new(asked.outcome.clone(), index, first_treated)
        .never(never)
        .reference(args.study.reference);
    let study = always.into_iter().fold(study, InteractionWeighted::always);
    let study = as_asked!(study, asked);
    let file = asked.file(&study.ols(), &args.study.columns())?;
    let fitted = file.explained(study.fit(&file.loaded.frame))?;
    let path = file.explained(fitted.path(asked.vcov.clone()))?;
    Ok(found(asked, path, fitted.fit(), fitted.notices()))
}

/// A path with the regression behind it.
fn found(asked: &Asked<'_>, path: EventPath, fit: &Fit, notices: Vec<Notice>) -> Found {
    Found {
        title: fit.ols().to_string(),
        formula: Some(fit.ols().to_string()),
        outcome: fit.ols().outcome().to_string(),
        errors: asked.errors(),
        nobs: fit.nobs(),
        rows: asked.rows(),
        path,
        earlier: None,
        overall: None,
        notices,
    }
}
