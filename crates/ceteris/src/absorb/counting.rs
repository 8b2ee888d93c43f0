//! What effects cost together where much hangs on it: exact at any bearable price.
//!
//! One or two plain effects, and more where their cycles are few, are counted on their graph (see `graph`). The rank
//! of any others is that of the matrix S (see `eliminated`), which is factored without weights, since they do not
//! change a rank. Where even that is too dear, the pairs of effects give an upper bound.

use super::eliminated::Direct;
use super::graph::{EffectStructure, Needed, Rank};
use super::levels::Block;

/// Up to this many levels beside the largest effect a factorisation (200 MB, some seconds) is bearable.
const BEARABLE: usize = 5_000;

/// The rank of effects absorbed together.
///
/// Effects that are the same partition of the rows, or coarser than others, cost nothing, and columns that effects
/// share are counted once.
pub(crate) fn rank_of(blocks: &[Block]) -> Rank {
    let (needed, _) = Needed::of(blocks);
    let effects = needed.blocks();
    let bound = Rank::of(&effects);
    let beside_largest = EffectStructure::of(&effects, Vec::new()).beside_largest();
    if bound.exact || beside_largest > BEARABLE {
        return bound;
    }
    let completed = needed.completed();
    let blocks: Vec<&Block> = completed.iter().map(AsRef::as_ref).collect();
    Rank::exactly(Direct::new(&blocks, None).rank())
}
