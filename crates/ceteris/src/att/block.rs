//! The outcomes of a block design: every unit at every time, all treated units from one time on.
//!
//! sigma^2 = sum_{i, t} (d_it - mean d)^2 / (N_co (T_pre - 1) - 1),   d_it = y_{i,t+1} - y_it
//! over the controls and the times before treatment (Arkhangelsky et al. 2021, eq. 5).

use crate::linalg::Columns;

/// Outcomes with a row for each time and a column for each unit, controls first.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    outcomes: Columns,
    ncontrols: usize,
    npre: usize,
    /// The mean of the treated units at each time.
    treated_mean: Vec<f64>,
}

impl Block {
    /// From the outcomes of each unit in the order of the times, controls first.
    pub(crate) fn of_paths(paths: &[Vec<f64>], ncontrols: usize, npre: usize) -> Self {
        let columns: Vec<&[f64]> = paths.iter().map(Vec::as_slice).collect();
        Self::new(Columns::from_columns(paths[0].len(), &columns), ncontrols, npre)
    }

    fn new(outcomes: Columns, ncontrols: usize, npre: usize) -> Self {
        let ntreated = outcomes.ncols() - ncontrols;
        let mut treated_mean = vec![0.0; outcomes.nrows()];
        for column in outcomes.cols().skip(ncontrols) {
            treated_mean.iter_mut().zip(column).for_each(|(sum, y)| *sum += y / ntreated as f64);
        }
        Self { outcomes, ncontrols, npre, treated_mean }
    }

    pub(crate) fn ncontrols(&self) -> usize {
        self.ncontrols
    }

    pub(crate) fn ntreated(&self) -> usize {
        self.outcomes.ncols() - self.ncontrols
    }

    pub(crate) fn npre(&self) -> usize {
        self.npre
    }

    pub(crate) fn npost(&self) -> usize {
        self.outcomes.nrows() - self.npre
    }

    pub(crate) fn treated_mean(&self) -> &[f64] {
        &self.treated_mean
    }

    /// The outcomes of a unit before and after treatment.
    pub(crate) fn unit(&self, unit: usize) -> (&[f64], &[f64]) {
        self.outcomes.col(unit).split_at(self.npre)
    }

    /// The outcomes of the controls before treatment.
    pub(crate) fn controls_before(&self) -> Columns {
        let columns: Vec<&[f64]> = (0..self.ncontrols).map(|i| self.unit(i).0).collect();
        Columns::from_columns(self.npre, &columns)
    }

    /// The outcomes of all units before treatment, a row for each unit.
    pub(crate) fn all_before(&self) -> Columns {
        let columns: Vec<&[f64]> = (0..self.outcomes.ncols()).map(|i| self.unit(i).0).collect();
        Columns::from_columns(self.npre, &columns).transposed()
    }

    /// The mean outcome of each unit after treatment.
    pub(crate) fn means_after(&self) -> Vec<f64> {
        let mean = |i: usize| self.unit(i).1.iter().sum::<f64>() / self.npost() as f64;
        (0..self.outcomes.ncols()).map(mean).collect()
    }

    /// sum_i omega_i y_it over the controls, at each time.
    pub(crate) fn synthetic(&self, unit_weights: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.outcomes.nrows()];
        for (column, omega) in self.outcomes.cols().zip(unit_weights) {
            sums.iter_mut().zip(column).for_each(|(sum, y)| *sum += omega * y);
        }
        sums
    }

    /// Number of first differences that sigma is computed from.
    pub(crate) fn ndifferences(&self) -> usize {
        self.ncontrols * (self.npre - 1)
    }

    /// sigma
    pub(crate) fn noise(&self) -> f64 {
        let differences: Vec<f64> = (0..self.ncontrols)
            .flat_map(|i| self.unit(i).0.windows(2).map(|pair| pair[1] - pair[0]))
            .collect();
        let n = differences.len() as f64;
        let mean = differences.iter().sum::<f64>() / n;
        let squares: f64 = differences.iter().map(|d| (d - mean).powi(2)).sum();
        (squares / (n - 1.0)).sqrt()
    }

    /// The block with other units in the two roles.
    pub(crate) fn recast(&self, controls: &[usize], treated: &[usize]) -> Self {
        let units = [controls, treated].concat();
        Self::new(self.outcomes.select(&units), controls.len(), self.npre)
    }
}
