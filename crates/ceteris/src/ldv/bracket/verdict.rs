//! Two estimates of one effect, what lies between them, and whether their order was to be expected.
//!
//! With D(y) = E(y_t | control, y_{T-1} = y) - y,
//!   DiD - LDV = int D dF_control - int D dF_treated   (both as limits)
//! Where the slope is below one, D falls; where the treated lie lower in addition, it is larger on them than on
//! controls, and their expected change without treatment too: LDV, which grants them that change, is the
//! smaller effect, and DiD >= LDV. With the treated higher, DiD <= LDV. With a slope above one D rises, and
//! each order is reversed (Ding and Li 2019, theorem 1). If parallel trends or ignorability given the baseline
//! holds, one of the two is the effect, and it lies between them.

use std::fmt;

use super::conditions::{BaselineOrder, LEVEL, OrderFinding, SlopeFinding, Stationarity};
use crate::inference::Coefficient;
use crate::notice::Notice;

/// One of the two estimators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Estimator {
    /// Right under parallel trends.
    DifferenceInDifferences,
    /// Right if units of equal earlier outcomes are comparable.
    LaggedOutcome,
}

impl fmt::Display for Estimator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Estimator::DifferenceInDifferences => "difference-in-differences",
            Estimator::LaggedOutcome => "the lagged outcome",
        })
    }
}

/// Why no order follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Reason {
    /// The interval of the slope contains one.
    SlopeNearOne,
    /// The slope is on both sides of one in different parts of the baseline.
    SlopeMixed,
    /// The baselines cross.
    OrderCrosses,
    /// The baselines are not visibly different, and the two estimates need not be either.
    BaselinesAlike,
    /// The theorem is about one earlier outcome.
    SeveralLags,
    /// A difference of two bracketed effects is not bracketed.
    TripleForm,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reason::SlopeNearOne => "the slope among controls may be one",
            Reason::SlopeMixed => "the slope among controls is on both sides of one",
            Reason::OrderCrosses => "the baselines of treated and controls cross",
            Reason::BaselinesAlike => "the baselines of treated and controls are not visibly different",
            Reason::SeveralLags => "the theorem is about one earlier outcome",
            Reason::TripleForm => {
                "the theorem is about one difference-in-differences, not about a triple one"
            }
        })
    }
}

/// What the conditions say about the order of the two estimators.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "kind", rename_all = "snake_case"))]
#[allow(missing_docs)] // the fields are named for what they hold, and each variant says the rest
#[non_exhaustive]
pub enum BracketVerdict {
    /// The data agree with the conditions: the effect lies between the two, if either assumption holds.
    Holds { lower: Estimator, upper: Estimator },
    /// The slope is above one, so the order is the reverse of the usual one.
    Reversed { lower: Estimator, upper: Estimator },
    /// No order follows.
    Undecided { reasons: Vec<Reason> },
}

impl BracketVerdict {
    /// From what was found about the conditions, and what keeps the theorem from applying.
    pub(super) fn new(slope: SlopeFinding, order: OrderFinding, limits: &[Reason]) -> Self {
        use Estimator::{DifferenceInDifferences as Did, LaggedOutcome as Ldv};
        let mut reasons = limits.to_vec();
        reasons.extend(match slope {
            SlopeFinding::NearOne => Some(Reason::SlopeNearOne),
            SlopeFinding::Mixed => Some(Reason::SlopeMixed),
            SlopeFinding::BelowOne | SlopeFinding::AboveOne => None,
        });
        reasons.extend(match order {
            OrderFinding::Crossing => Some(Reason::OrderCrosses),
            OrderFinding::Alike => Some(Reason::BaselinesAlike),
            OrderFinding::TreatedLower | OrderFinding::TreatedHigher => None,
        });
        if !reasons.is_empty() {
            return BracketVerdict::Undecided { reasons };
        }
        match (slope, order) {
            (SlopeFinding::AboveOne, OrderFinding::TreatedLower) => {
                BracketVerdict::Reversed { lower: Did, upper: Ldv }
            }
            (SlopeFinding::AboveOne, _) => BracketVerdict::Reversed { lower: Ldv, upper: Did },
            (_, OrderFinding::TreatedLower) => BracketVerdict::Holds { lower: Ldv, upper: Did },
            _ => BracketVerdict::Holds { lower: Did, upper: Ldv },
        }
    }

    /// The estimator that is expected to be the lower one, if an order follows.
    pub fn lower(&self) -> Option<Estimator> {
        match self {
            BracketVerdict::Holds { lower, .. } | BracketVerdict::Reversed { lower, .. } => Some(*lower),
            BracketVerdict::Undecided { .. } => None,
        }
    }
}

impl fmt::Display for BracketVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bounds = |f: &mut fmt::Formatter<'_>, lower: &Estimator, upper: &Estimator| {
            write!(
                f,
                "{lower} bounds the effect from below and {upper} from above, if one of the two is right"
            )
        };
        match self {
            BracketVerdict::Holds { lower, upper } => {
                write!(f, "the data agree with the conditions: ")?;
                bounds(f, lower, upper)
            }
            BracketVerdict::Reversed { lower, upper } => {
                write!(f, "the slope is above one and reverses the order: ")?;
                bounds(f, lower, upper)
            }
            BracketVerdict::Undecided { reasons } => {
                let reasons: Vec<String> = reasons.iter().map(ToString::to_string).collect();
                write!(f, "no order follows: {}", reasons.join("; "))
            }
        }
    }
}

/// Whether the two estimates are in the order that the conditions predict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ObservedOrder {
    /// They are.
    AsPredicted,
    /// They are in the other order.
    AgainstPrediction,
    /// No order was predicted.
    NothingPredicted,
}

/// Both effects, their difference, the conditions and the verdict.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BracketReport {
    /// The effect by difference-in-differences.
    pub difference: Coefficient,
    /// The effect by the lagged outcome.
    pub lagged: Coefficient,
    /// The covariance of the two.
    pub covariance: f64,
    /// The first less the second, with the standard error of their difference.
    pub gap: Coefficient,
    /// The slope of the outcome on the baseline among controls.
    pub stationarity: Stationarity,
    /// The baselines of treated and controls.
    pub order: BaselineOrder,
    /// What follows.
    pub verdict: BracketVerdict,
    /// Whether the estimates are in that order.
    pub observed: ObservedOrder,
    /// Facts about the two fits, each once.
    pub notices: Vec<Notice>,
}

impl BracketReport {
    /// The two estimates in the order of their size.
    pub fn interval(&self) -> (f64, f64) {
        let (a, b) = (self.difference.estimate, self.lagged.estimate);
        (a.min(b), a.max(b))
    }
}

/// The order of two estimates against a verdict.
pub(super) fn observed(verdict: &BracketVerdict, difference: f64, lagged: f64) -> ObservedOrder {
    let as_predicted = match verdict.lower() {
        None => return ObservedOrder::NothingPredicted,
        Some(Estimator::DifferenceInDifferences) => difference <= lagged,
        Some(Estimator::LaggedOutcome) => lagged <= difference,
    };
    if as_predicted { ObservedOrder::AsPredicted } else { ObservedOrder::AgainstPrediction }
}

impl fmt::Display for BracketReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (label, effect) in [
            ("difference-in-differences", &self.difference),
            ("lagged outcome", &self.lagged),
            ("difference of the two", &self.gap),
        ] {
            writeln!(f, "{label}: {:.4} {}", effect.estimate, effect.uncertainty(LEVEL, 4))?;
        }
        writeln!(f, "{}\n{}", self.stationarity, self.order)?;
        writeln!(f, "verdict: {}", self.verdict)?;
        match self.observed {
            ObservedOrder::AsPredicted => writeln!(f, "the two estimates are in that order")?,
            ObservedOrder::AgainstPrediction => {
                writeln!(f, "the two estimates are in the other order: the conditions do not explain them")?;
            }
            ObservedOrder::NothingPredicted => {}
        }
        self.notices.iter().try_for_each(|notice| writeln!(f, "note: {notice}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_against_the_prediction_is_said() {
        let verdict = BracketVerdict::new(SlopeFinding::BelowOne, OrderFinding::TreatedLower, &[]);
        assert_eq!(verdict.lower(), Some(Estimator::LaggedOutcome));
        assert_eq!(observed(&verdict, 2.0, 1.0), ObservedOrder::AsPredicted);
        assert_eq!(observed(&verdict, 1.0, 2.0), ObservedOrder::AgainstPrediction);
    }

    #[test]
    fn every_reason_keeps_the_verdict_open() {
        let verdict =
            BracketVerdict::new(SlopeFinding::Mixed, OrderFinding::Crossing, &[Reason::SeveralLags]);
        let reasons = vec![Reason::SeveralLags, Reason::SlopeMixed, Reason::OrderCrosses];
        assert_eq!(verdict, BracketVerdict::Undecided { reasons });
        assert_eq!(observed(&verdict, 1.0, 2.0), ObservedOrder::NothingPredicted);
    }
}
