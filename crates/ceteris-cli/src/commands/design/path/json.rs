//! The object that `ceteris event --json` prints. What could not be computed is `null`, and `not_available` says
//! why, under the same key.

use std::collections::BTreeMap;

use ceteris::inference::WaldTest;
use ceteris::parallel_trends::Answer;
use ceteris::{Coefficient, EventPath};
use serde::Serialize;

use super::found::{Banded, Shown};
use crate::interval::interval;

#[derive(Serialize)]
pub(super) struct Object<'a> {
    schema: &'static str,
    estimator: &'static str,
    formula: Option<&'a str>,
    nobs: usize,
    reference: Option<i64>,
    level: f64,
    std_errors: &'a str,
    /// The half-width of the uniform band in standard errors.
    critical: Option<f64>,
    points: Vec<Point>,
    vcov: Vec<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<Earlier<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall: Option<Row>,
    leads: Option<&'a WaldTest>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    not_available: BTreeMap<&'static str, &'a str>,
    notices: Vec<String>,
}

#[derive(Serialize)]
struct Earlier<'a> {
    std_errors: &'a str,
    critical: Option<f64>,
    points: Vec<Point>,
    vcov: Vec<Vec<f64>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    not_available: BTreeMap<&'static str, &'a str>,
}

#[derive(Serialize)]
struct Point {
    event_time: i64,
    #[serde(flatten)]
    row: Row,
    band_low: Option<f64>,
    band_high: Option<f64>,
}

#[derive(Serialize)]
struct Row {
    estimate: f64,
    std_error: Option<f64>,
    p_value: Option<f64>,
    conf_low: Option<f64>,
    conf_high: Option<f64>,
    /// Why the four before it are `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_available: Option<String>,
}

/// Everything that is shown, as an object.
pub(super) fn object<'a>(shown: &'a Shown<'a>) -> Object<'a> {
    let (found, level) = (shown.found, shown.level);
    let mut not_available = without_band(&shown.main, shown);
    if let Some(Answer::Refused { reason }) = &shown.leads {
        not_available.insert("leads", reason);
    }
    if let Some(reason) = &shown.figure_failed {
        not_available.insert("figure", reason);
    }
    Object {
        schema: "ceteris.event/1",
        estimator: shown.estimator.word(),
        formula: found.formula.as_deref(),
        nobs: found.nobs,
        reference: found.path.reference_time(),
        level,
        std_errors: &found.errors,
        critical: critical(&shown.main),
        points: points(&shown.main, level),
        vcov: vcov(&found.path),
        earlier: shown.earlier.as_ref().map(|earlier| Earlier {
            std_errors: earlier.errors,
            critical: critical(earlier),
            points: points(earlier, level),
            vcov: vcov(earlier.path),
            not_available: without_band(earlier, shown),
        }),
        overall: found.overall.as_ref().map(|overall| row(overall, level)),
        leads: shown.leads.as_ref().and_then(Answer::given),
        not_available,
        notices: shown.notices().iter().map(ToString::to_string).collect(),
    }
}

/// Why there is no band, under the key of its half-width.
fn without_band<'a>(banded: &'a Banded<'_>, shown: &Shown<'_>) -> BTreeMap<&'static str, &'a str> {
    banded.band_failed(shown.bands).map(|reason| ("critical", reason)).into_iter().collect()
}

fn critical(banded: &Banded<'_>) -> Option<f64> {
    banded.band.given().map(|band| band.critical)
}

fn points(banded: &Banded<'_>, level: f64) -> Vec<Point> {
    let point = |point: super::found::Point| Point {
        event_time: point.event_time,
        row: row(&point.coef, level),
        band_low: point.band.map(|band| band.low),
        band_high: point.band.map(|band| band.high),
    };
    banded.points().into_iter().map(point).collect()
}

fn vcov(path: &EventPath) -> Vec<Vec<f64>> {
    let vcov = path.matrix();
    (0..vcov.nrows()).map(|i| (0..vcov.ncols()).map(|j| vcov[(i, j)]).collect()).collect()
}

fn row(coef: &Coefficient, level: f64) -> Row {
    let (conf_low, conf_high) = interval(coef, level).unzip();
    Row {
        estimate: coef.estimate,
        std_error: coef.std_error.ok(),
        p_value: coef.p_value().ok(),
        conf_low,
        conf_high,
        not_available: coef.std_error.err().map(|reason| reason.to_string()),
    }
}
