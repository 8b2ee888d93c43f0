//! Exact absorption when all effects but the largest have few levels together.
//!
//! Let L be the basis of the largest effect and D that of all the others (one column for each
//! level). With M_L = I - L L'W,
//!   S = D'W M_L D = D'WD - V'V,  V = L'WD,
//!   x~ = M_L (x - D a),  S a = D'W M_L x.
//! V has as many rows as L has columns but is sparse: the outer products are summed level by level.
//! S is singular whenever effects share dummies; which columns to skip is judged on the unweighted S,
//! because weights do not change a rank but can hide it (Guimaraes and Portugal 2010 give the
//! elimination; Correia 2016 the counting).

use rayon::prelude::*;

use super::Block;
use super::one_way::OneWay;
use crate::linalg::Columns;
use crate::linalg::cholesky::Factor;

/// An exactly dependent column of S keeps a share of about 1e-15, an independent one rarely below
/// 1 / nlevels.
const DEPENDENT: f64 = 1e-10;

/// The factored problem.
pub(crate) struct Direct {
    largest: OneWay,
    others: Vec<OneWay>,
    /// First column of each of the others in D.
    offsets: Vec<usize>,
    factor: Factor,
    /// Rows ordered by the level of the largest effect, and where each level starts.
    rows: Vec<u32>,
    starts: Vec<usize>,
    rank: usize,
}

impl Direct {
    pub(crate) fn new(blocks: &[&Block], weights: Option<&[f64]>) -> Self {
        let unweighted = Self::factored(blocks, None, None);
        match weights {
            None => unweighted,
            Some(_) => Self::factored(blocks, weights, Some(&unweighted)),
        }
    }

    /// Factors S; `judge`, if given, has already found the rank and the independent columns.
    fn factored(blocks: &[&Block], weights: Option<&[f64]>, judge: Option<&Self>) -> Self {
        let size = |b: &usize| blocks[*b].ncolumns();
        let largest = (0..blocks.len()).rev().max_by_key(size).expect("there is an effect");
        let others = blocks.iter().enumerate().filter(|(b, _)| *b != largest);
        let others: Vec<OneWay> = others.map(|(_, block)| OneWay::new(block, weights)).collect();
        let mut offsets = vec![0];
        for way in &others {
            offsets.push(offsets[offsets.len() - 1] + way.nlevels * way.width());
        }
        let largest = OneWay::new(blocks[largest], weights);
        let (rows, starts) = rows_by_level(&largest);
        let empty = Factor::new(&Columns::zeros(0, 0), 0.0);
        let mut direct = Self { largest, others, offsets, factor: empty, rows, starts, rank: 0 };
        let reduced = direct.reduced(weights);
        match judge {
            None => {
                direct.factor = Factor::new(&reduced, DEPENDENT);
                direct.rank = direct.largest.rank() + direct.factor.rank();
            }
            Some(judge) => {
                direct.factor = Factor::on(&reduced, &judge.factor.kept);
                direct.rank = judge.rank;
            }
        }
        direct
    }

    pub(crate) fn rank(&self) -> usize {
        self.rank
    }

    fn ncolumns(&self) -> usize {
        self.offsets[self.others.len()]
    }

    /// The nonzero entries of row `i` of D: (column, value).
    fn entries(&self, i: usize) -> impl Iterator<Item = (usize, f64)> {
        self.others.iter().zip(&self.offsets).flat_map(move |(way, offset)| {
            let first = offset + way.codes[i] as usize * way.width();
            (0..way.width()).map(move |c| (first + c, way.basis(c, i)))
        })
    }

    /// S, level by level of the largest effect.
    fn reduced(&self, weights: Option<&[f64]>) -> Columns {
        let size = self.ncolumns();
        let mut reduced = Columns::zeros(size, size);
        let mut row: Vec<(usize, f64)> = Vec::new();
        for i in 0..self.rows.len() {
            let w = weights.map_or(1.0, |w| w[i]);
            row.clear();
            row.extend(self.entries(i));
            for &(q, b) in &row {
                let column = reduced.col_mut(q);
                row.iter().for_each(|&(p, a)| column[p] += w * a * b);
            }
        }
        let mut crossed = Crossed::new(self.largest.width(), size);
        for level in 0..self.largest.nlevels {
            self.cross(level, weights, &mut crossed);
            crossed.subtract_outer(&mut reduced);
        }
        reduced
    }

    /// The rows of V that belong to one level of the largest effect.
    fn cross(&self, level: usize, weights: Option<&[f64]>, crossed: &mut Crossed) {
        crossed.clear();
        for &i in &self.rows[self.starts[level]..self.starts[level + 1]] {
            let i = i as usize;
            let w = weights.map_or(1.0, |w| w[i]);
            for (p, a) in self.entries(i) {
                for c in 0..self.largest.width() {
                    crossed.add(c, p, w * self.largest.basis(c, i) * a);
                }
            }
        }
    }

    /// Takes all effects out of `x`; returns the weighted norm of what was taken.
    pub(crate) fn project(&self, x: &mut [f64], weights: Option<&[f64]>) -> f64 {
        let by_largest = self.largest.project(x, weights);
        let weighted: Vec<f64> = match weights {
            None => x.to_vec(),
            Some(w) => x.iter().zip(w).map(|(x, w)| x * w).collect(),
        };
        let mut target = vec![0.0; self.ncolumns()];
        for (way, columns) in self.others.iter().zip(self.offsets.windows(2)) {
            way.add_scores(&weighted, &mut target[columns[0]..columns[1]]);
        }
        // ||D a||^2 in the metric of S is a'S a = t'S^- t = ||L^-1 t||^2.
        let mut halfway = target.clone();
        self.factor.forward(&mut halfway);
        let by_others: f64 = halfway.iter().map(|z| z * z).sum();
        self.factor.solve(&mut target);
        for (way, columns) in self.others.iter().zip(self.offsets.windows(2)) {
            way.subtract(&target[columns[0]..columns[1]], x);
        }
        self.largest.project(x, weights);
        by_largest.hypot(by_others.sqrt())
    }

    /// h_i = w_i (sum_c u_ci^2 + d~_i' S^- d~_i),  d~_i = row i of M_L D.
    pub(crate) fn leverage(&self, weights: Option<&[f64]>) -> Vec<f64> {
        let mut leverage = self.largest.leverage(weights);
        let size = self.ncolumns();
        let by_level: Vec<Vec<(u32, f64)>> = (0..self.largest.nlevels)
            .into_par_iter()
            .map_init(
                || Crossed::new(self.largest.width(), size),
                |crossed, level| {
                    self.cross(level, weights, crossed);
                    let rows = &self.rows[self.starts[level]..self.starts[level + 1]];
                    rows.iter().map(|&i| (i, self.reduced_leverage(i as usize, crossed))).collect()
                },
            )
            .collect();
        for (i, share) in by_level.into_iter().flatten() {
            leverage[i as usize] += weights.map_or(1.0, |w| w[i as usize]) * share;
        }
        leverage
    }

    /// d~_i' S^- d~_i
    fn reduced_leverage(&self, i: usize, crossed: &Crossed) -> f64 {
        let mut row = vec![0.0; self.ncolumns()];
        self.entries(i).for_each(|(p, a)| row[p] += a);
        for c in 0..self.largest.width() {
            let u = self.largest.basis(c, i);
            crossed.touched.iter().for_each(|&p| row[p] -= u * crossed.values[c][p]);
        }
        self.factor.forward(&mut row);
        row.iter().map(|z| z * z).sum()
    }
}

/// A few rows of V, dense, with a list of the columns in use.
struct Crossed {
    values: Vec<Vec<f64>>,
    touched: Vec<usize>,
    is_touched: Vec<bool>,
}

impl Crossed {
    fn new(width: usize, size: usize) -> Self {
        Self { values: vec![vec![0.0; size]; width], touched: Vec::new(), is_touched: vec![false; size] }
    }

    fn clear(&mut self) {
        for &p in &self.touched {
            self.is_touched[p] = false;
            self.values.iter_mut().for_each(|row| row[p] = 0.0);
        }
        self.touched.clear();
    }

    fn add(&mut self, c: usize, p: usize, value: f64) {
        if !self.is_touched[p] {
            self.is_touched[p] = true;
            self.touched.push(p);
        }
        self.values[c][p] += value;
    }

    fn subtract_outer(&self, matrix: &mut Columns) {
        for row in &self.values {
            for &q in &self.touched {
                let column = matrix.col_mut(q);
                self.touched.iter().for_each(|&p| column[p] -= row[p] * row[q]);
            }
        }
    }
}

/// Rows ordered by level, and the place where each level starts (one more at the end).
fn rows_by_level(way: &OneWay) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0; way.nlevels + 1];
    way.codes.iter().for_each(|&g| starts[g as usize + 1] += 1);
    for g in 0..way.nlevels {
        starts[g + 1] += starts[g];
    }
    let mut next = starts.clone();
    let mut rows = vec![0; way.codes.len()];
    for (i, &g) in way.codes.iter().enumerate() {
        rows[next[g as usize]] = i as u32;
        next[g as usize] += 1;
    }
    (rows, starts)
}
