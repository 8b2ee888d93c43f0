//! Equivalence tests against identities and stored values.

use super::*;
use crate::error::Error;
use crate::linalg::Columns;
use crate::parallel_trends::EventPath;
use crate::vcov::Distribution;

fn diagonal(leads: &[(i64, f64)], variances: &[f64], distribution: Distribution) -> EventPath {
    let mut vcov = Columns::zeros(leads.len(), leads.len());
    variances.iter().enumerate().for_each(|(j, variance)| vcov[(j, j)] = *variance);
    EventPath::new(leads.iter().copied(), vcov, distribution).unwrap().reference(-1)
}

fn p_value(test: &EquivalenceTest) -> f64 {
    test.at_margin.as_ref().unwrap().p_value
}

#[test]
fn folded_tests_agree_with_scipy() {
    // scipy 1.17.1: foldnorm.cdf(0.3, 0.5 / 0.2, scale=0.2); brentq over the margin at size 0.05.
    let path = diagonal(&[(-2, -0.3)], &[0.04], Distribution::Normal);
    let test = &LeadEquivalence::new().margin(0.5).folded(&path).unwrap()[0];
    assert!((p_value(test) - FOLDED[0]).abs() < 1e-14, "{test:?}");
    assert!((test.smallest_margin - FOLDED[1]).abs() < 1e-9, "{test:?}");
}

const FOLDED: [f64; 2] = [0.1586235826896239, 0.628967425461844];

#[test]
fn at_the_smallest_margin_the_p_value_is_the_size() {
    for distribution in [Distribution::Normal, Distribution::T(9.0)] {
        let vcov = Columns::from_data(3, 3, vec![0.04, 0.02, 0.01, 0.02, 0.05, 0.02, 0.01, 0.02, 0.03]);
        let path = EventPath::new([(-4, 0.1), (-3, 0.25), (-2, 0.2)], vcov, distribution).unwrap();
        let all = |settings: &LeadEquivalence| -> Vec<EquivalenceTest> {
            let mut tests = settings.two_one_sided(&path).unwrap();
            tests.extend(settings.folded(&path).unwrap());
            tests.push(settings.root_mean_square(&path).unwrap());
            tests
        };
        let settings = LeadEquivalence::new().size(0.1);
        for (place, test) in all(&settings).into_iter().enumerate() {
            let again =
                |factor: f64| all(&settings.clone().margin(factor * test.smallest_margin)).remove(place);
            assert!((p_value(&again(1.0)) - 0.1).abs() < 1e-9, "{test:?}");
            assert_eq!(again(1.001).at_margin.unwrap().verdict, Equivalence::Shown);
            assert_eq!(again(0.999).at_margin.unwrap().verdict, Equivalence::NotShown);
        }
    }
}

#[test]
fn the_folded_test_never_needs_a_wider_margin_than_two_one_sided_ones() {
    let path = diagonal(&[(-3, 0.02), (-2, 0.4)], &[0.04, 0.01], Distribution::T(20.0));
    let settings = LeadEquivalence::new();
    let (folded, sided) = (settings.folded(&path).unwrap(), settings.two_one_sided(&path).unwrap());
    assert!(folded.iter().zip(&sided).all(|(f, s)| f.smallest_margin <= s.smallest_margin));
    // Far from zero the two are one test.
    assert!((folded[1].smallest_margin - sided[1].smallest_margin).abs() < 1e-6);
    // The largest violation is as hard to show as the hardest lead.
    assert_eq!(sided[2].smallest_margin, sided[1].smallest_margin);
}

#[test]
fn the_root_mean_square_of_one_lead_is_its_two_sided_interval() {
    for distribution in [Distribution::Normal, Distribution::T(6.0)] {
        let path = diagonal(&[(-2, -0.3)], &[0.04], distribution);
        let test = LeadEquivalence::new().root_mean_square(&path).unwrap();
        assert!(
            (test.smallest_margin - (0.3 + 0.2 * distribution.quantile(0.975))).abs() < 1e-10,
            "{test:?}"
        );
    }
}

#[test]
fn the_root_mean_square_in_a_sphere_is_the_length_plus_the_radius() {
    // V = v I: the farthest point lies on the ray through b.
    let path = diagonal(&[(-3, 0.3), (-2, -0.4)], &[0.09, 0.09], Distribution::Normal);
    let test = LeadEquivalence::new().root_mean_square(&path).unwrap();
    let critical = -2.0 * 0.05_f64.ln(); // chi-squared with two degrees of freedom
    assert!((test.smallest_margin - (0.5 + 0.3 * critical.sqrt()) / 2.0_f64.sqrt()).abs() < 1e-9);
    // b = 0 is orthogonal to every axis.
    let zero = diagonal(&[(-3, 0.0), (-2, 0.0)], &[0.09, 0.04], Distribution::Normal);
    let test = LeadEquivalence::new().margin(0.6).root_mean_square(&zero).unwrap();
    assert!((test.smallest_margin - 0.3 * (critical / 2.0).sqrt()).abs() < 1e-9);
    assert!((p_value(&test) - (-0.5 * 0.72_f64 / 0.09).exp()).abs() < 1e-9);
}

#[test]
fn the_farthest_point_of_an_ellipsoid_agrees_with_a_walk_around_it() {
    let (b, v) = ([0.2, -0.1], [0.04, 0.015, 0.015, 0.02]);
    let path =
        EventPath::new([(-3, b[0]), (-2, b[1])], Columns::from_data(2, 2, v.to_vec()), Distribution::Normal);
    let test = LeadEquivalence::new().root_mean_square(&path.unwrap()).unwrap();
    let radius = (-2.0 * 0.05_f64.ln()).sqrt();
    let (l11, l21) = (v[0].sqrt(), v[1] / v[0].sqrt());
    let l22 = (v[3] - l21 * l21).sqrt();
    let rms = |angle: f64| {
        let (x, y) = (radius * angle.cos(), radius * angle.sin());
        (((b[0] + l11 * x).powi(2) + (b[1] + l21 * x + l22 * y).powi(2)) / 2.0).sqrt()
    };
    let walked =
        (0..100_000).map(|step| rms(step as f64 * 1e-5 * core::f64::consts::TAU)).fold(0.0, f64::max);
    assert!((test.smallest_margin - walked).abs() < 1e-8, "{} {walked}", test.smallest_margin);
}

#[test]
fn settings_out_of_range_and_singular_covariances_are_refused() {
    let path = diagonal(&[(-2, -0.3)], &[0.04], Distribution::Normal);
    let setting = |settings: LeadEquivalence, path: &EventPath| match settings.two_one_sided(path) {
        Err(Error::InvalidSetting { setting, .. }) => setting,
        other => panic!("{other:?}"),
    };
    assert_eq!(setting(LeadEquivalence::new().size(0.0), &path), "size");
    assert_eq!(setting(LeadEquivalence::new().size(0.7), &path), "size");
    assert_eq!(setting(LeadEquivalence::new().margin(0.0), &path), "margin");
    let lags = diagonal(&[(0, 1.0)], &[0.04], Distribution::Normal);
    assert_eq!(setting(LeadEquivalence::new(), &lags), "leads");
    let singular = diagonal(&[(-3, 0.1), (-2, 0.2)], &[0.04, 0.0], Distribution::Normal);
    assert!(matches!(LeadEquivalence::new().folded(&singular), Err(Error::NoStandardError { .. })));
    assert!(matches!(LeadEquivalence::new().root_mean_square(&singular), Err(Error::Singular { .. })));
}
