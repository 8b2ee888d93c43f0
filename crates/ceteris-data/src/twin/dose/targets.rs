//! The coefficient that the printed digits agree on.
//!
//! Printed are an estimate e and the ends l, h of its interval, each rounded; with the middle
//! m = (l + h) / 2 and the half units in the last place t_e, t_l, t_h, the number b with the smallest
//! largest departure, in half units, from e and from a centre of [l, h] is
//!
//! ```text
//! b = e - t_e (e - m) / (t_e + (t_l + t_h) / 2)
//! ```
//!
//! the Chebyshev centre of the three rounding boxes. One exists where the departure is below 1.

use crate::published::{Coefficient, Printed};

/// The value to simulate for a printed coefficient.
pub(super) fn target(printed: &Coefficient) -> f64 {
    let [estimate, low, high] = [printed.estimate, printed.low, printed.high].map(|number| number.value);
    let [t_e, t_l, t_h] = [printed.estimate, printed.low, printed.high].map(half_unit);
    let middle = (low + high) / 2.0;
    estimate - t_e * (estimate - middle) / (t_e + (t_l + t_h) / 2.0)
}

fn half_unit(number: Printed) -> f64 {
    0.5 / 10.0_f64.powi(number.decimals as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::coefficients;

    #[test]
    fn the_target_prints_as_the_estimate_wherever_estimate_and_interval_agree() {
        for row in coefficients() {
            let gap = (target(row) - row.estimate.value).abs() / half_unit(row.estimate);
            assert!(gap <= 1.0, "{row:?}");
        }
    }

    #[test]
    fn a_centred_interval_leaves_the_estimate_alone() {
        let row = coefficients().iter().find(|row| row.estimate.value == 0.0680).expect("Table 12");
        assert!((target(row) - 0.068).abs() < 1e-15);
    }
}
