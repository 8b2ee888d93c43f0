//! One regression, from columns in memory to a clustered table, as often as its time needs.

use std::time::{Duration, Instant};

use ceteris::{Cluster, Error, Fit, Frame, Ols};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Map, Value, json};

/// A fit is repeated until this much time has gone, so that a short one is seen at its best.
const PATIENCE: Duration = Duration::from_millis(800);

pub(crate) struct Task<'a> {
    pub(crate) frame: Frame,
    pub(crate) model: Ols,
    pub(crate) cluster: &'a str,
}

impl Task<'_> {
    /// The best times in seconds, peak memory in MiB and coefficients; or why there are none.
    pub(crate) fn measure(&self) -> Value {
        let input = peak_mebibytes();
        let (fit, first) = match self.once() {
            Ok(round) => round,
            Err(error) => return json!({ "refused": error.to_string() }),
        };
        let peak = peak_mebibytes();
        let (mut best, mut fits) = (first, 1);
        let start = Instant::now();
        while start.elapsed() + Duration::from_secs_f64(best.wall) < PATIENCE {
            match self.once() {
                Ok((_, round)) => best = best.least(round),
                Err(error) => return json!({ "refused": error.to_string() }),
            }
            fits += 1;
        }
        let mut estimates = Map::new();
        for name in fit.names() {
            estimates.insert(name.clone(), json!(fit.estimate(name).ok()));
        }
        json!({
            "nobs": fit.nobs(), "method": fit.absorbed().method, "iterations": fit.absorbed().iterations,
            "seconds": best.wall, "cpu": best.cpu, "first": first.cpu, "fits": fits,
            "input": input, "peak": peak, "estimates": estimates,
        })
    }

    fn once(&self) -> Result<(Fit, Seconds), Error> {
        let (start, cpu) = (Instant::now(), cpu_seconds());
        let fit = self.model.fit(&self.frame)?;
        fit.inference(Cluster::by([self.cluster]))?;
        Ok((fit, Seconds { wall: start.elapsed().as_secs_f64(), cpu: cpu_seconds() - cpu }))
    }
}

/// What one fit and its table took.
#[derive(Clone, Copy)]
struct Seconds {
    wall: f64,
    cpu: f64,
}

impl Seconds {
    fn least(self, other: Self) -> Self {
        Self { wall: self.wall.min(other.wall), cpu: self.cpu.min(other.cpu) }
    }
}

/// CPU seconds of all threads of this process so far.
fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + 1e-9 * time.tv_nsec as f64
}

/// The largest resident set so far; 0 where there is no /proc.
fn peak_mebibytes() -> f64 {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = line.and_then(|line| line.split_whitespace().next()).and_then(|n| n.parse::<f64>().ok());
    kibibytes.unwrap_or(0.0) / 1024.0
}
