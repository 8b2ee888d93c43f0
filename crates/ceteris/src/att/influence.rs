//! Estimates with an influence function: what each unit adds to each estimate's error.
//!
//! b_k - beta_k = (1/n) sum_i psi_ik + o(n^-1/2);   V = (1/n^2) sum_g s_g s_g',  s_g = sum_{i in g} psi_i
//! (van der Vaart 1998, section 25.3; without a small-sample factor, as in Callaway and Sant'Anna 2021,
//! theorem 2). An average with estimated shares, theta = sum_k p_k b_k / P, P = sum_k p_k, where
//! p_k = (1/n) sum_i w_i 1{G_i = g_k}, has
//!   psi_i = sum_k (p_k / P) psi_ik + (w_i / P) sum_{k: g_k = G_i} (b_k - theta)   (ibid., section 4)
//! whose second part comes from the shares. Weights w have mean one.

use crate::frame::Factor;
use crate::inference::{Coefficient, Estimates};
use crate::linalg::Columns;
use crate::linalg::gram::gram;
use crate::vcov::{Distribution, Floor, sum_by_cluster};

/// Estimates and their influence functions, one column each, one row for each unit.
#[derive(Debug, Clone)]
pub(crate) struct Influence {
    pub(crate) estimates: Vec<f64>,
    functions: Columns,
    roundings: Vec<f64>,
}

/// One estimate and its influence function.
#[derive(Debug, Clone)]
pub(crate) struct Influenced {
    pub(crate) estimate: f64,
    pub(crate) function: Vec<f64>,
    /// A standard error that is not above this is rounding of the outcomes that psi is a difference of.
    pub(crate) rounding: f64,
}

/// Which group each unit belongs to, and how much it counts.
#[derive(Debug, Clone)]
pub(crate) struct Shares {
    /// w_i, with mean one.
    pub(crate) weights: Vec<f64>,
    /// G_i; `None` for units of no group.
    pub(crate) groups: Vec<Option<i64>>,
}

impl Shares {
    /// p_g = (1/n) sum_i w_i 1{G_i = g}
    fn share(&self, group: i64) -> f64 {
        let mine = self.groups.iter().zip(&self.weights).filter(|(held, _)| **held == Some(group));
        mine.map(|(_, weight)| weight).sum::<f64>() / self.groups.len() as f64
    }
}

impl Influence {
    /// Collects estimates for `units` units.
    pub(crate) fn new(units: usize, parts: &[Influenced]) -> Self {
        let columns: Vec<&[f64]> = parts.iter().map(|part| part.function.as_slice()).collect();
        let estimates = parts.iter().map(|part| part.estimate).collect();
        let roundings = parts.iter().map(|part| part.rounding).collect();
        Self { estimates, functions: Columns::from_columns(units, &columns), roundings }
    }

    /// V = (1/n^2) sum_g s_g s_g'
    pub(crate) fn vcov(&self, clusters: &Factor) -> Columns {
        let n = self.functions.nrows() as f64;
        let sums = sum_by_cluster(&self.functions, clusters).expect("there is one cluster for each unit");
        gram(&sums, None).scale(1.0 / (n * n))
    }

    /// The estimates with their clustered covariance.
    pub(crate) fn with_covariance(&self, names: Vec<String>, clusters: &Factor) -> Estimates {
        let floors = self.roundings.iter().map(|rounding| Floor::of(*rounding)).collect();
        Estimates::new(names, self.estimates.clone(), self.vcov(clusters), Distribution::Normal)
            .above(floors, None)
    }

    /// The plain mean of some estimates.
    pub(crate) fn mean(&self, members: &[usize]) -> Influenced {
        let share = 1.0 / members.len() as f64;
        let mut mean = Influenced::nothing(self.functions.nrows());
        members.iter().for_each(|&k| mean.add(share, self, k));
        mean
    }

    /// The mean of some estimates by the shares of their groups; `groups` has one group for each estimate.
    pub(crate) fn mean_by_shares(&self, members: &[usize], groups: &[i64], shares: &Shares) -> Influenced {
        let weight: Vec<f64> = members.iter().map(|&k| shares.share(groups[k])).collect();
        let total: f64 = weight.iter().sum();
        let mut mean = Influenced::nothing(self.functions.nrows());
        members.iter().zip(&weight).for_each(|(&k, p)| mean.add(p / total, self, k));
        mean.rounding *= 3.0; // b_k and theta are known no better than psi_k
        let theta = mean.estimate;
        for (i, psi) in mean.function.iter_mut().enumerate() {
            let of_group = members.iter().filter(|&&k| Some(groups[k]) == shares.groups[i]);
            let spread: f64 = of_group.map(|&k| self.estimates[k] - theta).sum();
            *psi += shares.weights[i] / total * spread;
        }
        mean
    }
}

impl Influenced {
    /// Of so many units, none of which moves it.
    pub(crate) fn nothing(units: usize) -> Self {
        Self { estimate: 0.0, function: vec![0.0; units], rounding: 0.0 }
    }

    fn add(&mut self, factor: f64, influence: &Influence, k: usize) {
        self.estimate += factor * influence.estimates[k];
        self.rounding += factor.abs() * influence.roundings[k];
        self.function.iter_mut().zip(influence.functions.col(k)).for_each(|(sum, psi)| *sum += factor * psi);
    }

    /// The estimate with its clustered standard error.
    pub(crate) fn coefficient(&self, name: impl Into<String>, clusters: &Factor) -> Coefficient {
        let alone = Influence::new(self.function.len(), std::slice::from_ref(self));
        alone.with_covariance(vec![name.into()], clusters).at(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn everyone_alone(units: usize) -> Factor {
        Factor::compacted((0..units as u32).collect(), units)
    }

    /// A group mean among n units has psi_i = 1{i in g} n / n_g (y_i - mean).
    fn group_mean(y: &[f64], groups: &[Option<i64>], group: i64) -> Influenced {
        let mine: Vec<usize> = (0..y.len()).filter(|&i| groups[i] == Some(group)).collect();
        let estimate = mine.iter().map(|&i| y[i]).sum::<f64>() / mine.len() as f64;
        let scale = y.len() as f64 / mine.len() as f64;
        let function =
            (0..y.len()).map(|i| if mine.contains(&i) { scale * (y[i] - estimate) } else { 0.0 }).collect();
        Influenced { estimate, function, rounding: 0.0 }
    }

    #[test]
    fn group_means_averaged_by_estimated_shares_have_the_variance_of_the_pooled_mean() {
        let y = [1.0, 2.0, 4.0, 7.0, 11.0];
        let groups = vec![Some(1), Some(1), Some(2), Some(2), Some(2)];
        let parts = [group_mean(&y, &groups, 1), group_mean(&y, &groups, 2)];
        let shares = Shares { weights: vec![1.0; 5], groups };
        let mean = Influence::new(5, &parts).mean_by_shares(&[0, 1], &[1, 2], &shares);
        assert!((mean.estimate - 5.0).abs() < 1e-15);
        let pooled: f64 = y.iter().map(|y| (y - 5.0) * (y - 5.0)).sum::<f64>() / 25.0;
        let found = mean.coefficient("mean", &everyone_alone(5)).std_error.unwrap();
        assert!((found - pooled.sqrt()).abs() < 1e-15);
    }
}
