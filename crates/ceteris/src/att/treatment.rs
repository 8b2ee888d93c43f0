//! A block design read from a frame: every unit at every time, and one date from which some units are treated.

use std::collections::BTreeMap;

use super::adoption::{Adoption, FirstTreated};
use super::block::Block;
use crate::error::{Error, Result};
use crate::frame::{Frame, Index, Interaction, Panel, indicator, whole_numbers};
use crate::notice::Notice;

/// How a frame says who is treated when.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
pub(crate) enum Treatment {
    /// A 0/1 column, 1 in the rows of treated units from the date of treatment on.
    Status { unit: Interaction, time: String, treated: String },
    /// A column with the first treated time of the unit.
    FirstTreated(Adoption),
}

/// The block with the names of its rows and columns.
#[derive(Debug, Clone)]
pub(crate) struct UnitsByTimes {
    pub(crate) block: Block,
    /// The units, controls first, each in reading order.
    pub(crate) units: Vec<String>,
    /// The times, ascending.
    pub(crate) times: Vec<i64>,
    /// The row of the frame that holds a unit (in the order of `units`) at a time.
    pub(crate) rows: Vec<Vec<u32>>,
    pub(crate) notices: Vec<Notice>,
}

/// One unit: its label and its row at each time.
struct Unit {
    label: String,
    rows: BTreeMap<i64, u32>,
}

impl Treatment {
    pub(crate) fn status(index: Index<'_>, treated: &str) -> Self {
        let (unit, time) = (index.units(), index.time.to_string());
        Treatment::Status { unit, time, treated: treated.to_string() }
    }

    /// The columns that identify a unit.
    pub(crate) fn unit(&self) -> &Interaction {
        match self {
            Treatment::Status { unit, .. } => unit,
            Treatment::FirstTreated(adoption) => &adoption.unit,
        }
    }

    /// The column of the time.
    pub(crate) fn time(&self) -> &str {
        match self {
            Treatment::Status { time, .. } => time,
            Treatment::FirstTreated(adoption) => &adoption.time,
        }
    }

    /// Reads the block.
    ///
    /// # Errors
    /// Those of [`Panel::new`]; [`Error::MissingCell`]; [`Error::NonFinite`]; [`Error::EmptyCell`] without
    /// treated or without control units; [`Error::TooFewTimes`] with fewer than two times before treatment;
    /// [`Error::Unsupported`] for several dates or a treatment that ends.
    pub(crate) fn read(&self, frame: &Frame, outcome: &str) -> Result<UnitsByTimes> {
        Panel::of(frame, self.unit(), self.time())?; // each unit once at each time
        let (units, times, notices) = self.units(frame)?;
        let dates = self.dates(frame, &units, &times)?;
        let date = one_date(&dates)?;
        let npre = times.iter().filter(|time| **time < date).count();
        if npre < FEWEST_TIMES {
            return Err(Error::TooFewTimes { first_treated: date, found: npre, needed: FEWEST_TIMES });
        }
        let (treated, controls): (Vec<usize>, Vec<usize>) =
            (0..units.len()).partition(|&unit| dates[unit].is_some());
        if controls.is_empty() {
            return Err(Error::EmptyCell { cell: "the group of control units".to_string() });
        }
        let order: Vec<usize> = [controls.as_slice(), &treated].concat();
        let values = frame.real(outcome)?;
        let path = |&i: &usize| times.iter().map(|&time| cell(&units[i], time, outcome, values)).collect();
        let paths = order.iter().map(path).collect::<Result<Vec<Vec<f64>>>>()?;
        let block = Block::of_paths(&paths, controls.len(), npre);
        let rows = order.iter().map(|&i| units[i].rows.values().copied().collect()).collect();
        let units = order.iter().map(|&i| units[i].label.clone()).collect();
        Ok(UnitsByTimes { block, units, times, rows, notices })
    }

    /// The units in reading order and all times.
    fn units(&self, frame: &Frame) -> Result<(Vec<Unit>, Vec<i64>, Vec<Notice>)> {
        let labels = self.unit().in_frame(frame)?;
        let times = whole_numbers(frame, self.time())?;
        let known = |row: &u32| times[*row as usize].is_some() && labels.is_complete(*row as usize);
        let rows: Vec<u32> = (0..frame.nrows() as u32).filter(known).collect();
        let lost = frame.nrows() - rows.len();
        let rule = format!("missing `{}` or `{}`", self.unit(), self.time());
        let notices = (lost > 0).then_some(Notice::RowsDropped { rule: rule.clone(), rows: lost });
        if rows.is_empty() {
            return Err(Error::EmptySample { dropped: vec![(rule, lost)] });
        }
        let factor = self.unit().factor(frame, &rows)?;
        let mut units: Vec<Unit> =
            (0..factor.nlevels()).map(|_| Unit { label: String::new(), rows: BTreeMap::new() }).collect();
        for (&row, &code) in rows.iter().zip(factor.codes()) {
            let unit = &mut units[code as usize];
            let time = times[row as usize].expect("rows with a missing time are not among these");
            unit.rows.insert(time, row);
            if unit.label.is_empty() {
                unit.label = labels.label(row as usize);
            }
        }
        let mut all: Vec<i64> = units.iter().flat_map(|unit| unit.rows.keys().copied()).collect();
        all.sort_unstable();
        all.dedup();
        Ok((units, all, notices.into_iter().collect()))
    }

    /// When each unit was first treated; `None` if not in these times.
    fn dates(&self, frame: &Frame, units: &[Unit], times: &[i64]) -> Result<Vec<Option<i64>>> {
        match self {
            Treatment::Status { treated, .. } => {
                let values = frame.real(treated)?;
                let status = indicator(frame, treated)?;
                units.iter().map(|unit| start(unit, times, treated, values, &status)).collect()
            }
            Treatment::FirstTreated(adoption) => {
                let rows: Vec<u32> = units.iter().flat_map(|unit| unit.rows.values().copied()).collect();
                let cohorts = adoption.read(frame, &rows)?;
                let date = |unit: &Unit| {
                    let (time, row) = unit.rows.iter().next().expect("a unit has a row");
                    match cohorts.first_treated[*row as usize] {
                        FirstTreated::At(date) => Ok(Some(date)),
                        FirstTreated::Never => Ok(None),
                        FirstTreated::Unknown => {
                            let (column, unit) = (adoption.first_treated.clone(), unit.label.clone());
                            Err(Error::MissingCell { column, unit, time: *time })
                        }
                    }
                };
                units.iter().map(date).collect()
            }
        }
    }
}

/// A first difference needs two times.
const FEWEST_TIMES: usize = 2;

/// The outcome of a unit at a time.
fn cell(unit: &Unit, time: i64, column: &str, values: &[f64]) -> Result<f64> {
    let missing = || Error::MissingCell { column: column.to_string(), unit: unit.label.clone(), time };
    let row = *unit.rows.get(&time).ok_or_else(missing)? as usize;
    match values[row] {
        value if value.is_nan() => Err(missing()),
        value if value.is_infinite() => {
            Err(Error::NonFinite { column: column.to_string(), row: row.into(), value })
        }
        value => Ok(value),
    }
}

/// The first time at which a unit's status is 1; from then on it must stay 1.
fn start(unit: &Unit, times: &[i64], column: &str, values: &[f64], status: &[bool]) -> Result<Option<i64>> {
    let mut date = None;
    for &time in times {
        cell(unit, time, column, values)?;
        let treated = status[unit.rows[&time] as usize];
        if date.is_some() && !treated {
            return Err(Error::Unsupported { what: "a treatment that ends", with: BLOCK });
        }
        if treated && date.is_none() {
            date = Some(time);
        }
    }
    Ok(date)
}

const BLOCK: &str = "a synthetic control or difference (one date, from which treatment stays)";

/// The date that all treated units share.
fn one_date(dates: &[Option<i64>]) -> Result<i64> {
    let mut distinct: Vec<i64> = dates.iter().flatten().copied().collect();
    distinct.sort_unstable();
    distinct.dedup();
    match distinct[..] {
        [] => Err(Error::EmptyCell { cell: "the group of treated units".to_string() }),
        [date] => Ok(date),
        _ => Err(Error::Unsupported { what: "several dates of treatment", with: BLOCK }),
    }
}
