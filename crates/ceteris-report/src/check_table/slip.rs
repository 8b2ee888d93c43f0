//! Slips of the pen: which single change to a printed number makes it agree with its neighbours?
//!
//! A repair is a candidate, not a verdict: another number may be the wrong one.

use serde::Serialize;

use super::{PrintedNumber, Quantity};

/// A usual slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Slip {
    /// The decimal point is one place off.
    DecimalPoint,
    /// The sign is wrong or was left out.
    Sign,
    /// Two neighbouring digits changed places.
    Transposed,
    /// A bound (`<0.001`) is printed as a value.
    BoundAsValue,
}

impl Slip {
    fn words(self) -> &'static str {
        match self {
            Slip::DecimalPoint => "decimal point one place off",
            Slip::Sign => "wrong sign",
            Slip::Transposed => "two digits transposed",
            Slip::BoundAsValue => "a bound printed as a value",
        }
    }
}

/// One change that would make the numbers cohere.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Repair {
    /// The number to change.
    pub quantity: Quantity,
    /// What it is changed to.
    pub instead: PrintedNumber,
    /// The slip that this undoes.
    pub slip: Slip,
}

impl std::fmt::Display for Repair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} = {} ({})", self.quantity, self.instead, self.slip.words())
    }
}

/// Every single change under which `coherent` holds; it is given the numbers in their order.
pub(super) fn repairs(
    numbers: &[(Quantity, &PrintedNumber)],
    coherent: impl Fn(&[PrintedNumber]) -> bool,
) -> Vec<Repair> {
    let mut changed: Vec<PrintedNumber> = numbers.iter().map(|(_, number)| (*number).clone()).collect();
    let mut found: Vec<Repair> = Vec::new();
    for (i, &(quantity, number)) in numbers.iter().enumerate() {
        for (slip, instead) in candidates(quantity, number) {
            changed[i] = instead.clone();
            if coherent(&changed) && !is_known(&found, quantity, &instead) {
                found.push(Repair { quantity, instead, slip });
            }
        }
        changed[i] = number.clone();
    }
    found
}

/// Whether the same change was found already: 0.2 and 0.20 are one.
fn is_known(found: &[Repair], quantity: Quantity, instead: &PrintedNumber) -> bool {
    found.iter().any(|repair| repair.quantity == quantity && repair.instead.value() == instead.value())
}

/// The bounds that journals ask for in the place of a small p.
const USUAL_BOUNDS: [f64; 6] = [0.1, 0.05, 0.01, 0.005, 0.001, 0.0001];

/// What may have been meant by a printed number.
fn candidates(quantity: Quantity, number: &PrintedNumber) -> Vec<(Slip, PrintedNumber)> {
    if number.is_bound() {
        return Vec::new();
    }
    let shifted = shifted(number).into_iter().map(|instead| (Slip::DecimalPoint, instead));
    let sign = unsigned_or_signed(number).map(|instead| (Slip::Sign, instead));
    let transposed = transposed(number).into_iter().map(|instead| (Slip::Transposed, instead));
    let is_usual = quantity == Quantity::PValue && USUAL_BOUNDS.contains(&number.value());
    let bound = is_usual.then(|| format!("<{number}").parse().ok()).flatten();
    let bound = bound.map(|instead| (Slip::BoundAsValue, instead));
    shifted.chain(sign).chain(transposed).chain(bound).collect()
}

/// The same digits with the point one place to either side. To the right only from two digits on:
/// one digit alone, blown up by ten, would agree with nearly everything.
fn shifted(number: &PrintedNumber) -> Vec<PrintedNumber> {
    let Ok(decimals) = usize::try_from(number.decimals()) else {
        return Vec::new();
    };
    let left = PrintedNumber::new(number.value() / 10.0, decimals + 1).ok();
    let right = match decimals.checked_sub(1) {
        Some(fewer) if number.significant() >= 2 => PrintedNumber::new(number.value() * 10.0, fewer).ok(),
        _ => None,
    };
    left.into_iter().chain(right).collect()
}

fn unsigned_or_signed(number: &PrintedNumber) -> Option<PrintedNumber> {
    let text = number.to_string();
    match text.strip_prefix('-') {
        Some(unsigned) => unsigned.parse().ok(),
        None => format!("-{}", text.trim_start_matches('+')).parse().ok(),
    }
}

/// Every exchange of two neighbouring digits, across the decimal point too.
fn transposed(number: &PrintedNumber) -> Vec<PrintedNumber> {
    let text: Vec<char> = number.to_string().chars().collect();
    let end = text.iter().position(|c| matches!(c, 'e' | 'E')).unwrap_or(text.len());
    let digits: Vec<usize> = (0..end).filter(|&i| text[i].is_ascii_digit()).collect();
    let neighbours = digits.windows(2).filter(|pair| text[pair[0]] != text[pair[1]]);
    let exchanged = neighbours.filter_map(|pair| {
        let mut text = text.clone();
        text.swap(pair[0], pair[1]);
        text.into_iter().collect::<String>().parse().ok()
    });
    exchanged.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(quantity: Quantity, text: &str) -> Vec<String> {
        let number: PrintedNumber = text.parse().expect("a number");
        candidates(quantity, &number).into_iter().map(|(_, instead)| instead.to_string()).collect()
    }

    #[test]
    fn candidates_are_one_slip_away() {
        assert_eq!(texts(Quantity::F, "9.4"), ["0.94", "94", "-9.4", "4.9"]);
        assert_eq!(texts(Quantity::PValue, "0.001"), ["0.0001", "-0.001", "0.010", "<0.001"]);
        assert_eq!(texts(Quantity::Estimate, "-12"), ["-1.2", "12", "-21"]);
        assert!(texts(Quantity::PValue, "<0.001").is_empty());
        assert!(!texts(Quantity::PValue, "0.3316").contains(&"<0.3316".to_owned()));
    }

    #[test]
    fn only_changes_that_help_are_repairs() {
        let (first, second): (PrintedNumber, PrintedNumber) =
            ("1.5".parse().expect("a number"), "15".parse().expect("a number"));
        let numbers = [(Quantity::Estimate, &first), (Quantity::AlsoPrinted, &second)];
        let equal = |n: &[PrintedNumber]| n[0].range().meets(n[1].range());
        let found: Vec<String> = repairs(&numbers, equal).iter().map(Repair::to_string).collect();
        assert_eq!(found[0], "b = 15 (decimal point one place off)");
        assert_eq!(found.len(), 2);
    }
}
