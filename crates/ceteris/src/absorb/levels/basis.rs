//! Scores of a column on the basis of all effects, and their removal, a piece of the rows at a time.
//!
//! With U = [U_1 ... U_Q], each U_q orthonormal (see `one_way`):
//!   t = U'Wx,   x <- x - U a.
//! A piece of the rows stays in the first-level cache while every effect reads it, so that a column
//! crosses memory once for all effects.

use super::one_way::OneWay;

/// Rows in a piece: a column, its product with the weights and the codes (10 KiB) stay in the first cache.
const PIECE: usize = 512;

/// The bases of several effects side by side.
pub(crate) struct Basis {
    pub(crate) ways: Vec<OneWay>,
    /// First column of each effect, and one more at the end.
    pub(crate) offsets: Vec<usize>,
}

impl Basis {
    pub(crate) fn new(ways: Vec<OneWay>) -> Self {
        let mut offsets = vec![0];
        ways.iter().for_each(|way| offsets.push(offsets[offsets.len() - 1] + way.ncolumns()));
        Self { ways, offsets }
    }

    /// Columns of all effects.
    pub(crate) fn ncolumns(&self) -> usize {
        self.offsets[self.ways.len()]
    }

    /// t = U'Wx
    pub(crate) fn scores(&self, x: &[f64], weights: Option<&[f64]>) -> Vec<f64> {
        let mut scores = vec![0.0; self.ncolumns()];
        let mut weighted = [0.0; PIECE];
        for (piece, x) in x.chunks(PIECE).enumerate() {
            self.add_piece(piece * PIECE, x, weights, &mut weighted, &mut scores);
        }
        self.rescale(&mut scores);
        scores
    }

    /// x <- x - U a; returns the scores and the squared norm of what is left.
    pub(crate) fn subtract(&self, a: &[f64], x: &mut [f64], weights: Option<&[f64]>) -> (Vec<f64>, f64) {
        let mut a = a.to_vec();
        self.rescale(&mut a);
        let mut scores = vec![0.0; self.ncolumns()];
        let mut weighted = [0.0; PIECE];
        let mut square = 0.0;
        for (piece, x) in x.chunks_mut(PIECE).enumerate() {
            let rows = piece * PIECE..piece * PIECE + x.len();
            for (way, columns) in self.ways.iter().zip(self.offsets.windows(2)) {
                way.subtract(rows.clone(), &a[columns[0]..columns[1]], x);
            }
            square += self.add_piece(rows.start, x, weights, &mut weighted, &mut scores);
        }
        self.rescale(&mut scores);
        (scores, square)
    }

    /// Adds the sums over one piece; returns its share of the squared norm.
    fn add_piece(
        &self,
        start: usize,
        x: &[f64],
        weights: Option<&[f64]>,
        weighted: &mut [f64; PIECE],
        scores: &mut [f64],
    ) -> f64 {
        let rows = start..start + x.len();
        let weighted = match weights {
            None => x,
            Some(w) => {
                let products = weighted.iter_mut().zip(x).zip(&w[rows.clone()]);
                products.for_each(|((wx, x), w)| *wx = w * x);
                &weighted[..x.len()]
            }
        };
        for (way, columns) in self.ways.iter().zip(self.offsets.windows(2)) {
            way.add_sums(rows.clone(), weighted, &mut scores[columns[0]..columns[1]]);
        }
        crate::linalg::gram::weighted_dot(x, None, weighted)
    }

    fn rescale(&self, entries: &mut [f64]) {
        for (way, columns) in self.ways.iter().zip(self.offsets.windows(2)) {
            way.rescale(&mut entries[columns[0]..columns[1]]);
        }
    }

    /// The largest norm that taking one effect out would still take, given the scores.
    pub(crate) fn first_order(&self, scores: &[f64]) -> f64 {
        let taken = self.offsets.windows(2).map(|columns| square(&scores[columns[0]..columns[1]]).sqrt());
        taken.fold(0.0, f64::max)
    }
}

/// sum_p t_p^2
pub(crate) fn square(scores: &[f64]) -> f64 {
    scores.iter().map(|t| t * t).sum()
}
