//! Rows that are alone in a level of some effect, found in rounds.
//!
//! Such a row fits itself: it tells nothing about the coefficients and makes clustered standard
//! errors look better than they are (Correia 2015). Dropping one can leave another row alone. The
//! first round takes every row that is alone in the sample, all at once; each further round takes those
//! that the rounds before left alone, until there is none.

use crate::frame::{Factor, Singleton};

/// Singleton rows with their rounds, by position. Row `i` counts as `counts[i]` rows (frequency weights).
pub(crate) fn singletons(factors: &[&Factor], counts: Option<&[f64]>) -> Vec<Singleton> {
    let nobs = factors.first().map_or(0, |factor| factor.codes().len());
    if !factors.iter().any(|factor| has_row_alone(factor)) {
        return Vec::new();
    }
    let mut left = Left::new(factors, counts);
    let mut rounds = vec![0; nobs];
    let mut waiting: Vec<(usize, usize)> =
        (0..factors.len()).flat_map(|q| (0..factors[q].nlevels()).map(move |g| (q, g))).collect();
    for round in 1.. {
        // Which levels have one row is settled before any row of this round is dropped.
        let alone: Vec<u32> = waiting.drain(..).filter_map(|(q, g)| left.only_row(q, g)).collect();
        if alone.is_empty() {
            break;
        }
        for row in alone {
            if std::mem::replace(&mut rounds[row as usize], round) == 0 {
                left.drop_row(row, &mut waiting);
            }
        }
    }
    let dropped = rounds.into_iter().zip(0..).filter(|(round, _)| *round > 0);
    dropped.map(|(round, position)| Singleton { position, round }).collect()
}

/// Whether some level has one row, whatever the row stands for.
fn has_row_alone(factor: &Factor) -> bool {
    let mut sizes = vec![0_u32; factor.nlevels()];
    factor.codes().iter().for_each(|&g| sizes[g as usize] += 1);
    sizes.contains(&1)
}

/// The rows left in each level of each factor.
struct Left<'a> {
    factors: &'a [&'a Factor],
    sizes: Vec<Vec<u64>>,
    /// The exclusive-or of a level's rows, which is its last row once all others are gone.
    last: Vec<Vec<u32>>,
}

impl<'a> Left<'a> {
    fn new(factors: &'a [&'a Factor], counts: Option<&[f64]>) -> Self {
        let count = |i: usize| counts.map_or(1, |counts| counts[i] as u64);
        let mut sizes: Vec<Vec<u64>> = factors.iter().map(|factor| vec![0; factor.nlevels()]).collect();
        let mut last: Vec<Vec<u32>> = factors.iter().map(|factor| vec![0; factor.nlevels()]).collect();
        for (q, factor) in factors.iter().enumerate() {
            for (i, &g) in factor.codes().iter().enumerate() {
                sizes[q][g as usize] += count(i);
                last[q][g as usize] ^= i as u32;
            }
        }
        Self { factors, sizes, last }
    }

    fn only_row(&self, q: usize, g: usize) -> Option<u32> {
        (self.sizes[q][g] == 1).then_some(self.last[q][g])
    }

    /// Takes a row (that counts as one) out of its levels; those it leaves with one row wait for the next round.
    fn drop_row(&mut self, row: u32, waiting: &mut Vec<(usize, usize)>) {
        for (q, factor) in self.factors.iter().enumerate() {
            let g = factor.codes()[row as usize] as usize;
            self.sizes[q][g] -= 1;
            self.last[q][g] ^= row;
            if self.sizes[q][g] == 1 {
                waiting.push((q, g));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(codes: &[u32]) -> Factor {
        let bound = codes.iter().max().map_or(0, |&g| g as usize + 1);
        Factor::compacted(codes.to_vec(), bound)
    }

    fn pairs(factors: &[&Factor], counts: Option<&[f64]>) -> Vec<(u32, u32)> {
        singletons(factors, counts).iter().map(|single| (single.position, single.round)).collect()
    }

    #[test]
    fn dropping_one_row_can_leave_another_alone() {
        // Worker 2 appears once; without that row firm 1 appears once, and then worker 1.
        let (workers, firms) = (factor(&[0, 0, 1, 1, 2]), factor(&[0, 0, 0, 1, 1]));
        assert_eq!(pairs(&[&workers, &firms], None), [(2, 3), (3, 2), (4, 1)]);
    }

    #[test]
    fn rows_alone_at_once_are_of_one_round_in_any_order_of_rows_and_effects() {
        // Both rows of firm 0 are alone in their workers: the firm loses both in round 1.
        let (workers, firms) = (factor(&[0, 1, 2, 2, 3, 3]), factor(&[0, 0, 1, 1, 1, 1]));
        assert_eq!(pairs(&[&workers, &firms], None), [(0, 1), (1, 1)]);
        assert_eq!(pairs(&[&firms, &workers], None), [(0, 1), (1, 1)]);
        // A chain of eleven rows falls from both ends, one row of each end a round.
        let (left, right) =
            (factor(&[0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5]), factor(&[0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]));
        let rounds: Vec<u32> = singletons(&[&left, &right], None).iter().map(|single| single.round).collect();
        assert_eq!(rounds, [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]);
    }

    #[test]
    fn a_row_that_stands_for_two_is_not_alone() {
        let workers = factor(&[0, 0, 1]);
        assert_eq!(pairs(&[&workers], Some(&[1.0, 1.0, 2.0])), []);
        assert_eq!(pairs(&[&workers], Some(&[1.0, 1.0, 1.0])), [(2, 1)]);
    }
}
