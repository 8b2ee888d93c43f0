//! What an explanation says of each program.

use super::difference::Difference;
use super::evidence::Evidence;
use crate::error::Error;
use crate::inference::Coefficient;
use crate::vcov::{Distribution, Vcov};

/// How K is made up: `total = regressors + effects - nested`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ParameterCount {
    /// K
    pub total: usize,
    /// k: coefficients estimated.
    pub regressors: usize,
    /// What the effects would cost without clusters.
    pub effects: usize,
    /// What is not charged, because effects are nested in clusters.
    pub nested: usize,
}

/// The fit as one program would report it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Account {
    /// The program; `exact` is this crate's default.
    pub program: &'static str,
    /// Whether its standard errors were compared with the program's.
    pub evidence: Evidence,
    /// n
    pub nobs: usize,
    /// K and its parts.
    pub parameters: ParameterCount,
    /// G of each cluster variable.
    pub nclusters: Vec<usize>,
    /// What the sandwich is multiplied with; where terms have factors of their own, that of the term with
    /// the fewest clusters. For iid n/(n-K).
    pub factor: f64,
    /// What t statistics are compared with.
    pub distribution: Distribution,
    /// The coefficients asked for.
    pub coefs: Vec<Coefficient>,
    /// The smallest and the largest standard error relative to that of `exact`; `None` where `exact` has
    /// none above zero.
    pub ratio: Option<(f64, f64)>,
    /// What is done differently from `exact`.
    pub differences: Vec<Difference>,
}

impl Account {
    /// What differs from `exact`, and what that does to the standard errors, in words.
    pub fn sentence(&self) -> String {
        sentence(self)
    }
}

/// An absorbed effect, and whether clusters contain its levels.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EffectCount {
    /// As the formula names it.
    pub name: String,
    /// Its levels.
    pub nlevels: usize,
    /// Whether each level lies inside one cluster.
    pub nested: bool,
}

/// A program whose own count leaves no degrees of freedom.
#[derive(Debug)]
#[non_exhaustive]
pub struct Refusal {
    /// The program.
    pub program: &'static str,
    /// Why there are no standard errors.
    pub error: Error,
}

/// One fit and one covariance under the corrections of every program.
#[derive(Debug)]
#[non_exhaustive]
pub struct Explanation {
    /// The covariance.
    pub vcov: Vcov,
    /// The absorbed effects.
    pub effects: Vec<EffectCount>,
    /// One account for each program, `exact` first.
    pub accounts: Vec<Account>,
    /// Programs that would have no answer.
    pub refused: Vec<Refusal>,
}

impl Explanation {
    /// The account of a program, by the name it is listed under.
    pub fn account(&self, program: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.program == program)
    }
}

/// Standard errors this close are equal.
const EQUAL: f64 = 1e-12;
/// Ratios this close to one need more than four decimals.
const NEAR_ONE: f64 = 1e-3;

/// What differs, and by how much the standard errors do.
pub(super) fn sentence(account: &Account) -> String {
    if account.program == "exact" {
        return "what the others are compared with".to_string();
    }
    if account.differences.is_empty() {
        return "as exact".to_string();
    }
    let differences: Vec<String> = account.differences.iter().map(ToString::to_string).collect();
    let differences = differences.join("; ");
    let shown = |ratio: f64| {
        if (ratio - 1.0).abs() < NEAR_ONE { format!("{ratio:.6}") } else { format!("{ratio:.4}") }
    };
    match account.ratio {
        None => differences,
        Some((low, high)) if (low - 1.0).abs() < EQUAL && (high - 1.0).abs() < EQUAL => {
            format!("{differences}: standard errors equal those of exact")
        }
        Some((low, high)) if high - low < EQUAL * high => {
            format!("{differences}: standard errors {} times those of exact", shown(low))
        }
        Some((low, high)) => {
            format!("{differences}: standard errors {} to {} times those of exact", shown(low), shown(high))
        }
    }
}
