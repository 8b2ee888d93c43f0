//! Absorption and least squares together, from columns in memory to coefficients, for every absorption and
//! dense backend on the public problems: 1e5 and 1e6 rows, and 1e7 with `CETERIS_LARGE=1`.
//!
//! A method that cannot do a problem, or takes longer than `TOO_LONG` for one fit, is listed with the reason.

use std::time::{Duration, Instant};

use ceteris::{Frame, LeastSquares, Ols, Solver};
use criterion::{Criterion, criterion_group, criterion_main};
use support::generators::Problem;
use support::methods::{METHODS, Method, backends};

/// Criterion fits ten times at least; a fit beyond this is left to `examples/absorption`.
const TOO_LONG: Duration = Duration::from_secs(5);

fn problems(c: &mut Criterion) {
    let large = std::env::var_os("CETERIS_LARGE").is_some();
    for rows in [100_000, 1_000_000, 10_000_000].into_iter().take(if large { 3 } else { 2 }) {
        for problem in Problem::ALL {
            let frame = problem.frame(rows).expect("columns of one length");
            for method in METHODS {
                for backend in backends() {
                    one(c, problem, &frame, method, backend);
                }
            }
        }
    }
}

fn one(c: &mut Criterion, problem: Problem, frame: &Frame, method: &Method, backend: LeastSquares) {
    let name = format!("{}, {}, {}", problem.name(), method.0, backend.name());
    let solver = Solver::default().absorption(method.1()).least_squares(backend);
    let model = problem.formula().parse::<Ols>().expect("a formula").solver(solver);
    let start = Instant::now();
    if let Err(refused) = model.fit(frame) {
        println!("{} rows/{name}: left out: {refused}", frame.nrows());
        return;
    }
    if start.elapsed() > TOO_LONG {
        println!(
            "{} rows/{name}: left out: one fit took {:.1} s",
            frame.nrows(),
            start.elapsed().as_secs_f64()
        );
        return;
    }
    let mut group = c.benchmark_group(format!("{} rows", frame.nrows()));
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(2));
    group.bench_function(name, |b| b.iter(|| model.fit(frame).expect("it did a moment ago")));
    group.finish();
}

criterion_group!(benches, problems);
criterion_main!(benches);
