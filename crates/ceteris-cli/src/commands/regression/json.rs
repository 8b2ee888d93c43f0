//! The object that `--json` prints, schema `ceteris.fit/1` or that of a design: keys, order and meaning are
//! stable. A number that is not finite is `null`, and a notice says so; without a standard error it and what follows
//! from it are `null`, and `not_available` says why.

use ceteris::frame::{Dropped, Interaction};
use ceteris::model::{Certificate, Omitted};
use ceteris::vcov::VcovKind;
use ceteris::{Coefficient, Distribution, Inference};
use serde::{Serialize, Serializer};
use serde_json::Number;

use super::remark::Remark;
use crate::interval::interval;

/// A regression, an inference and what its reader should know.
#[derive(Debug, Serialize)]
pub(super) struct Object<'a> {
    schema: &'static str,
    formula: String,
    nobs: usize,
    nobs_read: usize,
    dropped: Vec<Dropped>,
    #[serde(skip_serializing_if = "Option::is_none")]
    effects: Option<Vec<Row>>,
    coefficients: Vec<Row>,
    omitted: &'a [Omitted],
    vcov: Covariance<'a>,
    dof: Dof,
    r2: f64,
    r2_within: Option<f64>,
    rmse: f64,
    sigma: f64,
    solver: Solved,
    certificate: &'a Certificate,
    notices: &'a [Remark],
}

#[derive(Debug, Serialize)]
struct Row {
    term: String,
    estimate: f64,
    std_error: Option<f64>,
    statistic: Option<f64>,
    p_value: Option<f64>,
    conf_low: Option<f64>,
    conf_high: Option<f64>,
    /// Why the five before it are `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_available: Option<String>,
}

#[derive(Debug, Serialize)]
struct Covariance<'a> {
    kind: &'static str,
    by: &'a [Interaction],
    #[serde(rename = "type")]
    type_: &'static str,
    ssc: String,
    #[serde(serialize_with = "in_order")]
    nclusters: Vec<(String, usize)>,
    matrix: Vec<Vec<f64>>,
}

/// Coefficients, rank of the absorbed effects, and degrees of freedom of the t statistics shown.
#[derive(Debug, Serialize)]
struct Dof {
    model: usize,
    absorbed: usize,
    residual: Option<Number>,
}

#[derive(Debug, Serialize)]
struct Solved {
    absorption: &'static str,
    least_squares: &'static str,
    iterations: usize,
}

/// The object for a regression.
pub(super) fn object<'a>(
    schema: &'static str,
    inference: &'a Inference,
    effects: Option<&[Coefficient]>,
    level: f64,
    remarks: &'a [Remark],
) -> Object<'a> {
    let rows = |coefs: Vec<Coefficient>| coefs.into_iter().map(|coef| row(coef, level)).collect();
    let fit = inference.fit();
    let quality = fit.quality();
    let ledger = fit.ledger();
    Object {
        schema,
        formula: fit.ols().to_string(),
        nobs: fit.nobs(),
        nobs_read: fit.sample().nrows_read(),
        dropped: fit.dropped(),
        effects: effects.map(|effects| rows(effects.to_vec())),
        coefficients: rows(inference.coefs()),
        omitted: fit.omitted(),
        vcov: covariance(inference),
        dof: Dof {
            model: fit.names().len(),
            absorbed: ledger.rank - ledger.regressors,
            residual: residual(inference.distribution()),
        },
        r2: quality.r2,
        r2_within: quality.r2_within,
        rmse: quality.rmse,
        sigma: quality.sigma,
        solver: Solved {
            absorption: fit.absorbed().method.name(),
            least_squares: fit.least_squares().name(),
            iterations: fit.absorbed().iterations,
        },
        certificate: fit.certificate(),
        notices: remarks,
    }
}

fn row(coef: Coefficient, level: f64) -> Row {
    let (conf_low, conf_high) = interval(&coef, level).unzip();
    Row {
        estimate: coef.estimate,
        std_error: coef.std_error.ok(),
        statistic: coef.statistic().ok(),
        p_value: coef.p_value().ok(),
        conf_low,
        conf_high,
        not_available: coef.std_error.err().map(|reason| reason.to_string()),
        term: coef.name,
    }
}

fn covariance(inference: &Inference) -> Covariance<'_> {
    let (kind, type_) = match inference.vcov().kind() {
        VcovKind::Iid => ("iid", "iid"),
        VcovKind::Hc(hc) => ("hc", hc.name()),
        VcovKind::Cluster(cluster) => ("cluster", cluster.name()),
        _ => ("other", "other"), // a covariance younger than this program has no flag either
    };
    let by = inference.vcov().cluster_columns();
    let vcov = inference.matrix();
    let matrix_row = |i: usize| (0..vcov.ncols()).map(|j| vcov[(i, j)]).collect();
    Covariance {
        kind,
        by,
        type_,
        ssc: inference.vcov().correction().to_string(),
        nclusters: by.iter().map(Interaction::to_string).zip(inference.nclusters().iter().copied()).collect(),
        matrix: (0..vcov.nrows()).map(matrix_row).collect(),
    }
}

/// Degrees of freedom, without a point where they are whole; none for the normal distribution.
fn residual(distribution: Distribution) -> Option<Number> {
    match distribution {
        Distribution::T(dof) if dof.fract() == 0.0 => Some(Number::from(dof as u64)),
        Distribution::T(dof) => Number::from_f64(dof),
        Distribution::Normal => None,
    }
}

/// Pairs as an object whose keys keep their order.
fn in_order<S: Serializer>(pairs: &[(String, usize)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(pairs.iter().map(|(column, count)| (column, count)))
}
