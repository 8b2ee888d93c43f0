//! An event study after the fit: which coefficient, or which mean of coefficients, belongs to which event
//! time.

use crate::error::Result;
use crate::model::Fit;
use crate::notice::Notice;
use crate::parallel_trends::EventPath;
use crate::vcov::Vcov;

/// A fitted event study.
#[derive(Debug, Clone)]
pub struct EventFit {
    fit: Fit,
    points: Vec<(i64, Vec<(String, f64)>)>,
    reference: Option<i64>,
    notices: Vec<Notice>,
}

impl EventFit {
    /// A study with one coefficient for each event time.
    pub(crate) fn new(fit: Fit, terms: Vec<(i64, String)>) -> Self {
        Self::of_means(fit, terms.into_iter().map(|(time, term)| (time, vec![(term, 1.0)])).collect())
    }

    /// A study with a weighted sum of coefficients for each event time; all of them are estimated.
    pub(in crate::did) fn of_means(fit: Fit, points: Vec<(i64, Vec<(String, f64)>)>) -> Self {
        Self { fit, points, reference: None, notices: Vec::new() }
    }

    /// With the event time that the others are compared with.
    pub(in crate::did) fn reference(self, event_time: i64) -> Self {
        Self { reference: Some(event_time), ..self }
    }

    /// With facts that the study knows beside those of its regression.
    pub(in crate::did) fn noticed(mut self, notices: impl IntoIterator<Item = Notice>) -> Self {
        self.notices.extend(notices);
        self
    }

    /// The regression behind the study.
    pub fn fit(&self) -> &Fit {
        &self.fit
    }

    /// For each event time, the coefficients that make its effect and their shares.
    pub fn points(&self) -> &[(i64, Vec<(String, f64)>)] {
        &self.points
    }

    /// Facts about the fit and about the treatment dates.
    pub fn notices(&self) -> Vec<Notice> {
        self.notices.iter().chain(self.fit.notices()).cloned().collect()
    }

    /// The effects by event time under a covariance.
    ///
    /// # Errors
    /// As [`Fit::inference`]; [`InvalidSetting`](crate::Error::InvalidSetting) without an event time.
    pub fn path(&self, vcov: impl Into<Vcov>) -> Result<EventPath> {
        let inference = self.fit.inference(vcov)?;
        let path = inference.event_path_of_means(&self.points)?;
        Ok(match self.reference {
            Some(event_time) => path.reference(event_time),
            None => path,
        })
    }
}
