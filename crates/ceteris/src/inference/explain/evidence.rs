//! For which covariances a reference case has a program's own numbers.

use std::fmt;

use super::explanation::EffectCount;
use crate::vcov::{ClusterType, Hc, Nested, SmallSample, Vcov, VcovKind};

/// Whether a row was compared with the program whose name it bears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Evidence {
    /// A reference case has the program's own standard errors, and they match.
    Confirmed,
    /// The formula stands in the program's documentation; no number of the program's confirms it.
    Documented,
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Evidence::Confirmed => "confirmed by a reference case",
            Evidence::Documented => "formula from documentation, not confirmed",
        })
    }
}

/// A covariance, as far as programs are compared in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Compared {
    Iid,
    Of(Hc),
    One(ClusterType),
    Several(ClusterType),
}

use ClusterType::{Cr0, Cr1};
use Compared::{Iid, Of, One, Several};
use Hc::{Hc0, Hc1, Hc2, Hc3};

/// Presets and the covariances in which they were compared; FixedEffectModels.jl is in none.
const COMPARED: [(SmallSample, &[Compared]); 10] = [
    (
        SmallSample::exact(),
        &[Iid, Of(Hc0), Of(Hc1), Of(Hc2), Of(Hc3), One(Cr0), Several(Cr0), One(Cr1), Several(Cr1)],
    ),
    (
        SmallSample::fixest(),
        &[Iid, Of(Hc1), Of(Hc2), Of(Hc3), One(Cr0), Several(Cr0), One(Cr1), Several(Cr1)],
    ),
    (SmallSample::pyfixest(), &[Iid, Of(Hc1), Of(Hc2), Of(Hc3), One(Cr1), Several(Cr1)]),
    (SmallSample::reghdfe(), &[Iid, One(Cr1)]),
    (SmallSample::areg(), &[One(Cr1)]),
    (SmallSample::xtreg(), &[One(Cr1)]),
    (SmallSample::linearmodels(), &[Iid, Of(Hc1), One(Cr1), Several(Cr1)]),
    (SmallSample::statsmodels(), &[Iid, Of(Hc0), Of(Hc1), Of(Hc2), Of(Hc3), One(Cr1), Several(Cr1)]),
    (
        SmallSample::sandwich(),
        &[Iid, Of(Hc0), Of(Hc1), Of(Hc2), Of(Hc3), Several(Cr0), One(Cr1), Several(Cr1)],
    ),
    (SmallSample::clubsandwich(), &[One(Cr0), One(Cr1)]),
];

/// What is known of a covariance under a preset, in a fit with these effects.
pub(super) fn evidence(vcov: &Vcov, effects: &[EffectCount]) -> Evidence {
    let preset = vcov.correction();
    let asked = match vcov.kind() {
        VcovKind::Iid => Iid,
        VcovKind::Hc(hc) => Of(*hc),
        VcovKind::Cluster(cluster) if cluster.columns().len() == 1 => One(cluster.cluster_type()),
        VcovKind::Cluster(cluster) => Several(cluster.cluster_type()),
    };
    // Where the number of effects matters, clusters were compared with one nested effect or with two effects.
    let like_the_cases = match (preset.nested, effects) {
        (Nested::OnlyEffect, [only]) => only.nested || asked != One(Cr1),
        (Nested::OnlyEffect, effects) => effects.len() == 2,
        _ => true,
    };
    let listed = COMPARED.iter().any(|(of, compared)| *of == preset && compared.contains(&asked));
    if like_the_cases && listed { Evidence::Confirmed } else { Evidence::Documented }
}
