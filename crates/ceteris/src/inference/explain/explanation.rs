//! The same fit under the corrections of several programs: n, K, G, the factor, and what differs.
//!
//! K = regressors + effects - nested: what the effects cost, less what is spared because they are nested
//! in clusters. The sandwich is multiplied with the factor (for the iid covariance, the mean square of the
//! residuals), and t statistics have the stated tail. Formulas of each program: the table in
//! `vcov/small_sample/presets.rs`.

use super::difference::{Difference, Facts, differences, sentence};
use super::evidence::{Evidence, evidence};
use crate::error::{Error, Result};
use crate::frame::Factor;
use crate::inference::{Coefficient, Inference};
use crate::model::Fit;
use crate::vcov::{Distribution, PRESETS, Vcov, VcovKind};

/// How K is made up: `total = regressors + effects - nested`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ParameterCount {
    /// K
    pub total: usize,
    /// k: coefficients estimated.
    pub regressors: usize,
    /// What the effects would cost without clusters.
    pub effects: usize,
    /// What is not charged, because effects are nested in clusters.
    pub nested: usize,
}

/// The fit as one program would report it.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Account {
    /// The program; `exact` is this crate's default.
    pub program: &'static str,
    /// Whether its standard errors were compared with the program's.
    pub evidence: Evidence,
    /// n
    pub nobs: usize,
    /// K and its parts.
    pub parameters: ParameterCount,
    /// G of each cluster variable.
    pub nclusters: Vec<usize>,
    /// What the sandwich is multiplied with; where terms have factors of their own, that of the term with
    /// the fewest clusters. For iid n/(n-K).
    pub factor: f64,
    /// What t statistics are compared with.
    pub distribution: Distribution,
    /// The coefficients asked for.
    pub coefs: Vec<Coefficient>,
    /// The smallest and the largest standard error relative to that of `exact`; `None` where `exact` has
    /// none above zero.
    pub ratio: Option<(f64, f64)>,
    /// What is done differently from `exact`.
    pub differences: Vec<Difference>,
}

impl Account {
    /// What differs from `exact`, and what that does to the standard errors, in words.
    pub fn sentence(&self) -> String {
        sentence(self)
    }
}

/// An absorbed effect, and whether clusters contain its levels.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct EffectCount {
    /// As the formula names it.
    pub name: String,
    /// Its levels.
    pub nlevels: usize,
    /// Whether each level lies inside one cluster.
    pub nested: bool,
}

/// A program whose own count leaves no degrees of freedom.
#[derive(Debug)]
pub struct Refusal {
    /// The program.
    pub program: &'static str,
    /// Why there are no standard errors.
    pub error: Error,
}

/// One fit and one covariance under the corrections of every program.
#[derive(Debug)]
pub struct Explanation {
    /// The covariance.
    pub vcov: Vcov,
    /// The absorbed effects.
    pub effects: Vec<EffectCount>,
    /// One account for each program, `exact` first.
    pub accounts: Vec<Account>,
    /// Programs that would have no answer.
    pub refused: Vec<Refusal>,
}

impl Explanation {
    /// The account of a program, by the name it is listed under.
    pub fn account(&self, program: &str) -> Option<&Account> {
        self.accounts.iter().find(|account| account.program == program)
    }
}

impl Fit {
    /// The fit under the corrections of every program, with what each counts and what differs from
    /// `exact`; all coefficients, or the one named.
    ///
    /// The correction that the covariance carries is not read. A program whose own count leaves no degrees of freedom stands among the refused.
    ///
    /// # Errors
    /// As [`Fit::inference`]; [`UnknownCoefficient`](crate::Error::UnknownCoefficient) and
    /// [`OmittedCoefficient`](crate::Error::OmittedCoefficient) for `term`.
    ///
    /// # Example
    /// ```
    /// use ceteris::explain::Evidence;
    /// use ceteris::{Cluster, Frame, Ols};
    /// let frame = Frame::new()
    ///     .add_real("y", vec![3.0, 5.0, 7.5, 10.0, 13.0, 10.0, 4.0, 8.0])?
    ///     .add_real("x", vec![1.0, 2.0, 3.0, 4.5, 6.0, 5.0, 2.0, 3.0])?
    ///     .add_real("firm", vec![1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0])?;
    /// let fit = "y ~ x | firm".parse::<Ols>()?.fit(&frame)?;
    /// let explanation = fit.explain(Cluster::by(["firm"]), None)?;
    /// let areg = explanation.account("areg").ok_or("listed")?;
    /// assert_eq!((areg.parameters.total, areg.parameters.nested), (5, 0));
    /// assert_eq!(areg.evidence, Evidence::Confirmed);
    /// assert!(areg.sentence().starts_with("counts the 4 levels of `firm`, nested in clusters, in K"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn explain(&self, vcov: impl Into<Vcov>, term: Option<&str>) -> Result<Explanation> {
        let vcov = vcov.into();
        if let Some(name) = term {
            self.position(name)?;
        }
        let columns = vcov.cluster_columns().iter();
        let clusters = columns.map(|column| self.factor(column)).collect::<Result<Vec<_>>>()?;
        let effects = self.effects_counted(&clusters);
        let mut accounts: Vec<Account> = Vec::new();
        let mut refused = Vec::new();
        for &(program, small_sample) in PRESETS {
            let vcov = vcov.clone().small_sample(small_sample);
            match self.inference(vcov.clone()) {
                Ok(inference) => {
                    let mut account = self.account(program, &inference, &effects, term)?;
                    let facts = Facts { vcov: &vcov, ledger: self.ledger(), clusters: &clusters };
                    account.compare(accounts.first(), &facts);
                    accounts.push(account);
                }
                Err(error @ Error::TooFewObservations { .. }) if !accounts.is_empty() => {
                    refused.push(Refusal { program, error });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Explanation { vcov, effects, accounts, refused })
    }

    fn effects_counted(&self, clusters: &[Factor]) -> Vec<EffectCount> {
        let counted = self.ledger().effects.iter().map(|effect| EffectCount {
            name: effect.name.clone(),
            nlevels: effect.nlevels,
            nested: clusters.iter().any(|cluster| effect.factor.is_nested_in(cluster)),
        });
        counted.collect()
    }

    /// The account of a program, not compared yet.
    fn account(
        &self,
        program: &'static str,
        inference: &Inference,
        effects: &[EffectCount],
        term: Option<&str>,
    ) -> Result<Account> {
        let (nobs, total) = (self.nobs(), inference.parameters());
        let whole = inference.vcov().correction().parameters_without_clusters(self.ledger());
        let regressors = self.ledger().regressors;
        let coefs = match term {
            Some(name) => vec![inference.coef(name)?],
            None => inference.coefs(),
        };
        let iid = *inference.vcov().kind() == VcovKind::Iid;
        Ok(Account {
            program,
            evidence: evidence(inference.vcov(), effects),
            nobs,
            parameters: ParameterCount {
                total,
                regressors,
                effects: whole - regressors,
                nested: whole - total,
            },
            nclusters: inference.nclusters().to_vec(),
            factor: if iid { nobs as f64 / (nobs - total) as f64 } else { inference.factor() },
            distribution: inference.distribution(),
            coefs,
            ratio: None,
            differences: Vec::new(),
        })
    }
}

impl Account {
    /// Fills in what differs from `exact`, which is the first account and differs in nothing.
    fn compare(&mut self, exact: Option<&Account>, facts: &Facts<'_>) {
        let exact_coefs = exact.map_or(&self.coefs, |exact| &exact.coefs);
        let pairs = self.coefs.iter().zip(exact_coefs).filter(|(_, exact)| exact.std_error > 0.0);
        let ratios = pairs.map(|(ours, exact)| ours.std_error / exact.std_error);
        self.ratio = ratios.fold(None, |range, ratio| match range {
            None => Some((ratio, ratio)),
            Some((low, high)) => Some((ratio.min(low), ratio.max(high))),
        });
        if let Some(exact) = exact {
            self.differences = differences(self, exact, facts);
        }
    }
}
