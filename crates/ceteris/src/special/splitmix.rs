//! Whole numbers that look random, from a seed and a counter.
//!
//! z = state += 0x9e3779b97f4a7c15;  z = (z ^ z >> 30) 0xbf58476d1ce4e5b9;  z = (z ^ z >> 27) 0x94d049bb133111eb;
//! number = z ^ z >> 31   (SplitMix64: Steele, Lea and Flood 2014, OOPSLA, figure 17)
//!
//! A number below n is the high half of the 128-bit product with n; the bias is below n / 2^64.

/// A stream of numbers.
#[derive(Debug, Clone)]
pub(crate) struct SplitMix {
    state: u64,
}

impl SplitMix {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of the numbers 0 to n - 1.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// `count` of the numbers 0 to n - 1, each set as likely as any other, ascending.
    pub(crate) fn choose(&mut self, count: usize, n: usize) -> Vec<usize> {
        let mut pool: Vec<usize> = (0..n).collect();
        for place in 0..count {
            let picked = place + self.below(n - place);
            pool.swap(place, picked);
        }
        pool.truncate(count);
        pool.sort_unstable();
        pool
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_numbers_are_those_of_the_java_library() {
        // java.util.SplittableRandom(1234567).nextLong(), as listed by Rosetta Code.
        let mut numbers = SplitMix::new(1_234_567);
        assert_eq!(numbers.next(), 6_457_827_717_110_365_317);
        assert_eq!(numbers.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn every_set_comes_about_as_often() {
        let mut numbers = SplitMix::new(1);
        let mut counts = [0u32; 16];
        (0..6000).for_each(|_| {
            let set = numbers.choose(2, 4);
            counts[4 * set[0] + set[1]] += 1;
        });
        let sets: Vec<u32> = counts.iter().copied().filter(|count| *count > 0).collect();
        // Six sets of probability 1/6: a count has standard deviation 29; five of those.
        assert!(sets.len() == 6 && sets.iter().all(|count| count.abs_diff(1000) < 145));
    }
}
