//! The tails against 50-digit values, and against what needs no reference program.

mod identities;
mod reference;

/// Relative error allowed anywhere on the documented domain.
const TOLERANCE: f64 = 1e-13;

fn relative_error(found: f64, expected: f64) -> f64 {
    ((found - expected) / expected).abs()
}
