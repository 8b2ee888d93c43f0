//! int_a^b f ~ (b-a)/2 sum_i w_i f(x_i): the rule of Gauss and Legendre with 20 points.
//!
//! Exact for polynomials up to degree 39 (Abramowitz and Stegun 1964, table 25.4). Assumed: f smooth between
//! a and b; kinks must be ends.

/// Half of the points on [-1, 1], and their weights; the others are their mirror images.
const POINTS: [(f64, f64); 10] = [
    (0.076_526_521_133_497_34, 0.152_753_387_130_725_85),
    (0.227_785_851_141_645_07, 0.149_172_986_472_603_75),
    (0.373_706_088_715_419_55, 0.142_096_109_318_382_05),
    (0.510_867_001_950_827_1, 0.131_688_638_449_176_63),
    (0.636_053_680_726_515, 0.118_194_531_961_518_42),
    (0.746_331_906_460_150_8, 0.101_930_119_817_240_44),
    (0.839_116_971_822_218_8, 0.083_276_741_576_704_75),
    (0.912_234_428_251_326, 0.062_672_048_334_109_06),
    (0.963_971_927_277_913_8, 0.040_601_429_800_386_94),
    (0.993_128_599_185_094_9, 0.017_614_007_139_152_118),
];

/// Equal panels into which a range is cut. The tails of `hybrid` are flat to every order where they vanish, which
/// a polynomial over half a circle follows to six digits only, over an eighth to twelve.
const PANELS: usize = 4;

/// The integral of `f` from `a` to `b`.
pub(super) fn integral(f: impl Fn(f64) -> f64, a: f64, b: f64) -> f64 {
    let half = 0.5 * (b - a) / PANELS as f64;
    let panel = |p: usize| {
        let middle = a + half * (2 * p + 1) as f64;
        POINTS.iter().map(|&(x, weight)| weight * (f(middle - half * x) + f(middle + half * x))).sum::<f64>()
    };
    half * (0..PANELS).map(panel).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polynomials_up_to_degree_39_are_exact() {
        for degree in 0..40 {
            let exact = (3.0_f64.powi(degree + 1) - 1.0) / f64::from(degree + 1);
            let found = integral(|x| x.powi(degree), 1.0, 3.0);
            assert!((found / exact - 1.0).abs() < 1e-14, "{degree}: {found} {exact}");
        }
    }
}
