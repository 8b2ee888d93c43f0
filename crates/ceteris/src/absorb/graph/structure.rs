//! What decides how effects are absorbed: their sizes, which of them others span, how a pair hangs together.

use crate::absorb::levels::Block;

/// The effects of a fit, as absorption sees them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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
pub struct EffectSize {
    /// As the formula names it.
    pub effect: String,
    /// Levels times the intercept and slopes of each: columns that it would need as dummies.
    pub columns: usize,
}

/// An effect that another one spans.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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

    /// The structure of `blocks`, and those that have to be absorbed.
    pub(crate) fn of(blocks: &[Block]) -> (Self, Vec<&Block>) {
        let spanning = |b: usize| (0..blocks.len()).filter(move |&a| spans(blocks, a, b));
        let (needed, spanned): (Vec<usize>, Vec<usize>) =
            (0..blocks.len()).partition(|&b| spanning(b).next().is_none());
        let size = |&b: &usize| EffectSize { effect: blocks[b].name.clone(), columns: blocks[b].ncolumns() };
        let mut sizes: Vec<EffectSize> = needed.iter().map(size).collect();
        sizes.sort_by_key(|size| std::cmp::Reverse(size.columns));
        let redundant = |&b: &usize| {
            // Spanning is transitive, so that some effect that is needed spans it.
            let a = spanning(b).find(|a| needed.contains(a))?;
            Some(RedundantEffect { effect: blocks[b].name.clone(), spanned_by: blocks[a].name.clone() })
        };
        let redundant = spanned.iter().filter_map(redundant).collect();
        let needed = needed.into_iter().map(|b| &blocks[b]).collect();
        (Self { needed: sizes, redundant, components: None }, needed)
    }
}

/// Whether absorbing block `b` after block `a` would change nothing; of two equal blocks the first stays.
fn spans(blocks: &[Block], a: usize, b: usize) -> bool {
    let (finer, coarser) = (&blocks[a], &blocks[b]);
    a != b
        && finer.intercept
        && coarser.is_plain()
        && finer.factor.is_nested_in(&coarser.factor)
        && (a < b || !finer.is_plain() || finer.factor != coarser.factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Factor;

    fn block(name: &str, codes: &[u32]) -> Block {
        let bound = codes.iter().max().map_or(0, |&g| g as usize + 1);
        let factor = Factor::compacted(codes.to_vec(), bound);
        Block { name: name.to_string(), factor, intercept: true, slopes: Vec::new() }
    }

    #[test]
    fn a_chain_of_nested_effects_is_spanned_by_the_finest() {
        let practice = block("practice", &[0, 0, 1, 1, 2, 2, 3, 3]);
        let region = block("region", &[0, 0, 0, 0, 1, 1, 1, 1]);
        let country = block("country", &[0; 8]);
        let year = block("year", &[0, 1, 0, 1, 0, 1, 0, 1]);
        let blocks = [country, region, practice, year.clone(), block("again", &[0, 1, 0, 1, 0, 1, 0, 1])];
        let (structure, needed) = EffectStructure::of(&blocks);
        assert_eq!(needed.iter().map(|block| block.name.as_str()).collect::<Vec<_>>(), ["practice", "year"]);
        let spanned: Vec<(&str, &str)> =
            structure.redundant.iter().map(|r| (r.effect.as_str(), r.spanned_by.as_str())).collect();
        assert_eq!(spanned, [("country", "practice"), ("region", "practice"), ("again", "year")]);
        assert_eq!((structure.largest(), structure.beside_largest()), (4, 2));
    }
}
