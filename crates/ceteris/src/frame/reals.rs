//! The numbers of a real column, with the whole ones that doubles cannot hold kept beside them.

use std::ops::Deref;
use std::sync::Arc;

/// From this size on, some whole numbers are no doubles: 2^53.
const EXACT_UP_TO: u128 = 1 << 53;

/// Real numbers, one for each row; `NaN` marks a missing value. It is a slice of them.
///
/// Whole numbers beyond 2^53 (registers, hashes) are computed with as the nearest doubles, and are told apart as
/// what they are where they name levels: see [`Frame::add_integers`](crate::Frame::add_integers).
///
/// # Example
/// ```
/// use ceteris::{Column, Frame};
/// let frame = Frame::new().add_integers("id", [Some(1_i64 << 60), None, Some((1 << 60) + 1)])?;
/// assert_eq!(frame.real("id")?[0], frame.real("id")?[2]); // the nearest double of both
/// assert_eq!(frame.column("id")?.label(2).as_deref(), Some("1152921504606846977"));
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Reals {
    values: Arc<[f64]>,
    /// What each row holds, where some row holds a whole number that is no double.
    whole: Option<Arc<[Option<i128>]>>,
}

impl Reals {
    /// Whole numbers, each kept exactly; `None` marks a missing value.
    pub(super) fn from_integers<I: Into<i128>>(values: impl IntoIterator<Item = Option<I>>) -> Self {
        let whole: Vec<Option<i128>> = values.into_iter().map(|value| value.map(Into::into)).collect();
        let values = whole.iter().map(|value| value.map_or(f64::NAN, |value| value as f64)).collect();
        let beyond = whole.iter().flatten().any(|value| value.unsigned_abs() > EXACT_UP_TO);
        Self { values, whole: beyond.then(|| whole.into()) }
    }

    /// The whole numbers of the rows, where doubles would not tell all of them apart.
    pub fn integers(&self) -> Option<&[Option<i128>]> {
        self.whole.as_deref()
    }

    /// The value of a row as text; `None` if it is missing.
    pub(super) fn label(&self, row: usize) -> Option<String> {
        match &self.whole {
            Some(whole) => whole[row].map(|value| value.to_string()),
            None => (!self.values[row].is_nan()).then(|| self.values[row].to_string()),
        }
    }
}

impl Deref for Reals {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.values
    }
}

impl From<Vec<f64>> for Reals {
    fn from(values: Vec<f64>) -> Self {
        Self { values: values.into(), whole: None }
    }
}

impl From<Arc<[f64]>> for Reals {
    fn from(values: Arc<[f64]>) -> Self {
        Self { values, whole: None }
    }
}

impl FromIterator<f64> for Reals {
    fn from_iter<T: IntoIterator<Item = f64>>(values: T) -> Self {
        Self { values: values.into_iter().collect(), whole: None }
    }
}
