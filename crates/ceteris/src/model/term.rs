//! Terms of the right-hand side: products of variables.
//!
//! | formula | variable | columns |
//! |---|---|---|
//! | `dose` | a column | itself; for a category one indicator per level but the first |
//! | `log(list)` | natural logarithm | 1 |
//! | `age^2` | power | 1 |
//! | `i(year, 2012)` | indicators | one per level but the reference (all without one) |
//! | `since(year, 2013)` | indicator of year >= 2013 | 1 |
//! | `a:b` | product | one per pair |

/// One factor of a term.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Variable {
    /// A column as it is.
    Column(String),
    /// The natural logarithm of a real column.
    Log(String),
    /// A whole power of a real column.
    Power(String, u32),
    /// 1 where a real column is at least a value, else 0.
    Since(String, f64),
    /// One indicator per level, without the reference level if there is one.
    Indicators {
        /// A column of any kind.
        column: String,
        /// The level left out.
        reference: Option<String>,
    },
}

impl Variable {
    /// Indicators of every level.
    ///
    /// # Example
    /// ```
    /// use ceteris::{Term, Variable};
    /// let term = Term::from(Variable::indicators("year").reference("2012")).by("treated");
    /// assert_eq!(term.to_string(), "i(year, 2012):treated");
    /// ```
    pub fn indicators(column: impl Into<String>) -> Self {
        Variable::Indicators { column: column.into(), reference: None }
    }

    /// Leaves a level out of indicators; other variables have no reference and stay as they are.
    pub fn reference(self, level: impl Into<String>) -> Self {
        match self {
            Variable::Indicators { column, .. } => {
                Variable::Indicators { column, reference: Some(level.into()) }
            }
            other => other,
        }
    }

    /// 1 where `column` is at least `value`.
    pub fn since(column: impl Into<String>, value: f64) -> Self {
        Variable::Since(column.into(), value)
    }

    /// The column that the variable reads.
    pub fn column(&self) -> &str {
        match self {
            Variable::Column(column)
            | Variable::Log(column)
            | Variable::Power(column, _)
            | Variable::Since(column, _)
            | Variable::Indicators { column, .. } => column,
        }
    }
}

impl<S: Into<String>> From<S> for Variable {
    /// A column as it is; the text is a name, not a formula.
    fn from(column: S) -> Self {
        Variable::Column(column.into())
    }
}

/// A product of variables, often of one.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Term {
    variables: Vec<Variable>,
}

impl Term {
    /// The product of this term and another.
    pub fn by(mut self, other: impl Into<Term>) -> Self {
        self.variables.extend(other.into().variables);
        self
    }

    /// The product of no variables: 1 in every row.
    pub fn intercept() -> Self {
        Self { variables: Vec::new() }
    }

    /// The product of variables: of none, one.
    pub(super) fn product(variables: Vec<Variable>) -> Self {
        Self { variables }
    }

    /// The variables that are multiplied.
    pub fn variables(&self) -> &[Variable] {
        &self.variables
    }
}

impl<V: Into<Variable>> From<V> for Term {
    fn from(variable: V) -> Self {
        Term { variables: vec![variable.into()] }
    }
}
