//! All effects but the largest, after the largest is eliminated.
//!
//! Let L be the orthonormal basis of the largest effect, U that of the others, and t = [L U]'Wx. With
//! V = L'WU and B the blocks of U'WU above its diagonal blocks (which are identities),
//!   S = U'W (I - LL'W) U = I + B + B' - V'V,   S a = t_U - V't_L,   b = t_L - V a,
//! and x~ = x - L b - U a. What is taken out has the squared norm t_L't_L + a'S a.
//! V has as many rows as L has columns, each with few entries, whatever the number of rows of x
//! (Guimaraes and Portugal 2010 give the elimination).

use rayon::prelude::*;

use super::Block;
use super::basis::Basis;
use super::cross::CrossTable;
use super::one_way::OneWay;
use crate::linalg::Columns;
use crate::linalg::gram::add_product;

/// The bases and their cross tables.
pub(crate) struct Reduced {
    /// The largest effect first, the others from small to large.
    pub(crate) basis: Basis,
    /// V
    pub(crate) table: CrossTable,
    /// B, by rows: one table for each of the others but the last, with those after it.
    pairs: Vec<CrossTable>,
}

/// Blocks of rows of V that threads share; fixed, so that sums do not depend on their number.
const MOST_BLOCKS: usize = 8;
/// Rows of V in a dense block.
const ROWS: usize = 256;
/// A dense product is this many times faster than one entry by entry, for each entry that is there or not.
const FULL_FROM: usize = 6;

impl Reduced {
    pub(crate) fn new(blocks: &[&Block], weights: Option<&[f64]>) -> Self {
        let mut order: Vec<&&Block> = blocks.iter().collect();
        order.sort_by_key(|block| block.ncolumns());
        order.rotate_right(1);
        let basis = Basis::new(order.into_iter().map(|block| OneWay::new(block, weights)).collect());
        let (first, others) = basis.ways.split_first().expect("there is an effect");
        let table = CrossTable::new(first, others, weights);
        let last = others.len().saturating_sub(1);
        let pairs = (0..last).map(|q| CrossTable::new(&others[q], &others[q + 1..], weights)).collect();
        Self { basis, table, pairs }
    }

    /// Columns of S.
    pub(crate) fn size(&self) -> usize {
        self.basis.ncolumns() - self.basis.nlargest()
    }

    /// t_U - V't_L
    pub(crate) fn right_hand_side(&self, scores: &[f64]) -> Vec<f64> {
        let (of_largest, of_others) = scores.split_at(self.basis.nlargest());
        let mut side = of_others.to_vec();
        for (g, t) in of_largest.iter().enumerate() {
            let (columns, values) = self.table.row(g);
            columns.iter().zip(values).for_each(|(&p, v)| side[p as usize] -= v * t);
        }
        side
    }

    /// [b, a] for a solution a.
    pub(crate) fn coefficients(&self, scores: &[f64], a: &[f64]) -> Vec<f64> {
        let of_largest = scores[..self.basis.nlargest()].iter().enumerate();
        let explained = |g: usize| {
            let (columns, values) = self.table.row(g);
            columns.iter().zip(values).map(|(&p, v)| v * a[p as usize]).sum::<f64>()
        };
        of_largest.map(|(g, t)| t - explained(g)).chain(a.iter().copied()).collect()
    }

    /// The entries of B: (row, column, value).
    pub(super) fn pair_entries(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let start = |q: usize| self.basis.offsets[q + 1] - self.basis.nlargest();
        self.pairs.iter().enumerate().flat_map(move |(q, pair)| {
            (0..pair.nrows()).flat_map(move |row| {
                let (columns, values) = pair.row(row);
                let entry = move |(&p, &v): (&u32, &f64)| (start(q) + row, start(q + 1) + p as usize, v);
                columns.iter().zip(values).map(entry)
            })
        })
    }

    /// The diagonal of S.
    pub(crate) fn diagonal(&self) -> Vec<f64> {
        let mut diagonal = vec![1.0; self.size()];
        for g in 0..self.table.nrows() {
            let (columns, values) = self.table.row(g);
            columns.iter().zip(values).for_each(|(&p, v)| diagonal[p as usize] -= v * v);
        }
        diagonal
    }

    /// S, dense.
    pub(crate) fn dense(&self) -> Columns {
        let size = self.size();
        let full = size * self.table.nrows() <= FULL_FROM * self.table.len();
        let mut dense = if full { self.product_of_blocks() } else { self.product_of_entries() };
        for (p, q, v) in self.pair_entries() {
            dense[(p, q)] += v;
            dense[(q, p)] += v;
        }
        (0..size).for_each(|q| dense[(q, q)] += 1.0);
        dense.symmetrise();
        dense
    }

    /// -V'V by dense blocks of rows of V, where a good share of its entries is not zero.
    fn product_of_blocks(&self) -> Columns {
        let mut product = Columns::zeros(self.size(), self.size());
        for first in (0..self.table.nrows()).step_by(ROWS) {
            let rows = first..(first + ROWS).min(self.table.nrows());
            let mut block = Columns::zeros(ROWS, self.size());
            for g in rows {
                let (columns, values) = self.table.row(g);
                columns.iter().zip(values).for_each(|(&p, v)| block[(g - first, p as usize)] = *v);
            }
            add_product(&mut product, &block, &block);
        }
        product.scale(-1.0)
    }

    /// -V'V entry by entry.
    fn product_of_entries(&self) -> Columns {
        let size = self.size();
        // Each pair of columns is met once for a row of V, in either order: the halves are added at the end.
        let mut half = Columns::zeros(size, size);
        for g in 0..self.table.nrows() {
            let (columns, values) = self.table.row(g);
            for (place, (&q, v)) in columns.iter().zip(values).enumerate() {
                let target = half.col_mut(q as usize);
                let others = columns[..=place].iter().zip(&values[..=place]);
                others.for_each(|(&p, u)| target[p as usize] -= u * v);
            }
        }
        for q in 0..size {
            for p in 0..q {
                let sum = half[(p, q)] + half[(q, p)];
                half[(p, q)] = sum;
                half[(q, p)] = sum;
            }
        }
        half
    }

    /// S v for several vectors side by side.
    pub(crate) fn times<const K: usize>(&self, v: &[[f64; K]]) -> Vec<[f64; K]> {
        let mut product = v.to_vec();
        for (p, q, value) in self.pair_entries() {
            add_scaled(&mut product[p], value, &v[q]);
            add_scaled(&mut product[q], value, &v[p]);
        }
        let nrows = self.table.nrows();
        let blocks = (self.table.len() / (4 * v.len()).max(1)).clamp(1, MOST_BLOCKS);
        let bounds = |block: usize| nrows * block / blocks..nrows * (block + 1) / blocks;
        let explained: Vec<Vec<[f64; K]>> =
            (0..blocks).into_par_iter().map(|block| self.explained(bounds(block), v)).collect();
        for block in explained {
            product.iter_mut().zip(&block).for_each(|(sum, part)| add_scaled(sum, -1.0, part));
        }
        product
    }

    /// V'V v over some rows of V.
    fn explained<const K: usize>(&self, rows: std::ops::Range<usize>, v: &[[f64; K]]) -> Vec<[f64; K]> {
        let mut explained = vec![[0.0; K]; v.len()];
        for g in rows {
            let (columns, values) = self.table.row(g);
            let mut mean = [0.0; K];
            columns.iter().zip(values).for_each(|(&p, u)| add_scaled(&mut mean, *u, &v[p as usize]));
            columns.iter().zip(values).for_each(|(&p, u)| add_scaled(&mut explained[p as usize], *u, &mean));
        }
        explained
    }
}

#[inline(always)]
fn add_scaled<const K: usize>(sum: &mut [f64; K], factor: f64, x: &[f64; K]) {
    sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += factor * x);
}
