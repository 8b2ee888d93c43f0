//! The design of `examples/monte_carlo` with few replications: biases where they are derived, and nowhere
//! else. SIMULATED, with fixed seeds: the test gives the same verdict every time.

#[path = "../examples/monte_carlo/design.rs"]
mod design;
#[path = "../examples/monte_carlo/keystream.rs"]
mod keystream;
#[path = "../examples/monte_carlo/tally.rs"]
mod tally;

use design::Scenario;
use tally::{Errors, Estimator};

const REPLICATIONS: u64 = 200;
/// A bias further than this many Monte Carlo standard errors from its derived value is a mistake.
const MARGIN: f64 = 4.0;

/// The errors of difference-in-differences and of the lagged outcome.
fn errors(scenario: Scenario, before: usize) -> [Errors; 2] {
    let estimators = [Estimator::Difference, Estimator::LaggedOutcome];
    let errors = tally::run(scenario, before, &estimators, REPLICATIONS).unwrap();
    [errors[0], errors[1]]
}

#[test]
fn difference_in_differences_has_the_derived_bias_in_every_scenario() {
    let scenarios = [Scenario::ParallelTrends, Scenario::TransientShock, Scenario::InteractiveEffects];
    for scenario in scenarios {
        for before in [3, 10] {
            let [difference, _] = errors(scenario, before);
            let derived = scenario.bias_of_difference(before);
            let apart = (difference.bias - derived).abs();
            assert!(apart < MARGIN * difference.bias_error, "{scenario:?}, {before} before: {difference:?}");
        }
    }
}

#[test]
fn after_a_transient_shock_the_lagged_outcome_is_right_and_the_difference_too_large() {
    let [difference, lagged] = errors(Scenario::TransientShock, 3);
    assert!(difference.bias > MARGIN * difference.bias_error, "{difference:?}");
    assert!(lagged.bias.abs() < MARGIN * lagged.bias_error, "{lagged:?}");
    assert!(lagged.rmse + MARGIN * lagged.rmse_error < difference.rmse, "{lagged:?} {difference:?}");
}

#[test]
fn under_parallel_trends_few_lags_leave_part_of_the_level_in_the_effect() {
    // The treated are higher for good; three noisy lags show it only in part (regression to the mean).
    let [_, lagged] = errors(Scenario::ParallelTrends, 3);
    assert!(lagged.bias > MARGIN * lagged.bias_error, "{lagged:?}");
}

#[test]
fn weights_on_earlier_outcomes_reduce_the_bias_of_drift() {
    let estimators = Estimator::ALL;
    let errors = tally::run(Scenario::InteractiveEffects, 10, &estimators, REPLICATIONS).unwrap();
    let [difference, others @ ..] = &errors[..] else { panic!("five estimators") };
    for (estimator, errors) in estimators[1..].iter().zip(others) {
        let gain = difference.bias.abs() - errors.bias.abs();
        assert!(gain > MARGIN * difference.bias_error.hypot(errors.bias_error), "{estimator:?}: {errors:?}");
    }
}
