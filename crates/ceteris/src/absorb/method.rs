//! The methods, prepared for the effects, and what each of them can tell.

use super::absorption::Absorption;
use super::alternating::Projections;
use super::dummies::Dummies;
use super::eliminated::{Direct, Iterations};
use super::graph::{Needed, Rank};
use super::levels::Block;
use super::lsmr::Bidiagonalisation;
use super::report::{AbsorptionMethod, Outcome, PreconditionedBy};
use crate::error::{Error, Result};

/// Beyond this many, a forced direct solution would not fit in memory (3.2 GB).
pub(super) const DIRECT_LIMIT: usize = 20_000;

/// A method, prepared for the effects.
pub(super) enum Method<'a> {
    None,
    /// The direct method without others.
    Exact(Box<Direct<'a>>),
    Direct(Box<Direct<'a>>),
    Pcg(Box<Iterations<'a>>),
    Lsmr(Bidiagonalisation),
    Alternating(Projections),
    Dummies(Dummies),
}

impl<'a> Method<'a> {
    /// Prepares a settled absorption of those of `all` effects that are needed; the judge takes all of them, since it
    /// should not believe what it judges.
    pub(super) fn new(
        settled: Absorption,
        (all, needed): (&[Block], &Needed<'_>),
        nobs: usize,
        weights: Option<&'a [f64]>,
    ) -> Result<(Self, Rank)> {
        let completed = needed.completed();
        let blocks: Vec<&Block> = completed.iter().map(AsRef::as_ref).collect();
        let blocks = blocks.as_slice();
        Ok(match settled {
            _ if all.is_empty() => (Method::None, Rank::exactly(0)),
            Absorption::Auto => unreachable!("the choice is settled"),
            Absorption::Exact => {
                (Method::Exact(Box::new(Direct::new(blocks, weights))), Rank::exactly(blocks[0].rank()))
            }
            Absorption::Direct => {
                let direct = Direct::new(factorable(blocks)?, weights);
                let rank = Rank::exactly(direct.rank());
                (Method::Direct(Box::new(direct)), rank)
            }
            Absorption::Dummies => {
                let dummies = Dummies::new(&all.iter().collect::<Vec<_>>(), nobs, weights)?;
                let rank = Rank::exactly(dummies.rank());
                (Method::Dummies(dummies), rank)
            }
            Absorption::Pcg(settings) => {
                let iterations = Iterations::new(blocks, weights, settings)?;
                (Method::Pcg(Box::new(iterations)), Rank::of(&needed.blocks()))
            }
            Absorption::Lsmr(settings) => {
                (Method::Lsmr(Bidiagonalisation::new(blocks, weights, settings)?), Rank::of(&needed.blocks()))
            }
            Absorption::Alternating(settings) => (
                Method::Alternating(Projections::new(blocks, weights, settings)?),
                Rank::of(&needed.blocks()),
            ),
        })
    }

    /// What it is.
    pub(super) fn kind(&self) -> AbsorptionMethod {
        match self {
            Method::None => AbsorptionMethod::None,
            Method::Exact(_) => AbsorptionMethod::Exact,
            Method::Direct(_) => AbsorptionMethod::Direct,
            Method::Pcg(_) => AbsorptionMethod::Pcg,
            Method::Lsmr(_) => AbsorptionMethod::Lsmr,
            Method::Alternating(_) => AbsorptionMethod::Alternating,
            Method::Dummies(_) => AbsorptionMethod::Dummies,
        }
    }

    /// Absorbs one column; conjugate gradients take all at once, elsewhere.
    pub(super) fn absorb(&self, x: &mut [f64], weights: Option<&[f64]>, name: &str) -> Result<Outcome> {
        match self {
            Method::None | Method::Pcg(_) => Ok(Outcome::direct(0.0)),
            Method::Exact(direct) | Method::Direct(direct) => Ok(direct.absorb(x)),
            Method::Dummies(dummies) => {
                dummies.project(x, weights);
                Ok(Outcome::direct(0.0))
            }
            Method::Lsmr(bidiagonalisation) => bidiagonalisation.solve(x, weights, name),
            Method::Alternating(projections) => projections.solve(x, weights, name),
        }
    }

    /// What conjugate gradients are preconditioned with by now.
    pub(super) fn preconditioner(&self) -> Option<PreconditionedBy> {
        match self {
            Method::Pcg(iterations) => Some(iterations.preconditioner()),
            _ => None,
        }
    }

    /// The diagonal of W^(1/2) D (D'WD)^- D' W^(1/2): each row's leverage from the effects.
    ///
    /// # Errors
    /// [`Error::Unsupported`] for iterations, which never form it.
    pub(super) fn leverage(&self, nobs: usize, weights: Option<&[f64]>) -> Result<Vec<f64>> {
        match self {
            Method::None => Ok(vec![0.0; nobs]),
            Method::Exact(direct) | Method::Direct(direct) => Ok(direct.leverage()),
            Method::Dummies(dummies) => Ok(dummies.leverage(weights)),
            Method::Pcg(_) | Method::Lsmr(_) | Method::Alternating(_) => Err(Error::Unsupported {
                what: "leverage (HC2, HC3)",
                with: "several large effects absorbed by iterations, which direct absorption and HC1 do without",
            }),
        }
    }
}

/// The blocks, unless too many levels would have to be factored.
fn factorable<'a, 'b>(blocks: &'a [&'b Block]) -> Result<&'a [&'b Block]> {
    let sizes = blocks.iter().map(|block| block.ncolumns());
    let others = sizes.clone().sum::<usize>() - sizes.max().unwrap_or(0);
    if others <= DIRECT_LIMIT {
        return Ok(blocks);
    }
    Err(Error::InvalidSetting {
        setting: "absorption",
        value: format!("direct with {others} levels beside the largest effect"),
        must: "pcg when that many levels would have to be factored",
    })
}
