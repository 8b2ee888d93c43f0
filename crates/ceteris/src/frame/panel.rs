//! Units by times: each unit at most once at each time, its gaps known, and lags and leads that respect them.
//!
//! lag_l(y)_it = y_{i, t-l}, missing where unit i has no row at time t-l (times are whole numbers).

use super::{Column, Factor, Frame, Interaction};
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
    /// The columns that identify a unit.
    unit: Interaction,
    /// The distinct times, ascending.
    times: Vec<i64>,
    /// The place of the time, and the row, of each observation: by unit and then by time.
    observed: Vec<(u32, u32)>,
    /// Where each unit starts in `observed`, and one more at the end.
    starts: Vec<usize>,
    /// Rows of the frame.
    nrows: usize,
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
    pub(crate) fn of(frame: &Frame, unit: &Interaction, time: &str) -> Result<Self> {
        let rows: Vec<u32> = (0..frame.nrows() as u32).collect();
        Self::of_rows(frame, unit, time, &rows)
    }

    /// The same for some rows of a frame.
    ///
    /// # Errors
    /// As [`Panel::new`].
    pub(crate) fn of_rows(frame: &Frame, unit: &Interaction, time: &str, rows: &[u32]) -> Result<Self> {
        let labels = unit.in_frame(frame)?;
        let time_of = whole_numbers(frame, time)?;
        let complete = |row: &u32| time_of[*row as usize].is_some() && labels.is_complete(*row as usize);
        let rows: Vec<u32> = rows.iter().copied().filter(complete).collect();
        let units = unit.factor(frame, &rows)?;
        let places = Factor::from_columns(frame, &[time.to_string()], &rows)?;
        let mut times = vec![0; places.nlevels()];
        for (&row, &place) in rows.iter().zip(places.codes()) {
            times[place as usize] = time_of[row as usize].expect("rows without a time are left out");
        }
        let mut observed: Vec<(u32, u32, u32)> = Vec::with_capacity(rows.len());
        for ((&row, &unit), &place) in rows.iter().zip(units.codes()).zip(places.codes()) {
            observed.push((unit, place, row));
        }
        observed.sort_unstable();
        if let Some(pair) = observed.windows(2).find(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1))
        {
            let rows = (pair[0].2 as usize, pair[1].2 as usize);
            let (unit, time) = (labels.label(rows.0), times[pair[0].1 as usize].to_string());
            return Err(Error::DuplicateObservation { unit, time, rows: (rows.0.into(), rows.1.into()) });
        }
        let mut starts = vec![0; units.nlevels() + 1];
        for (unit, size) in units.sizes().iter().enumerate() {
            starts[unit + 1] = starts[unit] + *size as usize;
        }
        let observed = observed.into_iter().map(|(_, place, row)| (place, row)).collect();
        Ok(Self { unit: unit.clone(), times, observed, starts, nrows: frame.nrows() })
    }

    /// The value `by` periods earlier in the same unit (later if `by` is negative); `NaN` in a gap.
    pub fn shift(&self, values: &[f64], by: i64) -> Vec<f64> {
        self.pick(values, |time| time.checked_sub(by))
    }

    /// The value of the same unit at a fixed time, in each of its rows; `NaN` if there is none.
    pub fn at(&self, values: &[f64], time: i64) -> Vec<f64> {
        self.pick(values, |_| Some(time))
    }

    fn pick(&self, values: &[f64], wanted: impl Fn(i64) -> Option<i64>) -> Vec<f64> {
        let place = |&time: &i64| self.times.binary_search(&wanted(time)?).ok();
        let places: Vec<Option<usize>> = self.times.iter().map(place).collect();
        let mut picked = vec![f64::NAN; self.nrows];
        for unit in 0..self.nunits() {
            for &(time, row) in self.observed(unit) {
                let found = places[time as usize].and_then(|place| self.row(unit, place));
                found.into_iter().for_each(|found| picked[row as usize] = values[found]);
            }
        }
        picked
    }

    /// The columns that identify a unit.
    pub(crate) fn unit(&self) -> &Interaction {
        &self.unit
    }

    /// Number of units.
    pub(crate) fn nunits(&self) -> usize {
        self.starts.len() - 1
    }

    /// Number of rows that belong to a unit.
    pub(crate) fn nobs(&self) -> usize {
        self.observed.len()
    }

    /// The distinct times, ascending.
    pub(crate) fn times(&self) -> &[i64] {
        &self.times
    }

    /// The rows of a unit, by time.
    pub(crate) fn rows(&self, unit: usize) -> impl Iterator<Item = usize> {
        self.observed(unit).iter().map(|&(_, row)| row as usize)
    }

    /// The row of a unit at a place among the times; `None` in a gap.
    pub(crate) fn row(&self, unit: usize, place: usize) -> Option<usize> {
        let mine = self.observed(unit);
        // Without a gap since its first time, the place says where the row stands.
        let nth = place.checked_sub(mine.first()?.0 as usize)?;
        if let Some(&(held, row)) = mine.get(nth)
            && held as usize == place
        {
            return Some(row as usize);
        }
        let nth = mine.binary_search_by_key(&place, |&(held, _)| held as usize).ok()?;
        Some(mine[nth].1 as usize)
    }

    /// The name of a unit.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`] in another frame.
    pub(crate) fn label(&self, frame: &Frame, unit: usize) -> Result<String> {
        let labels = self.unit.in_frame(frame)?;
        Ok(self.rows(unit).next().map_or(String::new(), |row| labels.label(row)))
    }

    fn observed(&self, unit: usize) -> &[(u32, u32)] {
        &self.observed[self.starts[unit]..self.starts[unit + 1]]
    }
}

/// The largest whole number that a double tells from its neighbours.
const LARGEST: f64 = 9_007_199_254_740_991.0;

/// A column of times; `None` where it is missing.
///
/// # Errors
/// [`Error::UnknownColumn`]; [`Error::ColumnKind`] for a category; [`Error::NotWhole`].
pub(crate) fn whole_numbers(frame: &Frame, name: &str) -> Result<Vec<Option<i64>>> {
    let values = real_times(frame, name)?.iter().enumerate();
    values.map(|(row, &value)| whole_number(name, row, value)).collect()
}

/// A column of dates: the same, where infinity is a date after all times.
///
/// # Errors
/// As [`whole_numbers`].
pub(crate) fn dates(frame: &Frame, name: &str) -> Result<Vec<Option<i64>>> {
    let date = |(row, &value): (usize, &f64)| match value {
        f64::INFINITY => Ok(Some(i64::MAX)),
        value => whole_number(name, row, value),
    };
    real_times(frame, name)?.iter().enumerate().map(date).collect()
}

fn whole_number(column: &str, row: usize, value: f64) -> Result<Option<i64>> {
    match value {
        value if value.is_nan() => Ok(None),
        value if value == value.trunc() && value.abs() <= LARGEST => Ok(Some(value as i64)),
        value => Err(Error::NotWhole { column: column.to_string(), row: row.into(), value }),
    }
}

fn real_times<'a>(frame: &'a Frame, name: &str) -> Result<&'a [f64]> {
    match frame.column(name)? {
        Column::Real(values) => Ok(values),
        Column::Category(category) => {
            let (expected, found) = ("whole numbers (times)", category.describe());
            Err(Error::ColumnKind { column: name.to_string(), expected, found })
        }
    }
}
