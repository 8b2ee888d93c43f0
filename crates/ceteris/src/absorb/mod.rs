//! Absorption of fixed effects: x~ = M x, M = I - D (D'WD)^- D'W, for outcomes and regressors.
//!
//! By the theorem of Frisch, Waugh and Lovell, least squares of y~ on X~ gives the coefficients of X
//! in the regression of y on X and all the effects D, at the price of the columns of X alone.
//!
//! | method | when | how |
//! |---|---|---|
//! | exact | one effect | subtract level means (and level slopes) |
//! | direct | all effects but the largest have few levels together | eliminate the largest exactly, factor the rest once |
//! | pcg | two or more large effects | eliminate the largest exactly, preconditioned conjugate gradients on the rest |
//! | alternating | on request, and large effects with slopes | symmetric alternating projections, accelerated by conjugate gradients |
//! | dummies | the judge in tests, and small data | orthogonalise every dummy column in doubled precision |
//!
//! The input is a sample without missing values, with weights above zero.

mod alternating;
mod basis;
mod block;
mod components;
mod cross;
mod direct;
mod dummies;
mod elimination;
mod margins;
mod one_way;
mod pcg;
mod preconditioner;
mod reduced;
mod rows_by_level;
mod schur;
mod singletons;

use rayon::prelude::*;

pub use alternating::Alternating;
pub(crate) use block::Block;
pub(crate) use components::components;
pub use pcg::Pcg;
pub(crate) use singletons::singletons;

use crate::error::{Error, Result};
use crate::linalg::Columns;
use alternating::Projections;
use direct::Direct;
use dummies::Dummies;
use pcg::Iterations;

/// How effects are absorbed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Absorption {
    /// Chosen by the structure of the effects; [`Absorbed::method`] says which.
    #[default]
    Auto,
    /// Eliminate the largest effect and factor the others: exact, needs few other levels.
    Direct,
    /// Eliminate the largest effect, conjugate gradients on the others, to a checked tolerance.
    Pcg(Pcg),
    /// Accelerated alternating projections, to a checked tolerance.
    Alternating(Alternating),
    /// One column for each level, orthogonalised in doubled precision: small data only.
    Dummies,
}

impl From<Alternating> for Absorption {
    fn from(settings: Alternating) -> Self {
        Absorption::Alternating(settings)
    }
}

impl From<Pcg> for Absorption {
    fn from(settings: Pcg) -> Self {
        Absorption::Pcg(settings)
    }
}

/// How absorption went.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Absorbed {
    /// `none`, `exact`, `direct`, `pcg`, `alternating` or `dummies`.
    pub method: &'static str,
    /// Iterations of the slowest column; 0 for direct methods.
    pub iterations: usize,
    /// Largest weighted norm that one more projection on any effect would still take out of a
    /// column, relative to the column before absorption.
    pub residual: f64,
    /// How much larger than `residual` the part of a column that all effects together still explain may
    /// be: 1 for direct methods, estimated from the rate of convergence for iterations.
    pub amplification: f64,
}

/// Number of parameters that the effects cost together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) parameters: usize,
    /// Whether that is the rank, or only an upper bound of it.
    pub(crate) exact: bool,
}

/// Up to this many levels beside the largest effect, factoring their matrix (n^3 / 3) is cheap.
const DIRECT_LEVELS: usize = 1000;
/// Beyond this many, a forced direct solution would not fit in memory (3.2 GB).
const DIRECT_LIMIT: usize = 20_000;

enum Method<'a> {
    None,
    Exact(Box<Direct<'a>>),
    Direct(Box<Direct<'a>>),
    Pcg(Box<Iterations<'a>>),
    Alternating(Projections),
    Dummies(Dummies),
}

/// Effects, weights and a method, ready to absorb columns.
pub(crate) struct Absorber<'a> {
    weights: Option<&'a [f64]>,
    method: Method<'a>,
    rank: Rank,
}

impl<'a> Absorber<'a> {
    /// Prepares the absorption of `blocks` over `nobs` rows.
    pub(crate) fn new(
        blocks: &[Block],
        nobs: usize,
        weights: Option<&'a [f64]>,
        absorption: Absorption,
    ) -> Result<Self> {
        let needed = without_redundant(blocks);
        let (method, rank) = match (needed.as_slice(), absorption) {
            ([], _) => (Method::None, Rank { parameters: 0, exact: true }),
            (_, Absorption::Dummies) => {
                let dummies = Dummies::new(&needed, nobs, weights)?;
                let rank = Rank { parameters: dummies.rank(), exact: true };
                (Method::Dummies(dummies), rank)
            }
            ([only], Absorption::Auto | Absorption::Direct) => {
                let rank = Rank { parameters: only.rank(), exact: true };
                (Method::Exact(Box::new(Direct::new(&[only], weights))), rank)
            }
            (_, Absorption::Auto) if levels_beside_largest(&needed) <= DIRECT_LEVELS => {
                direct(&needed, weights)?
            }
            (_, Absorption::Direct) => direct(&needed, weights)?,
            (_, Absorption::Alternating(settings)) => alternating(&needed, weights, settings)?,
            (_, Absorption::Pcg(settings)) => pcg(&needed, weights, settings)?,
            (_, Absorption::Auto) if needed.iter().all(|block| block.is_plain()) => {
                pcg(&needed, weights, Pcg::default())?
            }
            (_, Absorption::Auto) => alternating(&needed, weights, Alternating::default())?,
        };
        Ok(Self { weights, method, rank })
    }

    /// What the effects cost.
    pub(crate) fn rank(&self) -> Rank {
        self.rank
    }

    /// Whether the levels beside the largest effect are few enough for the direct method.
    pub(crate) fn is_direct(blocks: &[Block]) -> bool {
        levels_beside_largest(&without_redundant(blocks)) <= DIRECT_LEVELS
    }

    /// Replaces each column by what the effects do not explain, and says of each how that went.
    ///
    /// # Errors
    /// [`Error::NotConverged`] with the name of the column.
    pub(crate) fn absorb(&self, columns: &mut Columns, names: &[String]) -> Result<Vec<Absorbed>> {
        let rows = columns.nrows();
        let outcomes: Vec<Column> = match &self.method {
            Method::Pcg(iterations) => iterations.solve(columns, names)?,
            _ => {
                let each = columns.data_mut().par_chunks_mut(rows).zip(names);
                let outcomes: Vec<Result<Column>> =
                    each.map(|(column, name)| self.absorb_column(column, name)).collect();
                outcomes.into_iter().collect::<Result<_>>()?
            }
        };
        let method = self.name();
        let absorbed = |Column { iterations, residual, amplification }: Column| Absorbed {
            method,
            iterations,
            residual,
            amplification,
        };
        Ok(outcomes.into_iter().map(absorbed).collect())
    }

    fn absorb_column(&self, column: &mut [f64], name: &str) -> Result<Column> {
        match &self.method {
            Method::None | Method::Pcg(_) => Ok(Column::direct(0.0)), // the latter takes all columns at once
            Method::Exact(direct) | Method::Direct(direct) => Ok(direct.absorb(column)),
            Method::Dummies(dummies) => {
                dummies.project(column, self.weights);
                Ok(Column::direct(0.0))
            }
            Method::Alternating(projections) => projections.solve(column, self.weights, name),
        }
    }

    fn name(&self) -> &'static str {
        match self.method {
            Method::None => "none",
            Method::Exact(_) => "exact",
            Method::Direct(_) => "direct",
            Method::Pcg(_) => "pcg",
            Method::Alternating(_) => "alternating",
            Method::Dummies(_) => "dummies",
        }
    }

    /// The diagonal of W^(1/2) D (D'WD)^- D' W^(1/2): each row's leverage from the effects.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for iterations, which never form it.
    pub(crate) fn leverage(&self, nobs: usize) -> Result<Vec<f64>> {
        match &self.method {
            Method::None => Ok(vec![0.0; nobs]),
            Method::Exact(direct) | Method::Direct(direct) => Ok(direct.leverage()),
            Method::Dummies(dummies) => Ok(dummies.leverage(self.weights)),
            Method::Pcg(_) | Method::Alternating(_) => Err(Error::Unsupported {
                what: "leverage (HC2, HC3)",
                with: "several large effects absorbed by iterations (use `Absorption::Direct` or HC1)",
            }),
        }
    }
}

/// How absorption of one column went.
struct Column {
    iterations: usize,
    residual: f64,
    amplification: f64,
}

impl Column {
    /// Absorbed without iterations.
    fn direct(residual: f64) -> Self {
        Self { iterations: 0, residual, amplification: 1.0 }
    }
}

/// ||x|| = sqrt(sum_i w_i x_i^2)
fn norm(column: &[f64], weights: Option<&[f64]>) -> f64 {
    crate::linalg::gram::weighted_dot(column, weights, column).sqrt()
}

fn direct<'a>(blocks: &[&Block], weights: Option<&'a [f64]>) -> Result<(Method<'a>, Rank)> {
    let others = levels_beside_largest(blocks);
    if others > DIRECT_LIMIT {
        return Err(Error::InvalidSetting {
            setting: "absorption",
            value: format!("direct with {others} levels beside the largest effect"),
            must: "pcg when that many levels would have to be factored",
        });
    }
    let direct = Direct::new(blocks, weights);
    let rank = Rank { parameters: direct.rank(), exact: true };
    Ok((Method::Direct(Box::new(direct)), rank))
}

fn alternating<'a>(
    blocks: &[&Block],
    weights: Option<&'a [f64]>,
    settings: Alternating,
) -> Result<(Method<'a>, Rank)> {
    let projections = Projections::new(blocks, weights, settings)?;
    Ok((Method::Alternating(projections), components::rank(blocks)))
}

fn pcg<'a>(blocks: &[&Block], weights: Option<&'a [f64]>, settings: Pcg) -> Result<(Method<'a>, Rank)> {
    let iterations = Iterations::new(blocks, weights, settings)?;
    Ok((Method::Pcg(Box::new(iterations)), components::rank(blocks)))
}

/// Refuses a tolerance that doubles cannot resolve.
fn check_tolerance(tolerance: f64) -> Result<()> {
    if tolerance.is_finite() && tolerance >= 1e-14 {
        return Ok(());
    }
    Err(Error::InvalidSetting {
        setting: "tolerance",
        value: tolerance.to_string(),
        must: "at least 1e-14, what doubles can resolve",
    })
}

fn levels_beside_largest(blocks: &[&Block]) -> usize {
    let sizes = blocks.iter().map(|block| block.ncolumns());
    sizes.clone().sum::<usize>() - sizes.max().unwrap_or(0)
}

/// The blocks without those that a finer one spans: absorbing them again would change nothing.
fn without_redundant(blocks: &[Block]) -> Vec<&Block> {
    let spans = |a: usize, b: usize| {
        let (finer, coarser) = (&blocks[a], &blocks[b]);
        let same = finer.factor == coarser.factor;
        a != b
            && finer.intercept
            && coarser.is_plain()
            && finer.factor.is_nested_in(&coarser.factor)
            && (!same || a < b || !finer.is_plain())
    };
    let redundant = |b: usize| (0..blocks.len()).any(|a| spans(a, b));
    (0..blocks.len()).filter(|&b| !redundant(b)).map(|b| &blocks[b]).collect()
}
