//! Which effects have to be absorbed: each space of columns once, whatever the codes and the spelling.
//!
//! Effects are compared as partitions of the rows: a level of the finer one lies inside a level of the coarser
//! one, and of two with the same partition each is nested in the other. The columns of a coarser effect are sums
//! of those of a finer one with the same intercepts and slopes, which therefore spans it.

use std::borrow::Cow;

use super::structure::RedundantEffect;
use crate::absorb::levels::Block;
use crate::frame::Factor;

/// The effects that have to be absorbed, in the order of the formula.
pub(crate) struct Needed<'b> {
    blocks: Vec<Cow<'b, Block>>,
}

impl<'b> Needed<'b> {
    /// Those of `blocks`, and the others with what spans each.
    pub(crate) fn of(blocks: &'b [Block]) -> (Self, Vec<RedundantEffect>) {
        let joined = joined(blocks);
        let spanning = |b: usize| (0..joined.len()).filter(|&a| drops(&joined, a, b)).collect::<Vec<usize>>();
        let spanned_by: Vec<Vec<usize>> = (0..joined.len()).map(spanning).collect();
        let redundant = |b: usize| {
            // Spanning is transitive, so that some effect that is needed spans it.
            let a = spanned_by[b].iter().find(|a| spanned_by[**a].is_empty())?;
            Some(RedundantEffect { effect: joined[b].name.clone(), spanned_by: joined[*a].name.clone() })
        };
        let redundant = (0..joined.len()).filter_map(redundant).collect();
        let needed = joined.into_iter().zip(&spanned_by).filter(|(_, spanning)| spanning.is_empty());
        (Self { blocks: needed.map(|(block, _)| block).collect() }, redundant)
    }

    /// The effects.
    pub(crate) fn blocks(&self) -> Vec<&Block> {
        self.blocks.iter().map(Cow::as_ref).collect()
    }

    /// The same space in columns that do not hide small ones: an effect with slopes takes on the columns that a
    /// finer effect spans, so that its slopes are made orthonormal to those level by level, before they meet the
    /// finer effect. A column that lies far from zero would else leave too small a share to be told from rounding.
    pub(crate) fn completed(&self) -> Vec<Cow<'_, Block>> {
        self.blocks.iter().enumerate().map(|(b, block)| self.complete(b, block)).collect()
    }

    fn complete<'s>(&'s self, b: usize, block: &'s Block) -> Cow<'s, Block> {
        let mut whole = Cow::Borrowed(block);
        if block.slopes.is_empty() {
            return whole;
        }
        for (_, finer) in self.blocks.iter().enumerate().filter(|(a, _)| *a != b) {
            if has_more(finer, &whole) && finer.factor.is_nested_in(&block.factor) {
                whole = Cow::Owned(with_columns_of(finer, &whole, &block.factor, block.name.clone()));
            }
        }
        whole
    }
}

/// Effects with slopes joined to those of the same partition, unless one spans the other.
fn joined(blocks: &[Block]) -> Vec<Cow<'_, Block>> {
    let mut joined: Vec<Cow<'_, Block>> = Vec::new();
    for block in blocks {
        let belongs = |held: &Block| {
            !(held.is_plain() && block.is_plain())
                && held.factor.same_partition(&block.factor)
                && has_more(held, block)
                && has_more(block, held)
        };
        match joined.iter_mut().find(|held| belongs(held)) {
            Some(held) => {
                let name = format!("{} + {}", held.name, block.name);
                *held = Cow::Owned(with_columns_of(held, block, &held.factor, name));
            }
            None => joined.push(Cow::Borrowed(block)),
        }
    }
    joined
}

/// Whether `other` has intercepts or slopes that `block` has not.
fn has_more(other: &Block, block: &Block) -> bool {
    (other.intercept && !block.intercept) || other.slopes.iter().any(|slope| !block.slopes.contains(slope))
}

/// One effect with the levels of `factor` and the columns of two, those of the first before those of the second.
fn with_columns_of(first: &Block, second: &Block, factor: &Factor, name: String) -> Block {
    let mut slopes = first.slopes.clone();
    for slope in &second.slopes {
        if !slopes.contains(slope) {
            slopes.push(slope.clone());
        }
    }
    Block { name, factor: factor.clone(), intercept: first.intercept || second.intercept, slopes }
}

/// Whether absorbing block `b` after block `a` would change nothing; of two that span each other the first stays.
fn drops(blocks: &[Cow<'_, Block>], a: usize, b: usize) -> bool {
    a != b && spans(&blocks[a], &blocks[b]) && (a < b || !spans(&blocks[b], &blocks[a]))
}

fn spans(finer: &Block, coarser: &Block) -> bool {
    !has_more(coarser, finer) && finer.factor.is_nested_in(&coarser.factor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::absorb::graph::EffectStructure;

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
        let (needed, redundant) = Needed::of(&blocks);
        let structure = EffectStructure::of(&needed.blocks(), redundant);
        assert_eq!(
            needed.blocks().iter().map(|block| block.name.as_str()).collect::<Vec<_>>(),
            ["practice", "year"]
        );
        let spanned: Vec<(&str, &str)> =
            structure.redundant.iter().map(|r| (r.effect.as_str(), r.spanned_by.as_str())).collect();
        assert_eq!(spanned, [("country", "practice"), ("region", "practice"), ("again", "year")]);
        assert_eq!((structure.largest(), structure.beside_largest()), (4, 2));
    }

    fn names(blocks: &[Block]) -> Vec<String> {
        Needed::of(blocks).0.blocks().iter().map(|block| block.name.clone()).collect()
    }

    #[test]
    fn of_effects_with_one_partition_under_several_codes_the_first_is_needed() {
        let (id, name) = (block("id", &[0, 0, 1, 1, 2, 2]), block("name", &[2, 2, 0, 0, 1, 1]));
        assert_eq!(names(&[id.clone(), name.clone()]), ["id"]);
        assert_eq!(names(&[name.clone(), block("again", &[1, 1, 2, 2, 0, 0]), id.clone()]), ["name"]);
        let sloped = Block { slopes: vec![vec![1.0, 2.0, 4.0, 3.0, 0.0, 1.0]], ..name };
        assert_eq!(names(&[id, sloped]), ["name"]);
    }

    #[test]
    fn slopes_of_one_partition_are_one_effect_however_it_is_spelt() {
        let sloped = |codes: &[u32], intercept: bool, slope: [f64; 6]| Block {
            slopes: vec![slope.to_vec()],
            intercept,
            ..block("id", codes)
        };
        let (x, z) = ([1.0, 2.0, 4.0, 3.0, 0.0, 1.0], [0.0, 5.0, 1.0, 2.0, 7.0, 4.0]);
        let blocks = [sloped(&[0, 0, 1, 1, 2, 2], true, x), sloped(&[1, 1, 0, 0, 2, 2], false, z)];
        let (needed, _) = Needed::of(&blocks);
        let [joined] = needed.blocks()[..] else { panic!("one effect") };
        assert_eq!((joined.intercept, joined.slopes.clone()), (true, vec![x.to_vec(), z.to_vec()]));
        // The slopes of a coarser effect are spanned where the finer one has them too.
        let coarser = sloped(&[0, 0, 0, 0, 1, 1], true, x);
        assert_eq!(names(&[coarser, blocks[0].clone()]), ["id"]);
    }
}
