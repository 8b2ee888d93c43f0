//! Every way to absorb effects against dense dummies in doubled precision, on small graphs that are hard
//! in the ways that large ones are, and iterations against an exact solution on a graph too large for dummies.

use ceteris::absorb::{AbsorptionMethod, AbsorptionReason};
use ceteris::{
    Absorption, Alternating, Error, Fit, Frame, Iid, Lsmr, Notice, Ols, Pcg, Singletons, Solver, Weights,
};
use proptest::prelude::*;
use support::generators::Problem;

/// What residuals on the order of 1e-11 leave in a coefficient of order one on a graph of this size.
const SAME: f64 = 1e-9;

/// How two effects meet.
#[derive(Debug, Clone, Copy)]
enum Graph {
    /// Levels at random.
    Random,
    /// Three parts that share no level.
    Disconnected,
    /// Worker i at firms i and i + 1.
    Chain,
    /// One firm that everyone passes through.
    Star,
    /// The same effect twice.
    Duplicated,
    /// Each firm in one region.
    Nested,
}

const GRAPHS: [Graph; 6] =
    [Graph::Random, Graph::Disconnected, Graph::Chain, Graph::Star, Graph::Duplicated, Graph::Nested];

/// Every iteration with its default settings.
fn iterations() -> [Absorption; 3] {
    [Pcg::default().into(), Lsmr::default().into(), Alternating::default().into()]
}

impl Graph {
    /// The levels of both effects for row `i`, from a random number below 12.
    fn levels(self, i: usize, random: u32) -> (u32, u32) {
        let (i, random) = (i as u32, random % 12);
        match self {
            Graph::Random => (i % 9, random % 7),
            Graph::Disconnected => (i % 3 * 4 + random % 4, i % 3 * 3 + random % 3),
            Graph::Chain => (i / 4 % 15, i / 4 % 15 + random % 2),
            Graph::Star => (i % 11, if random < 6 { 0 } else { 1 + i % 11 / 2 }),
            Graph::Duplicated => (random, random),
            Graph::Nested => (random, random / 4),
        }
    }
}

#[derive(Debug, Clone)]
struct Rows {
    graph: Graph,
    /// Outcome, regressor, level, power of ten of the weight, slope.
    rows: Vec<(f64, f64, u32, i32, f64)>,
}

fn rows() -> impl Strategy<Value = Rows> {
    let row = (-5.0..5.0f64, -5.0..5.0f64, 0..12u32, -6..=6i32, 0.5..2.0f64);
    let rows = proptest::collection::vec(row, 50..90);
    (0..GRAPHS.len(), rows).prop_map(|(graph, rows)| Rows { graph: GRAPHS[graph], rows })
}

impl Rows {
    fn frame(&self) -> Frame {
        let column = |of: &dyn Fn(usize) -> f64| (0..self.rows.len()).map(of).collect::<Vec<f64>>();
        let levels = |i: usize| self.graph.levels(i, self.rows[i].2);
        Frame::new()
            .add_real("y", column(&|i| self.rows[i].0 + 2.0 * self.rows[i].1 + f64::from(levels(i).0)))
            .and_then(|f| f.add_real("x", column(&|i| self.rows[i].1)))
            .and_then(|f| f.add_real("a", column(&|i| f64::from(levels(i).0))))
            .and_then(|f| f.add_real("b", column(&|i| f64::from(levels(i).1))))
            .and_then(|f| f.add_real("c", column(&|i| f64::from(self.rows[i].2 % 4))))
            .and_then(|f| f.add_real("moderate", column(&|i| f64::from(1 + self.rows[i].3.unsigned_abs()))))
            .and_then(|f| f.add_real("extreme", column(&|i| 10f64.powi(self.rows[i].3))))
            .and_then(|f| f.add_real("z", column(&|i| self.rows[i].4)))
            .unwrap()
    }
}

fn fit(frame: &Frame, formula: &str, weight: Option<&str>, absorption: Absorption) -> Fit {
    let model: Ols = formula.parse().unwrap();
    let model = model.singletons(Singletons::Keep).solver(Solver::default().absorption(absorption));
    let model = weight.into_iter().fold(model, |model, weight| model.weights(Weights::analytic(weight)));
    model.fit(frame).unwrap()
}

fn assert_same(one: &Fit, judge: &Fit, what: &str) -> Result<(), TestCaseError> {
    let (b, truth) = (one.estimate("x").unwrap(), judge.estimate("x").unwrap());
    prop_assert!((b - truth).abs() <= SAME * (1.0 + truth.abs()), "{what}: {b} and {truth}");
    let largest = judge.residuals().iter().fold(1.0_f64, |most, u| most.max(u.abs()));
    let apart = one.residuals().iter().zip(judge.residuals()).map(|(a, b)| (a - b).abs());
    let apart = apart.fold(0.0, f64::max);
    prop_assert!(apart <= 1e-7 * largest, "{what}: residuals differ by {apart}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn every_method_equals_dummies_on_hard_graphs(rows in rows(), weighted in any::<bool>()) {
        let frame = rows.frame();
        let weight = weighted.then_some("moderate");
        for formula in ["y ~ x | a + b", "y ~ x | a + b + c", "y ~ x | a + a^b + c"] {
            let judge = fit(&frame, formula, weight, Absorption::Dummies);
            let one_effect = formula == "y ~ x | a + b" && matches!(rows.graph, Graph::Duplicated | Graph::Nested);
            let exact = one_effect.then_some(Absorption::Exact);
            for method in [Absorption::Auto, Absorption::Direct].into_iter().chain(iterations()).chain(exact) {
                let other = fit(&frame, formula, weight, method);
                assert_same(&other, &judge, &format!("{formula} {method:?} {:?}", rows.graph))?;
                if !other.absorbed().method.is_iterative() {
                    prop_assert_eq!(other.ledger().rank, judge.ledger().rank);
                } else {
                    prop_assert!(other.ledger().rank >= judge.ledger().rank);
                }
            }
        }
    }

    #[test]
    fn slopes_that_vary_equal_dummies(rows in rows(), weighted in any::<bool>()) {
        let frame = rows.frame();
        let weight = weighted.then_some("moderate");
        for formula in ["y ~ x | a[z] + b", "y ~ x | b + c[z]"] {
            let judge = fit(&frame, formula, weight, Absorption::Dummies);
            for method in [Absorption::Direct].into_iter().chain(iterations()) {
                assert_same(&fit(&frame, formula, weight, method), &judge, &format!("{formula} {method:?}"))?;
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn weights_over_twelve_orders_of_magnitude_leave_the_digits_that_certificates_promise(rows in rows()) {
        let frame = rows.frame();
        let model: Ols = "y ~ x | a + b".parse().unwrap();
        let model = model.singletons(Singletons::Keep).weights(Weights::analytic("extreme"));
        let fitted = |method: Absorption| model.clone().solver(Solver::default().absorption(method)).fit(&frame);
        let judge = fitted(Absorption::Dummies).unwrap();
        let std_error = judge.inference(Iid).unwrap().coef("x").unwrap().std_error.unwrap();
        let truth = judge.estimate("x").unwrap();
        for method in [Absorption::Direct].into_iter().chain(iterations()) {
            let other = match (fitted(method), method) {
                (Err(error), Absorption::Pcg(_) | Absorption::Alternating(_)) if refused(&error) => continue,
                (other, _) => other.unwrap(),
            };
            let error = (other.estimate("x").unwrap() - truth).abs() / truth.abs().max(std_error);
            let promised = match method {
                Absorption::Alternating(_) => SWEPT,
                _ => SLACK * 10f64.powf(-other.certificate().digits),
            };
            prop_assert!(error <= promised, "{:?} {}: {error:.1e}", rows.graph, other.absorbed());
            prop_assert_eq!(other.ledger().rank, judge.ledger().rank);
        }
    }
}

/// A certificate knows the order of rounding and not its constant, which grows with the spread of the weights: one
/// of many thousand random cases was 2.3e-14 off where fifteen digits were promised.
const SLACK: f64 = 100.0;

/// Alternating projections have no matrix to refine against: near the widest weights that they accept, their
/// certificate can promise more than they keep, and this is kept.
const SWEPT: f64 = 1e-6;

/// Conjugate gradients work on sums over rows. With weights from 1e-6 to 1e6 the light rows that alone tell
/// heavy levels apart have four digits left in such a sum, or none: what is right then is to say so.
fn refused(error: &Error) -> bool {
    let too_wide = matches!(error, Error::InvalidSetting { setting: "absorption", .. });
    too_wide
        || matches!(
            error,
            Error::NotConverged { .. } | Error::Untrustworthy { .. } | Error::NotIdentified { .. }
        )
}

#[test]
fn alternating_projections_refuse_weights_too_far_apart_to_be_seen() {
    let frame = weighted_workers(20);
    let model: Ols = "y ~ x | a + b".parse().unwrap();
    let model = model.weights(Weights::analytic("w"));
    let error = model.solver(Solver::default().absorption(Alternating::default())).fit(&frame).unwrap_err();
    assert!(error.to_string().contains("weights that differ by a factor of"), "{error}");
}

/// Twice as many workers as firms, four rows each, in one component; each row with a power of ten as its weight.
fn weighted_workers(firms: usize) -> Frame {
    let workers = 2 * firms;
    let rows = 0..4 * workers;
    let noise = |i: usize, scale: f64| (43_758.5 * (scale * (i + 1) as f64).sin()).fract();
    let worker = |i: usize| (i % workers) as f64;
    let firm = |i: usize| ((i % workers / 2 + 37 * (i / workers)) % firms) as f64;
    let column = |of: &dyn Fn(usize) -> f64| rows.clone().map(of).collect::<Vec<f64>>();
    Frame::new()
        .add_real("a", column(&worker))
        .and_then(|f| f.add_real("b", column(&firm)))
        .and_then(|f| f.add_real("x", column(&|i| noise(i, 12.9) + (0.01 * firm(i)).sin())))
        .and_then(|f| {
            f.add_real("y", column(&|i| 2.0 * noise(i, 12.9) + noise(i, 78.2) + (0.02 * worker(i)).cos()))
        })
        .and_then(|f| f.add_real("w", column(&|i| 10f64.powf((12.0 * noise(i, 3.7)).trunc() / 2.0))))
        .unwrap()
}

#[test]
fn weights_far_apart_on_many_levels_leave_conjugate_gradients_their_digits() {
    let frame = weighted_workers(1500);
    let auto = fit(&frame, "y ~ x | a + b", Some("w"), Absorption::Auto);
    let direct = fit(&frame, "y ~ x | a + b", Some("w"), Absorption::Direct);
    let error = (auto.estimate("x").unwrap() - direct.estimate("x").unwrap()).abs();
    let absorbed = auto.absorbed();
    assert!(error < SAME, "{error:.1e}, {absorbed}");
    assert_eq!((absorbed.method, absorbed.reason), (AbsorptionMethod::Pcg, AbsorptionReason::ManyLevels));
    assert!(absorbed.preconditioner.is_some() && absorbed.structure.components == Some(1), "{absorbed:?}");
    assert_eq!((absorbed.structure.largest(), absorbed.structure.beside_largest()), (3000, 1500));
}

/// Rows of the public problems here: enough for ten thousand levels, few enough for a quick test.
const ROWS: usize = 100_000;

#[test]
fn a_large_mean_costs_conjugate_gradients_no_digits() {
    let frame = Problem::Simple.frame(5_000).unwrap();
    let near: Vec<f64> = (0..frame.nrows()).map(|i| ((i * 7919) % 61) as f64).collect();
    let far = near.iter().map(|x| x + 1e9).collect(); // exact in doubles
    let frame = frame.add_real("near", near).unwrap().add_real("far", far).unwrap();
    let estimate = |x: &str| {
        let fit = fit(&frame, &format!("y ~ {x} | a + b + c"), None, Pcg::default().into());
        fit.estimate(x).unwrap()
    };
    let (near, far) = (estimate("near"), estimate("far"));
    assert!((near - far).abs() <= SAME * near.abs(), "{near} {far}");
}

#[test]
fn iterations_on_the_public_problems_equal_those_at_the_finest_tolerance() {
    for problem in Problem::ALL {
        let frame = problem.frame(ROWS).unwrap();
        let finest = Pcg::default().tolerance(1e-14).limit(100_000);
        let truth = fit(&frame, problem.formula(), None, finest.into()).estimate("x").unwrap();
        for method in iterations() {
            let other = fit(&frame, problem.formula(), None, method);
            let error = (other.estimate("x").unwrap() - truth).abs();
            assert!(error < SAME, "{}: {error:.1e}, {}", problem.name(), other.absorbed());
            assert!(!other.notices().iter().any(|notice| matches!(notice, Notice::RankBounded { .. })));
        }
    }
}

#[test]
fn iterations_equal_the_direct_solution_on_the_public_problems() {
    for problem in Problem::ALL {
        let frame = problem.frame(ROWS / 5).unwrap();
        let direct = fit(&frame, problem.formula(), None, Absorption::Direct);
        let pcg = fit(&frame, problem.formula(), None, Pcg::default().into());
        let error = (pcg.estimate("x").unwrap() - direct.estimate("x").unwrap()).abs();
        assert!(error < 1e-11, "{}: {error:.1e}, {}", problem.name(), pcg.absorbed());
        assert_eq!(pcg.ledger().rank, direct.ledger().rank);
    }
}

#[test]
fn exact_is_refused_where_no_effect_spans_the_others() {
    let frame = Problem::Crossed.frame(2000).unwrap();
    let model: Ols = "y ~ x | a + b + a^b".parse().unwrap();
    let model = model.singletons(Singletons::Keep).solver(Solver::default().absorption(Absorption::Exact));
    let absorbed = model.fit(&frame).unwrap().absorbed().to_string();
    assert!(absorbed.starts_with("exact (asked for; one effect; a is spanned by a^b; b is spanned by a^b"));
    let model: Ols = "y ~ x | a + b".parse().unwrap();
    let error = model.solver(Solver::default().absorption(Absorption::Exact)).fit(&frame).unwrap_err();
    assert!(matches!(error, Error::InvalidSetting { setting: "absorption", .. }), "{error}");
}

#[test]
fn leverages_after_iterations_are_those_of_the_direct_solution() {
    let frame = Problem::Difficult.frame(2000).unwrap();
    let direct = fit(&frame, "y ~ x | a + b + c", None, Absorption::Direct).leverage().unwrap();
    for method in iterations() {
        let other = fit(&frame, "y ~ x | a + b + c", None, method).leverage().unwrap();
        assert!(direct.iter().zip(&other).all(|(a, b)| (a - b).abs() < 1e-10), "{method:?}");
    }
}

#[test]
fn leverages_of_more_levels_than_are_factored_unasked_are_those_of_the_direct_solution() {
    let frame = weighted_workers(1010);
    let leverages = |method| fit(&frame, "y ~ x | a + b", None, method).leverage().unwrap();
    let (direct, auto) = (leverages(Absorption::Direct), leverages(Absorption::Auto));
    assert!(direct.iter().zip(&auto).all(|(a, b)| (a - b).abs() < 1e-10));
    // The trace of a projection is its rank: x, and two effects in one component.
    assert!((auto.iter().sum::<f64>() - 3030.0).abs() < 1e-6);
}

#[test]
fn slopes_under_iterations_bound_the_rank_and_say_so() {
    let frame = weighted_workers(60);
    let bounded = |method| {
        let fit = fit(&frame, "y ~ x | a + b[w]", None, method);
        (fit.ledger().rank, fit.notices().iter().any(|notice| matches!(notice, Notice::RankBounded { .. })))
    };
    let (rank, noticed) = bounded(Absorption::Direct);
    assert!(!noticed);
    for method in iterations() {
        let (bound, noticed) = bounded(method);
        assert!(bound >= rank && noticed, "{method:?}: {bound} and {rank}");
    }
}

#[test]
fn too_few_iterations_are_an_error_with_the_column() {
    let frame = Problem::NearChain.frame(ROWS / 5).unwrap();
    let model: Ols = "y ~ x | a + b".parse().unwrap();
    let settings = Alternating::default().limit(3);
    let error = model.solver(Solver::default().absorption(settings)).fit(&frame).unwrap_err();
    assert!(matches!(error, Error::NotConverged { iterations: 3, .. }), "{error}");
}
