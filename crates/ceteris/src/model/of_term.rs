//! The coefficients of one term of a fit.

use super::name::{CoefficientName, Place};
use super::{Fit, Omitted, Term};
use crate::error::{Error, Result};

/// The columns of one term, those with a coefficient and those without.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OfTerm<'a> {
    /// The coefficients, in the order of the levels: the position in [`Fit::names`], and the name with its levels.
    pub estimated: Vec<(usize, &'a CoefficientName)>,
    /// The columns without an estimate, with what spans them.
    pub omitted: Vec<&'a Omitted>,
}

impl<'a> OfTerm<'a> {
    /// The coefficients of a term that a design is about: all of them must be estimated.
    ///
    /// # Errors
    /// [`Error::NotIdentified`] with the first that is not.
    pub fn identified(self) -> Result<Vec<(usize, &'a CoefficientName)>> {
        match self.omitted.first() {
            None => Ok(self.estimated),
            Some(omitted) => Err(omitted.not_identified()),
        }
    }
}

impl Omitted {
    /// The refusal of a design that is about this column.
    pub(crate) fn not_identified(&self) -> Error {
        Error::NotIdentified { term: self.name.to_string(), spanned_by: self.spanned_by.clone() }
    }
}

impl Fit {
    /// The coefficients of a term of the specification; the intercept is [`Term::intercept`].
    ///
    /// # Errors
    /// [`Error::UnknownCoefficient`] for a term that the specification does not have.
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Ols, Term};
    /// let frame = Frame::new()
    ///     .add_category("size", ["s", "s", "m", "m", "l", "l"].map(Some))?
    ///     .add_real("x", vec![1.0, 2.0, 3.0, 1.0, 0.0, 5.0])?
    ///     .add_real("y", vec![3.0, 5.0, 7.0, 10.0, 9.0, 8.0])?;
    /// let fit = "y ~ x + size".parse::<Ols>()?.fit(&frame)?;
    /// let sizes = fit.of_term(&Term::from("size"))?;
    /// let labels: Vec<&str> =
    ///     sizes.estimated.iter().filter_map(|(_, name)| name.level_of("size")).map(|l| l.label()).collect();
    /// assert_eq!(labels, ["m", "s"]); // `l` comes first and is the reference
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn of_term(&self, term: &Term) -> Result<OfTerm<'_>> {
        let found = self.terms.iter().find(|(held, _)| held == term);
        let (_, places) = found.ok_or_else(|| Error::UnknownCoefficient {
            name: term.to_string(),
            estimated: self.names.clone(),
        })?;
        let mut of_term = OfTerm { estimated: Vec::new(), omitted: Vec::new() };
        for place in places {
            match *place {
                Place::Estimated(position) => {
                    of_term.estimated.push((position, &self.coefficient_names[position]));
                }
                Place::Omitted(place) => of_term.omitted.push(&self.omitted[place]),
            }
        }
        Ok(of_term)
    }

    /// The position of the one coefficient that a design is about.
    ///
    /// # Errors
    /// As [`Fit::position_of`], but [`Error::NotIdentified`] if it was omitted.
    pub(crate) fn identified(&self, term: &Term) -> Result<usize> {
        self.of_term(term)?.identified()?;
        self.position_of(term)
    }

    /// The position of the coefficient of a term of one column.
    ///
    /// # Errors
    /// As [`Fit::of_term`]; [`Error::OmittedCoefficient`]. A term of several columns has no one coefficient and
    /// counts as unknown.
    pub(crate) fn position_of(&self, term: &Term) -> Result<usize> {
        let of_term = self.of_term(term)?;
        match (of_term.estimated.as_slice(), of_term.omitted.as_slice()) {
            ([(position, _)], []) => Ok(*position),
            ([], [omitted]) => Err(Error::OmittedCoefficient {
                name: omitted.name.to_string(),
                spanned_by: omitted.spanned_by.clone(),
            }),
            _ => Err(Error::UnknownCoefficient { name: term.to_string(), estimated: self.names.clone() }),
        }
    }
}
