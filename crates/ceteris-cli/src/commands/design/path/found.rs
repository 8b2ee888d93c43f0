//! What an estimator found, and the uniform bands of it that could be computed.

use ceteris::inference::WaldTest;
use ceteris::parallel_trends::{Answer, Band};
use ceteris::{Coefficient, EventPath, Notice};
use ceteris_report::Interval;

use crate::args::Estimator;

/// What an estimator found.
pub(in super::super) struct Found {
    /// The regression, or the estimator in words.
    pub(in super::super) title: String,
    /// The regression, if there is one.
    pub(in super::super) formula: Option<String>,
    pub(in super::super) outcome: String,
    /// How the standard errors were made.
    pub(in super::super) errors: String,
    pub(in super::super) nobs: usize,
    /// Weights and conditions of these observations.
    pub(in super::super) rows: String,
    pub(in super::super) path: EventPath,
    /// Leads that another regression estimates, without a covariance with the path.
    pub(in super::super) earlier: Option<Earlier>,
    /// The mean effect, where the estimator has one of its own.
    pub(in super::super) overall: Option<Coefficient>,
    pub(in super::super) notices: Vec<Notice>,
}

/// Leads from a regression of their own.
pub(in super::super) struct Earlier {
    pub(in super::super) path: EventPath,
    /// How their standard errors were made.
    pub(in super::super) errors: String,
}

/// Whether uniform bands are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Bands {
    /// They are.
    Uniform,
    /// Pointwise intervals are enough.
    None,
}

/// A path with its band.
pub(super) struct Banded<'a> {
    pub(super) path: &'a EventPath,
    pub(super) errors: &'a str,
    /// The band, or why there is none.
    pub(super) band: Answer<Band>,
}

/// Everything that is shown.
pub(super) struct Shown<'a> {
    pub(super) estimator: Estimator,
    pub(super) found: &'a Found,
    pub(super) level: f64,
    pub(super) bands: Bands,
    pub(super) main: Banded<'a>,
    pub(super) earlier: Option<Banded<'a>>,
    /// The joint test of the leads, if there are any.
    pub(super) leads: Option<Answer<WaldTest>>,
    /// Why the figure of `--out` could not be drawn.
    pub(super) figure_failed: Option<String>,
}

/// A point with its part of the band.
pub(super) struct Point {
    pub(super) event_time: i64,
    pub(super) coef: Coefficient,
    pub(super) band: Option<Interval>,
}

impl<'a> Banded<'a> {
    fn new(path: &'a EventPath, errors: &'a str, level: f64, bands: Bands) -> Self {
        let band = match bands {
            Bands::Uniform => path.band(level).into(),
            Bands::None => Answer::Refused { reason: "not asked for".to_string() },
        };
        Self { path, errors, band }
    }

    /// The points by event time.
    pub(super) fn points(&self) -> Vec<Point> {
        let band = |time: i64| {
            let point = self.band.given()?.points.iter().find(|point| point.event_time == time)?;
            Some(Interval { low: point.low, high: point.high })
        };
        let coefs = self.path.coefs().into_iter().zip(self.path.times());
        coefs.map(|(coef, time)| Point { event_time: *time, coef, band: band(*time) }).collect()
    }

    /// Why there is no band, where one was asked for.
    pub(super) fn band_failed(&self, bands: Bands) -> Option<&str> {
        match &self.band {
            Answer::Refused { reason } if bands == Bands::Uniform => Some(reason),
            _ => None,
        }
    }
}

impl<'a> Shown<'a> {
    pub(super) fn new(found: &'a Found, estimator: Estimator, level: f64, bands: Bands) -> Self {
        let earlier = found.earlier.as_ref();
        let main = Banded::new(&found.path, &found.errors, level, bands);
        let earlier = earlier.map(|earlier| Banded::new(&earlier.path, &earlier.errors, level, bands));
        let path = earlier.as_ref().unwrap_or(&main).path;
        let leads = path.leads();
        let leads = (!leads.is_empty()).then(|| path.joint(&leads).into());
        Self { estimator, found, level, bands, main, earlier, leads, figure_failed: None }
    }

    /// What a reader should know of the estimates, and which points have no standard error.
    pub(super) fn notices(&self) -> Vec<Notice> {
        let paths = self.earlier.iter().chain([&self.main]);
        self.found.notices.iter().cloned().chain(paths.flat_map(|banded| banded.path.notices())).collect()
    }

    /// Every point with its band, by event time: leads of their own first.
    pub(super) fn points(&self) -> Vec<Point> {
        self.earlier.iter().chain([&self.main]).flat_map(Banded::points).collect()
    }
}
