//! What honest bounds find: an interval for each bound, and the bound at which zero enters.

use std::fmt;

use super::restriction::Restriction;
use crate::inference::Coefficient;

/// The interval at one bound on the departure from parallel trends.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct HonestInterval {
    /// The bound: Mbar for relative magnitudes, M for smoothness.
    pub bound: f64,
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// What the point estimates alone allow: low and high. `None` if the leads themselves break the bound.
    pub identified: Option<(f64, f64)>,
}

impl HonestInterval {
    /// Whether zero is outside.
    pub fn excludes_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// The bound at which the interval first holds zero.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "kind", rename_all = "snake_case"))]
pub enum Breakdown {
    /// The interval holds zero at bound 0 already.
    AtZero,
    /// The interval excludes zero up to this bound.
    At {
        /// The largest bound found to exclude zero.
        bound: f64,
    },
    /// The interval still excludes zero at the largest bound tried.
    Beyond {
        /// The largest bound tried.
        largest: f64,
    },
}

impl fmt::Display for Breakdown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Breakdown::AtZero => write!(f, "the interval holds zero at bound 0 already"),
            Breakdown::At { bound } => write!(f, "the interval excludes zero up to bound {bound:.4}"),
            Breakdown::Beyond { largest } => {
                write!(f, "the interval excludes zero up to {largest:.4}, the largest bound tried")
            }
        }
    }
}

/// Intervals for a combination of lags that allow for departures from parallel trends.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct HonestReport {
    /// What is bounded.
    pub restriction: Restriction,
    /// The probability to cover.
    pub level: f64,
    /// The combination of lags: event time and weight.
    pub lag_weights: Vec<(i64, f64)>,
    /// The combination as estimated, compared with the normal distribution.
    pub effect: Coefficient,
    /// The interval if trends are exactly parallel: low and high.
    pub parallel_trends: (f64, f64),
    /// An interval for each bound, by ascending bounds.
    pub intervals: Vec<HonestInterval>,
    /// The bound at which zero enters.
    pub breakdown: Breakdown,
}

impl fmt::Display for HonestReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let used: Vec<String> = (self.lag_weights.iter().filter(|(_, weight)| *weight != 0.0))
            .map(
                |(time, weight)| {
                    if *weight == 1.0 { time.to_string() } else { format!("{weight:.4} at {time}") }
                },
            )
            .collect();
        let Coefficient { estimate, .. } = &self.effect;
        writeln!(f, "honest bounds: {}", self.restriction)?;
        let uncertainty = match self.effect.std_error {
            Ok(std_error) => format!("std. error {std_error:.6}"),
            Err(reason) => format!("no standard error: {reason}"),
        };
        writeln!(f, "effect at event time {}: {estimate:.6} ({uncertainty})", used.join(" + "))?;
        let level = format!("{}% low", 100.0 * self.level);
        writeln!(f, "{:>16} {level:>12} {:>12} {:>26}", "bound", "high", "identified")?;
        let (low, high) = self.parallel_trends;
        writeln!(f, "{:>16} {low:>12.6} {high:>12.6}", "parallel trends")?;
        for HonestInterval { bound, low, high, identified } in &self.intervals {
            let identified = match identified {
                Some((low, high)) => format!("[{low:.6}, {high:.6}]"),
                None => "none: leads exceed it".to_string(),
            };
            writeln!(f, "{bound:>16.4} {low:>12.6} {high:>12.6} {identified:>26}")?;
        }
        writeln!(f, "breakdown: {}", self.breakdown)
    }
}
