//! The bias of a lagged outcome beside unit effects has the size that the notice says, and the half-panel
//! jackknife takes most of it off.

use ceteris::ldv::nickell_bias;
use ceteris::{Cluster, Frame, LaggedOutcome, Notice, fe};

use crate::simulated::{INDEX, Numbers, Row, frame};

const UNITS: usize = 3000;
const RHO: f64 = 0.5;

/// A stationary autoregression with unit effects and a regressor that has no part in it.
fn autoregression(times: usize, seed: u64) -> Frame {
    let mut numbers = Numbers::new(seed);
    let (mut rows, mut x) = (Vec::new(), Vec::new());
    for unit in 0..UNITS {
        let level = numbers.normal();
        let mut y = level + numbers.normal() / (1.0 - RHO * RHO).sqrt();
        for time in 0..=times {
            rows.push(Row { unit, time, treated: false, y });
            x.push(numbers.normal());
            y = RHO * y + (1.0 - RHO) * level + numbers.normal();
        }
    }
    frame(&rows).add_real("x", x).unwrap()
}

fn design() -> LaggedOutcome {
    LaggedOutcome::new("y", INDEX, "x").absorb([fe("unit")])
}

/// Four standard errors: one in 16,000 seeds is further off, and the seed is fixed.
const FAR: f64 = 4.0;

#[test]
fn the_notice_says_the_size_of_the_bias() {
    for (times, seed) in [(3, 11), (6, 12)] {
        let fitted = design().fit(&autoregression(times, seed)).unwrap();
        let found = fitted.fit().inference(Cluster::by(["unit"])).unwrap().coef("y_lag1").unwrap();
        let predicted = nickell_bias(RHO, times).unwrap();
        assert!(
            (found.estimate - RHO - predicted).abs() < FAR * found.std_error.unwrap(),
            "{found} {predicted}"
        );
        assert!(
            (found.estimate - RHO).abs() > 10.0 * found.std_error.unwrap(),
            "the bias is large against the error"
        );
        let notice = fitted.fit().notices().iter().find_map(|notice| match notice {
            Notice::DynamicWithUnitEffects { periods, estimate, bias, implied, .. } => {
                Some((*periods, *estimate, bias.unwrap(), implied.unwrap()))
            }
            _ => None,
        });
        let (periods, estimate, bias, implied) = notice.expect("unit effects and a lag");
        assert_eq!((periods, estimate), (times, Some(found.estimate)));
        assert!((implied + bias - found.estimate).abs() < 1e-10, "the two are one sum");
        // d implied / d estimate is at most about 2 here.
        assert!((implied - RHO).abs() < 2.0 * FAR * found.std_error.unwrap(), "{implied}");
    }
}

#[test]
fn the_jackknife_takes_most_of_the_bias_off() {
    for (times, seed) in [(8, 21), (9, 22)] {
        let fit = design().half_panel_jackknife(&autoregression(times, seed)).unwrap();
        let biased = fit.uncorrected().estimate("y_lag1").unwrap();
        let corrected = fit.coef("y_lag1", Cluster::by(["unit"])).unwrap();
        assert!((biased - RHO).abs() > 0.15, "{biased}");
        assert!((corrected.estimate - RHO).abs() < 0.25 * (biased - RHO).abs(), "{corrected}");
        // Of what remains the formula knows: 2 bias(T) - sum T_h / T bias(T_h), averaged over the splits.
        let bias = |periods: usize| nickell_bias(RHO, periods).unwrap() * periods as f64 / times as f64;
        let (half, rest) = (times / 2, times - times / 2);
        let remains = 2.0 * bias(times) - bias(half) - bias(rest);
        assert!(
            (corrected.estimate - RHO - remains).abs() < FAR * corrected.std_error.unwrap(),
            "{corrected} {remains}"
        );
        assert_eq!(fit.halves().count(), if times % 2 == 0 { 2 } else { 4 });
    }
}

#[test]
fn without_unit_effects_there_is_no_such_notice() {
    let frame = autoregression(4, 31);
    let about_bias = |design: LaggedOutcome| {
        let fitted = design.fit(&frame).unwrap();
        fitted.fit().notices().iter().any(|notice| matches!(notice, Notice::DynamicWithUnitEffects { .. }))
    };
    assert!(!about_bias(LaggedOutcome::new("y", INDEX, "x")));
    assert!(about_bias(design()));
    let two_lags = design().lags(2).fit(&frame).unwrap();
    let text = two_lags.fit().notices().iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(text.contains("biased by order 1/3 (Nickell 1981)"), "no size with two lags: {text}");
}

#[test]
fn too_few_times_have_no_halves() {
    let short = design().half_panel_jackknife(&autoregression(3, 41));
    assert!(matches!(short, Err(ceteris::Error::InvalidSetting { .. })));
    let dated = design().reform(2).half_panel_jackknife(&autoregression(5, 42));
    assert!(matches!(dated, Err(ceteris::Error::Unsupported { .. })));
}
