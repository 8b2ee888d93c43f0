//! Table 8: triple differences, tests of parallel trends, the lagged-dependent-variable model.
//!
//! Models 1 and 2: rate ~ multi_la:screening:after | practice^screening + year^screening + year^multi_la,
//! weighted by denominator, clustered by practice, with Stata areg's correction and its singletons kept,
//! as in the report. Model 3: the triple form of the LDV estimator on the years after the reform. The
//! sensitivity analysis has over_two_la in the place of multi_la.

use ceteris::inference::WaldTest;
use ceteris::{
    Condition, Frame, Groups, LaggedOutcome, Reform, Result, Singletons, TripleDifference, Weights, fe,
};
use ceteris_data::published::{Grouping, Model};

use super::bracket::{self, Bracketed};
use super::estimate::{Estimate, INDEX, LAGS, clustered, estimate};
use super::panel::{REFORM, StudyPanel};

/// A placebo reform on the years before the real one.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Placebo {
    /// First year of the placebo.
    pub date: i64,
    /// Its "effect".
    pub effect: Estimate,
}

/// The joint test of the interactions before the reform.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct JointTest {
    /// The model that it belongs to.
    pub model: Model,
    /// Years from this one on.
    pub from: f64,
    /// The test.
    pub test: WaldTest,
}

/// All regressions of the study.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
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
const PLACEBO: i64 = 2011;

const REFORMED: Reform<'static> = Reform { time: "year", date: REFORM };

/// The column that groups the practices.
fn treated(grouping: Grouping) -> &'static str {
    match grouping {
        Grouping::TwoOrMore => "over_two_la",
        _ => "multi_la",
    }
}

/// Models 1 and 2 as a design.
fn triple(model: Model, grouping: Grouping) -> TripleDifference {
    let groups = Groups { treated: treated(grouping), affected: "screening" };
    let design = TripleDifference::new("rate", groups, REFORMED)
        .absorb([fe("practice").by("screening"), fe("year").by("screening"), fe("year").by(groups.treated)])
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
        .reform(REFORM)
        .lags(LAGS)
        .affected("screening")
        .weights(Weights::analytic("denominator"))
        .singletons(Singletons::Keep)
}

/// One model of Table 8.
fn model(frame: &Frame, model: Model, grouping: Grouping) -> Result<Estimate> {
    let fitted = match model {
        Model::LaggedOutcome => lagged(grouping).fit(frame)?,
        _ => triple(model, grouping).fit(frame)?,
    };
    estimate(&fitted, model, grouping)
}

pub(super) fn run(panel: &StudyPanel) -> Result<Models> {
    let main = Grouping::OneOrSeveral;
    let each = Model::ALL.into_iter().flat_map(|m| Grouping::ALL.map(|g| (m, g)));
    let second = panel.second.iter().flat_map(|frame| Model::ALL.map(|m| model(frame, m, main)));
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
    let difference = triple(Model::AllYears, main).placebo(PLACEBO)?.fit(&panel.frame)?;
    let outcome = lagged(main).placebo(PLACEBO, 2)?.fit(&panel.frame)?;
    Ok(vec![
        Placebo { date: PLACEBO, effect: estimate(&difference, Model::AllYears, main)? },
        Placebo { date: PLACEBO, effect: estimate(&outcome, Model::LaggedOutcome, main)? },
    ])
}

fn joint_tests(panel: &StudyPanel) -> Result<Vec<JointTest>> {
    let first = panel.years.first().map_or(REFORM as f64, |(start, _)| *start);
    let mut tests = Vec::new();
    for (model, from) in [(Model::AllYears, first), (Model::From2011, SHORT_FROM)] {
        let fitted = triple(model, Grouping::OneOrSeveral).pre_trend()?.fit(&panel.frame)?;
        tests.push(JointTest { model, from, test: fitted.joint(clustered())? });
    }
    Ok(tests)
}
