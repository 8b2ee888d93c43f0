//! What honest bounds restrict, and the combination of lags that they are for.

use std::fmt;

use crate::error::{Error, Result};

/// What honest bounds restrict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Restriction {
    /// Moves after the reference are at most Mbar times the largest move before it.
    RelativeMagnitudes,
    /// The slope bends by at most M from one time to the next.
    Smoothness,
}

impl fmt::Display for Restriction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Restriction::RelativeMagnitudes => {
                "relative magnitudes, the trend moves at most (bound) times its largest move before"
            }
            Restriction::Smoothness => "smoothness, the slope of the trend bends at most (bound) a time",
        })
    }
}

/// Which combination of the lags is asked for.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LagWeights {
    /// The first lag.
    #[default]
    First,
    /// The mean of the lags.
    Mean,
    /// A weight for each lag, by ascending event time.
    Each(Vec<f64>),
}

impl LagWeights {
    /// One weight for each of so many lags.
    pub(super) fn over(&self, nlags: usize) -> Result<Vec<f64>> {
        match self {
            LagWeights::First => Ok((0..nlags).map(|s| if s == 0 { 1.0 } else { 0.0 }).collect()),
            LagWeights::Mean => Ok(vec![1.0 / nlags as f64; nlags]),
            LagWeights::Each(weights) => {
                let usable = weights.iter().all(|weight| weight.is_finite());
                if weights.len() == nlags && usable && weights.iter().any(|weight| *weight != 0.0) {
                    return Ok(weights.clone());
                }
                let value = format!("{weights:?} for {nlags} lags");
                let must = "one finite weight for each lag, not all zero";
                Err(Error::InvalidSetting { setting: "lag weights", value, must })
            }
        }
    }
}
