//! Models on the same rows with the same effects, weights, rule on singletons and absorption, fitted together.
//!
//! 1. rows: conditions, missing values, zero weights, singletons;
//! 2. columns: terms to a design, each distinct column once;
//! 3. absorption: y~ = My, X~ = MX, once for all;
//! 4. each model from its own columns: `estimate`.

use std::sync::Arc;

use super::estimate::Model;
use super::gathered::{Gathered, Plan};
use super::{Fit, Ols, Singletons, design, magnitude};
use crate::absorb::{Block, singletons};
use crate::error::Result;
use crate::frame::{Factor, Frame, Sample, WeightKind, Weights};
use crate::linalg::Columns;
use crate::linalg::gram::gram;

/// Fits every model to a frame, in the order given.
pub(crate) fn fit_each(models: &[Ols], frame: &Frame) -> Vec<Result<Fit>> {
    let mut fits: Vec<(usize, Result<Fit>)> = Vec::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (place, ols) in models.iter().enumerate() {
        match design::sample(ols, frame) {
            Err(error) => fits.push((place, Err(error))),
            Ok(sample) => match groups.iter_mut().find(|group| group.takes(ols, &sample)) {
                Some(group) => group.add(place, ols, sample),
                None => groups.push(Group { members: vec![(place, ols, 0)], samples: vec![sample] }),
            },
        }
    }
    fits.extend(groups.into_iter().flat_map(|group| group.fit(frame)));
    fits.sort_by_key(|(place, _)| *place);
    fits.into_iter().map(|(_, fit)| fit).collect()
}

/// Models that share absorption.
struct Group<'a> {
    /// The place of each in the list, and its sample.
    members: Vec<(usize, &'a Ols, usize)>,
    /// Samples of the same rows; their ledgers may differ.
    samples: Vec<Sample>,
}

impl<'a> Group<'a> {
    fn takes(&self, ols: &Ols, sample: &Sample) -> bool {
        let (_, held, _) = self.members[0];
        let absorption = |ols: &Ols| ols.chosen_solver().chosen_absorption();
        held.effects() == ols.effects()
            && held.chosen_weights() == ols.chosen_weights()
            && held.chosen_singletons() == ols.chosen_singletons()
            && absorption(held) == absorption(ols)
            && self.samples[0].rows() == sample.rows()
    }

    fn add(&mut self, place: usize, ols: &'a Ols, sample: Sample) {
        let known = self.samples.iter().position(|held| *held == sample).unwrap_or_else(|| {
            self.samples.push(sample);
            self.samples.len() - 1
        });
        self.members.push((place, ols, known));
    }

    /// The fits with their places. What stops the group as a whole may be the fault of one model, so that each
    /// is then fitted alone.
    fn fit(self, frame: &Frame) -> Vec<(usize, Result<Fit>)> {
        let members: Vec<(usize, &Ols)> = self.members.iter().map(|&(place, ols, _)| (place, ols)).collect();
        let places = members.iter().map(|(place, _)| *place);
        match (self.fit_together(frame), members.as_slice()) {
            (Ok(fits), _) => places.zip(fits).collect(),
            (Err(error), [(place, _)]) => vec![(*place, Err(error))],
            (Err(_), _) => members.iter().map(|(place, ols)| (*place, ols.fit(frame))).collect(),
        }
    }

    fn fit_together(self, frame: &Frame) -> Result<Vec<Result<Fit>>> {
        let Group { members, samples } = self;
        let (_, first, _) = members[0];
        let rows = Rows::new(first, frame, samples)?;
        let mut gathered = Gathered::new(frame, &rows.samples[0], rows.weights());
        let plans: Vec<Result<Plan>> = members.iter().map(|(_, ols, _)| gathered.plan(ols)).collect();
        let Some(last) = plans.iter().rposition(Result::is_ok) else {
            return Ok(plans.into_iter().map(|plan| Err(plan.err().expect("none is in order"))).collect());
        };
        let mut residual = gathered.absorb(&rows.blocks, first.chosen_solver().chosen_absorption())?;
        let mut normal = Normal::default();
        let each = members.into_iter().zip(plans).enumerate();
        let fits = each.map(|(place, ((_, ols, sample), plan))| {
            let plan = plan?;
            let (x, y) = residual.of(&plan, place == last);
            let normal = normal.of(&plan, &x, rows.weights());
            let sample = rows.samples[sample].clone();
            Model { ols, frame, rows: &rows, sample, residual: &residual, plan }.fit(x, normal, y)
        });
        Ok(fits.collect())
    }
}

/// X~'WX~ of the regressors that the last model had: with several outcomes the next one has the same.
#[derive(Default)]
struct Normal {
    held: Option<(Vec<usize>, Columns)>,
}

impl Normal {
    fn of(&mut self, plan: &Plan, x: &Columns, weights: Option<&[f64]>) -> &Columns {
        self.held.take_if(|(regressors, _)| *regressors != plan.regressors);
        &self.held.get_or_insert_with(|| (plan.regressors.clone(), gram(x, weights))).1
    }
}

/// Rows in use with their effects and weights.
pub(super) struct Rows {
    /// The same rows; what dropped the others may have different names.
    pub(super) samples: Vec<Arc<Sample>>,
    pub(super) blocks: Arc<Vec<Block>>,
    /// Singletons kept on request.
    pub(super) singletons: usize,
    kind: Option<WeightKind>,
    weights: Option<Arc<Vec<f64>>>,
}

impl Rows {
    fn new(ols: &Ols, frame: &Frame, mut samples: Vec<Sample>) -> Result<Self> {
        let gathered = |weights: &Weights, sample: &Sample| -> Result<Vec<f64>> {
            let values = design::gather(frame.real(weights.column())?, sample).into_owned();
            magnitude::check(weights.column(), &values).map(|()| values)
        };
        let kind = ols.chosen_weights().map(Weights::kind);
        let mut blocks = design::blocks(ols, frame, &samples[0])?;
        let frequencies = ols.chosen_weights().filter(|_| kind == Some(WeightKind::Frequency));
        let counts = frequencies.map(|weights| gathered(weights, &samples[0])).transpose()?;
        let factors: Vec<&Factor> = blocks.iter().filter(|b| b.intercept).map(|b| &b.factor).collect();
        let alone = singletons(&factors, counts.as_deref());
        let mut kept = alone.len();
        if kept > 0 && ols.chosen_singletons() == Singletons::Drop {
            samples = samples.into_iter().map(|s| s.drop_singletons(&alone)).collect::<Result<_>>()?;
            blocks = design::blocks(ols, frame, &samples[0])?;
            kept = 0;
        }
        let weights =
            ols.chosen_weights().map(|weights| gathered(weights, &samples[0])).transpose()?.map(Arc::new);
        let samples = samples.into_iter().map(Arc::new).collect();
        Ok(Self { samples, blocks: Arc::new(blocks), singletons: kept, kind, weights })
    }

    /// w; `None` if every row counts the same.
    pub(super) fn weights(&self) -> Option<&[f64]> {
        self.weights.as_ref().map(|weights| weights.as_slice())
    }

    /// w with its kind.
    pub(super) fn weights_of_a_kind(&self) -> Option<(WeightKind, Arc<Vec<f64>>)> {
        self.kind.zip(self.weights.clone())
    }

    /// n: the sum of frequency weights, else the number of rows.
    pub(super) fn nobs(&self) -> usize {
        match (self.kind, self.weights()) {
            (Some(WeightKind::Frequency), Some(weights)) => weights.iter().sum::<f64>() as usize,
            _ => self.samples[0].len(),
        }
    }
}
