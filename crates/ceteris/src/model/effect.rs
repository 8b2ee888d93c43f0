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
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Effect {
    columns: Interaction,
    #[cfg_attr(feature = "serde", serde(default))]
    slopes: Vec<String>,
    #[cfg_attr(feature = "serde", serde(default = "super::ols::yes"))]
    intercept: bool,
}

/// An intercept for each level of a column, or of an interaction `a^b`.
pub fn fe(of: impl Into<Interaction>) -> Effect {
    Effect { columns: of.into(), slopes: Vec::new(), intercept: true }
}

impl Effect {
    /// The interaction with another column: one level for each pair that occurs.
    pub fn by(mut self, column: impl Into<Interaction>) -> Self {
        self.columns = self.columns.by(column);
        self
    }

    /// A slope of `column` in each level.
    pub fn slope(mut self, column: impl Into<String>) -> Self {
        self.slopes.push(column.into());
        self
    }

    /// Slopes only, whether they are named before or after. An effect without slopes would be empty then, and the
    /// fit refuses it.
    pub fn without_intercept(mut self) -> Self {
        self.intercept = false;
        self
    }

    /// The columns whose interaction makes the levels.
    pub fn columns(&self) -> &[String] {
        self.columns.columns()
    }

    /// What tells the levels apart.
    pub fn interaction(&self) -> &Interaction {
        &self.columns
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
