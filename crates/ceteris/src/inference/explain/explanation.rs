//! The same fit under the corrections of several programs: n, K, G, the factor, and what differs.
//!
//! K = regressors + effects - nested: what the effects cost, less what is spared because they are nested
//! in clusters. The sandwich is multiplied with the factor (for the iid covariance, the mean square of the
//! residuals), and t statistics have the stated tail. Formulas of each program: the table in
//! `vcov/small_sample.rs`.

use std::fmt;

use super::difference::{Difference, Facts, differences, sentence};
use crate::error::{Error, Result};
use crate::inference::{Coefficient, Inference};
use crate::model::Fit;
use crate::vcov::{Distribution, SmallSample, Vcov};

/// Whether a row was compared with the program whose name it bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Evidence {
    /// A reference case has the program's own standard errors, and they match.
    Confirmed,
    /// The formula stands in the program's documentation; no number of the program's confirms it.
    Documented,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Evidence::Confirmed => "confirmed by a reference case",
            Evidence::Documented => "formula from documentation, not confirmed",
        })
    }
}

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

/// A program, its correction, and the covariances for which a reference case has its numbers.
struct Program {
    name: &'static str,
    small_sample: fn() -> SmallSample,
    /// `CR1+` is CR1 by several variables.
    confirmed: &'static str,
}

const fn program(name: &'static str, small_sample: fn() -> SmallSample, confirmed: &'static str) -> Program {
    Program { name, small_sample, confirmed }
}

const PROGRAMS: [Program; 11] = [
    program("exact", SmallSample::exact, "iid HC0 HC1 HC2 HC3 CR0 CR0+ CR1 CR1+"),
    program("fixest", SmallSample::fixest, "iid HC1 HC2 HC3 CR0 CR0+ CR1 CR1+"),
    program("pyfixest", SmallSample::pyfixest, "iid HC1 HC2 HC3 CR1 CR1+"),
    program("reghdfe", SmallSample::reghdfe, "iid CR1"),
    program("areg", SmallSample::areg, "CR1"),
    program("xtreg", SmallSample::xtreg, "CR1"),
    program("FixedEffectModels.jl", SmallSample::fixed_effect_models, ""),
    program("linearmodels", SmallSample::linearmodels, "iid HC1 CR1 CR1+"),
    program("statsmodels", SmallSample::statsmodels, "iid HC0 HC1 HC2 HC3 CR1 CR1+"),
    program("sandwich", SmallSample::sandwich, "iid HC0 HC1 HC2 HC3 CR0+ CR1 CR1+"),
    program("clubSandwich", SmallSample::clubsandwich, "CR0 CR1"),
];

impl Fit {
    /// The fit under the corrections of every program, with what each counts and what differs from
    /// `exact`; all coefficients, or the one named.
    ///
    /// A program whose own count leaves no degrees of freedom stands among the refused.
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
        let effects = self.effects_counted(&vcov)?;
        let mut accounts: Vec<Account> = Vec::new();
        let mut refused = Vec::new();
        for program in &PROGRAMS {
            match self.inference_under(vcov.clone(), (program.small_sample)()) {
                Ok(inference) => {
                    let mut account = self.account(program, &inference, &effects, term)?;
                    account.compare(accounts.first(), &inference, &effects);
                    accounts.push(account);
                }
                Err(error @ Error::TooFewObservations { .. }) if !accounts.is_empty() => {
                    refused.push(Refusal { program: program.name, error });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(Explanation { vcov, effects, accounts, refused })
    }

    fn effects_counted(&self, vcov: &Vcov) -> Result<Vec<EffectCount>> {
        let columns = vcov.cluster_columns().iter();
        let clusters = columns.map(|column| self.factor(column)).collect::<Result<Vec<_>>>()?;
        let counted = self.ledger().effects.iter().map(|effect| EffectCount {
            name: effect.name.clone(),
            nlevels: effect.nlevels,
            nested: clusters.iter().any(|cluster| effect.factor.is_nested_in(cluster)),
        });
        Ok(counted.collect())
    }

    /// The account of a program, not compared yet.
    fn account(
        &self,
        program: &Program,
        inference: &Inference,
        effects: &[EffectCount],
        term: Option<&str>,
    ) -> Result<Account> {
        let (nobs, total) = (self.nobs(), inference.parameters());
        let whole = inference.small_sample().parameters(self.ledger());
        let regressors = self.ledger().regressors;
        let coefs = match term {
            Some(name) => vec![inference.coef(name)?],
            None => inference.coefs(),
        };
        let iid = matches!(inference.vcov(), Vcov::Iid(_));
        Ok(Account {
            program: program.name,
            evidence: program.evidence(inference.vcov(), effects),
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
    fn compare(&mut self, exact: Option<&Account>, inference: &Inference, effects: &[EffectCount]) {
        let exact_coefs = exact.map_or(&self.coefs, |exact| &exact.coefs);
        let pairs = self.coefs.iter().zip(exact_coefs).filter(|(_, exact)| exact.std_error > 0.0);
        let ratios = pairs.map(|(ours, exact)| ours.std_error / exact.std_error);
        self.ratio = ratios.fold(None, |range, ratio| match range {
            None => Some((ratio, ratio)),
            Some((low, high)) => Some((ratio.min(low), ratio.max(high))),
        });
        if let Some(exact) = exact {
            let kind = kind(inference.vcov());
            let facts = Facts { kind: &kind, small_sample: inference.small_sample(), effects };
            self.differences = differences(self, exact, &facts);
        }
    }
}

impl Program {
    fn evidence(&self, vcov: &Vcov, effects: &[EffectCount]) -> Evidence {
        let several = vcov.cluster_columns().len() > 1;
        let asked = kind(vcov) + if several { "+" } else { "" };
        // `PanelOLS` takes up to two effects; clusters were compared with one nested or with two.
        let compared = match (self.name, effects) {
            ("linearmodels", [only]) => only.nested || asked != "CR1",
            ("linearmodels", effects) => effects.len() == 2,
            _ => true,
        };
        if compared && self.confirmed.split(' ').any(|confirmed| confirmed == asked) {
            Evidence::Confirmed
        } else {
            Evidence::Documented
        }
    }
}

/// `iid`, `HC0` to `HC3`, `CR0`, ...
fn kind(vcov: &Vcov) -> String {
    vcov.to_string().split_whitespace().next().unwrap_or_default().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Frame;
    use crate::model::Ols;
    use crate::vcov::{Cluster, Hc, Iid};

    /// Eight firms in four regions over six years, no two rows alike.
    fn fit(formula: &str) -> Fit {
        let rows = 0..48_u32;
        let wave = |i: u32| f64::from(i * i % 17) + f64::from(i * 7 % 13) / 10.0;
        let column = |value: fn(u32) -> f64| rows.clone().map(value).collect::<Vec<f64>>();
        let frame = Frame::new()
            .add_real("x", column(|i| f64::from(i * 5 % 11) + f64::from(i / 6)))
            .and_then(|frame| {
                frame.add_real("y", rows.clone().map(|i| wave(i) + f64::from(i * 5 % 11)).collect())
            })
            .and_then(|frame| frame.add_real("z", column(|i| f64::from(i * 3 % 7))))
            .and_then(|frame| frame.add_real("firm", column(|i| f64::from(i / 6))))
            .and_then(|frame| frame.add_real("region", column(|i| f64::from(i / 12))))
            .and_then(|frame| frame.add_real("year", column(|i| f64::from(i % 6))))
            .unwrap();
        formula.parse::<Ols>().unwrap().fit(&frame).unwrap()
    }

    fn vcovs() -> Vec<Vcov> {
        let mut vcovs =
            vec![Iid.into(), Cluster::by(["region"]).into(), Cluster::by(["region"]).cr0().into()];
        vcovs.extend([Cluster::by(["firm", "year"]).into(), Cluster::by(["firm"]).into()]);
        vcovs.extend([Hc::Hc0, Hc::Hc1, Hc::Hc2, Hc::Hc3].map(Vcov::from));
        vcovs
    }

    #[test]
    fn each_account_is_the_inference_under_its_preset() {
        for formula in ["y ~ x + z", "y ~ x | firm", "y ~ x + z | firm + year", "y ~ z | firm[x] + year"] {
            let fit = fit(formula);
            for vcov in vcovs() {
                let explanation = fit.explain(vcov.clone(), None).unwrap();
                assert!(explanation.refused.is_empty());
                for (account, program) in explanation.accounts.iter().zip(&PROGRAMS) {
                    let inference = fit.inference_under(vcov.clone(), (program.small_sample)()).unwrap();
                    let label = format!("{formula}, {vcov}, {}", program.name);
                    assert_eq!(account.coefs, inference.coefs(), "{label}");
                    assert_eq!(account.distribution, inference.distribution(), "{label}");
                    let ParameterCount { total, regressors, effects, nested } = account.parameters;
                    assert_eq!(total, inference.parameters(), "{label}");
                    assert_eq!(total, regressors + effects - nested, "{label}");
                }
            }
        }
    }

    #[test]
    fn what_differs_in_numbers_is_named_and_only_that() {
        for formula in ["y ~ x + z", "y ~ x | firm", "y ~ x + z | firm + year", "y ~ z | firm[x] + year"] {
            for vcov in vcovs() {
                let explanation = fit(formula).explain(vcov.clone(), None).unwrap();
                let exact = &explanation.accounts[0];
                for account in &explanation.accounts {
                    let (low, high) = account.ratio.unwrap();
                    let same = (low - 1.0).abs().max((high - 1.0).abs()) < 1e-12;
                    let same = same && account.distribution == exact.distribution;
                    let label = format!("{formula}, {vcov}, {}: {}", account.program, account.sentence());
                    assert_eq!(same, account.differences.is_empty(), "{label}");
                }
            }
        }
    }

    #[test]
    fn nested_effects_are_named_with_what_they_cost() {
        let explanation = fit("y ~ x | firm + year").explain(Cluster::by(["region"]), Some("x")).unwrap();
        let areg = explanation.account("areg").unwrap();
        let names = vec!["firm".to_string()];
        assert_eq!(areg.differences, [Difference::CountsNested { effects: names, levels: 8 }]);
        // n = 48; K = 1 + 8 + 6 - 1 = 14, of which 7 are spared.
        assert!((areg.ratio.unwrap().0 - (41.0_f64 / 34.0).sqrt()).abs() < 1e-12);
        assert!(
            areg.sentence().ends_with("in K: standard errors 1.0981 times those of exact"),
            "{}",
            areg.sentence()
        );
        let julia = explanation.account("FixedEffectModels.jl").unwrap();
        assert_eq!((julia.parameters.total, julia.evidence), (8, Evidence::Documented));
        assert_eq!(explanation.account("fixest").unwrap().sentence(), "as exact");
        assert_eq!(areg.coefs.len(), 1);
    }

    #[test]
    fn a_program_without_degrees_of_freedom_is_refused_and_the_others_are_not() {
        // Of 48 rows the rank takes 29 and the levels 51: K is 51 without the levels shared.
        let fit = fit("y ~ z | firm + year + region^year + region + firm^region");
        let explanation = fit.explain(Iid, None).unwrap();
        assert_eq!(explanation.accounts[0].parameters.total, 29);
        let refused: Vec<_> =
            explanation.refused.iter().map(|refused| (refused.program, &refused.error)).collect();
        let error = matches!(refused[..], [(_, Error::TooFewObservations { nobs: 48, parameters: 51 })]);
        assert!(error && refused[0].0 == "FixedEffectModels.jl", "{refused:?}");
        assert_eq!(explanation.accounts.len(), PROGRAMS.len() - 1);
    }

    #[test]
    fn an_unknown_term_is_an_error() {
        assert!(matches!(fit("y ~ x").explain(Iid, Some("z")), Err(Error::UnknownCoefficient { .. })));
    }
}
