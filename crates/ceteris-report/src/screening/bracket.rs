//! The triple difference and the lagged outcome of the reform on the same rows: not in the report.
//!
//! On the years from the reform on, of practices and indicators with all four years before it:
//!   change from 2012/13 ~ multi_la + screening + multi_la:screening | year^screening
//!   rate ~ the same, and the four earlier rates by indicator | year^screening
//! The second is model 3 of Table 8; the first is what model 1 is about, on its rows. Each is right under an
//! assumption that the other does not need (Angrist and Pischke 2009, section 5.4); how far they are apart is
//! what the choice between the assumptions decides. The theorem that puts the effect between the two is about
//! one difference-in-differences and one lag (Ding and Li 2019), and gives no order here.

use ceteris::bracket::BracketVerdict;
use ceteris::{Bracket, Coefficient, Result, Singletons, Weights};
use ceteris_data::published::Grouping;

use super::estimate::{Estimate, INDEX, LAGS, Regression, clustered, estimate};
use super::panel::{REFORM, StudyPanel};

/// Both designs of the reform on the same rows, and what lies between them.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Bracketed {
    /// The triple difference, as a regression of changes since the last year before the reform.
    pub difference: Estimate,
    /// The triple form of the lagged outcome: model 3.
    pub lagged: Estimate,
    /// The first less the second, with the covariance of both.
    pub gap: Coefficient,
    /// Whether the effect is expected to lie between the two.
    pub verdict: BracketVerdict,
}

/// The bracket of the main grouping.
pub(super) fn run(panel: &StudyPanel) -> Result<Bracketed> {
    let bracket = Bracket::new("rate", INDEX, "multi_la", REFORM)
        .lags(LAGS)
        .affected("screening")
        .bins(1) // a slope in bins would decide an order, and none follows for a triple form
        .weights(Weights::analytic("denominator"))
        .singletons(Singletons::Keep);
    let fitted = bracket.fit(&panel.frame)?;
    let main = Grouping::OneOrSeveral;
    let report = fitted.report(clustered())?;
    Ok(Bracketed {
        difference: estimate(fitted.difference(), Regression::TripleDifference, main)?,
        lagged: estimate(fitted.lagged(), Regression::LaggedOutcome, main)?,
        gap: report.gap,
        verdict: report.verdict,
    })
}
