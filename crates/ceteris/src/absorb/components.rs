//! The rank of large effects from their graph.
//!
//! Two effects with m_1 and m_2 levels have rank m_1 + m_2 - C, where C is the number of connected
//! components of the graph that joins level a to level b when a row has both (Abowd, Creecy and
//! Kramarz 2002). From the third effect on, the components with any earlier effect bound the number
//! of redundant levels from below, so that the rank is an upper bound and is said to be one.

use super::{Block, Rank};
use crate::frame::Factor;

/// The rank of effects absorbed together.
pub(crate) fn rank(blocks: &[&Block]) -> Rank {
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
    Rank { parameters, exact: blocks.len() == 1 || (blocks.len() == 2 && !slopes) }
}

/// The largest number of components that a factor forms with any one of the earlier effects.
fn most_components(earlier: &[&Block], factor: &Factor) -> usize {
    earlier.iter().map(|block| components(&block.factor, factor)).max().unwrap_or(0)
}

/// Number of connected components of the bipartite graph of two factors.
pub(crate) fn components(first: &Factor, second: &Factor) -> usize {
    first.nlevels() + second.nlevels() - joining_rows(first, second).len()
}

/// The rows of a spanning forest of that graph: each joins what no row before it has.
pub(super) fn joining_rows(first: &Factor, second: &Factor) -> Vec<usize> {
    let offset = first.nlevels() as u32;
    let mut parent: Vec<u32> = (0..offset + second.nlevels() as u32).collect();
    let mut joining = Vec::with_capacity(parent.len());
    for (row, (&a, &b)) in first.codes().iter().zip(second.codes()).enumerate() {
        if parent[a as usize] == parent[(offset + b) as usize] {
            continue;
        }
        let (a, b) = (root(&mut parent, a), root(&mut parent, offset + b));
        if a != b {
            parent[a.max(b) as usize] = a.min(b);
            joining.push(row);
            if joining.len() + 1 == parent.len() {
                break;
            }
        }
    }
    joining
}

/// The representative of a node, halving the path on the way.
fn root(parent: &mut [u32], mut node: u32) -> u32 {
    while parent[node as usize] != node {
        parent[node as usize] = parent[parent[node as usize] as usize];
        node = parent[node as usize];
    }
    node
}
