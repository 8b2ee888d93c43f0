//! Power and bias against identities.

use super::*;
use crate::linalg::Columns;
use crate::special::normal;

/// Leads -3 and -2, lags 0 and 1.
fn path(between: f64) -> EventPath {
    let mut vcov = Columns::zeros(4, 4);
    for i in 0..4 {
        for j in 0..4 {
            let apart = (i < 2) != (j < 2);
            vcov[(i, j)] = if i == j {
                0.04
            } else if apart {
                between
            } else {
                0.015
            };
        }
    }
    let points = [(-3, 0.1), (-2, -0.05), (0, 0.5), (1, 0.6)];
    EventPath::new(points, vcov, Distribution::Normal).unwrap().reference(-1)
}

#[test]
fn one_lead_has_the_power_of_a_shifted_normal_by_either_test() {
    let power = path(0.01).part(&[-3, 0]).unwrap().trend_power(0.1).unwrap();
    let c = power.critical();
    for slope in [0.0, 0.1, -0.3] {
        let shift = 2.0 * slope / 0.2;
        let exact = normal::upper_tail(c - shift) + normal::upper_tail(c + shift);
        for test in [LeadTest::Joint, LeadTest::AnyLead] {
            assert!((power.against(test, slope).unwrap() - exact).abs() < 1e-11, "{test:?} {slope}");
        }
    }
}

#[test]
fn without_a_slope_power_is_size() {
    let power = path(0.01).trend_power(0.05).unwrap();
    assert!((power.against(LeadTest::Joint, 0.0).unwrap() - 0.05).abs() < 1e-12);
    let size = power.against(LeadTest::AnyLead, 0.0).unwrap();
    assert!(size > 0.05 && size < 1.0 - 0.95_f64.powi(2));
    let after = power.after_passing(0.0).unwrap();
    assert!((after.power - size).abs() < 1e-12 && (after.bayes_factor - 1.0).abs() < 1e-12);
    assert_eq!(after.likelihood_ratio, 1.0);
    assert!(after.points.iter().all(|point| point.conditional.abs() < 1e-12));
}

#[test]
fn passing_changes_nothing_for_lags_independent_of_the_leads_and_makes_correlated_ones_worse() {
    let at = |between: f64| path(between).trend_power(0.05).unwrap().after_passing(0.2).unwrap().points;
    for point in &at(0.0)[2..] {
        assert!((point.conditional - point.unconditional).abs() < 1e-15);
    }
    // A common reference makes leads and lags correlate, and passing adds to the bias (Roth 2022).
    for point in &at(0.01)[2..] {
        assert!(point.conditional > point.unconditional + 0.01);
    }
}

#[test]
fn precise_leads_detect_what_imprecise_ones_do_not() {
    let precise = path(0.0).trend_power(0.05).unwrap().detectable_slope(LeadTest::AnyLead, 0.8).unwrap();
    let mut vcov = path(0.0).matrix().clone();
    vcov = vcov.scale(100.0);
    let points = [(-3, 0.1), (-2, -0.05), (0, 0.5), (1, 0.6)];
    let vague = EventPath::new(points, vcov, Distribution::Normal).unwrap().reference(-1);
    let vague = vague.trend_power(0.05).unwrap();
    let needed = vague.detectable_slope(LeadTest::AnyLead, 0.8).unwrap();
    assert!((needed / precise - 10.0).abs() < 1e-4);
    assert!(vague.against(LeadTest::AnyLead, precise).unwrap() < 0.12);
}

#[test]
fn a_detectable_slope_has_the_power_it_was_asked_for() {
    let power = path(0.01).trend_power(0.05).unwrap();
    for test in [LeadTest::Joint, LeadTest::AnyLead] {
        for wanted in [0.5, 0.8] {
            let slope = power.detectable_slope(test, wanted).unwrap();
            assert!((power.against(test, slope).unwrap() - wanted).abs() < 1e-5, "{test:?} {wanted}");
        }
    }
}

#[test]
fn settings_out_of_range_and_singular_leads_are_refused() {
    let setting = |result: Result<f64>| match result {
        Err(Error::InvalidSetting { setting, .. }) => setting,
        other => panic!("{other:?}"),
    };
    let power = path(0.0).trend_power(0.05).unwrap();
    assert_eq!(setting(power.detectable_slope(LeadTest::Joint, 0.05)), "power");
    assert_eq!(setting(power.detectable_slope(LeadTest::Joint, 1.0)), "power");
    assert_eq!(setting(power.against(LeadTest::Joint, f64::NAN)), "slope");
    assert_eq!(setting(path(0.0).trend_power(1.0).map(|power| power.critical())), "size");
    assert_eq!(
        setting(path(0.0).part(&[0]).unwrap().trend_power(0.05).map(|power| power.critical())),
        "leads"
    );
    let one = Columns::from_data(2, 2, vec![1.0; 4]);
    let twice = EventPath::new([(-3, 0.1), (-2, 0.2)], one, Distribution::Normal).unwrap().reference(-1);
    assert!(matches!(twice.trend_power(0.05), Err(Error::Singular { .. })));
}
