//! What decides how effects are absorbed: their sizes, which of them others span, how a pair hangs together.

use crate::absorb::levels::Block;

/// The effects of a fit, as absorption sees them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EffectStructure {
    /// The effects that have to be absorbed, largest first.
    pub needed: Vec<EffectSize>,
    /// The effects that another one spans: they are nested in it or equal to it, and cost nothing.
    pub redundant: Vec<RedundantEffect>,
    /// Connected components of the graph of two effects; `None` for any other number and with slopes.
    pub components: Option<usize>,
}

/// An effect and its size.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EffectSize {
    /// As the formula names it.
    pub effect: String,
    /// Levels times the intercept and slopes of each: columns that it would need as dummies.
    pub columns: usize,
    /// Of those, slopes that do not vary within their level beyond the other columns of the effect.
    pub omitted: usize,
}

/// An effect that another one spans.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct RedundantEffect {
    /// As the formula names it.
    pub effect: String,
    /// The finer effect, each level of which lies in one level of this one.
    pub spanned_by: String,
}

impl EffectStructure {
    /// Columns of the largest effect.
    pub fn largest(&self) -> usize {
        self.needed.first().map_or(0, |size| size.columns)
    }

    /// Columns of all other effects that have to be absorbed.
    pub fn beside_largest(&self) -> usize {
        self.needed.iter().skip(1).map(|size| size.columns).sum()
    }

    /// The structure of effects, given those that have to be absorbed and those that need not.
    pub(crate) fn of(needed: &[&Block], redundant: Vec<RedundantEffect>) -> Self {
        let size = |block: &&Block| EffectSize {
            effect: block.name.clone(),
            columns: block.ncolumns(),
            omitted: block.ncolumns() - block.rank(),
        };
        let mut sizes: Vec<EffectSize> = needed.iter().map(size).collect();
        sizes.sort_by_key(|size| std::cmp::Reverse(size.columns));
        Self { needed: sizes, redundant, components: None }
    }
}
