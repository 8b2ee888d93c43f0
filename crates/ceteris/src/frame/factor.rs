//! A factor: dense level codes 0..nlevels for the rows of a sample, from one column or from the
//! interaction of several. Effects and clusters are factors.
//!
//! Levels are numbered in the order of their values (for an interaction, lexicographically), and
//! levels without a row in the sample have no number.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Column, Frame};
use crate::error::{Error, Result};

/// Dense level codes of the rows of a sample. A clone shares the codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    codes: Arc<Vec<u32>>,
    nlevels: usize,
}

/// A table of this many slots per row is still cheaper than sorting the codes.
const TABLE_SLOTS_PER_ROW: usize = 4;

impl Factor {
    /// The interaction of `columns` (usually one) over the rows of a sample.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`].
    ///
    /// # Panics
    /// If a value is missing in one of `rows`: a sample has dropped such rows.
    pub fn from_columns(frame: &Frame, columns: &[String], rows: &[u32]) -> Result<Self> {
        Encoder::new(frame, rows).interaction(columns)
    }

    fn new(codes: Vec<u32>, nlevels: usize) -> Self {
        Self { codes: Arc::new(codes), nlevels }
    }

    fn from_column(column: &Column, rows: Rows<'_>) -> Self {
        match (column, rows) {
            (Column::Real(values), Rows::All) => Self::from_reals(values),
            (Column::Real(values), Rows::Some(rows)) => {
                Self::from_reals(&rows.iter().map(|&row| values[row as usize]).collect::<Vec<f64>>())
            }
            (Column::Category(category), rows) => {
                let present = |code: Option<u32>| code.expect("the sample dropped missing values");
                let codes = match rows {
                    Rows::All => (0..category.len()).map(|row| present(category.code(row))).collect(),
                    Rows::Some(rows) => {
                        rows.iter().map(|&row| present(category.code(row as usize))).collect()
                    }
                };
                Self::compacted(codes, category.levels().len())
            }
        }
    }

    /// Codes from any codes below `bound`: the levels that occur, renumbered in their order.
    pub(crate) fn compacted(mut codes: Vec<u32>, bound: usize) -> Self {
        let mut number = vec![0u32; bound];
        for &code in &codes {
            number[code as usize] = 1;
        }
        let mut nlevels = 0;
        for slot in &mut number {
            let present = *slot;
            *slot = nlevels;
            nlevels += present;
        }
        if (nlevels as usize) < bound {
            codes.iter_mut().for_each(|code| *code = number[*code as usize]);
        }
        Self::new(codes, nlevels as usize)
    }

    fn from_reals(values: &[f64]) -> Self {
        if let Some((low, span)) = small_integers(values) {
            let base = integer_bits(low);
            let codes = values.iter().map(|&value| integer_bits(value).wrapping_sub(base) as u32).collect();
            return Self::compacted(codes, span);
        }
        // -0.0 and 0.0 are one level: adding 0.0 makes both +0.0.
        Self::from_keys(values.iter().map(|value| ordered_bits(value + 0.0)).collect())
    }

    /// Codes in the order of arbitrary 64-bit keys.
    fn from_keys(keys: Vec<u64>) -> Self {
        let mut distinct = keys.clone();
        distinct.par_sort_unstable();
        distinct.dedup();
        let code = |key: &u64| distinct.binary_search(key).expect("every key is among the distinct ones");
        Self::new(keys.par_iter().map(|key| code(key) as u32).collect(), distinct.len())
    }

    /// The interaction with another factor of the same rows.
    pub fn by(&self, other: &Self) -> Self {
        let (first, second) = (self.codes.as_slice(), other.codes.as_slice());
        let slots = self.nlevels.saturating_mul(other.nlevels);
        let pairs = first.iter().zip(second);
        if slots <= TABLE_SLOTS_PER_ROW * self.codes.len().max(1024) && u32::try_from(slots).is_ok() {
            let width = other.nlevels as u32;
            Self::compacted(pairs.map(|(&a, &b)| a * width + b).collect(), slots)
        } else {
            Self::from_keys(pairs.map(|(&a, &b)| u64::from(a) << 32 | u64::from(b)).collect())
        }
    }

    /// The levels at these places, with the numbers that they have here: some may have no row.
    pub(crate) fn at(&self, places: impl Iterator<Item = usize>) -> Self {
        Self::new(places.map(|place| self.codes[place]).collect(), self.nlevels)
    }

    /// The level of each row.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Number of levels, each with at least one row.
    pub fn nlevels(&self) -> usize {
        self.nlevels
    }

    /// Whether every level of this factor lies inside one level of `other`.
    pub fn is_nested_in(&self, other: &Self) -> bool {
        if self.nlevels < other.nlevels {
            return false;
        }
        let mut inside = vec![u32::MAX; self.nlevels];
        self.codes.iter().zip(other.codes()).all(|(&level, &outer)| {
            let known = &mut inside[level as usize];
            if *known == u32::MAX {
                *known = outer;
            }
            *known == outer
        })
    }
}

/// Rows of a frame: all of them, so that nothing has to be gathered, or a list.
#[derive(Clone, Copy)]
enum Rows<'a> {
    All,
    Some(&'a [u32]),
}

/// Makes factors over the same rows of a frame, each column encoded once.
pub(crate) struct Encoder<'a> {
    frame: &'a Frame,
    rows: Rows<'a>,
    encoded: Vec<(String, Factor)>,
}

impl<'a> Encoder<'a> {
    pub(crate) fn new(frame: &'a Frame, rows: &'a [u32]) -> Self {
        let in_order = || rows.iter().zip(0..).fold(true, |so_far, (&row, place)| so_far & (row == place));
        let all = rows.len() == frame.nrows() && in_order();
        Self { frame, rows: if all { Rows::All } else { Rows::Some(rows) }, encoded: Vec::new() }
    }

    /// The interaction of columns (usually one).
    ///
    /// # Errors
    /// [`Error::UnknownColumn`].
    pub(crate) fn interaction(&mut self, columns: &[String]) -> Result<Factor> {
        let mut factor: Option<Factor> = None;
        for name in columns {
            let next = self.column(name)?;
            factor = Some(match factor {
                None => next,
                Some(sofar) => sofar.by(&next),
            });
        }
        factor.ok_or(Error::InvalidSetting {
            setting: "effect",
            value: "an empty list of columns".to_string(),
            must: "at least one column",
        })
    }

    fn column(&mut self, name: &str) -> Result<Factor> {
        if let Some((_, factor)) = self.encoded.iter().find(|(held, _)| held == name) {
            return Ok(factor.clone());
        }
        let factor = Factor::from_column(self.frame.column(name)?, self.rows);
        self.encoded.push((name.to_string(), factor.clone()));
        Ok(factor)
    }
}

/// 1.5 * 2^52: added to a whole number of size below 2^51, it leaves the number in the low bits, without
/// a conversion that the vector registers of every processor would lack.
const INTEGER_SHIFT: f64 = 6_755_399_441_055_744.0;

/// Smallest and largest values kept side by side, so that the compiler can use vector registers.
const LANES: usize = 8;

/// Bits that differ between whole numbers by as much as the numbers do.
fn integer_bits(value: f64) -> u64 {
    (value + INTEGER_SHIFT).to_bits()
}

/// The smallest value and the width of the range, when a table over that range is cheap.
fn small_integers(values: &[f64]) -> Option<(f64, usize)> {
    let first = values.first().copied().unwrap_or(0.0);
    let (mut lows, mut highs) = ([first; LANES], [first; LANES]);
    let whole = |value: f64| (value + INTEGER_SHIFT) - INTEGER_SHIFT == value;
    let (pieces, tail) = values.as_chunks::<LANES>();
    for piece in pieces {
        let mut each = [true; LANES];
        for lane in 0..LANES {
            each[lane] = whole(piece[lane]);
            lows[lane] = if piece[lane] < lows[lane] { piece[lane] } else { lows[lane] };
            highs[lane] = if piece[lane] > highs[lane] { piece[lane] } else { highs[lane] };
        }
        if each != [true; LANES] {
            return None;
        }
    }
    if !tail.iter().all(|&value| whole(value)) {
        return None;
    }
    let low = lows.iter().chain(tail).fold(first, |low, value| value.min(low));
    let high = highs.iter().chain(tail).fold(first, |high, value| value.max(high));
    let span = high - low + 1.0;
    (span <= (TABLE_SLOTS_PER_ROW * values.len().max(1024)) as f64).then_some((low, span as usize))
}

/// Bits whose unsigned order is the order of the numbers.
fn ordered_bits(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(values: &[f64]) -> Factor {
        let frame = Frame::new().add_real("x", values.to_vec()).unwrap();
        let rows: Vec<u32> = (0..values.len() as u32).collect();
        Factor::from_columns(&frame, &["x".to_string()], &rows).unwrap()
    }

    #[test]
    fn levels_are_numbered_by_value_for_integers_and_fractions_alike() {
        assert_eq!(factor(&[7.0, -2.0, 7.0]).codes(), [1, 0, 1]);
        assert_eq!(factor(&[7.5, -2.0, 1e300, -1e300]).codes(), [2, 1, 3, 0]);
        assert_eq!(factor(&[0.0, -0.0, 0.5]).nlevels(), 2);
        assert_eq!(factor(&[9e15, 9e15 + 2.0, 9e15]).codes(), [0, 1, 0]);
    }

    #[test]
    fn both_ways_to_interact_agree() {
        let (a, b) = (factor(&[0.0, 1.0, 1.0, 0.0]), factor(&[5.0, 5.0, 6.0, 5.0]));
        let keys = a.codes.iter().zip(b.codes()).map(|(&a, &b)| u64::from(a) << 32 | u64::from(b)).collect();
        assert_eq!(a.by(&b), Factor::from_keys(keys));
        assert_eq!(a.by(&b).codes(), [0, 1, 2, 0]);
    }

    #[test]
    fn nesting_is_told_from_crossing() {
        let (practice, ccg) = (factor(&[0.0, 0.0, 1.0, 2.0]), factor(&[0.0, 0.0, 0.0, 1.0]));
        assert!(practice.is_nested_in(&ccg));
        assert!(!ccg.is_nested_in(&practice));
        assert!(practice.is_nested_in(&practice));
    }
}
