//! Absorption and least squares together, from columns in memory to coefficients, on the public problems:
//! 1e5 and 1e6 rows, and 1e7 with `CETERIS_LARGE=1`.

use ceteris::{Absorption, Ols, Pcg, Solver};
use criterion::{Criterion, criterion_group, criterion_main};
use support::generators::Problem;

fn problems(c: &mut Criterion) {
    let large = std::env::var_os("CETERIS_LARGE").is_some();
    for rows in [100_000, 1_000_000, 10_000_000].into_iter().take(if large { 3 } else { 2 }) {
        let mut group = c.benchmark_group(format!("{rows} rows"));
        group.sample_size(10);
        for problem in Problem::ALL {
            let frame = problem.frame(rows).expect("columns of one length");
            let model: Ols = problem.formula().parse().expect("a formula");
            for (name, absorption) in [("auto", Absorption::Auto), ("pcg", Pcg::default().into())] {
                let model = model.clone().solver(Solver::default().absorption(absorption));
                group.bench_function(format!("{}, {name}", problem.name()), |b| {
                    b.iter(|| model.fit(&frame).expect("identified"));
                });
            }
        }
        group.finish();
    }
}

criterion_group!(benches, problems);
criterion_main!(benches);
