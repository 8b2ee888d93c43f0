//! The upper triangle of X'WX over one block of rows.
//!
//! G_ij = sum_r x_ri (w_r x_rj), for tiles of `SIDE` columns i by `SIDE` columns j: each number that is read
//! enters `SIDE` products, and the sums of a tile stay in registers. Rows come in chunks that are first
//! copied side by side, so that a tile reads from the cache, and one page holds a piece of a column.
//!
//! Sums run over vector lanes and so depend on the processor's lanes, but on nothing else.

use std::ops::Range;

use pulp::{Arch, Simd, WithSimd};

use super::Columns;

/// Rows of a chunk: four of its columns and four weighted ones (24 KiB) stay in the first-level cache, two hundred
/// (600 KiB) in the second; and the sums of lanes at its end are few beside its products.
const CHUNK: usize = 384;
/// Chunks are filled up with zeros to a multiple of the most lanes that a register has.
const MOST_LANES: usize = 8;
/// Bytes of a line of the cache: a vector that straddles two costs twice.
const LINE: usize = 64;

/// The upper triangle of X'WX over the rows.
pub(super) fn block_gram(x: &Columns, weights: Option<&[f64]>, rows: Range<usize>) -> Columns {
    let arch = Arch::new();
    match x.ncols() {
        0 | 1 => arch.dispatch(Block::<1> { x, weights, rows }),
        2 | 3 => arch.dispatch(Block::<2> { x, weights, rows }),
        _ => arch.dispatch(Block::<4> { x, weights, rows }),
    }
}

struct Block<'a, const SIDE: usize> {
    x: &'a Columns,
    weights: Option<&'a [f64]>,
    rows: Range<usize>,
}

impl<const SIDE: usize> WithSimd for Block<'_, SIDE> {
    type Output = Columns;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Columns {
        let k = self.x.ncols();
        let wide = k.next_multiple_of(SIDE);
        let mut gram = Columns::zeros(k, k);
        let mut store = vec![0.0; CHUNK * (wide + SIDE) + LINE / 8];
        let first = store.as_ptr().align_offset(LINE);
        let (plain, weighted) = store[first..].split_at_mut(CHUNK * wide);
        for from in self.rows.clone().step_by(CHUNK) {
            let rows = from..(from + CHUNK).min(self.rows.end);
            for (column, copy) in self.x.cols().zip(plain.chunks_exact_mut(CHUNK)) {
                fill(copy, &column[rows.clone()]);
            }
            let used = rows.len().next_multiple_of(MOST_LANES);
            for (j, right) in plain.chunks_exact(CHUNK * SIDE).enumerate() {
                let right = match self.weights {
                    None => right,
                    Some(weights) => weigh(right, &weights[rows.clone()], weighted),
                };
                for (i, left) in plain.chunks_exact(CHUNK * SIDE).enumerate().take(j + 1) {
                    let tile = tile::<S, SIDE>(simd, left, right, used);
                    add(&mut gram, &tile, i * SIDE, j * SIDE);
                }
            }
        }
        gram
    }
}

/// The values, then zeros.
#[inline(always)]
fn fill(copy: &mut [f64], values: &[f64]) {
    copy[..values.len()].copy_from_slice(values);
    copy[values.len()..].fill(0.0);
}

/// w_r x_r for each column of a panel.
#[inline(always)]
fn weigh<'a>(plain: &[f64], weights: &[f64], weighted: &'a mut [f64]) -> &'a [f64] {
    for (to, from) in weighted.chunks_exact_mut(CHUNK).zip(plain.chunks_exact(CHUNK)) {
        for ((product, x), w) in to.iter_mut().zip(from).zip(weights) {
            *product = x * w;
        }
        to[weights.len().min(CHUNK)..].fill(0.0);
    }
    &weighted[..plain.len()]
}

/// Sums of products of `SIDE` columns with `SIDE` columns over the first `used` rows of a chunk. Plain loops:
/// a vector that passes through a closure may leave its register.
#[inline(always)]
fn tile<S: Simd, const SIDE: usize>(
    simd: S,
    left: &[f64],
    right: &[f64],
    used: usize,
) -> [[f64; SIDE]; SIDE] {
    let (left, right) = (columns_of::<S, SIDE>(left, used), columns_of::<S, SIDE>(right, used));
    let mut sums = [[simd.splat_f64s(0.0); SIDE]; SIDE];
    for row in 0..left[0].len() {
        for j in 0..SIDE {
            for i in 0..SIDE {
                sums[j][i] = simd.mul_add_e_f64s(left[i][row], right[j][row], sums[j][i]);
            }
        }
    }
    let mut tile = [[0.0; SIDE]; SIDE];
    for j in 0..SIDE {
        for i in 0..SIDE {
            tile[j][i] = simd.reduce_sum_f64s(sums[j][i]);
        }
    }
    tile
}

/// The columns of a panel as vectors, all of one length.
#[inline(always)]
fn columns_of<S: Simd, const SIDE: usize>(panel: &[f64], used: usize) -> [&[S::f64s]; SIDE] {
    let lanes = S::as_simd_f64s(&panel[..used]).0.len();
    let mut columns: [&[S::f64s]; SIDE] = [&[]; SIDE];
    for (i, column) in columns.iter_mut().enumerate() {
        *column = &S::as_simd_f64s(&panel[i * CHUNK..][..used]).0[..lanes];
    }
    columns
}

/// Adds what lies inside the matrix.
fn add<const SIDE: usize>(gram: &mut Columns, tile: &[[f64; SIDE]; SIDE], i: usize, j: usize) {
    for (column, sums) in tile.iter().enumerate().take(gram.ncols() - j) {
        for (row, sum) in sums.iter().enumerate().take(gram.nrows() - i) {
            gram[(i + row, j + column)] += sum;
        }
    }
}
