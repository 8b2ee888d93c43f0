//! V = c B [ sum_S (-1)^(|S|+1) a_S sum_g s_g s_g' ] B,  s_g = sum_{i in g} w_i u_i x~_i
//!
//! S runs over the non-empty subsets of the cluster variables and g over the clusters of their
//! intersection (Liang and Zeger 1986 for one way; Cameron, Gelbach and Miller 2011, eq. 2.13, for
//! several). The factors c and a_S come from [`SmallSample`](super::SmallSample); CR0 has c = a_S = 1.
//!
//! The sum over several ways need not be positive semi-definite; where it is not, negative eigenvalues are set to zero
//! (ibid., section 2.3) and a notice says so. Eigenvalues depend on the units of the coefficients, so those are taken of
//! R = S^-1 V S^-1 with S_jj = sqrt(B_jj), where every coefficient counts in units of its standard error under equal
//! variances: scaling a regressor changes neither R nor what is done to it. A coefficient whose own variance was not
//! above zero before has no standard error after (see `floor`).

use super::floor::Floor;
use super::ingredients::ROUNDING;
use super::request::{Estimated, Request};
use crate::error::{Error, NoStandardError, Result};
use crate::frame::{Factor, Interaction};
use crate::linalg::Columns;
use crate::linalg::gram::gram;
use crate::notice::Notice;

/// Cluster-robust covariances.
///
/// Formulas and sources: [Cluster-robust inference](crate::methods::cluster_robust).
///
/// # Example
/// ```
/// use ceteris::Cluster;
/// let plain = Cluster::by(["practice"]).cr0();
/// assert_eq!(plain.name(), "CR0");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Cluster {
    by: Vec<Interaction>,
    correction: ClusterType,
}

/// How a cluster-robust covariance is corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ClusterType {
    /// No correction.
    Cr0,
    /// The factors of the small-sample correction.
    Cr1,
}

/// Fewer clusters than this make CR1 tests reject too often (Cameron and Miller 2015, section VI).
const FEW: usize = 10;
/// Eigenvalues that negative, relative to the largest, are rounding and not a defect.
const NEGATIVE: f64 = 1e-12;

impl Cluster {
    /// The covariance is a sum over all subsets of the cluster columns, and they double with each: more columns
    /// than this are refused.
    pub const MOST_COLUMNS: usize = 10;

    /// Clusters by one or more columns; `a^b` names the intersection of two.
    pub fn by<I: Into<Interaction>>(columns: impl IntoIterator<Item = I>) -> Self {
        Self { by: columns.into_iter().map(Into::into).collect(), correction: ClusterType::Cr1 }
    }

    /// Without a small-sample correction.
    pub fn cr0(mut self) -> Self {
        self.correction = ClusterType::Cr0;
        self
    }

    /// With a small-sample correction (the default).
    pub fn cr1(mut self) -> Self {
        self.correction = ClusterType::Cr1;
        self
    }

    /// `CR0` or `CR1`.
    pub fn name(&self) -> &'static str {
        match self.correction {
            ClusterType::Cr0 => "CR0",
            ClusterType::Cr1 => "CR1",
        }
    }

    /// Which correction.
    pub fn cluster_type(&self) -> ClusterType {
        self.correction
    }

    /// The cluster columns, each an interaction of one or more.
    pub fn columns(&self) -> &[Interaction] {
        &self.by
    }

    pub(super) fn estimate(&self, request: &Request<'_>) -> Result<Estimated> {
        if self.by.len() > Self::MOST_COLUMNS {
            return Err(Error::InvalidSetting {
                setting: "cluster columns",
                value: format!("a list of {}", self.by.len()),
                must: "at most 10 columns",
            });
        }
        let nclusters: Vec<usize> = request.clusters.iter().map(Factor::nlevels).collect();
        for (column, &clusters) in self.by.iter().zip(&nclusters) {
            if clusters < 2 {
                return Err(Error::TooFewClusters { column: column.to_string(), clusters });
            }
        }
        let smallest = nclusters.iter().copied().min().ok_or(Error::InvalidSetting {
            setting: "cluster columns",
            value: "an empty list".to_string(),
            must: "at least one column",
        })?;
        let small_sample = request.small_sample;
        let parameters = small_sample.parameters(request.ledger, request.clusters);
        let dof = request.ledger.dof(parameters)?;
        let corrected = self.correction == ClusterType::Cr1;
        let factor = if corrected { small_sample.cluster_factor(request.ledger.nobs, dof) } else { 1.0 };
        let term_factor =
            |clusters: usize| if corrected { small_sample.term_factor(clusters, smallest) } else { 1.0 };
        let (matrix, gross) = inclusion_exclusion(request, term_factor);
        let mut floors = Floor::of_fit(request.ingredients, factor * term_factor(smallest));
        if self.by.len() > 1 {
            floors.iter_mut().zip(gross).for_each(|(floor, gross)| of_a_difference(floor, factor * gross));
        }
        let mut estimated = Estimated {
            matrix: matrix.scale(factor),
            floors,
            unrepaired: None,
            parameters,
            factor: factor * term_factor(smallest),
            distribution: small_sample.clustered_tail(smallest, dof, request.ledger),
            notices: self.notices(request, &nclusters),
            nclusters,
        };
        if self.by.len() > 1 {
            repair(&mut estimated, request)?;
        }
        Ok(estimated)
    }

    fn notices(&self, request: &Request<'_>, nclusters: &[usize]) -> Vec<Notice> {
        let few = |(column, &clusters): (&Interaction, &usize)| {
            (clusters < FEW).then(|| Notice::FewClusters { column: column.to_string(), clusters })
        };
        let mut notices: Vec<Notice> = self.by.iter().zip(nclusters).filter_map(few).collect();
        let holders = request.small_sample.free_in(request.ledger, request.clusters);
        for (effect, holder) in request.ledger.effects.iter().zip(holders) {
            if let Some(place) = holder {
                let (effect, cluster) = (effect.name.clone(), self.by[place].to_string());
                notices.push(Notice::EffectNestedInCluster { effect, cluster });
            }
        }
        notices
    }
}

/// The floor of a variance that is a difference of terms whose sum is `gross`.
fn of_a_difference(floor: &mut Floor, gross: f64) {
    floor.rounding = (floor.rounding * floor.rounding + ROUNDING * gross).sqrt();
    if floor.reason == NoStandardError::NoVariance {
        floor.reason = NoStandardError::NotPositive;
    }
}

/// sum_S (-1)^(|S|+1) a_S sum_g (B s_g)(B s_g)', subsets in binary order, and the diagonal of the same without signs.
fn inclusion_exclusion(request: &Request<'_>, term_factor: impl Fn(usize) -> f64) -> (Columns, Vec<f64>) {
    let clusters = request.clusters;
    let k = request.ingredients.design.ncols();
    let (mut vcov, mut gross) = (Columns::zeros(k, k), vec![0.0; k]);
    for subset in 1..1usize << clusters.len() {
        let members = (0..clusters.len()).filter(|v| subset >> v & 1 == 1);
        let intersection = members.map(|v| clusters[v].clone()).reduce(|a, b| a.by(&b));
        let intersection = intersection.expect("the subset is not empty");
        let sign = if subset.count_ones() % 2 == 1 { 1.0 } else { -1.0 };
        // The bread meets each sum before it is squared, or the square of its condition would be lost.
        let influence = request.ingredients.scores_by(&intersection).matmul(&request.ingredients.bread);
        let (term, share) = (gram(&influence, None), term_factor(intersection.nlevels()));
        vcov.add_scaled(sign * share, &term);
        gross.iter_mut().zip(term.diagonal()).for_each(|(sum, variance)| *sum += share * variance);
    }
    (vcov, gross)
}

/// Sets negative eigenvalues of the covariance to zero, coefficients in units of sqrt(B_jj), and says so.
fn repair(estimated: &mut Estimated, request: &Request<'_>) -> Result<()> {
    let units: Vec<f64> = request.ingredients.bread.diagonal().iter().map(|square| square.sqrt()).collect();
    let (values, vectors) = request.backend.eigen(&in_units(&estimated.matrix, |j| 1.0 / units[j]))?;
    let smallest = values.first().copied().unwrap_or(0.0);
    let largest = values.last().copied().unwrap_or(0.0);
    if smallest >= -NEGATIVE * largest {
        return Ok(());
    }
    let k = values.len();
    let mut repaired = Columns::zeros(k, k);
    for (value, vector) in values.iter().zip(vectors.cols()).filter(|(value, _)| **value > 0.0) {
        let outer =
            Columns::from_data(k, k, vector.iter().flat_map(|b| vector.iter().map(move |a| a * b)).collect());
        repaired.add_scaled(*value, &outer);
    }
    let mut repaired = in_units(&repaired, |j| units[j]);
    repaired.symmetrise();
    estimated.unrepaired = Some(std::mem::replace(&mut estimated.matrix, repaired));
    estimated.notices.push(Notice::VcovRepaired { smallest_eigenvalue: smallest / largest.max(-smallest) });
    Ok(())
}

/// S M S with S = diag(unit of each coefficient).
fn in_units(matrix: &Columns, unit: impl Fn(usize) -> f64) -> Columns {
    let mut scaled = matrix.clone();
    for j in 0..scaled.ncols() {
        scaled.col_mut(j).iter_mut().enumerate().for_each(|(i, entry)| *entry *= unit(i) * unit(j));
    }
    scaled
}
