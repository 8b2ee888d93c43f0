//! Integrals over the unit cube on scrambled Sobol points.
//!
//! ```text
//! integral = mean over R replicates of (1/N) sum_i f(x_ri),   error = q sd(replicates) / sqrt R
//! x_ri = L_r C i + shift_r in base two,  C the generators of Sobol, L_r lower triangular
//! ```
//!
//! Direction numbers of Joe and Kuo 2008 (SIAM Journal on Scientific Computing 30:2635); linear scrambling and shifts of Matousek
//! 1998 (Journal of Complexity 14:527). The scrambles are drawn once and for all from fixed seeds: the points, and
//! so every result, are always the same. For smooth f the error falls nearly like N^-3/2 (Owen 1997).
//! Replicates run side by side and are summed in their order.

use rayon::prelude::*;

use crate::error::{Error, Result};

/// Coordinates the direction numbers below reach.
pub(super) const MOST_DIMENSIONS: usize = 24;

/// Replicates: enough to judge the error, few enough to leave long sequences.
const REPLICATES: usize = 8;

/// The 0.995 quantile of t with REPLICATES - 1 degrees of freedom: the stated error is exceeded in one case of 100.
const ERROR_QUANTILE: f64 = 3.499_483_297_350_494;

/// Points of the first look, for each replicate: fewer say little about the error.
const FIRST_POINTS: u32 = 1 << 10;

/// Most points for each replicate; half a million together take about a second in ten dimensions.
pub(super) const MOST_POINTS: u32 = 1 << 16;

/// Beyond so many dimensions a point costs more and says less.
const FEW_DIMENSIONS: usize = 12;

/// Most points for each replicate in more dimensions.
const MOST_POINTS_BEYOND: u32 = 1 << 14;

/// An error that falls like N to minus this power falls fast: less than the 3/2 of smooth functions (Owen 1997), which
/// boxes with corners do not reach, and more than what most of them do.
const FAST: f64 = 1.25;

/// Binary digits of a point.
const DIGITS: usize = 32;

/// How accurate an integral is wanted and how inaccurate it may be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Accuracy {
    /// Points are added until the error is below this or there are enough of them.
    pub(crate) wanted: f64,
    /// A larger error in the end is refused.
    pub(crate) allowed: f64,
    /// The most points for each replicate.
    pub(crate) points: u32,
}

/// Integrals, and the largest of their errors.
#[derive(Clone, Debug)]
pub(super) struct Integrals {
    pub(super) values: Vec<f64>,
    pub(super) error: f64,
}

/// Functions `report` of the integrals of `outputs` functions over `dimension` coordinates.
///
/// `add` adds the functions at a point to the sums. It is given up as soon as the error, falling fast, would not come
/// down to what is allowed with the points that are left.
///
/// # Errors
/// `Inaccurate` if the error of a reported value is still above what is allowed.
pub(super) fn integrate(
    quantity: &'static str,
    (dimension, outputs): (usize, usize),
    accuracy: Accuracy,
    add: impl Fn(&[f64], &mut [f64]) + Sync,
    report: impl Fn(&[f64]) -> Vec<f64>,
) -> Result<Integrals> {
    let mut replicates: Vec<Replicate> =
        (0..REPLICATES).map(|number| Replicate::new(number, dimension, outputs)).collect();
    let most = if dimension > FEW_DIMENSIONS { MOST_POINTS_BEYOND } else { MOST_POINTS };
    let most = accuracy.points.min(most);
    let mut points = FIRST_POINTS;
    loop {
        replicates.par_iter_mut().for_each(|replicate| replicate.extend(points, &add));
        let error = spread(&replicates.iter().map(|r| report(&r.means())).collect::<Vec<_>>());
        let tolerance = accuracy.allowed.max(accuracy.wanted);
        let left = (f64::from(points) / f64::from(most)).min(1.0);
        if error.is_nan() || error * left.powf(FAST) > tolerance {
            return Err(Error::Inaccurate { quantity, error, tolerance });
        }
        if error <= accuracy.wanted || points >= most {
            let mut means = vec![0.0; outputs];
            for replicate in &replicates {
                means.iter_mut().zip(replicate.means()).for_each(|(m, part)| *m += part / REPLICATES as f64);
            }
            return Ok(Integrals { values: report(&means), error });
        }
        points *= 2;
    }
}

/// The error of the mean of the replicates, the largest over the reported values.
fn spread(reports: &[Vec<f64>]) -> f64 {
    let count = reports.len() as f64;
    let error_of = |place: usize| {
        let mean = reports.iter().map(|report| report[place]).sum::<f64>() / count;
        let squares: f64 = reports.iter().map(|report| (report[place] - mean).powi(2)).sum();
        ERROR_QUANTILE * (squares / (count - 1.0) / count).sqrt()
    };
    let errors = (0..reports[0].len()).map(error_of);
    errors.fold(0.0, |most, error| if error > most || error.is_nan() { error } else { most })
}

/// One scrambled sequence and the sums over it so far.
struct Replicate {
    directions: Vec<[u32; DIGITS]>,
    state: Vec<u32>,
    sums: Vec<f64>,
    points: u32,
}

impl Replicate {
    fn new(number: usize, dimension: usize, outputs: usize) -> Self {
        let mut seed = (number as u64 + 1) << 32;
        let directions = (0..dimension).map(|j| scrambled(&generators(j), &mut seed)).collect();
        let state = (0..dimension).map(|_| next_random(&mut seed)).collect();
        Self { directions, state, sums: vec![0.0; outputs], points: 0 }
    }

    /// Goes on to this number of points, in the order of the Gray code.
    fn extend(&mut self, points: u32, add: &impl Fn(&[f64], &mut [f64])) {
        let mut point = vec![0.0; self.state.len()];
        while self.points < points {
            for (x, state) in point.iter_mut().zip(&self.state) {
                *x = (f64::from(*state) + 0.5) / 2.0_f64.powi(DIGITS as i32);
            }
            add(&point, &mut self.sums);
            self.points += 1;
            let digit = self.points.trailing_zeros() as usize;
            self.state.iter_mut().zip(&self.directions).for_each(|(x, v)| *x ^= v[digit]);
        }
    }

    fn means(&self) -> Vec<f64> {
        self.sums.iter().map(|sum| sum / f64::from(self.points)).collect()
    }
}

/// The columns of C for one coordinate, most significant digit first.
fn generators(coordinate: usize) -> [u32; DIGITS] {
    let mut numbers = [1_u32; DIGITS]; // m_k, odd and below 2^(k+1); all one for the first coordinate
    if coordinate > 0 {
        let (polynomial, initial) = PRIMITIVES[coordinate - 1];
        let degree = initial.len();
        numbers[..degree].copy_from_slice(initial);
        for k in degree..DIGITS {
            numbers[k] = numbers[k - degree];
            for i in 1..=degree {
                if polynomial >> (degree - i) & 1 == 1 {
                    numbers[k] ^= numbers[k - i] << i;
                }
            }
        }
    }
    core::array::from_fn(|k| numbers[k] << (DIGITS - 1 - k))
}

/// The columns of L C for a random lower triangular L with ones on its diagonal.
fn scrambled(generators: &[u32; DIGITS], seed: &mut u64) -> [u32; DIGITS] {
    let rows: [u32; DIGITS] = core::array::from_fn(|i| {
        let diagonal = 1_u32 << (DIGITS - 1 - i);
        let before = !(diagonal | (diagonal - 1)); // the more significant digits
        diagonal | (next_random(seed) & before)
    });
    generators.map(|column| {
        let digit = |(i, row): (usize, &u32)| ((row & column).count_ones() & 1) << (DIGITS - 1 - i);
        rows.iter().enumerate().map(digit).fold(0, |number, bit| number | bit)
    })
}

/// SplitMix64 (Steele, Lea and Flood 2014), its upper half.
fn next_random(seed: &mut u64) -> u32 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *seed;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((z ^ (z >> 31)) >> 32) as u32
}

/// Primitive polynomials, as their binary digits, and the first direction numbers (Joe and Kuo 2008).
const PRIMITIVES: [(u32, &[u32]); MOST_DIMENSIONS - 1] = [
    (3, &[1]),
    (7, &[1, 3]),
    (11, &[1, 3, 1]),
    (13, &[1, 1, 1]),
    (19, &[1, 1, 3, 3]),
    (25, &[1, 3, 5, 13]),
    (37, &[1, 1, 5, 5, 17]),
    (41, &[1, 1, 5, 5, 5]),
    (47, &[1, 1, 7, 11, 19]),
    (55, &[1, 1, 5, 1, 1]),
    (59, &[1, 1, 1, 3, 11]),
    (61, &[1, 3, 5, 5, 31]),
    (67, &[1, 3, 3, 9, 7, 49]),
    (91, &[1, 1, 1, 15, 21, 21]),
    (97, &[1, 3, 1, 13, 27, 49]),
    (103, &[1, 1, 1, 15, 7, 5]),
    (109, &[1, 3, 1, 15, 13, 25]),
    (115, &[1, 1, 5, 5, 19, 61]),
    (131, &[1, 3, 7, 11, 23, 15, 103]),
    (137, &[1, 3, 7, 13, 13, 15, 69]),
    (143, &[1, 1, 3, 13, 7, 35, 63]),
    (145, &[1, 3, 5, 9, 1, 25, 53]),
    (157, &[1, 3, 1, 13, 9, 35, 107]),
];

#[cfg(test)]
mod tests {
    use super::*;

    const ANY: Accuracy = Accuracy { wanted: 1e-7, allowed: 1e-3, points: MOST_POINTS };

    #[test]
    fn the_first_points_of_every_coordinate_fill_every_cell_once() {
        for number in 0..REPLICATES {
            for j in 0..MOST_DIMENSIONS {
                let mut replicate = Replicate::new(number, MOST_DIMENSIONS, 256);
                let count = |x: &[f64], cells: &mut [f64]| cells[(x[j] * 256.0) as usize] += 1.0;
                replicate.extend(256, &count);
                assert!(replicate.sums.iter().all(|cell| *cell == 1.0), "{number}, {j}");
            }
        }
    }

    #[test]
    fn products_are_integrated_within_the_stated_error() {
        for dimension in [1, 3, 9, MOST_DIMENSIONS] {
            let product = |x: &[f64], sums: &mut [f64]| {
                sums[0] +=
                    x.iter().enumerate().map(|(j, x)| 1.0 + (x - 0.5) / (1.0 + j as f64)).product::<f64>();
            };
            let found = integrate("product", (dimension, 1), ANY, product, <[f64]>::to_vec).unwrap();
            assert!((found.values[0] - 1.0).abs() <= 1.5 * found.error, "{dimension}: {found:?}");
            assert!(found.error < 1e-4);
        }
    }

    #[test]
    fn what_is_too_inaccurate_is_refused() {
        let spike = |x: &[f64], sums: &mut [f64]| sums[0] += if x[0] * x[1] > 0.9 { 1e3 } else { 0.0 };
        let strict = Accuracy { wanted: 1e-9, allowed: 1e-8, points: MOST_POINTS };
        let found = integrate("spike", (2, 1), strict, spike, <[f64]>::to_vec);
        assert!(matches!(found, Err(Error::Inaccurate { quantity: "spike", .. })));
    }
}
