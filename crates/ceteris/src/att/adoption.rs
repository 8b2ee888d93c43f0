//! When each unit was first treated, read from a frame.
//!
//! event time = time - first treated time. A unit whose first treated time lies after the last time of the
//! sample is not treated in it, and so is one that the coding of "never" names.

use crate::error::{Error, Result};
use crate::frame::{Frame, Index, Interaction, check_constant, dates, whole_numbers};
use crate::notice::Notice;

/// How a column of first treated times says "never". Times after the last one of the sample, and infinity, always do.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Never {
    /// Only by a time after the last one; a missing value is refused.
    #[default]
    Later,
    /// By this value.
    Value(i64),
    /// By a missing value.
    Missing,
}

/// What becomes of units treated at the first time of the sample or before it: nothing shows what they were without
/// treatment, and a code for never looks like such a time. Without this setting they are refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Always {
    /// Their rows are left out, with a notice.
    Drop,
    /// They take part, with a notice, where an estimator can use them.
    Keep,
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
    #[cfg_attr(feature = "serde", serde(default))]
    pub(crate) always: Option<Always>,
}

/// First treated times over the rows of a frame.
#[derive(Debug, Clone)]
pub(crate) struct Cohorts {
    /// The time of each row; `None` where it is missing.
    pub(crate) times: Vec<Option<i64>>,
    /// What is known of each row's unit.
    pub(crate) first_treated: Vec<FirstTreated>,
    /// What to tell of units treated from the start.
    pub(crate) notices: Vec<Notice>,
}

/// What is known of a unit's treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstTreated {
    /// Treated from this time on.
    At(i64),
    /// Not treated in the sample.
    Never,
    /// The row is not in the sample, or left out as always treated.
    Outside,
}

impl Adoption {
    pub(crate) fn new(index: Index<'_>, first_treated: &str) -> Self {
        Self {
            unit: index.units(),
            time: index.time.to_string(),
            first_treated: first_treated.to_string(),
            never: Never::default(),
            always: None,
        }
    }

    /// Reads the rows of a sample.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::ColumnKind`], [`Error::NotWhole`] if times are not whole numbers;
    /// [`Error::NotConstant`] if a unit has two first treated times; [`Error::FirstTreatedMissing`],
    /// [`Error::NeverOrAlways`] for values whose meaning nothing says.
    pub(crate) fn read(&self, frame: &Frame, rows: &[u32]) -> Result<Cohorts> {
        let times = whole_numbers(frame, &self.time)?;
        let coded = dates(frame, &self.first_treated)?;
        self.check_constant(frame, rows)?;
        let of_sample = || rows.iter().filter_map(|&row| times[row as usize]);
        let none = || Error::EmptySample { dropped: vec![(format!("missing `{}`", self.time), rows.len())] };
        let first = of_sample().min().ok_or_else(none)?;
        let last = of_sample().max().ok_or_else(none)?;
        let mut first_treated = vec![FirstTreated::Outside; frame.nrows()];
        let mut missing = Vec::new();
        for &row in rows {
            first_treated[row as usize] = match (coded[row as usize], self.never) {
                (None, Never::Missing) => FirstTreated::Never,
                (None, _) => {
                    missing.push(row);
                    FirstTreated::Outside
                }
                (Some(value), Never::Value(never)) if value == never => FirstTreated::Never,
                (Some(value), _) if value > last => FirstTreated::Never,
                (Some(value), _) => FirstTreated::At(value),
            };
        }
        if !missing.is_empty() {
            let (column, units) = (self.first_treated.clone(), self.units(frame, missing)?);
            return Err(Error::FirstTreatedMissing { column, units });
        }
        let notices = self.treated_from_the_start(frame, &mut first_treated, first)?;
        Ok(Cohorts { times, first_treated, notices })
    }

    /// Number of units that some rows belong to.
    fn units(&self, frame: &Frame, rows: Vec<u32>) -> Result<usize> {
        let units = self.unit.in_frame(frame)?;
        let rows: Vec<u32> = rows.into_iter().filter(|row| units.is_complete(*row as usize)).collect();
        Ok(self.unit.factor(frame, &rows)?.nlevels())
    }

    /// Refuses, drops or keeps the rows of units treated at the first time or before it.
    fn treated_from_the_start(
        &self,
        frame: &Frame,
        rows: &mut [FirstTreated],
        first_time: i64,
    ) -> Result<Vec<Notice>> {
        let date = |row: &FirstTreated| match row {
            FirstTreated::At(date) if *date <= first_time => Some(*date),
            _ => None,
        };
        let Some(earliest) = rows.iter().filter_map(date).min() else { return Ok(Vec::new()) };
        let always = rows.iter().filter(|row| date(row).is_some()).count();
        match self.always {
            None => {
                let numbered = (0..).zip(rows.iter());
                let mine = numbered.filter(|(_, row)| **row == FirstTreated::At(earliest));
                let (column, units) =
                    (self.first_treated.clone(), self.units(frame, mine.map(|(row, _)| row).collect())?);
                Err(Error::NeverOrAlways { column, value: earliest, units, first_time })
            }
            Some(Always::Keep) => Ok(vec![Notice::AlwaysTreated { rows: always, earliest, first_time }]),
            Some(Always::Drop) => {
                rows.iter_mut()
                    .filter(|row| date(row).is_some())
                    .for_each(|row| *row = FirstTreated::Outside);
                let rule = format!("treated from the first time, {first_time}, or before it");
                Ok(vec![Notice::RowsDropped { rule, rows: always }])
            }
        }
    }

    /// Refuses to keep always-treated units.
    ///
    /// # Errors
    /// [`Error::Unsupported`], in the words of the estimator that cannot use them.
    pub(crate) fn cannot_keep_always(&self, with: &'static str) -> Result<()> {
        match self.always {
            Some(Always::Keep) => Err(Error::Unsupported { what: "keeping always-treated units", with }),
            _ => Ok(()),
        }
    }

    fn check_constant(&self, frame: &Frame, rows: &[u32]) -> Result<()> {
        let units = self.unit.in_frame(frame)?;
        let rows: Vec<u32> = rows.iter().copied().filter(|row| units.is_complete(*row as usize)).collect();
        let factor = self.unit.factor(frame, &rows)?;
        let numbered = rows.iter().zip(factor.codes()).map(|(&row, &unit)| (unit as usize, row as usize));
        check_constant(frame, &self.unit, &self.first_treated, numbered)
    }
}

impl Cohorts {
    /// The distinct first treated times, ascending.
    pub(crate) fn dates(&self) -> Vec<i64> {
        let mut dates: Vec<i64> = self.treated().collect();
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    /// Whether some unit is never treated in the sample.
    pub(crate) fn has_never_treated(&self) -> bool {
        self.first_treated.contains(&FirstTreated::Never)
    }

    fn treated(&self) -> impl Iterator<Item = i64> {
        self.first_treated.iter().filter_map(|first| match first {
            FirstTreated::At(date) => Some(*date),
            _ => None,
        })
    }
}
