//! Panels with a known process, from a fixed seed.

use ceteris::{Frame, Index};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(crate) const INDEX: Index<'static> = Index { unit: "unit", time: "time" };

/// Numbers that are the same on every machine.
pub(crate) struct Numbers(ChaCha8Rng);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// Uniform on (0, 1).
    pub(crate) fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Standard normal.
    pub(crate) fn normal(&mut self) -> f64 {
        ceteris::special::normal::quantile(self.uniform())
    }
}

/// One row of a panel.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    pub(crate) unit: usize,
    pub(crate) time: usize,
    pub(crate) treated: bool,
    pub(crate) y: f64,
}

pub(crate) fn frame(rows: &[Row]) -> Frame {
    let column = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).collect::<Vec<f64>>();
    Frame::new()
        .add_real("unit", column(&|row| row.unit as f64))
        .and_then(|f| f.add_real("time", column(&|row| row.time as f64)))
        .and_then(|f| f.add_real("treated", column(&|row| f64::from(u8::from(row.treated)))))
        .and_then(|f| f.add_real("y", column(&|row| row.y)))
        .unwrap()
}
