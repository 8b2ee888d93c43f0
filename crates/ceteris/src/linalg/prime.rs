//! Arithmetic modulo the prime p = 2^61 - 1, exact where doubles would round.
//!
//! x mod p for x < 2^122 is the sum of its low and high 61 bits, once or twice. Inverses are powers:
//! x^(p - 2) = 1 / x (Fermat). The rank of a matrix of integers modulo p never exceeds its rank.

/// 2^61 - 1, a Mersenne prime.
pub(crate) const P: u64 = (1 << 61) - 1;

/// x + y
pub(crate) fn add(x: u64, y: u64) -> u64 {
    let sum = x + y;
    if sum >= P { sum - P } else { sum }
}

/// -x
pub(crate) fn negate(x: u64) -> u64 {
    if x == 0 { 0 } else { P - x }
}

/// x y
pub(crate) fn times(x: u64, y: u64) -> u64 {
    let product = u128::from(x) * u128::from(y);
    add((product as u64) & P, (product >> 61) as u64)
}

/// 1 / x for x != 0
pub(crate) fn inverse(x: u64) -> u64 {
    let (mut power, mut square, mut exponent) = (1, x, P - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = times(power, square);
        }
        square = times(square, square);
        exponent >>= 1;
    }
    power
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_is_one() {
        for x in [1, 2, 3, 1 << 60, P - 1, 1_234_567_890_123_457] {
            assert_eq!(times(x, inverse(x)), 1, "{x}");
            assert_eq!(add(x, negate(x)), 0, "{x}");
            assert_eq!(u128::from(times(x, x)), u128::from(x) * u128::from(x) % u128::from(P), "{x}");
        }
        assert_eq!(times(P - 1, P - 1), 1); // (-1)(-1)
    }
}
