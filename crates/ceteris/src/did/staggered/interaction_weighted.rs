//! The interaction-weighted event study of Sun and Abraham (2021).
//!
//! y_it = a_i + d_t + sum_{g, e != ref} b_ge 1{first treated of i = g} 1{e_it = e} + ... (their eq. 26),
//! one coefficient for each cohort g and event time e. Effects are means over cells, with the sizes of the
//! cells (rows, or their weights) taken as given (their eq. 28):
//!   by event time   b_e = sum_g n_ge b_ge / sum_g n_ge;
//!   by cohort       b_g = sum_{e >= 0} n_ge b_ge / sum_{e >= 0} n_ge;
//!   overall         the same over all cells with e >= 0.
//! The comparison is the never-treated units; without any, the cohort treated last, before its treatment.

use std::collections::{BTreeMap, HashMap};

use super::averages::Averages;
use crate::att::{Adoption, Always, Cohorts, FirstTreated, Never};
use crate::did::event::{EventTime, Seen};
use crate::did::{EventFit, forward_to_ols};
use crate::error::{Error, Result};
use crate::frame::{Frame, Index};
use crate::inference::Coefficient;
use crate::model::{Fit, Ols, Term, Variable, fe};
use crate::notice::Notice;
use crate::parallel_trends::EventPath;
use crate::vcov::Vcov;

/// An event study that keeps cohorts apart. The default reference is event time -1.
///
/// Formulas and sources: [Interaction-weighted event study](crate::methods::interaction_weighted).
///
/// # Example
/// ```
/// use ceteris::staggered::InteractionWeighted;
/// use ceteris::Index;
/// let study = InteractionWeighted::new("y", Index { unit: "id", time: "year" }, "year_treated");
/// assert_eq!(study.ols().to_string(), "y ~ i(cohort_of_year_treated, \"none\") | id + year");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct InteractionWeighted {
    base: Ols,
    adoption: Adoption,
    #[cfg_attr(feature = "serde", serde(default = "last_before"))]
    reference: i64,
}

#[cfg(feature = "serde")]
fn last_before() -> i64 {
    -1
}

forward_to_ols!(InteractionWeighted);

/// The level of rows that no coefficient is for: never treated, or at the reference.
const NONE: &str = "none";

impl InteractionWeighted {
    /// Effects by cohort and event time, with unit and time effects.
    pub fn new(outcome: impl Into<Variable>, index: Index<'_>, first_treated: &str) -> Self {
        let base = Ols::new(outcome).absorb([fe(index.unit), fe(index.time)]);
        Self { base, adoption: Adoption::new(index, first_treated), reference: -1 }
    }

    /// The event time that the others are compared with.
    pub fn reference(mut self, event_time: i64) -> Self {
        self.reference = event_time;
        self
    }

    /// How the column of first treated times says "never".
    pub fn never(mut self, never: Never) -> Self {
        self.adoption.never = never;
        self
    }

    /// What becomes of units treated from the first time on (default: they are refused); they can be dropped.
    pub fn always(mut self, always: Always) -> Self {
        self.adoption.always = Some(always);
        self
    }

    fn column(&self) -> String {
        format!("cohort_of_{}", self.adoption.first_treated)
    }

    /// The regression that the study stands for, on a frame that holds the cells.
    pub fn ols(&self) -> Ols {
        let covariates = self.base.terms().to_vec();
        self.base.clone().replace_terms(vec![self.effects()]).regress_on(covariates)
    }

    /// One indicator for each cohort at each event time.
    fn effects(&self) -> Term {
        Variable::indicators(self.column()).reference(NONE).into()
    }

    /// Fits the study.
    ///
    /// # Errors
    /// [`UnknownColumn`](Error::UnknownColumn), [`ColumnKind`](Error::ColumnKind),
    /// [`NotConstant`](Error::NotConstant), [`DuplicateColumn`](Error::DuplicateColumn);
    /// [`FirstTreatedMissing`](Error::FirstTreatedMissing), [`NeverOrAlways`](Error::NeverOrAlways) for first
    /// treated times whose meaning nothing says; [`ReferenceAbsent`](Error::ReferenceAbsent);
    /// [`EmptyCell`](Error::EmptyCell) without a treated cohort or a comparison; those of [`Ols::fit`];
    /// [`NotIdentified`](Error::NotIdentified) if a cell cannot be told from the effects.
    pub fn fit(&self, frame: &Frame) -> Result<InteractionFit> {
        self.adoption.cannot_keep_always("cohorts kept apart, which need a time before treatment each")?;
        let cohorts = self.adoption.read(frame, self.base.sample(frame)?.rows())?;
        let (labels, notices) = self.cells(&cohorts)?;
        let prepared = frame.clone().add_category(self.column(), labels.iter().map(Option::as_deref))?;
        let fit = self.ols().fit(&prepared)?;
        let cells = self.identified(&fit, &cohorts)?;
        Ok(InteractionFit { fit, cells, reference: self.reference, notices })
    }

    /// The cell of each row, `None` for rows to drop.
    fn cells(&self, cohorts: &Cohorts) -> Result<(Vec<Option<String>>, Vec<Notice>)> {
        let mut notices = cohorts.notices.clone();
        let dates = cohorts.dates();
        let last = *dates.last().ok_or(Error::EmptyCell { cell: "a treated cohort".to_string() })?;
        let compared = (!cohorts.has_never_treated()).then_some(last);
        if compared.is_some() && dates.len() == 1 {
            return Err(Error::EmptyCell { cell: "a comparison for the only cohort".to_string() });
        }
        let mut late = 0;
        let cell = |row: usize| {
            let time = cohorts.times[row]?;
            match cohorts.first_treated[row] {
                FirstTreated::Outside => None,
                _ if compared.is_some_and(|date| time >= date) => {
                    late += 1;
                    None
                }
                FirstTreated::At(date) if compared != Some(date) && time - date != self.reference => {
                    Some(label(date, time - date))
                }
                _ => Some(NONE.to_string()),
            }
        };
        let labels = (0..cohorts.times.len()).map(cell).collect();
        let seen =
            (0..cohorts.times.len()).map(|row| match (cohorts.times[row], cohorts.first_treated[row]) {
                (Some(time), FirstTreated::At(cohort)) if compared != Some(cohort) => {
                    EventTime::At { cohort, periods: time - cohort }
                }
                _ => EventTime::Missing,
            });
        Seen::of(seen).check_each(self.reference)?;
        notices.extend(compared.map(|date| Notice::LastCohortCompared { first_treated: date, rows: late }));
        Ok((labels, notices))
    }

    /// The cells among the rows in use, with their sizes and coefficients.
    fn identified(&self, fit: &Fit, cohorts: &Cohorts) -> Result<Vec<Cell>> {
        let mut cells: BTreeMap<(i64, i64), Cell> = BTreeMap::new();
        let column = self.column();
        let labels = fit.frame().category(&column)?;
        let effects = fit.of_term(&self.effects())?.identified()?;
        let coefficients: HashMap<&str, usize> = effects
            .iter()
            .filter_map(|(position, name)| Some((name.level_of(&column)?.label(), *position)))
            .collect();
        for (i, &row) in fit.sample().rows().iter().enumerate() {
            let row = row as usize;
            let coefficient = labels.label(row).and_then(|label| coefficients.get(label));
            let (Some(&position), FirstTreated::At(cohort), Some(time)) =
                (coefficient, cohorts.first_treated[row], cohorts.times[row])
            else {
                continue; // a row that no coefficient is for
            };
            let event_time = time - cohort;
            let empty = || Cell { cohort, event_time, size: 0.0, term: fit.names()[position].clone() };
            cells.entry((cohort, event_time)).or_insert_with(empty).size += fit.ingredients().weight(i);
        }
        Ok(cells.into_values().collect())
    }
}

fn label(cohort: i64, event_time: i64) -> String {
    format!("{cohort}:{event_time:+}")
}

/// A cohort at an event time.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Cell {
    /// The first treated time of the cohort.
    pub cohort: i64,
    /// Periods since then.
    pub event_time: i64,
    /// Rows in use, or the sum of their weights.
    pub size: f64,
    /// The coefficient.
    pub term: String,
}

/// A fitted interaction-weighted study.
#[derive(Debug, Clone)]
pub struct InteractionFit {
    fit: Fit,
    cells: Vec<Cell>,
    reference: i64,
    notices: Vec<Notice>,
}

impl InteractionFit {
    /// The regression behind the study.
    pub fn fit(&self) -> &Fit {
        &self.fit
    }

    /// Cohorts by event times, with sizes and coefficients.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Facts about the fit and about the treatment dates.
    pub fn notices(&self) -> Vec<Notice> {
        self.notices.iter().chain(self.fit.notices()).cloned().collect()
    }

    /// Effects by event time, means over cohorts.
    ///
    /// # Errors
    /// As [`EventFit::path`].
    pub fn path(&self, vcov: impl Into<Vcov>) -> Result<EventPath> {
        let times: Vec<i64> = self.cells.iter().map(|cell| cell.event_time).collect();
        let points = distinct(times).into_iter();
        let points = points.map(|time| (time, self.means(|cell| cell.event_time == time))).collect();
        EventFit::of_means(self.fit.clone(), points).reference(self.reference).path(vcov)
    }

    /// The mean effect over all treated cells.
    ///
    /// # Errors
    /// As [`Fit::inference`].
    pub fn effect(&self, vcov: impl Into<Vcov>) -> Result<Coefficient> {
        let parts = self.means(|cell| cell.event_time >= 0);
        self.combination("effect", &parts, vcov.into())
    }

    /// The mean effect for each cohort over its treated cells; overall the mean over all of these.
    ///
    /// # Errors
    /// As [`Fit::inference`].
    pub fn by_cohort(&self, vcov: impl Into<Vcov>) -> Result<Averages> {
        let vcov = vcov.into();
        let cohorts = distinct(self.cells.iter().map(|cell| cell.cohort).collect()).into_iter();
        let effect = |cohort: i64| {
            let parts = self.means(|cell| cell.cohort == cohort && cell.event_time >= 0);
            Ok((cohort, self.combination(&cohort.to_string(), &parts, vcov.clone())?))
        };
        let parts = cohorts.map(effect).collect::<Result<_>>()?;
        Ok(Averages { parts, overall: self.effect(vcov)? })
    }

    fn combination(&self, name: &str, parts: &[(String, f64)], vcov: Vcov) -> Result<Coefficient> {
        let parts: Vec<(&str, f64)> = parts.iter().map(|(term, share)| (term.as_str(), *share)).collect();
        self.fit.inference(vcov)?.combination(name, &parts)
    }

    /// The cells that belong together, each with its share of their size.
    fn means(&self, belongs: impl Fn(&Cell) -> bool) -> Vec<(String, f64)> {
        let cells: Vec<&Cell> = self.cells.iter().filter(|cell| belongs(cell)).collect();
        let whole: f64 = cells.iter().map(|cell| cell.size).sum();
        cells.iter().map(|cell| (cell.term.clone(), cell.size / whole)).collect()
    }
}

fn distinct(mut values: Vec<i64>) -> Vec<i64> {
    values.sort_unstable();
    values.dedup();
    values
}
