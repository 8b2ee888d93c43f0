//! A fit: coefficients, the rows they come from, and the ingredients of any covariance. No p-value.

use std::fmt;
use std::sync::Arc;

use super::certificate::Certificate;
use super::collinear::Omitted;
use super::name::{CoefficientName, Place};
use super::{Effect, Ols, Term};
use crate::absorb::{Absorbed, Absorber, Absorption, Block};
use crate::error::{Error, Result};
use crate::frame::{Dropped, Factor, Frame, Interaction, Sample, Weights, rows_in_words};
use crate::linalg::LeastSquares;
use crate::notice::Notice;
use crate::vcov::{Ingredients, Ledger};

/// How close the fit is.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct FitQuality {
    /// 1 - sum w u^2 / sum w (y - y_bar)^2; about zero in place of the mean without an intercept.
    pub r2: f64,
    /// 1 - sum w u^2 / sum w y~^2: what the regressors explain of what the effects leave; `None`
    /// without effects.
    pub r2_within: Option<f64>,
    /// sqrt(sum w u^2 / sum w), in units of the outcome.
    pub rmse: f64,
    /// sqrt(sum v u^2 / (n - K)), K the rank of regressors and effects, and v = w n / sum w the weights with mean one,
    /// so that no unit of the weights is in it.
    pub sigma: f64,
}

/// Coefficients and everything that a covariance needs.
#[derive(Clone)]
pub struct Fit {
    pub(super) ols: Ols,
    pub(super) frame: Frame,
    pub(super) sample: Arc<Sample>,
    /// The coefficients by term and level.
    pub(super) coefficient_names: Vec<CoefficientName>,
    /// The same as text.
    pub(super) names: Vec<String>,
    /// Where the columns of each term went.
    pub(super) terms: Vec<(Term, Vec<Place>)>,
    pub(super) coefficients: Vec<f64>,
    pub(super) omitted: Vec<Omitted>,
    pub(super) ingredients: Arc<Ingredients>,
    pub(super) blocks: Arc<Vec<Block>>,
    pub(super) absorbed: Absorbed,
    pub(super) ledger: Ledger,
    pub(super) quality: FitQuality,
    pub(super) certificate: Certificate,
    pub(super) notices: Vec<Notice>,
}

/// Up to this many rows times levels, leverages come from dense dummies where the absorption has none.
const DENSE_LEVERAGE: usize = 20_000_000;

impl Fit {
    /// The specification.
    pub fn ols(&self) -> &Ols {
        &self.ols
    }

    /// The weights of the rows and their kind; `None` if every row counts the same.
    pub fn weights(&self) -> Option<&Weights> {
        self.ols.chosen_weights()
    }

    /// The dense solver that was asked for.
    pub fn least_squares(&self) -> LeastSquares {
        self.ols.chosen_solver().chosen_least_squares()
    }

    /// The frame, shared and not copied.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The rows in use and the ledger of the others.
    pub fn sample(&self) -> &Sample {
        &self.sample
    }

    /// Rows dropped, by rule.
    pub fn dropped(&self) -> Vec<Dropped> {
        self.sample.dropped()
    }

    /// Every row of the frame, whether it was used and why not: [`Sample::row_ledger`].
    pub fn row_ledger(&self) -> Frame {
        self.sample.row_ledger()
    }

    /// Observations: rows in use, or the sum of frequency weights.
    pub fn nobs(&self) -> usize {
        self.ledger.nobs
    }

    /// Names of the coefficients as text, in the order of the terms.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The coefficients by term and level, in the order of [`Fit::names`].
    pub fn coefficient_names(&self) -> &[CoefficientName] {
        &self.coefficient_names
    }

    /// The coefficients, in the order of [`Fit::names`].
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients
    }

    /// One coefficient.
    ///
    /// # Errors
    /// [`Error::UnknownCoefficient`], [`Error::OmittedCoefficient`].
    pub fn estimate(&self, name: &str) -> Result<f64> {
        Ok(self.coefficients[self.position(name)?])
    }

    /// The place of a coefficient in [`Fit::names`].
    ///
    /// # Errors
    /// [`Error::UnknownCoefficient`], [`Error::OmittedCoefficient`].
    pub fn position(&self, name: &str) -> Result<usize> {
        if let Some(place) = self.names.iter().position(|held| held == name) {
            return Ok(place);
        }
        Err(match self.omitted.iter().find(|omitted| omitted.name.to_string() == name) {
            Some(omitted) => {
                Error::OmittedCoefficient { name: name.to_string(), spanned_by: omitted.spanned_by.clone() }
            }
            None => Error::UnknownCoefficient { name: name.to_string(), estimated: self.names.clone() },
        })
    }

    /// Regressors without an estimate.
    pub fn omitted(&self) -> &[Omitted] {
        &self.omitted
    }

    /// u = y~ - X~ b, over the rows in use.
    pub fn residuals(&self) -> &[f64] {
        &self.ingredients.residuals
    }

    /// Design, weights, residuals and bread: what covariances are made of.
    pub fn ingredients(&self) -> &Ingredients {
        &self.ingredients
    }

    /// What regressors and effects cost in degrees of freedom.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// How the effects were absorbed.
    pub fn absorbed(&self) -> &Absorbed {
        &self.absorbed
    }

    /// How close the fit is.
    pub fn quality(&self) -> &FitQuality {
        &self.quality
    }

    /// What the fit can vouch for.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Facts that did not stop the fit.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The fit with one more fact, which the design above it knows.
    pub(crate) fn noticed(mut self, notice: Notice) -> Self {
        self.notices.push(notice);
        self
    }

    /// h_i: the leverage of each row in use, from regressors and effects together.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the effects are too many to form leverages.
    pub fn leverage(&self) -> Result<Vec<f64>> {
        let nobs = self.sample.len();
        let weights = self.ingredients.weights.as_ref().map(|(_, weights)| weights.as_slice());
        let columns: usize = self.blocks.iter().map(Block::ncolumns).sum();
        let iterative = self.absorbed.method.is_iterative();
        // Iterations have no leverages: another method gives them, where there is one.
        let absorption = if iterative && Absorber::has_leverage(&self.blocks, nobs) {
            Absorption::Direct
        } else if iterative && nobs * columns <= DENSE_LEVERAGE {
            Absorption::Dummies
        } else {
            self.ols.chosen_solver().chosen_absorption()
        };
        let absorber = Absorber::new(&self.blocks, nobs, weights, absorption)?;
        let mut leverage = absorber.leverage(nobs)?;
        let from_regressors = self.ingredients.regressor_leverage();
        leverage.iter_mut().zip(from_regressors).for_each(|(h, x)| *h += x);
        Ok(leverage)
    }

    /// The factor of a cluster column (or an interaction `a^b`) over the rows in use.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::MissingCluster`] if it is missing in a row in use.
    pub fn factor(&self, columns: impl Into<Interaction>) -> Result<Factor> {
        let columns = columns.into();
        let same = |effect: &Effect| *effect.interaction() == columns;
        if let Some(place) = self.ols.effects().iter().position(same) {
            return Ok(self.blocks[place].factor.clone()); // encoded for the effect
        }
        if let Some((column, row)) = columns.in_frame(&self.frame)?.missing_in(self.sample.rows()) {
            return Err(Error::MissingCluster { column: column.to_string(), row: row.into() });
        }
        columns.factor(&self.frame, self.sample.rows())
    }
}

impl fmt::Debug for Fit {
    /// What tells fits apart, without their rows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Names of more coefficients than this say little.
        const MOST_NAMES: usize = 20;
        f.debug_struct("Fit")
            .field("formula", &self.ols.to_string())
            .field("nobs", &self.nobs())
            .field("ncoefficients", &self.names.len())
            .field("first_names", &&self.names[..self.names.len().min(MOST_NAMES)])
            .field("quality", &self.quality)
            .finish_non_exhaustive()
    }
}

impl Fit {
    /// How many rows are used of those read, and how much each counts; notices say why the others are not.
    pub(crate) fn rows_in_words(&self) -> String {
        let read = self.sample.nrows_read();
        let chosen = rows_in_words(self.ols.chosen_weights(), self.ols.conditions());
        format!("{} observations of {read} rows{chosen}", self.nobs())
    }
}

impl fmt::Display for Fit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.ols)?;
        writeln!(f, "{}", self.rows_in_words())?;
        writeln!(f, "effects absorbed: {}", self.absorbed)?;
        for (name, estimate) in self.names.iter().zip(&self.coefficients) {
            writeln!(f, "  {name}  {estimate}")?;
        }
        self.notices.iter().try_for_each(|notice| writeln!(f, "note: {notice}"))
    }
}
