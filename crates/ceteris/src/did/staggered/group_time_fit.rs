//! Effects by group and time after the fit: cells, their covariance, and averages of them.
//!
//! With p_g the share of group g among the units (Callaway and Sant'Anna 2021, section 3):
//!   effect     sum over t >= g of p_g ATT(g, t) / sum over t >= g of p_g
//!   event time theta(e) = sum_g p_g ATT(g, g + e) / sum_g p_g, over g with a cell at g + e
//!   group      theta(g) = mean over t >= g of ATT(g, t)
//!   time       theta(t) = sum over g <= t of p_g ATT(g, t) / sum over g <= t of p_g
//! and overall: the mean of theta(e) over e >= 0, of theta(g) by p_g, of theta(t). Standard errors take the
//! estimation of p_g along and are clustered, by unit or by a coarser column, without a small-sample factor.

use std::fmt;

use super::averages::{Averages, path_of};
use super::grid::Grid;
use crate::att::{Influence, Influenced, Shares};
use crate::error::{Error, Result};
use crate::frame::{Factor, Frame, Interaction};
use crate::inference::{Coefficient, Estimates, WaldTest};
use crate::notice::Notice;
use crate::parallel_trends::EventPath;

/// A group at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) group: i64,
    pub(super) time: i64,
    /// Zero by definition, because it is the base of its group.
    pub(super) reference: bool,
}

/// The effect on one group at one time.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct GroupTimeEffect {
    /// The first treated time of the group.
    pub group: i64,
    /// The time.
    pub time: i64,
    /// The effect; before treatment, what stands in for a placebo.
    pub effect: Coefficient,
}

/// Fitted effects by group and time.
#[derive(Debug, Clone)]
pub struct GroupTimeFit {
    pub(super) frame: Frame,
    pub(super) grid: Grid,
    pub(super) cells: Vec<Cell>,
    pub(super) influence: Influence,
    pub(super) shares: Shares,
    pub(super) clusters: Factor,
    pub(super) notices: Vec<Notice>,
}

impl GroupTimeFit {
    /// The same estimates with standard errors clustered by a column (or an interaction `a^b`) that holds one
    /// value for each unit.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`], [`Error::MissingCluster`], [`Error::NotConstant`],
    /// [`Error::TooFewClusters`].
    pub fn cluster_by(&self, column: impl Into<Interaction>) -> Result<Self> {
        let clusters = self.grid.clusters(&self.frame, &column.into())?;
        Ok(Self { clusters, ..self.clone() })
    }

    /// Number of units.
    pub fn nunits(&self) -> usize {
        self.grid.nunits()
    }

    /// Number of rows of these units.
    pub fn nobs(&self) -> usize {
        self.grid.units().map(|unit| unit.rows().count()).sum()
    }

    /// Number of clusters; the units, unless another column was named.
    pub fn nclusters(&self) -> usize {
        self.clusters.nlevels()
    }

    /// Facts that did not stop the estimates.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The effects with their covariance, by group and then by time, without the references of a universal base.
    pub fn estimates(&self) -> Estimates {
        self.all_cells().part_at(&self.estimated())
    }

    /// The effects, by group and then by time.
    pub fn effects(&self) -> Vec<GroupTimeEffect> {
        let cells = self.estimated().into_iter().map(|k| &self.cells[k]);
        let effect = |(cell, effect): (&Cell, Coefficient)| GroupTimeEffect {
            group: cell.group,
            time: cell.time,
            effect,
        };
        cells.zip(self.estimates().coefs()).map(effect).collect()
    }

    /// The effect on one group at one time.
    ///
    /// # Errors
    /// [`Error::UnknownCoefficient`] for a cell without an estimate.
    pub fn at(&self, group: i64, time: i64) -> Result<Coefficient> {
        self.estimates().coef(&Cell { group, time, reference: false }.name())
    }

    /// The joint test that every effect before treatment is zero.
    ///
    /// # Errors
    /// [`Error::TooFewTimes`] without such effects; [`Error::Singular`] with too few clusters for them.
    pub fn pre_trend(&self) -> Result<WaldTest> {
        let leads = self.members(|cell| cell.time < cell.group && !cell.reference);
        if leads.is_empty() {
            let last = self.cells.iter().map(|cell| cell.group).max().unwrap_or(self.grid.times()[0]);
            let found = self.grid.times().iter().filter(|time| **time < last).count();
            return Err(Error::TooFewTimes { first_treated: last, found, needed: found + 1 });
        }
        self.all_cells().wald_at(&leads)
    }

    fn all_cells(&self) -> Estimates {
        self.influence.with_covariance(self.cells.iter().map(Cell::name).collect(), &self.clusters)
    }

    /// The average over every cell from treatment on, by the shares of the groups.
    ///
    /// # Errors
    /// [`Error::EmptyCell`] if no cell from treatment on has an estimate.
    pub fn effect(&self) -> Result<Coefficient> {
        let lags = self.some_members("the cells from treatment on", |cell| cell.time >= cell.group)?;
        Ok(self.average(&lags).coefficient("effect", &self.clusters))
    }

    /// The averages at each event time, by the shares of the groups that are seen there; their mean from treatment on is
    /// [`EventPath::mean`] of [`EventPath::lags`].
    ///
    /// # Errors
    /// [`Error::EmptyCell`] if no cell from treatment on has an estimate.
    pub fn path(&self) -> Result<EventPath> {
        self.path_of(|_| true)
    }

    /// The averages at event times up to `event_time`, over the groups that are seen that long after
    /// treatment: the same groups at each time from treatment on.
    ///
    /// # Errors
    /// As [`GroupTimeFit::path`].
    pub fn balanced_path(&self, event_time: i64) -> Result<EventPath> {
        let times = self.grid.times();
        let (first, last) = (times[0], times[times.len() - 1]);
        let earliest = event_time - last + first;
        self.path_of(|cell| {
            let e = cell.time - cell.group;
            last - cell.group >= event_time && e <= event_time && e >= earliest
        })
    }

    fn path_of(&self, wanted: impl Fn(&Cell) -> bool) -> Result<EventPath> {
        self.some_members("the cells from treatment on", |cell| {
            wanted(cell) && cell.time >= cell.group && !cell.reference
        })?;
        let times = distinct(self.members(&wanted).iter().map(|&k| self.cells[k].event_time()));
        let at = |e: i64| self.members(|cell| wanted(cell) && cell.event_time() == e);
        let is_reference = |e: &i64| at(*e).iter().all(|&k| self.cells[k].reference);
        let (references, estimated): (Vec<i64>, Vec<i64>) = times.into_iter().partition(is_reference);
        let parts: Vec<Influenced> = estimated.iter().map(|&e| self.average(&at(e))).collect();
        let influence = Influence::new(self.nunits(), &parts);
        let path = path_of(&influence, &estimated, &self.clusters)?;
        Ok(references.last().map_or(path.clone(), |&e| path.reference(e)))
    }

    /// The average of each group over its times from treatment on; overall by the shares of the groups.
    ///
    /// # Errors
    /// [`Error::EmptyCell`] if no cell from treatment on has an estimate.
    pub fn by_cohort(&self) -> Result<Averages> {
        let lags = self.some_members("the cells from treatment on", |cell| cell.time >= cell.group)?;
        let groups = distinct(lags.iter().map(|&k| self.cells[k].group));
        let mean = |&group: &i64| {
            self.influence.mean(&self.members(|cell| cell.group == group && cell.time >= group))
        };
        let parts: Vec<Influenced> = groups.iter().map(mean).collect();
        let every: Vec<usize> = (0..groups.len()).collect();
        let influence = Influence::new(self.nunits(), &parts);
        let overall = influence.mean_by_shares(&every, &groups, &self.shares);
        Ok(self.averaged(&groups, &parts, &overall))
    }

    /// The average at each time over the groups treated by then; overall the mean over times.
    ///
    /// # Errors
    /// [`Error::EmptyCell`] if no cell from treatment on has an estimate.
    pub fn by_time(&self) -> Result<Averages> {
        let lags = self.some_members("the cells from treatment on", |cell| cell.time >= cell.group)?;
        let times = distinct(lags.iter().map(|&k| self.cells[k].time));
        let at = |&time: &i64| self.average(&self.members(|c| c.time == time && c.group <= time));
        let parts: Vec<Influenced> = times.iter().map(at).collect();
        let every: Vec<usize> = (0..times.len()).collect();
        let overall = Influence::new(self.nunits(), &parts).mean(&every);
        Ok(self.averaged(&times, &parts, &overall))
    }

    fn averaged(&self, at: &[i64], parts: &[Influenced], overall: &Influenced) -> Averages {
        let part = |(&at, part): (&i64, &Influenced)| (at, part.coefficient(at.to_string(), &self.clusters));
        Averages {
            parts: at.iter().zip(parts).map(part).collect(),
            overall: overall.coefficient("overall", &self.clusters),
        }
    }

    /// The average of cells by the shares of their groups.
    fn average(&self, members: &[usize]) -> Influenced {
        let groups: Vec<i64> = self.cells.iter().map(|cell| cell.group).collect();
        self.influence.mean_by_shares(members, &groups, &self.shares)
    }

    fn members(&self, wanted: impl Fn(&Cell) -> bool) -> Vec<usize> {
        (0..self.cells.len()).filter(|&k| wanted(&self.cells[k])).collect()
    }

    fn some_members(&self, what: &str, wanted: impl Fn(&Cell) -> bool) -> Result<Vec<usize>> {
        let members = self.members(wanted);
        if members.is_empty() { Err(Error::EmptyCell { cell: what.to_string() }) } else { Ok(members) }
    }

    fn estimated(&self) -> Vec<usize> {
        self.members(|cell| !cell.reference)
    }
}

impl Cell {
    fn name(&self) -> String {
        format!("ATT({}, {})", self.group, self.time)
    }

    fn event_time(&self) -> i64 {
        self.time - self.group
    }
}

fn distinct(values: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut values: Vec<i64> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

impl fmt::Display for GroupTimeFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} units in {} clusters", self.nunits(), self.nclusters())?;
        for held in self.effects() {
            writeln!(f, "{}", held.effect)?;
        }
        self.notices.iter().try_for_each(|notice| writeln!(f, "note: {notice}"))
    }
}
