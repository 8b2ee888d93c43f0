//! Takes the largest effect out of a column, level by level, beside the sums of the other effects.
//!
//! With L the orthonormal basis of the largest effect and U that of the others (see `one_way`), a sweep is
//!   x <- x - U a,   x <- x - L L'Wx,   t = U'Wx,
//! so that t are the scores of the others after the largest is eliminated. Rows lie in the order of the
//! levels of the largest effect, so that the rows of a level are in the first-level cache while they are
//! summed, changed and summed again: a column crosses memory once, and what the largest effect would still
//! take out is measured, not assumed.

use std::borrow::Cow;
use std::ops::Range;

use rayon::prelude::*;

use crate::absorb::levels::{Block, OneWay, RowsByLevel, square};
use crate::linalg::gram::weighted_dot;
use crate::linalg::vectorized::vectorized;

/// A column of which no more than this is left is spanned by the effects: the rest is rounding.
pub(super) const GONE: f64 = 1e-14;
/// Rows in a piece, about: a column, its product with the weights and the codes (10 KiB) stay in the first cache.
const PIECE: usize = 512;
/// Rows in a block that a thread takes, at least; fixed, so that sums do not depend on the number of threads.
const BLOCK: usize = 65_536;
/// A block has sums of its own: there are no more of these, for all blocks together, than a quarter of the rows.
const ROWS_PER_SUM: usize = 4;
/// No more blocks than this.
const MOST_BLOCKS: usize = 16;

/// The largest effect and the others, over rows in the order of its levels.
pub(crate) struct Elimination<'a> {
    pub(crate) rows: RowsByLevel,
    pub(crate) weights: Option<Cow<'a, [f64]>>,
    pub(crate) largest: OneWay,
    pub(crate) others: Vec<OneWay>,
    /// First column of each of the others, and one more at the end.
    pub(crate) offsets: Vec<usize>,
    /// Levels of the largest effect in each block, and one more at the end.
    bounds: Vec<usize>,
}

/// What a sweep leaves.
pub(crate) struct Swept {
    /// t
    pub(crate) scores: Vec<f64>,
    /// The squared norm of the column as it was.
    pub(crate) before: f64,
    /// The squared norm of what is left of it.
    pub(crate) left: f64,
    /// The squared norm that the largest effect would still take out.
    pub(crate) of_largest: f64,
}

impl<'a> Elimination<'a> {
    /// The elimination of `largest` beside effects that `others` makes from what it is given: rows in the
    /// order of the levels, and their weights.
    pub(crate) fn new(
        largest: &Block,
        weights: Option<&'a [f64]>,
        others: impl FnOnce(&RowsByLevel, Option<&[f64]>) -> Vec<OneWay>,
    ) -> Self {
        let rows = RowsByLevel::new(&largest.factor);
        let weights = weights.map(|weights| rows.values(weights));
        let others = others(&rows, weights.as_deref());
        let largest = OneWay::new(&largest.reordered(&rows), weights.as_deref());
        let mut offsets = vec![0];
        others.iter().for_each(|way| offsets.push(offsets[offsets.len() - 1] + way.ncolumns()));
        let bounds = blocks(&rows, offsets[others.len()]);
        Self { rows, weights, largest, others, offsets, bounds }
    }

    /// Columns of the others.
    pub(crate) fn size(&self) -> usize {
        self.offsets[self.others.len()]
    }

    /// One sweep over a column in the order of the levels, with what to take out of it first.
    pub(crate) fn sweep(&self, x: &mut [f64], a: Option<&[f64]>) -> Swept {
        let factors = a.map(|a| self.rescaled(a.to_vec()));
        let mut rest = x;
        let mut blocks = Vec::with_capacity(self.bounds.len());
        for levels in self.bounds.windows(2) {
            let rows = self.rows.places_of(levels[0]..levels[1]).len();
            let (block, later) = std::mem::take(&mut rest).split_at_mut(rows);
            blocks.push((levels[0]..levels[1], block));
            rest = later;
        }
        let sweep = |(levels, x): (Range<usize>, &mut [f64])| self.sweep_block(levels, x, factors.as_deref());
        let parts: Vec<Swept> = blocks.into_par_iter().map(sweep).collect();
        let sum = |mut sum: Swept, part: Swept| {
            sum.scores.iter_mut().zip(&part.scores).for_each(|(sum, part)| *sum += part);
            Swept {
                before: sum.before + part.before,
                left: sum.left + part.left,
                of_largest: sum.of_largest + part.of_largest,
                ..sum
            }
        };
        let mut whole = parts.into_iter().reduce(sum).expect("there is a row");
        whole.scores = self.rescaled(whole.scores);
        whole
    }

    /// The largest norm that taking one effect out would still take.
    pub(crate) fn first_order(&self, swept: &Swept) -> f64 {
        let scores = &swept.scores;
        let squares = self.offsets.windows(2).map(|columns| square(&scores[columns[0]..columns[1]]));
        squares.fold(swept.of_largest, f64::max).sqrt()
    }

    fn sweep_block(&self, levels: Range<usize>, x: &mut [f64], factors: Option<&[f64]>) -> Swept {
        let mut swept = Swept { scores: vec![0.0; self.size()], before: 0.0, left: 0.0, of_largest: 0.0 };
        let mut weighted = Vec::new();
        let first = self.rows.places(levels.start).start;
        let mut level = levels.start;
        while level < levels.end {
            let piece = level..self.end_of_piece(level, levels.end);
            let rows = self.rows.places_of(piece.clone());
            let x = &mut x[rows.start - first..rows.end - first];
            let weights = self.weights.as_deref().map(|weights| &weights[rows.clone()]);
            swept.before += weighted_dot(x, weights, x);
            if let Some(factors) = factors {
                self.each_other(|way, columns| way.subtract(rows.clone(), &factors[columns], x));
            }
            weighted.resize(x.len(), 0.0);
            swept.of_largest += self.take_largest(piece.clone(), x, &mut weighted);
            swept.left += weighted_dot(x, None, &weighted);
            let scores = &mut swept.scores;
            self.each_other(|way, columns| way.add_sums(rows.clone(), &weighted, &mut scores[columns]));
            level = piece.end;
        }
        swept
    }

    /// The level behind the last of a piece that begins with `level`.
    fn end_of_piece(&self, level: usize, end: usize) -> usize {
        let enough = self.rows.places(level).start + PIECE;
        (level + 1..end).find(|&next| self.rows.places(next).end > enough).unwrap_or(end)
    }

    /// Takes the largest effect out of a piece and leaves its product with the weights beside it.
    fn take_largest(&self, levels: Range<usize>, x: &mut [f64], weighted: &mut [f64]) -> f64 {
        let rows = self.rows.places_of(levels.clone());
        let within = |level: usize| {
            let places = self.rows.places(level);
            places.start - rows.start..places.end - rows.start
        };
        if let Some(roots) = self.largest.plain_roots() {
            let roots = &roots[levels.clone()];
            self.weigh(&rows, x, weighted);
            let mut rest = &mut *x;
            for ((sum, size), root) in self.level_sums(levels.clone(), weighted).zip(roots) {
                let (level, later) = rest.split_at_mut(size);
                let mean = sum * root * root;
                level.iter_mut().for_each(|x| *x -= mean);
                rest = later;
            }
            self.weigh(&rows, x, weighted);
            let left = self.level_sums(levels, weighted).zip(roots);
            return left.map(|((sum, _), root)| (sum * root) * (sum * root)).sum();
        }
        let weights = self.weights.as_deref();
        let take = |level| self.largest.take_level(self.rows.places(level), weights, &mut x[within(level)]);
        let left = levels.map(take).sum();
        self.weigh(&rows, x, weighted);
        left
    }

    /// The sum over each level of a piece, and how many rows it has.
    fn level_sums<'t>(
        &'t self,
        levels: Range<usize>,
        terms: &'t [f64],
    ) -> impl Iterator<Item = (f64, usize)> + 't {
        let mut rest = terms;
        self.rows.sizes(levels).map(move |size| {
            let (level, later) = rest.split_at(size);
            rest = later;
            (total(level), size)
        })
    }

    /// w x over a piece.
    fn weigh(&self, rows: &Range<usize>, x: &[f64], weighted: &mut [f64]) {
        match &self.weights {
            None => weighted.copy_from_slice(x),
            Some(weights) => {
                products(x, &weights[rows.clone()], weighted);
            }
        }
    }

    fn each_other(&self, mut act: impl FnMut(&OneWay, Range<usize>)) {
        for (way, columns) in self.others.iter().zip(self.offsets.windows(2)) {
            act(way, columns[0]..columns[1]);
        }
    }

    /// Entries times the factors of their columns of U that sums over rows leave out.
    fn rescaled(&self, mut entries: Vec<f64>) -> Vec<f64> {
        self.each_other(|way, columns| way.rescale(&mut entries[columns]));
        entries
    }
}

/// Levels at which blocks of about equal numbers of rows begin.
fn blocks(rows: &RowsByLevel, size: usize) -> Vec<usize> {
    let nobs = rows.places_of(0..rows.nlevels()).len();
    let most = (nobs / (ROWS_PER_SUM * size.max(1))).min(MOST_BLOCKS);
    let count = (nobs / BLOCK).min(most).max(1);
    let mut bounds = vec![0];
    for level in 0..rows.nlevels() {
        if rows.places(level).end * count >= nobs * bounds.len() {
            bounds.push(level + 1);
        }
    }
    bounds
}

/// Up to this many terms, one after the other is faster than side by side.
const FEW: usize = 32;

/// The sum of the terms.
fn total(terms: &[f64]) -> f64 {
    if terms.len() <= FEW {
        return terms.iter().sum();
    }
    total_in_lanes(terms)
}

vectorized! {
    fn total_in_lanes(terms: &[f64]) -> f64 {
        let mut sums = [0.0; 8];
        let (pieces, tail) = terms.as_chunks::<8>();
        pieces.iter().for_each(|piece| sums.iter_mut().zip(piece).for_each(|(sum, x)| *sum += x));
        sums.iter().chain(tail).sum()
    }
}

vectorized! {
    fn products(x: &[f64], w: &[f64], products: &mut [f64]) {
        products.iter_mut().zip(x).zip(w).for_each(|((wx, x), w)| *wx = w * x);
    }
}
