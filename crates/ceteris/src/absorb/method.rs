//! Which method absorbs the effects, and what each of them can tell.

use super::alternating::Projections;
use super::direct::Direct;
use super::dummies::Dummies;
use super::lsmr::Bidiagonalisation;
use super::pcg::Iterations;
use super::report::{AbsorptionMethod, AbsorptionReason, Outcome, PreconditionedBy};
use super::structure::EffectStructure;
use super::{Absorption, Alternating, Block, Pcg, Rank, cycles};
use crate::error::{Error, Result};

/// Up to this many levels beside the largest effect, factoring their matrix (n^3 / 3) is cheap.
pub(super) const DIRECT_LEVELS: usize = 1000;
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

/// The method for effects of this structure.
pub(super) fn choose(
    structure: &EffectStructure,
    blocks: &[&Block],
    absorption: Absorption,
) -> Result<(AbsorptionMethod, AbsorptionReason)> {
    use {AbsorptionMethod as Method, AbsorptionReason as Reason};
    let plain = blocks.iter().all(|block| block.is_plain());
    let few = structure.beside_largest() <= DIRECT_LEVELS;
    Ok(match (structure.needed.len(), absorption) {
        (0, _) => (Method::None, Reason::NoEffect),
        (1, Absorption::Auto | Absorption::Direct) => (Method::Exact, Reason::OneEffect),
        (1, Absorption::Exact) => (Method::Exact, Reason::AskedFor),
        (_, Absorption::Exact) => return Err(not_exact(structure)),
        (_, Absorption::Auto) if few => (Method::Direct, Reason::FewLevels),
        (_, Absorption::Auto) if plain => (Method::Pcg, Reason::ManyLevels),
        (_, Absorption::Auto) => (Method::Alternating, Reason::ManySlopes),
        (_, Absorption::Direct) => (Method::Direct, Reason::AskedFor),
        (_, Absorption::Pcg(_)) => (Method::Pcg, Reason::AskedFor),
        (_, Absorption::Lsmr(_)) => (Method::Lsmr, Reason::AskedFor),
        (_, Absorption::Alternating(_)) => (Method::Alternating, Reason::AskedFor),
        (_, Absorption::Dummies) => (Method::Dummies, Reason::AskedFor),
    })
}

fn not_exact(structure: &EffectStructure) -> Error {
    let names: Vec<&str> = structure.needed.iter().map(|size| size.effect.as_str()).collect();
    Error::InvalidSetting {
        setting: "absorption",
        value: format!("exact with the effects {}, of which none spans the others", names.join(", ")),
        must: "direct or auto unless one effect spans all others",
    }
}

impl<'a> Method<'a> {
    /// Prepares the chosen method; `absorption` holds the settings of the one that was asked for.
    pub(super) fn new(
        chosen: AbsorptionMethod,
        absorption: Absorption,
        (blocks, nobs): (&[&Block], usize),
        weights: Option<&'a [f64]>,
    ) -> Result<(Self, Rank)> {
        let exactly = |parameters| Rank { parameters, exact: true };
        Ok(match chosen {
            AbsorptionMethod::None => (Method::None, exactly(0)),
            AbsorptionMethod::Exact => {
                (Method::Exact(Box::new(Direct::new(blocks, weights))), exactly(blocks[0].rank()))
            }
            AbsorptionMethod::Direct => {
                let direct = Direct::new(factorable(blocks)?, weights);
                let rank = exactly(direct.rank());
                (Method::Direct(Box::new(direct)), rank)
            }
            AbsorptionMethod::Dummies => {
                let dummies = Dummies::new(blocks, nobs, weights)?;
                let rank = exactly(dummies.rank());
                (Method::Dummies(dummies), rank)
            }
            AbsorptionMethod::Pcg => {
                let settings = if let Absorption::Pcg(asked) = absorption { asked } else { Pcg::default() };
                let iterations = Iterations::new(blocks, weights, settings)?;
                (Method::Pcg(Box::new(iterations)), cycles::rank(blocks))
            }
            AbsorptionMethod::Lsmr => {
                let settings =
                    if let Absorption::Lsmr(asked) = absorption { asked } else { Default::default() };
                (Method::Lsmr(Bidiagonalisation::new(blocks, weights, settings)?), cycles::rank(blocks))
            }
            AbsorptionMethod::Alternating => {
                let settings = if let Absorption::Alternating(asked) = absorption {
                    asked
                } else {
                    Alternating::default()
                };
                (Method::Alternating(Projections::new(blocks, weights, settings)?), cycles::rank(blocks))
            }
        })
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
