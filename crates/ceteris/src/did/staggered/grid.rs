//! The units of a sample by its times, with the time from which each is treated.

use crate::att::{Adoption, Cohorts, FirstTreated};
use crate::error::{Error, Result};
use crate::frame::{Factor, Frame, Interaction, Panel, check_constant};
use crate::linalg::union_find::UnionFind;

/// Some units of a panel.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    panel: Panel,
    /// The number of each unit in the panel, and its first treated time; `None` for never.
    members: Vec<(usize, Option<i64>)>,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit<'a> {
    panel: &'a Panel,
    number: usize,
    /// The first treated time; `None` for never.
    pub(super) group: Option<i64>,
}

impl<'a> Unit<'a> {
    /// The row at a time of the grid.
    pub(super) fn row(&self, time: usize) -> Option<usize> {
        self.panel.row(self.number, time)
    }

    /// Whether the unit is not treated yet at a time.
    pub(super) fn is_untreated(&self, time: i64) -> bool {
        self.group.is_none_or(|group| time < group)
    }

    /// Every row of the unit, by time.
    pub(super) fn rows(self) -> impl Iterator<Item = usize> + use<'a> {
        self.panel.rows(self.number)
    }

    /// Any row: what is one value for the unit is read there.
    pub(super) fn first_row(&self) -> usize {
        self.rows().next().expect("a unit is in the grid because a row of it is")
    }

    /// Its name, for messages.
    pub(super) fn label(&self, frame: &Frame) -> Result<String> {
        self.panel.label(frame, self.number)
    }
}

impl Grid {
    /// Arranges the rows of a sample.
    ///
    /// # Errors
    /// Those of [`Panel::new`].
    pub(super) fn new(frame: &Frame, adoption: &Adoption, rows: &[u32], cohorts: &Cohorts) -> Result<Self> {
        let known = |row: &u32| cohorts.first_treated[*row as usize] != FirstTreated::Outside;
        let rows: Vec<u32> = rows.iter().copied().filter(known).collect();
        let panel = Panel::of_rows(frame, &adoption.unit, &adoption.time, &rows)?;
        let group = |number: usize| match panel.rows(number).next().map(|row| cohorts.first_treated[row]) {
            Some(FirstTreated::At(date)) => (number, Some(date)),
            _ => (number, None),
        };
        let members = (0..panel.nunits()).map(group).collect();
        Ok(Self { panel, members })
    }

    /// The distinct times, ascending.
    pub(super) fn times(&self) -> &[i64] {
        self.panel.times()
    }

    /// The units, in the order of their names' values.
    pub(super) fn units(&self) -> impl Iterator<Item = Unit<'_>> {
        self.members.iter().map(|&(number, group)| Unit { panel: &self.panel, number, group })
    }

    /// Number of units.
    pub(super) fn nunits(&self) -> usize {
        self.members.len()
    }

    /// A unit by its place.
    pub(super) fn unit(&self, place: usize) -> Unit<'_> {
        let (number, group) = self.members[place];
        Unit { panel: &self.panel, number, group }
    }

    /// Keeps the units of some groups.
    pub(super) fn retain(&mut self, wanted: impl Fn(Option<i64>) -> bool) {
        self.members.retain(|&(_, group)| wanted(group));
    }

    /// The place of the last time before `date`.
    pub(super) fn before(&self, date: i64) -> Option<usize> {
        self.times().partition_point(|time| *time < date).checked_sub(1)
    }

    /// The distinct first treated times, ascending.
    pub(super) fn groups(&self) -> Vec<i64> {
        let mut groups: Vec<i64> = self.members.iter().filter_map(|(_, group)| *group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }

    /// The component of each unit and then of each time, where `joins` joins a unit to a time: effects of
    /// units and times are known relative to each other within a component only.
    pub(super) fn components(&self, joins: impl Fn(Unit<'_>, usize) -> bool) -> Vec<usize> {
        let offset = self.nunits();
        let mut sets = UnionFind::new(offset + self.times().len());
        for (place, unit) in self.units().enumerate() {
            for time in (0..self.times().len()).filter(|&time| joins(unit, time)) {
                sets.join(place, offset + time);
            }
        }
        (0..offset + self.times().len()).map(|node| sets.root(node)).collect()
    }

    /// Number of units of a group; `None` asks for never-treated ones.
    pub(super) fn size(&self, group: Option<i64>) -> usize {
        self.members.iter().filter(|(_, held)| *held == group).count()
    }

    /// Refuses a column that is not one value for each unit.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::NotConstant`].
    fn check_constant(&self, frame: &Frame, column: &str) -> Result<()> {
        let rows =
            self.units().enumerate().flat_map(|(place, unit)| unit.rows().map(move |row| (place, row)));
        check_constant(frame, self.panel.unit(), column, rows)
    }

    /// The values of a real column that must be one for each unit, one for each unit of the grid.
    ///
    /// # Errors
    /// [`Error::NotConstant`]; [`Error::ColumnKind`] for a category.
    pub(super) fn one_for_each(&self, frame: &Frame, column: &str) -> Result<Vec<f64>> {
        let values = frame.real(column)?;
        self.check_constant(frame, column)?;
        Ok(self.units().map(|unit| values[unit.first_row()]).collect())
    }

    /// Each unit as a cluster of its own.
    pub(super) fn units_as_clusters(&self) -> Factor {
        Factor::compacted((0..self.nunits() as u32).collect(), self.nunits())
    }

    /// The clusters of the units: the levels of an interaction that holds one value for each.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`], [`Error::MissingCluster`], [`Error::NotConstant`]; [`Error::TooFewClusters`].
    pub(super) fn clusters(&self, frame: &Frame, columns: &Interaction) -> Result<Factor> {
        for name in columns.columns() {
            let column = frame.column(name)?;
            if let Some(row) = self.units().flat_map(Unit::rows).find(|&row| column.is_missing(row)) {
                return Err(Error::MissingCluster { column: name.clone(), row: row.into() });
            }
            self.check_constant(frame, name)?;
        }
        let rows: Vec<u32> = self.units().map(|unit| unit.first_row() as u32).collect();
        let factor = columns.factor(frame, &rows)?;
        match factor.nlevels() {
            0 | 1 => Err(Error::TooFewClusters { column: columns.to_string(), clusters: factor.nlevels() }),
            _ => Ok(factor),
        }
    }
}
