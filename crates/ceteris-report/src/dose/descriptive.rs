//! Tables 10 and 11: means and standard deviations by year.
//!
//! mean_t = sum w y / sum w;  sd_t^2 = sum w (y - mean_t)^2 / sum w  n / (n - 1), over the n rows of year t
//! with weight w, the outcome's denominator.

use ceteris::Result;

use super::StudyOutcome;

/// An outcome in a year.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct YearMoments {
    /// The outcome.
    pub outcome: String,
    /// The calendar year in which the year begins.
    pub year: i32,
    /// Weighted mean.
    pub mean: f64,
    /// Weighted standard deviation; `None` with a single row.
    pub sd: Option<f64>,
    /// Rows with a value.
    pub nobs: usize,
}

pub(super) fn moments(outcome: &StudyOutcome) -> Result<Vec<YearMoments>> {
    let real = |name| outcome.frame.real(name);
    let (years, values, weights) = (real("year")?, real("value")?, real("denominator")?);
    let known = |i: &usize| !(years[*i].is_nan() || values[*i].is_nan()) && weights[*i] > 0.0;
    let mut labels: Vec<i32> = (0..years.len()).filter(known).map(|i| years[i] as i32).collect();
    labels.sort_unstable();
    labels.dedup();
    let moments = |year: i32| {
        let rows = (0..years.len()).filter(known).filter(|&i| years[i] == f64::from(year));
        let rows: Vec<(f64, f64)> = rows.map(|i| (values[i], weights[i])).collect();
        let (mean, sd) = weighted(&rows);
        YearMoments { outcome: outcome.name.clone(), year, mean, sd, nobs: rows.len() }
    };
    Ok(labels.into_iter().map(moments).collect())
}

/// Mean and standard deviation of values with weights.
pub(super) fn weighted(rows: &[(f64, f64)]) -> (f64, Option<f64>) {
    let (count, total) = (rows.len() as f64, rows.iter().map(|(_, w)| w).sum::<f64>());
    let mean = rows.iter().map(|(y, w)| w * y).sum::<f64>() / total;
    let squares: f64 = rows.iter().map(|(y, w)| w * (y - mean) * (y - mean)).sum();
    (mean, (rows.len() > 1).then(|| (squares / total * count / (count - 1.0)).sqrt()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_weights_give_the_usual_mean_and_standard_deviation() {
        let (mean, sd) = weighted(&[(1.0, 5.0), (2.0, 5.0), (6.0, 5.0)]);
        assert_eq!((mean, sd), (3.0, Some(7.0_f64.sqrt())));
        assert_eq!(weighted(&[(2.0, 1.0)]), (2.0, None));
    }
}
