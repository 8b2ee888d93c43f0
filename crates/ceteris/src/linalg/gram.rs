//! X'WX and X'Wy over fixed blocks of rows.
//!
//! G = sum_b X_b' W_b X_b, with the sum over blocks b of `BLOCK` rows taken in the order of b: the
//! same bits come out on any number of threads. Without weights, W = I.

use rayon::prelude::*;

use super::Columns;
pub(crate) use super::faer::add_product;
use super::vectorized::vectorized;

/// Rows in a block: a block of ten columns (160 KiB) stays in the second-level cache.
const BLOCK: usize = 2048;
/// From this many columns on, a blocked matrix product beats pairwise dot products.
const PRODUCT_FROM: usize = 12;

/// X'WX (symmetric, `ncols` by `ncols`).
pub(crate) fn gram(x: &Columns, weights: Option<&[f64]>) -> Columns {
    let k = x.ncols();
    let blocks: Vec<Columns> = (0..x.nrows().div_ceil(BLOCK))
        .into_par_iter()
        .map(|block| block_gram(x, weights, block * BLOCK, ((block + 1) * BLOCK).min(x.nrows())))
        .collect();
    let mut sum = Columns::zeros(k, k);
    blocks.iter().for_each(|block| sum.add_scaled(1.0, block));
    for j in 0..k {
        for i in 0..j {
            sum[(j, i)] = sum[(i, j)];
        }
    }
    sum
}

/// The upper triangle of X'WX over the rows `from..to`.
fn block_gram(x: &Columns, weights: Option<&[f64]>, from: usize, to: usize) -> Columns {
    let k = x.ncols();
    let mut block = Columns::zeros(k, k);
    let weighted = weighted_block(x, weights, from, to);
    if k >= PRODUCT_FROM {
        let plain = Columns::from_data(to - from, k, x.cols().flat_map(|c| &c[from..to]).copied().collect());
        add_product(&mut block, &plain, &weighted);
    } else {
        for j in 0..k {
            for i in 0..=j {
                block[(i, j)] = dot(&x.col(i)[from..to], weighted.col(j));
            }
        }
    }
    block
}

fn weighted_block(x: &Columns, weights: Option<&[f64]>, from: usize, to: usize) -> Columns {
    let mut block = Vec::with_capacity((to - from) * x.ncols());
    for column in x.cols() {
        let rows = column[from..to].iter();
        match weights {
            None => block.extend(rows),
            Some(w) => block.extend(rows.zip(&w[from..to]).map(|(x, w)| x * w)),
        }
    }
    Columns::from_data(to - from, x.ncols(), block)
}

/// X'Wy.
pub(crate) fn cross(x: &Columns, weights: Option<&[f64]>, y: &[f64]) -> Vec<f64> {
    (0..x.ncols()).into_par_iter().map(|j| weighted_dot(x.col(j), weights, y)).collect()
}

/// sum_i w_i x_i y_i, in blocks.
pub(crate) fn weighted_dot(x: &[f64], weights: Option<&[f64]>, y: &[f64]) -> f64 {
    let blocks = x.chunks(BLOCK).zip(y.chunks(BLOCK));
    match weights {
        None => blocks.map(|(x, y)| dot(x, y)).sum(),
        Some(w) => blocks.zip(w.chunks(BLOCK)).map(|((x, y), w)| dot_of_three(x, y, w)).sum(),
    }
}

/// sum_i w_i (x_i - m)^2 with m the weighted mean, in blocks.
pub(crate) fn centred_squares(x: &[f64], weights: Option<&[f64]>) -> f64 {
    let ones = [1.0; BLOCK];
    let blocks = || {
        x.chunks(BLOCK).enumerate().map(|(block, x)| {
            let from = block * BLOCK;
            (x, weights.map(|w| &w[from..from + x.len()]), &ones[..x.len()])
        })
    };
    let sum: f64 = blocks().map(|(x, w, ones)| weighted_dot(ones, w, x)).sum();
    let mean = sum / blocks().map(|(_, w, ones)| weighted_dot(ones, w, ones)).sum::<f64>();
    let about_mean = |(x, w, _): (&[f64], Option<&[f64]>, _)| {
        let deviations: Vec<f64> = x.iter().map(|x| x - mean).collect();
        weighted_dot(&deviations, w, &deviations)
    };
    blocks().map(about_mean).sum()
}

/// Partial sums kept side by side, so that the compiler can use vector registers.
const LANES: usize = 8;

vectorized! {
    fn dot(x: &[f64], y: &[f64]) -> f64 {
        let mut sums = [0.0; LANES];
        let ((x, x_tail), (y, y_tail)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
        for (x, y) in x.iter().zip(y) {
            for lane in 0..LANES {
                sums[lane] += x[lane] * y[lane];
            }
        }
        let tail: f64 = x_tail.iter().zip(y_tail).map(|(x, y)| x * y).sum();
        sums.iter().sum::<f64>() + tail
    }
}

vectorized! {
    fn dot_of_three(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
        let mut sums = [0.0; LANES];
        let ((x, x_tail), (y, y_tail)) = (x.as_chunks::<LANES>(), y.as_chunks::<LANES>());
        let (w, w_tail) = w.as_chunks::<LANES>();
        for ((x, y), w) in x.iter().zip(y).zip(w) {
            for lane in 0..LANES {
                sums[lane] += x[lane] * y[lane] * w[lane];
            }
        }
        let tail: f64 = x_tail.iter().zip(y_tail).zip(w_tail).map(|((x, y), w)| x * y * w).sum();
        sums.iter().sum::<f64>() + tail
    }
}
