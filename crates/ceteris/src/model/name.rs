//! The name of a coefficient: the term it comes from and, for each variable of it with levels, the level.
//!
//! | term | levels | printed |
//! |---|---|---|
//! | `dose` | - | `dose` |
//! | `i(year, 2012):treated` | 1981, - | `year::1981:treated` |
//! | the product of no variables | | `(Intercept)` |

use std::fmt;

use super::term::{Term, Variable};

/// The name of the intercept.
pub(super) const INTERCEPT: &str = "(Intercept)";

/// Where a column of a term went: to the coefficient, or to the omitted regressor, of this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Estimated(usize),
    Omitted(usize),
}

/// A level of a column: its text and, where the column is real, the number.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    label: String,
    number: Option<f64>,
}

impl Level {
    pub(super) fn new(label: String, number: Option<f64>) -> Self {
        Self { label, number }
    }

    /// The level as text.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// The number, if the column is real; `None` for a category, whatever its labels look like.
    pub fn number(&self) -> Option<f64> {
        self.number
    }

    /// The number, if the column is real and the level a whole number.
    pub fn whole_number(&self) -> Option<i64> {
        self.number.filter(|number| number.fract() == 0.0).map(|number| number as i64)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)
    }
}

/// Which coefficient: a term of the specification, and a level for each of its variables that has levels.
///
/// # Example
/// ```
/// use ceteris::{Frame, Ols, Term, Variable};
/// let frame = Frame::new()
///     .add_real("year", vec![2011.0, 2011.0, 2012.0, 2012.0, 2013.0, 2013.0, 2013.0])?
///     .add_real("y", vec![3.0, 5.0, 7.0, 10.0, 9.0, 8.0, 9.5])?;
/// let years = Term::from(Variable::indicators("year").reference("2012"));
/// let fit = Ols::new("y").regress_on([years.clone()]).fit(&frame)?;
/// let (position, name) = fit.of_term(&years)?.estimated[1];
/// assert_eq!((position, name.to_string().as_str()), (2, "year::2013"));
/// assert_eq!(name.level_of("year").and_then(|year| year.whole_number()), Some(2013));
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct CoefficientName {
    term: Term,
    levels: Vec<Option<Level>>,
}

impl CoefficientName {
    /// A term with one entry for each of its variables.
    pub(super) fn new(term: Term, levels: Vec<Option<Level>>) -> Self {
        debug_assert_eq!(term.variables().len(), levels.len());
        Self { term, levels }
    }

    /// The term of the specification.
    pub fn term(&self) -> &Term {
        &self.term
    }

    /// The level of each variable of the term, in their order; `None` for a variable without levels.
    pub fn levels(&self) -> &[Option<Level>] {
        &self.levels
    }

    /// The level of the first variable of the term that reads this column; `None` if it has no levels.
    pub fn level_of(&self, column: &str) -> Option<&Level> {
        let place = self.term.variables().iter().position(|variable| variable.column() == column)?;
        self.levels[place].as_ref()
    }
}

impl fmt::Display for CoefficientName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.levels.is_empty() {
            return f.write_str(INTERCEPT);
        }
        for (place, (variable, level)) in self.term.variables().iter().zip(&self.levels).enumerate() {
            if place > 0 {
                f.write_str(":")?;
            }
            match (variable, level) {
                (_, Some(level)) => write!(f, "{}::{level}", variable.column())?,
                (Variable::Column(column), None) => f.write_str(column)?,
                (_, None) => write!(f, "{variable}")?,
            }
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for CoefficientName {
    /// The name as text.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
