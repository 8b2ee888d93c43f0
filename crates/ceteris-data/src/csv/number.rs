//! Which fields are numbers.
//!
//! ```text
//! number     = ["+" / "-"] (digits ["." *digit] / "." digits) [("e" / "E") ["+" / "-"] digits]
//!            / ["+" / "-"] ("inf" / "infinity")                      in any case
//! identifier = a number with a zero before another digit ("007"), or a whole number beyond 2^53
//! ```
//!
//! A column of identifiers is a category, because as real numbers they would lose digits. Blanks
//! around a number are ignored. Text such as "12,3", "1 000" or "5%" is not a number.

use crate::whole::LARGEST_WHOLE;

/// The number in a field; `None` for text and for identifiers.
pub(crate) fn measure(field: &[u8]) -> Option<f64> {
    let field = field.trim_ascii();
    if is_identifier(field) { None } else { number(field) }
}

/// The number in a field, also if it may be an identifier; `None` for text.
pub(crate) fn number(field: &[u8]) -> Option<f64> {
    let field = field.trim_ascii();
    if !matches!(field.first()?, b'0'..=b'9' | b'+' | b'-' | b'.' | b'i' | b'I') {
        return None;
    }
    let value: f64 = std::str::from_utf8(field).ok()?.parse().ok()?;
    (!value.is_nan()).then_some(value)
}

/// One for a word that says "true" and zero for one that says "false", in any case; `None` for other text.
pub(crate) fn truth(field: &[u8]) -> Option<f64> {
    const WORDS: [(&str, f64); 8] = [
        ("true", 1.0),
        ("t", 1.0),
        ("yes", 1.0),
        ("y", 1.0),
        ("false", 0.0),
        ("f", 0.0),
        ("no", 0.0),
        ("n", 0.0),
    ];
    let is_meant = |(word, _): &&(&str, f64)| field.trim_ascii().eq_ignore_ascii_case(word.as_bytes());
    WORDS.iter().find(is_meant).map(|(_, value)| *value)
}

fn is_identifier(field: &[u8]) -> bool {
    /// No number of fewer digits is beyond 2^53.
    const DIGITS: usize = 16;
    let digits = match field {
        [b'+' | b'-', rest @ ..] => rest,
        all => all,
    };
    if let [b'0', b'0'..=b'9', ..] = digits {
        return true;
    }
    digits.len() >= DIGITS
        && digits.iter().all(u8::is_ascii_digit)
        && std::str::from_utf8(digits)
            .is_ok_and(|text| text.parse().map_or(true, |whole: u64| whole > LARGEST_WHOLE))
}

/// Writes a number so that [`measure`] reads the same bits.
pub(crate) fn write(value: f64, out: &mut impl std::io::Write) -> std::io::Result<()> {
    /// Beyond these sizes, zeros would be most of the digits.
    const PLAIN: std::ops::Range<f64> = 1e-5..1e16;
    let size = value.abs();
    let whole = size.fract() == 0.0;
    if whole && size <= LARGEST_WHOLE as f64 || !whole && PLAIN.contains(&size) || !size.is_finite() {
        write!(out, "{value}")
    } else {
        write!(out, "{value:e}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_with_sign_exponent_and_blanks() {
        for (text, value) in [
            ("12.5", 12.5),
            (" -3 ", -3.0),
            ("+.5", 0.5),
            ("7.", 7.0),
            ("1E-3", 1e-3),
            ("0", 0.0),
            ("-0.25", -0.25),
            ("9007199254740992", 9007199254740992.0),
            ("-Inf", f64::NEG_INFINITY),
        ] {
            assert_eq!(measure(text.as_bytes()), Some(value), "{text}");
        }
    }

    #[test]
    fn text_is_not_a_number() {
        for text in ["", " ", "12,3", "1 000", "5%", "0x1F", "NaN", "nan", "-nan", "i", "1e", "--1"] {
            assert_eq!(number(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn identifiers_are_numbers_only_when_asked_for() {
        for text in ["007", "-01", "00.5", "9007199254740993", "12345678901234567890123"] {
            assert_eq!(measure(text.as_bytes()), None, "{text}");
            assert!(number(text.as_bytes()).is_some(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_to_the_same_bits(bits in any::<u64>(), whole in any::<i64>()) {
            for value in [f64::from_bits(bits), whole as f64] {
                prop_assume!(!value.is_nan());
                let mut text = Vec::new();
                write(value, &mut text).expect("a vector takes all");
                prop_assert_eq!(measure(&text).map(f64::to_bits), Some(value.to_bits()));
            }
        }
    }
}
