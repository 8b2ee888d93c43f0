//! When each unit was first treated, read from a frame.
//!
//! event time = time - first treated time. A unit whose first treated time lies after the last time of the
//! sample is not treated in it, and so is one that the coding of "never" names.

use crate::error::{Error, Result};
use crate::frame::{Frame, Index, Interaction, whole_numbers};
use crate::notice::Notice;

/// How a column of first treated times says "never". Times after the last one of the sample always do.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Never {
    /// Only by a time after the last one; a missing value is missing, and its row is dropped.
    #[default]
    Later,
    /// By this value.
    Value(i64),
    /// By a missing value.
    Missing,
}

/// The columns that say who was treated when.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub(crate) struct Adoption {
    pub(crate) unit: Interaction,
    pub(crate) time: String,
    pub(crate) first_treated: String,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) never: Never,
}

/// First treated times over the rows of a frame.
#[derive(Debug, Clone)]
pub(crate) struct Cohorts {
    /// The time of each row; `None` where it is missing.
    pub(crate) times: Vec<Option<i64>>,
    /// What is known of each row's unit.
    pub(crate) first_treated: Vec<FirstTreated>,
    /// The first and the last time of the sample.
    pub(crate) span: (i64, i64),
}

/// What is known of a unit's treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstTreated {
    /// Treated from this time on.
    At(i64),
    /// Not treated in the sample.
    Never,
    /// The value is missing.
    Unknown,
}

impl Adoption {
    pub(crate) fn new(index: Index<'_>, first_treated: &str) -> Self {
        Self {
            unit: index.units(),
            time: index.time.to_string(),
            first_treated: first_treated.to_string(),
            never: Never::default(),
        }
    }

    /// Reads the rows of a sample; rows outside it are `Unknown`.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::ColumnKind`] if times are not whole numbers;
    /// [`Error::NotConstant`] if a unit has two first treated times.
    pub(crate) fn read(&self, frame: &Frame, rows: &[u32]) -> Result<Cohorts> {
        let times = whole_numbers(frame, &self.time)?;
        let coded = whole_numbers(frame, &self.first_treated)?;
        self.check_constant(frame, rows)?;
        let of_sample = || rows.iter().filter_map(|&row| times[row as usize]);
        let none = || Error::EmptySample { dropped: vec![(format!("missing `{}`", self.time), rows.len())] };
        let first = of_sample().min().ok_or_else(none)?;
        let last = of_sample().max().ok_or_else(none)?;
        let mut first_treated = vec![FirstTreated::Unknown; frame.nrows()];
        for &row in rows {
            first_treated[row as usize] = match (coded[row as usize], self.never) {
                (None, Never::Missing) => FirstTreated::Never,
                (None, _) => FirstTreated::Unknown,
                (Some(value), Never::Value(never)) if value == never => FirstTreated::Never,
                (Some(value), _) if value > last => FirstTreated::Never,
                (Some(value), _) => FirstTreated::At(value),
            };
        }
        Ok(Cohorts { times, first_treated, span: (first, last) })
    }

    fn check_constant(&self, frame: &Frame, rows: &[u32]) -> Result<()> {
        let units = self.unit.in_frame(frame)?;
        let rows: Vec<u32> = rows.iter().copied().filter(|row| units.is_complete(*row as usize)).collect();
        let factor = self.unit.factor(frame, &rows)?;
        let values = frame.real(&self.first_treated)?;
        let mut seen: Vec<Option<u32>> = vec![None; factor.nlevels()];
        for (&row, &unit) in rows.iter().zip(factor.codes()) {
            let first = *seen[unit as usize].get_or_insert(row);
            let (a, b) = (values[first as usize], values[row as usize]);
            if a != b && !(a.is_nan() && b.is_nan()) {
                return Err(Error::NotConstant {
                    column: self.first_treated.clone(),
                    unit: units.label(row as usize),
                    values: (a.to_string(), b.to_string()),
                    rows: ((first as usize).into(), (row as usize).into()),
                });
            }
        }
        Ok(())
    }
}

impl Cohorts {
    /// time - first treated time, where both are known.
    pub(crate) fn event_time(&self, row: usize) -> Option<i64> {
        match (self.times[row], self.first_treated[row]) {
            (Some(time), FirstTreated::At(first)) => Some(time - first),
            _ => None,
        }
    }

    /// The distinct first treated times, ascending.
    pub(crate) fn dates(&self) -> Vec<i64> {
        let mut dates: Vec<i64> = self.treated().map(|(_, date)| date).collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    /// Whether some unit is never treated in the sample.
    pub(crate) fn has_never_treated(&self) -> bool {
        self.first_treated.contains(&FirstTreated::Never)
    }

    /// Rows of units treated at the first time of the sample or before it: nothing shows what they were
    /// without treatment.
    pub(crate) fn always_treated(&self) -> Vec<usize> {
        self.treated().filter(|(_, date)| *date <= self.span.0).map(|(row, _)| row).collect()
    }

    /// What to tell of always-treated rows, if there are any.
    pub(crate) fn notice_of_always_treated(&self) -> Option<Notice> {
        let earliest = self.dates().into_iter().next()?;
        let rows = self.always_treated().len();
        (rows > 0).then_some(Notice::AlwaysTreated { rows, earliest, first_time: self.span.0 })
    }

    fn treated(&self) -> impl Iterator<Item = (usize, i64)> {
        self.first_treated.iter().enumerate().filter_map(|(row, first)| match first {
            FirstTreated::At(date) => Some((row, *date)),
            _ => None,
        })
    }
}
