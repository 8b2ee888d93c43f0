//! Cells of tables in which a number may be absent.

use ceteris_report::Cell;

/// A number; nothing where there is none, or it is infinite or not a number, which a note then says.
pub(crate) fn number(number: impl Into<Option<f64>>, decimals: u8) -> Cell {
    match number.into() {
        Some(number) if number.is_finite() => Cell::real(number, decimals),
        _ => Cell::missing(),
    }
}

/// A probability, or nothing.
pub(crate) fn p_value(probability: impl Into<Option<f64>>) -> Cell {
    match probability.into() {
        Some(probability) if probability.is_finite() => Cell::p_value(probability),
        _ => Cell::missing(),
    }
}

/// An interval, or nothing.
pub(crate) fn interval(ends: impl Into<Option<(f64, f64)>>, decimals: u8) -> Cell {
    match ends.into() {
        Some((low, high)) if low.is_finite() && high.is_finite() => Cell::interval((low, high), decimals),
        _ => Cell::missing(),
    }
}

/// `1 row`, `2 rows`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_finite_is_missing() {
        for absent in
            [number(f64::NAN, 2), number(None, 2), p_value(f64::NAN), interval((0.0, f64::INFINITY), 2)]
        {
            assert_eq!(absent, Cell::missing());
        }
        assert_eq!(number(1.5, 1), Cell::real(1.5, 1));
        assert_eq!((counted(1, "row"), counted(0, "row")), ("1 row".to_string(), "0 rows".to_string()));
    }
}
