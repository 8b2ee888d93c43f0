//! What a program does differently from `exact`: a comparison of the fields of two corrections.

use super::account::Account;
use super::difference::Difference;
use crate::frame::Factor;
use crate::vcov::{
    ClusterFactor, ClusterType, Distribution, EffectCost, Hc, Ledger, RowFactor, SmallSample, Vcov, VcovKind,
};

/// What an account does not say of itself.
pub(super) struct Facts<'a> {
    pub(super) vcov: &'a Vcov,
    pub(super) ledger: &'a Ledger,
    pub(super) clusters: &'a [Factor],
}

/// What an account does differently from that of `exact`.
pub(super) fn differences(account: &Account, exact: &Account, facts: &Facts<'_>) -> Vec<Difference> {
    let has_parameters = matches!(facts.vcov.kind(), VcovKind::Iid | VcovKind::Hc(Hc::Hc1));
    let mut found = match facts.vcov.kind() {
        _ if has_parameters => in_parameters(account, exact, facts),
        VcovKind::Hc(Hc::Hc2 | Hc::Hc3)
            if facts.vcov.correction().leverage != SmallSample::exact().leverage =>
        {
            vec![Difference::InflatesLeverage]
        }
        VcovKind::Cluster(cluster) if cluster.cluster_type() == ClusterType::Cr1 => {
            in_clusters(account, exact, facts)
        }
        _ => Vec::new(),
    };
    let (distribution, other) = (account.distribution, exact.distribution);
    // Where K is named, n - K is said.
    let said = has_parameters && matches!(distribution, Distribution::T(_));
    if distribution != other && !said {
        found.push(Difference::Tail { distribution, exact: other });
    }
    found
}

/// What is counted in K.
fn in_parameters(account: &Account, exact: &Account, facts: &Facts<'_>) -> Vec<Difference> {
    let mut found = nested(facts);
    let (ours, theirs) = (account.parameters, exact.parameters);
    let charged = if found.is_empty() { 0 } else { theirs.nested.saturating_sub(ours.nested) };
    let expected = theirs.total + charged;
    if ours.total > expected {
        found.push(Difference::CountsMore { parameters: ours.total - expected });
    } else if ours.total < expected {
        found.push(Difference::CountsFewer { parameters: expected - ours.total });
    }
    found
}

/// The nested effects that are free for `exact` and charged here, wholly or in their slopes.
fn nested(facts: &Facts<'_>) -> Vec<Difference> {
    let (ours, exact) = (facts.vcov.correction(), SmallSample::exact());
    let free = |preset: SmallSample| preset.free_in(facts.ledger, facts.clusters);
    let pairs = free(ours).into_iter().zip(free(exact));
    let effects: Vec<(&EffectCost, bool)> = (facts.ledger.effects.iter().zip(pairs))
        .filter(|(_, (_, exact))| exact.is_some())
        .map(|(effect, (ours, _))| (effect, ours.is_some()))
        .collect();
    let named =
        |charged: &[&EffectCost]| charged.iter().map(|effect| effect.name.clone()).collect::<Vec<_>>();
    let mut found = Vec::new();
    let levels = effects.iter().filter(|(effect, free)| effect.intercept && !free);
    let levels: Vec<&EffectCost> = levels.map(|(effect, _)| *effect).collect();
    if !levels.is_empty() {
        let total = levels.iter().map(|effect| effect.nlevels).sum();
        found.push(Difference::CountsNested { effects: named(&levels), levels: total });
    }
    let slopes = effects.iter().filter(|(effect, free)| effect.slopes > 0 && !(*free && ours.frees_slopes()));
    let slopes: Vec<&EffectCost> = slopes.map(|(effect, _)| *effect).collect();
    if !slopes.is_empty() {
        let total = slopes.iter().map(|effect| effect.slopes * effect.nlevels).sum();
        found.push(Difference::CountsNestedSlopes { effects: named(&slopes), slopes: total });
    }
    found
}

/// The parts of (n-1)/(n-K) G/(G-1).
fn in_clusters(account: &Account, exact: &Account, facts: &Facts<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    match facts.vcov.correction().rows {
        RowFactor::None => found.push(Difference::LeavesOutParameters),
        RowFactor::RowsLessOne => found.extend(in_parameters(account, exact, facts)),
        RowFactor::Rows => {
            found.extend(in_parameters(account, exact, facts));
            found.push(Difference::RowsNotLessOne);
        }
    }
    match facts.vcov.correction().clusters {
        ClusterFactor::None => found.push(Difference::LeavesOutClusters),
        ClusterFactor::EachTerm if facts.clusters.len() > 1 => found.push(Difference::ClustersOfEachTerm),
        ClusterFactor::EachTerm | ClusterFactor::Smallest => {}
    }
    found
}
