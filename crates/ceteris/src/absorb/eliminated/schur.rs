//! S = U'W (I - LL'W) U = D + B + B' - V'V, dense, for few columns of U (see `reduced` for the letters).
//!
//! V is summed level by level and never stored.

use super::cross::LevelSums;
use super::elimination::Elimination;
use crate::absorb::levels::OneWay;
use crate::linalg::Columns;
use crate::linalg::gram::add_product;
use crate::linalg::vectorized::vectorized;

/// Rows of V in a dense block.
const ROWS: usize = 256;
/// A dense product costs less than one entry by entry where V is not this many times sparser.
const FULL_FROM: usize = 3;
/// Up to this many columns, a whole column is changed at once whatever it meets: it is a few registers long.
const SHORT: usize = 64;

/// S
pub(crate) fn schur(elimination: &Elimination<'_>) -> Columns {
    let Elimination { rows, largest, others, weights, .. } = elimination;
    let size = elimination.size();
    let mut sums = LevelSums::new(largest, others, weights.as_deref());
    let levels = (0..largest.nlevels).flat_map(|level| (0..largest.width()).map(move |own| (level, own)));
    let mut matrix = Columns::zeros(size, size);
    let entries = largest.codes().len() * others.len();
    let mut block = Rows::new(size, size > SHORT && size * largest.nlevels <= FULL_FROM * entries);
    for (level, own) in levels {
        if own == 0 {
            sums.sum(rows.places(level));
        }
        let (columns, values) = sums.row(level, own);
        block.subtract(&mut matrix, columns, values);
    }
    block.finish(&mut matrix);
    add_diagonal_and_pairs(&mut matrix, elimination);
    mirror(&mut matrix);
    matrix
}

/// Takes v v' for one row v of V after the other from a matrix, of which each pair of entries is met once.
enum Rows {
    /// At once: the upper triangle through a dense row, if that is short, else entry by entry.
    Sparse { row: Vec<f64> },
    /// In dense blocks of many rows, of which so many are held.
    Dense { block: Columns, held: usize },
}

impl Rows {
    fn new(size: usize, dense: bool) -> Self {
        match dense {
            true => Rows::Dense { block: Columns::zeros(ROWS, size), held: 0 },
            false => Rows::Sparse { row: vec![0.0; size] },
        }
    }

    fn subtract(&mut self, matrix: &mut Columns, columns: &[u32], values: &[f64]) {
        match self {
            Rows::Sparse { row } if row.len() <= SHORT => {
                subtract_short(matrix, columns, values, row.as_mut_slice());
            }
            Rows::Sparse { .. } => {
                for (place, (&q, v)) in columns.iter().zip(values).enumerate() {
                    let target = matrix.col_mut(q as usize);
                    let others = columns[..=place].iter().zip(&values[..=place]);
                    others.for_each(|(&p, u)| target[p as usize] -= u * v);
                }
            }
            Rows::Dense { block, held } => {
                columns.iter().zip(values).for_each(|(&p, v)| block[(*held, p as usize)] = *v);
                *held += 1;
                if *held == ROWS {
                    self.finish(matrix);
                }
            }
        }
    }

    fn finish(&mut self, matrix: &mut Columns) {
        if let Rows::Dense { block, held } = self {
            let mut product = Columns::zeros(matrix.nrows(), matrix.ncols());
            add_product(&mut product, block, block);
            // The upper triangle alone: the lower one is added to it at the end.
            for q in 0..matrix.ncols() {
                let products = product.col(q)[..=q].iter();
                matrix.col_mut(q).iter_mut().zip(products).for_each(|(sum, x)| *sum -= x);
            }
            *block = Columns::zeros(ROWS, matrix.ncols());
            *held = 0;
        }
    }
}

vectorized! {
    fn subtract_short(matrix: &mut Columns, columns: &[u32], values: &[f64], row: &mut [f64]) {
        columns.iter().zip(values).for_each(|(&p, v)| row[p as usize] = *v);
        for (&q, v) in columns.iter().zip(values) {
            let above = q as usize + 1;
            matrix.col_mut(q as usize)[..above].iter_mut().zip(&row[..above]).for_each(|(sum, u)| *sum -= u * v);
        }
        columns.iter().for_each(|&p| row[p as usize] = 0.0);
    }
}

/// D + B on the upper triangle.
fn add_diagonal_and_pairs(matrix: &mut Columns, elimination: &Elimination<'_>) {
    let Elimination { others, offsets, weights, .. } = elimination;
    let squares = others.iter().flat_map(OneWay::squares);
    squares.enumerate().for_each(|(p, square)| matrix[(p, p)] += square);
    for (q, way) in others.iter().enumerate() {
        let mut before = Columns::zeros(offsets[q], way.ncolumns());
        for (p, earlier) in others[..q].iter().enumerate() {
            add_sums(&mut before, offsets[p], earlier, way, weights.as_deref());
        }
        for column in 0..way.ncolumns() {
            let target = matrix.col_mut(offsets[q] + column).iter_mut();
            target.zip(before.col(column)).for_each(|(sum, x)| *sum += x);
        }
    }
}

/// Adds U_a'W U_b to the rows of `sums` from `first` on.
fn add_sums(sums: &mut Columns, first: usize, a: &OneWay, b: &OneWay, weights: Option<&[f64]>) {
    for (i, (&g, &h)) in a.codes().iter().zip(b.codes()).enumerate() {
        let w = weights.map_or(1.0, |w| w[i]);
        for c in 0..a.width() {
            for d in 0..b.width() {
                let (p, q) = (g as usize * a.width() + c, h as usize * b.width() + d);
                sums[(first + p, q)] += w * a.raw(c, i) * b.raw(d, i);
            }
        }
    }
    for q in 0..b.ncolumns() {
        let column = &mut sums.col_mut(q)[first..first + a.ncolumns()];
        column.iter_mut().enumerate().for_each(|(p, sum)| *sum *= a.scale(p) * b.scale(q));
    }
}

/// Adds the strict lower triangle, which entry by entry products may have met, to the upper one, and mirrors it.
fn mirror(matrix: &mut Columns) {
    for q in 0..matrix.ncols() {
        for p in 0..q {
            let sum = matrix[(p, q)] + matrix[(q, p)];
            matrix[(p, q)] = sum;
            matrix[(q, p)] = sum;
        }
    }
}
