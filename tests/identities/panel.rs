//! Random small panels, and the comparison of fits.

use ceteris::{Columns, Fit, Frame, Ols, Vcov};
use proptest::prelude::*;

/// Rows of a panel with three crossed factors.
#[derive(Debug, Clone)]
pub(crate) struct Rows {
    pub(crate) y: Vec<f64>,
    pub(crate) x: Vec<f64>,
    pub(crate) z: Vec<f64>,
    pub(crate) f: Vec<f64>,
    pub(crate) g: Vec<f64>,
    pub(crate) h: Vec<f64>,
    pub(crate) w: Vec<f64>,
}

/// Panels of 40 to 80 rows: enough rows for every model below, few enough for dummies.
pub(crate) fn panels() -> impl Strategy<Value = Rows> {
    let row = (-10.0..10.0f64, -5.0..5.0f64, -5.0..5.0f64, 0..6u8, 0..5u8, 0..4u8, 1..9u8);
    proptest::collection::vec(row, 40..80).prop_map(|rows| Rows {
        y: rows.iter().map(|r| r.0 + r.1 - 0.5 * r.2 + f64::from(r.3)).collect(),
        x: rows.iter().map(|r| r.1).collect(),
        z: rows.iter().map(|r| r.2).collect(),
        f: rows.iter().map(|r| f64::from(r.3)).collect(),
        g: rows.iter().map(|r| f64::from(r.4)).collect(),
        h: rows.iter().map(|r| f64::from(r.5)).collect(),
        w: rows.iter().map(|r| f64::from(r.6)).collect(),
    })
}

impl Rows {
    pub(crate) fn frame(&self) -> Frame {
        let columns = [
            ("y", &self.y),
            ("x", &self.x),
            ("z", &self.z),
            ("f", &self.f),
            ("g", &self.g),
            ("h", &self.h),
            ("w", &self.w),
        ];
        let add =
            |frame: Frame, (name, values): (&str, &Vec<f64>)| frame.add_real(name, values.clone()).unwrap();
        columns.into_iter().fold(Frame::new(), add).add_real("row", self.row_numbers()).unwrap()
    }

    fn row_numbers(&self) -> Vec<f64> {
        (0..self.y.len()).map(|i| i as f64).collect()
    }

    /// The rows in another order, or some of them several times.
    pub(crate) fn pick(&self, order: &[usize]) -> Self {
        let pick = |values: &[f64]| order.iter().map(|&i| values[i]).collect();
        Self {
            y: pick(&self.y),
            x: pick(&self.x),
            z: pick(&self.z),
            f: pick(&self.f),
            g: pick(&self.g),
            h: pick(&self.h),
            w: pick(&self.w),
        }
    }
}

pub(crate) fn ols(formula: &str) -> Ols {
    formula.parse().unwrap()
}

/// Two ways to the same number differ by rounding times the condition of a random panel.
pub(crate) const SAME: f64 = 1e-8;

pub(crate) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * (1.0 + a.abs().max(b.abs()))
}

/// The standard error of one coefficient.
pub(crate) fn std_error(fit: &Fit, vcov: impl Into<Vcov>, name: &str) -> f64 {
    fit.inference(vcov).unwrap().coef(name).unwrap().std_error.unwrap()
}

pub(crate) fn same_matrix(a: &Columns, b: &Columns) -> bool {
    a.data().len() == b.data().len() && a.data().iter().zip(b.data()).all(|(a, b)| close(*a, *b))
}
