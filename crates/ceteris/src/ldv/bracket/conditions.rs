//! What the data say about the two conditions of the bracket (Ding and Li 2019, conditions 1 and 2).
//!
//! Stationarity: d E(y_t | control, y_{T-1} = y) / dy < 1 for every y. The slope of the outcome on the
//! baseline among controls, over all of them and within bins of the baseline (quantiles), against one.
//! Stochastic order: F_treated(y) >= F_control(y) for every y of the baseline y_{T-1}, or the reverse for
//! every y. The two distances of the distribution functions (`inference/dominance.rs`).
//!
//! A condition "for every y" can be refuted by data and never shown: what is found is whether they agree.

use std::fmt;

use super::dominance::Dominance;
use crate::inference::Coefficient;

/// Level of the intervals and of the tests.
pub(super) const LEVEL: f64 = 0.95;

/// How fast the outcome of controls follows its baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum SlopeFinding {
    /// The interval is below one, and no bin is above it.
    BelowOne,
    /// The interval is above one, and no bin is below it.
    AboveOne,
    /// The interval contains one.
    NearOne,
    /// Over all controls on one side of one, in some bin on the other.
    Mixed,
}

/// The slope of the outcome on the baseline among controls.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Stationarity {
    /// Over all controls.
    pub slope: Coefficient,
    /// Within bins of the baseline, from its lowest values to its highest.
    pub binned: Vec<Coefficient>,
    /// Against one.
    pub finding: SlopeFinding,
}

impl Stationarity {
    pub(super) fn new(slope: Coefficient, binned: Vec<Coefficient>) -> Self {
        // Bonferroni: all bins together miss with probability 1 - LEVEL.
        let shared = 1.0 - (1.0 - LEVEL) / binned.len().max(1) as f64;
        // What has no standard error shows nothing.
        let side = |slope: &Coefficient, level: f64| match slope.confint(level) {
            Ok((low, high)) => (high < 1.0, low > 1.0),
            Err(_) => (false, false),
        };
        let above = binned.iter().any(|bin| side(bin, shared).1);
        let below = binned.iter().any(|bin| side(bin, shared).0);
        let finding = match side(&slope, LEVEL) {
            (true, _) if above => SlopeFinding::Mixed,
            (_, true) if below => SlopeFinding::Mixed,
            (true, _) => SlopeFinding::BelowOne,
            (_, true) => SlopeFinding::AboveOne,
            _ => SlopeFinding::NearOne,
        };
        Self { slope, binned, finding }
    }
}

impl fmt::Display for Stationarity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let interval = match self.slope.confint(LEVEL) {
            Ok((low, high)) => format!("95% [{low:.4}, {high:.4}]"),
            Err(_) => "no standard error".to_string(),
        };
        let found = match self.finding {
            SlopeFinding::BelowOne => "below one",
            SlopeFinding::AboveOne => "above one",
            SlopeFinding::NearOne => "one is inside the interval",
            SlopeFinding::Mixed => "on the other side of one in some part of the baseline",
        };
        let slope = self.slope.estimate;
        write!(f, "slope on the baseline among controls: {slope:.4}, {interval}: {found}")?;
        if !self.binned.is_empty() {
            let bins: Vec<String> = self.binned.iter().map(|bin| format!("{:.3}", bin.estimate)).collect();
            write!(f, " (within bins, low to high: {})", bins.join(", "))?;
        }
        Ok(())
    }
}

/// Where the baseline of the treated lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum OrderFinding {
    /// Lower than that of controls, and nowhere visibly higher.
    TreatedLower,
    /// Higher than that of controls, and nowhere visibly lower.
    TreatedHigher,
    /// Lower in one part and higher in another.
    Crossing,
    /// Not visibly different.
    Alike,
}

/// The order of the baselines of treated and controls.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BaselineOrder {
    /// The distances of the distribution functions, the treated first.
    pub dominance: Dominance,
    /// What they say.
    pub finding: OrderFinding,
}

impl BaselineOrder {
    pub(super) fn new(dominance: Dominance) -> Self {
        let visible = |p_value: f64| p_value < 1.0 - LEVEL;
        let finding = match (visible(dominance.lower.p_value), visible(dominance.higher.p_value)) {
            (true, false) => OrderFinding::TreatedLower,
            (false, true) => OrderFinding::TreatedHigher,
            (true, true) => OrderFinding::Crossing,
            (false, false) => OrderFinding::Alike,
        };
        Self { dominance, finding }
    }
}

impl fmt::Display for BaselineOrder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = match self.finding {
            OrderFinding::TreatedLower => "lower than that of controls",
            OrderFinding::TreatedHigher => "higher than that of controls",
            OrderFinding::Crossing => "lower in one part and higher in another",
            OrderFinding::Alike => "not visibly different from that of controls",
        };
        let (lower, higher) = (self.dominance.lower, self.dominance.higher);
        write!(
            f,
            "baseline of the treated: {found} (lower by up to {:.3}, p = {:.2e}; higher by up to {:.3}, p = {:.2e})",
            lower.distance, lower.p_value, higher.distance, higher.p_value
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vcov::Distribution;

    fn slope(estimate: f64) -> Coefficient {
        let name = "baseline".to_string();
        Coefficient { name, estimate, std_error: Ok(0.1), distribution: Distribution::Normal }
    }

    #[test]
    fn each_finding_about_the_slope_has_its_data() {
        let finding = |whole: f64, bins: &[f64]| {
            Stationarity::new(slope(whole), bins.iter().map(|b| slope(*b)).collect()).finding
        };
        assert_eq!(finding(0.5, &[]), SlopeFinding::BelowOne);
        assert_eq!(finding(0.5, &[0.4, 1.1]), SlopeFinding::BelowOne);
        assert_eq!(finding(0.5, &[0.4, 1.5]), SlopeFinding::Mixed);
        assert_eq!(finding(1.5, &[1.4, 1.6]), SlopeFinding::AboveOne);
        assert_eq!(finding(1.5, &[0.4, 1.6]), SlopeFinding::Mixed);
        assert_eq!(finding(0.9, &[0.4, 1.5]), SlopeFinding::NearOne);
    }
}
