//! What one program does differently from `exact`, as values and in words.
//!
//! Differences in K are named only where K is in the factor, so that a difference named is one that the
//! standard errors or their tail show.

use std::fmt;

use super::explanation::Account;
use crate::error::quoted;
use crate::frame::Factor;
use crate::vcov::{
    ClusterFactor, ClusterType, Distribution, EffectCost, Hc, Ledger, RowFactor, SmallSample, Vcov, VcovKind,
};

/// One thing that a program does differently from `exact`.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "kind", rename_all = "snake_case"))]
#[non_exhaustive]
#[allow(missing_docs)] // the fields are named for what they hold, and each variant says the rest
pub enum Difference {
    /// Effects nested in clusters are charged.
    CountsNested { effects: Vec<String>, levels: usize },
    /// Slopes of effects nested in clusters are charged.
    CountsNestedSlopes { effects: Vec<String>, slopes: usize },
    /// K is larger by parameters that several effects share.
    CountsMore { parameters: usize },
    /// K is smaller: the constant that nested effects contain is not charged, or more besides.
    CountsFewer { parameters: usize },
    /// (n-1)/(n-K) is left out.
    LeavesOutParameters,
    /// G/(G-1) is left out.
    LeavesOutClusters,
    /// Each term of several ways has the G/(G-1) of its own clusters, not of the fewest.
    ClustersOfEachTerm,
    /// n/(n-K) in the place of (n-1)/(n-K).
    RowsNotLessOne,
    /// HC2 and HC3 are multiplied with n/(n-K).
    InflatesLeverage,
    /// The statistic is compared with another distribution.
    Tail { distribution: Distribution, exact: Distribution },
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::CountsNested { effects, levels } => {
                write!(
                    f,
                    "counts the {} levels of {}, nested in clusters, in K",
                    grouped(*levels),
                    quoted(effects)
                )
            }
            Difference::CountsNestedSlopes { effects, slopes } => {
                write!(
                    f,
                    "counts the {} slopes of {}, nested in clusters, in K",
                    grouped(*slopes),
                    quoted(effects)
                )
            }
            Difference::CountsMore { parameters } => {
                write!(f, "counts {} more in K, which effects share", grouped(*parameters))
            }
            Difference::CountsFewer { parameters } => {
                write!(
                    f,
                    "counts {} fewer in K, without the constant of nested effects",
                    grouped(*parameters)
                )
            }
            Difference::LeavesOutParameters => write!(f, "leaves (n-1)/(n-K) out"),
            Difference::LeavesOutClusters => write!(f, "leaves G/(G-1) out"),
            Difference::ClustersOfEachTerm => write!(f, "gives each term its own G/(G-1)"),
            Difference::RowsNotLessOne => write!(f, "has n/(n-K) in place of (n-1)/(n-K)"),
            Difference::InflatesLeverage => write!(f, "multiplies with n/(n-K)"),
            Difference::Tail { distribution, exact } => {
                write!(f, "{} in place of {}", tail(*distribution), tail(*exact))
            }
        }
    }
}

fn tail(distribution: Distribution) -> String {
    match distribution {
        Distribution::T(dof) => format!("t({dof})"),
        Distribution::Normal => "the normal distribution".to_string(),
    }
}

/// What an account does not say of itself.
pub(super) struct Facts<'a> {
    pub(super) vcov: &'a Vcov,
    pub(super) ledger: &'a Ledger,
    pub(super) clusters: &'a [Factor],
}

/// What an account does differently from that of `exact`.
pub(super) fn differences(account: &Account, exact: &Account, facts: &Facts<'_>) -> Vec<Difference> {
    let has_parameters = matches!(facts.vcov.kind(), VcovKind::Iid | VcovKind::Hc(Hc::Hc1));
    let mut found = match facts.vcov.kind() {
        _ if has_parameters => in_parameters(account, exact, facts),
        VcovKind::Hc(Hc::Hc2 | Hc::Hc3)
            if facts.vcov.correction().leverage != SmallSample::exact().leverage =>
        {
            vec![Difference::InflatesLeverage]
        }
        VcovKind::Cluster(cluster) if cluster.cluster_type() == ClusterType::Cr1 => {
            in_clusters(account, exact, facts)
        }
        _ => Vec::new(),
    };
    let (distribution, other) = (account.distribution, exact.distribution);
    // Where K is named, n - K is said.
    let said = has_parameters && matches!(distribution, Distribution::T(_));
    if distribution != other && !said {
        found.push(Difference::Tail { distribution, exact: other });
    }
    found
}

/// What is counted in K.
fn in_parameters(account: &Account, exact: &Account, facts: &Facts<'_>) -> Vec<Difference> {
    let mut found = nested(facts);
    let (ours, theirs) = (account.parameters, exact.parameters);
    let charged = if found.is_empty() { 0 } else { theirs.nested.saturating_sub(ours.nested) };
    let expected = theirs.total + charged;
    if ours.total > expected {
        found.push(Difference::CountsMore { parameters: ours.total - expected });
    } else if ours.total < expected {
        found.push(Difference::CountsFewer { parameters: expected - ours.total });
    }
    found
}

/// The nested effects that are free for `exact` and charged here, wholly or in their slopes.
fn nested(facts: &Facts<'_>) -> Vec<Difference> {
    let (ours, exact) = (facts.vcov.correction(), SmallSample::exact());
    let free = |preset: SmallSample| preset.free_in(facts.ledger, facts.clusters);
    let pairs = free(ours).into_iter().zip(free(exact));
    let effects: Vec<(&EffectCost, bool)> = (facts.ledger.effects.iter().zip(pairs))
        .filter(|(_, (_, exact))| exact.is_some())
        .map(|(effect, (ours, _))| (effect, ours.is_some()))
        .collect();
    let named =
        |charged: &[&EffectCost]| charged.iter().map(|effect| effect.name.clone()).collect::<Vec<_>>();
    let mut found = Vec::new();
    let levels = effects.iter().filter(|(effect, free)| effect.intercept && !free);
    let levels: Vec<&EffectCost> = levels.map(|(effect, _)| *effect).collect();
    if !levels.is_empty() {
        let total = levels.iter().map(|effect| effect.nlevels).sum();
        found.push(Difference::CountsNested { effects: named(&levels), levels: total });
    }
    let slopes = effects.iter().filter(|(effect, free)| effect.slopes > 0 && !(*free && ours.frees_slopes()));
    let slopes: Vec<&EffectCost> = slopes.map(|(effect, _)| *effect).collect();
    if !slopes.is_empty() {
        let total = slopes.iter().map(|effect| effect.slopes * effect.nlevels).sum();
        found.push(Difference::CountsNestedSlopes { effects: named(&slopes), slopes: total });
    }
    found
}

/// The parts of (n-1)/(n-K) G/(G-1).
fn in_clusters(account: &Account, exact: &Account, facts: &Facts<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    match facts.vcov.correction().rows {
        RowFactor::None => found.push(Difference::LeavesOutParameters),
        RowFactor::RowsLessOne => found.extend(in_parameters(account, exact, facts)),
        RowFactor::Rows => {
            found.extend(in_parameters(account, exact, facts));
            found.push(Difference::RowsNotLessOne);
        }
    }
    match facts.vcov.correction().clusters {
        ClusterFactor::None => found.push(Difference::LeavesOutClusters),
        ClusterFactor::EachTerm if facts.clusters.len() > 1 => found.push(Difference::ClustersOfEachTerm),
        ClusterFactor::EachTerm | ClusterFactor::Smallest => {}
    }
    found
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

/// `15,000`
fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!([0, 15, 619, 15_000, 1_234_567].map(grouped), ["0", "15", "619", "15,000", "1,234,567"]);
    }

    #[test]
    fn differences_are_said_in_words() {
        let nested = Difference::CountsNested { effects: vec!["prac_ind".to_string()], levels: 15_000 };
        assert_eq!(nested.to_string(), "counts the 15,000 levels of `prac_ind`, nested in clusters, in K");
        let tail = Difference::Tail { distribution: Distribution::Normal, exact: Distribution::T(9.0) };
        assert_eq!(tail.to_string(), "the normal distribution in place of t(9)");
    }
}
