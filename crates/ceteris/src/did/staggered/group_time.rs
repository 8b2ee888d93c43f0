//! Effects by group and time (Callaway and Sant'Anna 2021): the specification.
//!
//! ATT(g, t) = E[y_t(g) - y_t(never) | G = g],  G the first treated time, from comparisons of two periods:
//!   treated units G = g, comparison units C(g, t), change y_t - y_b(g,t)     (theorem 1)
//! C(g, t): never treated, or not treated by max(t, b) + a.   b(g, t): the last time before g - a; with the
//! varying base, for t < g the time before t.   a: times of anticipation. Covariates are read at the earlier
//! of the two times. Units are sampled independently of each other, or in clusters.

use rayon::prelude::*;

use super::grid::Grid;
use super::group_time_fit::{Cell, GroupTimeFit};
use super::settings::{Settings, dropped_rows, staggered_settings};
use crate::att::{Adjustment, Influence, Influenced, Shares, TwoPeriods};
use crate::error::{Error, Result};
use crate::frame::{Frame, Index};
use crate::model::magnitude;
use crate::notice::Notice;

/// Which units the treated ones are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Controls {
    /// Those that are not treated in the sample.
    #[default]
    NeverTreated,
    /// Those not treated yet at both times of the comparison.
    NotYetTreated,
}

/// Which earlier time an effect is a change from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum BasePeriod {
    /// The last time before treatment from then on, and before treatment the time before: each lead is
    /// a placebo effect of one step.
    #[default]
    Varying,
    /// The last time before treatment throughout: leads are distances from it.
    Universal,
}

/// Effects for each group of units first treated at one time, at each time.
///
/// Formulas and sources: [Effects by group and time](crate::methods::group_time_effects).
///
/// # Example
/// ```
/// use ceteris::staggered::{GroupTimeEffects, Never};
/// use ceteris::{Frame, Index};
/// // two units treated in 3, two never; the treated gain 2 in 3
/// let frame = Frame::new()
///     .add_real("unit", vec![1., 1., 1., 2., 2., 2., 3., 3., 3., 4., 4., 4.])?
///     .add_real("time", vec![1., 2., 3., 1., 2., 3., 1., 2., 3., 1., 2., 3.])?
///     .add_real("first", vec![3., 3., 3., 3., 3., 3., 0., 0., 0., 0., 0., 0.])?
///     .add_real("y", vec![1., 2., 5., 4., 4., 6., 0., 1., 2., 2., 1., 2.])?;
/// let design = GroupTimeEffects::new("y", Index { unit: "unit", time: "time" }, "first");
/// let fit = design.never(Never::Value(0)).fit(&frame)?;
/// assert!((fit.at(3, 3)?.estimate - 1.5).abs() < 1e-12); // (3 + 2) / 2 - (1 + 1) / 2
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct GroupTimeEffects {
    pub(super) settings: Settings,
    #[cfg_attr(feature = "serde", serde(default))]
    controls: Controls,
    #[cfg_attr(feature = "serde", serde(default))]
    adjustment: Adjustment,
    #[cfg_attr(feature = "serde", serde(default))]
    base: BasePeriod,
    #[cfg_attr(feature = "serde", serde(default))]
    anticipation: u32,
}

staggered_settings!(GroupTimeEffects);

/// Fewer units than this, beside one for each covariate, are too few for the normal approximation.
const FEW_UNITS: usize = 5;

impl GroupTimeEffects {
    /// The effects on `outcome` of treatment from the time in `first_treated` on.
    pub fn new(outcome: &str, index: Index<'_>, first_treated: &str) -> Self {
        Self {
            settings: Settings::new(outcome, index, first_treated),
            controls: Controls::default(),
            adjustment: Adjustment::default(),
            base: BasePeriod::default(),
            anticipation: 0,
        }
    }

    /// Which units the treated ones are compared with (default: never-treated ones).
    pub fn controls(mut self, controls: Controls) -> Self {
        self.controls = controls;
        self
    }

    /// How covariates enter (default: doubly robust).
    pub fn adjustment(mut self, adjustment: Adjustment) -> Self {
        self.adjustment = adjustment;
        self
    }

    /// Which earlier time an effect is a change from (default: varying).
    pub fn base_period(mut self, base: BasePeriod) -> Self {
        self.base = base;
        self
    }

    /// Times before treatment at which units may already respond (default 0).
    pub fn anticipation(mut self, times: u32) -> Self {
        self.anticipation = times;
        self
    }

    /// Estimates every cell of group and time that can be.
    ///
    /// # Errors
    /// Of the data: [`Error::UnknownColumn`], [`Error::ColumnKind`], [`Error::NonFinite`],
    /// [`Error::InvalidWeight`], [`Error::NotConstant`] for first treated times or weights,
    /// [`Error::DuplicateObservation`], [`Error::EmptySample`]. Of the design:
    /// [`Error::FirstTreatedMissing`], [`Error::NeverOrAlways`] for first treated times whose meaning nothing says,
    /// [`Error::NoNeverTreated`], [`Error::EmptyCell`] if no cell can be estimated,
    /// [`Error::NotIdentified`] for collinear covariates, [`Error::TooFewObservations`],
    /// [`Error::Overlap`], [`Error::Unsupported`] for frequency weights. Of the arithmetic: [`Error::Separation`].
    pub fn fit(&self, frame: &Frame) -> Result<GroupTimeFit> {
        self.settings.adoption.cannot_keep_always("groups compared with their last time before treatment")?;
        let sample = self.settings.sample(frame)?;
        let cohorts = self.settings.cohorts(frame, &sample)?;
        let mut grid = Grid::new(frame, &self.settings.adoption, sample.rows(), &cohorts)?;
        let mut notices = dropped_rows(&sample);
        notices.extend(cohorts.notices);
        notices.extend(self.drop_groups_without_base(&mut grid));
        let groups = grid.groups();
        if groups.is_empty() {
            return Err(Error::EmptyCell { cell: "the group of units treated after the first time".into() });
        }
        if self.controls == Controls::NeverTreated && grid.size(None) == 0 {
            return Err(Error::NoNeverTreated { column: self.settings.adoption.first_treated.clone() });
        }
        notices.extend(self.small_groups(&grid, &groups));
        let shares = Shares {
            weights: self.unit_weights(frame, &grid)?,
            groups: grid.units().map(|unit| unit.group).collect(),
        };
        let compared = Comparisons { design: self, frame, grid: &grid, weights: &shares.weights };
        let (cells, influence, of_cells) = compared.run(&groups)?;
        notices.extend(of_cells);
        let clusters = grid.units_as_clusters();
        Ok(GroupTimeFit { frame: frame.clone(), grid, cells, influence, shares, clusters, notices })
    }

    /// Drops the units without a time before treatment and anticipation.
    fn drop_groups_without_base(&self, grid: &mut Grid) -> Option<Notice> {
        let first = grid.times()[0] + i64::from(self.anticipation);
        let late = |group: Option<i64>| group.is_none_or(|group| group > first);
        let dropped = grid.units().filter(|unit| !late(unit.group)).map(|unit| unit.rows().count()).sum();
        grid.retain(late);
        let rule = format!("treated by {first}, without a time before anticipation");
        (dropped > 0 && self.anticipation > 0).then_some(Notice::RowsDropped { rule, rows: dropped })
    }

    fn small_groups(&self, grid: &Grid, groups: &[i64]) -> Vec<Notice> {
        let few = FEW_UNITS + self.settings.covariates.len();
        let sizes = groups.iter().map(|&group| (group, grid.size(Some(group))));
        sizes
            .filter(|(_, units)| *units < few)
            .map(|(group, units)| Notice::SmallGroup { group, units })
            .collect()
    }

    /// w_i with mean one.
    fn unit_weights(&self, frame: &Frame, grid: &Grid) -> Result<Vec<f64>> {
        let Some(weights) = &self.settings.weights else { return Ok(vec![1.0; grid.nunits()]) };
        let values = grid.one_for_each(frame, weights.column())?;
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        Ok(values.iter().map(|weight| weight / mean).collect())
    }
}

/// Everything that comparisons of two periods read.
struct Comparisons<'a> {
    design: &'a GroupTimeEffects,
    frame: &'a Frame,
    grid: &'a Grid,
    weights: &'a [f64],
}

/// A comparison of two periods, and how it went.
enum Outcome {
    Estimated(Influenced, usize),
    WithoutControls,
    /// The base is the time itself: zero by definition.
    Reference,
}

impl Comparisons<'_> {
    /// Every cell of group and time, and what to tell of them.
    fn run(&self, groups: &[i64]) -> Result<(Vec<Cell>, Influence, Vec<Notice>)> {
        let last = self.grid.times().len();
        let places: Vec<(i64, usize)> =
            groups.iter().flat_map(|&group| (0..last).map(move |time| (group, time))).collect();
        // Of several errors the first by group and time is told, whichever thread met one first.
        let outcomes: Vec<Result<Option<Outcome>>> =
            places.par_iter().map(|&(group, time)| self.cell(group, time)).collect();
        let outcomes = outcomes.into_iter().collect::<Result<Vec<_>>>()?;
        let (mut cells, mut parts, mut notices) = (Vec::new(), Vec::new(), Vec::new());
        let (mut without, mut comparisons, mut missing) = (0, 0, 0);
        for (&(group, time), outcome) in places.iter().zip(outcomes) {
            let (part, reference) = match outcome {
                None => continue,
                Some(Outcome::WithoutControls) => {
                    without += 1;
                    continue;
                }
                Some(Outcome::Reference) => (self.zero(), true),
                Some(Outcome::Estimated(part, left_out)) => {
                    comparisons += usize::from(left_out > 0);
                    missing += left_out;
                    (part, false)
                }
            };
            cells.push(Cell { group, time: self.grid.times()[time], reference });
            parts.push(part);
        }
        if cells.iter().all(|cell| cell.reference) {
            let cell = "the comparison units of every group and time".to_string();
            return Err(Error::EmptyCell { cell });
        }
        if without > 0 {
            notices.push(Notice::CellsWithoutControls { cells: without });
        }
        if missing > 0 {
            notices.push(Notice::UnitsMissingInComparisons { comparisons, units: missing });
        }
        Ok((cells, Influence::new(self.grid.nunits(), &parts), notices))
    }

    fn zero(&self) -> Influenced {
        Influenced::nothing(self.grid.nunits())
    }

    /// ATT(g, t); `None` at the first time with a varying base, where no change is seen.
    fn cell(&self, group: i64, time: usize) -> Result<Option<Outcome>> {
        let Some(base) = self.base(group, time) else { return Ok(None) };
        if base == time {
            return Ok(Some(Outcome::Reference));
        }
        let (members, left_out) = self.members(group, (base, time));
        let treated = members.iter().filter(|(_, treated)| *treated).count();
        if treated == 0 || treated == members.len() {
            return Ok(Some(Outcome::WithoutControls));
        }
        let effect = self.compare(group, (base, time), &members)?;
        Ok(Some(Outcome::Estimated(effect, left_out)))
    }

    /// b(g, t)
    fn base(&self, group: i64, time: usize) -> Option<usize> {
        let before = self.grid.before(group - i64::from(self.design.anticipation));
        match self.design.base {
            BasePeriod::Varying if self.grid.times()[time] < group => time.checked_sub(1),
            _ => before,
        }
    }

    /// The units compared, each with whether it is treated, and how many miss one of the times.
    fn members(&self, group: i64, (base, time): (usize, usize)) -> (Vec<(usize, bool)>, usize) {
        let by = self.grid.times()[base.max(time)] + i64::from(self.design.anticipation);
        let is_control = |of: Option<i64>| match (self.design.controls, of) {
            (_, None) => true,
            (Controls::NeverTreated, Some(_)) => false,
            (Controls::NotYetTreated, Some(date)) => date > by,
        };
        let (mut members, mut left_out) = (Vec::new(), 0);
        for (place, unit) in self.grid.units().enumerate() {
            let treated = unit.group == Some(group);
            if !treated && !is_control(unit.group) {
                continue;
            }
            match (unit.row(base), unit.row(time)) {
                (Some(_), Some(_)) => members.push((place, treated)),
                _ => left_out += 1,
            }
        }
        (members, left_out)
    }

    /// The comparison of two periods, with an influence function over all units.
    fn compare(
        &self,
        group: i64,
        (base, time): (usize, usize),
        members: &[(usize, bool)],
    ) -> Result<Influenced> {
        let settings = &self.design.settings;
        let outcome = self.frame.real(&settings.outcome)?;
        magnitude::check(&settings.outcome, outcome)?;
        let row = |place: usize, at: usize| self.grid.unit(place).row(at).expect("members have both rows");
        let covariate = |name: &String| {
            let values = self.frame.real(name)?;
            Ok(members.iter().map(|&(place, _)| values[row(place, base.min(time))]).collect())
        };
        let label = format!("comparison of group {group} at time {}", self.grid.times()[time]);
        let two = TwoPeriods {
            change: members.iter().map(|&(i, _)| outcome[row(i, time)] - outcome[row(i, base)]).collect(),
            size: members
                .iter()
                .flat_map(|&(i, _)| [outcome[row(i, time)].abs(), outcome[row(i, base)].abs()])
                .fold(0.0, f64::max),
            treated: members.iter().map(|&(_, treated)| treated).collect(),
            weights: members.iter().map(|&(place, _)| self.weights[place]).collect(),
            covariates: settings.covariates.iter().map(covariate).collect::<Result<_>>()?,
            names: &settings.covariates,
            comparison: &label,
        };
        let found = two.effect(self.design.adjustment)?;
        let scale = self.grid.nunits() as f64 / members.len() as f64;
        let mut whole = Influenced { estimate: found.estimate, rounding: found.rounding, ..self.zero() };
        members.iter().zip(found.function).for_each(|(&(i, _), psi)| whole.function[i] = scale * psi);
        Ok(whole)
    }
}
