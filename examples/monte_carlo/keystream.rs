//! Normal numbers that depend on a counter and on nothing else.
//!
//! ```text
//! z = Phi^-1((u + 1/2) / 2^53),   u 53 bits of the ChaCha8 stream (scenario, times before, replication)
//! ```

use ceteris::special::normal;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The key of every stream.
pub(crate) const SEED: &[u8; 32] = b"ceteris/monte_carlo/v1/seed-2024";

/// Replications of one cell have streams next to each other.
const REPLICATION_BITS: u32 = 32;
/// Times before treatment are fewer than 2^16.
const TIME_BITS: u32 = 16;

/// The numbers of one replication.
pub(crate) struct Keystream(ChaCha8Rng);

impl Keystream {
    /// The stream of a replication of a scenario with so many times before treatment.
    pub(crate) fn new(scenario: u8, before: usize, replication: u64) -> Self {
        let mut words = ChaCha8Rng::from_seed(*SEED);
        let cell = u64::from(scenario) << TIME_BITS | before as u64;
        words.set_stream(cell << REPLICATION_BITS | replication);
        Self(words)
    }

    /// A standard normal number.
    pub(crate) fn normal(&mut self) -> f64 {
        let bits = self.0.next_u64() >> (u64::BITS - f64::MANTISSA_DIGITS);
        normal::quantile((bits as f64 + 0.5) / (1u64 << f64::MANTISSA_DIGITS) as f64)
    }
}
