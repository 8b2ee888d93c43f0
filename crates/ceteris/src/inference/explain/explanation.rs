//! The same fit under the corrections of several programs: n, K, G, the factor, and what differs.
//!
//! K = regressors + effects - nested: what the effects cost, less what is spared because they are nested
//! in clusters. The sandwich is multiplied with the factor (for the iid covariance, the mean square of the
//! residuals), and t statistics have the stated tail. Formulas of each program: the table in
//! `vcov/small_sample/presets.rs`.

use super::account::{Account, EffectCount, Explanation, ParameterCount, Refusal};
use super::comparison::{Facts, differences};
use super::evidence::evidence;
use crate::error::{Error, Result};
use crate::frame::Factor;
use crate::inference::Inference;
use crate::model::Fit;
use crate::vcov::{PRESETS, Vcov, VcovKind};

impl Fit {
    /// The fit under the corrections of every program, with what each counts and what differs from
    /// `exact`; all coefficients, or the one named.
    ///
    /// The correction that the covariance carries is not read. A program whose own count leaves no degrees of
    /// freedom stands among the refused.
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
            evidence: evidence(inference.vcov(), &effects.iter().map(|e| e.nested).collect::<Vec<_>>()),
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
        let pairs = self.coefs.iter().zip(exact_coefs);
        let ratios = pairs.filter_map(|(ours, exact)| Some(ours.std_error.ok()? / exact.std_error.ok()?));
        self.ratio = ratios.fold(None, |range, ratio| match range {
            None => Some((ratio, ratio)),
            Some((low, high)) => Some((ratio.min(low), ratio.max(high))),
        });
        if let Some(exact) = exact {
            self.differences = differences(self, exact, facts);
        }
    }
}
