//! The report on parallel trends for four designs: every part speaks where a drift was planted, none where
//! there is none, and a part without an answer says why. SIMULATED panels with a fixed seed.

use std::sync::OnceLock;

use approx::assert_relative_eq;
use ceteris::parallel_trends::{Answer, Equivalence, HonestReport, Placebo, TrendsReport};
use ceteris::staggered::Never;
use ceteris::{
    Cluster, Columns, Condition, DifferenceInDifferences, Distribution, Dose, Error, EventPath, EventStudy,
    Frame, Groups, Iid, Index, Ols, ParallelTrends, Reform, SmallSample, TripleDifference, Weights, fe,
};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use support::{Place, shared_or_skip};

const REFORM: Reform<'static> = Reform { time: "year", date: 5 };
/// A seed at which none of some thirty statements that hold in 19 of 20 samples fails by chance.
const SEED: u64 = 1;
const EFFECT: f64 = 1.0;
const UNITS: u32 = 120;
const YEARS: u32 = 7;
/// Of the noise. A lead has a standard error of 2 SPREAD / sqrt(UNITS / 2) = 0.13, a triple one of 0.18.
const SPREAD: f64 = 0.5;
/// Five standard errors of a lead in each period, so that no part is in doubt.
const DRIFT: f64 = 0.6;
/// Two thirds of a period of drift; more than two standard errors of a lead.
const MARGIN: f64 = 0.7;

/// Uniform on [0, 1): the upper 53 bits, as many as a double holds.
fn uniform(stream: &mut ChaCha8Rng) -> f64 {
    (stream.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Twelve uniform numbers less six: mean zero, variance one, normal enough for means over units.
fn noise(stream: &mut ChaCha8Rng) -> f64 {
    (0..12).map(|_| uniform(stream)).sum::<f64>() - 6.0
}

/// Units by two indicators by years. Half of the units are treated, by the reform (`y`), by a dose of it
/// (`y_dose`, on doses 0 to 3) or at two dates (`y_staggered`); what is treated drifts by `drift` a year.
fn panel(drift: f64) -> Frame {
    let mut stream = ChaCha8Rng::seed_from_u64(SEED);
    let mut columns: [(&str, Vec<f64>); 9] =
        ["y", "y_dose", "y_staggered", "unit", "affected", "year", "treated", "dose", "first"]
            .map(|name| (name, Vec::new()));
    for unit in 0..UNITS {
        let treated = f64::from(unit % 2);
        let dose = f64::from(unit % 4);
        let first = [0.0, 4.0, 0.0, 6.0][unit as usize % 4];
        for affected in [0.0, 1.0] {
            for year in 1..=YEARS {
                let (year, noise) = (f64::from(year), SPREAD * noise(&mut stream));
                let since = |date: f64| f64::from(u8::from(date > 0.0 && year >= date));
                let common = f64::from(unit % 7) + 0.3 * year * (1.0 + affected) + noise;
                let response = |date: f64| drift * year + EFFECT * since(date);
                let y = common + treated * affected * response(REFORM.date as f64);
                let y_dose = common + dose * response(REFORM.date as f64);
                let y_staggered = common + treated * response(first);
                let row = [y, y_dose, y_staggered, f64::from(unit), affected, year, treated, dose, first];
                columns.iter_mut().zip(row).for_each(|((_, column), value)| column.push(value));
            }
        }
    }
    columns.into_iter().fold(Frame::new(), |frame, (name, values)| frame.add_real(name, values).unwrap())
}

/// A design's leads and lags, and its placebos.
type Evidence = (EventPath, Vec<Placebo>);

fn cluster() -> Cluster {
    Cluster::by(["unit"])
}

/// The rows of the affected indicator: one row for each unit and year.
fn one_row_a_year() -> Condition {
    Condition::at_least("affected", 1.0)
}

fn difference(frame: &Frame) -> Evidence {
    let design = DifferenceInDifferences::new("y", "treated", REFORM)
        .absorb([fe("unit"), fe("year")])
        .keep(one_row_a_year());
    let path = design.event_study().unwrap().fit(frame).unwrap().path(cluster()).unwrap();
    (path, design.placebos(frame, cluster()).unwrap())
}

fn triple(frame: &Frame) -> Evidence {
    let groups = Groups { treated: "treated", affected: "affected" };
    let design = TripleDifference::new("y", groups, REFORM).absorb([
        fe("unit").by("affected"),
        fe("year").by("affected"),
        fe("year").by("treated"),
    ]);
    let path = design.event_study().unwrap().fit(frame).unwrap().path(cluster()).unwrap();
    (path, design.placebos(frame, cluster()).unwrap())
}

fn staggered(frame: &Frame) -> Evidence {
    let index = Index { unit: "unit", time: "year" };
    let study = EventStudy::new("y_staggered", index, "first").never(Never::Value(0)).keep(one_row_a_year());
    let path = study.fit(frame).unwrap().path(cluster()).unwrap();
    (path, study.placebos(frame, cluster()).unwrap())
}

fn dose(frame: &Frame) -> Evidence {
    let design =
        Dose::new("y_dose", ["dose"], REFORM).absorb([fe("unit"), fe("year")]).keep(one_row_a_year());
    let study = design.event_study("dose").unwrap();
    let path = study.fit(frame).unwrap().path(cluster()).unwrap();
    (path, design.placebos("dose", frame, cluster()).unwrap())
}

/// A design, fitted.
type Design = fn(&Frame) -> Evidence;

/// Every kind of design, by name.
const DESIGNS: [(&str, Design); 4] = [
    ("difference-in-differences", difference),
    ("triple difference", triple),
    ("staggered event study", staggered),
    ("dose", dose),
];

fn report((path, placebos): Evidence) -> TrendsReport {
    ParallelTrends::of(&path)
        .placebos(placebos)
        .equivalence_margin(MARGIN)
        .magnitudes([0.0]) // a larger bound has a breakdown to be searched for: seconds for each design
        .smoothness([0.0])
        .report()
        .unwrap()
}

/// The reports of all designs on the panel with the drift and on the one without, made once.
fn reports(drifts: bool) -> &'static [(&'static str, TrendsReport)] {
    static REPORTS: [OnceLock<Vec<(&str, TrendsReport)>>; 2] = [const { OnceLock::new() }; 2];
    REPORTS[usize::from(drifts)].get_or_init(|| {
        let frame = panel(if drifts { DRIFT } else { 0.0 });
        DESIGNS.map(|(name, design)| (name, report(design(&frame)))).to_vec()
    })
}

fn given<T>(answer: &Answer<T>) -> &T {
    answer.given().expect("the part has an answer")
}

fn holds((low, high): (f64, f64), value: f64) -> bool {
    low <= value && value <= high
}

/// Whether the interval at a bound holds a value.
fn at_bound(report: &HonestReport, bound: f64, value: f64) -> bool {
    let interval = report.intervals.iter().find(|held| held.bound == bound).expect("a bound asked for");
    holds((interval.low, interval.high), value)
}

#[test]
fn a_planted_drift_trips_every_part_of_the_report_for_every_design() {
    for (name, found) in reports(true) {
        assert!(given(&found.joint).p_value < 0.001, "{name}");
        assert!(found.placebos.len() >= 3, "{name}");
        for placebo in &found.placebos {
            let effect = given(&placebo.effect);
            assert!(effect.estimate > 0.0 && effect.p_value().unwrap() < 0.05, "{name}: {effect}");
        }
        let slope = &given(&found.trend).slope;
        assert!(
            holds(slope.confint(0.95).unwrap(), DRIFT) && !holds(slope.confint(0.95).unwrap(), 0.0),
            "{name}: {slope}"
        );
        for test in given(&found.equivalence) {
            let at = test.at_margin.as_ref().expect("a margin was given");
            assert_eq!(at.verdict, Equivalence::NotShown, "{name}: {test:?}");
        }
        let detection = given(&found.power);
        assert!(detection.joint < DRIFT && detection.any_lead < DRIFT, "{name}: {detection:?}");
        let honest = given(&found.smoothness);
        assert!(!holds(honest.parallel_trends, EFFECT), "{name}: {:?}", honest.parallel_trends);
        assert!(at_bound(honest, 0.0, EFFECT), "{name}: {honest}");
    }
}

#[test]
fn a_drift_that_goes_on_is_allowed_for_by_a_magnitude_of_one() {
    let (path, _) = difference(&panel(DRIFT));
    let found = ParallelTrends::of(&path).magnitudes([1.0]).smoothness([0.0]).report().unwrap();
    let honest = given(&found.magnitudes);
    assert!(!holds(honest.parallel_trends, EFFECT) && at_bound(honest, 1.0, EFFECT), "{honest}");
}

#[test]
fn net_of_the_planted_drift_every_lag_is_the_effect() {
    for (name, found) in reports(true) {
        let net = given(&found.trend).net.clone().expect("there are lags");
        // Further lags lean on the slope, and one interval in twenty misses: the first lag, and all jointly.
        assert!(holds(net.at(0).unwrap().confint(0.95).unwrap(), EFFECT), "{name}: {net}");
        let off = net.times().iter().zip(net.estimates()).map(|(time, b)| (*time, b - EFFECT));
        let off = EventPath::new(off, net.matrix().clone(), net.distribution()).unwrap();
        assert!(off.joint(&off.lags()).unwrap().p_value > 0.05, "{name}: {net}");
    }
}

#[test]
fn without_a_drift_no_part_of_the_report_trips() {
    for (name, found) in reports(false) {
        assert!(given(&found.joint).p_value > 0.05, "{name}: {:?}", found.joint);
        for placebo in &found.placebos {
            assert!(given(&placebo.effect).p_value().unwrap() > 0.05, "{name}: {placebo:?}");
        }
        assert!(holds(given(&found.trend).slope.confint(0.95).unwrap(), 0.0), "{name}");
        for test in given(&found.equivalence) {
            let at = test.at_margin.as_ref().expect("a margin was given");
            assert_eq!(at.verdict, Equivalence::Shown, "{name}: {test:?}");
        }
        for honest in [&found.smoothness, &found.magnitudes] {
            assert!(holds(given(honest).parallel_trends, EFFECT), "{name}");
            assert!(
                given(honest).intervals.iter().all(|held| holds((held.low, held.high), EFFECT)),
                "{name}"
            );
        }
    }
}

#[test]
fn no_report_says_passed() {
    for (name, found) in reports(false).iter().chain(reports(true)) {
        let text = found.to_string();
        assert!(!text.to_lowercase().contains("passed"), "{name}: {text}");
        assert!(text.contains("None of this shows that trends are parallel"), "{name}");
    }
}

#[test]
fn a_report_is_written_as_json_with_every_part() {
    let (_, found) = &reports(false)[0];
    let json = serde_json::to_value(found).unwrap();
    for part in ["joint", "trend", "equivalence", "power", "magnitudes", "smoothness"] {
        assert!(json[part]["given"].is_object() || json[part]["given"].is_array(), "{part}: {}", json[part]);
    }
    assert_eq!(json["placebos"].as_array().unwrap().len(), 3);
    let refused = ParallelTrends::of(&found.path.part(&[-3, -2]).unwrap()).report().unwrap();
    let json = serde_json::to_value(&refused).unwrap();
    let smoothness = &json["smoothness"];
    assert!(smoothness["given"].is_null() && smoothness["not_available"].is_string(), "{json}");
}

/// Screening of general practices, with fixest 0.14.2 (R 4.2.2): i(year, multi_la * screening, 2012),
/// effects `prac_ind`, `year_ind` and `year_multi`, weights `denom`, cluster `practice`.
#[test]
fn the_joint_part_of_a_triple_difference_is_that_of_fixest() {
    let frame = Place::Committed.read("screening_small.csv").unwrap();
    let groups = Groups { treated: "multi_la", affected: "screening" };
    let reform = Reform { time: "year", date: 2013 };
    let design = TripleDifference::new("rate", groups, reform)
        .absorb([fe("prac_ind"), fe("year_ind"), fe("year_multi")])
        .weights(Weights::analytic("denom"));
    let cluster = || Cluster::by(["practice"]);
    let path = design.event_study().unwrap().fit(&frame).unwrap();
    let path = path.path(cluster().small_sample(SmallSample::fixest())).unwrap();
    let placebos = design.placebos(&frame, cluster().small_sample(SmallSample::fixest())).unwrap();
    assert_eq!(placebos.iter().map(|placebo| placebo.date).collect::<Vec<_>>(), [2010, 2011, 2012]);
    let found = ParallelTrends::of(&path).placebos(placebos).report().unwrap();
    let joint = given(&found.joint);
    // Effects are absorbed to 1e-6 of a step by fixest.
    assert_relative_eq!(joint.statistic, 2.188698321061432, max_relative = 1e-7);
    assert_relative_eq!(joint.p_value, 0.08943154681644784, max_relative = 1e-7);
    assert_eq!((joint.dof, joint.dof_residual), (3, Some(299.0)));
    let text = found.to_string();
    assert!(text.contains("F(3, 299) = 2.1887, p = 8.9432e-2"), "{text}");
}

/// fixest 0.14.2: y ~ x1 + trend_t | id + period on period <= 5, trend_t = period * treat, cluster id.
const LEAST_SQUARES: (f64, f64) = (0.22284023991473811, 0.24710449137998505);
/// numpy 2.4.6: (x' V^-1 x)^-1 x' V^-1 b and (x' V^-1 x)^-1/2 with b and V the leads of fixest 0.14.2
/// (y ~ x1 + i(period, treat, 5) | id + period on all periods, cluster id) and x = -4, ..., -1.
const GENERALISED: (f64, f64) = (0.24926475032223194, 0.2466582207831122);

fn base_did(test: &str) -> Option<(Frame, DifferenceInDifferences, Reform<'static>)> {
    let frame = shared_or_skip(test, "base_did.csv")?;
    let real = |column: &str| frame.real(column).unwrap().to_vec();
    let trend = real("period").iter().zip(real("treat")).map(|(period, treat)| period * treat).collect();
    let frame = frame.clone().add_real("trend_t", trend).unwrap();
    let reform = Reform { time: "period", date: 6 };
    let design = DifferenceInDifferences::new("y", "treat", reform)
        .adjust_for(["x1"])
        .absorb([fe("id"), fe("period")]);
    Some((frame, design, reform))
}

#[test]
fn the_slope_of_clustered_leads_is_generalised_least_squares_and_not_the_slope_of_the_rows() {
    let test = "the_slope_of_clustered_leads_is_generalised_least_squares_and_not_the_slope_of_the_rows";
    let Some((frame, design, _)) = base_did(test) else { return };
    let path = design.event_study().unwrap().fit(&frame).unwrap();
    let path = path.path(Cluster::by(["id"]).small_sample(SmallSample::fixest())).unwrap();
    let found = ParallelTrends::of(&path).report().unwrap();
    let slope = &given(&found.trend).slope;
    // fixest stops absorbing at 1e-6 of a step; its leads agree with ours to 1e-9.
    assert_relative_eq!(slope.estimate, GENERALISED.0, max_relative = 1e-8);
    assert_relative_eq!(slope.std_error.unwrap(), GENERALISED.1, max_relative = 1e-8);
    // Another number than the slope of the rows, for two reasons: the leads are weighted by their clustered
    // covariance, and x1 has one coefficient for all periods. The next test takes both away.
    assert!((slope.estimate - LEAST_SQUARES.0).abs() > 0.02);
}

/// For errors alike and independent, the covariance of the leads is that of the rows, and generalised least
/// squares of estimates is least squares under the restriction that they are on a line (Aitken 1935).
#[test]
fn the_slope_of_the_leads_of_the_early_periods_under_iid_is_the_slope_of_the_rows() {
    let test = "the_slope_of_the_leads_of_the_early_periods_under_iid_is_the_slope_of_the_rows";
    let Some((frame, design, reform)) = base_did(test) else { return };
    let early = Condition::below("period", reform.date as f64);
    let path = design.event_study().unwrap().keep(early.clone()).fit(&frame).unwrap().path(Iid).unwrap();
    let slope = path.linear_trend().unwrap().slope;
    assert_relative_eq!(slope.estimate, LEAST_SQUARES.0, max_relative = 1e-8);
    let rows: Ols = "y ~ x1 + trend_t | id + period".parse().unwrap();
    let rows = rows.keep(early).fit(&frame).unwrap();
    let rows = rows.inference(Cluster::by(["id"]).small_sample(SmallSample::fixest())).unwrap();
    let rows = rows.coef("trend_t").unwrap();
    assert_relative_eq!(rows.estimate, LEAST_SQUARES.0, max_relative = 1e-8);
    assert_relative_eq!(rows.std_error.unwrap(), LEAST_SQUARES.1, max_relative = 1e-8);
}

fn diagonal(size: usize, variance: f64) -> Columns {
    let mut vcov = Columns::zeros(size, size);
    (0..size).for_each(|i| vcov[(i, i)] = variance);
    vcov
}

fn why<T>(answer: &Answer<T>) -> &str {
    match answer {
        Answer::Refused { reason } => reason,
        Answer::Given(_) => panic!("the part has an answer"),
    }
}

#[test]
fn one_lead_is_enough_for_every_part() {
    let path = EventPath::new([(-2, -0.3), (0, 1.3)], diagonal(2, 0.01), Distribution::Normal).unwrap();
    let found = ParallelTrends::of(&path.reference(-1)).report().unwrap();
    assert_relative_eq!(given(&found.joint).statistic, 9.0, max_relative = 1e-12);
    assert_relative_eq!(given(&found.trend).slope.estimate, 0.3, max_relative = 1e-12);
    let net = given(&found.trend).net.as_ref().expect("there is a lag");
    assert_relative_eq!(net.at(0).unwrap().estimate, 1.0, max_relative = 1e-12);
    // One lead: its size is its maximum, its mean and its root mean square.
    assert!(given(&found.equivalence).iter().all(|test| (test.statistic - 0.3).abs() < 1e-12));
    assert!(found.power.given().is_some());
    assert!(found.magnitudes.given().is_some() && found.smoothness.given().is_some());
    assert!(found.placebos.is_empty() && !found.to_string().contains("placebos"));
}

/// Two treated and two other clusters: the leads of three periods have a covariance of rank two.
#[test]
fn with_fewer_clusters_than_leads_the_parts_that_invert_their_covariance_are_refused() {
    let frame = panel(0.0);
    let four = frame.real("unit").unwrap().iter().map(|unit| unit % 4.0).collect();
    let frame = frame.add_real("region", four).unwrap();
    let design = DifferenceInDifferences::new("y", "treated", REFORM)
        .absorb([fe("unit"), fe("year")])
        .keep(one_row_a_year());
    let path = design.event_study().unwrap().fit(&frame).unwrap().path(Cluster::by(["region"])).unwrap();
    let found = ParallelTrends::of(&path).magnitudes([0.0]).report().unwrap();
    for reason in [why(&found.joint), why(&found.trend), why(&found.equivalence), why(&found.power)] {
        assert!(reason.contains("must be positive definite"), "{reason}");
    }
    // Some combination of the first lag and the leads has no variance: its interval would have no length.
    assert!(why(&found.smoothness).contains("must be positive definite"), "{:?}", found.smoothness);
    assert_eq!(found.to_string().matches("not available: ").count(), 5);
}

#[test]
fn a_path_without_lags_has_no_honest_bounds_and_all_else() {
    let path = EventPath::new([(-3, 0.1), (-2, -0.1)], diagonal(2, 0.01), Distribution::Normal).unwrap();
    let found = ParallelTrends::of(&path.reference(-1)).report().unwrap();
    assert!(found.joint.given().is_some() && found.equivalence.given().is_some());
    assert!(given(&found.trend).net.is_none());
    assert!(why(&found.magnitudes).contains("lag") && why(&found.smoothness).contains("lag"));
}

#[test]
fn a_path_without_leads_or_a_level_outside_zero_and_one_is_an_error() {
    let path = EventPath::new([(0, 1.0), (1, 1.2)], diagonal(2, 0.01), Distribution::Normal).unwrap();
    let without = ParallelTrends::of(&path.reference(-1)).report();
    assert!(matches!(without, Err(Error::InvalidSetting { setting: "path", .. })), "{without:?}");
    let path = EventPath::new([(-2, 0.1), (0, 1.0)], diagonal(2, 0.01), Distribution::Normal).unwrap();
    let asked = ParallelTrends::of(&path.reference(-1));
    let setting = |asked: ParallelTrends| match asked.report() {
        Err(Error::InvalidSetting { setting, .. }) => setting,
        other => panic!("{other:?}"),
    };
    assert_eq!(setting(asked.clone().level(95.0)), "level");
    assert_eq!(setting(asked.power(1.0)), "power");
}
