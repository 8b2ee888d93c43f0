//! What is drawn, and the regression that is put to it. The effect is zero in every design.
//!
//! ```text
//! (a), (b)   y_i = c_t + a_g + e_i,    var a = 1/4, var e = 3/4, treated_g for 3 clusters in 10
//! (c)        y_i = x_i e_i,            x = exp(z),  z and e standard normal
//! ```
//!
//! In (b) the rows of cluster g are proportional to exp(2 g / G), the sizes of MacKinnon and Webb 2017,
//! and at least two in a period.

use ceteris::{Frame, Ols, Result};

use crate::keystream::Keystream;

/// Periods of the clustered designs.
pub(crate) const PERIODS: usize = 4;
/// The cluster column.
pub(crate) const CLUSTER: &str = "cluster";

/// Rows of an average cluster in one period.
const ROWS: f64 = 5.0;
/// How unequal the clusters of (b) are.
const GAMMA: f64 = 2.0;
/// The standard deviations of a cluster's and of a row's share of the error.
const SHARES: (f64, f64) = (0.5, 0.866_025_403_784_438_6);

/// A way to draw data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Design {
    EqualClusters,
    UnequalClusters,
    Leverage,
}

impl Design {
    pub(crate) const ALL: [Design; 3] = [Design::EqualClusters, Design::UnequalClusters, Design::Leverage];

    /// Clusters, or rows where rows are independent.
    pub(crate) fn sizes(self) -> [usize; 4] {
        match self {
            Design::EqualClusters | Design::UnequalClusters => [10, 20, 50, 200],
            Design::Leverage => [20, 50, 200, 1000],
        }
    }

    /// The regression.
    pub(crate) fn ols(self) -> Ols {
        match self {
            Design::EqualClusters | Design::UnequalClusters => {
                Ols::new("y").regress_on(["treated"]).absorb(["time"])
            }
            Design::Leverage => Ols::new("y").regress_on(["x"]),
        }
    }

    /// The regressor of which the true coefficient is zero.
    pub(crate) fn effect(self) -> &'static str {
        match self {
            Design::EqualClusters | Design::UnequalClusters => "treated",
            Design::Leverage => "x",
        }
    }

    /// The data of one replication.
    pub(crate) fn draw(self, size: usize, replication: u64) -> Result<Frame> {
        let numbers = &mut Keystream::new(self as u8, size, replication);
        match self {
            Design::EqualClusters => clustered(numbers, &vec![ROWS as usize; size]),
            Design::UnequalClusters => clustered(numbers, &unequal(size)),
            Design::Leverage => leverage(numbers, size),
        }
    }
}

/// Rows of each cluster in one period: their mean is near `ROWS`.
fn unequal(clusters: usize) -> Vec<usize> {
    let scale = ROWS * GAMMA / GAMMA.exp_m1();
    let rows = |g: usize| (scale * (GAMMA * (g + 1) as f64 / clusters as f64).exp()).round() as usize;
    (0..clusters).map(|g| rows(g).max(2)).collect()
}

/// Clusters with these many rows in each period.
fn clustered(numbers: &mut Keystream, rows: &[usize]) -> Result<Frame> {
    let treated = numbers.choose(3 * rows.len() / 10, rows.len());
    let (mut y, mut dose, mut cluster, mut time) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (g, &rows) in rows.iter().enumerate() {
        let (shared, treated) = (SHARES.0 * numbers.normal(), treated.contains(&g));
        for t in 0..PERIODS {
            for _ in 0..rows {
                y.push(t as f64 + shared + SHARES.1 * numbers.normal());
                dose.push(f64::from(treated));
                cluster.push(g as f64);
                time.push(t as f64);
            }
        }
    }
    Frame::new()
        .add_real("y", y)?
        .add_real("treated", dose)?
        .add_real(CLUSTER, cluster)?
        .add_real("time", time)
}

/// Independent rows.
fn leverage(numbers: &mut Keystream, rows: usize) -> Result<Frame> {
    let x: Vec<f64> = (0..rows).map(|_| numbers.normal().exp()).collect();
    let y = x.iter().map(|x| x * numbers.normal()).collect();
    Frame::new().add_real("x", x)?.add_real("y", y)
}
