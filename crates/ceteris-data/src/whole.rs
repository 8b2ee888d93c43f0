//! Whole numbers in real columns.

/// The largest whole number up to which every whole number is a distinct `f64`. A column that goes
/// beyond it becomes a category of its digits, whatever kind of file it comes from.
pub(crate) const LARGEST_WHOLE: u64 = 1 << 53;
