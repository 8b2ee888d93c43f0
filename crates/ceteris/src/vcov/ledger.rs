//! The ledger of degrees of freedom: what each part of a model costs, for every way to count.

use std::sync::Arc;

use crate::absorb::{Block, rank_of};
use crate::error::{Error, Result};
use crate::frame::Factor;

/// What one absorbed effect is made of.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EffectCost {
    /// As the formula names it.
    pub name: String,
    /// m_q
    pub nlevels: usize,
    /// Whether each level has an intercept.
    pub intercept: bool,
    /// Slopes of each level.
    pub slopes: usize,
    /// The rank of the effect alone: its columns, less slopes that do not vary in their level.
    pub rank: usize,
    /// The level of each row, to be compared with clusters.
    pub factor: Factor,
}

impl EffectCost {
    /// Columns that the effect would need as dummies.
    pub fn ncolumns(&self) -> usize {
        self.nlevels * (usize::from(self.intercept) + self.slopes)
    }
}

/// n, k, and what the effects cost.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ledger {
    /// n: rows in use, or the sum of frequency weights.
    pub nobs: usize,
    /// k: coefficients estimated, the intercept included.
    pub regressors: usize,
    /// The effects in the order of the formula.
    pub effects: Vec<EffectCost>,
    /// Rank of regressors and effects together.
    pub rank: usize,
    /// The effects themselves, in the same order.
    pub(crate) blocks: Arc<Vec<Block>>,
}

/// What some effects cost together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JointCost {
    /// The rank of their columns ranked together: what they share is counted once.
    pub(crate) rank: usize,
    /// Whether they span the constant: with intercepts they do, slopes alone as a rule do not.
    pub(crate) constant: bool,
}

impl Ledger {
    /// n - K as a number.
    ///
    /// # Errors
    /// [`Error::TooFewObservations`] unless n > K.
    pub fn dof(&self, parameters: usize) -> Result<f64> {
        if self.nobs > parameters {
            Ok((self.nobs - parameters) as f64)
        } else {
            Err(Error::TooFewObservations { nobs: self.nobs, parameters })
        }
    }

    /// P = k + sum_q m_q - (Q - 1), the count that takes every pair of effects to share one level
    /// (with slopes: k + sum_q m_q (1 + slopes_q) - (number of effects with intercepts - 1); the intercepts of
    /// `f + f[x]` count once, as those of one effect).
    pub fn level_count(&self) -> usize {
        let again = |place: usize| {
            let effect = &self.effects[place];
            let same = |other: &EffectCost| other.intercept && other.factor == effect.factor;
            let has_slopes = |other: &EffectCost| effect.slopes + other.slopes > 0;
            effect.intercept && self.effects[..place].iter().any(|other| same(other) && has_slopes(other))
        };
        let repeated = (0..self.effects.len()).filter(|&place| again(place));
        let repeated: Vec<usize> = repeated.map(|place| self.effects[place].nlevels).collect();
        let with_intercepts = self.effects.iter().filter(|effect| effect.intercept).count() - repeated.len();
        let columns: usize = self.effects.iter().map(EffectCost::ncolumns).sum();
        self.regressors + columns - repeated.iter().sum::<usize>() - with_intercepts.saturating_sub(1)
    }

    /// What the effects with a holder (see [`Ledger::holders`]) cost together: rank[D_nested] and the constant.
    pub(crate) fn joint_cost(&self, holders: &[Option<usize>]) -> JointCost {
        let held = |(block, holder): (&Block, &Option<usize>)| holder.map(|_| block.clone());
        let blocks: Vec<Block> = self.blocks.iter().zip(holders).filter_map(held).collect();
        let constant = blocks.iter().any(Block::spans_constant);
        JointCost { rank: rank_of(&blocks).parameters, constant }
    }

    /// For each effect, the place of a cluster variable of which one level holds each level of the effect.
    pub fn holders(&self, clusters: &[Factor]) -> Vec<Option<usize>> {
        let holder = |effect: &EffectCost| clusters.iter().position(|c| effect.factor.is_nested_in(c));
        self.effects.iter().map(holder).collect()
    }
}
