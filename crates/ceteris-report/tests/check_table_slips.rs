//! On rows that are rounded estimates no row is called incoherent, and slips of the pen are found.
//!
//! The rows are made from b, SE and degrees of freedom (few, many, or the normal) by the t distribution of the core and
//! rounded; nothing of the check is used to make them.

use ceteris::special::student;
use ceteris_report::check_table::{CheckTable, PrintedNumber, Row, Severity};

/// Splitmix64 (Steele, Lea and Flood 2014, figure 17).
struct Draws(u64);

impl Draws {
    fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.bits() % n
    }

    fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.bits() >> 11) as f64 / (1u64 << 53) as f64
    }
}

fn printed(value: f64, decimals: usize) -> Option<PrintedNumber> {
    PrintedNumber::new(value, decimals).ok()
}

/// A row as a table prints it: b, SE, t, p and the 95 % interval, degrees of freedom on some.
fn made(draws: &mut Draws) -> Row {
    let std_error = 10f64.powf(draws.uniform(-1.5, 0.5));
    let b = std_error * draws.uniform(-5.0, 5.0);
    let dof = match draws.below(4) {
        0 => 2.0 + draws.below(8) as f64,
        1 => 10.0 + draws.below(30) as f64,
        2 => 40.0 + draws.below(5000) as f64,
        _ => 1e12, // the normal
    };
    let decimals = 2 + draws.below(3) as usize;
    let half = std_error * student::quantile(0.975, dof);
    let t = b / std_error;
    Row {
        estimate: printed(b, decimals),
        std_error: printed(std_error, decimals),
        statistic: printed(t, 2),
        p_value: printed(student::two_sided(t, dof), 3),
        low: printed(b - half, decimals),
        high: printed(b + half, decimals),
        dof_residual: if dof < 1e6 && draws.below(2) == 0 { printed(dof, 0) } else { None },
        ..Row::new("made")
    }
}

fn without_some(row: Row, draws: &mut Draws) -> Row {
    let bits = draws.bits();
    let keep = |number: Option<PrintedNumber>, bit: u64| number.filter(|_| bits >> bit & 1 == 1);
    Row {
        estimate: keep(row.estimate, 0),
        std_error: keep(row.std_error, 1),
        statistic: keep(row.statistic, 2),
        p_value: keep(row.p_value, 3),
        low: keep(row.low, 4),
        high: keep(row.high, 4),
        ..row
    }
}

fn worst(row: &Row) -> (Severity, String) {
    let checked = CheckTable::of(std::slice::from_ref(row), None);
    let mut worst = (Severity::Coherent, String::new());
    for (_, finding) in checked.findings() {
        let graver = finding.severity == Severity::Incoherent
            || (finding.severity == Severity::Suspicious && worst.0 == Severity::Coherent);
        if graver {
            worst = (finding.severity, finding.sentence.clone());
        }
    }
    worst
}

/// The number after a slip of the pen: sign lost, point moved, two neighbouring digits exchanged, or one digit wrong.
fn slipped(number: &PrintedNumber, draws: &mut Draws) -> Option<PrintedNumber> {
    let decimals = usize::try_from(number.decimals()).ok()?;
    let value = number.value();
    if value == 0.0 {
        return None;
    }
    let slip = match draws.below(4) {
        0 => printed(-value, decimals),
        1 => printed(value / 10.0, decimals + 1),
        2 => exchanged(&format!("{value:.decimals$}"), draws).and_then(|text| text.parse().ok()),
        _ => {
            let place = draws.below(2) as i32; // the first or the second digit
            let unit = 10f64.powi(value.abs().log10().floor() as i32 - place);
            printed(value + unit * (1 + draws.below(4)) as f64, decimals)
        }
    };
    slip.filter(|slip| slip.value() != value)
}

fn exchanged(text: &str, draws: &mut Draws) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    let differs = |&at: &usize| {
        bytes[at].is_ascii_digit() && bytes[at + 1].is_ascii_digit() && bytes[at] != bytes[at + 1]
    };
    let places: Vec<usize> = (0..bytes.len() - 1).filter(differs).collect();
    let at = *places.get(draws.below(places.len().max(1) as u64) as usize)?;
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).ok()
}

#[test]
fn no_row_that_is_rounded_is_incoherent() {
    /// A row takes up to 30 ms; of 4,000 none was incoherent either.
    const ROWS: usize = 1000;
    let mut draws = Draws(1);
    for _ in 0..ROWS {
        let row = made(&mut draws);
        let row = without_some(row, &mut draws);
        let (severity, sentence) = worst(&row);
        assert_ne!(severity, Severity::Incoherent, "{sentence}: {row:?}");
    }
}

#[test]
fn slips_of_the_pen_are_found() {
    const SLIPS: usize = 600;
    const FOUND: usize = 520;
    let mut draws = Draws(2);
    let (mut made_slips, mut found, mut missed) = (0, 0, Vec::new());
    while made_slips < SLIPS {
        let mut row = made(&mut draws);
        let place = draws.below(6);
        let field = match place {
            0 => &mut row.estimate,
            1 => &mut row.std_error,
            2 => &mut row.statistic,
            3 => &mut row.p_value,
            4 => &mut row.low,
            _ => &mut row.high,
        };
        let Some(slip) = field.as_ref().and_then(|number| slipped(number, &mut draws)) else { continue };
        *field = Some(slip);
        made_slips += 1;
        match worst(&row).0 {
            Severity::Coherent => missed.push((place, row)),
            _ => found += 1,
        }
    }
    assert!(found >= FOUND, "{found} of {SLIPS} found; missed, for example: {:#?}", &missed[..3]);
}
