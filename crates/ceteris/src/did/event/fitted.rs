//! An event study after the fit: which coefficient, or which mean of coefficients, belongs to which event
//! time.

use crate::error::{Error, Result};
use crate::model::Fit;
use crate::notice::Notice;
use crate::parallel_trends::EventPath;
use crate::vcov::Vcov;

/// A fitted event study.
#[derive(Debug, Clone)]
pub struct EventFit {
    fit: Fit,
    points: Vec<(i64, Vec<(String, f64)>)>,
    reference: i64,
    notices: Vec<Notice>,
}

impl EventFit {
    /// A study with one coefficient for each event time.
    ///
    /// # Errors
    /// [`NotIdentified`](Error::NotIdentified) if one of them was omitted.
    pub(super) fn new(
        fit: Fit,
        terms: Vec<(i64, String)>,
        reference: i64,
        notices: Vec<Notice>,
    ) -> Result<Self> {
        let points = terms.into_iter().map(|(time, term)| (time, vec![(term, 1.0)])).collect();
        Self::of_means(fit, points, reference, notices)
    }

    /// A study with a weighted sum of coefficients for each event time.
    pub(in crate::did) fn of_means(
        fit: Fit,
        points: Vec<(i64, Vec<(String, f64)>)>,
        reference: i64,
        notices: Vec<Notice>,
    ) -> Result<Self> {
        for (name, _) in points.iter().flat_map(|(_, parts)| parts) {
            match fit.position(name) {
                Err(Error::OmittedCoefficient { name, spanned_by }) => {
                    return Err(Error::NotIdentified { term: name, spanned_by });
                }
                other => other?,
            };
        }
        Ok(Self { fit, points, reference, notices })
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
    /// As [`Fit::inference`]; [`InvalidSetting`](Error::InvalidSetting) without an event time.
    pub fn path(&self, vcov: impl Into<Vcov>) -> Result<EventPath> {
        let inference = self.fit.inference(vcov)?;
        Ok(inference.event_path_of_means(&self.points)?.reference(self.reference))
    }
}
