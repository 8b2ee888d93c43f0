//! Which method absorbs effects of a given structure.

use super::absorption::Absorption;
use super::alternating::Alternating;
use super::eliminated::Pcg;
use super::graph::EffectStructure;
use super::levels::Block;
use super::report::AbsorptionReason;
use crate::error::{Error, Result};

/// Up to this many levels beside the largest effect, factoring their matrix (n^3 / 3) is cheap.
pub(super) const DIRECT_LEVELS: usize = 1000;

/// The absorption of effects of this structure, settled: never [`Absorption::Auto`], with the settings that will be
/// used. Without effects it is exact.
pub(super) fn choose(
    structure: &EffectStructure,
    blocks: &[&Block],
    asked: Absorption,
) -> Result<(Absorption, AbsorptionReason)> {
    use AbsorptionReason as Reason;
    let plain = blocks.iter().all(|block| block.is_plain());
    let few = structure.beside_largest() <= DIRECT_LEVELS;
    Ok(match (structure.needed.len(), asked) {
        (0, _) => (Absorption::Exact, Reason::NoEffect),
        (1, Absorption::Auto | Absorption::Direct) => (Absorption::Exact, Reason::OneEffect),
        (2.., Absorption::Exact) => return Err(not_exact(structure)),
        (_, Absorption::Auto) if few => (Absorption::Direct, Reason::FewLevels),
        (_, Absorption::Auto) if plain => (Pcg::default().into(), Reason::ManyLevels),
        (_, Absorption::Auto) => (Alternating::default().into(), Reason::ManySlopes),
        (_, asked) => (asked, Reason::AskedFor),
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
