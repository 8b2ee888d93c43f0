//! Equivalence of single coefficients, of the largest and of the mean.
//!
//! ```text
//! two one-sided:  p = P(T > (margin - |b|) / se),   smallest margin = |b| + t_{1 - size} se
//! folded:         p = P(|margin + se T| <= |b|),    smallest margin: p = size
//! largest:        p = max_e p_e,                    smallest margin = max_e      (intersection-union, Berger 1982)
//! ```
//!
//! Schuirmann 1987 (Journal of Pharmacokinetics and Biopharmaceutics 15:657); Dette and Schumann 2024: the
//! folded quantile q solves P(|margin + se Z| <= q) = size and equivalence is shown if |b| <= q.
//! T is t with the path's degrees of freedom, or normal; Dette and Schumann have the normal. Assumed: se > 0.

use super::settings::{Construction, EquivalenceTest, LeadEquivalence, Violation};
use crate::error::Result;
use crate::inference::Coefficient;
use crate::parallel_trends::EventPath;
use crate::special::root;

/// Relative tolerance of the smallest margin of the folded test.
const MARGIN_TOLERANCE: f64 = 1e-12;

/// Each lead, the largest, the mean.
fn tests(
    settings: &LeadEquivalence,
    path: &EventPath,
    construction: Construction,
) -> Result<Vec<EquivalenceTest>> {
    let leads = path.lead_part()?;
    let singles = leads.times().iter().zip(leads.coefs());
    let mut tests = singles
        .map(|(time, lead)| settings.of_one(Violation::Lead(*time), construction, &lead))
        .collect::<Result<Vec<_>>>()?;
    let most = |of: fn(&EquivalenceTest) -> f64| tests.iter().map(of).fold(0.0, f64::max);
    let p_of = |test: &EquivalenceTest| test.at_margin.as_ref().map_or(0.0, |at| at.p_value);
    let (statistic, smallest, p_value) =
        (most(|test| test.statistic), most(|test| test.smallest_margin), most(p_of));
    let largest =
        settings.concluded((Violation::Maximum, construction), statistic, smallest, |_| Ok(p_value))?;
    tests.push(largest);
    tests.push(settings.of_one(Violation::Mean, construction, &leads.mean(leads.times())?)?);
    Ok(tests)
}

impl LeadEquivalence {
    /// Two one-sided tests of each lead, of the largest (the one of each lead that is hardest to show) and of
    /// the mean lead, in this order.
    ///
    /// # Errors
    /// [`InvalidSetting`](crate::Error::InvalidSetting) without leads, for a size outside (0, 1/2) or a margin
    /// that is not positive; [`NoStandardError`](crate::Error::NoStandardError) for a lead (or mean) without variance.
    pub fn two_one_sided(&self, path: &EventPath) -> Result<Vec<EquivalenceTest>> {
        self.checked()?;
        tests(self, path, Construction::TwoOneSided)
    }

    /// The same by the folded distribution: more powerful, and the largest and mean violations are
    /// those of Dette and Schumann.
    ///
    /// # Errors
    /// As [`LeadEquivalence::two_one_sided`]; [`Inaccurate`](crate::Error::Inaccurate).
    pub fn folded(&self, path: &EventPath) -> Result<Vec<EquivalenceTest>> {
        self.checked()?;
        tests(self, path, Construction::Folded)
    }

    fn of_one(
        &self,
        violation: Violation,
        construction: Construction,
        lead: &Coefficient,
    ) -> Result<EquivalenceTest> {
        let std_error = lead.needed_std_error()?;
        let magnitude = lead.estimate.abs();
        let p_value = |margin: f64| match construction {
            Construction::TwoOneSided => lead.distribution.upper_tail((margin - magnitude) / std_error),
            _ => folded_probability(lead, std_error, margin),
        };
        let smallest = match construction {
            Construction::TwoOneSided => magnitude + lead.distribution.quantile(1.0 - self.size) * std_error,
            _ if p_value(0.0) <= self.size => 0.0,
            _ => {
                let gap = |margin: f64| Ok(self.size - p_value(margin));
                root::root_above_zero("the smallest margin", std_error, MARGIN_TOLERANCE, gap)?
            }
        };
        self.concluded((violation, construction), magnitude, smallest, |margin| Ok(p_value(margin)))
    }
}

/// P(|margin + se T| <= |b|)
fn folded_probability(lead: &Coefficient, std_error: f64, margin: f64) -> f64 {
    let tail = |bound: f64| lead.distribution.upper_tail(bound / std_error);
    let magnitude = lead.estimate.abs();
    tail(margin - magnitude) - tail(margin + magnitude)
}
