//! Boxes against closed forms and stored values.

use core::f64::consts::PI;

use super::*;

const INF: f64 = f64::INFINITY;

fn equicorrelated(size: usize, rho: f64) -> Vec<f64> {
    (0..size * size).map(|place| if place % size == place / size { 1.0 } else { rho }).collect()
}

fn symmetric(covariance: &[f64], half: f64) -> Probability {
    let size = covariance.len().isqrt();
    let (mean, lower, upper) = (vec![0.0; size], vec![-half; size], vec![half; size]);
    let normal_box = NormalBox { mean: &mean, covariance, lower: &lower, upper: &upper };
    normal_box.probability(ACCURACY).unwrap()
}

fn orthant(covariance: &[f64]) -> Moments {
    let size = covariance.len().isqrt();
    let (zero, upper) = (vec![0.0; size], vec![INF; size]);
    NormalBox { mean: &zero, covariance, lower: &zero, upper: &upper }.moments(MOMENT_ACCURACY).unwrap()
}

#[test]
fn orthants_of_two_are_a_quarter_and_an_arcsine() {
    for rho in [-0.999, -0.5, 0.0, 0.3, 0.9, 0.9999] {
        let found = orthant(&equicorrelated(2, rho));
        assert!((found.probability - (0.25 + f64::asin(rho) / (2.0 * PI))).abs() < 1e-13, "{rho}");
        // E(Z_1 | orthant) = (1 + rho) / (2 sqrt(2 pi) P) (Tallis 1961)
        let mean = (1.0 + rho) / (2.0 * (2.0 * PI).sqrt() * found.probability);
        assert!((found.mean[0] - mean).abs() < 1e-9 * mean.max(1.0), "{rho}: {} {mean}", found.mean[0]);
        assert!((found.mean[1] - mean).abs() < 1e-9 * mean.max(1.0), "{rho}");
    }
}

#[test]
fn orthants_of_three_are_an_eighth_and_three_arcsines() {
    let covariance = [1.0, 0.3, -0.2, 0.3, 1.0, 0.5, -0.2, 0.5, 1.0];
    let exact = 0.125 + [0.3_f64, -0.2, 0.5].map(f64::asin).iter().sum::<f64>() / (4.0 * PI);
    let found = orthant(&covariance);
    assert!((found.probability - exact).abs() < 1e-5);
    // E(Z_1 | orthant), Tallis 1961, by boundary terms phi(0) P(others > 0 | Z_q = 0).
    let pair = |p: f64| 0.25 + p.asin() / (2.0 * PI);
    let partial = |ab: f64, aq: f64, bq: f64| (ab - aq * bq) / ((1.0 - aq * aq) * (1.0 - bq * bq)).sqrt();
    let phi = normal::density(0.0);
    let terms = [
        pair(partial(0.5, 0.3, -0.2)),
        0.3 * pair(partial(-0.2, 0.3, 0.5)),
        -0.2 * pair(partial(0.3, -0.2, 0.5)),
    ];
    let mean = phi * terms.iter().sum::<f64>() / exact;
    assert!((found.mean[0] - mean).abs() < 1e-4, "{} {mean}", found.mean[0]);
}

#[test]
fn orthants_of_equal_correlations_one_half_are_reciprocals() {
    for size in [3, 5, 8, 10] {
        let (zero, upper, covariance) = (vec![0.0; size], vec![INF; size], equicorrelated(size, 0.5));
        let orthant = NormalBox { mean: &zero, covariance: &covariance, lower: &zero, upper: &upper };
        let found = orthant.probability(ACCURACY).unwrap().value;
        assert!((found - 1.0 / (size + 1) as f64).abs() < 5e-6, "{size}: {found}");
    }
}

#[test]
fn independent_boxes_multiply() {
    let single = 1.0 - normal::two_sided(1.7);
    for size in [1, 2, 3, 6, 10] {
        let found = symmetric(&equicorrelated(size, 0.0), 1.7);
        assert!((found.value - single.powi(size as i32)).abs() < 1e-12, "{size}");
    }
}

#[test]
fn a_singular_covariance_has_the_dimension_of_its_rank() {
    let once = 1.0 - normal::two_sided(1.3);
    assert_eq!(symmetric(&equicorrelated(4, 1.0), 1.3).value, once);
    // Z_3 = (Z_1 + Z_2) / sqrt 2 = w and (Z_1 - Z_2) / sqrt 2 = v: |w| <= 1.3 and |v| <= 1.3 sqrt 2 - |w|.
    let r = core::f64::consts::FRAC_1_SQRT_2;
    let exact = symmetric(&[1.0, 0.0, r, 0.0, 1.0, r, r, r, 1.0], 1.3);
    let strip = |w: f64| [2.0 * normal::density(w) * (1.0 - normal::two_sided(1.3 / r - w))];
    let [area] = quadrature::integrate("strip", (0.0, 1.3), 1, 1e-14, &strip).unwrap();
    assert!((exact.value - area).abs() < 1e-11, "{exact:?} {area}");
    assert!(exact.value < once * once);
}

#[test]
fn moments_of_independent_boxes_are_those_of_each_interval() {
    let covariance = [4.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.25];
    let (mean, lower, upper) = ([1.0, 0.0, -1.0], [0.0, -1.0, -INF], [2.5, 0.5, -1.0]);
    let normal_box = NormalBox { mean: &mean, covariance: &covariance, lower: &lower, upper: &upper };
    let found = normal_box.moments(MOMENT_ACCURACY).unwrap();
    for i in 0..3 {
        let sd = covariance[4 * i].sqrt();
        let one = Interval { low: (lower[i] - mean[i]) / sd, high: (upper[i] - mean[i]) / sd };
        assert!((found.mean[i] - mean[i] - sd * one.mean()).abs() < 1e-4);
        let variance = sd * sd * (one.mean_square() - one.mean() * one.mean());
        assert!((found.covariance[4 * i] - variance).abs() < 2e-4, "{found:?}");
    }
    assert!(found.covariance[1].abs() < 1e-4);
}

#[test]
fn a_whole_space_returns_mean_and_covariance() {
    let covariance = [2.0, 0.5, 0.1, 0.5, 1.0, -0.3, 0.1, -0.3, 1.5];
    let mean = [1.0, -2.0, 0.5];
    let all = NormalBox { mean: &mean, covariance: &covariance, lower: &[-INF; 3], upper: &[INF; 3] };
    let found = all.moments(MOMENT_ACCURACY).unwrap();
    assert!((found.probability - 1.0).abs() < 1e-12);
    assert!(found.mean.iter().zip(mean).all(|(a, b)| (a - b).abs() < 1e-4));
    assert!(found.covariance.iter().zip(covariance).all(|(a, b)| (a - b).abs() < 2e-3), "{found:?}");
}

#[test]
fn a_t_box_of_many_degrees_of_freedom_is_normal_and_of_one_dimension_exact() {
    let covariance = equicorrelated(3, 0.5);
    let cube = NormalBox { mean: &[0.0; 3], covariance: &covariance, lower: &[-2.0; 3], upper: &[2.0; 3] };
    let (t, z) = (cube.student_probability(1e9, ACCURACY).unwrap(), cube.probability(ACCURACY).unwrap());
    assert!((t.value - z.value).abs() < 2e-6, "{t:?} {z:?}");
    let line = NormalBox { mean: &[0.0], covariance: &[4.0], lower: &[-2.0], upper: &[4.0] };
    let exact = 1.0 - student::upper_tail(1.0, 3.0) - student::upper_tail(2.0, 3.0);
    assert!((line.student_probability(3.0, ACCURACY).unwrap().value - exact).abs() < 1e-15);
}

#[test]
fn an_indefinite_matrix_and_an_empty_box_are_refused() {
    let bad = [1.0, 0.9, -0.9, 0.9, 1.0, 0.9, -0.9, 0.9, 1.0];
    let cube = NormalBox { mean: &[0.0; 3], covariance: &bad, lower: &[-2.0; 3], upper: &[2.0; 3] };
    assert!(matches!(cube.probability(ACCURACY), Err(Error::Singular { .. })));
    let empty = NormalBox { mean: &[0.0], covariance: &[1.0], lower: &[1.0], upper: &[1.0] };
    assert!(matches!(empty.probability(ACCURACY), Err(Error::InvalidSetting { setting: "box", .. })));
}

#[test]
fn an_estimate_that_misses_its_tolerance_is_refused() {
    let covariance = equicorrelated(6, 0.9);
    let cube = NormalBox { mean: &[0.0; 6], covariance: &covariance, lower: &[-2.0; 6], upper: &[2.0; 6] };
    let strict = Accuracy { wanted: 1e-14, allowed: 1e-14, points: MOST_POINTS };
    assert!(matches!(cube.probability(strict), Err(Error::Inaccurate { .. })));
}

/// Columns: correlation, size, rho, dof, low, high, value, witness. Written by `boxes.py` (scipy 1.17.1).
const BOXES: &str = include_str!("boxes.csv");

#[test]
fn boxes_agree_with_scipy_within_their_stated_error() {
    for row in BOXES.lines().skip(1) {
        let fields: Vec<&str> = row.split(',').collect();
        let number = |place: usize| fields[place].parse::<f64>().unwrap();
        let (size, rho) = (fields[1].parse::<usize>().unwrap(), number(2));
        let covariance = match fields[0] {
            "equicorrelated" => equicorrelated(size, rho),
            _ => {
                let lag = |place: usize| (place % size).abs_diff(place / size) as i32;
                (0..size * size).map(|place| rho.powi(lag(place))).collect()
            }
        };
        let (mean, lower, upper) = (vec![0.0; size], vec![number(4); size], vec![number(5); size]);
        let normal_box = NormalBox { mean: &mean, covariance: &covariance, lower: &lower, upper: &upper };
        let found = match fields[3] {
            "" => normal_box.probability(ACCURACY),
            dof => normal_box.student_probability(dof.parse().unwrap(), ACCURACY),
        };
        let found = found.unwrap();
        // 1e-8: the error of the three values of scipy.stats.multivariate_normal.
        assert!((found.value - number(6)).abs() <= found.error + 1e-8, "{row}: {found:?}");
        assert!(found.error <= 1e-5, "{row}: {found:?}");
    }
}
