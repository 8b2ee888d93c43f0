//! Table 8: triple differences, tests of parallel trends, the lagged-dependent-variable model.
//!
//! Models 1 and 2: rate ~ multi_la:screening:after | practice^screening + year^screening + year^multi_la,
//! weighted by denominator, clustered by practice, with Stata areg's correction and its singletons kept,
//! as in the report. Model 3: the triple form of the LDV estimator on the years after the reform. The
//! sensitivity analysis has over_two_la in the place of multi_la.

use ceteris::did::Arms;
use ceteris::{
    Cluster, Coefficient, Condition, Frame, Index, LaggedOutcome, Reform, Result, Singletons, SmallSample,
    TripleDifference, Vcov, WaldTest, Weights, fe,
};
use ceteris_data::published::{Grouping, Model};

use super::bracket::{self, Bracketed};
use super::panel::{REFORM, StudyPanel};

/// An estimate of Table 8.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Estimate {
    /// `model 1`, `model 2`, `model 3`.
    pub model: &'static str,
    /// `main` (one against several) or `sensitivity` (one or two against more).
    pub grouping: &'static str,
    /// The regression, as a formula.
    pub formula: String,
    /// Percentage points.
    pub estimate: f64,
    /// Percentage points.
    pub std_error: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Two-sided.
    pub p_value: f64,
    /// Rows used.
    pub nobs: usize,
    /// Practices.
    pub nclusters: usize,
}

/// A placebo reform on the years before the real one.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Placebo {
    /// First year of the placebo.
    pub date: f64,
    /// Its "effect".
    pub effect: Estimate,
}

/// The joint test of the interactions before the reform.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct JointTest {
    /// The model that it belongs to.
    pub model: &'static str,
    /// Years from this one on.
    pub from: f64,
    /// The test.
    pub test: WaldTest,
}

/// All regressions of the study.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Models {
    /// Models 1 to 3, main and sensitivity.
    pub table8: Vec<Estimate>,
    /// Placebo reform in 2011/12, models 1 to 3 where they have the years.
    pub placebo: Vec<Placebo>,
    /// Joint tests for models 1 and 2.
    pub joint_tests: Vec<JointTest>,
    /// Triple difference and lagged outcome on the same rows, which the report does not have.
    pub bracket: Bracketed,
    /// The main estimates with the second comparison indicator, where the panel has it.
    pub second_comparison: Vec<Estimate>,
}

/// First year of model 2.
const SHORT_FROM: f64 = 2011.0;
/// First year of the placebo reform.
const PLACEBO: f64 = 2011.0;
/// Years before the reform that the LDV model uses as lags.
pub(super) const LAGS: u32 = 4;

const TIME: Reform<'static> = Reform { time: "year", date: REFORM };
pub(super) const INDEX: Index<'static> = Index { unit: "practice", time: "year" };

/// The column that groups the practices.
fn treated(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::TwoOrMore => "over_two_la",
        _ => "multi_la",
    }
}

fn grouping_name(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::TwoOrMore => "sensitivity",
        _ => "main",
    }
}

pub(super) fn model_name(model: Model) -> &'static str {
    match model {
        Model::AllYears => "model 1",
        Model::From2011 => "model 2",
        _ => "model 3",
    }
}

/// Models 1 and 2 as a design.
fn triple(model: Model, grouping: Grouping) -> TripleDifference {
    let treated = treated(grouping);
    let design = TripleDifference::new("rate", Arms { treated, affected: "screening", post: "after" })
        .absorb([fe("practice").by("screening"), fe("year").by("screening"), fe("year").by(treated)])
        .weights(Weights::analytic("denominator"))
        .singletons(Singletons::Keep);
    match model {
        Model::From2011 => design.keep(Condition::at_least("year", SHORT_FROM)),
        _ => design,
    }
}

/// Model 3 as a design.
fn lagged(grouping: Grouping) -> LaggedOutcome {
    LaggedOutcome::new("rate", INDEX, treated(grouping))
        .reform(REFORM as i64)
        .lags(LAGS)
        .affected("screening")
        .weights(Weights::analytic("denominator"))
        .singletons(Singletons::Keep)
}

pub(super) fn clustered() -> Vcov {
    Cluster::by(["practice"]).small_sample(SmallSample::areg())
}

/// Fits a design and reads off its effect.
pub(super) fn estimate(
    fitted: &ceteris::did::DesignFit,
    model: &'static str,
    grouping: &'static str,
) -> Result<Estimate> {
    let table = fitted.fit().inference(clustered())?;
    let effect: Coefficient = table.coef(fitted.term())?;
    let (low, high) = effect.confint(0.95);
    Ok(Estimate {
        model,
        grouping,
        formula: fitted.fit().ols().to_string(),
        estimate: effect.estimate,
        std_error: effect.std_error,
        low,
        high,
        p_value: effect.p_value(),
        nobs: fitted.fit().nobs(),
        nclusters: table.nclusters()[0],
    })
}

/// One model of Table 8.
fn model(frame: &Frame, model: Model, grouping: Grouping) -> Result<Estimate> {
    let fitted = match model {
        Model::LaggedOutcome => lagged(grouping).fit(frame)?,
        _ => triple(model, grouping).fit(frame)?,
    };
    estimate(&fitted, model_name(model), grouping_name(grouping))
}

pub(super) const MODELS: [Model; 3] = [Model::AllYears, Model::From2011, Model::LaggedOutcome];
pub(super) const GROUPINGS: [Grouping; 2] = [Grouping::OneOrSeveral, Grouping::TwoOrMore];

pub(super) fn run(panel: &StudyPanel) -> Result<Models> {
    let main = Grouping::OneOrSeveral;
    let each = MODELS.iter().flat_map(|&m| GROUPINGS.iter().map(move |&g| (m, g)));
    let second = panel.second.iter().flat_map(|frame| MODELS.iter().map(move |&m| model(frame, m, main)));
    Ok(Models {
        table8: each.map(|(m, g)| model(&panel.frame, m, g)).collect::<Result<_>>()?,
        placebo: placebos(panel)?,
        joint_tests: joint_tests(panel)?,
        bracket: bracket::run(panel)?,
        second_comparison: second.collect::<Result<_>>()?,
    })
}

/// The placebo reform for the triple difference and, with the two years before it as lags, for the LDV model.
fn placebos(panel: &StudyPanel) -> Result<Vec<Placebo>> {
    let main = Grouping::OneOrSeveral;
    let difference = triple(Model::AllYears, main).placebo(TIME, PLACEBO).fit(&panel.frame)?;
    let outcome = lagged(main).placebo(TIME, PLACEBO as i64, 2).fit(&panel.frame)?;
    Ok(vec![
        Placebo { date: PLACEBO, effect: estimate(&difference, "model 1", "main")? },
        Placebo { date: PLACEBO, effect: estimate(&outcome, "model 3", "main")? },
    ])
}

fn joint_tests(panel: &StudyPanel) -> Result<Vec<JointTest>> {
    let first = panel.years.first().map_or(REFORM, |(start, _)| *start);
    let mut tests = Vec::new();
    for (model, from) in [(Model::AllYears, first), (Model::From2011, SHORT_FROM)] {
        let fitted = triple(model, Grouping::OneOrSeveral).pre_trend(TIME).fit(&panel.frame)?;
        tests.push(JointTest { model: model_name(model), from, test: fitted.test(clustered())? });
    }
    Ok(tests)
}
