//! Connected components of the bipartite graph of two effects, which joins level a to level b when a row has both.

use crate::frame::Factor;
use crate::linalg::union_find::UnionFind;

/// Number of connected components of the bipartite graph of two factors.
pub(crate) fn components(first: &Factor, second: &Factor) -> usize {
    first.nlevels() + second.nlevels() - joining_rows(first, second).len()
}

/// The rows of a spanning forest of that graph: each joins what no row before it has.
pub(super) fn joining_rows(first: &Factor, second: &Factor) -> Vec<usize> {
    let offset = first.nlevels();
    let nodes = offset + second.nlevels();
    let mut parts = UnionFind::new(nodes);
    let mut joining = Vec::with_capacity(nodes);
    for (row, (&a, &b)) in first.codes().iter().zip(second.codes()).enumerate() {
        if parts.join(a as usize, offset + b as usize) {
            joining.push(row);
            if parts.sets() == 1 {
                break;
            }
        }
    }
    joining
}
