//! Units by times: which row of the frame holds which unit at which time.

use crate::att::{Cohorts, FirstTreated};
use crate::error::{Error, Result};
use crate::frame::{Factor, Frame, Interaction};
use crate::linalg::union_find::UnionFind;

/// A unit's label, its rows by time and when it was first treated.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    /// The row at each time of the grid.
    rows: Vec<Option<u32>>,
    /// The first treated time; `None` for never.
    pub(super) group: Option<i64>,
}

/// The units of a sample by its distinct times.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    /// Distinct times, ascending.
    pub(super) times: Vec<i64>,
    pub(super) units: Vec<Unit>,
}

impl Unit {
    /// The row at a time of the grid.
    pub(super) fn row(&self, time: usize) -> Option<usize> {
        self.rows[time].map(|row| row as usize)
    }

    /// Whether the unit is not treated yet at a time.
    pub(super) fn is_untreated(&self, time: i64) -> bool {
        self.group.is_none_or(|group| time < group)
    }

    /// Every row of the unit, by time.
    pub(super) fn rows(&self) -> impl Iterator<Item = usize> {
        self.rows.iter().flatten().map(|&row| row as usize)
    }

    /// Any row: what is one value for the unit is read there.
    pub(super) fn first_row(&self) -> usize {
        self.rows().next().expect("a unit is in the grid because a row of it is")
    }
}

impl Grid {
    /// Arranges the rows of a sample.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::DuplicateObservation`].
    pub(super) fn new(frame: &Frame, unit: &Interaction, rows: &[u32], cohorts: &Cohorts) -> Result<Self> {
        let known = |row: &u32| cohorts.first_treated[*row as usize] != FirstTreated::Unknown;
        let rows: Vec<u32> = rows.iter().copied().filter(known).collect();
        let time_of = |row: u32| cohorts.times[row as usize].expect("the sample has no missing time");
        let mut times: Vec<i64> = rows.iter().map(|&row| time_of(row)).collect();
        times.sort_unstable();
        times.dedup();
        let factor = unit.factor(frame, &rows)?;
        let empty = Unit { rows: vec![None; times.len()], group: None };
        let mut units = vec![empty; factor.nlevels()];
        for (&row, &code) in rows.iter().zip(factor.codes()) {
            let place = times.binary_search(&time_of(row)).expect("every time is among the distinct ones");
            let mine = &mut units[code as usize];
            if let Some(first) = mine.rows[place].replace(row) {
                return Err(duplicate(frame, unit, times[place], (first, row)));
            }
            mine.group = match cohorts.first_treated[row as usize] {
                FirstTreated::At(date) => Some(date),
                _ => None,
            };
        }
        Ok(Self { times, units })
    }

    /// The place of the last time before `date`.
    pub(super) fn before(&self, date: i64) -> Option<usize> {
        self.times.partition_point(|time| *time < date).checked_sub(1)
    }

    /// The distinct first treated times, ascending.
    pub(super) fn groups(&self) -> Vec<i64> {
        let mut groups: Vec<i64> = self.units.iter().filter_map(|unit| unit.group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// The component of each unit and then of each time, where `joins` joins a unit to a time: effects of
    /// units and times are known relative to each other within a component only.
    pub(super) fn components(&self, joins: impl Fn(&Unit, usize) -> bool) -> Vec<usize> {
        let offset = self.units.len();
        let mut sets = UnionFind::new(offset + self.times.len());
        for (place, unit) in self.units.iter().enumerate() {
            for time in (0..self.times.len()).filter(|&time| joins(unit, time)) {
                sets.join(place, offset + time);
            }
        }
        (0..offset + self.times.len()).map(|node| sets.root(node)).collect()
    }

    /// Number of units of a group; `None` asks for never-treated ones.
    pub(super) fn size(&self, group: Option<i64>) -> usize {
        self.units.iter().filter(|unit| unit.group == group).count()
    }
}

fn duplicate(frame: &Frame, unit: &Interaction, time: i64, rows: (u32, u32)) -> Error {
    let rows = (rows.0 as usize, rows.1 as usize);
    match unit.in_frame(frame) {
        Ok(unit) => Error::DuplicateObservation {
            unit: unit.label(rows.0),
            time: time.to_string(),
            rows: (rows.0.into(), rows.1.into()),
        },
        Err(error) => error,
    }
}

/// The values of a column that must be one for each unit, one for each unit of the grid.
///
/// # Errors
/// [`Error::NotConstant`]; [`Error::ColumnKind`] for a category.
pub(super) fn one_for_each(frame: &Frame, unit: &Interaction, grid: &Grid, column: &str) -> Result<Vec<f64>> {
    let values = frame.real(column)?;
    let of = |held: &Unit| {
        let first = held.first_row();
        match held.rows().find(|&row| values[row] != values[first]) {
            None => Ok(values[first]),
            Some(row) => Err(Error::NotConstant {
                column: column.to_string(),
                unit: unit.in_frame(frame)?.label(first),
                values: (values[first].to_string(), values[row].to_string()),
                rows: (first.into(), row.into()),
            }),
        }
    };
    grid.units.iter().map(of).collect()
}

/// The clusters of the units: the levels of an interaction that holds one value for each.
///
/// # Errors
/// [`Error::UnknownColumn`], [`Error::MissingCluster`], [`Error::NotConstant`]; [`Error::TooFewClusters`].
pub(super) fn clusters(
    frame: &Frame,
    unit: &Interaction,
    grid: &Grid,
    columns: &Interaction,
) -> Result<Factor> {
    for name in columns.columns() {
        let column = frame.column(name)?;
        for held in &grid.units {
            let first = held.first_row();
            let value = |row: usize| {
                let missing = Error::MissingCluster { column: name.clone(), row: row.into() };
                column.label(row).ok_or(missing)
            };
            let known = value(first)?;
            for row in held.rows() {
                let found = value(row)?;
                if found != known {
                    let (unit, rows) = (unit.in_frame(frame)?.label(first), (first, row));
                    return Err(Error::NotConstant {
                        column: name.clone(),
                        unit,
                        values: (known, found),
                        rows: (rows.0.into(), rows.1.into()),
                    });
                }
            }
        }
    }
    let rows: Vec<u32> = grid.units.iter().map(|held| held.first_row() as u32).collect();
    let factor = columns.factor(frame, &rows)?;
    match factor.nlevels() {
        0 | 1 => Err(Error::TooFewClusters { column: columns.to_string(), clusters: factor.nlevels() }),
        _ => Ok(factor),
    }
}
