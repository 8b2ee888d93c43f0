//! Upper tails of the noncentral chi-squared and F distributions.
//!
//! ```text
//! P(X > x) = sum_j Poisson(j; lambda / 2) P(chi-squared(df + 2j) > x)
//! P(F > f) = sum_j Poisson(j; lambda / 2) P(F(df1 + 2j, df2) > f df1 / (df1 + 2j))
//! ```
//!
//! Johnson, Kotz and Balakrishnan 1995, chapters 29 and 30. Summed outwards from the mode
//! of the Poisson weights, which are divided by their sum. Assumed: lambda >= 0 finite. NaN as the central tails.

use super::{chi_squared, fisher};

/// Weights below this share of the largest cannot change the last digit of the sum.
const NEGLIGIBLE: f64 = 1e-18;

/// Terms on each side of the mode, at most: all that count up to lambda = 2e8. Beyond, the spread of the weights is
/// below one part in 10,000 of their mean, and what is left out matters only where x lies within that of it.
const MOST_TERMS: u32 = 100_000;

/// P(X > x), X noncentral chi-squared.
pub(crate) fn chi_squared_upper_tail(x: f64, df: f64, noncentrality: f64) -> f64 {
    mixture(noncentrality, |j| chi_squared::upper_tail(x, df + 2.0 * j))
}

/// P(F > f), F noncentral.
pub(crate) fn fisher_upper_tail(f: f64, df1: f64, df2: f64, noncentrality: f64) -> f64 {
    mixture(noncentrality, |j| fisher::upper_tail(f * df1 / (df1 + 2.0 * j), df1 + 2.0 * j, df2))
}

/// The mean of `tail` over a Poisson variable with mean lambda / 2.
fn mixture(noncentrality: f64, tail: impl Fn(f64) -> f64) -> f64 {
    let mean = 0.5 * noncentrality;
    let mode = mean.floor();
    let (mut sum, mut weights) = (tail(mode), 1.0);
    let mut weight = 1.0;
    for below in 0..MOST_TERMS {
        let j = mode - f64::from(below);
        if j <= 0.0 || weight <= NEGLIGIBLE {
            break;
        }
        weight *= j / mean;
        sum += weight * tail(j - 1.0);
        weights += weight;
    }
    weight = 1.0;
    for above in 1..=MOST_TERMS {
        if weight <= NEGLIGIBLE || mean <= 0.0 {
            break;
        }
        let j = mode + f64::from(above);
        weight *= mean / j;
        sum += weight * tail(j);
        weights += weight;
    }
    (sum / weights).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normal;

    #[test]
    fn sums_end_however_large_the_noncentrality() {
        for noncentrality in [1e9, 1e17, 1e300, f64::INFINITY] {
            let tail = fisher_upper_tail(4.0, 3.0, 40.0, noncentrality);
            assert!(tail.is_nan() || tail > 0.999, "{noncentrality}: {tail}");
        }
    }

    #[test]
    fn one_degree_of_freedom_is_a_shifted_normal() {
        for (shift, c) in [(0.0, 1.96), (0.7, 1.96), (3.0, 1.5), (12.0, 2.0)] {
            let exact = normal::upper_tail(c - shift) + normal::upper_tail(c + shift);
            let found = chi_squared_upper_tail(c * c, 1.0, shift * shift);
            assert!((found / exact - 1.0).abs() < 1e-13, "{shift}: {found} {exact}");
        }
    }

    #[test]
    fn tails_agree_with_scipy() {
        // scipy 1.17.1: stats.ncx2.sf(9.487729036781154, 4, 7.5), (9.487729036781154, 4, 60); stats.ncf.sf(2.5, 4, 107, 7.5), (3, 4, 9, 2)
        let close = |found: f64, scipy: f64| assert!((found / scipy - 1.0).abs() < 1e-11, "{found} {scipy}");
        close(chi_squared_upper_tail(9.487729036781154, 4.0, 7.5), SCIPY[0]);
        close(chi_squared_upper_tail(9.487729036781154, 4.0, 60.0), SCIPY[1]);
        close(fisher_upper_tail(2.5, 4.0, 107.0, 7.5), SCIPY[2]);
        close(fisher_upper_tail(3.0, 4.0, 9.0, 2.0), SCIPY[3]);
    }

    const SCIPY: [f64; 4] = [0.5730809053606343, 0.9999996564030714, 0.5402675374300432, 0.17661540918037819];
}
