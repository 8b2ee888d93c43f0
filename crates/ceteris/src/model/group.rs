//! Models on the same rows with the same effects, weights, rule on singletons and absorption, fitted together.
//!
//! 1. rows: conditions, missing values, zero weights, singletons;
//! 2. columns: terms to a design, each distinct column once;
//! 3. absorption: y~ = My, X~ = MX, once for all;
//! 4. each model from its own columns: `estimate`.

use super::estimate::Model;
use super::gathered::{Gathered, Plan};
use super::rows::Rows;
use super::{Fit, Ols, design};
use crate::error::Result;
use crate::frame::{Frame, Sample};
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
