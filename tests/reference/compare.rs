//! Our value beside the row's: which of our numbers a quantity is, and how far off it is.

use std::collections::BTreeMap;

use ceteris::error::NoStandardError;
use ceteris::{Distribution, Error, Fit, Inference, Notice};
use support::Row;

use crate::kinds::question;
use crate::repaired;
use crate::solvers::{Answers, Road};
use crate::tolerances::allowed;

/// The confidence of the intervals in the tables.
const LEVEL: f64 = 0.95;

/// What became of the rows of a case on one road.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) compared: usize,
    /// Rows that depend on a rank that alternating projections only bound from above, and say so; standard errors
    /// certified below what doubles resolve, where the fit says that it is perfect; what follows from a standard error
    /// that a program repaired in its own way.
    pub(crate) declined: usize,
    pub(crate) failures: Vec<String>,
    /// The largest relative difference for each witness and quantity.
    pub(crate) worst: BTreeMap<(String, String), f64>,
}

impl Outcome {
    pub(crate) fn absorb(&mut self, other: Outcome) {
        self.compared += other.compared;
        self.declined += other.declined;
        self.failures.extend(other.failures);
        for (key, error) in other.worst {
            let held = self.worst.entry(key).or_default();
            *held = held.max(error);
        }
    }
}

/// Compares every row with the answers.
pub(crate) fn compare(rows: &[&Row], answers: &Answers, road: Road) -> Outcome {
    let mut outcome = Outcome::default();
    let above = rank_above(rows, answers);
    for row in rows {
        if is_rounding(row, answers) || (is_repaired(row, answers) && row.parts().0 != "se") {
            outcome.declined += 1;
            continue;
        }
        let Some(ours) = our_value(row, answers) else {
            outcome.failures.push(format!("{road:?}: no value for {row:?}"));
            continue;
        };
        if above && reads_the_rank(row) {
            outcome.declined += 1;
            continue;
        }
        let error = difference(row, ours, answers);
        let allowed = allowed(row, road, statistic(row, answers));
        outcome.compared += 1;
        let key = (row.program().to_string(), row.parts().0.to_string());
        let held = outcome.worst.entry(key).or_default();
        *held = held.max(error);
        if error.is_nan() || error > allowed {
            outcome.failures.push(format!(
                "{road:?} {} {} {} {}: ours {ours:e}, {} has {:e}; off by {error:.1e}, allowed {allowed:.0e}",
                row.case, row.model, row.quantity, row.name, row.witness, row.value
            ));
        }
    }
    outcome
}

/// Whether the fit counts more than the certified rank, and says that it may.
fn rank_above(rows: &[&Row], answers: &Answers) -> bool {
    let bounded = answers.fit.notices().iter().any(|notice| matches!(notice, Notice::RankBounded { .. }));
    let certified = rows.iter().find(|row| row.quantity == "rank");
    bounded && certified.is_some_and(|row| answers.fit.ledger().rank as f64 > row.value)
}

/// Whether a value depends on the rank of regressors and effects together.
fn reads_the_rank(row: &Row) -> bool {
    let (quantity, kind) = row.parts();
    let Some(kind) = kind else { return matches!(quantity, "rank" | "sigma") };
    // fixest counts levels and reghdfe pairs of effects, not the rank.
    if quantity == "clusters" || matches!(row.program(), "fixest" | "pyfixest" | "fereg" | "econhdfe") {
        return kind.contains("exact") || kind.contains("full");
    }
    let (label, _) = kind.split_once(':').unwrap_or((kind, ""));
    match label {
        "CR0" | "twoway_CR0" | "CR1_G" => false,
        "CR1" => row.program() != "clubSandwich",
        // Without clusters the rank is in the degrees of freedom of every tail.
        "HC0" | "HC2" | "HC3" => matches!(quantity, "p" | "ci_low" | "ci_high" | "df"),
        _ => true,
    }
}

/// Whether a certified standard error is rounding beside an estimate of about 1, of a fit that is said to be perfect.
fn is_rounding(row: &Row, answers: &Answers) -> bool {
    const ROUNDING: f64 = 1e-14;
    let coef = table_of(row, answers).and_then(|table| table.coef(&row.name).ok());
    let is_perfect = coef.is_some_and(|coef| coef.std_error == Err(NoStandardError::PerfectFit));
    row.parts().0 == "se" && row.value < ROUNDING && is_perfect
}

/// Whether a program's number is of a covariance that we repaired, in another way: its standard error is predicted, and
/// what follows from it is not compared.
fn is_repaired(row: &Row, answers: &Answers) -> bool {
    let repaired = |table: &Inference| {
        table.notices().iter().any(|notice| matches!(notice, Notice::VcovRepaired { .. }))
    };
    !row.is_certified() && table_of(row, answers).is_some_and(repaired)
}

/// The t or Wald statistic that a p-value belongs to, for its condition.
fn statistic(row: &Row, answers: &Answers) -> f64 {
    match (row.parts(), table_of(row, answers)) {
        (("p", _), Some(table)) => table.coef(&row.name).map_or(0.0, |coef| coef.statistic().unwrap()),
        (("wald_p", _), Some(table)) => table.wald(&names(row)).map_or(0.0, |test| test.chi_squared()),
        _ => 0.0,
    }
}

/// Relative to the expected value; a confidence limit relative to the size of the interval too,
/// since it can be zero.
fn difference(row: &Row, ours: f64, answers: &Answers) -> f64 {
    let (quantity, _) = row.parts();
    let gap = (ours - row.value).abs();
    let scale = match (quantity, table_of(row, answers)) {
        ("ci_low" | "ci_high", Some(table)) => match table.coef(&row.name) {
            Ok(coef) => row.value.abs() + coef.std_error.unwrap(),
            Err(_) => row.value.abs(),
        },
        _ => row.value.abs(),
    };
    if gap == 0.0 { 0.0 } else { gap / scale }
}

fn table_of<'a>(row: &Row, answers: &'a Answers) -> Option<&'a Inference> {
    let kind = row.parts().1?;
    answers.to(&question(kind, row.program())).as_ref().ok()
}

fn names(row: &Row) -> Vec<&str> {
    row.name.split(" + ").collect()
}

/// Our number for a row; `None` where we have none.
fn our_value(row: &Row, answers: &Answers) -> Option<f64> {
    let (quantity, kind) = row.parts();
    match kind {
        None => of_the_fit(row, answers),
        Some(kind) => match (quantity, answers.to(&question(kind, row.program()))) {
            ("undefined", Err(Error::FullLeverage { .. })) => Some(1.0),
            ("undefined", _) | (_, Err(_)) => None,
            ("se", Ok(table)) if is_repaired(row, answers) => repaired::std_error(table, &row.name),
            (_, Ok(table)) => of_the_table(quantity, row, table),
        },
    }
}

fn of_the_fit(row: &Row, answers: &Answers) -> Option<f64> {
    let fit = &answers.fit;
    match row.quantity.as_str() {
        "coef" => fit.estimate(&row.name).ok(),
        "sum" => names(row).into_iter().map(|name| fit.estimate(name).ok()).sum(),
        "nobs" => Some(fit.nobs() as f64),
        "rank" => Some(fit.ledger().rank as f64),
        "rss" => Some(fit.ingredients().weighted_rss()),
        "sigma" => Some(fit.quality().sigma * of_weights_as_they_are(fit)),
        "r2" => Some(fit.quality().r2),
        "r2_within" => fit.quality().r2_within,
        "max_leverage" => Some(per_observation(fit, fit.leverage().ok()?).fold(0.0, f64::max)),
        "omitted" => fit.omitted().iter().any(|omitted| omitted.name.to_string() == row.name).then_some(1.0),
        _ => None,
    }
}

/// The square root of the mean weight: R's `lm`, and the certified sigma, leave the unit of the weights in it.
fn of_weights_as_they_are(fit: &Fit) -> f64 {
    let held = fit.ingredients();
    let rows = 0..held.residuals.len();
    (rows.map(|i| held.weight(i)).sum::<f64>() / fit.nobs() as f64).sqrt()
}

/// A row of frequency w stands for w observations, which share its leverage.
fn per_observation(fit: &Fit, leverage: Vec<f64>) -> impl Iterator<Item = f64> {
    let held = fit.ingredients();
    let count = |i: usize| if held.has_frequencies() { held.weight(i) } else { 1.0 };
    leverage.into_iter().enumerate().map(move |(i, h)| h / count(i))
}

fn of_the_table(quantity: &str, row: &Row, table: &Inference) -> Option<f64> {
    let coef = || table.coef(&row.name).ok();
    let wald = || table.wald(&names(row)).ok();
    match quantity {
        "se" => Some(coef()?.std_error.ok()?),
        "t" => Some(coef()?.statistic().ok()?),
        "p" => Some(coef()?.p_value().ok()?),
        "ci_low" => Some(coef()?.confint(LEVEL).ok()?.0),
        "ci_high" => Some(coef()?.confint(LEVEL).ok()?.1),
        "K" => Some(table.parameters() as f64),
        "df" => match table.distribution() {
            Distribution::T(dof) => Some(dof),
            Distribution::Normal => None,
        },
        "clusters" => table.nclusters().first().map(|clusters| *clusters as f64),
        "wald_F" => Some(wald()?.statistic),
        "wald_chi2" => Some(wald()?.chi_squared()),
        "wald_p" => Some(wald()?.p_value),
        "wald_df2" => wald()?.dof_residual,
        "sum_se" => {
            let parts: Vec<(&str, f64)> = names(row).into_iter().map(|name| (name, 1.0)).collect();
            Some(table.combination(&row.name, &parts).ok()?.std_error.ok()?)
        }
        _ => None,
    }
}
