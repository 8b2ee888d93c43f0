//! All effects but the largest, after the largest is eliminated.
//!
//! Let L be the orthonormal basis of the largest effect and U the columns of the others, orthogonal within
//! each. With V = L'WU, D the diagonal of U'WU and B its blocks above the diagonal blocks,
//!   S = U'W (I - LL'W) U = D + B + B' - V'V,   S a = U'W (I - LL'W) x,
//! and x~ = (I - LL'W) (x - U a). A sweep (see `elimination`) gives the right-hand side and takes a out.
//! V has as many rows as L has columns, each with few entries, whatever the number of rows of x
//! (Guimaraes and Portugal 2010 give the elimination).

use rayon::prelude::*;

use super::cross::CrossTable;
use super::elimination::Elimination;
use crate::absorb::levels::{Block, OneWay};

/// Blocks of rows of V that threads share; fixed, so that sums do not depend on their number.
const MOST_BLOCKS: usize = 8;

/// The bases and their cross tables.
pub(crate) struct Reduced<'a> {
    pub(crate) elimination: Elimination<'a>,
    /// V
    pub(crate) table: CrossTable,
    /// The diagonal of U'WU: ones where U is normalised.
    pub(crate) squares: Vec<f64>,
    /// B, by rows: one table for each of the others but the last, with those after it.
    pairs: Vec<CrossTable>,
}

/// The effect with the most columns, and the others from small to large.
pub(crate) fn largest_and_others<'b>(blocks: &[&'b Block]) -> (&'b Block, Vec<&'b Block>) {
    let mut others = blocks.to_vec();
    others.sort_by_key(|block| block.ncolumns());
    let largest = others.pop().expect("there is an effect");
    (largest, others)
}

impl<'a> Reduced<'a> {
    pub(crate) fn new(elimination: Elimination<'a>) -> Self {
        let weights = elimination.weights.as_deref();
        let others = elimination.others.as_slice();
        let table = CrossTable::new(&elimination.largest, others, weights);
        let last = others.len().saturating_sub(1);
        let pairs = (0..last).map(|q| CrossTable::new(&others[q], &others[q + 1..], weights)).collect();
        let squares = others.iter().flat_map(OneWay::squares).copied().collect();
        Self { elimination, table, squares, pairs }
    }

    /// Columns of S.
    pub(crate) fn size(&self) -> usize {
        self.elimination.size()
    }

    /// The entries of B: (row, column, value).
    pub(super) fn pair_entries(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let start = |q: usize| self.elimination.offsets[q];
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
        let mut diagonal = self.squares.clone();
        for g in 0..self.table.nrows() {
            let (columns, values) = self.table.row(g);
            columns.iter().zip(values).for_each(|(&p, v)| diagonal[p as usize] -= v * v);
        }
        diagonal
    }

    /// S v for several vectors side by side.
    pub(crate) fn times<const K: usize>(&self, v: &[[f64; K]]) -> Vec<[f64; K]> {
        let mut product: Vec<[f64; K]> =
            v.iter().zip(&self.squares).map(|(v, square)| v.map(|v| v * square)).collect();
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
