//! Power of tests of leads, bias after them, and the trend of the leads, on the event study of `base_did`,
//! against numpy, scipy and diff-diff. See `tests/data/trend_power`.

use std::fs;

use ceteris::parallel_trends::{AfterPassing, LeadTest};
use ceteris::{Columns, Distribution, EventPath};

/// Product quadrature and noncentral tails are good to ten digits; ours are Sobol sums wanted to 1e-6.
const PROBABILITY: f64 = 3e-6;

/// Conditional means are wanted to 1e-5 standard deviations, which are 0.7 to 1.2 here.
const BIAS: f64 = 5e-5;

/// diff-diff's box probabilities have errors near 1e-5 and power rises by about 1.4 for each unit of slope.
const DIFF_DIFF: f64 = 2e-5;

/// What only linear algebra and noncentral tails enter.
const EXACT: f64 = 1e-9;

/// Degrees of freedom of fixest: 108 clusters less one.
const DOF: f64 = 107.0;

fn read(file: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(support::tests_data().join("trend_power").join(file)).unwrap();
    text.lines().skip(1).map(|line| line.split(',').map(str::to_string).collect()).collect()
}

fn path(distribution: Distribution) -> EventPath {
    let rows = read("path.csv");
    let number = |text: &String| text.parse::<f64>().unwrap();
    let points: Vec<(i64, f64)> = rows.iter().map(|row| (row[0].parse().unwrap(), number(&row[1]))).collect();
    let data = rows.iter().flat_map(|row| row[2..].iter().map(number)).collect();
    EventPath::new(points, Columns::new(rows.len(), rows.len(), data).unwrap(), distribution)
        .unwrap()
        .reference(-1)
}

fn bias(after: &AfterPassing, event_time: i64) -> f64 {
    after.points.iter().find(|point| point.event_time == event_time).unwrap().conditional
}

#[test]
fn power_bias_and_trend_agree_with_numpy_scipy_and_diff_diff() {
    let (normal, t) = (path(Distribution::Normal), path(Distribution::T(DOF)));
    let (by_normal, by_t) = (normal.trend_power(0.05).unwrap(), t.trend_power(0.05).unwrap());
    let trend = normal.linear_trend().unwrap();
    let net = trend.net.unwrap();
    for row in read("expected.csv") {
        let at = row[1].parse::<f64>().unwrap_or_default();
        let (words, expected) = (row[0].split(' ').collect::<Vec<_>>(), row[2].parse::<f64>().unwrap());
        let time = || words.last().unwrap().parse::<i64>().unwrap();
        let loose = if row[3].starts_with("diff-diff") { DIFF_DIFF } else { EXACT };
        let (found, tolerance) = match words[..] {
            ["any", "lead", "normal"] => (by_normal.against(LeadTest::AnyLead, at).unwrap(), PROBABILITY),
            ["joint", "normal"] => (by_normal.against(LeadTest::Joint, at).unwrap(), EXACT),
            ["joint", "t"] => (by_t.against(LeadTest::Joint, at).unwrap(), EXACT),
            ["likelihood", ..] => (by_normal.after_passing(at).unwrap().likelihood_ratio, EXACT),
            ["bayes", ..] => (by_normal.after_passing(at).unwrap().bayes_factor, PROBABILITY),
            ["conditional", ..] => (bias(&by_normal.after_passing(at).unwrap(), time()), BIAS),
            // The root is found to 1e-6 of itself.
            ["slope", "of", "any", ..] => (by_normal.detectable_slope(LeadTest::AnyLead, at).unwrap(), loose),
            ["slope", "of", "joint", "normal"] => {
                (by_normal.detectable_slope(LeadTest::Joint, at).unwrap(), 2e-6)
            }
            ["slope", "of", "joint", "t"] => (by_t.detectable_slope(LeadTest::Joint, at).unwrap(), 2e-6),
            ["trend", "slope"] => (trend.slope.estimate, EXACT),
            ["trend", "std_error"] => (trend.slope.std_error.unwrap(), EXACT),
            ["net", "std_error", _] => (net.at(time()).unwrap().std_error.unwrap(), EXACT),
            ["net", _] => (net.at(time()).unwrap().estimate, EXACT),
            _ => panic!("no such quantity: {row:?}"),
        };
        assert!((found - expected).abs() <= tolerance, "{row:?}: {found}");
    }
}

#[test]
fn a_band_of_the_lags_is_narrower_than_one_of_the_path() {
    let path = path(Distribution::T(DOF));
    let (all, lags) = (path.band(0.95).unwrap(), path.part(&path.lags()).unwrap().band(0.95).unwrap());
    assert!(lags.critical < all.critical);
    assert!(lags.critical > ceteris::special::student::quantile(0.975, DOF));
    assert!(all.critical < ceteris::special::student::quantile(1.0 - 0.025 / 9.0, DOF));
}
