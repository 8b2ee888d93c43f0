//! What effects cost together: their rank, or an upper bound of it where counting is too dear.
//!
//! Two effects with m_1 and m_2 levels have rank m_1 + m_2 - C, where C is the number of connected
//! components of the graph that joins level a to level b when a row has both (Abowd, Creecy and
//! Kramarz 2002). From the third effect on, the components with any earlier effect bound the number
//! of redundant levels from below, so that the rank is at most what is left; `cycles` counts it.

use super::components::components;
use super::cycles;
use crate::absorb::levels::Block;
use crate::frame::Factor;

/// Number of parameters that the effects cost together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) parameters: usize,
    /// Whether that is the rank, or only an upper bound of it.
    pub(crate) exact: bool,
}

impl Rank {
    /// The rank itself.
    pub(crate) fn exactly(parameters: usize) -> Self {
        Self { parameters, exact: true }
    }

    /// The rank of effects absorbed together: exact if that is affordable, else a bound.
    pub(crate) fn of(blocks: &[&Block]) -> Self {
        let bound = Self::pairwise(blocks);
        if bound.exact || blocks.iter().any(|block| !block.is_plain()) {
            return bound;
        }
        let factors: Vec<&Factor> = blocks.iter().map(|block| &block.factor).collect();
        cycles::rank(factors, bound.parameters).map_or(bound, Self::exactly)
    }

    /// The bound that pairs of effects give.
    pub(super) fn pairwise(blocks: &[&Block]) -> Self {
        let mut parameters = 0;
        let mut with_intercepts: Vec<&Block> = Vec::new();
        for &block in blocks {
            parameters += block.rank();
            if block.intercept {
                parameters -= most_components(&with_intercepts, &block.factor);
                with_intercepts.push(block);
            }
        }
        let slopes = blocks.iter().any(|block| !block.slopes.is_empty());
        Self { parameters, exact: blocks.len() <= 1 || (blocks.len() == 2 && !slopes) }
    }
}

/// The largest number of components that a factor forms with any one of the earlier effects.
fn most_components(earlier: &[&Block], factor: &Factor) -> usize {
    earlier.iter().map(|block| components(&block.factor, factor)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::absorb::dummies::Dummies;

    fn block(codes: Vec<u32>) -> Block {
        let bound = codes.iter().max().map_or(0, |&g| g as usize + 1);
        let factor = Factor::compacted(codes, bound);
        Block { name: String::new(), factor, intercept: true, slopes: Vec::new() }
    }

    fn ranks(columns: [Vec<u32>; 3]) -> (usize, usize, usize) {
        let nobs = columns[0].len();
        let blocks = columns.map(block);
        let blocks: Vec<&Block> = blocks.iter().collect();
        let counted = Rank::of(&blocks);
        assert!(counted.exact);
        let dummies = Dummies::new(&blocks, nobs, None).unwrap();
        (counted.parameters, Rank::pairwise(&blocks).parameters, dummies.rank())
    }

    #[test]
    fn cohort_age_and_period_share_a_trend() {
        let (period, cohort) = (|i: u32| i % 6, |i: u32| i / 6 % 9);
        let rows = 0..54;
        let age = rows.clone().map(|i| 8 + period(i) - cohort(i)).collect();
        let (counted, bound, dummies) =
            ranks([rows.clone().map(period).collect(), rows.map(cohort).collect(), age]);
        assert_eq!((counted, bound), (dummies, dummies + 1));
    }

    #[test]
    fn the_rank_is_that_of_dummies_on_random_and_broken_graphs() {
        for seed in 1..60_u32 {
            let mut state = seed;
            let mut random = |below: u32| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 16) % below
            };
            let parts = 1 + seed % 3; // parts that share no level of the first two effects
            let rows: Vec<[u32; 3]> = (0..20 + seed % 25)
                .map(|i| [i % parts * 6 + random(6), i % parts * 4 + random(4), random(5)])
                .collect();
            let (counted, bound, dummies) = ranks([0, 1, 2].map(|q| rows.iter().map(|row| row[q]).collect()));
            assert_eq!(counted, dummies, "seed {seed}");
            assert!(bound >= counted);
        }
    }
}
