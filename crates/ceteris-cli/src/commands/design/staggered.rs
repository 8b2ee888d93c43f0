//! `ceteris event --estimator group-time` and `imputation`: estimators with standard errors of their own.

use ceteris::frame::Interaction;
use ceteris::staggered::{GroupTimeEffects, Imputation, Never};
use ceteris::{Cluster, Index, Ols, Vcov};

use super::Parts;
use super::estimator::cluster;
use super::event::columns;
use super::path::{Earlier, Found};
use crate::args::{EventArgs, Origin};
use crate::commands::regression::source::File;
use crate::exit::Failure;

/// Columns of a panel of units treated at different times.
struct Panel<'a> {
    index: Index<'a>,
    first_treated: &'a str,
    never: Never,
}

fn panel(args: &EventArgs) -> Panel<'_> {
    let Origin::FirstTreated { unit, first_treated, never } = args.study.origin() else {
        unreachable!("`estimator::check` refuses one reform for all");
    };
    Panel { index: Index { unit, time: &args.study.time }, first_treated, never }
}

/// A design with the settings of the flags.
macro_rules! staggered {
    ($design:expr, $args:expr, $parts:expr) => {{
        let settings = &$args.design.settings;
        let design = $design.never(panel($args).never).adjust_for($parts.covariate_columns()?);
        let design = design.require(cluster($args)?);
        let design = settings.keep.iter().cloned().fold(design, |design, condition| design.keep(condition));
        match &settings.weights {
            Some(weights) => design.weights(weights.clone()),
            None => design,
        }
    }};
}

/// The file, whose outcome, covariates, weights and conditions are read as in a regression.
fn read(args: &EventArgs, parts: &Parts) -> Result<File, Failure> {
    let settings = &args.design.settings;
    let mut ols = Ols::new(parts.outcome.clone());
    if let Some(weights) = &settings.weights {
        ols = ols.weights(weights.clone());
    }
    ols = settings.keep.iter().cloned().fold(ols, Ols::keep);
    let mut numbers = columns(&args.study);
    numbers.extend(parts.covariate_columns()?);
    File::read_with(settings, &ols, &numbers)
}

/// What the standard errors are clustered by.
fn clustered(args: &EventArgs, panel: &Panel<'_>) -> Result<Interaction, Failure> {
    Ok(cluster(args)?.cloned().unwrap_or_else(|| panel.index.units()))
}

/// Comparisons of two periods, averaged by event time.
pub(super) fn group_time(args: &EventArgs) -> Result<Found, Failure> {
    let (parts, panel, own) = (Parts::read(&args.design)?, panel(args), &args.group_time);
    let outcome = parts.outcome_column()?;
    let (controls, adjustment) = (own.controls.unwrap_or_default(), own.adjustment.unwrap_or_default());
    let design = GroupTimeEffects::new(outcome, panel.index, panel.first_treated)
        .controls(controls)
        .adjustment(adjustment)
        .base_period(own.base.unwrap_or_default());
    let design = staggered!(design, args, parts);
    let by = clustered(args, &panel)?;
    let file = read(args, &parts)?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    let fitted = file.explained(fitted.cluster_by(&by))?;
    let path = fitted.path()?;
    Ok(Found {
        title: format!("effects on {outcome} by group and time, averaged by event time"),
        formula: None,
        outcome: outcome.to_string(),
        errors: format!("influence functions, clustered by {by}, no small-sample correction"),
        nobs: fitted.nobs(),
        overall: Some(path.mean(&path.lags())?),
        path,
        earlier: None,
        notices: fitted.notices().to_vec(),
    })
}

/// Outcomes less what untreated rows say they would have been.
pub(super) fn imputation(args: &EventArgs) -> Result<Found, Failure> {
    let (parts, panel) = (Parts::read(&args.design)?, panel(args));
    let outcome = parts.outcome_column()?;
    let design = Imputation::new(outcome, panel.index, panel.first_treated);
    let design = staggered!(design, args, parts);
    let by = clustered(args, &panel)?;
    let file = read(args, &parts)?;
    let frame = &file.loaded.frame;
    let fitted = file.explained(design.fit(frame))?;
    let fitted = file.explained(fitted.cluster_by(&by))?;
    let earlier = |leads: u32| {
        let vcov = Vcov::from(Cluster::by([&by]));
        let path = file.explained(design.leads(frame, leads, vcov.clone()))?;
        let errors = format!("{vcov} (correction: {})", vcov.correction());
        Ok::<_, Failure>(Earlier { path, errors })
    };
    let earlier = args.leads.map(earlier).transpose()?;
    Ok(Found {
        title: format!("effects on {outcome} by imputation, averaged by event time"),
        formula: Some(fitted.untreated().ols().to_string()),
        outcome: outcome.to_string(),
        errors: format!("conservative, clustered by {by}, no small-sample correction"),
        nobs: fitted.untreated().nobs() + fitted.effects().len(),
        path: fitted.path()?,
        earlier,
        overall: Some(fitted.effect()),
        notices: fitted.notices().to_vec(),
    })
}
