//! The two designs: specifications without data. Their formulas stand in `balance`.

use super::balance::{Balanced, Balancing, Ridge, balance};
use super::fit::SyntheticFit;
use super::resampling::{centred_gaps, root_mean_square};
use crate::att::adoption::{Adoption, Always, Never};
use crate::att::block::Block;
use crate::att::treatment::Treatment;
use crate::error::{Error, Result};
use crate::frame::{Frame, Index};
use crate::notice::Notice;

/// The treated units against the weighted mean of controls that followed the same path before treatment.
///
/// Formulas and sources: [Synthetic control](crate::methods::synthetic_control).
///
/// The weights are at least zero, add up to one, and minimise the squared gaps at the times before treatment
/// (Abadie, Diamond and Hainmueller 2010, with no predictors but the outcomes). Several treated units stand in
/// by their mean.
///
/// # Example
/// ```
/// use ceteris::synthetic::SyntheticControl;
/// use ceteris::{Frame, Index};
/// // C is 3/4 A + 1/4 B until 3, and 5 more from 4 on.
/// let (a, b) = ([1., 2., 4., 3., 5.], [5., 2., 0., 7., 1.]);
/// let c = [2., 2., 3., 4. + 5., 4. + 5.];
/// let frame = Frame::new()
///     .add_category("region", ["A", "B", "C"].iter().flat_map(|name| [Some(*name); 5]))?
///     .add_real("year", [[1., 2., 3., 4., 5.]; 3].concat())?
///     .add_real("reformed", [[0.; 5], [0.; 5], [0., 0., 0., 1., 1.]].concat())?
///     .add_real("rate", [a, b, c].concat())?;
/// let index = Index { unit: "region", time: "year" };
/// let fit = SyntheticControl::new("rate", index, "reformed").fit(&frame)?;
/// assert!((fit.estimate() - 5.0).abs() < 1e-9);
/// assert_eq!(fit.unit_weights()[0].unit, "A");
/// assert!((fit.unit_weights()[0].weight - 0.75).abs() < 1e-9);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct SyntheticControl {
    outcome: String,
    treatment: Treatment,
}

/// Difference-in-differences with controls weighted towards the path of the treated units, and earlier times
/// weighted towards the later ones (Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021).
///
/// Formulas and sources: [Synthetic difference-in-differences](crate::methods::synthetic_difference).
///
/// # Example
/// ```
/// use ceteris::synthetic::SyntheticDifference;
/// use ceteris::{Frame, Index, Iid};
/// // Every rate is a constant of the region plus one of the year, and 5 more in C from 4 on.
/// let (a, b) = ([1., 2., 4., 3., 5.], [3., 4., 6., 5., 7.]);
/// let c = [7., 8., 10., 9. + 5., 11. + 5.];
/// let frame = Frame::new()
///     .add_category("region", ["A", "B", "C"].iter().flat_map(|name| [Some(*name); 5]))?
///     .add_real("year", [[1., 2., 3., 4., 5.]; 3].concat())?
///     .add_real("reformed", [[0.; 5], [0.; 5], [0., 0., 0., 1., 1.]].concat())?
///     .add_real("rate", [a, b, c].concat())?;
/// let index = Index { unit: "region", time: "year" };
/// let fit = SyntheticDifference::new("rate", index, "reformed").fit(&frame)?;
/// assert!((fit.estimate() - 5.0).abs() < 1e-9);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct SyntheticDifference {
    outcome: String,
    treatment: Treatment,
    ridge: Option<Ridge>,
}

/// What the two designs share.
macro_rules! block_design {
    ($design:ident { $($field:ident: $default:expr),* }) => {
        impl $design {
            /// The effect on `outcome` of a treatment told by a 0/1 column, 1 in the rows of treated units
            /// from the date of treatment on.
            pub fn new(outcome: &str, index: Index<'_>, treated: &str) -> Self {
                let treatment = Treatment::status(index, treated);
                Self { outcome: outcome.to_string(), treatment, $($field: $default),* }
            }

            /// What becomes of units treated from the first time on (default: they are refused); they can be dropped.
            pub fn always(mut self, always: Always) -> Self {
                self.treatment = self.treatment.with_always(always);
                self
            }

            /// The same with a column that holds the first treated time of the unit, coded as `never` says.
            pub fn adopted(outcome: &str, index: Index<'_>, first_treated: &str, never: Never) -> Self {
                let mut adoption = Adoption::new(index, first_treated);
                adoption.never = never;
                let treatment = Treatment::FirstTreated(adoption);
                Self { outcome: outcome.to_string(), treatment, $($field: $default),* }
            }
        }
    };
}

block_design!(SyntheticControl {});
block_design!(SyntheticDifference { ridge: None });

impl SyntheticControl {
    /// Finds the weights and the effect.
    ///
    /// # Errors
    /// [`MissingCell`](Error::MissingCell) if a unit lacks a time; [`EmptyCell`](Error::EmptyCell) without
    /// treated or control units; [`TooFewTimes`](Error::TooFewTimes) with fewer than two times before
    /// treatment; [`Unsupported`](Error::Unsupported) for several dates or a treatment that ends;
    /// [`FirstTreatedMissing`](Error::FirstTreatedMissing), [`NeverOrAlways`](Error::NeverOrAlways) for first treated
    /// times whose meaning nothing says; [`NoVariation`](Error::NoVariation) if all controls move alike; those of [`Panel::new`](crate::Panel);
    /// [`Backend`](Error::Backend).
    pub fn fit(&self, frame: &Frame) -> Result<SyntheticFit> {
        fit(frame, &self.outcome, &self.treatment, Balancing::Control, None)
    }
}

impl SyntheticDifference {
    /// Other ridges than those of algorithm 1, (N_tr T_post)^(1/4) sigma and 1e-6 sigma. Very large ones make
    /// all weights equal, and the effect that of a difference-in-differences.
    pub fn ridge(mut self, ridge: Ridge) -> Self {
        self.ridge = Some(ridge);
        self
    }

    /// Finds the weights and the effect.
    ///
    /// # Errors
    /// As [`SyntheticControl::fit`]; [`InvalidSetting`](Error::InvalidSetting) if a ridge is not positive.
    pub fn fit(&self, frame: &Frame) -> Result<SyntheticFit> {
        fit(frame, &self.outcome, &self.treatment, Balancing::Difference, self.ridge)
    }
}

fn fit(
    frame: &Frame,
    outcome: &str,
    treatment: &Treatment,
    balancing: Balancing,
    ridge: Option<Ridge>,
) -> Result<SyntheticFit> {
    let mut panel = treatment.read(frame, outcome)?;
    let ridge = match ridge {
        Some(ridge) => checked(ridge)?,
        None => {
            check_noise(outcome, &panel.block)?;
            balancing.ridge(&panel.block)
        }
    };
    let balanced = balance(&panel.block, balancing, ridge)?;
    panel.notices.extend(notice_of_perfect_fit(&panel.block, balancing, &balanced));
    Ok(SyntheticFit::new(frame, outcome, treatment, panel, balancing, ridge, balanced))
}

/// A fit this close, in standard deviations of first differences, is perfect but for the vanishing ridge.
const PERFECT: f64 = 1e-4;

/// With more controls than times a perfect fit is one of many.
fn notice_of_perfect_fit(block: &Block, balancing: Balancing, balanced: &Balanced) -> Option<Notice> {
    let (controls, times) = (block.ncontrols(), block.npre());
    let before = &centred_gaps(block, balanced)[..times];
    let perfect = root_mean_square(before) < PERFECT * block.noise();
    let many = balancing == Balancing::Control && controls > times && perfect;
    many.then_some(Notice::WeightsNotUnique { controls, times })
}

fn checked(ridge: Ridge) -> Result<Ridge> {
    for (setting, value) in [("ridge.units", ridge.units), ("ridge.times", ridge.times)] {
        if !(value > 0.0 && value.is_finite()) {
            let must = "positive and finite";
            return Err(Error::InvalidSetting { setting, value: value.to_string(), must });
        }
    }
    Ok(ridge)
}

/// The ridge is measured in standard deviations of first differences: there must be one.
fn check_noise(outcome: &str, block: &Block) -> Result<()> {
    let nobs = block.ndifferences();
    if nobs < 2 {
        return Err(Error::TooFewObservations { nobs, parameters: 1 });
    }
    if block.noise() > 0.0 {
        return Ok(());
    }
    let column = format!("first differences of `{outcome}` among controls before treatment");
    Err(Error::NoVariation { column, nobs })
}
