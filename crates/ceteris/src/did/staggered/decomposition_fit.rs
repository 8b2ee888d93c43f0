//! The parts of a two-way fixed-effects coefficient, and what they warn of.

use std::fmt;

use crate::error::Result;
use crate::model::Fit;
use crate::notice::Notice;

/// The column of the treatment in the frame of the regression.
pub(super) const TREATED: &str = "unit is treated";

/// Which units the treated ones are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ComparisonKind {
    /// Units that are never treated.
    NeverTreated,
    /// Units treated later, before their treatment.
    EarlierAgainstLater,
    /// Units treated earlier, after their treatment: the growth of their effect counts as a trend.
    LaterAgainstEarlier,
    /// Units treated at every time: the same holds of them.
    AlwaysTreated,
}

impl ComparisonKind {
    /// Every kind.
    pub const ALL: [Self; 4] =
        [Self::NeverTreated, Self::EarlierAgainstLater, Self::LaterAgainstEarlier, Self::AlwaysTreated];

    /// Whether the comparison units are already treated.
    pub fn is_forbidden(self) -> bool {
        matches!(self, Self::LaterAgainstEarlier | Self::AlwaysTreated)
    }
}

impl fmt::Display for ComparisonKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::NeverTreated => "against never treated",
            Self::EarlierAgainstLater => "earlier against later",
            Self::LaterAgainstEarlier => "later against earlier",
            Self::AlwaysTreated => "against always treated",
        })
    }
}

/// A comparison of two groups.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Comparison {
    /// Which units are compared with.
    pub kind: ComparisonKind,
    /// The first treated time of the group whose treatment changes.
    pub treated: i64,
    /// The first treated time of the comparison group; `None` for never.
    pub control: Option<i64>,
    /// The difference of the two changes.
    pub estimate: f64,
    /// How much it counts; weights sum to one.
    pub weight: f64,
}

/// How much the effect on one group at one time counts in the coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TreatedWeight {
    /// The first treated time of the group.
    pub group: i64,
    /// The time.
    pub time: i64,
    /// The weight; weights sum to one, and may be negative.
    pub weight: f64,
}

/// A two-way coefficient and its parts.
#[derive(Debug, Clone)]
pub struct DecompositionFit {
    pub(super) fit: Fit,
    pub(super) comparisons: Vec<Comparison>,
    pub(super) weights: Vec<TreatedWeight>,
    pub(super) notices: Vec<Notice>,
}

impl DecompositionFit {
    /// The two-way regression.
    pub fn fit(&self) -> &Fit {
        &self.fit
    }

    /// The coefficient of treatment in it.
    ///
    /// # Errors
    /// As [`Fit::estimate`].
    pub fn two_way(&self) -> Result<f64> {
        self.fit.estimate(TREATED)
    }

    /// Every comparison of two groups.
    pub fn comparisons(&self) -> &[Comparison] {
        &self.comparisons
    }

    /// sum of weight times estimate: the two-way coefficient again.
    pub fn estimate(&self) -> f64 {
        self.comparisons.iter().map(|held| held.weight * held.estimate).sum()
    }

    /// The weight of one kind and its average estimate; `None` if there is no such comparison.
    pub fn of_kind(&self, kind: ComparisonKind) -> Option<(f64, f64)> {
        let mine = || self.comparisons.iter().filter(move |held| held.kind == kind);
        let weight: f64 = mine().map(|held| held.weight).sum();
        let sum: f64 = mine().map(|held| held.weight * held.estimate).sum();
        (weight > 0.0).then(|| (weight, sum / weight))
    }

    /// The weight of comparisons with units already treated.
    pub fn forbidden_weight(&self) -> f64 {
        self.comparisons.iter().filter(|held| held.kind.is_forbidden()).map(|held| held.weight).sum()
    }

    /// How much the effect in each treated cell counts in the coefficient, under parallel trends.
    pub fn treated_weights(&self) -> &[TreatedWeight] {
        &self.weights
    }

    /// The sum of the negative ones among [`DecompositionFit::treated_weights`].
    pub fn negative_weight(&self) -> f64 {
        self.weights.iter().map(|held| held.weight.min(0.0)).sum()
    }

    /// Whether comparisons disagree in sign.
    pub fn signs_differ(&self) -> bool {
        let counts = |held: &&Comparison| held.weight > 0.0;
        let mut signs = self.comparisons.iter().filter(counts).map(|held| held.estimate > 0.0);
        let first = signs.next();
        signs.any(|sign| Some(sign) != first)
    }

    /// Facts that did not stop the decomposition.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    fn verdict(&self) -> String {
        let share = 100.0 * self.forbidden_weight();
        let negative = self.weights.iter().filter(|held| held.weight < 0.0).count();
        let mut words = match self.forbidden_weight() > 0.0 {
            false => "no weight is on comparisons with units already treated".to_string(),
            true => format!(
                "{share:.1}% of the weight is on comparisons with units already treated: the coefficient misleads where effects grow or shrink with time"
            ),
        };
        if self.signs_differ() {
            words += "; comparisons disagree in sign";
        }
        if negative > 0 {
            let cells = self.weights.len();
            words += &format!(
                "; {negative} of {cells} treated cells count negatively (sum {:.3})",
                self.negative_weight()
            );
        }
        words
    }
}

impl fmt::Display for DecompositionFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:<24} {:>12} {:>12}", "comparison", "weight", "estimate")?;
        for kind in ComparisonKind::ALL {
            if let Some((weight, estimate)) = self.of_kind(kind) {
                writeln!(f, "{kind:<24} {weight:>12.6} {estimate:>12.6}")?;
            }
        }
        writeln!(f, "{:<24} {:>12.6} {:>12.6}", "two-way fixed effects", 1.0, self.estimate())?;
        writeln!(f, "{}", self.verdict())?;
        self.notices.iter().try_for_each(|notice| writeln!(f, "note: {notice}"))
    }
}
