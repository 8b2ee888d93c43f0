//! Small-sample corrections: what K counts, and what a covariance is multiplied with.
//!
//! | | iid, HC1 | CR1 | t and F |
//! |---|---|---|---|
//! | exact | K = rank | (n-1)/(n-K') min G/(G-1), nested effects free | min G - 1 |
//! | fixest, pyfixest, xtreg | K = P | the same with P' | min G - 1 |
//! | reghdfe | K = pairwise rank | the same with K'' | min(n-K'', min G - 1) |
//! | areg | K = rank | (n-1)/(n-K) G/(G-1), nothing free | min G - 1 |
//! | linearmodels | K = rank | n/(n-K), K = k where the only effect is nested | n - rank |
//! | statsmodels | K = rank | (n-1)/(n-K) G_S/(G_S-1) term by term | normal |
//! | sandwich | K = rank | the same | n - K |
//! | clubSandwich | K = rank | G/(G-1) | min G - 1 |
//!
//! K' = K - sum of the levels of nested effects + 1, at least k + 1: an effect whose levels lie inside
//! clusters costs nothing, and the constant counts once. P' = P - sum over nested q of (m_q - 1), and
//! k + 1 where all are nested. K'' = k + pairwise rank of the effects that are not nested, at least k + 1:
//! reghdfe looks for redundant levels among those only. pyfixest multiplies HC2 and HC3 by n/(n-K). Sources: the programs' documentation; `docs/matching_other_software.md`.

use std::fmt;

use super::ledger::{EffectCost, Ledger};
use crate::absorb::components;
use crate::frame::Factor;
use crate::special::{normal, student};

/// The tail that a statistic is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Distribution {
    /// t and F with these (denominator) degrees of freedom.
    T(f64),
    /// Normal and chi-squared.
    Normal,
}

impl Distribution {
    /// P(X > x)
    pub(crate) fn upper_tail(self, x: f64) -> f64 {
        match self {
            Distribution::T(dof) => student::upper_tail(x, dof),
            Distribution::Normal => normal::upper_tail(x),
        }
    }

    /// The value below which X falls with probability `p`.
    pub(crate) fn quantile(self, p: f64) -> f64 {
        match self {
            Distribution::T(dof) => student::quantile(p, dof),
            Distribution::Normal => normal::quantile(p),
        }
    }
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
    Pyfixest,
    Reghdfe,
    Areg,
    Xtreg,
    Linearmodels,
    Statsmodels,
    Sandwich,
    ClubSandwich,
    /// Not among the presets that a user may choose: no reference case proves it.
    #[cfg_attr(feature = "serde", serde(skip))]
    FixedEffectModels,
}

use Preset::{
    Areg, ClubSandwich, Exact, FixedEffectModels, Fixest, Linearmodels, Pyfixest, Reghdfe, Sandwich,
    Statsmodels, Xtreg,
};

const PRESETS: [(&str, Preset); 10] = [
    ("exact", Exact),
    ("fixest", Fixest),
    ("pyfixest", Pyfixest),
    ("reghdfe", Reghdfe),
    ("areg", Areg),
    ("xtreg", Xtreg),
    ("linearmodels", Linearmodels),
    ("statsmodels", Statsmodels),
    ("sandwich", Sandwich),
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

    /// R's fixest 0.14.
    pub fn fixest() -> Self {
        Self { preset: Fixest }
    }

    /// Python's pyfixest: as fixest, but HC2 and HC3 are multiplied by n/(n-K).
    pub fn pyfixest() -> Self {
        Self { preset: Pyfixest }
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

    /// Python's linearmodels 7 (`PanelOLS`, without `group_debias`): no G/(G-1), and a nested effect is
    /// seen only where it is the only one.
    pub fn linearmodels() -> Self {
        Self { preset: Linearmodels }
    }

    /// Python's statsmodels.
    pub fn statsmodels() -> Self {
        Self { preset: Statsmodels }
    }

    /// R's sandwich on `lm` with a dummy for each level (`vcovHC`, and `vcovCL` of type HC1).
    pub fn sandwich() -> Self {
        Self { preset: Sandwich }
    }

    /// R's clubSandwich.
    pub fn clubsandwich() -> Self {
        Self { preset: ClubSandwich }
    }

    /// FixedEffectModels.jl 1.13 as documented: an effect costs its levels, a nested one costs 1.
    pub(crate) fn fixed_effect_models() -> Self {
        Self { preset: FixedEffectModels }
    }

    /// Every preset, in the order of the table above.
    pub fn all() -> impl Iterator<Item = Self> {
        PRESETS.iter().map(|&(_, preset)| Self { preset })
    }

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        PRESETS
            .iter()
            .find(|(_, preset)| *preset == self.preset)
            .map_or("FixedEffectModels.jl", |(name, _)| name)
    }

    /// K where no row belongs to a cluster.
    pub fn parameters(self, ledger: &Ledger) -> usize {
        match self.preset {
            Exact | Areg | Linearmodels | Statsmodels | Sandwich | ClubSandwich => ledger.rank,
            Fixest | Pyfixest | Xtreg => ledger.level_count(),
            Reghdfe => ledger.regressors + pairwise_rank(&ledger.effects.iter().collect::<Vec<_>>()),
            FixedEffectModels => {
                ledger.regressors + ledger.effects.iter().map(EffectCost::ncolumns).sum::<usize>()
            }
        }
    }

    /// K under clustering.
    pub fn parameters_with_clusters(self, ledger: &Ledger, clusters: &[Factor]) -> usize {
        self.parameters_with_holders(ledger, &ledger.holders(clusters))
    }

    /// K under clustering, given which cluster variable holds each effect.
    pub(super) fn parameters_with_holders(self, ledger: &Ledger, holders: &[Option<usize>]) -> usize {
        let whole = self.parameters(ledger);
        let held = |nested: bool| {
            let effects = ledger.effects.iter().zip(holders);
            effects.filter(move |(_, holder)| holder.is_some() == nested).map(|(effect, _)| effect)
        };
        let nested: Vec<&EffectCost> = held(true).collect();
        if !self.frees_nested(ledger) || nested.is_empty() {
            return whole;
        }
        let least = ledger.regressors + 1;
        let columns: usize = nested.iter().map(|effect| effect.ncolumns()).sum();
        match self.preset {
            Fixest | Pyfixest | Xtreg => levels_not_nested(ledger, &nested).max(least),
            Reghdfe => (ledger.regressors + pairwise_rank(&held(false).collect::<Vec<_>>())).max(least),
            Linearmodels => ledger.regressors,
            FixedEffectModels => {
                let ways = nested.iter().map(|effect| usize::from(effect.intercept) + effect.slopes);
                whole + ways.sum::<usize>() - columns
            }
            _ => (whole + 1).saturating_sub(columns).max(least),
        }
    }

    /// Whether effects nested in clusters cost nothing.
    pub(crate) fn frees_nested(self, ledger: &Ledger) -> bool {
        match self.preset {
            Exact | Fixest | Pyfixest | Xtreg | Reghdfe | FixedEffectModels => true,
            Linearmodels => ledger.effects.len() == 1,
            Areg | Statsmodels | Sandwich | ClubSandwich => false,
        }
    }

    /// What HC2 and HC3 are multiplied with.
    pub(crate) fn leverage_factor(self, nobs: usize, dof: f64) -> f64 {
        match self.preset {
            Pyfixest => nobs as f64 / dof,
            _ => 1.0,
        }
    }

    /// c: what all terms of a cluster-robust covariance share.
    pub fn cluster_factor(self, nobs: usize, dof: f64) -> f64 {
        match self.preset {
            ClubSandwich => 1.0,
            Linearmodels => nobs as f64 / dof,
            _ => (nobs as f64 - 1.0) / dof,
        }
    }

    /// a_S for a term with this many clusters, where the smallest variable has `smallest`.
    pub fn term_factor(self, clusters: usize, smallest: usize) -> f64 {
        let counted = match self.preset {
            Linearmodels => return 1.0,
            Statsmodels | Sandwich | ClubSandwich => clusters,
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

    /// The tail for clustered statistics, with `dof` = n - K under clustering.
    pub(crate) fn with_clusters(self, smallest: usize, dof: f64, ledger: &Ledger) -> Distribution {
        let between = smallest as f64 - 1.0;
        match self.preset {
            Statsmodels => Distribution::Normal,
            Reghdfe => Distribution::T(between.min(dof)),
            Sandwich => Distribution::T(dof),
            Linearmodels => Distribution::T((ledger.nobs - ledger.rank) as f64), // a fit has more rows than its rank
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
            must: "one of exact, fixest, pyfixest, reghdfe, areg, xtreg, linearmodels, statsmodels, sandwich, clubsandwich",
        })
    }
}

/// P less the levels of nested effects, of each but one; k, their slopes and 1 where all are nested.
fn levels_not_nested(ledger: &Ledger, nested: &[&EffectCost]) -> usize {
    if nested.len() == ledger.effects.len() {
        let slopes: usize = nested.iter().map(|effect| effect.nlevels * effect.slopes).sum();
        return ledger.regressors + 1 + slopes;
    }
    let free: usize = nested.iter().map(|effect| effect.nlevels - 1).sum();
    ledger.level_count().saturating_sub(free)
}

/// The rank of effects, with redundant levels counted beside one earlier effect at a time (an upper bound).
fn pairwise_rank(effects: &[&EffectCost]) -> usize {
    let mut earlier: Vec<&Factor> = Vec::new();
    let mut rank = 0;
    for effect in effects {
        rank += effect.rank;
        if effect.intercept {
            let redundant = earlier.iter().map(|factor| components(factor, &effect.factor)).max();
            rank -= redundant.unwrap_or(0);
            earlier.push(&effect.factor);
        }
    }
    rank
}
