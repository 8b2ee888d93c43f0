//! V = (X~'WX~)^-1 meat (X~'WX~)^-1 (Huber 1967; White 1980), and the sums that meats are made of.

use crate::frame::Factor;
use crate::linalg::Columns;

/// bread * meat * bread, symmetric to the bit.
///
/// # Example
/// ```
/// use ceteris::{Columns, vcov::sandwich};
/// let bread = Columns::from_data(1, 1, vec![0.5]);
/// let meat = Columns::from_data(1, 1, vec![8.0]);
/// assert_eq!(sandwich(&bread, &meat)[(0, 0)], 2.0);
/// ```
pub fn sandwich(bread: &Columns, meat: &Columns) -> Columns {
    let mut vcov = bread.matmul(&meat.matmul(bread));
    vcov.symmetrise();
    vcov
}

/// s_g = sum of the scores in cluster g, one row per cluster.
pub fn sum_by_cluster(scores: &Columns, clusters: &Factor) -> Columns {
    let mut sums = Columns::zeros(clusters.nlevels(), scores.ncols());
    for j in 0..scores.ncols() {
        let column = sums.col_mut(j);
        scores.col(j).iter().zip(clusters.codes()).for_each(|(s, &g)| column[g as usize] += s);
    }
    sums
}
