//! Event studies: one effect for each time before and since treatment.
//!
//! Dates that differ between units, with e_it = t - (first treated time of i):
//!   y_it = a_i + d_t + sum_{e != ref} b_e 1{e_it = e} + ...
//! One reform date T for all, with groups g (treated; treated and affected; a dose) and e = t - T:
//!   y = (lower products) + sum_{e != ref} b_e (g_1 ... g_m) 1{t - T = e} + ... | effects.
//! With a window, earlier and later event times count as its ends. Where effects differ between cohorts,
//! the b_e of several dates mix effects of other event times (Sun and Abraham 2021, proposition 3): see
//! [`InteractionWeighted`](crate::staggered::InteractionWeighted).

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::times::{EventTime, Seen};
use crate::att::{Adoption, Always, FirstTreated, Never};
use crate::did::saturated::{full_product, products};
use crate::did::{EventFit, Reform, forward_to_ols};
use crate::error::{Error, Result};
use crate::frame::{Column, Frame, Index, whole_numbers};
use crate::model::{Level, Ols, Term, Variable, fe};
use crate::notice::Notice;

/// An event study. The default reference is event time -1 and the default window all event times.
///
/// Formulas and sources: [Event study](crate::methods::event_study).
///
/// # Example
/// ```
/// use ceteris::{EventStudy, Index, fe};
/// let index = Index { unit: "practice", time: "year" };
/// let study = EventStudy::new("uptake", index, "first_treated").window(-5..=5).adjust_for(["list_size"]);
/// assert_eq!(
///     study.ols().to_string(),
///     "uptake ~ i(year_since_first_treated, -1) + list_size | practice + year"
/// );
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct EventStudy {
    base: Ols,
    time: String,
    origin: Origin,
    window: Option<(i64, i64)>,
    #[cfg_attr(feature = "serde", serde(default = "last_before"))]
    reference: i64,
}

#[cfg(feature = "serde")]
fn last_before() -> i64 {
    -1
}

/// Where event time is counted from.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(rename_all = "snake_case", deny_unknown_fields)
)]
enum Origin {
    /// Each unit's first treated time.
    FirstTreated(Adoption),
    /// One date, with the groups whose product is treated by it.
    Reform {
        date: i64,
        groups: Vec<Variable>,
        /// A setting that has no use here, to be refused.
        #[cfg_attr(feature = "serde", serde(default))]
        idle: Option<Idle>,
    },
}

/// Settings about units treated at different times.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
enum Idle {
    Never,
    Always,
}

/// The event time of units that are never treated, where they must stand before any date.
const NEVER: i64 = i32::MIN as i64;

forward_to_ols!(EventStudy);

impl EventStudy {
    /// Effects by time since each unit's first treated time, with unit and time effects.
    pub fn new(outcome: impl Into<Variable>, index: Index<'_>, first_treated: &str) -> Self {
        Self {
            base: Ols::new(outcome).absorb([fe(index.unit), fe(index.time)]),
            time: index.time.to_string(),
            origin: Origin::FirstTreated(Adoption::new(index, first_treated)),
            window: None,
            reference: -1,
        }
    }

    /// Effects by time since a reform on the product of groups, on the effects and covariates of `base`.
    pub(in crate::did) fn of_groups(base: Ols, groups: Vec<Variable>, reform: Reform<'_>) -> Self {
        let origin = Origin::Reform { date: reform.date, groups, idle: None };
        Self { base, time: reform.time.to_string(), origin, window: None, reference: -1 }
    }

    /// Counts earlier and later event times as the ends of this window.
    pub fn window(mut self, event_times: RangeInclusive<i64>) -> Self {
        self.window = Some((*event_times.start(), *event_times.end()));
        self
    }

    /// The event time that the others are compared with.
    pub fn reference(mut self, event_time: i64) -> Self {
        self.reference = event_time;
        self
    }

    /// How the column of first treated times says "never" (default: by a time after the last). A study of one reform
    /// has no such column, and its fit refuses the setting.
    pub fn never(mut self, never: Never) -> Self {
        match &mut self.origin {
            Origin::FirstTreated(adoption) => adoption.never = never,
            Origin::Reform { idle, .. } => *idle = Some(Idle::Never),
        }
        self
    }

    /// What becomes of units treated from the first time on (default: they are refused). A study of one reform
    /// refuses the setting.
    pub fn always(mut self, always: Always) -> Self {
        match &mut self.origin {
            Origin::FirstTreated(adoption) => adoption.always = Some(always),
            Origin::Reform { idle, .. } => *idle = Some(Idle::Always),
        }
        self
    }

    /// The column of event times that [`EventStudy::event_times`] adds.
    fn column(&self) -> String {
        match &self.origin {
            Origin::FirstTreated(adoption) => format!("{}_since_{}", self.time, adoption.first_treated),
            Origin::Reform { date, .. } => format!("{}_since_{date}", self.time),
        }
    }

    /// One indicator for each event time but the reference.
    pub(in crate::did) fn indicators(&self) -> Variable {
        Variable::indicators(self.column()).reference(self.reference.to_string()).into()
    }

    fn groups(&self) -> &[Variable] {
        match &self.origin {
            Origin::FirstTreated(_) => &[],
            Origin::Reform { groups, .. } => groups,
        }
    }

    /// The regression that the study stands for, on a frame that holds the event times.
    pub fn ols(&self) -> Ols {
        let covariates = self.base.terms().to_vec();
        self.base.clone().replace_terms(products(&self.arms(self.indicators()))).regress_on(covariates)
    }

    /// The groups, and what tells event times apart.
    fn arms(&self, event_time: Variable) -> Vec<Variable> {
        self.groups().iter().cloned().chain([event_time]).collect()
    }

    /// The frame with event times as a column; never-treated rows stand at the reference.
    ///
    /// # Errors
    /// Of the data: [`UnknownColumn`](Error::UnknownColumn), [`ColumnKind`](Error::ColumnKind) and
    /// [`NotWhole`](Error::NotWhole) if times are not whole numbers, [`NotConstant`](Error::NotConstant) if a unit
    /// has two first treated times, [`DuplicateColumn`](Error::DuplicateColumn). Of the design:
    /// [`FirstTreatedMissing`](Error::FirstTreatedMissing), [`NeverOrAlways`](Error::NeverOrAlways) for first
    /// treated times whose meaning nothing says, [`EmptyCell`](Error::EmptyCell) if no unit is treated in the
    /// sample, [`ReferenceAbsent`](Error::ReferenceAbsent), [`InvalidSetting`](Error::InvalidSetting) for a window
    /// without the reference, [`Unsupported`](Error::Unsupported) for a setting about units treated at different
    /// times in a study of one reform.
    pub fn event_times(&self, frame: &Frame) -> Result<Frame> {
        Ok(self.prepared(frame)?.0)
    }

    fn prepared(&self, frame: &Frame) -> Result<(Frame, Vec<Notice>)> {
        let window = self.window.unwrap_or((i64::MIN, i64::MAX));
        if !(window.0..=window.1).contains(&self.reference) {
            let (value, must) =
                (format!("{} to {}", window.0, window.1), "wide enough to hold the reference");
            return Err(Error::InvalidSetting { setting: "window", value, must });
        }
        let (event_times, notices) = self.read(frame)?;
        let event_times: Vec<EventTime> = event_times.into_iter().map(|time| time.within(window)).collect();
        let sample = self.base.sample(frame)?;
        Seen::of(sample.rows().iter().map(|&row| event_times[row as usize])).check_linked(self.reference)?;
        let values: Vec<f64> = event_times.into_iter().map(|time| time.value(self.reference)).collect();
        Ok((frame.clone().add(self.column(), Column::Real(values.into()))?, notices))
    }

    /// Event times by row.
    fn read(&self, frame: &Frame) -> Result<(Vec<EventTime>, Vec<Notice>)> {
        let adoption = match &self.origin {
            Origin::FirstTreated(adoption) => adoption,
            Origin::Reform { idle: Some(idle), .. } => {
                return Err(Error::InvalidSetting {
                    setting: if *idle == Idle::Never { "never" } else { "always" },
                    value: "set for a reform of one date".to_string(),
                    must: "left out where no column holds first treated times",
                });
            }
            Origin::Reform { date, .. } => {
                let at = |time: Option<i64>| match time {
                    Some(time) => EventTime::At { cohort: *date, periods: time.saturating_sub(*date) },
                    None => EventTime::Missing,
                };
                return Ok((whole_numbers(frame, &self.time)?.into_iter().map(at).collect(), Vec::new()));
            }
        };
        let cohorts = adoption.read(frame, self.base.sample(frame)?.rows())?;
        if cohorts.dates().is_empty() {
            return Err(Error::EmptyCell { cell: "a treated cohort".to_string() });
        }
        let at = |row: usize| match (cohorts.times[row], cohorts.first_treated[row]) {
            (Some(_), FirstTreated::Never) => EventTime::Never,
            (Some(time), FirstTreated::At(cohort)) => EventTime::At { cohort, periods: time - cohort },
            _ => EventTime::Missing,
        };
        Ok(((0..frame.nrows()).map(at).collect(), cohorts.notices))
    }

    /// The rows before treatment with their event times, and which event times there are, earliest first.
    pub(in crate::did) fn before_treatment(&self, frame: &Frame) -> Result<(Frame, BTreeSet<i64>)> {
        let (event_times, _) = self.read(frame)?;
        let mut before = BTreeSet::new();
        let value = |time: &EventTime| match *time {
            EventTime::Never => NEVER as f64,
            EventTime::At { periods, .. } if periods < 0 => {
                before.insert(periods);
                periods as f64
            }
            _ => f64::NAN, // at or after treatment, or missing: no row of a placebo
        };
        let values: Vec<f64> = event_times.iter().map(value).collect();
        Ok((frame.clone().add(self.column(), Column::Real(values.into()))?, before))
    }

    /// The regression as if treatment had come so many periods earlier, and the term of its effect.
    pub(in crate::did) fn treated_earlier(&self, periods: i64) -> (Ols, Term) {
        let arms = self.arms(Variable::since(self.column(), -periods as f64));
        let covariates = self.base.terms().to_vec();
        (self.base.clone().replace_terms(products(&arms)).regress_on(covariates), full_product(&arms))
    }

    /// Fits the study.
    ///
    /// # Errors
    /// Those of [`EventStudy::event_times`] and [`Ols::fit`]; [`NotIdentified`](Error::NotIdentified) if an event
    /// time cannot be told from the effects (as without never-treated units, where all event times but the
    /// reference differ from them by a straight line).
    pub fn fit(&self, frame: &Frame) -> Result<EventFit> {
        let (prepared, notices) = self.prepared(frame)?;
        let fit = self.ols().fit(&prepared)?;
        let effects = fit.of_term(&full_product(&self.arms(self.indicators())))?.identified()?;
        let points = effects.into_iter().map(|(position, name)| {
            let time = name.level_of(&self.column()).and_then(Level::whole_number);
            (time.expect("event times are whole numbers"), fit.names()[position].clone())
        });
        let points = points.collect();
        Ok(EventFit::new(fit, points).reference(self.reference).noticed(notices))
    }
}
