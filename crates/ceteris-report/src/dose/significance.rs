//! How many coefficients are significant, and how many remain once their number is allowed for.
//!
//! Printed p-values follow from the printed digits: with the half width h of an interval and q the 0.975
//! quantile of t with G - 1 degrees of freedom, s = h / q and p = P(|T| > |b / s|). The methods for many
//! tests are those of [`ceteris::inference::MultipleTesting`].

use ceteris::inference::MultipleTesting;
use ceteris::special::student;
use ceteris::{Coefficient, Distribution, Result};
use ceteris_data::published::{self, Dose};

use super::Estimate;

/// The level at which coefficients are counted.
const LEVEL: f64 = 0.05;

/// A p-value as it is and allowing for how many there are.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct PValues {
    /// As it is.
    pub unadjusted: f64,
    /// Bonferroni's.
    pub bonferroni: f64,
    /// Holm's.
    pub holm: f64,
    /// Benjamini and Hochberg's.
    pub benjamini_hochberg: f64,
}

/// The p-values of a coefficient.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Adjusted {
    /// The outcome.
    pub outcome: String,
    /// The dose.
    pub dose: Dose,
    /// From the printed estimate and interval; `None` if the report prints none.
    pub printed: Option<PValues>,
    /// From the regression, clustered by CCG.
    pub computed: PValues,
}

/// A count of significant coefficients.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct SignificantCount {
    /// What is counted.
    pub by: String,
    /// Over all doses.
    pub total: usize,
    /// Of the clinical share.
    pub clinical_share: usize,
    /// Of practice stability.
    pub practice_stability: usize,
    /// Of the number of local authorities.
    #[serde(rename = "n_local_authorities")]
    pub local_authorities: usize,
}

/// All counts, and the p-values behind them.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Significance {
    /// One count each; those of printed numbers come first.
    pub counts: Vec<SignificantCount>,
    /// One for each coefficient, in the order of the estimates.
    pub p_values: Vec<Adjusted>,
}

impl Significance {
    pub(super) fn of(estimates: &[Estimate]) -> Result<Self> {
        let p_values = p_values(estimates)?;
        let mut counts = printed_counts(estimates, &p_values);
        counts.extend(computed_counts(estimates, &p_values));
        Ok(Self { counts, p_values })
    }
}

fn p_values(estimates: &[Estimate]) -> Result<Vec<Adjusted>> {
    let computed: Vec<f64> = estimates.iter().map(|e| e.clustered.p_value).collect();
    let computed = adjusted(&computed)?;
    let is_printed: Vec<Option<f64>> = estimates.iter().map(printed_p_value).collect();
    let printed: Vec<f64> = is_printed.iter().copied().flatten().collect();
    let mut printed = adjusted(&printed)?.into_iter();
    let row = |((estimate, computed), is_printed): ((&Estimate, PValues), &Option<f64>)| Adjusted {
        outcome: estimate.outcome.clone(),
        dose: estimate.dose,
        printed: is_printed.and_then(|_| printed.next()),
        computed,
    };
    Ok(estimates.iter().zip(computed).zip(&is_printed).map(row).collect())
}

/// The p-value that a printed estimate and its interval imply.
fn printed_p_value(estimate: &Estimate) -> Option<f64> {
    let printed = estimate.published()?;
    let dof = estimate.nclusters as f64 - 1.0;
    let half_width = (printed.high.value - printed.low.value) / 2.0;
    let coefficient = Coefficient {
        name: printed.outcome.clone(),
        estimate: printed.estimate.value,
        std_error: Ok(half_width / student::quantile(0.975, dof)),
        distribution: Distribution::T(dof),
    };
    coefficient.p_value().ok()
}

/// Each p-value, allowing for how many there are.
pub(super) fn adjusted(p_values: &[f64]) -> Result<Vec<PValues>> {
    let bonferroni = MultipleTesting::Bonferroni.adjust(p_values)?;
    let holm = MultipleTesting::Holm.adjust(p_values)?;
    let benjamini_hochberg = MultipleTesting::BenjaminiHochberg.adjust(p_values)?;
    let row = |i: usize| PValues {
        unadjusted: p_values[i],
        bonferroni: bonferroni[i],
        holm: holm[i],
        benjamini_hochberg: benjamini_hochberg[i],
    };
    Ok((0..p_values.len()).map(row).collect())
}

/// Counts the doses of coefficients.
fn count(by: impl Into<String>, significant: impl Iterator<Item = Dose>) -> SignificantCount {
    let doses: Vec<Dose> = significant.collect();
    let of = |dose: Dose| doses.iter().filter(|other| **other == dose).count();
    SignificantCount {
        by: by.into(),
        total: doses.len(),
        clinical_share: of(Dose::ClinicalShare),
        practice_stability: of(Dose::PracticeStability),
        local_authorities: of(Dose::LocalAuthorities),
    }
}

/// Stars, intervals and adjusted p-values of the printed coefficients, where there are any.
fn printed_counts(estimates: &[Estimate], p_values: &[Adjusted]) -> Vec<SignificantCount> {
    let printed: Vec<&published::Coefficient> = estimates.iter().filter_map(Estimate::published).collect();
    if printed.is_empty() {
        return Vec::new();
    }
    let starred = printed.iter().filter(|row| !row.stars.is_empty()).map(|row| row.dose);
    let apart = printed.iter().filter(|row| row.low.value > 0.0 || row.high.value < 0.0);
    let mut counts = vec![
        count("printed: with a star", starred),
        count("printed: interval without zero", apart.map(|row| row.dose)),
    ];
    counts.extend(by_method("printed", p_values, |row| row.printed));
    counts
}

fn computed_counts(estimates: &[Estimate], p_values: &[Adjusted]) -> Vec<SignificantCount> {
    let below = p_values.iter().filter(|row| row.computed.unadjusted < LEVEL).map(|row| row.dose);
    let mut counts = vec![count("computed: p < 0.05, clustered by CCG", below)];
    counts.extend(by_method("computed", p_values, |row| Some(row.computed)));
    if estimates.iter().any(|e| e.plain.is_some()) {
        let below = estimates.iter().filter(|e| e.plain.unwrap_or(e.clustered).p_value < LEVEL);
        counts.push(count("computed: p < 0.05, plain errors for outcomes of CCGs", below.map(|e| e.dose)));
    }
    counts
}

/// A p-value adjusted by one of the methods for many tests.
type OfMethod = fn(PValues) -> f64;

const METHODS: [(MultipleTesting, OfMethod); 3] = [
    (MultipleTesting::Bonferroni, |p| p.bonferroni),
    (MultipleTesting::Holm, |p| p.holm),
    (MultipleTesting::BenjaminiHochberg, |p| p.benjamini_hochberg),
];

fn by_method(of: &str, rows: &[Adjusted], values: fn(&Adjusted) -> Option<PValues>) -> Vec<SignificantCount> {
    let count = |(method, adjusted): (MultipleTesting, OfMethod)| {
        let below = rows.iter().filter(|row| values(row).is_some_and(|p| adjusted(p) <= LEVEL));
        count(format!("{of}: p <= 0.05 after {method}"), below.map(|row| row.dose))
    };
    METHODS.into_iter().map(count).collect()
}
