//! Rows that are alone in a level of some effect, found recursively.
//!
//! Such a row fits itself: it tells nothing about the coefficients and makes clustered standard
//! errors look better than they are (Correia 2015). Dropping one can leave another row alone.

use crate::frame::Factor;

/// Positions of singleton rows, ascending. Row `i` counts as `counts[i]` rows (frequency weights).
pub(crate) fn singletons(factors: &[&Factor], counts: Option<&[f64]>) -> Vec<u32> {
    let nobs = factors.first().map_or(0, |factor| factor.codes().len());
    let count = |i: usize| counts.map_or(1, |counts| counts[i] as u64);
    let mut sizes: Vec<Vec<u64>> = factors.iter().map(|factor| vec![0; factor.nlevels()]).collect();
    // The exclusive-or of a level's rows is its last row once all others are gone.
    let mut last: Vec<Vec<u32>> = factors.iter().map(|factor| vec![0; factor.nlevels()]).collect();
    for (q, factor) in factors.iter().enumerate() {
        for (i, &g) in factor.codes().iter().enumerate() {
            sizes[q][g as usize] += count(i);
            last[q][g as usize] ^= i as u32;
        }
    }
    let alone = |q: usize, g: usize| (sizes[q][g] == 1).then_some(last[q][g]);
    let mut waiting: Vec<u32> =
        (0..factors.len()).flat_map(|q| (0..sizes[q].len()).filter_map(move |g| alone(q, g))).collect();
    let mut dropped = vec![false; nobs];
    while let Some(row) = waiting.pop() {
        if std::mem::replace(&mut dropped[row as usize], true) {
            continue;
        }
        for (q, factor) in factors.iter().enumerate() {
            let g = factor.codes()[row as usize] as usize;
            sizes[q][g] -= 1;
            last[q][g] ^= row;
            if sizes[q][g] == 1 {
                waiting.push(last[q][g]);
            }
        }
    }
    (0..nobs as u32).filter(|&i| dropped[i as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(codes: &[u32]) -> Factor {
        let bound = codes.iter().max().map_or(0, |&g| g as usize + 1);
        Factor::compacted(codes.to_vec(), bound)
    }

    #[test]
    fn dropping_one_row_can_leave_another_alone() {
        // Worker 2 appears once; without that row firm 1 appears once, and then worker 1.
        let (workers, firms) = (factor(&[0, 0, 1, 1, 2]), factor(&[0, 0, 0, 1, 1]));
        assert_eq!(singletons(&[&workers, &firms], None), [2, 3, 4]);
    }

    #[test]
    fn a_row_that_stands_for_two_is_not_alone() {
        let workers = factor(&[0, 0, 1]);
        assert_eq!(singletons(&[&workers], Some(&[1.0, 1.0, 2.0])), Vec::<u32>::new());
        assert_eq!(singletons(&[&workers], Some(&[1.0, 1.0, 1.0])), [2]);
    }
}
