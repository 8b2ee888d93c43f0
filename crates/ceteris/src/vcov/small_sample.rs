//! Small-sample corrections: what K counts, and what a covariance is multiplied with.
//!
//! | | iid, HC1 | CR1 | t and F |
//! |---|---|---|---|
//! | exact | K = rank | (n-1)/(n-K') min G/(G-1), nested effects free | min G - 1 |
//! | fixest, xtreg | K = P | the same with P' | min G - 1 |
//! | reghdfe | K = pairwise rank | the same | min(n-K', min G - 1) |
//! | areg | K = rank | (n-1)/(n-K) G/(G-1), nothing free | min G - 1 |
//! | statsmodels | K = rank | (n-1)/(n-K) G_S/(G_S-1) term by term | normal |
//! | clubSandwich | K = rank | G/(G-1) | min G - 1 |
//!
//! K' = K - sum of the levels of nested effects + 1, at least k + 1: an effect whose levels lie inside
//! clusters costs nothing, and the constant counts once. P' = P - sum over nested q of (m_q - 1), and
//! k + 1 where all are nested. Sources: the programs' documentation; `docs/matching_other_software.md`.

use std::fmt;

use super::ledger::{EffectCost, Ledger};
use crate::frame::Factor;

/// The tail that a statistic is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Distribution {
    /// t and F with these (denominator) degrees of freedom.
    T(f64),
    /// Normal and chi-squared.
    Normal,
}

/// A small-sample correction. Presets bear a program's name where a reference case proves the match.
///
/// # Example
/// ```
/// use ceteris::SmallSample;
/// assert_eq!(SmallSample::default(), SmallSample::exact());
/// assert_eq!("areg".parse::<SmallSample>()?, SmallSample::areg());
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SmallSample {
    preset: Preset,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
enum Preset {
    Exact,
    Fixest,
    Reghdfe,
    Areg,
    Xtreg,
    Statsmodels,
    ClubSandwich,
}

use Preset::{Areg, ClubSandwich, Exact, Fixest, Reghdfe, Statsmodels, Xtreg};

const PRESETS: [(&str, Preset); 7] = [
    ("exact", Exact),
    ("fixest", Fixest),
    ("reghdfe", Reghdfe),
    ("areg", Areg),
    ("xtreg", Xtreg),
    ("statsmodels", Statsmodels),
    ("clubsandwich", ClubSandwich),
];

impl Default for SmallSample {
    fn default() -> Self {
        Self::exact()
    }
}

impl SmallSample {
    /// The true rank, nested effects free, the smallest number of clusters: what we hold to be right.
    pub fn exact() -> Self {
        Self { preset: Exact }
    }

    /// R's fixest 0.14 and pyfixest.
    pub fn fixest() -> Self {
        Self { preset: Fixest }
    }

    /// Stata's reghdfe 6.
    pub fn reghdfe() -> Self {
        Self { preset: Reghdfe }
    }

    /// Stata's areg: every effect counts, nested or not.
    pub fn areg() -> Self {
        Self { preset: Areg }
    }

    /// Stata's xtreg, fe.
    pub fn xtreg() -> Self {
        Self { preset: Xtreg }
    }

    /// Python's statsmodels.
    pub fn statsmodels() -> Self {
        Self { preset: Statsmodels }
    }

    /// R's clubSandwich.
    pub fn clubsandwich() -> Self {
        Self { preset: ClubSandwich }
    }

    /// Every preset, in the order of the table above.
    pub fn all() -> impl Iterator<Item = Self> {
        PRESETS.iter().map(|&(_, preset)| Self { preset })
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        PRESETS.iter().find(|(_, preset)| *preset == self.preset).map_or("exact", |(name, _)| name)
    }

    /// K where no row belongs to a cluster.
    pub fn parameters(self, ledger: &Ledger) -> usize {
        match self.preset {
            Exact | Areg | Statsmodels | ClubSandwich => ledger.rank,
            Fixest | Xtreg => ledger.level_count(),
            Reghdfe => ledger.pairwise_rank,
        }
    }

    /// K under clustering.
    pub fn parameters_with_clusters(self, ledger: &Ledger, clusters: &[Factor]) -> usize {
        let whole = self.parameters(ledger);
        if !self.frees_nested() || ledger.nested(clusters).next().is_none() {
            return whole;
        }
        let least = ledger.regressors + 1;
        match self.preset {
            Fixest | Xtreg => {
                let nested = ledger.nested(clusters).collect::<Vec<_>>();
                let slopes: usize = nested.iter().map(|effect| effect.nlevels * effect.slopes).sum();
                if nested.len() == ledger.effects.len() {
                    return least + slopes;
                }
                let free: usize = nested.iter().map(|effect| effect.nlevels - 1).sum();
                whole.saturating_sub(free).max(least)
            }
            _ => {
                let free: usize = ledger.nested(clusters).map(EffectCost::ncolumns).sum();
                (whole + 1).saturating_sub(free).max(least)
            }
        }
    }

    /// Whether effects nested in clusters cost nothing.
    pub(crate) fn frees_nested(self) -> bool {
        matches!(self.preset, Exact | Fixest | Xtreg | Reghdfe)
    }

    /// c: what all terms of a cluster-robust covariance share.
    pub fn cluster_factor(self, nobs: usize, dof: f64) -> f64 {
        match self.preset {
            ClubSandwich => 1.0,
            _ => (nobs as f64 - 1.0) / dof,
        }
    }

    /// a_S for a term with this many clusters, where the smallest variable has `smallest`.
    pub fn term_factor(self, clusters: usize, smallest: usize) -> f64 {
        let counted = match self.preset {
            Statsmodels | ClubSandwich => clusters,
            _ => smallest,
        };
        counted as f64 / (counted as f64 - 1.0)
    }

    /// The tail for iid and HC statistics with n - K degrees of freedom.
    pub(crate) fn without_clusters(self, dof: f64, iid: bool) -> Distribution {
        match self.preset {
            Statsmodels if !iid => Distribution::Normal,
            _ => Distribution::T(dof),
        }
    }

    /// The tail for clustered statistics.
    pub(crate) fn with_clusters(self, smallest: usize, dof: f64) -> Distribution {
        let between = smallest as f64 - 1.0;
        match self.preset {
            Statsmodels => Distribution::Normal,
            Reghdfe => Distribution::T(between.min(dof)),
            _ => Distribution::T(between),
        }
    }
}

impl fmt::Display for SmallSample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl std::str::FromStr for SmallSample {
    type Err = crate::error::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let found = PRESETS.iter().find(|(name, _)| *name == text);
        found.map(|&(_, preset)| Self { preset }).ok_or_else(|| crate::error::Error::InvalidSetting {
            setting: "small-sample correction",
            value: text.to_string(),
            must: "one of exact, fixest, reghdfe, areg, xtreg, statsmodels, clubsandwich",
        })
    }
}
