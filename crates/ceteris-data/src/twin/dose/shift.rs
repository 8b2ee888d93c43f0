//! Values after the reform, moved until the model finds the wanted coefficients.
//!
//! ```text
//! y_it <- y_it + sum_k x_ik (target_k - d_k)      t after the reform, then standardised again
//! ```
//!
//! d_k are the dose coefficients of the model itself: y on doses, the outcomes of the three years
//! before, and years, on the counted rows, weighted. A move of x times the gap closes it up to the
//! standardisation, so that a few rounds do.

use ceteris::{Cluster, Error, Fit, Frame, Ols, Result, SmallSample, Weights, fe};

use super::process::standardised;
use super::units::Units;

/// Rounds at most; the slowest outcome, `flu_pregnant`, needs 15.
const LIMIT: usize = 40;
/// Largest gap, in standard errors: far below the last printed digit of any coefficient.
const TOLERANCE: f64 = 1e-7;

/// Moves `values` (by year and unit) to coefficients `targets`; `doses` are by dose and unit.
pub(super) fn shifted(
    units: &Units,
    mut values: Vec<Vec<f64>>,
    doses: &[Vec<f64>],
    targets: &[f64],
) -> Result<Vec<Vec<f64>>> {
    let rows = counted(units);
    let model = model(doses.len(), units.before.len());
    let regressors = regressors(units, &rows, &values, doses)?;
    let mut gap = f64::INFINITY;
    for _ in 0..LIMIT {
        let outcome = rows.iter().map(|&(i, t)| values[t][i]).collect();
        let fit = model.fit(&regressors.clone().add_real("value", outcome)?)?;
        let gaps = gaps(&fit, targets)?;
        gap = gaps.iter().map(|(_, in_errors)| in_errors.abs()).fold(0.0, f64::max);
        if gap < TOLERANCE {
            return Ok(values);
        }
        for &t in &units.after {
            let move_by =
                |i: usize| gaps.iter().zip(doses).map(|((gap, _), dose)| gap * dose[i]).sum::<f64>();
            let moved = values[t].iter().enumerate().map(|(i, value)| value + move_by(i)).collect();
            values[t] = standardised(moved, units, t);
        }
    }
    Err(Error::NotConverged {
        column: "value".to_string(),
        iterations: LIMIT,
        residual: gap,
        tolerance: TOLERANCE,
    })
}

/// Unit and year of each row of the model.
fn counted(units: &Units) -> Vec<(usize, usize)> {
    let years = units.after.iter().flat_map(|&t| (0..units.unit.len()).map(move |i| (i, t)));
    years.filter(|&(i, t)| units.counted[i][t]).collect()
}

fn dose_name(k: usize) -> String {
    format!("dose_{k}")
}

fn before_name(t: usize) -> String {
    format!("before_{t}")
}

fn model(doses: usize, before: usize) -> Ols {
    Ols::new("value")
        .regress_on((0..doses).map(dose_name))
        .regress_on((0..before).map(before_name))
        .absorb([fe("year")])
        .weights(Weights::analytic("weight"))
}

/// All columns but the outcome, which alone is moved.
fn regressors(
    units: &Units,
    rows: &[(usize, usize)],
    values: &[Vec<f64>],
    doses: &[Vec<f64>],
) -> Result<Frame> {
    let column = |of: &dyn Fn(usize, usize) -> f64| rows.iter().map(|&(i, t)| of(i, t)).collect::<Vec<f64>>();
    let mut frame = Frame::new()
        .add_real("year", column(&|_, t| f64::from(units.years[t])))?
        .add_real("ccg", column(&|i, _| units.ccg[i] as f64))?
        .add_real("weight", column(&|i, _| units.weight[i]))?;
    for (k, dose) in doses.iter().enumerate() {
        frame = frame.add_real(dose_name(k), column(&|i, _| dose[i]))?;
    }
    for (k, &before) in units.before.iter().enumerate() {
        frame = frame.add_real(before_name(k), column(&|i, _| values[before][i]))?;
    }
    Ok(frame)
}

/// For each dose, target less coefficient: as it is, and in standard errors.
fn gaps(fit: &Fit, targets: &[f64]) -> Result<Vec<(f64, f64)>> {
    let table = fit.inference(Cluster::by(["ccg"]).small_sample(SmallSample::areg()))?;
    let gap = |(k, target): (usize, &f64)| {
        let coefficient = table.coef(&dose_name(k))?;
        let gap = target - coefficient.estimate;
        Ok((gap, gap / coefficient.needed_std_error()?))
    };
    targets.iter().enumerate().map(gap).collect()
}
