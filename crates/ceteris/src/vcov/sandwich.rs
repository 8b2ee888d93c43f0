//! V = (X~'WX~)^-1 meat (X~'WX~)^-1 (Huber 1967; White 1980), and the sums that meats are made of.

use crate::error::Result;
use crate::frame::Factor;
use crate::linalg::Columns;

/// bread * meat * bread, symmetric to the bit.
///
/// # Example
/// ```
/// use ceteris::{Columns, vcov::sandwich};
/// let bread = Columns::new(1, 1, vec![0.5])?;
/// let meat = Columns::new(1, 1, vec![8.0])?;
/// assert_eq!(sandwich(&bread, &meat)?[(0, 0)], 2.0);
/// # Ok::<(), ceteris::Error>(())
/// ```
///
/// # Errors
/// [`crate::Error::Shape`] unless both are square and of one size.
pub fn sandwich(bread: &Columns, meat: &Columns) -> Result<Columns> {
    let k = bread.ncols();
    bread.check_shape("bread", (k, k))?;
    meat.check_shape("meat", (k, k))?;
    let mut vcov = bread.matmul(&meat.matmul(bread));
    vcov.symmetrise();
    Ok(vcov)
}

/// s_g = sum of the scores in cluster g, one row per cluster.
///
/// # Errors
/// [`crate::Error::Shape`] unless there is one cluster for each row of the scores.
pub fn sum_by_cluster(scores: &Columns, clusters: &Factor) -> Result<Columns> {
    scores.check_shape("scores", (clusters.codes().len(), scores.ncols()))?;
    let mut sums = Columns::zeros(clusters.nlevels(), scores.ncols());
    for j in 0..scores.ncols() {
        let column = sums.col_mut(j);
        scores.col(j).iter().zip(clusters.codes()).for_each(|(s, &g)| column[g as usize] += s);
    }
    Ok(sums)
}
