//! X'WX against the matrix product of the same machine in the same run: 1e5 and 1e6 rows, 4 to 200 columns.
//!
//! A product of two n by n matrices counts 2 n^3 operations, a Gram matrix of k columns n k^2 (half of the full
//! product, as symmetry allows). `-- --table` prints GFLOP/s, GB/s and the share of the product's rate, in CPU time.

use std::hint::black_box;

use ceteris::Columns;
use criterion::{Criterion, Throughput, criterion_group};
use faer::linalg::matmul::matmul;
use faer::{Accum, Mat, Par};
use rustix::time::{ClockId, clock_gettime};

const ORDER: usize = 2048;
const COLUMNS: [usize; 6] = [4, 10, 20, 50, 100, 200];

fn columns(rows: usize, k: usize) -> (Columns, Vec<f64>) {
    let value = |i: usize| ((i * 7919) % 1013) as f64 * 0.01;
    (
        Columns::new(rows, k, (0..rows * k).map(value).collect()).expect("as many numbers"),
        (0..rows).map(value).collect(),
    )
}

fn square() -> Mat<f64> {
    Mat::from_fn(ORDER, ORDER, |i, j| ((i * 7 + j * 13) % 101) as f64)
}

fn rates(c: &mut Criterion) {
    let mut group = c.benchmark_group("gram");
    group.sample_size(10);
    let (square, mut product) = (square(), Mat::<f64>::zeros(ORDER, ORDER));
    group.throughput(Throughput::Elements(2 * (ORDER as u64).pow(3)));
    group.bench_function("product of two 2048 by 2048", |b| {
        b.iter(|| matmul(product.as_mut(), Accum::Replace, &square, &square, 1.0, Par::Seq));
    });
    for k in COLUMNS {
        let (x, weights) = columns(100_000, k);
        group.throughput(Throughput::Elements((x.nrows() * k * k) as u64));
        group.bench_function(format!("100000 rows, {k} columns"), |b| b.iter(|| x.gram(Some(&weights))));
    }
    group.finish();
}

/// Seconds of CPU of the fastest of several calls.
fn best(mut call: impl FnMut()) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec as f64 + 1e-9 * time.tv_nsec as f64
    };
    let (mut best, begin) = (f64::INFINITY, now());
    while best.is_infinite() || now() - begin < 0.5 {
        let start = now();
        call();
        best = best.min(now() - start);
    }
    best
}

fn table() {
    let (square, mut product) = (square(), Mat::<f64>::zeros(ORDER, ORDER));
    let time = best(|| matmul(product.as_mut(), Accum::Replace, &square, &square, 1.0, Par::Seq));
    let rate = 2.0 * (ORDER as f64).powi(3) / time / 1e9;
    println!("| columns | rows | GFLOP/s | share of the product's {rate:.1} | GB/s |\n|---|---|---|---|---|");
    for k in COLUMNS {
        for rows in [100_000, 1_000_000] {
            let (x, weights) = columns(rows, k);
            let seconds = best(|| {
                black_box(x.gram(Some(&weights)));
            });
            let flops = (rows * k * k) as f64 / seconds / 1e9;
            let bytes = (rows * (k + 1) * 8) as f64 / seconds / 1e9;
            println!("| {k} | {rows} | {flops:.1} | {:.0} % | {bytes:.1} |", 100.0 * flops / rate);
        }
    }
}

criterion_group!(benches, rates);

fn main() {
    match std::env::args().any(|word| word == "--table") {
        true => table(),
        false => {
            benches();
            Criterion::default().configure_from_args().final_summary();
        }
    }
}
