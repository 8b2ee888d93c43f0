//! X'WX and X'Wy over fixed blocks of rows.
//!
//! G = sum_b X_b' W_b X_b, with the sum over blocks b of `BLOCK` rows taken in the order of b: the
//! same bits come out on any number of threads. Without weights, W = I.

use rayon::prelude::*;

use super::Columns;
pub(crate) use super::faer::add_product;
use super::gram_block::block_gram;
use super::vectorized::vectorized;

/// Rows of a partial sum of products of two columns.
const BLOCK: usize = 2048;
/// Rows of a partial Gram matrix: many beside its k^2 numbers, few beside the rows of a sample.
const GRAM_BLOCK: usize = 8192;

/// X'WX (symmetric, `ncols` by `ncols`).
pub(crate) fn gram(x: &Columns, weights: Option<&[f64]>) -> Columns {
    let k = x.ncols();
    let blocks: Vec<Columns> = (0..x.nrows().div_ceil(GRAM_BLOCK))
        .into_par_iter()
        .map(|block| block_gram(x, weights, block * GRAM_BLOCK..((block + 1) * GRAM_BLOCK).min(x.nrows())))
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

impl Columns {
    /// X'WX, or X'X without weights.
    ///
    /// # Example
    /// ```
    /// use ceteris::Columns;
    /// let x = Columns::of_columns(&[&[1.0, 2.0], &[3.0, 4.0]])?;
    /// assert_eq!(x.gram(None).data(), [5.0, 11.0, 11.0, 25.0]);
    /// assert_eq!(x.gram(Some(&[1.0, 0.5])).data(), [3.0, 7.0, 7.0, 17.0]);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    ///
    /// # Panics
    /// If there are weights, but not one for each row.
    pub fn gram(&self, weights: Option<&[f64]>) -> Self {
        assert!(weights.is_none_or(|weights| weights.len() == self.nrows()), "one weight for each row");
        gram(self, weights)
    }
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

/// ||x|| = sqrt(sum_i w_i x_i^2)
pub(crate) fn norm(x: &[f64], weights: Option<&[f64]>) -> f64 {
    let square = weighted_dot(x, weights, x);
    if square.is_normal() {
        return square.sqrt();
    }
    // Squares that leave the range of doubles: scaled by a power of two, which rounds nothing.
    let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
    if largest == 0.0 || !largest.is_finite() {
        return square.sqrt();
    }
    let scale = 2f64.powi(largest.log2() as i32);
    let scaled: Vec<f64> = x.iter().map(|x| x / scale).collect();
    weighted_dot(&scaled, weights, &scaled).sqrt() * scale
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Whole numbers small enough that every sum is exact, whatever its order.
    fn whole_numbers(rows: usize, k: usize) -> Columns {
        Columns::from_data(rows, k, (0..rows * k).map(|i| ((i * 7919) % 61) as f64 - 30.0).collect())
    }

    #[test]
    fn every_entry_is_its_sum_of_products() {
        for k in 1..=10 {
            for rows in [1, 7, 8, 255, 256, 257, 8192, 8200, 20_000] {
                let x = whole_numbers(rows, k);
                let weights: Vec<f64> = (0..rows).map(|i| (i % 5) as f64).collect();
                for weights in [None, Some(weights.as_slice())] {
                    let gram = gram(&x, weights);
                    for (i, j) in (0..k).flat_map(|i| (0..k).map(move |j| (i, j))) {
                        let w = |row: usize| weights.map_or(1.0, |weights| weights[row]);
                        let sum: f64 = (0..rows).map(|row| x[(row, i)] * w(row) * x[(row, j)]).sum();
                        assert!(gram[(i, j)] == sum, "{rows} rows, {k} columns, ({i}, {j})");
                    }
                }
            }
        }
    }

    #[test]
    fn the_bits_do_not_depend_on_threads() {
        let data = (0..30_000 * 6).map(|i| (i as f64 * 0.37).sin()).collect();
        let x = Columns::from_data(30_000, 6, data);
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.expect("threads can be started").install(|| gram(&x, None))
        };
        assert_eq!(on(1), on(3));
    }
}
