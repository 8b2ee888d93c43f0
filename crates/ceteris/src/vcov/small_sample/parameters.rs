//! K: what regressors and effects cost together, less what nested effects are free of.

use super::SmallSample;
use super::fields::{Counting, Free, Nested};
use crate::absorb::components;
use crate::frame::Factor;
use crate::vcov::ledger::{EffectCost, Ledger};

impl SmallSample {
    /// K, with `clusters` the cluster variables (none for covariances without clusters).
    pub fn parameters(self, ledger: &Ledger, clusters: &[Factor]) -> usize {
        let free = self.free_columns(ledger, &self.free_in(ledger, clusters));
        // The rank of many large effects is only bounded from above.
        self.parameters_without_clusters(ledger).saturating_sub(free).max(ledger.regressors)
    }

    /// K if no effect is nested.
    pub(crate) fn parameters_without_clusters(self, ledger: &Ledger) -> usize {
        match self.counting {
            Counting::Rank => ledger.rank,
            Counting::Levels => ledger.level_count(),
            Counting::PairwiseRank => ledger.regressors + pairwise_rank(ledger.effects.iter()),
            Counting::Columns => {
                ledger.regressors + ledger.effects.iter().map(EffectCost::ncolumns).sum::<usize>()
            }
        }
    }

    /// For each effect, the place of the cluster variable in which it is nested and therefore free of cost.
    pub(crate) fn free_in(self, ledger: &Ledger, clusters: &[Factor]) -> Vec<Option<usize>> {
        let is_effect = |cluster: &Factor| ledger.effects.iter().any(|effect| effect.factor == *cluster);
        let holders = match self.nested {
            Nested::ClusterVariables if clusters.iter().all(is_effect) => {
                let held = |effect: &EffectCost| clusters.iter().position(|c| *c == effect.factor);
                ledger.effects.iter().map(held).collect()
            }
            Nested::OnlyEffect if ledger.effects.len() > 1 => vec![None; ledger.effects.len()],
            _ => ledger.holders(clusters),
        };
        let free = |(effect, holder): (&EffectCost, Option<usize>)| holder.filter(|_| self.frees(effect));
        ledger.effects.iter().zip(holders).map(free).collect()
    }

    /// Whether anything of an effect is free if it is nested.
    fn frees(self, effect: &EffectCost) -> bool {
        match self.free {
            Free::Nothing => false,
            Free::LevelsButOne | Free::Intercepts => effect.intercept,
            Free::All | Free::AllButConstant | Free::ColumnsButOne => true,
        }
    }

    /// Whether the slopes of nested effects are free with their intercepts.
    pub(crate) fn frees_slopes(self) -> bool {
        matches!(self.free, Free::All | Free::AllButConstant | Free::ColumnsButOne)
    }

    /// What nested effects do not add to K.
    fn free_columns(self, ledger: &Ledger, holders: &[Option<usize>]) -> usize {
        let held = |nested: bool| {
            let effects = ledger.effects.iter().zip(holders);
            effects.filter(move |(_, holder)| holder.is_some() == nested).map(|(effect, _)| effect)
        };
        let nested: Vec<&EffectCost> = held(true).collect();
        if nested.is_empty() {
            return 0;
        }
        match self.free {
            Free::Nothing => 0,
            Free::All => ledger.joint_cost(holders).rank,
            Free::AllButConstant => {
                let joint = ledger.joint_cost(holders);
                joint.rank - usize::from(joint.constant)
            }
            Free::LevelsButOne => nested.iter().map(|effect| effect.nlevels - 1).sum(),
            Free::ColumnsButOne => {
                nested.iter().map(|effect| effect.ncolumns() / effect.nlevels * (effect.nlevels - 1)).sum()
            }
            Free::Intercepts => {
                rank_of_intercepts(ledger.effects.iter()) - rank_of_intercepts(held(false)).max(1)
            }
        }
    }
}

/// The rank of effects, with redundant levels counted beside one earlier effect at a time (an upper bound).
fn pairwise_rank<'a>(effects: impl Iterator<Item = &'a EffectCost> + Clone) -> usize {
    effects.clone().map(|effect| effect.rank).sum::<usize>() - redundant_levels(effects)
}

/// The same of the intercepts alone.
fn rank_of_intercepts<'a>(effects: impl Iterator<Item = &'a EffectCost> + Clone) -> usize {
    let with_intercepts = effects.filter(|effect| effect.intercept);
    with_intercepts.clone().map(|effect| effect.nlevels).sum::<usize>() - redundant_levels(with_intercepts)
}

/// The levels that each effect shares with the earlier effect of which it shares most.
fn redundant_levels<'a>(effects: impl Iterator<Item = &'a EffectCost>) -> usize {
    let mut earlier: Vec<&Factor> = Vec::new();
    let mut redundant = 0;
    for effect in effects.filter(|effect| effect.intercept) {
        redundant += earlier.iter().map(|factor| components(factor, &effect.factor)).max().unwrap_or(0);
        earlier.push(&effect.factor);
    }
    redundant
}
