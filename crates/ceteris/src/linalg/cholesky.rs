//! In-order Cholesky factor of a positive semi-definite matrix that skips dependent columns.
//!
//! A = L L', column by column: d_j = a_jj - sum_{p<j} l_jp^2 is what of column j the earlier ones do
//! not explain. Where d_j <= tolerance * a_jj the column is skipped: of two equal columns the later
//! one goes. The test is free of scale, since both sides of it are. (Golub and Van Loan 2013, 4.2.)

use super::Columns;
use super::vectorized::vectorized;

/// A factor, and which columns it stands on.
#[derive(Debug, Clone)]
pub(crate) struct Factor {
    /// Lower triangle; the rows and columns of skipped columns are zero.
    lower: Columns,
    /// d_j / a_jj for each column; 0 where a_jj is 0.
    pub(crate) shares: Vec<f64>,
    /// Columns that were kept, ascending.
    pub(crate) kept: Vec<usize>,
}

impl Factor {
    /// Factors `matrix`, skipping each column whose unexplained share is at most `tolerance`.
    pub(crate) fn new(matrix: &Columns, tolerance: f64) -> Self {
        Self::among(matrix, &matrix.diagonal(), |_, share| share > tolerance)
    }

    /// Factors a matrix that is what others left of one with a diagonal of ones: shares are of those.
    pub(crate) fn of_remainder(matrix: &Columns, tolerance: f64) -> Self {
        Self::among(matrix, &vec![1.0; matrix.ncols()], |_, share| share > tolerance)
    }

    /// Factors `matrix` on the columns `kept` only.
    pub(crate) fn on(matrix: &Columns, kept: &[usize]) -> Self {
        let mut wanted = vec![false; matrix.ncols()];
        kept.iter().for_each(|&j| wanted[j] = true);
        Self::among(matrix, &matrix.diagonal(), |j, share| wanted[j] && share > 0.0)
    }

    fn among(matrix: &Columns, wholes: &[f64], keeps: impl Fn(usize, f64) -> bool) -> Self {
        let size = matrix.ncols();
        let mut lower = matrix.clone();
        let mut factor = Self { lower: Columns::zeros(0, 0), shares: vec![0.0; size], kept: Vec::new() };
        for j in 0..size {
            let (pivot, whole) = (lower[(j, j)], wholes[j]);
            factor.shares[j] = if whole > 0.0 { (pivot / whole).max(0.0) } else { 0.0 };
            if !keeps(j, factor.shares[j]) {
                lower.col_mut(j).fill(0.0);
                continue;
            }
            factor.kept.push(j);
            let root = pivot.sqrt();
            lower.col_mut(j)[..j].fill(0.0);
            lower.col_mut(j)[j..].iter_mut().for_each(|x| *x /= root);
            let column = lower.col(j).to_vec();
            subtract_outer(&mut lower.data_mut()[(j + 1) * size..], &column, j + 1);
        }
        factor.lower = lower;
        factor
    }

    /// Number of kept columns.
    pub(crate) fn rank(&self) -> usize {
        self.kept.len()
    }

    /// The smallest unexplained share among the kept columns; 1 if there are none.
    pub(crate) fn smallest_share(&self) -> f64 {
        self.kept.iter().map(|&j| self.shares[j]).fold(1.0, f64::min)
    }

    /// L z = b on the kept columns, in place; the entries of skipped columns become 0.
    pub(crate) fn forward(&self, b: &mut [f64]) {
        let mut next = self.kept.iter().copied().peekable();
        for j in 0..b.len() {
            if next.next_if_eq(&j).is_none() {
                b[j] = 0.0;
            }
            if b[j] == 0.0 {
                continue;
            }
            let z = b[j] / self.lower[(j, j)];
            b[j] = z;
            let column = self.lower.col(j);
            b[j + 1..].iter_mut().zip(&column[j + 1..]).for_each(|(rest, l)| *rest -= z * l);
        }
    }

    /// A x = b on the kept columns, in place; the entries of skipped columns become 0.
    pub(crate) fn solve(&self, b: &mut [f64]) {
        self.forward(b);
        for &j in self.kept.iter().rev() {
            let column = self.lower.col(j);
            let known: f64 = b[j + 1..].iter().zip(&column[j + 1..]).map(|(x, l)| x * l).sum();
            b[j] = (b[j] - known) / self.lower[(j, j)];
        }
    }
}

vectorized! {
    /// a_rc -= l_r l_c for every column c from `first` on, of which `later` holds the data, and its rows r >= c.
    fn subtract_outer(later: &mut [f64], l: &[f64], first: usize) {
        for (c, column) in (first..).zip(later.chunks_exact_mut(l.len())) {
            let times = l[c];
            if times != 0.0 {
                column[c..].iter_mut().zip(&l[c..]).for_each(|(x, l)| *x -= times * l);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_later_of_two_equal_columns_is_skipped_whatever_its_scale() {
        for scale in [1.0, 1e-9, 1e9] {
            let x = Columns::from_columns(3, &[&[1.0, 2.0, 4.0], &[scale, 2.0 * scale, 4.0 * scale]]);
            let gram = super::super::gram::gram(&x, None);
            assert_eq!(Factor::new(&gram, 1e-12).kept, [0]);
        }
    }

    #[test]
    fn solving_undoes_multiplying() {
        let matrix = Columns::from_data(2, 2, vec![4.0, 2.0, 2.0, 3.0]);
        let mut solution = matrix.times(&[1.0, -2.0]);
        Factor::new(&matrix, 0.0).solve(&mut solution);
        assert!((solution[0] - 1.0).abs() < 1e-15 && (solution[1] + 2.0).abs() < 1e-15);
    }
}
