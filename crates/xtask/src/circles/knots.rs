//! Knots of a graph: groups of nodes each of which can be reached from each other one.

/// The knots of the graph on `0..nodes` with these arrows, each in order; no node is one alone.
pub(super) fn of(nodes: usize, arrows: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    arrows.for_each(|(from, to)| next[from].push(to));
    let reached: Vec<Vec<bool>> = (0..nodes).map(|node| reached_from(node, &next)).collect();
    let knot_of = |node: usize| -> Vec<usize> {
        (0..nodes).filter(|&other| reached[node][other] && reached[other][node]).collect()
    };
    // Each member of a knot has the same one; the first member stands for all.
    let knots = (0..nodes).map(|node| (node, knot_of(node)));
    knots.filter(|(node, knot)| knot.len() > 1 && knot[0] == *node).map(|(_, knot)| knot).collect()
}

/// Which nodes one or more arrows lead to from here.
fn reached_from(node: usize, next: &[Vec<usize>]) -> Vec<bool> {
    let mut reached = vec![false; next.len()];
    let mut open = vec![node];
    while let Some(at) = open.pop() {
        for &to in &next[at] {
            if !reached[to] {
                reached[to] = true;
                open.push(to);
            }
        }
    }
    reached
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_knots_are_told_apart_and_what_hangs_on_them_is_in_none() {
        let arrows = [(0, 1), (1, 0), (1, 2), (2, 3), (3, 4), (4, 2), (5, 0)];
        assert_eq!(of(6, arrows.into_iter()), [vec![0, 1], vec![2, 3, 4]]);
    }

    #[test]
    fn a_tree_has_no_knot() {
        assert!(of(4, [(0, 1), (0, 2), (1, 3), (2, 3)].into_iter()).is_empty());
    }
}
