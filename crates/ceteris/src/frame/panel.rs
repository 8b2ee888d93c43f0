//! A panel: each unit at most once at each time, and lags and leads that respect gaps.
//!
//! lag_l(y)_it = y_{i, t-l}, missing where unit i has no row at time t-l (times are whole numbers).

use super::{Column, Frame, Interaction};
use crate::error::{Error, Result};

/// The two dimensions of a panel. Named fields: two columns cannot be swapped unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Index<'a> {
    /// The column (or an interaction `a^b`) that identifies a unit.
    pub unit: &'a str,
    /// The column of the time, whole numbers.
    pub time: &'a str,
}

impl Index<'_> {
    /// The columns that identify a unit.
    pub fn units(&self) -> Interaction {
        Interaction::from(self.unit)
    }
}

/// Which row holds which unit at which time.
#[derive(Debug, Clone)]
pub struct Panel {
    units: Vec<Option<u32>>,
    times: Vec<i64>,
    /// Time and row of each observation, sorted by unit and then by time.
    observed: Vec<(i64, u32)>,
    /// Where each unit starts in `observed`, and one more at the end.
    starts: Vec<usize>,
}

impl Panel {
    /// Indexes a frame. Rows where the unit or the time is missing belong to no unit.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::ColumnKind`], [`Error::NotWhole`] if time is not whole numbers;
    /// [`Error::DuplicateObservation`].
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Index, Panel};
    /// let frame = Frame::new()
    ///     .add_category("practice", [Some("A"), Some("A"), Some("A")])?
    ///     .add_real("year", vec![2010.0, 2011.0, 2013.0])?
    ///     .add_real("uptake", vec![80.0, 81.0, 83.0])?;
    /// let panel = Panel::new(&frame, Index { unit: "practice", time: "year" })?;
    /// let lagged = panel.shift(frame.real("uptake")?, 1);
    /// assert!(lagged[0].is_nan());
    /// assert_eq!(lagged[1], 80.0);
    /// assert!(lagged[2].is_nan(), "2012 is a gap");
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn new(frame: &Frame, index: Index<'_>) -> Result<Self> {
        Self::of(frame, &index.units(), index.time)
    }

    /// The same for units that are known as columns.
    pub(crate) fn of(frame: &Frame, units: &Interaction, time: &str) -> Result<Self> {
        let labels = units.in_frame(frame)?;
        let times = whole_numbers(frame, time)?;
        let complete = |row: &u32| times[*row as usize].is_some() && labels.is_complete(*row as usize);
        let rows: Vec<u32> = (0..frame.nrows() as u32).filter(complete).collect();
        let factor = units.factor(frame, &rows)?;
        let mut observed: Vec<(u32, i64, u32)> = Vec::with_capacity(rows.len());
        let mut units = vec![None; frame.nrows()];
        let times: Vec<i64> = times.iter().map(|time| time.unwrap_or(0)).collect();
        for (&row, &unit) in rows.iter().zip(factor.codes()) {
            units[row as usize] = Some(unit);
            observed.push((unit, times[row as usize], row));
        }
        observed.sort_unstable();
        if let Some(pair) = observed.windows(2).find(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1))
        {
            let (first, second) = (pair[0].2 as usize, pair[1].2 as usize);
            let (unit, time) = (labels.label(first), pair[0].1.to_string());
            return Err(Error::DuplicateObservation { unit, time, rows: (first.into(), second.into()) });
        }
        let mut starts = vec![0; factor.nlevels() + 1];
        observed.iter().for_each(|&(unit, ..)| starts[unit as usize + 1] += 1);
        for unit in 0..factor.nlevels() {
            starts[unit + 1] += starts[unit];
        }
        let observed = observed.into_iter().map(|(_, time, row)| (time, row)).collect();
        Ok(Self { units, times, observed, starts })
    }

    /// The value `by` periods earlier in the same unit (later if `by` is negative); `NaN` in a gap.
    pub fn shift(&self, values: &[f64], by: i64) -> Vec<f64> {
        self.pick(values, |time| time - by)
    }

    /// The value of the same unit at a fixed time, in each of its rows; `NaN` if there is none.
    pub fn at(&self, values: &[f64], time: i64) -> Vec<f64> {
        self.pick(values, |_| time)
    }

    fn pick(&self, values: &[f64], wanted: impl Fn(i64) -> i64) -> Vec<f64> {
        let value = |(unit, &time): (&Option<u32>, &i64)| {
            unit.and_then(|unit| self.row(unit, wanted(time))).map_or(f64::NAN, |row| values[row as usize])
        };
        self.units.iter().zip(&self.times).map(value).collect()
    }

    /// The row of a unit at a time.
    fn row(&self, unit: u32, time: i64) -> Option<u32> {
        let mine = &self.observed[self.starts[unit as usize]..self.starts[unit as usize + 1]];
        let place = mine.binary_search_by_key(&time, |(time, _)| *time).ok()?;
        Some(mine[place].1)
    }
}

/// The largest whole number that a double tells from its neighbours.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// A column of times; `None` where it is missing.
///
/// # Errors
/// [`Error::UnknownColumn`]; [`Error::ColumnKind`] for a category; [`Error::NotWhole`].
pub(crate) fn whole_numbers(frame: &Frame, name: &str) -> Result<Vec<Option<i64>>> {
    let Column::Real(values) = frame.column(name)? else {
        let found = frame.category(name)?.describe();
        let expected = "whole numbers (times)";
        return Err(Error::ColumnKind { column: name.to_string(), expected, found });
    };
    let whole = |(row, &value): (usize, &f64)| match value {
        value if value.is_nan() => Ok(None),
        value if value == value.trunc() && value.abs() <= LARGEST => Ok(Some(value as i64)),
        value => Err(Error::NotWhole { column: name.to_string(), row: row.into(), value }),
    };
    values.iter().enumerate().map(whole).collect()
}
