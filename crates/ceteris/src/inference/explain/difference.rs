//! What one program does differently from `exact`, as values and in words.
//!
//! Differences in K are named only where K is in the factor, so that a difference named is one that the
//! standard errors or their tail show.

use std::fmt;

use crate::error::quoted;
use crate::vcov::Distribution;

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
