//! What was chosen to absorb the effects, why, and how it went.

use std::fmt;

use super::graph::EffectStructure;

/// The method that absorbed the effects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum AbsorptionMethod {
    /// There was nothing to absorb.
    None,
    /// Level means and slopes of one effect.
    Exact,
    /// The largest effect eliminated, the matrix of the others factored.
    Direct,
    /// The largest effect eliminated, preconditioned conjugate gradients on the others.
    Pcg,
    /// Least squares by bidiagonalisation.
    Lsmr,
    /// Accelerated alternating projections.
    Alternating,
    /// One column for each level.
    Dummies,
}

impl AbsorptionMethod {
    /// The name, as in tables and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            AbsorptionMethod::None => "none",
            AbsorptionMethod::Exact => "exact",
            AbsorptionMethod::Direct => "direct",
            AbsorptionMethod::Pcg => "pcg",
            AbsorptionMethod::Lsmr => "lsmr",
            AbsorptionMethod::Alternating => "alternating",
            AbsorptionMethod::Dummies => "dummies",
        }
    }

    /// Whether it iterates to a tolerance.
    pub fn is_iterative(self) -> bool {
        matches!(self, AbsorptionMethod::Pcg | AbsorptionMethod::Lsmr | AbsorptionMethod::Alternating)
    }
}

impl fmt::Display for AbsorptionMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Why that method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum AbsorptionReason {
    /// The specification has no effects.
    NoEffect,
    /// One effect, or one that spans all others.
    OneEffect,
    /// The levels beside the largest effect are few enough to be factored.
    FewLevels,
    /// There are more levels beside the largest effect than are factored unasked.
    ManyLevels,
    /// As many levels, and some effect has slopes.
    ManySlopes,
    /// The solver asked for it.
    AskedFor,
}

/// What conjugate gradients were preconditioned with in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum PreconditionedBy {
    /// The diagonal of the matrix of the effects beside the largest.
    Diagonal,
    /// A sparse Cholesky factor of that matrix.
    SparseFactor {
        /// Entries of the factor.
        entries: usize,
    },
}

/// How absorption went.
///
/// Formulas and sources: [Least squares with absorbed effects](crate::methods::absorbed_effects).
///
/// # Example
/// ```
/// use ceteris::absorb::{AbsorptionMethod, AbsorptionReason};
/// use ceteris::{Frame, Ols};
/// let frame = Frame::new()
///     .add_real("y", vec![3.0, 5.0, 7.0, 11.0, 2.0, 9.0])?
///     .add_real("x", vec![1.0, 2.0, 3.0, 4.0, 2.0, 1.0])?
///     .add_category("practice", ["a", "a", "b", "b", "c", "c"].map(Some))?
///     .add_category("region", ["n", "n", "n", "n", "s", "s"].map(Some))?;
/// let fit = "y ~ x | practice + region".parse::<Ols>()?.fit(&frame)?;
/// let absorbed = fit.absorbed();
/// assert_eq!((absorbed.method, absorbed.reason), (AbsorptionMethod::Exact, AbsorptionReason::OneEffect));
/// assert!(absorbed.to_string().starts_with("exact (one effect; region is spanned by practice"));
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Absorbed {
    /// The method; never a plan, always what ran.
    pub method: AbsorptionMethod,
    /// Why that one.
    pub reason: AbsorptionReason,
    /// The effects that decided it.
    pub structure: EffectStructure,
    /// Of conjugate gradients only.
    pub preconditioner: Option<PreconditionedBy>,
    /// Iterations of the slowest column; 0 for direct methods.
    pub iterations: usize,
    /// Largest weighted norm that one more projection on any effect would still take out of a
    /// column, relative to the column before absorption.
    pub residual: f64,
    /// How much larger than `residual` the part of a column that all effects together still explain may
    /// be: 1 for direct methods, estimated from the rate of convergence for iterations.
    pub amplification: f64,
    /// The smallest share of its variation within a level that the columns before it leave of a slope.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) slope_share: f64,
}

impl Absorbed {
    /// The account of several columns: the slowest of them, the least exact.
    pub(crate) fn worse_of(mut self, other: &Self) -> Self {
        self.iterations = self.iterations.max(other.iterations);
        self.residual = self.residual.max(other.residual);
        self.amplification = self.amplification.max(other.amplification);
        self
    }

    /// The same account for a column that went like this.
    pub(in crate::absorb) fn of(self, outcome: Outcome) -> Self {
        let Outcome { iterations, residual, amplification } = outcome;
        Self { iterations, residual, amplification, ..self }
    }

    fn why(&self) -> String {
        let levels = |count: usize| if count == 1 { "level".to_string() } else { "levels".to_string() };
        let (others, largest) = (self.structure.beside_largest(), self.structure.largest());
        let beside = format!("{others} {} beside the largest effect of {largest}", levels(others));
        match self.reason {
            AbsorptionReason::NoEffect => "no effects".to_string(),
            AbsorptionReason::OneEffect => "one effect".to_string(),
            AbsorptionReason::FewLevels => beside,
            AbsorptionReason::ManyLevels => format!("{beside}, too many to factor unasked"),
            AbsorptionReason::ManySlopes => format!("{beside}, with slopes"),
            AbsorptionReason::AskedFor if others > 0 => format!("asked for; {beside}"),
            AbsorptionReason::AskedFor => "asked for; one effect".to_string(),
        }
    }
}

impl fmt::Display for Absorbed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.method == AbsorptionMethod::None {
            return f.write_str("none");
        }
        write!(f, "{} ({}", self.method, self.why())?;
        if let Some(components) = self.structure.components.filter(|count| *count > 1) {
            write!(f, " in {components} components")?;
        }
        for redundant in &self.structure.redundant {
            write!(f, "; {} is spanned by {}", redundant.effect, redundant.spanned_by)?;
        }
        if self.method == AbsorptionMethod::Direct {
            write!(f, "; the matrix of {} was factored once", self.structure.beside_largest())?;
        }
        match self.preconditioner {
            Some(PreconditionedBy::Diagonal) => write!(f, "; diagonal preconditioner")?,
            Some(PreconditionedBy::SparseFactor { entries }) => {
                write!(f, "; sparse factor with {entries} entries")?;
            }
            None => {}
        }
        if self.method.is_iterative() {
            write!(f, "; {} iterations", self.iterations)?;
        }
        write!(f, "; residual {:.1e})", self.residual)
    }
}

/// How absorption of one column went.
#[derive(Debug, Clone, Copy)]
pub(in crate::absorb) struct Outcome {
    pub(in crate::absorb) iterations: usize,
    pub(in crate::absorb) residual: f64,
    pub(in crate::absorb) amplification: f64,
}

impl Outcome {
    /// Absorbed without iterations.
    pub(in crate::absorb) fn direct(residual: f64) -> Self {
        Self { iterations: 0, residual, amplification: 1.0 }
    }

    /// This, then `second` on the `share` of the column that was left.
    pub(in crate::absorb) fn then(self, second: Self, share: f64) -> Self {
        Self {
            iterations: self.iterations + second.iterations,
            residual: second.residual * share,
            amplification: self.amplification.max(second.amplification),
        }
    }

    /// The same with its residual relative to a column of which `share` was left.
    pub(in crate::absorb) fn scaled(self, share: f64) -> Self {
        Self { residual: self.residual * share, ..self }
    }
}
