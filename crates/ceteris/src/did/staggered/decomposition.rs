//! What a two-way fixed-effects coefficient is made of (Goodman-Bacon 2021, theorem 1).
//!
//! In y_it = alpha_i + gamma_t + b d_it + e_it on a balanced panel, with n_k the share of group k among the
//! units and D_k the share of times at which it is treated (n_U, 0 for never; n_A, 1 for always treated):
//!   b = sum over comparisons of s b_2x2,   s = numerator / sum of numerators
//!   k against never or always treated      n_k n_U D_k (1 - D_k)          eq. 10e
//!   earlier k against later l              n_k n_l (D_k - D_l) (1 - D_k)  eq. 10f
//!   later l against earlier k              n_k n_l D_l (D_k - D_l)        eq. 10g
//! and b_2x2 the change of the mean of one group less that of the other: over before and after treatment of
//! k; before k and between k and l; between k and l and after l. The last two kinds that compare with units
//! already treated take their effects' growth for a trend. In terms of effects instead, on treated rows,
//!   b = sum_it w_it tau_it,   w_it = d~_it / sum of d~ over treated rows  (de Chaisemartin and D'Haultfoeuille
//! 2020, theorem 1), d~ the residual of d on both effects, under parallel trends.

use super::decomposition_fit::{Comparison, ComparisonKind, DecompositionFit, TREATED, TreatedWeight};
use super::grid::Grid;
use super::settings::{Settings, dropped_rows};
use crate::att::{Always, Never};
use crate::error::{Error, Result};
use crate::frame::{Column, Condition, Frame, Index};
use crate::model::{Fit, Ols, fe};

/// The decomposition of the two-way fixed-effects coefficient into comparisons of two groups.
///
/// Formulas and sources: [Decomposition of the two-way coefficient](crate::methods::two_way_decomposition).
///
/// # Example
/// ```
/// use ceteris::staggered::{Never, TwoWayDecomposition};
/// use ceteris::{Frame, Index};
/// let frame = Frame::new()
///     .add_real("unit", vec![1., 1., 1., 2., 2., 2., 3., 3., 3.])?
///     .add_real("time", vec![1., 2., 3., 1., 2., 3., 1., 2., 3.])?
///     .add_real("first", vec![2., 2., 2., 3., 3., 3., 0., 0., 0.])?
///     .add_real("y", vec![0., 1., 5., 0., 0., 1., 0., 0., 0.])?; // the effect grows from 1 to 5
/// let index = Index { unit: "unit", time: "time" };
/// let parts = TwoWayDecomposition::new("y", index, "first").never(Never::Value(0)).fit(&frame)?;
/// assert!((parts.estimate() - parts.two_way()?).abs() < 1e-12);
/// assert!(parts.forbidden_weight() > 0.0);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct TwoWayDecomposition {
    settings: Settings,
}

impl TwoWayDecomposition {
    /// The decomposition for `outcome` and treatment from the time in `first_treated` on.
    pub fn new(outcome: &str, index: Index<'_>, first_treated: &str) -> Self {
        Self { settings: Settings::new(outcome, index, first_treated) }
    }

    /// How the column of first treated times says "never" (default: by a time after the last).
    pub fn never(mut self, never: Never) -> Self {
        self.settings.adoption.never = never;
        self
    }

    /// What becomes of units treated from the first time on (default: they are refused). Kept, they are a group that
    /// the others are compared with.
    pub fn always(mut self, always: Always) -> Self {
        self.settings.adoption.always = Some(always);
        self
    }

    /// Keeps only rows that meet the condition; several conditions must all be met.
    pub fn keep(mut self, condition: Condition) -> Self {
        self.settings.conditions.push(condition);
        self
    }

    /// The regression that is decomposed, on a frame with an indicator of treatment.
    pub fn ols(&self) -> Ols {
        let ols = Ols::new(self.settings.outcome.as_str()).regress_on([TREATED]);
        let ols = ols.absorb([fe(self.settings.unit()), fe(self.settings.adoption.time.as_str())]);
        self.settings.conditions.iter().cloned().fold(ols, Ols::keep)
    }

    /// Decomposes the coefficient.
    ///
    /// # Errors
    /// Those of [`Ols::fit`]; [`Error::NotConstant`], [`Error::DuplicateObservation`];
    /// [`Error::FirstTreatedMissing`], [`Error::NeverOrAlways`] for first treated times whose meaning nothing says;
    /// [`Error::Unbalanced`] if a unit misses a time; [`Error::NotIdentified`] if treatment does not vary
    /// within units and times.
    pub fn fit(&self, frame: &Frame) -> Result<DecompositionFit> {
        let sample = self.settings.sample(frame)?;
        let cohorts = self.settings.cohorts(frame, &sample)?;
        let grid = Grid::new(frame, &self.settings.adoption, sample.rows(), &cohorts)?;
        check_balanced(frame, &grid)?;
        let mut treated = vec![f64::NAN; frame.nrows()];
        for unit in grid.units() {
            for (place, time) in grid.times().iter().enumerate() {
                let row = unit.row(place).expect("the panel is balanced");
                treated[row] = f64::from(u8::from(!unit.is_untreated(*time)));
            }
        }
        let fit = self.ols().fit(&frame.clone().add(TREATED, Column::Real(treated.into()))?)?;
        let means = Means::new(&grid, frame.real(&self.settings.outcome)?);
        let comparisons = means.comparisons();
        let notices = dropped_rows(&sample).into_iter().chain(cohorts.notices).collect();
        Ok(DecompositionFit { weights: treated_weights(&fit, &grid), fit, comparisons, notices })
    }
}

fn check_balanced(frame: &Frame, grid: &Grid) -> Result<()> {
    let expected = grid.times().len();
    match grid.units().find(|unit| unit.rows().count() < expected) {
        None => Ok(()),
        Some(unit) => Err(Error::Unbalanced {
            wanted_by: "the decomposition",
            unit: unit.label(frame)?,
            found: unit.rows().count(),
            expected,
        }),
    }
}

/// The weights on effects, added up in each cell of group and time.
fn treated_weights(fit: &Fit, grid: &Grid) -> Vec<TreatedWeight> {
    let mut residual = vec![0.0; fit.frame().nrows()];
    for (&row, d) in fit.sample().rows().iter().zip(fit.ingredients().design.col(0)) {
        residual[row as usize] = *d;
    }
    let mut weights = Vec::new();
    for group in grid.groups() {
        for (place, &time) in grid.times().iter().enumerate().filter(|(_, time)| **time >= group) {
            let mine = grid.units().filter(|unit| unit.group == Some(group));
            let weight = mine.filter_map(|unit| unit.row(place)).map(|row| residual[row]).sum();
            weights.push(TreatedWeight { group, time, weight });
        }
    }
    let total: f64 = weights.iter().map(|held| held.weight).sum();
    weights.iter_mut().for_each(|held| held.weight /= total);
    weights
}

/// Mean outcomes of the groups by time.
struct Means {
    groups: Vec<Group>,
}

struct Group {
    date: Option<i64>,
    /// n_k
    share: f64,
    /// The place of the first treated time; the number of times for never.
    start: usize,
    /// D_k
    treated: f64,
    means: Vec<f64>,
}

impl Group {
    /// The mean over some times.
    fn over(&self, times: std::ops::Range<usize>) -> f64 {
        let count = times.len() as f64;
        self.means[times].iter().sum::<f64>() / count
    }
}

impl Means {
    fn new(grid: &Grid, outcome: &[f64]) -> Self {
        let last = grid.times().len();
        let mut dates: Vec<Option<i64>> = grid.groups().into_iter().map(Some).collect();
        dates.push(None);
        dates.retain(|&date| grid.size(date) > 0);
        let group = |&date: &Option<i64>| {
            let size = grid.size(date) as f64;
            let start = date.map_or(last, |date| grid.times().partition_point(|time| *time < date));
            let mine = || grid.units().filter(move |unit| unit.group == date);
            let at =
                |time: usize| mine().filter_map(|unit| unit.row(time)).map(|row| outcome[row]).sum::<f64>();
            Group {
                date,
                share: size / grid.nunits() as f64,
                start,
                treated: (last - start) as f64 / last as f64,
                means: (0..last).map(|time| at(time) / size).collect(),
            }
        };
        Self { groups: dates.iter().map(group).collect() }
    }

    /// Every comparison, with weights that sum to one.
    fn comparisons(&self) -> Vec<Comparison> {
        let last = self.groups.first().map_or(0, |group| group.means.len());
        let mut comparisons = Vec::new();
        for (place, k) in self.groups.iter().enumerate() {
            for l in &self.groups[place + 1..] {
                // groups are ordered by date, never last: k is treated before l
                if k.start == 0 && l.start < last {
                    comparisons.push(against(l, k, ComparisonKind::AlwaysTreated));
                } else if k.start > 0 && l.date.is_none() {
                    comparisons.push(against(k, l, ComparisonKind::NeverTreated));
                } else if k.start > 0 {
                    comparisons.extend(between(k, l));
                }
            }
        }
        let total: f64 = comparisons.iter().map(|held| held.weight).sum();
        comparisons.iter_mut().for_each(|held| held.weight /= total);
        comparisons
    }
}

/// A group against units that are never, or always, treated (eqs. 8a and 10e).
fn against(k: &Group, control: &Group, kind: ComparisonKind) -> Comparison {
    let change = |group: &Group| group.over(k.start..k.means.len()) - group.over(0..k.start);
    Comparison {
        kind,
        treated: k.date.expect("the group is treated at some time"),
        control: control.date,
        estimate: change(k) - change(control),
        weight: k.share * control.share * k.treated * (1.0 - k.treated),
    }
}

/// Two groups treated at different times, each the comparison of the other once (eqs. 8b, 8c, 10f, 10g).
fn between(k: &Group, l: &Group) -> [Comparison; 2] {
    let early = |group: &Group| group.over(k.start..l.start) - group.over(0..k.start);
    let late = |group: &Group| group.over(l.start..l.means.len()) - group.over(k.start..l.start);
    let common = k.share * l.share * (k.treated - l.treated);
    let date = |group: &Group| group.date.expect("both groups are treated at some time");
    [
        Comparison {
            kind: ComparisonKind::EarlierAgainstLater,
            treated: date(k),
            control: l.date,
            estimate: early(k) - early(l),
            weight: common * (1.0 - k.treated),
        },
        Comparison {
            kind: ComparisonKind::LaterAgainstEarlier,
            treated: date(l),
            control: k.date,
            estimate: late(l) - late(k),
            weight: common * l.treated,
        },
    ]
}
