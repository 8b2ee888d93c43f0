//! Absorbed fixed effects: an intercept for each level of a factor, slopes for each level, or both.

use crate::frame::Interaction;

/// A fixed effect to absorb.
///
/// # Example
/// ```
/// use ceteris::fe;
/// assert_eq!(fe("practice").to_string(), "practice");
/// assert_eq!(fe("region").by("year"), fe("region^year"));
/// assert_eq!(fe("state").slope("time").to_string(), "state[time]");
/// assert_eq!(fe("state").slope("time").without_intercept().to_string(), "state[[time]]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Effect {
    of: Interaction,
    slopes: Vec<String>,
    intercept: bool,
}

/// An intercept for each level of a column, or of an interaction `a^b`.
pub fn fe(of: impl Into<Interaction>) -> Effect {
    Effect { of: of.into(), slopes: Vec::new(), intercept: true }
}

impl Effect {
    /// The interaction with another column: one level for each pair that occurs.
    pub fn by(mut self, column: impl Into<Interaction>) -> Self {
        self.of = self.of.by(column);
        self
    }

    /// A slope of `column` in each level.
    pub fn slope(mut self, column: impl Into<String>) -> Self {
        self.slopes.push(column.into());
        self
    }

    /// Slopes only. Without a slope the effect would be empty, so it keeps its intercepts then.
    pub fn without_intercept(mut self) -> Self {
        self.intercept = self.slopes.is_empty();
        self
    }

    /// The columns whose interaction makes the levels.
    pub fn columns(&self) -> &[String] {
        self.of.columns()
    }

    /// What tells the levels apart.
    pub fn interaction(&self) -> &Interaction {
        &self.of
    }

    /// The columns that have a slope in each level.
    pub fn slopes(&self) -> &[String] {
        &self.slopes
    }

    /// Whether each level has an intercept.
    pub fn has_intercept(&self) -> bool {
        self.intercept
    }
}

impl<I: Into<Interaction>> From<I> for Effect {
    fn from(of: I) -> Self {
        fe(of)
    }
}
