//! From the columns that absorption leaves to a fit: which of them are estimated, b = (X~'WX~)^-1 X~'Wy~, and
//! what of it can be trusted.

use std::sync::Arc;

use super::certificate::{Certificate, NOTICE_BELOW, Solved};
use super::collinear::{COLLINEAR, Omitted, judge};
use super::expand::{Named, expand};
use super::gathered::{Label, Plan, Residual};
use super::name::{CoefficientName, Place};
use super::rows::Rows;
use super::{Fit, FitQuality, Ols, Term};
use crate::absorb::{Absorbed, Absorber, Absorption, Block, Rank, rank_of};
use crate::error::{Error, Result, ZERO};
use crate::frame::{Frame, Rule, Sample};
use crate::linalg::Columns;
use crate::linalg::gram::norm;
use crate::linalg::least_squares::Solution;
use crate::linalg::problem::Problem;
use crate::notice::Notice;
use crate::vcov::{EffectCost, Ingredients, Ledger};

/// A column spanned by effects is left with up to this many times the residual of the absorption.
const RESIDUAL_MARGIN: f64 = 10.0;

/// A model with what it shares with others on its rows.
pub(super) struct Model<'a> {
    pub(super) ols: &'a Ols,
    pub(super) frame: &'a Frame,
    pub(super) sample: Arc<Sample>,
    pub(super) rows: &'a Rows,
    pub(super) residual: &'a Residual,
    pub(super) plan: Plan,
}

impl Model<'_> {
    /// Fits the model from its own X~, X~'WX~ and y~.
    ///
    /// # Errors
    /// [`Error::NotIdentified`], [`Error::TooFewObservations`], [`Error::Untrustworthy`]; those of the backend.
    pub(super) fn fit(self, x: Columns, normal: &Columns, y: Vec<f64>) -> Result<Fit> {
        let weights = self.rows.weights();
        let outcome_norm = self.outcome_norm(&y)?;
        let absorbed = self.residual.absorbed(&self.plan);
        let judged = judge(&x, normal, weights, &self.floors(&absorbed));
        let omitted = self.omitted(judged.spanned, judged.kept.is_empty())?;
        let (ledger, rank) = self.ledger(judged.kept.len())?;
        let kept: Vec<usize> = judged.kept.iter().map(|&j| self.plan.regressors[j]).collect();
        let x = x.keep(&judged.kept);
        let rests: Vec<Option<&[f64]>> =
            kept.iter().map(|&place| self.label(place).rest.as_deref()).collect();
        let backend = self.ols.chosen_solver().chosen_least_squares();
        let problem = Problem { x: &x, normal: normal.principal(&judged.kept), rests, y: &y, weights };
        let solution = backend.solve(&problem)?;
        let dof = (ledger.nobs - ledger.rank) as f64;
        let (names, norms_before) = (self.texts(&kept), self.norms_before(&kept));
        let certificate = Solved {
            names: &names,
            problem: &problem,
            solution: &solution,
            outcome_norm,
            norms_before,
            absorbed: &absorbed,
            dof,
        }
        .certify()?;
        let Solution { coefficients, bread, residuals } = solution;
        let (norms, of_outcome) = self.norms_before(&kept);
        let size = of_outcome + norms.iter().zip(&coefficients).map(|(norm, b)| norm * b.abs()).sum::<f64>();
        let weights = self.rows.weights_of_a_kind();
        let quality = self.quality(outcome_norm, residuals.squares, &ledger);
        let (residuals, left_over) = (residuals.values, absorbed.residual);
        let ingredients = Ingredients { design: x, weights, residuals, bread, size, left_over };
        Ok(Fit {
            ols: self.ols.clone(),
            frame: self.frame.clone(),
            coefficient_names: judged.kept.iter().map(|&j| self.plan.names[j].clone()).collect(),
            terms: self.terms(&judged.kept),
            names,
            coefficients,
            blocks: self.rows.blocks.clone(),
            quality,
            notices: self.notices(&omitted, &absorbed, (&ledger, rank), (&certificate, &ingredients)),
            sample: self.sample,
            omitted,
            ingredients: Arc::new(ingredients),
            absorbed,
            ledger,
            certificate,
        })
    }

    fn label(&self, place: usize) -> &Label {
        &self.residual.labels[place]
    }

    fn texts(&self, places: &[usize]) -> Vec<String> {
        places.iter().map(|&place| self.label(place).text.clone()).collect()
    }

    /// Where the columns of each term went, given the regressors that are estimated.
    fn terms(&self, kept: &[usize]) -> Vec<(Term, Vec<Place>)> {
        let place = |j: &usize| match kept.binary_search(j) {
            Ok(position) => Place::Estimated(position),
            Err(estimated_before) => Place::Omitted(j - estimated_before),
        };
        let terms = self.plan.terms.iter();
        terms.map(|(term, columns)| (term.clone(), columns.iter().map(place).collect())).collect()
    }

    /// What a column must keep of its norm to be more than rounding and the residual of the absorption.
    fn floors(&self, absorbed: &Absorbed) -> Vec<f64> {
        let floor = COLLINEAR.max(RESIDUAL_MARGIN * absorbed.residual);
        self.plan.regressors.iter().map(|&place| floor * self.residual.norms[place]).collect()
    }

    /// The omitted columns with what spans them.
    fn omitted(&self, spanned: Vec<(usize, Vec<usize>)>, all: bool) -> Result<Vec<Omitted>> {
        let place = |j: usize| self.plan.regressors[j];
        let mut omitted = Vec::new();
        for (j, members) in spanned {
            let members: Vec<usize> = members.into_iter().map(place).collect();
            let label = self.label(place(j));
            let spanned_by = match members.is_empty() {
                true => self.spanning_effects(label, &self.plan.names[j])?,
                false => self.texts(&members),
            };
            omitted.push(Omitted { name: self.plan.names[j].clone(), spanned_by });
        }
        if all {
            return Err(omitted[0].not_identified());
        }
        Ok(omitted)
    }

    /// The one effect that spans a column, or all of them where it takes several.
    fn spanning_effects(&self, label: &Label, name: &CoefficientName) -> Result<Vec<String>> {
        let weights = self.rows.weights();
        let mut columns = expand(&label.origin, self.frame, &self.sample)?.into_iter();
        let same = |column: &Named<'_>| column.name.levels() == name.levels();
        let column = columns.find(same).expect("it came from this term");
        if column.values.iter().all(|value| *value == 0.0) {
            return Ok(vec![ZERO.to_string()]);
        }
        let nobs = self.sample.len();
        for block in self.rows.blocks.iter() {
            let alone = Absorber::new(std::slice::from_ref(block), nobs, weights, Absorption::Auto)?;
            let mut left = Columns::from_columns(nobs, &[&column.values]);
            alone.absorb(&mut left, std::slice::from_ref(&label.text))?;
            if norm(left.col(0), weights) <= COLLINEAR * norm(&column.values, weights) {
                return Ok(vec![block.name.clone()]);
            }
        }
        Ok(self.rows.blocks.iter().map(|block| block.name.clone()).collect())
    }

    /// What the estimated regressors and the effects cost.
    ///
    /// # Errors
    /// [`Error::TooFewObservations`]; [`Error::RankNotCounted`] where only an upper bound of the rank is known.
    fn ledger(&self, regressors: usize) -> Result<(Ledger, Rank)> {
        let effect = |block: &Block| EffectCost {
            name: block.name.clone(),
            nlevels: block.factor.nlevels(),
            intercept: block.intercept,
            slopes: block.slopes.len(),
            rank: block.rank(),
            factor: block.factor.clone(),
        };
        let nobs = self.rows.nobs();
        let mut of_effects = self.residual.rank;
        if nobs <= regressors + of_effects.parameters && !of_effects.exact {
            of_effects = rank_of(&self.rows.blocks); // a bound refuses no one before it is counted
        }
        let rank = regressors + of_effects.parameters;
        if nobs <= rank {
            return Err(match of_effects.exact {
                true => Error::TooFewObservations { nobs, parameters: rank },
                false => Error::RankNotCounted { nobs, bound: rank },
            });
        }
        let effects = self.rows.blocks.iter().map(effect).collect();
        let blocks = self.rows.blocks.clone();
        Ok((Ledger { nobs, regressors, effects, rank, blocks }, of_effects))
    }

    /// ||y~||
    fn outcome_norm(&self, y: &[f64]) -> Result<f64> {
        let left = norm(y, self.rows.weights());
        if left > COLLINEAR * self.residual.norms[self.plan.outcome] {
            return Ok(left);
        }
        let column = format!("{} after the effects", self.label(self.plan.outcome).text);
        Err(Error::NoVariation { column, nobs: y.len() })
    }

    /// Norms before absorption: of these regressors, and of the outcome.
    fn norms_before(&self, places: &[usize]) -> (Vec<f64>, f64) {
        let norms = &self.residual.norms;
        (places.iter().map(|&place| norms[place]).collect(), norms[self.plan.outcome])
    }

    fn quality(&self, outcome_norm: f64, rss: f64, ledger: &Ledger) -> FitQuality {
        let (within, nobs) = (outcome_norm * outcome_norm, ledger.nobs as f64);
        let mean_square = rss / self.rows.weights().map_or(nobs, |weights| weights.iter().sum());
        FitQuality {
            r2: 1.0 - rss / self.plan.total_squares,
            r2_within: (!self.ols.effects().is_empty()).then(|| 1.0 - rss / within),
            rmse: mean_square.sqrt(),
            sigma: (mean_square * nobs / (nobs - ledger.rank as f64)).sqrt(),
        }
    }

    fn notices(
        &self,
        omitted: &[Omitted],
        absorbed: &Absorbed,
        (ledger, rank): (&Ledger, Rank),
        (certificate, ingredients): (&Certificate, &Ingredients),
    ) -> Vec<Notice> {
        let mut notices = Vec::new();
        for dropped in self.sample.dropped() {
            notices.push(match dropped.rule {
                Rule::Singleton => Notice::SingletonsDropped { rows: dropped.rows },
                Rule::Condition { .. } => continue, // asked for, and listed in the ledger
                rule => Notice::RowsDropped { rule: rule.to_string(), rows: dropped.rows },
            });
        }
        if self.rows.singletons > 0 {
            notices.push(Notice::SingletonsKept { rows: self.rows.singletons });
        }
        notices.extend(omitted_together(omitted));
        let slopes = absorbed.structure.needed.iter().filter(|effect| effect.omitted > 0);
        notices.extend(slopes.map(|effect| Notice::SlopesOmitted {
            effect: effect.effect.clone(),
            slopes: effect.omitted,
            columns: effect.columns,
        }));
        if !rank.exact {
            notices.push(Notice::RankBounded { parameters: ledger.rank });
        }
        if ingredients.fits_perfectly() {
            notices.push(Notice::PerfectFit);
        } else if certificate.digits < NOTICE_BELOW {
            let (coefficient, digits) = (certificate.weakest.clone(), certificate.digits);
            notices.push(Notice::FewTrustedDigits { coefficient, digits });
        }
        notices
    }
}

/// One notice for each set of columns that span others.
fn omitted_together(omitted: &[Omitted]) -> Vec<Notice> {
    let mut sets: Vec<(&[String], Vec<String>)> = Vec::new();
    for Omitted { name, spanned_by } in omitted {
        match sets.iter_mut().find(|(spanning, _)| spanning == spanned_by) {
            Some((_, columns)) => columns.push(name.to_string()),
            None => sets.push((spanned_by, vec![name.to_string()])),
        }
    }
    let notice = |(spanned_by, columns): (&[String], Vec<String>)| Notice::RegressorsOmitted {
        columns,
        spanned_by: spanned_by.to_vec(),
    };
    sets.into_iter().map(notice).collect()
}
