//! What is asked of the leads, and what the answer is made of.

use crate::error::{Error, Result};
use crate::inference::share;

/// What is asked of the leads: a size, and perhaps a margin.
///
/// Formulas and sources: [Equivalence of leads](crate::methods::equivalence).
///
/// # Example
/// ```
/// use ceteris::parallel_trends::{Equivalence, LeadEquivalence};
/// use ceteris::{Columns, Distribution, EventPath};
/// let vcov = Columns::new(3, 3, vec![0.01, 0.0, 0.0, 0.0, 0.01, 0.0, 0.0, 0.0, 0.01])?;
/// let path = EventPath::new([(-3, 0.05), (-2, -0.02), (0, 1.0)], vcov, Distribution::Normal)?.reference(-1);
/// let tests = LeadEquivalence::new().margin(0.25).two_one_sided(&path)?;
/// let largest = &tests[2]; // after one test for each lead
/// assert!((largest.smallest_margin - (0.05 + 1.6449 * 0.1)).abs() < 1e-4);
/// let judged = largest.at_margin.as_ref().expect("a margin was given");
/// assert_eq!(judged.verdict, Equivalence::Shown);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeadEquivalence {
    pub(super) size: f64,
    margin: Option<f64>,
}

/// Whether a violation is shown to be smaller than the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum Equivalence {
    /// The violation is smaller than the margin, at the size of the test.
    Shown,
    /// The data do not show it. They may be consistent with no violation too.
    NotShown,
}

/// The size of what is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum Violation {
    /// The absolute value of the lead at this event time.
    Lead(i64),
    /// The largest absolute value among the leads.
    Maximum,
    /// The absolute value of the mean lead.
    Mean,
    /// The root of the mean square of the leads.
    RootMeanSquare,
}

/// How a test is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum Construction {
    /// Two one-sided tests, each of this size (Schuirmann 1987; Hartman and Hidalgo 2018).
    TwoOneSided,
    /// The quantile of |margin + std_error Z|, Z normal or t (Dette and Schumann 2024).
    Folded,
    /// The largest value in the joint confidence ellipsoid (Scheffe 1953). Not the self-normalised test on subsamples in time
    /// of Dette and Schumann, which needs the data; conservative.
    Ellipsoid,
}

/// One test of equivalence.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct EquivalenceTest {
    /// What is to be small.
    pub violation: Violation,
    /// How the test is built.
    pub construction: Construction,
    /// The estimate of the violation.
    pub statistic: f64,
    /// The probability at most of showing equivalence where there is none.
    pub size: f64,
    /// Equivalence is shown at every margin above, and at none below. Zero if at every positive margin.
    pub smallest_margin: f64,
    /// The test at the margin that was given.
    pub at_margin: Option<AtMargin>,
}

/// An [`EquivalenceTest`] at one margin.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AtMargin {
    /// The margin.
    pub margin: f64,
    /// The smallest size at which equivalence is shown.
    pub p_value: f64,
    /// Whether it is shown at the size of the test.
    pub verdict: Equivalence,
}

impl Default for LeadEquivalence {
    fn default() -> Self {
        Self { size: 0.05, margin: None }
    }
}

impl LeadEquivalence {
    /// Size 0.05 and no margin.
    pub fn new() -> Self {
        Self::default()
    }

    /// The largest probability of showing equivalence where there is none.
    pub fn size(mut self, size: f64) -> Self {
        self.size = size;
        self
    }

    /// The violation that would matter, in units of the outcome.
    pub fn margin(mut self, margin: f64) -> Self {
        self.margin = Some(margin);
        self
    }

    /// Refuses settings that no test has.
    pub(super) fn checked(&self) -> Result<()> {
        share("size", self.size)?;
        let wrong = |setting, value: f64, must| {
            Err(Error::InvalidSetting { setting, value: value.to_string(), must })
        };
        if self.size >= 0.5 {
            return wrong("size", self.size, "below one half");
        }
        match self.margin {
            Some(margin) if !(margin > 0.0 && margin.is_finite()) => wrong("margin", margin, "positive"),
            _ => Ok(()),
        }
    }

    /// Puts a test together from what its construction says.
    pub(super) fn concluded(
        &self,
        (violation, construction): (Violation, Construction),
        statistic: f64,
        smallest_margin: f64,
        p_value: impl Fn(f64) -> Result<f64>,
    ) -> Result<EquivalenceTest> {
        let judge = |margin: f64| -> Result<AtMargin> {
            let p_value = p_value(margin)?;
            let verdict = if p_value <= self.size { Equivalence::Shown } else { Equivalence::NotShown };
            Ok(AtMargin { margin, p_value, verdict })
        };
        let at_margin = self.margin.map(judge).transpose()?;
        Ok(EquivalenceTest {
            violation,
            construction,
            statistic,
            size: self.size,
            smallest_margin,
            at_margin,
        })
    }
}
