//! All numbers of a row at once: one b, one SE and one number of degrees of freedom behind them.
//!
//! ```text
//! tl SE <= t SE = b <= th SE      |b| <= q(p low / 2; df) SE, |b| >= q(p high / 2; df) SE
//! b - c SE in the lower end       b + c SE in the upper end         c = c(level, df)
//! ```
//!
//! For df in an interval, q and c lie in intervals and every line is a pair of half-planes in (b, SE). An
//! interval of df whose half-planes share no point is left out, any other is halved; a row is refused
//! only if none is left, so that no rounding is taken for an error.

use ceteris::special::student;

use crate::check_table::infer::{LEAST_DOF, candidates};
use crate::check_table::row::Ranges;
use crate::check_table::slip::{Repair, repairs};
use crate::check_table::{Check, Finding, PrintedNumber, Quantity, Range, Row, Severity};

/// Halvings of 1 / df.
const HALVINGS: usize = 14;
/// Share of its terms by which a half-plane may be missed: rounding of the arithmetic.
const ROUNDING: f64 = 1e-9;

/// The finding that no true values lie behind all numbers, where there are none.
pub(super) fn findings(row: &Row, ranges: &Ranges) -> Option<Finding> {
    if is_possible(row, ranges) {
        return None;
    }
    let listed: Vec<String> =
        printed(row).iter().map(|(what, number)| format!("{what} = {number}")).collect();
    let sentence = format!("no b, SE and degrees of freedom round to all of {}", listed.join(", "));
    let finding = Finding::new(Check::Joint, Severity::Incoherent, sentence);
    Some(finding.explained(|| slips(row)))
}

/// The printed numbers of the coefficient.
fn printed(row: &Row) -> Vec<(Quantity, &PrintedNumber)> {
    let p_value = row.p_value.as_ref().filter(|_| row.f.is_none());
    let numbers = [
        (Quantity::Estimate, row.estimate.as_ref()),
        (Quantity::StdError, row.std_error.as_ref()),
        (Quantity::Statistic, row.statistic.as_ref()),
        (Quantity::PValue, p_value),
        (Quantity::Low, row.low.as_ref()),
        (Quantity::High, row.high.as_ref()),
    ];
    numbers.into_iter().filter_map(|(what, number)| Some((what, number?))).collect()
}

/// Single changes after which all numbers agree.
fn slips(row: &Row) -> Vec<Repair> {
    let numbers = printed(row);
    let held: Vec<Quantity> = numbers.iter().map(|(what, _)| *what).collect();
    repairs(&numbers, |changed| {
        let mut other = row.clone();
        for (what, number) in held.iter().zip(changed) {
            let place = match what {
                Quantity::Estimate => &mut other.estimate,
                Quantity::StdError => &mut other.std_error,
                Quantity::Statistic => &mut other.statistic,
                Quantity::PValue => &mut other.p_value,
                Quantity::Low => &mut other.low,
                _ => &mut other.high,
            };
            *place = Some(number.clone());
        }
        let ranges = Ranges::of(&other);
        let all_count = ranges.std_error.is_some() == other.std_error.is_some()
            && ranges.p_value.is_some() == other.p_value.is_some()
            && ranges.half.is_some() == (other.low.is_some() && other.high.is_some());
        all_count && is_possible(&other, &ranges)
    })
}

/// Whether some b, SE, df and level lie behind the row; the normal is always an explanation.
fn is_possible(row: &Row, ranges: &Ranges) -> bool {
    let inverse = match ranges.dof {
        Some(dof) => Range { low: 1.0 / dof.high, high: 1.0 / dof.low },
        None => Range { low: 0.0, high: 1.0 / LEAST_DOF },
    };
    let levels = candidates(row.level);
    [1.0, -1.0].into_iter().any(|sign| {
        levels.iter().any(|&level| {
            let cell = |inverse: Range| is_nonempty(&half_planes(row, ranges, sign, level, inverse));
            cell(Range::point(0.0)) || some_cell(&cell, inverse, HALVINGS)
        })
    })
}

fn some_cell(cell: &impl Fn(Range) -> bool, inverse: Range, halvings: usize) -> bool {
    if !cell(inverse) {
        return false;
    }
    let middle = f64::midpoint(inverse.low, inverse.high);
    halvings == 0
        || inverse.low == inverse.high
        || some_cell(cell, Range { high: middle, ..inverse }, halvings - 1)
        || some_cell(cell, Range { low: middle, ..inverse }, halvings - 1)
}

/// by b + by_error SE <= most.
#[derive(Debug, Clone, Copy)]
struct HalfPlane {
    by: f64,
    by_error: f64,
    most: f64,
}

/// What the numbers say of (b, SE) where `sign` b >= 0 and 1 / df lies in `inverse`.
fn half_planes(row: &Row, ranges: &Ranges, sign: f64, level: f64, inverse: Range) -> Vec<HalfPlane> {
    let (fewest, most) = (1.0 / inverse.high, 1.0 / inverse.low);
    let mut planes = Vec::with_capacity(16);
    let mut add = |by: f64, by_error: f64, most: f64| {
        if by_error.is_finite() && most.is_finite() {
            planes.push(HalfPlane { by, by_error, most });
        }
    };
    add(-sign, 0.0, 0.0);
    add(0.0, -1.0, 0.0);
    if let Some(estimate) = ranges.estimate {
        add(1.0, 0.0, estimate.high);
        add(-1.0, 0.0, -estimate.low);
    }
    if let Some(error) = ranges.std_error {
        add(0.0, 1.0, error.high);
        add(0.0, -1.0, -error.low);
    }
    if let Some(statistic) = ranges.statistic {
        // Some tables print |t|: a size without a sign says nothing of that of b.
        let statistic = if statistic.low >= 0.0 && sign < 0.0 { negative(statistic) } else { statistic };
        add(1.0, -statistic.high, 0.0);
        add(-1.0, statistic.low, 0.0);
    }
    if let Some(p) = ranges.p_value {
        add(-sign, student::quantile(1.0 - p.high / 2.0, most), 0.0);
        if p.low > 0.0 {
            add(sign, -student::quantile(1.0 - p.low / 2.0, fewest), 0.0);
        }
    }
    if let (Some(low), Some(high), Some(_)) = (&row.low, &row.high, ranges.half) {
        let quantile = |dof: f64| student::quantile((1.0 + level) / 2.0, dof);
        let (smallest, largest) = (quantile(most), quantile(fewest));
        add(1.0, -largest, low.range().high);
        add(-1.0, smallest, -low.range().low);
        add(1.0, smallest, high.range().high);
        add(-1.0, -largest, -high.range().low);
    }
    planes
}

fn negative(range: Range) -> Range {
    Range { low: -range.high, high: -range.low }
}

/// Whether the half-planes share a point: one where two of their lines cross, as they lie in a quadrant.
fn is_nonempty(planes: &[HalfPlane]) -> bool {
    let holds = |b: f64, error: f64| {
        planes.iter().all(|plane| {
            let (first, second) = (plane.by * b, plane.by_error * error);
            first + second - plane.most <= ROUNDING * (first.abs() + second.abs() + plane.most.abs())
        })
    };
    planes.iter().enumerate().any(|(i, one)| {
        planes[..i].iter().any(|two| {
            let determinant = one.by * two.by_error - two.by * one.by_error;
            determinant != 0.0
                && holds(
                    (one.most * two.by_error - two.most * one.by_error) / determinant,
                    (one.by * two.most - two.by * one.most) / determinant,
                )
        })
    })
}
