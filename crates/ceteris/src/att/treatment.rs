//! A block design read from a frame: every unit at every time, and one date from which some units are treated.

use std::collections::BTreeSet;

use super::adoption::{Adoption, Always, FirstTreated};
use super::block::Block;
use crate::error::{Error, Result};
use crate::frame::{Frame, Index, Interaction, Panel, indicator};
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
    Status {
        unit: Interaction,
        time: String,
        treated: String,
        #[cfg_attr(feature = "serde", serde(default))]
        always: Option<Always>,
    },
    /// A column with the first treated time of the unit.
    FirstTreated(Adoption),
}

/// The block with the names of its rows and columns.
#[derive(Debug, Clone)]
pub(crate) struct NamedBlock {
    pub(crate) block: Block,
    /// The units, controls first, each in reading order.
    pub(crate) units: Vec<String>,
    panel: Panel,
    /// The number in the panel of each of `units`.
    order: Vec<usize>,
    pub(crate) notices: Vec<Notice>,
}

impl NamedBlock {
    /// The times, ascending.
    pub(crate) fn times(&self) -> &[i64] {
        self.panel.times()
    }

    /// The rows of the frame that hold each of `units`, by time.
    pub(crate) fn rows(&self) -> impl Iterator<Item = impl Iterator<Item = usize>> {
        self.order.iter().map(|&unit| self.panel.rows(unit))
    }
}

impl Treatment {
    pub(crate) fn status(index: Index<'_>, treated: &str) -> Self {
        let (unit, time) = (index.units(), index.time.to_string());
        Treatment::Status { unit, time, treated: treated.to_string(), always: None }
    }

    /// The same with a word on units treated from the start.
    pub(crate) fn with_always(mut self, asked: Always) -> Self {
        match &mut self {
            Treatment::Status { always, .. } => *always = Some(asked),
            Treatment::FirstTreated(adoption) => adoption.always = Some(asked),
        }
        self
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
    pub(crate) fn read(&self, frame: &Frame, outcome: &str) -> Result<NamedBlock> {
        let (panel, mut notices) = self.panel(frame)?;
        let (standing, told) = self.standing(frame, &panel)?;
        notices.extend(told);
        let date = one_date(&standing)?;
        let npre = panel.times().iter().filter(|time| **time < date).count();
        if npre < FEWEST_TIMES {
            return Err(Error::TooFewTimes { first_treated: date, found: npre, needed: FEWEST_TIMES });
        }
        let of =
            |wanted| (0..panel.nunits()).filter(|&unit| standing[unit] == wanted).collect::<Vec<usize>>();
        let (controls, treated) = (of(FirstTreated::Never), of(FirstTreated::At(date)));
        if controls.is_empty() {
            return Err(Error::EmptyCell { cell: "the group of control units".to_string() });
        }
        let order = [controls.as_slice(), &treated].concat();
        let paths =
            order.iter().map(|&unit| path(frame, &panel, unit, outcome)).collect::<Result<Vec<_>>>()?;
        let block = Block::of_paths(&paths, controls.len(), npre);
        let units = order.iter().map(|&unit| panel.label(frame, unit)).collect::<Result<_>>()?;
        Ok(NamedBlock { block, units, panel, order, notices })
    }

    /// Units by times, without the rows where one of the two is missing.
    fn panel(&self, frame: &Frame) -> Result<(Panel, Vec<Notice>)> {
        let panel = Panel::of(frame, self.unit(), self.time())?;
        let lost = frame.nrows() - panel.nobs();
        let rule = format!("missing `{}` or `{}`", self.unit(), self.time());
        if panel.nobs() == 0 {
            return Err(Error::EmptySample { dropped: vec![(rule, lost)] });
        }
        let notices = (lost > 0).then_some(Notice::RowsDropped { rule, rows: lost });
        Ok((panel, notices.into_iter().collect()))
    }

    /// When each unit was first treated, and what to tell of those treated from the start.
    fn standing(&self, frame: &Frame, panel: &Panel) -> Result<(Vec<FirstTreated>, Vec<Notice>)> {
        match self {
            Treatment::Status { treated, always, .. } => {
                refuse_to_keep(*always)?;
                let status = indicator(frame, treated)?;
                let units = (0..panel.nunits()).map(|unit| start(frame, panel, unit, treated, &status));
                let mut standing = units.collect::<Result<Vec<FirstTreated>>>()?;
                let first = FirstTreated::At(panel.times()[0]);
                let dropped = standing.iter().filter(|unit| **unit == first).count() * panel.times().len();
                if dropped == 0 || always.is_none() {
                    return Ok((standing, Vec::new()));
                }
                let rule = format!("treated from the first time, {}", panel.times()[0]);
                let from_the_start = standing.iter_mut().filter(|unit| **unit == first);
                from_the_start.for_each(|unit| *unit = FirstTreated::Outside);
                Ok((standing, vec![Notice::RowsDropped { rule, rows: dropped }]))
            }
            Treatment::FirstTreated(adoption) => {
                refuse_to_keep(adoption.always)?;
                let units = 0..panel.nunits();
                let rows: Vec<u32> =
                    units.clone().flat_map(|unit| panel.rows(unit)).map(|row| row as u32).collect();
                let cohorts = adoption.read(frame, &rows)?;
                let of = |unit| {
                    panel.rows(unit).next().map_or(FirstTreated::Outside, |row| cohorts.first_treated[row])
                };
                Ok((units.map(of).collect(), cohorts.notices))
            }
        }
    }
}

/// Nothing shows what units treated from the start were without treatment.
fn refuse_to_keep(always: Option<Always>) -> Result<()> {
    match always {
        Some(Always::Keep) => Err(Error::Unsupported { what: "keeping always-treated units", with: BLOCK }),
        _ => Ok(()),
    }
}

/// A first difference needs two times.
const FEWEST_TIMES: usize = 2;

/// The values of a column in one unit, each with its row, at every time.
///
/// # Errors
/// [`Error::MissingCell`]; [`Error::NonFinite`].
fn cells(frame: &Frame, panel: &Panel, unit: usize, column: &str) -> Result<Vec<(usize, f64)>> {
    let values = frame.real(column)?;
    let cell = |(place, &time): (usize, &i64)| {
        let held = panel.row(unit, place).filter(|&row| !values[row].is_nan());
        let missing = || {
            let column = column.to_string();
            panel
                .label(frame, unit)
                .map_or_else(|error| error, |unit| Error::MissingCell { column, unit, time })
        };
        let row = held.ok_or_else(missing)?;
        match values[row] {
            value if value.is_infinite() => {
                Err(Error::NonFinite { column: column.to_string(), row: row.into(), value })
            }
            value => Ok((row, value)),
        }
    };
    panel.times().iter().enumerate().map(cell).collect()
}

/// The outcomes of a unit, by time.
fn path(frame: &Frame, panel: &Panel, unit: usize, outcome: &str) -> Result<Vec<f64>> {
    Ok(cells(frame, panel, unit, outcome)?.into_iter().map(|(_, value)| value).collect())
}

/// The first time at which a unit's status is 1; from then on it must stay 1.
fn start(frame: &Frame, panel: &Panel, unit: usize, column: &str, status: &[bool]) -> Result<FirstTreated> {
    let mut date = None;
    for ((row, _), &time) in cells(frame, panel, unit, column)?.into_iter().zip(panel.times()) {
        if date.is_some() && !status[row] {
            return Err(Error::Unsupported { what: "a treatment that ends", with: BLOCK });
        }
        if status[row] && date.is_none() {
            date = Some(time);
        }
    }
    Ok(date.map_or(FirstTreated::Never, FirstTreated::At))
}

const BLOCK: &str = "a synthetic control or difference (one date, from which treatment stays)";

/// The date that all treated units share.
fn one_date(standing: &[FirstTreated]) -> Result<i64> {
    let date = |unit: &FirstTreated| match unit {
        FirstTreated::At(date) => Some(*date),
        _ => None,
    };
    let distinct: BTreeSet<i64> = standing.iter().filter_map(date).collect();
    match (distinct.first(), distinct.len()) {
        (None, _) => Err(Error::EmptyCell { cell: "the group of treated units".to_string() }),
        (Some(date), 1) => Ok(*date),
        _ => Err(Error::Unsupported { what: "several dates of treatment", with: BLOCK }),
    }
}
