//! The object that `ceteris explain-se --json` prints, schema `ceteris.explain_se/1`, in the words of
//! `ceteris.fit/1`. A number that is not finite is `null`.

use ceteris::explain::{Account, Difference, EffectCount, Evidence, Explanation, ParameterCount};
use ceteris::{Coefficient, Distribution, Fit};
use serde::Serialize;

/// A fit and what each program makes of it.
#[derive(Debug, Serialize)]
pub(super) struct Object<'a> {
    schema: &'static str,
    formula: String,
    nobs_read: usize,
    vcov: String,
    effects: &'a [EffectCount],
    programs: Vec<Program<'a>>,
    refused: Vec<Refused>,
}

#[derive(Debug, Serialize)]
struct Program<'a> {
    program: &'static str,
    evidence: Evidence,
    nobs: usize,
    parameters: ParameterCount,
    nclusters: &'a [usize],
    factor: f64,
    /// `null` for the normal distribution.
    dof_residual: Option<f64>,
    coefficients: Vec<Row<'a>>,
    differences: &'a [Difference],
    text: String,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    term: &'a str,
    estimate: f64,
    std_error: Option<f64>,
    statistic: Option<f64>,
    p_value: Option<f64>,
    /// Why the three before it are `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_available: Option<String>,
}

#[derive(Debug, Serialize)]
struct Refused {
    program: &'static str,
    text: String,
}

/// The object for an explanation.
pub(super) fn object<'a>(fit: &Fit, explanation: &'a Explanation) -> Object<'a> {
    let refused = explanation.refused.iter();
    Object {
        schema: "ceteris.explain_se/1",
        formula: fit.ols().to_string(),
        nobs_read: fit.sample().nrows_read(),
        vcov: explanation.vcov.to_string(),
        effects: &explanation.effects,
        programs: explanation.accounts.iter().map(program).collect(),
        refused: refused.map(|one| Refused { program: one.program, text: one.error.to_string() }).collect(),
    }
}

fn program(account: &Account) -> Program<'_> {
    Program {
        program: account.program,
        evidence: account.evidence,
        nobs: account.nobs,
        parameters: account.parameters,
        nclusters: &account.nclusters,
        factor: account.factor,
        dof_residual: match account.distribution {
            Distribution::T(dof) => Some(dof),
            Distribution::Normal => None,
        },
        coefficients: account.coefs.iter().map(row).collect(),
        differences: &account.differences,
        text: account.sentence(),
    }
}

fn row(coef: &Coefficient) -> Row<'_> {
    Row {
        term: &coef.name,
        estimate: coef.estimate,
        std_error: coef.std_error.ok(),
        statistic: coef.statistic().ok(),
        p_value: coef.p_value().ok(),
        not_available: coef.std_error.err().map(|reason| reason.to_string()),
    }
}
