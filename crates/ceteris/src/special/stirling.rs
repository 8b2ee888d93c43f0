//! What Stirling's formula leaves out of the gamma function.
//!
//! ```text
//! Gamma(z) = sqrt(2 pi / z) (z / e)^z e^Delta(z)                                (DLMF 5.11.1)
//! Delta(z) ~ sum_k B_2k / (2k (2k - 1) z^(2k-1)) = 1/(12 z) - 1/(360 z^3) + ...
//! Delta(z) = Delta(w) + (w - 1/2) ln w - (z - 1/2) ln z - n - ln[z (z+1) ... (z+n-1)],  w = z + n
//! ```
//!
//! The third line is Gamma(z + n) = z (z+1) ... (z+n-1) Gamma(z) (DLMF 5.5.1), and lifts a small z
//! to where the series holds. Densities are written with `Delta` because their powers then combine
//! into one exponent that does not cancel; the large parts of ln Gamma never appear.
//!
//! Assumed: z > 0 and finite. Accuracy: absolute error below 1e-18, so e^Delta is good to all
//! digits of a double.

use super::double_double::DoubleDouble;

/// From here on eight terms of the series leave out less than 0.18 / 16^17 < 1e-21.
const SERIES_FROM: f64 = 16.0;

/// B_2k / (2k (2k - 1)), k = 1..8.
const COEFFICIENTS: [f64; 8] = [
    1.0 / 12.0,
    -1.0 / 360.0,
    1.0 / 1260.0,
    -1.0 / 1680.0,
    1.0 / 1188.0,
    -691.0 / 360_360.0,
    1.0 / 156.0,
    -3617.0 / 122_400.0,
];

/// `Delta(z)`, the logarithm of the gamma function over Stirling's formula.
pub(super) fn correction(z: f64) -> DoubleDouble {
    let mut product = DoubleDouble::from(1.0); // z (z+1) ... (z+n-1)
    let mut steps = 0.0;
    let mut lifted = DoubleDouble::from(z);
    while lifted.to_f64() < SERIES_FROM {
        product = product * lifted;
        steps += 1.0;
        lifted = DoubleDouble::sum(z, steps);
    }
    let of_lifted = DoubleDouble::from(series(lifted.to_f64()));
    if steps == 0.0 {
        return of_lifted;
    }
    let power = DoubleDouble::from(z).ln() * DoubleDouble::sum(z, -0.5);
    let lifted_power = lifted.ln() * (lifted - 0.5);
    of_lifted + (lifted_power - power - steps - product.ln())
}

/// The asymptotic series, for z >= [`SERIES_FROM`].
fn series(z: f64) -> f64 {
    let square = 1.0 / (z * z);
    let sum = COEFFICIENTS.iter().rev().fold(0.0, |sum, coefficient| sum * square + coefficient);
    sum / z
}

#[cfg(test)]
mod tests {
    use super::correction;

    #[test]
    fn factorials_come_out_whole() {
        let mut factorial = 1.0;
        for n in 1..=15 {
            let z = f64::from(n);
            let stirling = (core::f64::consts::TAU / z).sqrt() * (z / core::f64::consts::E).powf(z);
            let gamma = stirling * correction(z).exp();
            assert!((gamma / factorial - 1.0).abs() < 1e-14, "Gamma({n})");
            factorial *= z;
        }
    }

    #[test]
    fn lifted_and_series_values_match_mpmath() {
        // mpmath 1.4.1, 50 digits.
        let cases = [
            (0.005, 1.758846170336177),
            (0.5, 0.15342640972002736),
            (15.75, 0.00529029512998813),
            (1e6, 8.333333333333056e-8),
        ];
        for (z, expected) in cases {
            let error = (correction(z) - expected).to_f64().abs();
            assert!(error < 1e-16 * (1.0_f64).max(expected), "Delta({z}): {error:e}");
        }
    }
}
