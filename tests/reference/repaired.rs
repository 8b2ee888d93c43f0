//! What fixest prints where the sum over two ways is not positive semi-definite.
//!
//!   V = c (V_a + V_b - V_ab) = Q diag(l) Q',   V+ = Q diag(max(l, 0)) Q'
//!
//! fixest clips the eigenvalues of V as it is, in the units of the regressors. Ours are free of units, so that the two
//! differ, and fixest's number is predicted here from one-way covariances that need no repair.

use ceteris::{Cluster, Inference};
use faer::{Mat, Side};

/// The standard error of a coefficient after that repair; `None` where the covariance is not over two ways.
pub(crate) fn std_error(table: &Inference, name: &str) -> Option<f64> {
    let [a, b] = table.vcov().cluster_columns() else { return None };
    let (a, b) = (a.to_string(), b.to_string());
    let of = |ways: String| table.fit().inference(Cluster::by([ways]).cr0()).ok();
    let (of_a, of_b, of_both) = (of(a.clone())?, of(b.clone())?, of(format!("{a}^{b}"))?);
    let (of_a, of_b, of_both) = (of_a.matrix(), of_b.matrix(), of_both.matrix());
    let sum = |i, j| table.factor() * (of_a[(i, j)] + of_b[(i, j)] - of_both[(i, j)]);
    let k = of_a.nrows();
    let found = Mat::<f64>::from_fn(k, k, sum).self_adjoint_eigen(Side::Lower).ok()?;
    let place = table.fit().names().iter().position(|held| held == name)?;
    let part = |e: usize| found.S()[e].max(0.0) * found.U()[(place, e)].powi(2);
    Some((0..k).map(part).sum::<f64>().sqrt())
}
