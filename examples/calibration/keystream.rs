//! Random numbers that depend on a counter and on nothing else.
//!
//! ```text
//! z = Phi^-1((u + 1/2) / 2^53),   u 53 bits of the ChaCha8 stream (design, size, replication)
//! ```

use ceteris::special::normal;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The key of every stream.
pub(crate) const SEED: &[u8; 32] = b"ceteris/calibration/v1/seed-2024";

/// Replications of one design and size have streams next to each other.
const REPLICATIONS_BITS: u32 = 32;
/// Sizes are below 2^24, and so leave eight bits to the design.
const SIZE_BITS: u32 = 24;

/// The numbers of one replication.
pub(crate) struct Keystream(ChaCha8Rng);

impl Keystream {
    /// The stream of a replication of the design with this number at this size.
    pub(crate) fn new(design: u8, size: usize, replication: u64) -> Self {
        let mut words = ChaCha8Rng::from_seed(*SEED);
        let cell = u64::from(design) << SIZE_BITS | size as u64;
        words.set_stream(cell << REPLICATIONS_BITS | replication);
        Self(words)
    }

    /// A standard normal number.
    pub(crate) fn normal(&mut self) -> f64 {
        normal::quantile(self.uniform())
    }

    /// `count` of the numbers 0 to n - 1, each set as likely as any other, in any order.
    pub(crate) fn choose(&mut self, count: usize, n: usize) -> Vec<usize> {
        let mut pool: Vec<usize> = (0..n).collect();
        for place in 0..count {
            let rest = (n - place) as f64;
            let picked = place + (self.uniform() * rest) as usize; // below n: the product rounds down
            pool.swap(place, picked.min(n - 1));
        }
        pool.truncate(count);
        pool
    }

    /// Between 0 and 1, both excluded.
    fn uniform(&mut self) -> f64 {
        let bits = self.0.next_u64() >> (u64::BITS - f64::MANTISSA_DIGITS);
        (bits as f64 + 0.5) / (1u64 << f64::MANTISSA_DIGITS) as f64
    }
}
