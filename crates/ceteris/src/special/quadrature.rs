//! Adaptive integration on a finite interval.
//!
//! ```text
//! integral of f over [a, b] = sum over panels of K15, error = sum of |K15 - G7|
//! ```
//!
//! G7 and K15 are the Gauss and Kronrod rules with 7 and 15 points (Piessens et al. 1983, QUADPACK, QK15).
//! Each panel is halved until |K15 - G7| meets its share of the tolerance. Assumed: f is finite on [a, b].

use crate::error::{Error, Result};

/// A panel this many halvings deep is below the rounding error of its ends.
const MOST_HALVINGS: u32 = 48;

/// Positive points of K15, outermost first; every second one is a point of G7.
const POINTS: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];

/// Weights of K15.
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_55,
    0.104_790_010_322_250_19,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_9,
    0.209_482_141_084_727_82,
];

/// Weights of G7, for points 1, 3, 5, 7.
const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];

/// The integrals of N functions over [low, high] from `panels` panels of equal width on.
///
/// # Errors
/// `Inaccurate` where halving a panel does not bring its error below `tolerance` / `panels`.
pub(crate) fn integrate<const N: usize>(
    quantity: &'static str,
    (low, high): (f64, f64),
    panels: u32,
    tolerance: f64,
    f: &impl Fn(f64) -> [f64; N],
) -> Result<[f64; N]> {
    let width = (high - low) / f64::from(panels);
    let mut sum = [0.0; N];
    for panel in 0..panels {
        let from = low + width * f64::from(panel);
        let part = halved(from, from + width, tolerance / f64::from(panels), MOST_HALVINGS, f)
            .map_err(|error| Error::Inaccurate { quantity, error, tolerance })?;
        add(&mut sum, 1.0, part);
    }
    Ok(sum)
}

/// One panel, halved as needed; the error that was left if that is too much.
fn halved<const N: usize>(
    low: f64,
    high: f64,
    tolerance: f64,
    halvings: u32,
    f: &impl Fn(f64) -> [f64; N],
) -> Result<[f64; N], f64> {
    let (value, error) = kronrod(low, high, f);
    if error <= tolerance {
        return Ok(value);
    }
    if halvings == 0 || !error.is_finite() {
        return Err(error);
    }
    let middle = 0.5 * (low + high);
    let mut sum = halved(low, middle, 0.5 * tolerance, halvings - 1, f)?;
    add(&mut sum, 1.0, halved(middle, high, 0.5 * tolerance, halvings - 1, f)?);
    Ok(sum)
}

/// K15 and the largest |K15 - G7|.
fn kronrod<const N: usize>(low: f64, high: f64, f: &impl Fn(f64) -> [f64; N]) -> ([f64; N], f64) {
    let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
    let (mut fine, mut coarse) = ([0.0; N], [0.0; N]);
    for (place, (point, weight)) in POINTS.iter().zip(KRONROD).enumerate() {
        let mut values = f(middle + half * point);
        if *point > 0.0 {
            add(&mut values, 1.0, f(middle - half * point));
        }
        add(&mut fine, half * weight, values);
        if place % 2 == 1 {
            add(&mut coarse, half * GAUSS[place / 2], values);
        }
    }
    let gaps = fine.iter().zip(&coarse).map(|(k, g)| (k - g).abs());
    (fine, gaps.fold(0.0, f64::max))
}

fn add<const N: usize>(sum: &mut [f64; N], factor: f64, values: [f64; N]) {
    sum.iter_mut().zip(values).for_each(|(total, value)| *total += factor * value);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smooth_and_steep_integrands_come_out() {
        let [sine, steep] = integrate("test", (0.0, 3.0), 1, 1e-12, &|x: f64| {
            [x.sin(), 1.0 / (1.0 + (1e4 * (x - 1.0)).powi(2))]
        })
        .unwrap();
        assert!((sine - (1.0 - 3.0_f64.cos())).abs() < 1e-13);
        let exact = ((2e4_f64).atan() + (1e4_f64).atan()) / 1e4;
        assert!((steep - exact).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_integrated_is_refused() {
        let pole = integrate("pole", (0.0, 1.0), 1, 1e-12, &|x: f64| [1.0 / (x - 0.3).powi(2)]);
        assert!(matches!(pole, Err(Error::Inaccurate { quantity: "pole", .. })));
    }
}
