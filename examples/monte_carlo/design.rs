//! What is drawn: outcomes with factors, and who is treated.
//!
//! ```text
//! y_it = d_t + lambda_t' mu_i + e_it + treated_i 1[t >= 1],    t = 1 - T_pre, ..., 0, 1, ..., T_post
//! treated_i = 1 where s_i + v_i > 0;    mu, e, v independent standard normal;    d_t = sin t
//! ```
//!
//! | scenario | lambda_t' mu_i | s_i | bias of difference-in-differences |
//! |---|---|---|---|
//! | (a) parallel trends | mu_i1 | mu_i1 | 0 |
//! | (b) transient shock | 0 | -e_i0 | c / T_pre |
//! | (c) interactive effects | mu_i1 + t mu_i2 / 10 | mu_i2 | c (T_pre + T_post) / 20 |
//!
//! c = E[s | treated] - E[s | not] = 2 / sqrt(pi), as s + v has standard deviation sqrt 2. In (b) the treated
//! had a bad time just before treatment, and recover without it (Ashenfelter 1978); in (c) they drift away, by
//! c / 10 at each time.

use std::f64::consts::PI;

use ceteris::{Frame, Index, Result};

use crate::keystream::Keystream;

/// The columns of a drawn panel; `treated` is 1 in all rows of treated units, `status` from time 1 on.
pub(crate) const INDEX: Index<'static> = Index { unit: "unit", time: "time" };
/// The effect on every treated unit at every time from 1 on.
pub(crate) const EFFECT: f64 = 1.0;
/// Times after treatment.
pub(crate) const AFTER: usize = 3;
/// Units, about half of them treated.
pub(crate) const UNITS: usize = 60;

/// By how much a unit with mu_i2 = 1 moves away at each time.
const DRIFT: f64 = 0.1;

/// A way to draw data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scenario {
    ParallelTrends,
    TransientShock,
    InteractiveEffects,
}

impl Scenario {
    /// The bias that difference-in-differences must have.
    pub(crate) fn bias_of_difference(self, before: usize) -> f64 {
        let selected = 2.0 / PI.sqrt();
        match self {
            Scenario::ParallelTrends => 0.0,
            Scenario::TransientShock => selected / before as f64,
            Scenario::InteractiveEffects => selected * DRIFT * (before + AFTER) as f64 / 2.0,
        }
    }

    /// The panel of one replication.
    pub(crate) fn draw(self, before: usize, replication: u64) -> Result<Frame> {
        let numbers = &mut Keystream::new(self as u8, before, replication);
        let times: Vec<f64> = (0..before + AFTER).map(|place| place as f64 - (before as f64 - 1.0)).collect();
        let (mut unit, mut time, mut y) = (Vec::new(), Vec::new(), Vec::new());
        let (mut treated, mut status) = (Vec::new(), Vec::new());
        for i in 0..UNITS {
            let [level, drift, other] = [(); 3].map(|()| numbers.normal());
            let shocks: Vec<f64> = times.iter().map(|_| numbers.normal()).collect();
            let lasting = |t: f64| match self {
                Scenario::ParallelTrends => level,
                Scenario::TransientShock => 0.0,
                Scenario::InteractiveEffects => level + DRIFT * t * drift,
            };
            let selected = match self {
                Scenario::ParallelTrends => level,
                Scenario::TransientShock => -shocks[before - 1],
                Scenario::InteractiveEffects => drift,
            };
            let chosen = f64::from(selected + other > 0.0);
            for (&t, shock) in times.iter().zip(&shocks) {
                let now = if t > 0.0 { chosen } else { 0.0 };
                unit.push(i as f64);
                time.push(t);
                treated.push(chosen);
                status.push(now);
                y.push(t.sin() + lasting(t) + shock + EFFECT * now);
            }
        }
        let post = time.iter().map(|t| f64::from(*t > 0.0)).collect();
        let frame = Frame::new().add_real("unit", unit)?.add_real("time", time)?.add_real("post", post)?;
        frame.add_real("treated", treated)?.add_real("status", status)?.add_real("y", y)
    }
}
