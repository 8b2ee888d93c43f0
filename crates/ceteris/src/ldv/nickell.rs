//! The bias of a lagged outcome beside unit effects, over T periods and many units (Nickell 1981, eq. 18):
//!
//!   plim(rho_hat) - rho = - (1+rho)/(T-1) (1-rho) R / (1 - 2 rho R / (T-1)),
//!   R = (1 - (1 - rho^T) / (T (1-rho))) / (1-rho) = (1/T) sum_{s=0}^{T-2} (T-1-s) rho^s
//!
//! The sum is the same number without the division by 1 - rho. At T = 2 the bias is -(1+rho)/2; at rho = 1
//! its limit is -3/(T+1). rho + bias(rho) rises from -1 to (T-2)/(T+1), so that an estimate between them
//! implies one rho, found by halving.
//!
//! Assumed: one lag, |rho| < 1, a stationary start, no other regressors that move with the outcome (with such,
//! ibid. eq. 24), every unit in every period. T counts the rows of a unit, without the one that is only a lag.

/// The asymptotic bias of the coefficient of the lagged outcome when units have effects; `None` outside
/// -1 < `rho` < 1 and below two periods.
///
/// # Example
/// ```
/// // Two periods: -(1 + rho) / 2.
/// assert!((ceteris::ldv::nickell_bias(0.5, 2).unwrap() + 0.75).abs() < 1e-15);
/// assert!(ceteris::ldv::nickell_bias(1.5, 2).is_none());
/// ```
pub fn nickell_bias(rho: f64, periods: usize) -> Option<f64> {
    let inside = rho > -1.0 && rho < 1.0 && periods >= 2;
    inside.then(|| {
        let (t, r) = (periods as f64, mean_partial_sum(rho, periods));
        -(1.0 + rho) / (t - 1.0) * (1.0 - rho) * r / (1.0 - 2.0 * rho * r / (t - 1.0))
    })
}

/// R
fn mean_partial_sum(rho: f64, periods: usize) -> f64 {
    // (T-1) + (T-2) rho + ... + 1 rho^(T-2), from the inside out.
    let sum = (1..periods).fold(0.0, |sum, weight| sum * rho + weight as f64);
    sum / periods as f64
}

/// Nearer to 1 the denominator loses its digits.
const NEAREST_TO_ONE: f64 = 1e-6;
/// Halvings of an interval of length two: what is left is below the rounding of a double.
const HALVINGS: usize = 60;

/// The rho at which the estimator tends to `estimate`; `None` if there is none between -1 and 1.
///
/// # Example
/// ```
/// let bias = ceteris::ldv::nickell_bias(0.6, 5).unwrap();
/// let implied = ceteris::ldv::nickell_implied(0.6 + bias, 5).unwrap();
/// assert!((implied - 0.6).abs() < 1e-12);
/// ```
pub fn nickell_implied(estimate: f64, periods: usize) -> Option<f64> {
    let limit = |rho: f64| nickell_bias(rho, periods).map(|bias| rho + bias);
    let (mut low, mut high) = (-1.0 + NEAREST_TO_ONE, 1.0 - NEAREST_TO_ONE);
    if !(limit(low)? <= estimate && estimate <= limit(high)?) {
        return None;
    }
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if limit(middle)? < estimate { low = middle } else { high = middle }
    }
    Some(0.5 * (low + high))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The formula as printed, with its divisions by 1 - rho.
    fn as_printed(rho: f64, periods: usize) -> f64 {
        let t = periods as f64;
        let share = 1.0 - (1.0 - rho.powi(periods as i32)) / (t * (1.0 - rho));
        -(1.0 + rho) / (t - 1.0) * share / (1.0 - 2.0 * rho / ((1.0 - rho) * (t - 1.0)) * share)
    }

    #[test]
    fn the_sum_is_the_formula_as_printed() {
        for rho in [-0.9, -0.3, 0.0, 0.2, 0.5, 0.9] {
            for periods in [2, 3, 5, 10, 40] {
                let bias = nickell_bias(rho, periods).unwrap();
                // The printed form loses two digits at rho = 0.9, the sum none.
                assert!((bias - as_printed(rho, periods)).abs() < 1e-12, "{rho} {periods}");
            }
        }
    }

    #[test]
    fn the_limit_at_one_is_minus_three_over_t_plus_one() {
        for periods in [2, 3, 6, 20] {
            let bias = nickell_bias(1.0 - 1e-5, periods).unwrap();
            assert!((bias + 3.0 / (periods as f64 + 1.0)).abs() < 1e-4, "{periods}");
        }
    }

    #[test]
    fn each_rho_is_found_again() {
        for periods in [2, 3, 7, 25] {
            for place in -9..10 {
                let rho = f64::from(place) / 10.0;
                let limit = rho + nickell_bias(rho, periods).unwrap();
                assert!((nickell_implied(limit, periods).unwrap() - rho).abs() < 1e-11, "{rho} {periods}");
            }
        }
        assert!(nickell_implied(0.95, 5).is_none(), "above (T-2)/(T+1) no stationary rho is left");
    }
}
