//! Public benchmark problems, generated here.
//!
//! Ports of the design of the generators that other packages publish, not of their bits: the same effects,
//! sizes and formulas, with the keystream of ChaCha8 in place of NumPy's.
//! - `simple`, `difficult`: `base_dgp` of kylebutts/fixest_benchmarks, as in pyfixest's benchmarks
//!   (10 years, 23 workers a firm; firms at random, or in order so that the graph is badly connected);
//! - `near_chain`: "Difficult Data" of lrberge/fixest, `_BENCHMARK/Data generation.R`, which has it from
//!   FixedEffectModels.jl (overlapping windows of firms);
//! - `crossed`: the "simple" data of the same file, with its outcome in place of a count;
//! - `mobility`: workers who change firms rarely and to firms of their own kind, the idea of pyfixest's
//!   `simulate_akm_panel` without its matching function.

use ceteris::{Frame, Result};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A problem: which columns are what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Firms at random.
    Simple,
    /// Firms in order: each worker at the next ten.
    Difficult,
    /// Workers at overlapping windows of firms.
    NearChain,
    /// Three effects at random, of sizes n / 20, n^0.5 and n^0.33.
    Crossed,
    /// Two workers of a hundred change firm in a year.
    Mobility,
}

impl Problem {
    /// All of them.
    pub const ALL: [Problem; 5] =
        [Problem::Simple, Problem::Difficult, Problem::NearChain, Problem::Crossed, Problem::Mobility];

    /// The name, as in file names.
    pub fn name(self) -> &'static str {
        match self {
            Problem::Simple => "simple",
            Problem::Difficult => "difficult",
            Problem::NearChain => "near_chain",
            Problem::Crossed => "crossed",
            Problem::Mobility => "mobility",
        }
    }

    /// The regression.
    pub fn formula(self) -> &'static str {
        "y ~ x | a + b + c"
    }

    /// Columns `y`, `x` and the effects `a`, `b`, `c`, largest first; about `rows` rows.
    ///
    /// # Errors
    /// Those of [`Frame::add_real`]; none in practice.
    pub fn frame(self, rows: usize) -> Result<Frame> {
        let mut random = Random(ChaCha8Rng::seed_from_u64(rows as u64 * 100 + self as u64));
        let [a, b, c] = self.levels(rows, &mut random);
        let effect = |levels: &[f64], random: &mut Random| {
            let most = levels.iter().fold(0.0_f64, |most, level| most.max(*level)) as usize;
            let values: Vec<f64> = (0..=most).map(|_| random.normal()).collect();
            levels.iter().map(|level| values[*level as usize]).collect::<Vec<f64>>()
        };
        let effects = [effect(&a, &mut random), effect(&b, &mut random), effect(&c, &mut random)];
        let x: Vec<f64> = match self {
            // As in the source: a regressor that the effects explain for the most part.
            Problem::NearChain => {
                let wave = |i: usize| 5.0 * (a[i].cos() + b[i].sin() + c[i].sin());
                (0..a.len()).map(|i| wave(i) + random.uniform()).collect()
            }
            Problem::Mobility => {
                (0..a.len()).map(|i| 0.3 * (effects[0][i] + effects[1][i]) + random.normal()).collect()
            }
            _ => (0..a.len()).map(|_| random.normal()).collect(),
        };
        let outcome = |i: usize, noise: f64| x[i] + effects.iter().map(|e| e[i]).sum::<f64>() + noise;
        let y: Vec<f64> = (0..a.len()).map(|i| outcome(i, random.normal())).collect();
        let frame = Frame::new().add_real("y", y)?.add_real("x", x)?;
        frame.add_real("a", a)?.add_real("b", b)?.add_real("c", c)
    }

    fn levels(self, rows: usize, random: &mut Random) -> [Vec<f64>; 3] {
        match self {
            Problem::Simple | Problem::Difficult => {
                let (years, workers) = (10, rows / 10);
                let firms = (workers as f64 / 23.0).round() as usize;
                let firm = |i: usize, random: &mut Random| match self {
                    Problem::Simple => random.below(firms),
                    _ => i % firms,
                };
                let b = (0..workers * years).map(|i| firm(i, random) as f64).collect();
                let worker = (0..workers * years).map(|i| (i / years) as f64).collect();
                [worker, b, (0..workers * years).map(|i| (i % years) as f64).collect()]
            }
            Problem::NearChain => {
                let (workers, firms) = (rows / 20, (rows as f64 / 160.0).round() as usize);
                let years = (rows as f64).powf(0.3).round() as usize;
                let worker: Vec<usize> = (0..rows).map(|_| 1 + random.below(workers)).collect();
                let window = |i: usize| (i / 8).saturating_sub(10).max(1);
                let firm = worker.iter().map(|&i| (random.below(21) + window(i)).min(firms) as f64).collect();
                let year = (0..rows).map(|_| random.below(years) as f64).collect();
                [worker.iter().map(|&i| i as f64).collect(), firm, year]
            }
            Problem::Crossed => [rows / 20, (rows as f64).sqrt() as usize, (rows as f64).powf(0.33) as usize]
                .map(|levels| (0..rows).map(|_| random.below(levels) as f64).collect()),
            Problem::Mobility => mobility(rows, random),
        }
    }
}

/// A problem to grow one side at a time: `simple` with any number of rows, effects and regressors.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// Rows, in tens.
    pub rows: usize,
    /// Effects, of rows / 10, rows / 230, 10 and 50 levels: one to four.
    pub effects: usize,
    /// Regressors, `x` first.
    pub columns: usize,
}

impl Shape {
    /// The regression.
    pub fn formula(self) -> String {
        let regressors: Vec<String> = (0..self.columns).map(Self::regressor).collect();
        format!("y ~ {} | {}", regressors.join(" + "), ["a", "b", "c", "d"][..self.effects].join(" + "))
    }

    fn regressor(j: usize) -> String {
        if j == 0 { "x".to_string() } else { format!("x{}", j + 1) }
    }

    /// Columns `y`, the regressors and all four effects.
    ///
    /// # Errors
    /// Those of [`Frame::add_real`]; none in practice.
    pub fn frame(self) -> Result<Frame> {
        let mut random = Random(ChaCha8Rng::seed_from_u64(self.rows as u64));
        let mut frame = Problem::Simple.frame(self.rows)?;
        let d = (0..frame.nrows()).map(|_| random.below(50) as f64).collect();
        frame = frame.add_real("d", d)?;
        for j in 1..self.columns {
            let column = (0..frame.nrows()).map(|_| random.normal()).collect();
            frame = frame.add_real(Self::regressor(j), column)?;
        }
        Ok(frame)
    }
}

/// Workers of 10 years each; firms in kinds of 50, and a worker moves within the kind nine times of ten.
fn mobility(rows: usize, random: &mut Random) -> [Vec<f64>; 3] {
    const YEARS: usize = 10;
    const KIND: usize = 50;
    const MOVES: f64 = 0.02;
    const STAYS_IN_KIND: f64 = 0.9;
    let workers = rows / YEARS;
    let firms = (rows / 200).max(2 * KIND);
    let [mut a, mut b, mut c] = [const { Vec::<f64>::new() }; 3];
    for worker in 0..workers {
        let mut firm = random.below(firms);
        for year in 0..YEARS {
            if random.uniform() < MOVES {
                let first = firm / KIND * KIND;
                firm = match random.uniform() < STAYS_IN_KIND {
                    true => (first + random.below(KIND)).min(firms - 1),
                    false => random.below(firms),
                };
            }
            a.push(worker as f64);
            b.push(firm as f64);
            c.push(year as f64);
        }
    }
    [a, b, c]
}

/// Numbers from a keystream.
struct Random(ChaCha8Rng);

impl Random {
    /// In [0, 1).
    fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number below `bound`.
    fn below(&mut self, bound: usize) -> usize {
        (self.uniform() * bound as f64) as usize
    }

    /// Standard normal (Box and Muller 1958).
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }
}
