//! A factor: dense level codes 0..nlevels for the rows of a sample, from one column or from the
//! interaction of several. Effects and clusters are factors.
//!
//! Levels are numbered in the order of their values (for an interaction, lexicographically), and
//! levels without a row in the sample have no number.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Column, Frame};
use crate::error::{Error, Result};
use crate::linalg::vectorized::vectorized;

/// Dense level codes of the rows of a sample. A clone shares the codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    codes: Arc<Vec<u32>>,
    /// Rows of each level.
    sizes: Arc<Vec<u32>>,
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

    /// Codes that are all below `nlevels`.
    fn new(codes: Vec<u32>, nlevels: usize) -> Self {
        let sizes = Arc::new(count(&codes, nlevels));
        Self { codes: Arc::new(codes), sizes }
    }

    fn from_column(column: &Column, rows: Rows<'_>) -> Self {
        match (column, rows) {
            (Column::Real(values), rows) => match (values.integers(), rows) {
                (Some(integers), rows) => Self::from_integers(integers, rows),
                (None, Rows::All) => Self::from_reals(values),
                (None, Rows::Some(rows)) => {
                    Self::from_reals(&rows.iter().map(|&row| values[row as usize]).collect::<Vec<f64>>())
                }
            },
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
        let mut sizes = count(&codes, bound);
        if sizes.contains(&0) {
            let mut nlevels = 0;
            let number = |size: &u32| {
                let next = nlevels;
                nlevels += u32::from(*size > 0);
                next
            };
            let numbers: Vec<u32> = sizes.iter().map(number).collect();
            codes.iter_mut().for_each(|code| *code = numbers[*code as usize]);
            sizes.retain(|size| *size > 0);
        }
        Self { codes: Arc::new(codes), sizes: Arc::new(sizes) }
    }

    fn from_reals(values: &[f64]) -> Self {
        if let Some((low, span)) = small_integers(values) {
            let mut codes = vec![0; values.len()];
            offsets(values, low, &mut codes);
            return Self::compacted(codes, span);
        }
        // -0.0 and 0.0 are one level: adding 0.0 makes both +0.0.
        Self::from_keys(values.iter().map(|value| ordered_bits(value + 0.0)).collect())
    }

    fn from_integers(values: &[Option<i128>], rows: Rows<'_>) -> Self {
        let present = |value: Option<i128>| value.expect("the sample dropped missing values");
        Self::from_keys(match rows {
            Rows::All => values.iter().map(|value| present(*value)).collect(),
            Rows::Some(rows) => rows.iter().map(|&row| present(values[row as usize])).collect(),
        })
    }

    /// Codes in the order of arbitrary keys.
    fn from_keys<K: Ord + Copy + Send + Sync>(keys: Vec<K>) -> Self {
        let mut distinct = keys.clone();
        distinct.par_sort_unstable();
        distinct.dedup();
        let code = |key: &K| distinct.binary_search(key).expect("every key is among the distinct ones");
        Self::new(keys.par_iter().map(|key| code(key) as u32).collect(), distinct.len())
    }

    /// The interaction with another factor of the same rows.
    pub fn by(&self, other: &Self) -> Self {
        let (first, second) = (self.codes.as_slice(), other.codes.as_slice());
        let slots = self.nlevels().saturating_mul(other.nlevels());
        let pairs = first.iter().zip(second);
        if slots <= TABLE_SLOTS_PER_ROW * self.codes.len().max(1024) && u32::try_from(slots).is_ok() {
            let width = other.nlevels() as u32;
            Self::compacted(pairs.map(|(&a, &b)| a * width + b).collect(), slots)
        } else {
            Self::from_keys(pairs.map(|(&a, &b)| u64::from(a) << 32 | u64::from(b)).collect())
        }
    }

    /// The levels at these places, with the numbers that they have here: some may have no row.
    pub(crate) fn at(&self, places: impl Iterator<Item = usize>) -> Self {
        Self::new(places.map(|place| self.codes[place]).collect(), self.nlevels())
    }

    /// The same levels, renumbered so that each has a row.
    pub(crate) fn without_empty_levels(&self) -> Self {
        Self::compacted(self.codes.to_vec(), self.nlevels())
    }

    /// The same rows in another order.
    pub(crate) fn reordered(&self, order: &[u32]) -> Self {
        let codes = order.iter().map(|&row| self.codes[row as usize]).collect();
        Self { codes: Arc::new(codes), sizes: Arc::clone(&self.sizes) }
    }

    /// The level of each row.
    pub fn codes(&self) -> &[u32] {
        &self.codes
    }

    /// Number of levels, each with at least one row.
    pub fn nlevels(&self) -> usize {
        self.sizes.len()
    }

    /// Rows of each level.
    pub(crate) fn sizes(&self) -> &[u32] {
        &self.sizes
    }

    /// Whether every level of this factor lies inside one level of `other`.
    pub fn is_nested_in(&self, other: &Self) -> bool {
        if self.nlevels() < other.nlevels() {
            return false;
        }
        let mut outer = vec![u32::MAX; self.nlevels()];
        let mut pieces = self.codes.chunks(PIECE).zip(other.codes.chunks(PIECE));
        pieces.all(|(levels, held)| {
            levels.iter().zip(held).fold(true, |so_far, (&level, &held)| {
                let known = &mut outer[level as usize];
                *known = if *known == u32::MAX { held } else { *known };
                so_far & (*known == held)
            })
        })
    }

    /// Whether two rows are in one level of this factor if and only if they are in one level of `other`: of two
    /// factors with as many levels, of which each has a row, one nested in the other is the same partition.
    pub(crate) fn same_partition(&self, other: &Self) -> bool {
        self.nlevels() == other.nlevels() && self.is_nested_in(other)
    }

    /// The level of `other` that a row of each level has: the only one where this factor is nested.
    pub(crate) fn outer(&self, other: &Self) -> Vec<u32> {
        let mut outer = vec![0; self.nlevels()];
        self.codes.iter().zip(other.codes()).for_each(|(&level, &held)| outer[level as usize] = held);
        outer
    }
}

/// Rows that are looked through before asking whether all were alike.
const PIECE: usize = 1024;

/// How often each code below `bound` occurs.
fn count(codes: &[u32], bound: usize) -> Vec<u32> {
    let mut sizes = vec![0; bound];
    codes.iter().for_each(|&code| sizes[code as usize] += 1);
    sizes
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

/// Up to this size the shift leaves a whole number in the low bits. Below -2^51 halves pass for whole numbers and
/// two numbers differ by more in their bits than in their value; above 2^51, by less.
const WHOLE_BELOW: f64 = 2_251_799_813_685_248.0;

/// Smallest and largest values kept side by side, so that the compiler can use vector registers.
const LANES: usize = 8;

#[inline(always)]
fn whole(value: f64) -> bool {
    (value + INTEGER_SHIFT) - INTEGER_SHIFT == value
}

vectorized! {
    /// Whether all values are whole; brings the smallest and largest up to date.
    fn all_whole(values: &[[f64; LANES]], lows: &mut [f64; LANES], highs: &mut [f64; LANES]) -> bool {
        // Local, so that they can stay in registers.
        let (mut least, mut most, mut broken) = (*lows, *highs, [0_u64; LANES]);
        for values in values {
            for (((value, least), most), broken) in
                values.iter().zip(&mut least).zip(&mut most).zip(&mut broken)
            {
                *broken |= u64::from(!whole(*value));
                *least = if *value < *least { *value } else { *least };
                *most = if *value > *most { *value } else { *most };
            }
        }
        (*lows, *highs) = (least, most);
        broken == [0; LANES]
    }
}

vectorized! {
    /// The distance of whole numbers from the smallest.
    fn offsets(values: &[f64], low: f64, codes: &mut [u32]) {
        let base = integer_bits(low);
        let code = |value: f64| integer_bits(value).wrapping_sub(base) as u32;
        codes.iter_mut().zip(values).for_each(|(held, value)| *held = code(*value));
    }
}

/// Bits that differ between whole numbers by as much as the numbers do.
#[inline(always)]
fn integer_bits(value: f64) -> u64 {
    (value + INTEGER_SHIFT).to_bits()
}

/// The smallest value and the width of the range, when a table over that range is cheap.
fn small_integers(values: &[f64]) -> Option<(f64, usize)> {
    let first = values.first().copied().unwrap_or(0.0);
    let (mut lows, mut highs) = ([first; LANES], [first; LANES]);
    let (lanes, tail) = values.as_chunks::<LANES>();
    let mut pieces = lanes.chunks(PIECE / LANES);
    if !pieces.all(|piece| all_whole(piece, &mut lows, &mut highs)) || !tail.iter().all(|&x| whole(x)) {
        return None;
    }
    let low = lows.iter().chain(tail).fold(first, |low, value| value.min(low));
    let high = highs.iter().chain(tail).fold(first, |high, value| value.max(high));
    let span = high - low + 1.0;
    let in_range = low >= -WHOLE_BELOW && high <= WHOLE_BELOW;
    (in_range && span <= (TABLE_SLOTS_PER_ROW * values.len().max(1024)) as f64)
        .then_some((low, span as usize))
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
        let edge = 2f64.powi(51);
        for low in [-edge - 2.0, -edge - 1.5, -edge, -2.0 * edge, -4.0 * edge, edge - 2.0, 4.0 * edge] {
            assert_eq!(factor(&[low + 4.0, low, low + 8.0]).codes(), [1, 0, 2], "{low}");
        }
        assert_eq!(factor(&[-edge, -edge - 0.5, -edge - 1.0, -edge + 0.5]).codes(), [2, 1, 0, 3]);
    }

    #[test]
    fn whole_numbers_that_are_no_doubles_are_levels_of_their_own() {
        let frame = Frame::new().add_integers("id", [i64::MAX, 3, i64::MAX - 1, 3].map(Some)).unwrap();
        let id = ["id".to_string()];
        assert_eq!(Factor::from_columns(&frame, &id, &[0, 1, 2, 3]).unwrap().codes(), [2, 0, 1, 0]);
        assert_eq!(Factor::from_columns(&frame, &id, &[0, 2]).unwrap().codes(), [1, 0]);
    }

    #[test]
    fn both_ways_to_interact_agree() {
        let (a, b) = (factor(&[0.0, 1.0, 1.0, 0.0]), factor(&[5.0, 5.0, 6.0, 5.0]));
        let keys = a.codes.iter().zip(b.codes()).map(|(&a, &b)| u64::from(a) << 32 | u64::from(b)).collect();
        assert_eq!(a.by(&b), Factor::from_keys::<u64>(keys));
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
