//! Absorption of fixed effects: x~ = M x, M = I - D (D'WD)^- D'W, for outcomes and regressors.
//!
//! By the theorem of Frisch, Waugh and Lovell, least squares of y~ on X~ gives the coefficients of X
//! in the regression of y on X and all the effects D, at the price of the columns of X alone.
//!
//! | method | when | how |
//! |---|---|---|
//! | exact | one effect, or one that spans the others | subtract level means (and level slopes) |
//! | direct | all effects but the largest have few levels together | eliminate the largest exactly, factor the rest once |
//! | pcg | two or more large effects | eliminate the largest exactly, preconditioned conjugate gradients on the rest |
//! | alternating | on request, and large effects with slopes | symmetric alternating projections, accelerated by conjugate gradients |
//! | lsmr | on request | least squares by bidiagonalisation on the rows |
//! | dummies | the judge in tests, and small data | orthogonalise every dummy column in doubled precision |
//!
//! The input is a sample without missing values, with weights above zero.

mod alternating;
mod basis;
mod block;
mod components;
mod cross;
mod cycles;
mod direct;
mod dummies;
mod elimination;
mod lsmr;
mod margins;
mod method;
mod one_way;
mod pcg;
mod preconditioner;
mod reduced;
mod report;
mod rows_by_level;
mod schur;
mod singletons;
mod stop;
mod structure;

use rayon::prelude::*;

pub use alternating::Alternating;
pub(crate) use block::Block;
pub(crate) use components::components;
pub use lsmr::Lsmr;
pub use pcg::Pcg;
pub use report::{Absorbed, AbsorptionMethod, AbsorptionReason, PreconditionedBy};
pub(crate) use singletons::singletons;
pub use structure::{EffectSize, EffectStructure, RedundantEffect};

use crate::error::Result;
use crate::linalg::Columns;
use method::{DIRECT_LEVELS, DIRECT_LIMIT, Method};
use report::Outcome;

/// How effects are absorbed.
///
/// # Example
/// ```
/// use ceteris::{Absorption, Lsmr, Ols, Solver};
/// let solver = Solver::default().absorption(Lsmr::default().tolerance(1e-12));
/// let model = "y ~ x | worker + firm".parse::<Ols>()?.solver(solver);
/// assert_eq!(model.chosen_solver().chosen_absorption(), Lsmr::default().tolerance(1e-12).into());
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Absorption {
    /// Chosen by the structure of the effects; [`Absorbed`] says what was chosen and why.
    #[default]
    Auto,
    /// Level means and slopes of one effect that spans all others; refused where none does.
    Exact,
    /// Eliminate the largest effect and factor the others: exact, needs few other levels.
    Direct,
    /// Eliminate the largest effect, conjugate gradients on the others, to a checked tolerance.
    Pcg(Pcg),
    /// Least squares by bidiagonalisation on the rows, to a checked tolerance.
    Lsmr(Lsmr),
    /// Accelerated alternating projections, to a checked tolerance.
    Alternating(Alternating),
    /// One column for each level, orthogonalised in doubled precision: small data only.
    Dummies,
}

/// Number of parameters that the effects cost together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) parameters: usize,
    /// Whether that is the rank, or only an upper bound of it.
    pub(crate) exact: bool,
}

/// Products that leverages may take beyond [`DIRECT_LEVELS`], a solution with the factor for each row: minutes.
const LEVERAGE_PRODUCTS: usize = 200_000_000_000;

/// Effects, weights and a method, ready to absorb columns.
pub(crate) struct Absorber<'a> {
    weights: Option<&'a [f64]>,
    method: Method<'a>,
    rank: Rank,
    /// What was chosen and why, before any column.
    account: Absorbed,
}

impl<'a> Absorber<'a> {
    /// Prepares the absorption of `blocks` over `nobs` rows.
    ///
    /// # Errors
    /// [`crate::Error::InvalidSetting`] if the method cannot absorb these effects or has no sound tolerance.
    pub(crate) fn new(
        blocks: &[Block],
        nobs: usize,
        weights: Option<&'a [f64]>,
        absorption: Absorption,
    ) -> Result<Self> {
        let (mut structure, needed) = EffectStructure::of(blocks);
        let (chosen, reason) = method::choose(&structure, &needed, absorption)?;
        let (method, rank) = Method::new(chosen, absorption, (&needed, nobs), weights)?;
        if needed.len() == 2 && needed.iter().all(|block| block.is_plain()) {
            structure.components = Some(structure.largest() + structure.beside_largest() - rank.parameters);
        }
        let account = Absorbed {
            method: chosen,
            reason,
            structure,
            preconditioner: None,
            iterations: 0,
            residual: 0.0,
            amplification: 1.0,
        };
        Ok(Self { weights, method, rank, account })
    }

    /// What the effects cost.
    pub(crate) fn rank(&self) -> Rank {
        self.rank
    }

    /// Whether the direct method can give the leverages of `nobs` rows in reasonable time.
    pub(crate) fn has_leverage(blocks: &[Block], nobs: usize) -> bool {
        let others = EffectStructure::of(blocks).0.beside_largest();
        others <= DIRECT_LEVELS || (others <= DIRECT_LIMIT && nobs * others * others <= LEVERAGE_PRODUCTS)
    }

    /// Replaces each column by what the effects do not explain, and says of each how that went.
    ///
    /// # Errors
    /// [`crate::Error::NotConverged`] with the name of the column.
    pub(crate) fn absorb(&self, columns: &mut Columns, names: &[String]) -> Result<Vec<Absorbed>> {
        let rows = columns.nrows();
        let outcomes: Vec<Outcome> = match &self.method {
            Method::Pcg(iterations) => iterations.solve(columns, names)?,
            method => {
                let each = columns.data_mut().par_chunks_mut(rows).zip(names);
                let absorb = |(x, name): (&mut [f64], &String)| method.absorb(x, self.weights, name);
                let outcomes: Vec<Result<Outcome>> = each.map(absorb).collect();
                outcomes.into_iter().collect::<Result<_>>()?
            }
        };
        let preconditioner = self.method.preconditioner();
        let spread = if self.account.method.is_iterative() { stop::spread(self.weights) } else { 1.0 };
        let account = |outcome: Outcome| {
            let mut account = Absorbed { preconditioner, ..self.account.clone() }.of(outcome);
            if account.method.is_iterative() {
                // Below the unit roundoff, a residual is what the sums that it is made of left of it.
                account.residual = account.residual.max(f64::EPSILON);
                account.amplification *= spread.sqrt();
            }
            account
        };
        Ok(outcomes.into_iter().map(account).collect())
    }

    /// The diagonal of W^(1/2) D (D'WD)^- D' W^(1/2): each row's leverage from the effects.
    ///
    /// # Errors
    /// [`crate::Error::Unsupported`] for iterations, which never form it.
    pub(crate) fn leverage(&self, nobs: usize) -> Result<Vec<f64>> {
        self.method.leverage(nobs, self.weights)
    }
}
