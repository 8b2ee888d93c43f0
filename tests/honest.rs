//! Honest bounds against moderndid (tests/data/honest/README.md), and what must hold whatever the numbers.

use std::collections::BTreeMap;

use ceteris::parallel_trends::{Breakdown, HonestBounds, HonestReport, LagWeights};
use ceteris::{Cluster, Columns, Condition, Distribution, Error, EventPath, Ols};
use proptest::prelude::*;
use support::{shared_or_skip, tests_data};

/// Half lengths of fixed-length intervals: moderndid stops its search at 1e-6 of h, where they are flat, and
/// its solver at 1e-8. Relative to the half length.
const FIXED_LENGTH: f64 = 1e-5;
/// Their centres move with the root of what the half length leaves open. In half lengths.
const CENTRE: f64 = 1e-3;
/// moderndid reports the last accepted point of its grid, so an end lies up to one step outside it; its critical
/// value is from 1000 draws, ours is exact, and that moves an end by less than another step.
const GRID_STEPS: f64 = 2.0;

/// A row of `results_*.csv`.
#[derive(Debug)]
struct Witnessed {
    restriction: String,
    weights: Vec<f64>,
    bound: f64,
    low: f64,
    high: f64,
    shipped: Option<(f64, f64)>,
    step: Option<f64>,
}

fn rows(file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(tests_data().join("honest").join(file)).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(str::to_string).collect()).collect()
}

fn witnessed(case: &str) -> Vec<Witnessed> {
    let number = |text: &String| text.parse::<f64>().unwrap();
    let row = |row: Vec<String>| Witnessed {
        restriction: row[1].clone(),
        weights: row[2].split(' ').map(|weight| weight.parse().unwrap()).collect(),
        bound: number(&row[3]),
        low: number(&row[4]),
        high: number(&row[5]),
        shipped: (!row[6].is_empty()).then(|| (number(&row[6]), number(&row[7]))),
        step: (!row[8].is_empty()).then(|| number(&row[8])),
    };
    rows(&format!("results_{case}.csv")).into_iter().map(row).collect()
}

fn path(case: &str) -> EventPath {
    let rows = rows(&format!("{case}.csv"));
    let numbers: Vec<Vec<f64>> =
        rows.iter().map(|row| row.iter().map(|cell| cell.parse().unwrap()).collect()).collect();
    let vcov = numbers.iter().flat_map(|row| row[2..].to_vec()).collect(); // symmetric: rows are columns
    let points = numbers.iter().map(|row| (row[0] as i64, row[1]));
    EventPath::new(points, Columns::new(rows.len(), rows.len(), vcov).unwrap(), Distribution::Normal)
        .unwrap()
        .reference(-1)
}

fn compare(case: &str, path: &EventPath, expected: &[Witnessed]) {
    let mut worst: BTreeMap<&str, f64> = BTreeMap::new();
    for row in expected {
        let spec = match row.restriction.as_str() {
            "relative_magnitudes" => HonestBounds::relative_magnitudes(),
            _ => HonestBounds::smoothness(),
        };
        let weights = LagWeights::Each(row.weights.clone());
        let report = spec.lag_weights(weights).bounds([row.bound]).report(path).unwrap();
        let (low, high) = match row.restriction.as_str() {
            "parallel_trends" => report.parallel_trends,
            _ => (report.intervals[0].low, report.intervals[0].high),
        };
        let (unit, tolerance) = match row.step {
            Some(step) => (step, GRID_STEPS),
            None => {
                let (ours, theirs) = (high - low, row.high - row.low);
                assert!((ours / theirs - 1.0).abs() < FIXED_LENGTH, "{case}: {row:?}: {low} {high}");
                (0.5 * theirs, CENTRE)
            }
        };
        let gap = (low - row.low).abs().max((high - row.high).abs()) / unit;
        assert!(gap < tolerance, "{case}: {row:?}: {low} {high}");
        // A smaller union cannot reach farther.
        if let (Some((shipped_low, shipped_high)), Some(step)) = (row.shipped, row.step) {
            assert!(low < shipped_low + step && high > shipped_high - step, "{case}: {row:?}");
        }
        let worst = worst.entry(row.restriction.as_str()).or_default();
        *worst = worst.max(gap);
    }
    println!("{case}: largest gaps {worst:?}");
}

#[test]
fn intervals_agree_with_moderndid() {
    for case in ["base_did", "drift", "noisy"] {
        compare(case, &path(case), &witnessed(case));
    }
}

/// dins ~ i(year, 2013):treated | stfips + year on the states that expanded in 2014 or not by 2015, as in
/// HonestDiD's introduction.
fn medicaid() -> Option<EventPath> {
    let frame = shared_or_skip("honest::medicaid", "data/ehec_medicaid/ehec_data.csv")?;
    let expanded = frame.real("yexp2").unwrap().to_vec();
    let treated = expanded.iter().map(|year| f64::from(u8::from(*year == 2014.0))).collect();
    let kept = expanded.iter().map(|year| f64::from(u8::from(*year != 2015.0))).collect();
    let frame = frame.add_real("treated", treated).unwrap().add_real("kept", kept).unwrap();
    let study: Ols = "dins ~ i(year, 2013):treated | stfips + year".parse().unwrap();
    let study = study.keep(Condition::below("year", 2016.0)).keep(Condition::at_least("kept", 1.0));
    let inference = study.fit(&frame).unwrap().inference(Cluster::by(["stfips"])).unwrap();
    let terms =
        [2008, 2009, 2010, 2011, 2012, 2014, 2015].map(|year| (year - 2014, format!("year::{year}:treated")));
    Some(inference.event_path(&terms).unwrap().reference(-1))
}

#[test]
fn the_medicaid_expansion_agrees_with_moderndid_and_breaks_down_where_published() {
    let Some(path) = medicaid() else { return };
    // Published: .0464 (.0092) in 2014, .0692 (.0104) in 2015.
    let (first, second) = (path.at(0).unwrap(), path.at(1).unwrap());
    assert!((first.estimate - 0.0464).abs() < 5e-5 && (first.std_error.unwrap() - 0.0092).abs() < 5e-5);
    assert!((second.estimate - 0.0692).abs() < 5e-5 && (second.std_error.unwrap() - 0.0104).abs() < 5e-5);
    compare("medicaid", &path, &witnessed("medicaid"));
    // "the breakdown value is around Mbar = 2"; for smoothness, between 0.02 and 0.03.
    let magnitudes = HonestBounds::relative_magnitudes().report(&path).unwrap();
    assert!(
        matches!(magnitudes.breakdown, Breakdown::At { bound } if (1.9..2.05).contains(&bound)),
        "{magnitudes}"
    );
    let smooth = HonestBounds::smoothness().report(&path).unwrap();
    assert!(matches!(smooth.breakdown, Breakdown::At { bound } if (0.02..0.03).contains(&bound)), "{smooth}");
}

#[test]
fn a_straight_drift_misleads_parallel_trends_and_not_smoothness() {
    // No effect: the path drifts by 0.1 a period before and after.
    let report = HonestBounds::smoothness().report(&path("drift")).unwrap();
    assert!(report.parallel_trends.0 > 0.0);
    assert!(report.intervals.iter().all(|interval| !interval.excludes_zero()));
    assert_eq!(report.breakdown, Breakdown::AtZero);
}

/// A path of `leads` and `lags` around -1 with covariance c (0.5^|i-j| + 0.3) and estimates from a lattice.
fn synthetic(leads: i64, lags: i64, seed: u64, scale: f64) -> EventPath {
    let times: Vec<i64> = (-1 - leads..-1).chain(0..lags).collect();
    let n = times.len();
    let mut vcov = Columns::zeros(n, n);
    for i in 0..n {
        for j in 0..n {
            vcov[(i, j)] = scale * scale * 0.01 * (0.5_f64.powi((i as i32 - j as i32).abs()) + 0.3);
        }
    }
    let noise = |i: usize| (((seed + 1) * (i as u64 + 1) * 2_654_435_761) % 1000) as f64 / 1000.0 - 0.5;
    let points: Vec<(i64, f64)> = times
        .iter()
        .enumerate()
        .map(|(i, &time)| (time, scale * (0.4 * noise(i) + f64::from(time >= 0))))
        .collect();
    EventPath::new(points, vcov, Distribution::Normal).unwrap().reference(-1)
}

fn ends(report: &HonestReport) -> Vec<(f64, f64)> {
    report.intervals.iter().map(|interval| (interval.low, interval.high)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn relative_magnitudes_at_zero_are_parallel_trends(leads in 1_i64..5, lags in 1_i64..5, seed in 0_u64..1000) {
        let path = synthetic(leads, lags, seed, 1.0);
        let spec = HonestBounds::relative_magnitudes().lag_weights(LagWeights::Mean).bounds([0.0]);
        let report = spec.report(&path).unwrap();
        let ((low, high), interval) = (report.parallel_trends, &report.intervals[0]);
        // The two stages of the test undo one another: only rounding is left.
        prop_assert!((low - interval.low).abs() < 1e-9 && (high - interval.high).abs() < 1e-9, "{report}");
        let (from, to) = interval.identified.unwrap();
        prop_assert!(from == to && from == report.effect.estimate);
    }

    #[test]
    fn intervals_hold_the_identified_set_and_widen(leads in 1_i64..5, lags in 1_i64..5, seed in 0_u64..1000) {
        let path = synthetic(leads, lags, seed, 1.0);
        for spec in [HonestBounds::relative_magnitudes(), HonestBounds::smoothness()] {
            let report = spec.bounds([0.0, 0.3, 0.6, 1.2]).report(&path).unwrap();
            for pair in report.intervals.windows(2) {
                // What the search over h leaves, see FIXED_LENGTH.
                let (narrow, wide) = (pair[0].high - pair[0].low, pair[1].high - pair[1].low);
                prop_assert!(wide > narrow * (1.0 - FIXED_LENGTH), "{report}");
            }
            for interval in &report.intervals {
                if let Some((low, high)) = interval.identified {
                    prop_assert!(interval.low <= low && high <= interval.high, "{report}");
                }
            }
        }
    }

    #[test]
    fn rescaling_the_outcome_rescales_every_end(seed in 0_u64..1000, exponent in -3_i32..4) {
        let scale = 10.0_f64.powi(exponent);
        let (path, scaled) = (synthetic(3, 2, seed, 1.0), synthetic(3, 2, seed, scale));
        let same = |a: &[(f64, f64)], b: &[(f64, f64)]| {
            // The ends move with the rounding of the scaled numbers; the sections may end one step apart.
            a.iter().zip(b).all(|(a, b)| (a.0 * scale - b.0).abs() < 1e-8 * scale && (a.1 * scale - b.1).abs() < 1e-8 * scale)
        };
        let magnitudes = HonestBounds::relative_magnitudes().bounds([0.5, 1.0]);
        prop_assert!(same(&ends(&magnitudes.report(&path).unwrap()), &ends(&magnitudes.report(&scaled).unwrap())));
        let at = |scale: f64| HonestBounds::smoothness().bounds([0.0, 0.1 * scale]);
        prop_assert!(same(&ends(&at(1.0).report(&path).unwrap()), &ends(&at(scale).report(&scaled).unwrap())));
    }
}

#[test]
fn the_order_of_points_changes_nothing() {
    let path = synthetic(4, 3, 7, 1.0);
    let order: Vec<usize> = vec![3, 6, 0, 5, 2, 1, 4];
    let points = order.iter().map(|&i| (path.times()[i], path.estimates()[i]));
    let turned =
        EventPath::new(points, path.matrix().principal(&order), Distribution::Normal).unwrap().reference(-1);
    for spec in [HonestBounds::relative_magnitudes(), HonestBounds::smoothness()] {
        assert_eq!(spec.report(&path).unwrap(), spec.report(&turned).unwrap());
    }
}

#[test]
fn no_bend_and_two_leads_extrapolate_the_line_of_least_variance() {
    // With one lead the line through it and the reference: b_0 + b_{-2}, with its own variance.
    let path = synthetic(1, 1, 3, 1.0);
    let line = path.combination("line", &[(0, 1.0), (-2, 1.0)]).unwrap();
    let report = HonestBounds::smoothness().bounds([0.0]).report(&path).unwrap();
    let (low, high) = line.confint(0.95).unwrap();
    assert!((report.intervals[0].low - low).abs() < 1e-12 && (report.intervals[0].high - high).abs() < 1e-12);
    // With two, v_1 + 2 v_2 = 1: v_1 = 1 - 2 w, v_2 = w, and w from the least variance of b_0 + v'b.
    let path = synthetic(2, 1, 3, 1.0);
    let of = |w: f64| path.combination("line", &[(0, 1.0), (-2, 1.0 - 2.0 * w), (-3, w)]).unwrap();
    let variance = |w: f64| of(w).std_error.unwrap().powi(2);
    let (left, middle, right) = (variance(-1.0), variance(0.0), variance(1.0)); // a parabola in w
    let (low, high) = of(0.5 * (left - right) / (left - 2.0 * middle + right)).confint(0.95).unwrap();
    let report = HonestBounds::smoothness().bounds([0.0]).report(&path).unwrap();
    assert!((report.intervals[0].low - low).abs() < 1e-8 && (report.intervals[0].high - high).abs() < 1e-8);
}

#[test]
fn the_breakdown_is_where_zero_enters() {
    let path = synthetic(3, 2, 11, 1.0);
    for spec in [HonestBounds::relative_magnitudes(), HonestBounds::smoothness()] {
        let Breakdown::At { bound } = spec.report(&path).unwrap().breakdown else { panic!("it breaks down") };
        let excludes =
            |bound: f64| spec.clone().bounds([bound]).report(&path).unwrap().intervals[0].excludes_zero();
        // Found to 1e-6 of itself.
        assert!(excludes(bound) && !excludes(bound * (1.0 + 2e-6)));
    }
    let tiny = HonestBounds::relative_magnitudes().bounds([1e-6]).report(&path).unwrap();
    assert!(
        matches!(tiny.breakdown, Breakdown::Beyond { largest } if (largest / 6.4e-5 - 1.0).abs() < 1e-12)
    );
    assert!(tiny.to_string().contains("the largest bound tried"));
}

#[test]
fn defaults_are_as_documented() {
    let path = synthetic(3, 2, 11, 1.0);
    let report = HonestBounds::relative_magnitudes().report(&path).unwrap();
    let bounds: Vec<f64> = report.intervals.iter().map(|interval| interval.bound).collect();
    assert_eq!(bounds, [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0]);
    assert_eq!((report.level, report.lag_weights), (0.95, vec![(0, 1.0), (1, 0.0)]));
    assert_eq!(HonestBounds::smoothness().report(&path).unwrap().intervals.len(), 11);
}

#[test]
fn what_cannot_be_bounded_is_refused() {
    let build = |points: &[(i64, f64)], variance: f64| {
        let mut vcov = Columns::zeros(points.len(), points.len());
        (0..points.len()).for_each(|i| vcov[(i, i)] = variance);
        EventPath::new(points.iter().copied(), vcov, Distribution::Normal).unwrap()
    };
    let whole = build(&[(-3, 0.1), (-2, 0.0), (0, 1.0), (1, 1.0)], 0.01).reference(-1);
    let refused = |path: &EventPath, spec: &HonestBounds, wanted: &str| {
        let error = spec.report(path).unwrap_err();
        assert!(matches!(&error, Error::InvalidSetting { setting, .. } if *setting == wanted), "{error}");
    };
    for spec in [HonestBounds::smoothness(), HonestBounds::relative_magnitudes()] {
        refused(&build(&[(0, 1.0), (1, 1.0)], 0.01).reference(-1), &spec, "event path"); // no leads
        refused(&build(&[(-3, 1.0), (-2, 1.0)], 0.01).reference(-1), &spec, "event path"); // no lags
        refused(&build(&[(-3, 1.0), (0, 1.0)], 0.01).reference(-1), &spec, "event path"); // a gap
        refused(&build(&[(-2, 1.0), (0, 1.0)], 0.01), &spec, "event path"); // no reference
        refused(&build(&[(-2, 1.0), (-1, 1.0), (0, 1.0)], 0.01).reference(-3), &spec, "event path");
        refused(&build(&[(-2, 1.0), (0, 1.0)], -0.01).reference(-1), &spec, "covariance of the event path");
        refused(
            &build(&[(-2, f64::NAN), (0, 1.0)], 0.01).reference(-1),
            &spec,
            "covariance of the event path",
        );
        refused(&whole, &spec.clone().level(1.0), "level");
        refused(&whole, &spec.clone().bounds([-0.1]), "bounds");
        refused(&whole, &spec.clone().bounds([]), "bounds");
        refused(&whole, &spec.clone().lag_weights(LagWeights::Each(vec![1.0])), "lag weights");
        refused(&whole, &spec.clone().lag_weights(LagWeights::Each(vec![0.0, 0.0])), "lag weights");
        let certain = build(&[(-2, 0.1), (0, 1.0)], 0.0).reference(-1);
        assert!(matches!(spec.report(&certain), Err(Error::Singular { .. })));
        assert!(spec.report(&whole).is_ok());
    }
}
