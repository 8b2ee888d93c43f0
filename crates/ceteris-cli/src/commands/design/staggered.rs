//! `ceteris event --estimator group-time` and `imputation`: estimators with standard errors of their own.

use ceteris::frame::Interaction;
use ceteris::staggered::{Always, GroupTimeEffects, Imputation, Never};
use ceteris::{Cluster, Index, Ols};

use super::asked::Asked;
use super::estimator::cluster;
use super::path::{Earlier, Found};
use crate::args::EventArgs;
use crate::commands::regression::source::File;
use crate::exit::Failure;

/// Columns of a panel of units treated at different times.
struct Panel<'a> {
    outcome: &'a str,
    covariates: Vec<&'a str>,
    index: Index<'a>,
    first_treated: &'a str,
    never: Never,
    always: Option<Always>,
    /// What the standard errors are clustered by, where a flag says it.
    cluster: Option<&'a Interaction>,
}

impl<'a> Panel<'a> {
    fn read(args: &'a EventArgs, asked: &'a Asked<'_>) -> Result<Self, Failure> {
        let (unit, first_treated, never, always) = args.study.staggered();
        Ok(Self {
            outcome: asked.outcome_column()?,
            covariates: asked.covariate_columns()?,
            index: Index { unit, time: &args.study.time },
            first_treated,
            never,
            always,
            cluster: cluster(args)?,
        })
    }

    /// What the standard errors are clustered by.
    fn clustered(&self) -> Interaction {
        self.cluster.cloned().unwrap_or_else(|| self.index.units())
    }

    /// The file, whose outcome, weights and conditions are read as in a regression.
    fn file(&self, args: &EventArgs, asked: &Asked<'_>) -> Result<File, Failure> {
        let settings = asked.settings();
        let mut ols = Ols::new(self.outcome);
        if let Some(weights) = &settings.weights {
            ols = ols.weights(weights.clone());
        }
        ols = settings.keep.iter().cloned().fold(ols, Ols::keep);
        let mut columns = args.study.columns();
        columns.numbers.extend(&self.covariates);
        asked.file(&ols, &columns)
    }
}

/// A design with everything that was asked for: both have the same methods for it.
macro_rules! as_asked {
    ($design:expr, $panel:expr, $settings:expr) => {{
        let design = $design.never($panel.never).adjust_for($panel.covariates.clone());
        let design = $panel.always.into_iter().fold(design, |design, always| design.always(always));
        let design = design.require($panel.cluster.cloned());
        let design = $settings.keep.iter().cloned().fold(design, |design, condition| design.keep(condition));
        match &$settings.weights {
            Some(weights) => design.weights(weights.clone()),
            None => design,
        }
    }};
}

/// Comparisons of two periods, averaged by event time.
pub(super) fn group_time(args: &EventArgs, asked: &Asked<'_>) -> Result<Found, Failure> {
    let (panel, own) = (Panel::read(args, asked)?, &args.group_time);
    let (controls, adjustment) = (own.controls.unwrap_or_default(), own.adjustment.unwrap_or_default());
    let design = GroupTimeEffects::new(panel.outcome, panel.index, panel.first_treated)
        .controls(controls)
        .adjustment(adjustment)
        .base_period(own.base.unwrap_or_default());
    let design = as_asked!(design, panel, asked.settings());
    let by = panel.clustered();
    let file = panel.file(args, asked)?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    let fitted = file.explained(fitted.cluster_by(&by))?;
    let path = fitted.path()?;
    Ok(Found {
        title: format!("effects on {} by group and time, averaged by event time", panel.outcome),
        formula: None,
        outcome: panel.outcome.to_string(),
        errors: format!("influence functions, clustered by {by}, no small-sample correction"),
        nobs: fitted.nobs(),
        rows: asked.rows(),
        overall: Some(path.mean(&path.lags())?),
        path,
        earlier: None,
        notices: fitted.notices().to_vec(),
    })
}

/// Outcomes less what untreated rows say they would have been.
pub(super) fn imputation(args: &EventArgs, asked: &Asked<'_>) -> Result<Found, Failure> {
    let panel = Panel::read(args, asked)?;
    let design = Imputation::new(panel.outcome, panel.index, panel.first_treated);
    let design = as_asked!(design, panel, asked.settings());
    let by = panel.clustered();
    let file = panel.file(args, asked)?;
    let frame = &file.loaded.frame;
    let fitted = file.explained(design.fit(frame))?;
    let fitted = file.explained(fitted.cluster_by(&by))?;
    let earlier = |leads: u32| {
        let vcov = Cluster::by([by.clone()]).small_sample(asked.vcov.correction());
        let path = file.explained(design.leads(frame, leads, vcov.clone()))?;
        let errors = format!("{vcov} (correction: {})", vcov.correction());
        Ok::<_, Failure>(Earlier { path, errors })
    };
    let earlier = args.leads.map(earlier).transpose()?;
    Ok(Found {
        title: format!("effects on {} by imputation, averaged by event time", panel.outcome),
        formula: Some(fitted.untreated().ols().to_string()),
        outcome: panel.outcome.to_string(),
        errors: format!("conservative, clustered by {by}, no small-sample correction"),
        nobs: fitted.untreated().nobs() + fitted.effects().len(),
        rows: asked.rows(),
        path: fitted.path()?,
        earlier,
        overall: Some(fitted.effect()),
        notices: fitted.notices().to_vec(),
    })
}
