//! The bound at which the interval first holds zero, by bisection.
//!
//! Among ascending bounds the first whose interval holds zero and the one before it bracket the breakdown;
//! if none does, the last is doubled. Intervals widen with the bound, so that the search crosses once; where
//! the centre of a fixed-length interval moves faster than its ends, it is the first crossing among the
//! reported bounds.

use super::report::{Breakdown, HonestInterval};
use crate::error::Result;

/// The breakdown is located to this share of itself.
const TOLERANCE: f64 = 1e-6;
/// Halvings of the bracket; a breakdown nearer to zero than this share of the bracket is reported as found.
const HALVINGS: usize = 60;
/// Doublings beyond the last reported bound.
const DOUBLINGS: u32 = 6;

/// The breakdown of `excludes_zero`, with the intervals known so far.
pub(super) fn breakdown(
    intervals: &[HonestInterval],
    excludes_zero: impl Fn(f64) -> Result<bool>,
) -> Result<Breakdown> {
    let mut low = 0.0;
    if !excludes_zero(low)? {
        return Ok(Breakdown::AtZero);
    }
    for interval in intervals {
        if !interval.excludes_zero() {
            return bisect(low, interval.bound, excludes_zero);
        }
        low = interval.bound;
    }
    for _ in 0..DOUBLINGS {
        if low == 0.0 {
            break; // doubling leads nowhere
        }
        if !excludes_zero(2.0 * low)? {
            return bisect(low, 2.0 * low, excludes_zero);
        }
        low *= 2.0;
    }
    Ok(Breakdown::Beyond { largest: low })
}

fn bisect(mut low: f64, mut high: f64, excludes_zero: impl Fn(f64) -> Result<bool>) -> Result<Breakdown> {
    for _ in 0..HALVINGS {
        if high - low <= TOLERANCE * high {
            break;
        }
        let middle = 0.5 * (low + high);
        if excludes_zero(middle)? { low = middle } else { high = middle }
    }
    Ok(Breakdown::At { bound: low })
}
