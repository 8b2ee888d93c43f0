//! Matching on the outcomes before treatment. The formulas stand in `nearest`.

mod nearest;

pub use nearest::Distance;
use nearest::match_nearest;

use super::adoption::{Adoption, Always, Never};
use super::treatment::Treatment;
use crate::error::{Error, Result};
use crate::frame::{Frame, Index};
use crate::inference::{Coefficient, without_std_error};
use crate::notice::Notice;
use crate::vcov::{Distribution, Floor, ROUNDING};

/// The mean effect on the treated units, each compared with the controls whose earlier outcomes are nearest.
///
/// Formulas and sources: [Matching on earlier outcomes](crate::methods::matching).
///
/// The outcome of a unit is its mean over the times after treatment; what is matched on are its outcomes at
/// all times before. Matches are with replacement, and controls that are equally near all count.
///
/// # Example
/// ```
/// use ceteris::matching::{Distance, Matching};
/// use ceteris::{Frame, Index};
/// // C is near A and D near B; both gain 2.
/// let rates = [[1., 2., 3.], [5., 4., 6.], [1.1, 2.2, 5.], [5.2, 4.1, 8.]];
/// let frame = Frame::new()
///     .add_category("region", ["A", "B", "C", "D"].iter().flat_map(|name| [Some(*name); 3]))?
///     .add_real("year", [[1., 2., 3.]; 4].concat())?
///     .add_real("reformed", [[0.; 3], [0.; 3], [0., 0., 1.], [0., 0., 1.]].concat())?
///     .add_real("rate", rates.concat())?;
/// let index = Index { unit: "region", time: "year" };
/// let design = Matching::new("rate", index, "reformed").distance(Distance::Euclidean);
/// let fit = design.fit(&frame)?;
/// assert_eq!(fit.effect().estimate, 2.0);
/// assert_eq!(fit.matches()[0].neighbours, ["A"]);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Matching {
    outcome: String,
    treatment: Treatment,
    neighbours: usize,
    distance: Distance,
}

/// A treated unit and its neighbours.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Matched {
    /// The treated unit.
    pub unit: String,
    /// The controls that it is compared with.
    pub neighbours: Vec<String>,
}

/// A fitted matching design.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct MatchingFit {
    effect: Coefficient,
    matches: Vec<Matched>,
    notices: Vec<Notice>,
}

impl Matching {
    /// Treatment told by a 0/1 column, 1 in the rows of treated units from the date of treatment on.
    pub fn new(outcome: &str, index: Index<'_>, treated: &str) -> Self {
        Self::of(outcome, Treatment::status(index, treated))
    }

    /// Treatment told by a column with the first treated time of the unit, coded as `never` says.
    pub fn adopted(outcome: &str, index: Index<'_>, first_treated: &str, never: Never) -> Self {
        let mut adoption = Adoption::new(index, first_treated);
        adoption.never = never;
        Self::of(outcome, Treatment::FirstTreated(adoption))
    }

    /// What becomes of units treated from the first time on (default: they are refused); they can be dropped.
    pub fn always(mut self, always: Always) -> Self {
        self.treatment = self.treatment.with_always(always);
        self
    }

    fn of(outcome: &str, treatment: Treatment) -> Self {
        Self { outcome: outcome.to_string(), treatment, neighbours: 1, distance: Distance::default() }
    }

    /// Controls for each treated unit (default 1), more where they are equally near.
    pub fn neighbours(mut self, neighbours: usize) -> Self {
        self.neighbours = neighbours;
        self
    }

    /// How far apart two units are (default Mahalanobis).
    pub fn distance(mut self, distance: Distance) -> Self {
        self.distance = distance;
        self
    }

    /// Finds the neighbours and the effect.
    ///
    /// # Errors
    /// As [`SyntheticControl::fit`](crate::synthetic::SyntheticControl::fit), but for the variation of first differences;
    /// [`InvalidSetting`](Error::InvalidSetting) without neighbours or with more than there are controls;
    /// [`TooFewObservations`](Error::TooFewObservations) with one treated or one control unit, which has no
    /// twin to tell its variance; [`Singular`](Error::Singular) if the earlier outcomes of all units are
    /// collinear, or as many as the units.
    pub fn fit(&self, frame: &Frame) -> Result<MatchingFit> {
        let panel = self.treatment.read(frame, &self.outcome)?;
        let (controls, treated) = (panel.block.ncontrols(), panel.block.ntreated());
        if controls.min(treated) < 2 {
            return Err(Error::TooFewObservations { nobs: controls.min(treated), parameters: 1 });
        }
        if !(1..=controls).contains(&self.neighbours) {
            let value = self.neighbours.to_string();
            let must = "at least 1 and at most the number of controls";
            return Err(Error::InvalidSetting { setting: "neighbours", value, must });
        }
        let (earlier, later) = (panel.block.all_before(), panel.block.means_after());
        let matched = match_nearest(&earlier, &later, controls, self.neighbours, self.distance)?;
        let name = |unit: &usize| panel.units[*unit].clone();
        let matches = panel.units[controls..].iter().zip(&matched.neighbours);
        let floor = Floor::of(ROUNDING * later.iter().fold(0.0, |size: f64, y| size.max(y.abs())));
        let found = (matched.effect, matched.variance);
        let effect = Coefficient::of_variance("effect", found, floor, Distribution::Normal);
        let mut notices = panel.notices;
        notices.extend(without_std_error(std::slice::from_ref(&effect)));
        Ok(MatchingFit {
            effect,
            matches: matches
                .map(|(unit, set)| Matched { unit: unit.clone(), neighbours: set.iter().map(name).collect() })
                .collect(),
            notices,
        })
    }
}

impl MatchingFit {
    /// The mean effect on the treated, with the standard error of Abadie and Imbens (2006) given the earlier
    /// outcomes and who is treated.
    pub fn effect(&self) -> &Coefficient {
        &self.effect
    }

    /// Who was compared with whom.
    pub fn matches(&self) -> &[Matched] {
        &self.matches
    }

    /// What a reader should know.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }
}
