//! Random numbers that are the same on every machine.
//!
//! ```text
//! z = (u_1 + ... + u_12) / 2^32 - 6,   u 32-bit words of a ChaCha8 keystream
//! ```
//!
//! A sum of twelve uniform numbers is nearly normal with mean 0 and variance 1 (Irwin-Hall), and
//! exact in `f64`. Each component of the panel has a stream of its own, so that a new component
//! changes no old one.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::{ByYear, NYEARS};

/// What a stream is for; the numbers are part of the recipe.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stream {
    CcgSize = 1,
    Size = 2,
    Fertility = 3,
    ScreeningLevel = 4,
    BirthsLevel = 5,
    Exit = 6,
    Growth = 7,
    Special = 8,
    EligibleWomen = 20,
    Deliveries = 21,
    ScreeningSteps = 30,
    ScreeningNoise = 31,
    BirthsSteps = 32,
    BirthsNoise = 33,
    CaesareanLevel = 40,
    CaesareanNoise = 41,
}

/// The seed of the dose outcomes.
const DOSE_SEED: &[u8; 32] = b"synthetic-twin/doses/v1/00000001";

/// The keystream of one panel.
#[derive(Debug, Clone, Copy)]
pub(super) struct Keystream([u8; 32]);

impl Keystream {
    /// The keystream of a numbered panel; `number` has at most four digits.
    pub(super) fn new(number: u16) -> Self {
        let mut seed = *b"synthetic-twin/screening/v1/0000";
        let mut rest = number;
        for digit in seed.iter_mut().rev().take(4) {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        Self(seed)
    }

    /// The keystream of the dose outcomes.
    pub(super) fn of_doses() -> Self {
        Self(*DOSE_SEED)
    }

    /// Nearly normal numbers.
    pub(super) fn normals(self, stream: Stream, count: usize) -> Vec<f64> {
        self.numbered_normals(stream as u64, count)
    }

    /// Nearly normal numbers of a stream that has a number and no name.
    pub(super) fn numbered_normals(self, stream: u64, count: usize) -> Vec<f64> {
        let mut words = self.words(stream);
        (0..count).map(|_| normal(&mut words)).collect()
    }

    /// Words of a stream, in an order that is as good as random.
    pub(super) fn keys(self, stream: u64, count: usize) -> Vec<u32> {
        let mut words = self.words(stream);
        (0..count).map(|_| words.next_u32()).collect()
    }

    /// Nearly normal numbers, one a year for each practice.
    pub(super) fn normals_by_year(self, stream: Stream, practices: usize) -> Vec<ByYear<f64>> {
        let mut words = self.words(stream as u64);
        (0..practices).map(|_| std::array::from_fn::<_, NYEARS, _>(|_| normal(&mut words))).collect()
    }

    fn words(self, stream: u64) -> ChaCha8Rng {
        let mut words = ChaCha8Rng::from_seed(self.0);
        words.set_stream(stream);
        words
    }
}

fn normal(words: &mut ChaCha8Rng) -> f64 {
    let sum: u64 = (0..12).map(|_| u64::from(words.next_u32())).sum();
    sum as f64 / 4_294_967_296.0 - 6.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_ends_with_the_number_of_the_panel() {
        assert_eq!(&Keystream::new(1).0, b"synthetic-twin/screening/v1/0001");
        assert_eq!(&Keystream::new(9876).0, b"synthetic-twin/screening/v1/9876");
    }

    #[test]
    fn streams_differ_and_have_mean_zero_and_variance_one() {
        let keys = Keystream::new(1);
        let z = keys.normals(Stream::Size, 100_000);
        let mean = z.iter().sum::<f64>() / z.len() as f64;
        let variance = z.iter().map(|z| z * z).sum::<f64>() / z.len() as f64;
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
        assert_ne!(z[0], keys.normals(Stream::Fertility, 1)[0]);
        assert_eq!(z[7], keys.normals_by_year(Stream::Size, 2)[1][0]);
    }
}
