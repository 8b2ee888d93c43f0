//! The stages from a specification and a frame to a fit.
//!
//! 1. rows: conditions, missing values, zero weights, singletons;  2. columns: terms to a design;
//! 3. absorption: y~ = My, X~ = MX;  4. columns omitted;  5. b = (X~'WX~)^-1 X~'Wy~.

use super::certificate::{Certificate, NOTICE_BELOW, Solved};
use super::collinear::{COLLINEAR, Judged, Omitted, judge};
use super::design::{self, INTERCEPT, Named};
use super::{Effect, Fit, FitQuality, Ols, Singletons};
use crate::absorb::{Absorbed, Absorber, Absorption, AbsorptionMethod, Block, Rank, singletons};
use crate::error::{Error, Result};
use crate::frame::{Factor, Frame, Rule, Sample, WeightKind, Weights};
use crate::linalg::Columns;
use crate::linalg::gram::weighted_dot;
use crate::notice::Notice;
use crate::vcov::{EffectCost, Ingredients, Ledger};

impl Ols {
    /// Fits the specification to a frame.
    ///
    /// # Errors
    /// Of the data: [`Error::UnknownColumn`], [`Error::ColumnKind`], [`Error::NonFinite`],
    /// [`Error::InvalidWeight`], [`Error::UnknownLevel`], [`Error::EmptySample`]. Of the design:
    /// [`Error::NotIdentified`] if no regressor can be estimated, [`Error::NoVariation`] of the outcome,
    /// [`Error::TooFewObservations`]. Of the arithmetic: [`Error::NotConverged`],
    /// [`Error::FeatureDisabled`].
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Iid, Ols};
    /// let frame = Frame::new()
    ///     .add_real("x", vec![1.0, 2.0, 3.0, 4.0])?
    ///     .add_real("y", vec![3.0, 5.0, 7.0, 10.0])?;
    /// let fit = "y ~ x".parse::<Ols>()?.fit(&frame)?;
    /// assert!((fit.estimate("x")? - 2.3).abs() < 1e-12);
    /// println!("{}", fit.inference(Iid)?);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn fit(&self, frame: &Frame) -> Result<Fit> {
        let (sample, blocks, singles) = rows(self, frame)?;
        let weights = sample_weights(self, frame, &sample)?;
        let nobs = count_observations(&sample, self.chosen_weights(), weights.as_deref());
        let outcome = design::outcome(self, frame, &sample)?;
        let regressors = design::regressors(self, frame, &sample)?;
        if regressors.is_empty() {
            let found = self.to_string();
            return Err(Error::InvalidSetting { setting: "regressors", value: found, must: "at least one" });
        }
        let solver = self.chosen_solver();
        let absorber = Absorber::new(&blocks, sample.len(), weights.as_deref(), solver.chosen_absorption())?;
        let stage = Stage::run(outcome, regressors, &absorber, weights.as_deref())?;
        let omitted = stage.omitted(&blocks, weights.as_deref())?;
        let rank = absorber.rank();
        let ledger = ledger(nobs, stage.judged.kept.len(), &blocks, rank);
        if nobs <= ledger.rank {
            return Err(Error::TooFewObservations { nobs, parameters: ledger.rank });
        }
        let x = stage.x.select(&stage.judged.kept);
        let solution =
            solver.chosen_least_squares().solve(&x, &stage.rests(), &stage.y, weights.as_deref())?;
        let kind = self.chosen_weights().map(Weights::kind);
        let ingredients = Ingredients {
            design: x,
            weights: kind.zip(weights),
            residuals: solution.residuals,
            bread: solution.bread,
        };
        let quality = stage.quality(&ingredients, &ledger, self);
        let names: Vec<String> = stage.judged.kept.iter().map(|&j| stage.names[j].clone()).collect();
        let certificate = stage.certify(&names, &ingredients, &solution.coefficients, &ledger)?;
        let mut notices = notices(&sample, &omitted, rank, &ledger, singles);
        if certificate.digits < NOTICE_BELOW {
            let (coefficient, digits) = (certificate.weakest.clone(), certificate.digits);
            notices.push(Notice::FewTrustedDigits { coefficient, digits });
        }
        Ok(Fit {
            ols: self.clone(),
            frame: frame.clone(),
            sample,
            names,
            coefficients: solution.coefficients,
            omitted,
            ingredients,
            blocks,
            absorbed: stage.absorbed,
            ledger,
            quality,
            certificate,
            notices,
        })
    }
}

/// The rows in use with their effects, and the number of singletons kept on request.
fn rows(ols: &Ols, frame: &Frame) -> Result<(Sample, Vec<Block>, usize)> {
    let sample = design::sample(ols, frame)?;
    let blocks = design::blocks(ols, frame, &sample)?;
    let factors: Vec<&Factor> = blocks.iter().filter(|b| b.intercept).map(|b| &b.factor).collect();
    let frequencies = ols.chosen_weights().filter(|weights| weights.kind() == WeightKind::Frequency);
    let counts = match frequencies {
        Some(weights) => Some(design::gather(frame.real(weights.column())?, &sample)),
        None => None,
    };
    let alone = singletons(&factors, counts.as_deref());
    match (alone.len(), ols.chosen_singletons()) {
        (0, _) => Ok((sample, blocks, 0)),
        (kept, Singletons::Keep) => Ok((sample, blocks, kept)),
        (_, Singletons::Drop) => {
            let sample = sample.drop_singletons(&alone)?;
            let blocks = design::blocks(ols, frame, &sample)?;
            Ok((sample, blocks, 0))
        }
    }
}

fn sample_weights(ols: &Ols, frame: &Frame, sample: &Sample) -> Result<Option<Vec<f64>>> {
    let weights = ols.chosen_weights();
    weights.map(|weights| Ok(design::gather(frame.real(weights.column())?, sample))).transpose()
}

/// n: the sum of frequency weights, else the number of rows.
fn count_observations(sample: &Sample, weights: Option<&Weights>, values: Option<&[f64]>) -> usize {
    match (weights.map(Weights::kind), values) {
        (Some(WeightKind::Frequency), Some(values)) => values.iter().sum::<f64>() as usize,
        _ => sample.len(),
    }
}

fn ledger(nobs: usize, regressors: usize, blocks: &[Block], rank: Rank) -> Ledger {
    let effect = |block: &Block| EffectCost {
        name: block.name.clone(),
        nlevels: block.factor.nlevels(),
        intercept: block.intercept,
        slopes: block.slopes.len(),
        factor: block.factor.clone(),
    };
    Ledger {
        nobs,
        regressors,
        effects: blocks.iter().map(effect).collect(),
        rank: regressors + rank.parameters,
        pairwise_rank: regressors + Absorber::pairwise_rank(blocks),
    }
}

fn notices(sample: &Sample, omitted: &[Omitted], rank: Rank, ledger: &Ledger, singles: usize) -> Vec<Notice> {
    let mut notices = Vec::new();
    for dropped in sample.dropped() {
        notices.push(match dropped.rule {
            Rule::Singleton => Notice::SingletonsDropped { rows: dropped.rows },
            Rule::Condition { .. } => continue, // asked for, and listed in the ledger
            rule => Notice::RowsDropped { rule: rule.to_string(), rows: dropped.rows },
        });
    }
    if singles > 0 {
        notices.push(Notice::SingletonsKept { rows: singles });
    }
    notices.extend(omitted_together(omitted));
    if !rank.exact {
        notices.push(Notice::RankBounded { parameters: ledger.rank });
    }
    notices
}

/// One notice for each set of columns that span others.
fn omitted_together(omitted: &[Omitted]) -> Vec<Notice> {
    let mut sets: Vec<(&[String], Vec<String>)> = Vec::new();
    for Omitted { term, spanned_by } in omitted {
        match sets.iter_mut().find(|(spanning, _)| spanning == spanned_by) {
            Some((_, columns)) => columns.push(term.clone()),
            None => sets.push((spanned_by, vec![term.clone()])),
        }
    }
    let notice = |(spanned_by, columns): (&[String], Vec<String>)| Notice::RegressorsOmitted {
        columns,
        spanned_by: spanned_by.to_vec(),
    };
    sets.into_iter().map(notice).collect()
}

/// Columns before and after absorption.
struct Stage {
    names: Vec<String>,
    raw: Vec<Named>,
    outcome: Named,
    y: Vec<f64>,
    x: Columns,
    /// Norms before absorption, the outcome's first.
    norms: Vec<f64>,
    absorbed: Absorbed,
    judged: Judged,
}

impl Stage {
    /// Absorbs the effects and judges which columns can be estimated.
    fn run(
        outcome: Named,
        raw: Vec<Named>,
        absorber: &Absorber<'_>,
        weights: Option<&[f64]>,
    ) -> Result<Self> {
        let nobs = outcome.values.len();
        varies(&outcome.name, &outcome.values)?;
        let mut columns: Vec<&[f64]> = vec![&outcome.values];
        columns.extend(raw.iter().map(|named| named.values.as_slice()));
        let mut absorbed_columns = Columns::from_columns(nobs, &columns);
        let norm = |values: &[f64]| weighted_dot(values, weights, values).sqrt();
        let norms: Vec<f64> = absorbed_columns.cols().map(norm).collect();
        let mut all_names = vec![outcome.name.clone()];
        all_names.extend(raw.iter().map(|named| named.name.clone()));
        let absorbed = absorber.absorb(&mut absorbed_columns, &all_names)?;
        let y = absorbed_columns.col(0).to_vec();
        if norm(&y) <= COLLINEAR * norms[0] {
            return Err(Error::NoVariation { column: format!("{} after the effects", outcome.name), nobs });
        }
        let x = Columns::from_data(nobs, raw.len(), absorbed_columns.data()[nobs..].to_vec());
        let floor = COLLINEAR.max(RESIDUAL_MARGIN * absorbed.residual);
        let floors: Vec<f64> = norms[1..].iter().map(|norm| floor * norm).collect();
        let judged = judge(&x, weights, &floors);
        Ok(Self { names: all_names.split_off(1), raw, outcome, y, x, norms, absorbed, judged })
    }

    /// The digits that the doubles of the kept columns left out; absorption has spent them.
    fn rests(&self) -> Vec<Option<&[f64]>> {
        if self.absorbed.method != AbsorptionMethod::None {
            return Vec::new();
        }
        self.judged.kept.iter().map(|&j| self.raw[j].rest.as_deref()).collect()
    }

    /// The omitted columns with what spans them.
    fn omitted(&self, blocks: &[Block], weights: Option<&[f64]>) -> Result<Vec<Omitted>> {
        let mut omitted = Vec::new();
        for (j, members) in &self.judged.spanned {
            let mut spanned_by: Vec<String> = members.iter().map(|&p| self.names[p].clone()).collect();
            if spanned_by.is_empty() {
                spanned_by = spanning_effects(&self.raw[*j], blocks, weights)?;
            }
            omitted.push(Omitted { term: self.names[*j].clone(), spanned_by });
        }
        if self.judged.kept.is_empty() {
            let first = omitted.swap_remove(0);
            return Err(Error::NotIdentified { term: first.term, spanned_by: first.spanned_by });
        }
        Ok(omitted)
    }

    fn certify(
        &self,
        names: &[String],
        ingredients: &Ingredients,
        coefficients: &[f64],
        ledger: &Ledger,
    ) -> Result<Certificate> {
        let kept = self.judged.kept.iter().map(|&j| self.norms[j + 1]).collect();
        let solved = Solved {
            names,
            x: &ingredients.design,
            y: &self.y,
            weights: ingredients.weights.as_ref().map(|(_, weights)| weights.as_slice()),
            coefficients,
            residuals: &ingredients.residuals,
            bread: &ingredients.bread,
            norms_before: (kept, self.norms[0]),
            absorbed: &self.absorbed,
            dof: (ledger.nobs - ledger.rank) as f64,
        };
        solved.certify()
    }

    fn quality(&self, ingredients: &Ingredients, ledger: &Ledger, ols: &Ols) -> FitQuality {
        let weights = ingredients.weights.as_ref().map(|(_, weights)| weights.as_slice());
        let centred =
            ols.effects().iter().any(Effect::has_intercept) || self.names.iter().any(|n| n == INTERCEPT);
        let whole = total_squares(&self.outcome.values, weights, centred);
        let rss = ingredients.weighted_rss();
        let within = weighted_dot(&self.y, weights, &self.y);
        FitQuality {
            r2: 1.0 - rss / whole,
            r2_within: (!ols.effects().is_empty()).then(|| 1.0 - rss / within),
            rmse: (rss / ledger.nobs as f64).sqrt(),
            sigma: (rss / (ledger.nobs - ledger.rank) as f64).sqrt(),
        }
    }
}

/// A column spanned by effects is left with up to this many times the residual of the absorption.
const RESIDUAL_MARGIN: f64 = 10.0;

fn varies(name: &str, values: &[f64]) -> Result<()> {
    if values.iter().any(|value| *value != values[0]) {
        return Ok(());
    }
    Err(Error::NoVariation { column: name.to_string(), nobs: values.len() })
}

/// sum_i w_i (y_i - y_bar)^2, or about zero.
fn total_squares(values: &[f64], weights: Option<&[f64]>, centred: bool) -> f64 {
    if !centred {
        return weighted_dot(values, weights, values);
    }
    let ones = vec![1.0; values.len()];
    let mean = weighted_dot(&ones, weights, values) / weighted_dot(&ones, weights, &ones);
    let deviations: Vec<f64> = values.iter().map(|value| value - mean).collect();
    weighted_dot(&deviations, weights, &deviations)
}

/// The one effect that spans a column, or all of them where it takes several.
fn spanning_effects(column: &Named, blocks: &[Block], weights: Option<&[f64]>) -> Result<Vec<String>> {
    let nobs = column.values.len();
    if column.values.iter().all(|value| *value == 0.0) {
        return Ok(vec!["0".to_string()]);
    }
    for block in blocks {
        let alone = Absorber::new(std::slice::from_ref(block), nobs, weights, Absorption::Auto)?;
        let mut left = Columns::from_columns(nobs, &[&column.values]);
        alone.absorb(&mut left, std::slice::from_ref(&column.name))?;
        let norm = |values: &[f64]| weighted_dot(values, weights, values).sqrt();
        if norm(left.col(0)) <= COLLINEAR * norm(&column.values) {
            return Ok(vec![block.name.clone()]);
        }
    }
    Ok(blocks.iter().map(|block| block.name.clone()).collect())
}
