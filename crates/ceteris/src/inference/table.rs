//! A fit under one covariance: the table of coefficients.

use std::fmt;

use super::{Coefficient, Estimates, WaldTest, without_std_error};
use crate::error::{Error, Result, Row};
use crate::linalg::Columns;
use crate::model::Fit;
use crate::notice::Notice;
use crate::vcov::{Distribution, Estimated, Request, Vcov};

/// A fit under a covariance.
#[derive(Debug, Clone)]
pub struct Inference {
    fit: Fit,
    vcov: Vcov,
    estimates: Estimates,
    parameters: usize,
    factor: f64,
    nclusters: Vec<usize>,
    notices: Vec<Notice>,
}

impl Fit {
    /// The fit under a covariance with its small-sample correction.
    ///
    /// # Errors
    /// [`TooFewClusters`](crate::Error::TooFewClusters),
    /// [`MissingCluster`](crate::Error::MissingCluster),
    /// [`UnknownColumn`](crate::Error::UnknownColumn) for a cluster column,
    /// [`FullLeverage`](crate::Error::FullLeverage) for HC2 and HC3,
    /// [`TooFewObservations`](crate::Error::TooFewObservations) if the correction counts as many parameters as rows,
    /// [`Unsupported`](crate::Error::Unsupported) for iid with probability weights.
    ///
    /// # Example
    /// ```
    /// use ceteris::{Cluster, Frame, Ols, SmallSample};
    /// # let frame = Frame::new()
    /// #     .add_real("x", vec![1.0, 2.0, 3.0, 4.0, 6.0, 5.0])?
    /// #     .add_real("y", vec![3.0, 5.0, 7.0, 10.0, 13.0, 10.0])?
    /// #     .add_real("g", vec![1.0, 1.0, 2.0, 2.0, 3.0, 3.0])?;
    /// let fit = "y ~ x".parse::<Ols>()?.fit(&frame)?;
    /// let table = fit.inference(Cluster::by(["g"]).small_sample(SmallSample::reghdfe()))?;
    /// assert_eq!(table.nclusters(), [3]);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn inference(&self, vcov: impl Into<Vcov>) -> Result<Inference> {
        let vcov = vcov.into();
        let columns = vcov.cluster_columns().iter();
        let clusters = columns.map(|column| self.factor(column)).collect::<Result<Vec<_>>>()?;
        let leverage = if vcov.needs_leverage() { Some(self.leverage()?) } else { None };
        let request = Request {
            ingredients: self.ingredients(),
            ledger: self.ledger(),
            clusters: &clusters,
            leverage: leverage.as_deref(),
            small_sample: vcov.correction(),
            backend: self.ols().chosen_solver().chosen_least_squares(),
        };
        let Estimated {
            matrix,
            floors,
            unrepaired,
            parameters,
            factor,
            distribution,
            nclusters,
            mut notices,
        } = vcov.estimate(&request).map_err(|error| self.in_frame_rows(error))?;
        let (names, values) = (self.names().to_vec(), self.coefficients().to_vec());
        let estimates = Estimates::new(names, values, matrix, distribution).above(floors, unrepaired);
        notices.extend(without_std_error(&estimates.coefs()));
        Ok(Inference { fit: self.clone(), vcov, estimates, parameters, factor, nclusters, notices })
    }
}

impl Fit {
    /// Covariances count rows along the sample; a caller counts them along the frame.
    fn in_frame_rows(&self, error: Error) -> Error {
        match error {
            Error::FullLeverage { vcov, row: Row::Frame(row) } => {
                Error::FullLeverage { vcov, row: Row::Frame(self.sample().rows()[row] as usize) }
            }
            other => other,
        }
    }
}

impl Inference {
    /// The fit.
    pub fn fit(&self) -> &Fit {
        &self.fit
    }

    /// The covariance that was asked for, with its correction.
    pub fn vcov(&self) -> &Vcov {
        &self.vcov
    }

    /// The coefficients with their covariance.
    pub fn estimates(&self) -> &Estimates {
        &self.estimates
    }

    /// The covariance of the coefficients, k by k.
    pub fn matrix(&self) -> &Columns {
        self.estimates.matrix()
    }

    /// What t and F statistics are compared with.
    pub fn distribution(&self) -> Distribution {
        self.estimates.distribution()
    }

    /// K of the small-sample factor.
    pub fn parameters(&self) -> usize {
        self.parameters
    }

    /// What the sandwich was multiplied with.
    pub fn factor(&self) -> f64 {
        self.factor
    }

    /// Clusters of each cluster variable.
    pub fn nclusters(&self) -> &[usize] {
        &self.nclusters
    }

    /// Facts about the fit and about this covariance.
    pub fn notices(&self) -> Vec<Notice> {
        self.fit.notices().iter().chain(&self.notices).cloned().collect()
    }

    /// One coefficient.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](crate::Error::UnknownCoefficient),
    /// [`OmittedCoefficient`](crate::Error::OmittedCoefficient).
    pub fn coef(&self, name: &str) -> Result<Coefficient> {
        Ok(self.estimates.at(self.fit.position(name)?))
    }

    /// Every coefficient, in the order of the terms.
    pub fn coefs(&self) -> Vec<Coefficient> {
        self.estimates.coefs()
    }

    /// The combination sum_j c_j b_j of named coefficients.
    ///
    /// # Errors
    /// As [`Inference::coef`].
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Iid, Ols};
    /// # let frame = Frame::new()
    /// #     .add_real("x", vec![1.0, 2.0, 3.0, 4.0])?
    /// #     .add_real("y", vec![3.0, 5.0, 7.0, 10.0])?;
    /// let table = "y ~ x".parse::<Ols>()?.fit(&frame)?.inference(Iid)?;
    /// let at_ten = table.combination("y at x = 10", &[("(Intercept)", 1.0), ("x", 10.0)])?;
    /// assert!((at_ten.estimate - 23.5).abs() < 1e-12);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn combination(&self, name: &str, parts: &[(&str, f64)]) -> Result<Coefficient> {
        let places = parts.iter().map(|(part, factor)| Ok((self.fit.position(part)?, *factor)));
        Ok(self.estimates.combination_at(name, &places.collect::<Result<Vec<_>>>()?))
    }

    /// Tests that all these coefficients are zero together.
    ///
    /// # Errors
    /// As [`Inference::coef`]; [`NoStandardError`](Error::NoStandardError) if one of them has none;
    /// [`Singular`](Error::Singular) if their covariance is singular (as with fewer
    /// clusters than coefficients).
    pub fn wald(&self, names: &[&str]) -> Result<WaldTest> {
        let places = names.iter().map(|name| self.fit.position(name)).collect::<Result<Vec<_>>>()?;
        self.estimates.wald_at(&places)
    }
}

impl fmt::Display for Inference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fit = &self.fit;
        writeln!(f, "{}", fit.ols())?;
        let clusters: Vec<String> = self.nclusters().iter().map(ToString::to_string).collect();
        let clusters = if clusters.is_empty() {
            String::new()
        } else {
            format!(", clusters: {}", clusters.join(" and "))
        };
        writeln!(f, "{}", fit.rows_in_words())?;
        writeln!(f, "{} ({}){clusters}", self.vcov, self.vcov.correction())?;
        let coefs = self.coefs();
        let width = coefs.iter().map(|c| c.name.chars().count()).max().unwrap_or(0).max(4);
        writeln!(
            f,
            "{:width$}  {:>12} {:>12} {:>9} {:>10} {:>12} {:>12}",
            "term", "estimate", "std. error", "t", "p", "95% low", "high"
        )?;
        for c in &coefs {
            writeln!(f, "{:width$}  {:>12.6} {}", c.name, c.estimate, c.columns())?;
        }
        let quality = fit.quality();
        write!(f, "R2 {:.4}", quality.r2)?;
        if let Some(within) = quality.r2_within {
            write!(f, ", within {within:.4}")?;
        }
        writeln!(f, ", sigma {:.6}", quality.sigma)?;
        writeln!(f, "effects absorbed: {}", fit.absorbed())?;
        let certificate = fit.certificate();
        let (digits, condition) = (certificate.digits, certificate.condition);
        writeln!(
            f,
            "trusted digits {digits:.1}, condition {condition:.1e}, first order {:.1e}",
            certificate.first_order
        )?;
        self.notices().iter().try_for_each(|notice| writeln!(f, "note: {notice}"))
    }
}
