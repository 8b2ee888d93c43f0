//! Modified Gram-Schmidt in doubled precision under the inner product <x, y> = sum_i w_i x_i y_i.
//!
//! X = Q R with Q'WQ = I, column by column: r_pj = <q_p, x_j>, x_j <- x_j - r_pj q_p, r_jj = ||x_j||.
//! A column whose remaining norm is at most `floor_j` is dependent on the earlier ones and skipped
//! (Bjorck 1967, BIT 7:1; the loss of orthogonality, condition times 2^-106, is out of sight here).
//! Weights enter the inner product, so no square root of a weight is rounded.

use rayon::prelude::*;

use super::Columns;
use crate::special::double_double::DoubleDouble;

/// The decomposition on the independent columns.
#[derive(Debug)]
pub(crate) struct Orthogonal {
    /// Orthonormal columns, one per kept column.
    q: Vec<Vec<DoubleDouble>>,
    /// r[j][p] = <q_p, x_j> for every column j, kept or not, and every kept p before it.
    r: Vec<Vec<DoubleDouble>>,
    /// Kept columns, ascending.
    pub(crate) kept: Vec<usize>,
    /// Norm of what remains of each column after the earlier ones.
    pub(crate) remaining: Vec<f64>,
}

impl Orthogonal {
    /// Decomposes `x`, plus the rests of columns that have one; column `j` is skipped if what remains of it has a norm of at most `floors[j]`.
    pub(crate) fn new(
        x: &Columns,
        rests: &[Option<&[f64]>],
        weights: Option<&[f64]>,
        floors: &[f64],
    ) -> Self {
        let mut columns: Vec<Vec<DoubleDouble>> =
            x.cols().enumerate().map(|(j, column)| exact(column, rests.get(j).copied().flatten())).collect();
        let mut done = Self { q: vec![], r: vec![vec![]; x.ncols()], kept: vec![], remaining: vec![] };
        for j in 0..x.ncols() {
            let norm = inner(&columns[j], &columns[j], weights).sqrt();
            done.remaining.push(norm.to_f64());
            if norm.to_f64() <= floors[j] || norm.to_f64() <= 0.0 {
                continue;
            }
            let mut unit = std::mem::take(&mut columns[j]);
            unit.par_iter_mut().with_min_len(1024).for_each(|x| *x = *x / norm);
            done.r[j].push(norm);
            let shares: Vec<DoubleDouble> =
                columns[j + 1..].par_iter_mut().map(|column| remove(&unit, column, weights)).collect();
            for (later, share) in done.r[j + 1..].iter_mut().zip(shares) {
                later.push(share);
            }
            done.q.push(unit);
            done.kept.push(j);
        }
        done
    }

    /// Coefficients of `y` on the kept columns.
    pub(crate) fn coefficients(&self, y: &[f64], weights: Option<&[f64]>) -> Vec<DoubleDouble> {
        let mut rest: Vec<DoubleDouble> = y.iter().copied().map(DoubleDouble::from).collect();
        let shares: Vec<DoubleDouble> = self.q.iter().map(|unit| remove(unit, &mut rest, weights)).collect();
        self.back_substitute(&shares)
    }

    /// Coefficients of the skipped column `j` on the kept columns before it.
    pub(crate) fn dependence(&self, j: usize) -> Vec<f64> {
        self.back_substitute(&self.r[j]).into_iter().map(DoubleDouble::to_f64).collect()
    }

    /// y - Q Q'Wy, in place.
    pub(crate) fn project(&self, y: &mut [f64], weights: Option<&[f64]>) {
        let mut rest: Vec<DoubleDouble> = y.iter().copied().map(DoubleDouble::from).collect();
        for unit in &self.q {
            remove(unit, &mut rest, weights);
        }
        y.iter_mut().zip(rest).for_each(|(y, rest)| *y = rest.to_f64());
    }

    /// w_i sum_p q_ip^2
    pub(crate) fn leverage(&self, weights: Option<&[f64]>) -> Vec<f64> {
        let nobs = self.q.first().map_or(0, Vec::len);
        let row =
            |i: usize| self.q.iter().fold(DoubleDouble::ZERO, |sum, unit| sum + unit[i] * unit[i]).to_f64();
        (0..nobs).map(|i| weights.map_or(1.0, |w| w[i]) * row(i)).collect()
    }

    /// R^-1 z for the first `z.len()` kept columns.
    fn back_substitute(&self, z: &[DoubleDouble]) -> Vec<DoubleDouble> {
        let mut b = z.to_vec();
        for p in (0..b.len()).rev() {
            b[p] = b[p] / self.r[self.kept[p]][p];
            let known = b[p];
            for (earlier, value) in b.iter_mut().enumerate().take(p) {
                *value = *value - self.r[self.kept[p]][earlier] * known;
            }
        }
        b
    }

    /// (X'WX)^-1 = R^-1 R^-T on the kept columns.
    pub(crate) fn bread(&self) -> Columns {
        let k = self.kept.len();
        let unit =
            |p: usize| (0..=p).map(|i| DoubleDouble::from(f64::from(u8::from(i == p)))).collect::<Vec<_>>();
        let inverse: Vec<Vec<DoubleDouble>> = (0..k).map(|p| self.back_substitute(&unit(p))).collect();
        let mut bread = Columns::zeros(k, k);
        for i in 0..k {
            for j in 0..=i {
                let sum = (i..k).fold(DoubleDouble::ZERO, |sum, p| sum + inverse[p][i] * inverse[p][j]);
                bread[(i, j)] = sum.to_f64();
                bread[(j, i)] = sum.to_f64();
            }
        }
        bread
    }
}

/// A column with the digits that its doubles left out.
fn exact(column: &[f64], rest: Option<&[f64]>) -> Vec<DoubleDouble> {
    match rest {
        None => column.iter().copied().map(DoubleDouble::from).collect(),
        Some(rest) => column.iter().zip(rest).map(|(hi, lo)| DoubleDouble::from_parts(*hi, *lo)).collect(),
    }
}

/// Takes the direction `unit` out of `column` and returns how much of it there was.
fn remove(unit: &[DoubleDouble], column: &mut [DoubleDouble], weights: Option<&[f64]>) -> DoubleDouble {
    let share = inner(unit, column, weights);
    column.iter_mut().zip(unit).for_each(|(x, q)| *x = *x - share * *q);
    share
}

fn inner(x: &[DoubleDouble], y: &[DoubleDouble], weights: Option<&[f64]>) -> DoubleDouble {
    let pairs = x.iter().zip(y);
    match weights {
        None => pairs.fold(DoubleDouble::ZERO, |sum, (x, y)| sum + *x * *y),
        Some(w) => {
            pairs.zip(w).fold(DoubleDouble::ZERO, |sum, ((x, y), w)| sum + *x * *y * DoubleDouble::from(*w))
        }
    }
}
