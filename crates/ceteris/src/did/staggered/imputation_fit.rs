//! Imputed effects: averages by event time and their conservative covariance.
//!
//! tau_w = sum_it w_it tau_it = sum over all rows of v_it y_it, with v_it = w_it on treated rows and, with unit
//! effects absorbed (x~ = x - xbar_i, xbar_i and the weight O_i = sum_t o_it of the untreated rows of i):
//!   v_it = - o_it [ a_i / O_i + x~_it'(X~'O X~)^-1 d ],   a_i = sum_t w_it,   d = sum_it w_it (x_it - xbar_i)
//! on untreated ones (proposition A3 of Borusyak, Jaravel and Spiess 2024, by Frisch, Waugh and Lovell). Then
//!   V = sum_c (sum_{it in c} v_it e_it)^2,   e_it = u_it untreated, tau_it - tau_g treated     (theorem 3, eq. 7)
//!   tau_g = sum_{it in g} v_it^2 tau_it / sum_{it in g} v_it^2,   g = cohort by event time      (eq. 8)
//! V is conservative: it takes the spread of effects within a group for noise. No small-sample factor.

use std::collections::BTreeMap;
use std::fmt;

use super::averages::path_of;
use super::grid::{Grid, Unit};
use super::settings::Settings;
use crate::att::{Influence, Influenced};
use crate::error::Result;
use crate::frame::{Factor, Frame, Interaction};
use crate::inference::Coefficient;
use crate::model::{Fit, Term};
use crate::notice::Notice;
use crate::parallel_trends::EventPath;
use crate::vcov::ROUNDING;

/// The effect in one treated row.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct ImputedEffect {
    /// The row of the frame.
    pub row: usize,
    /// The first treated time of its unit.
    pub group: i64,
    /// Its time less the first treated time.
    pub event_time: i64,
    /// Outcome less what it would have been untreated.
    pub effect: f64,
    /// How much it counts in averages.
    pub weight: f64,
}

/// What the untreated rows of one unit say.
#[derive(Debug, Clone)]
struct OwnMeans {
    /// O_i
    weight: f64,
    /// alpha_i
    level: f64,
    /// xbar_i
    x: Vec<f64>,
}

/// Effects and all that their covariance needs.
pub(super) struct Imputed {
    pub(super) effects: Vec<ImputedEffect>,
    pub(super) left_out: usize,
    /// For each effect: the place of its unit in the grid, and x_it.
    places: Vec<(usize, Vec<f64>)>,
    means: Vec<Option<OwnMeans>>,
}

impl Imputed {
    /// `times` is the term of the regression with an indicator for each time.
    pub(super) fn new(fit: &Fit, grid: &Grid, times: &Term, settings: &Settings) -> Result<Self> {
        let regressors = Regressors::new(fit, grid, times, settings)?;
        let means = own_means(fit, grid, &regressors, fit.frame().real(&settings.outcome)?);
        let component =
            grid.components(|unit, time| unit.row(time).is_some() && unit.is_untreated(grid.times()[time]));
        let outcome = fit.frame().real(&settings.outcome)?;
        let weights = settings.weights.as_ref().map(|w| fit.frame().real(w.column())).transpose()?;
        let mut imputed = Self { effects: vec![], left_out: 0, places: vec![], means };
        for (place, unit) in grid.units().enumerate() {
            let Some(group) = unit.group else { continue };
            for time in (0..grid.times().len()).filter(|&time| grid.times()[time] >= group) {
                let Some(row) = unit.row(time) else { continue };
                let linked = component[place] == component[grid.nunits() + time];
                let (true, Some(own)) = (linked, &imputed.means[place]) else {
                    imputed.left_out += 1;
                    continue;
                };
                let x = regressors.at(row, time);
                let effect = outcome[row] - own.level - dot(&x, fit.coefficients());
                let (event_time, weight) = (grid.times()[time] - group, weights.map_or(1.0, |w| w[row]));
                imputed.effects.push(ImputedEffect { row, group, event_time, effect, weight });
                imputed.places.push((place, x));
            }
        }
        Ok(imputed)
    }

    /// The averages by event time, those times, and the average over all.
    pub(super) fn influence(&self, fit: &Fit, grid: &Grid) -> (Influence, Vec<i64>, Influenced) {
        let mut times: Vec<i64> = self.effects.iter().map(|effect| effect.event_time).collect();
        times.sort_unstable();
        times.dedup();
        let at = |e: &i64| self.average(fit, grid, |effect| effect.event_time == *e);
        let parts: Vec<Influenced> = times.iter().map(at).collect();
        (Influence::new(grid.nunits(), &parts), times, self.average(fit, grid, |_| true))
    }

    /// tau_w for equal (or the rows') weights over some effects, and n sum_t v_it e_it for each unit.
    fn average(&self, fit: &Fit, grid: &Grid, wanted: impl Fn(&ImputedEffect) -> bool) -> Influenced {
        let total: f64 = self.effects.iter().filter(|held| wanted(held)).map(|held| held.weight).sum();
        let share = |held: &ImputedEffect| if wanted(held) { held.weight / total } else { 0.0 };
        let w: Vec<f64> = self.effects.iter().map(share).collect();
        let estimate = self.effects.iter().zip(&w).map(|(held, w)| w * held.effect).sum();
        let (mut function, reach) = self.untreated_sums(fit, grid, &w);
        let group_effect = self.group_effects(&w);
        for ((held, w), (place, _)) in self.effects.iter().zip(&w).zip(&self.places) {
            if *w > 0.0 {
                function[*place] += w * (held.effect - group_effect[&(held.group, held.event_time)]);
            }
        }
        let n = grid.nunits() as f64;
        function.iter_mut().for_each(|sum| *sum *= n);
        // Effects and residuals are known to a few roundings of what they are differences of.
        let rounding = ROUNDING * (1.0 + reach) * fit.ingredients().largest();
        Influenced { estimate, function, rounding }
    }

    /// tau_g
    fn group_effects(&self, w: &[f64]) -> BTreeMap<(i64, i64), f64> {
        let mut sums: BTreeMap<(i64, i64), (f64, f64)> = BTreeMap::new();
        for (held, w) in self.effects.iter().zip(w).filter(|(_, w)| **w > 0.0) {
            let sum = sums.entry((held.group, held.event_time)).or_default();
            *sum = (sum.0 + w * w * held.effect, sum.1 + w * w);
        }
        sums.into_iter().map(|(group, (effects, weights))| (group, effects / weights)).collect()
    }

    /// sum_t v_it u_it over the untreated rows of each unit, and sum_it |v_it|.
    fn untreated_sums(&self, fit: &Fit, grid: &Grid, w: &[f64]) -> (Vec<f64>, f64) {
        let mut a = vec![0.0; grid.nunits()];
        let mut d = vec![0.0; fit.names().len()];
        for ((place, x), w) in self.places.iter().zip(w).filter(|(_, w)| **w > 0.0) {
            let own = self.means[*place].as_ref().expect("effects are of units with untreated rows");
            a[*place] += w;
            d.iter_mut().zip(x).zip(&own.x).for_each(|((d, x), mean)| *d += w * (x - mean));
        }
        let ingredients = fit.ingredients();
        let slope = ingredients.design.times(&ingredients.bread.times(&d));
        let place_of = places_of_rows(grid, fit.frame().nrows());
        let (mut sums, mut reach) = (vec![0.0; grid.nunits()], 0.0);
        for (i, &row) in fit.sample().rows().iter().enumerate() {
            let place = place_of[row as usize].expect("the regression uses rows of the grid");
            let own = self.means[place].as_ref().expect("the row is an untreated row of its unit");
            let v = -ingredients.weight(i) * (a[place] / own.weight + slope[i]);
            sums[place] += v * ingredients.residuals[i];
            reach += v.abs();
        }
        (sums, reach)
    }
}

/// Where the regressors of the untreated regression come from, for any row.
struct Regressors<'a> {
    /// The coefficient of each time of the grid; `None` for the reference.
    times: Vec<Option<usize>>,
    covariates: Vec<(usize, &'a [f64])>,
    count: usize,
}

impl<'a> Regressors<'a> {
    fn new(fit: &'a Fit, grid: &Grid, times: &Term, settings: &Settings) -> Result<Self> {
        let of_times = fit.of_term(times)?.estimated.into_iter();
        let of_times: BTreeMap<i64, usize> = of_times
            .filter_map(|(position, name)| {
                Some((name.level_of(&settings.adoption.time)?.whole_number()?, position))
            })
            .collect();
        let times = grid.times().iter().map(|time| of_times.get(time).copied()).collect();
        let covariate =
            |column: &String| Ok((fit.identified(&Term::from(column.as_str()))?, fit.frame().real(column)?));
        let covariates = settings.covariates.iter().map(covariate).collect::<Result<_>>()?;
        Ok(Self { times, covariates, count: fit.names().len() })
    }

    /// x_it
    fn at(&self, row: usize, time: usize) -> Vec<f64> {
        let mut x = vec![0.0; self.count];
        self.times[time].into_iter().for_each(|place| x[place] = 1.0);
        self.covariates.iter().for_each(|(place, values)| x[*place] = values[row]);
        x
    }
}

/// alpha_i, xbar_i and O_i of each unit that has untreated rows.
fn own_means(fit: &Fit, grid: &Grid, regressors: &Regressors<'_>, outcome: &[f64]) -> Vec<Option<OwnMeans>> {
    let mut weight_of = vec![0.0; fit.frame().nrows()];
    for (i, &row) in fit.sample().rows().iter().enumerate() {
        weight_of[row as usize] = fit.ingredients().weight(i);
    }
    let of = |unit: Unit<'_>| {
        let mut own = OwnMeans { weight: 0.0, level: 0.0, x: vec![0.0; regressors.count] };
        for time in (0..grid.times().len()).filter(|&time| unit.is_untreated(grid.times()[time])) {
            let Some(row) = unit.row(time) else { continue };
            let (o, x) = (weight_of[row], regressors.at(row, time));
            own.weight += o;
            own.level += o * (outcome[row] - dot(&x, fit.coefficients()));
            own.x.iter_mut().zip(&x).for_each(|(sum, x)| *sum += o * x);
        }
        own.level /= own.weight;
        own.x.iter_mut().for_each(|sum| *sum /= own.weight);
        (own.weight > 0.0).then_some(own)
    };
    grid.units().map(of).collect()
}

/// The place of the unit that holds each row of the frame.
fn places_of_rows(grid: &Grid, nrows: usize) -> Vec<Option<usize>> {
    let mut places = vec![None; nrows];
    for (place, unit) in grid.units().enumerate() {
        unit.rows().for_each(|row| places[row] = Some(place));
    }
    places
}

fn dot(x: &[f64], b: &[f64]) -> f64 {
    x.iter().zip(b).map(|(x, b)| x * b).sum()
}

/// A fitted imputation.
#[derive(Debug, Clone)]
pub struct ImputationFit {
    pub(super) frame: Frame,
    pub(super) fit: Fit,
    pub(super) grid: Grid,
    pub(super) effects: Vec<ImputedEffect>,
    pub(super) times: Vec<i64>,
    pub(super) influence: Influence,
    pub(super) overall: Influenced,
    pub(super) clusters: Factor,
    pub(super) notices: Vec<Notice>,
}

impl ImputationFit {
    /// The same estimates with standard errors clustered by a column (or an interaction `a^b`) that holds one
    /// value for each unit.
    ///
    /// # Errors
    /// [`crate::Error::UnknownColumn`], [`crate::Error::MissingCluster`], [`crate::Error::NotConstant`],
    /// [`crate::Error::TooFewClusters`].
    pub fn cluster_by(&self, column: impl Into<Interaction>) -> Result<Self> {
        let clusters = self.grid.clusters(&self.frame, &column.into())?;
        Ok(Self { clusters, ..self.clone() })
    }

    /// The regression on the untreated rows.
    pub fn untreated(&self) -> &Fit {
        &self.fit
    }

    /// The effect in each treated row that could be imputed, by unit and time.
    pub fn effects(&self) -> &[ImputedEffect] {
        &self.effects
    }

    /// Facts that did not stop the estimates.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The average effect at each event time from 0 on.
    ///
    /// # Errors
    /// Those of [`EventPath::new`].
    pub fn path(&self) -> Result<EventPath> {
        path_of(&self.influence, &self.times, &self.clusters)
    }

    /// The average effect over all treated rows.
    pub fn effect(&self) -> Coefficient {
        self.overall.coefficient("effect", &self.clusters)
    }
}

impl fmt::Display for ImputationFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} treated rows imputed from {} untreated ones", self.effects.len(), self.fit.nobs())?;
        writeln!(f, "{}", self.effect())?;
        if let Ok(path) = self.path() {
            write!(f, "{path}")?;
        }
        self.notices.iter().try_for_each(|notice| writeln!(f, "note: {notice}"))
    }
}
