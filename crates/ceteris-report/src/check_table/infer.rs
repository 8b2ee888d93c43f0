//! What the printed numbers imply: standard error, degrees of freedom, level.
//!
//! ```text
//! SE  in  printed SE,  |b| / |t|,  h / c(level, df)      h = half the interval's width
//! p   in  [ 2 P(T > |t|high; df), 2 P(T > |t|low; df) ]
//! df  :   the p of some df in [2, infinity] meets the printed p       (infinity: the normal)
//! level : c = h / SE meets the quantile of that level for some df in [2, infinity]
//! ```
//!
//! c(level, df) is the (1 + level) / 2 quantile of t. Both p and c fall as df grows, so each set of
//! df is an interval and bisection on 1 / df finds its ends.

use ceteris::special::student;
use serde::Serialize;

use super::row::{PROBABILITY, Ranges};
use super::{Range, Row};

/// Fewer degrees of freedom than these are not considered unless stated: with one, nearly any p follows
/// from any t, and nothing could be found wrong.
pub const LEAST_DOF: f64 = 2.0;
/// From here on a table need not state its degrees of freedom: t quantiles at 95 % are within 5 % of
/// the normal's.
pub const MANY_DOF: f64 = 30.0;
/// Levels that are used without being stated.
pub const USUAL_LEVELS: [f64; 3] = [0.90, 0.95, 0.99];
/// The level of an interval that nothing else is known of.
pub const DEFAULT_LEVEL: f64 = 0.95;
/// Halvings of [0, 1/2]: far finer than any printed digit.
const HALVINGS: usize = 40;

/// What a row implies, each from all printed numbers that bear on it.
///
/// # Example
/// ```
/// use ceteris_report::check_table::{CheckTable, Row};
///
/// let row = Row {
///     estimate: Some("-0.720".parse()?),
///     low: Some("-1.036".parse()?),
///     high: Some("-0.404".parse()?),
///     ..Row::new("Model 1")
/// };
/// let checked = CheckTable::of(&[row], None);
/// let std_error = checked.rows[0].implied.std_error.expect("an interval implies one");
/// assert!(std_error.low < 0.1612 && 0.1612 < std_error.high);
/// # Ok::<(), ceteris_report::check_table::NotANumber>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Implied {
    /// SE that all numbers agree on; `None` if they disagree or say nothing.
    pub std_error: Option<Range>,
    /// |t| = |b| / SE.
    pub statistic: Option<Range>,
    /// Two-sided p of b, by the stated degrees of freedom or by 30 and more.
    pub p_value: Option<Range>,
    /// Degrees of freedom that lead from t to the printed p.
    pub dof: Option<Range>,
    /// Levels that lead from SE to the printed interval.
    pub levels: Vec<Level>,
}

/// A confidence level, and the degrees of freedom under which it gives the printed interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Level {
    /// 0.95 say.
    pub level: f64,
    /// An infinite end includes the normal distribution.
    pub dof: Range,
}

/// Degrees of freedom of which nothing is known but that they are many.
pub(super) const UNSTATED: Range = Range { low: MANY_DOF, high: f64::INFINITY };

impl Implied {
    pub(super) fn of(ranges: &Ranges, level: Option<f64>) -> Self {
        let dof = ranges.dof.unwrap_or(UNSTATED);
        let std_error = std_error(ranges, level.unwrap_or(DEFAULT_LEVEL), dof);
        let quotient = || Some(ranges.estimate?.magnitude().over(std_error?));
        let statistic = ranges.statistic.map(Range::magnitude).or_else(quotient);
        let printed = ranges.size().zip(ranges.p_value);
        Self {
            std_error,
            statistic,
            p_value: p_of(ranges, level.unwrap_or(DEFAULT_LEVEL), dof),
            dof: printed.and_then(|(size, p)| dof_of_p(size, p)),
            levels: levels(ranges, level),
        }
    }
}

/// The same p if nothing is known of the degrees of freedom, not even that they are many.
pub(super) fn p_with_any_dof(row: &Row, ranges: &Ranges) -> Option<Range> {
    let dof = ranges.dof.unwrap_or(Range { low: LEAST_DOF, high: f64::INFINITY });
    p_of(ranges, row.level.unwrap_or(DEFAULT_LEVEL), dof)
}

/// The p of a row's coefficient, but not from its printed p.
fn p_of(ranges: &Ranges, level: f64, dof: Range) -> Option<Range> {
    let from_interval = || Some(p_from_interval(ranges.estimate?, ranges.half?, level, dof));
    ranges.size().map(|size| p_value(size, dof)).or_else(from_interval)
}

/// What all sources of the standard error share.
fn std_error(ranges: &Ranges, level: f64, dof: Range) -> Option<Range> {
    let from_statistic = || Some(ranges.estimate?.magnitude().over(ranges.statistic?.magnitude()));
    let from_interval = || Some(ranges.half?.over(critical(level, dof)));
    let sources = [ranges.std_error, from_statistic(), from_interval()];
    let mut sources = sources.into_iter().flatten();
    let first = sources.next()?;
    sources.try_fold(first, Range::shared)
}

/// Every level, stated or usual, that some degrees of freedom reconcile with SE and interval.
fn levels(ranges: &Ranges, stated: Option<f64>) -> Vec<Level> {
    let from_statistic = || Some(ranges.estimate?.magnitude().over(ranges.statistic?.magnitude()));
    let Some((half, std_error)) = ranges.half.zip(ranges.std_error.or_else(from_statistic)) else {
        return Vec::new();
    };
    let found = candidates(stated)
        .into_iter()
        .filter_map(|level| dof_of_critical(half.over(std_error), level).map(|dof| Level { level, dof }));
    found.collect()
}

/// The stated level, or the usual ones.
pub(super) fn candidates(stated: Option<f64>) -> Vec<f64> {
    stated.map_or_else(|| USUAL_LEVELS.to_vec(), |level| vec![level])
}

/// c(level, df) over a range of degrees of freedom.
pub(super) fn critical(level: f64, dof: Range) -> Range {
    let at = |dof: f64| student::quantile((1.0 + level) / 2.0, dof);
    Range { low: at(dof.high), high: at(dof.low) }
}

/// Two-sided p over ranges of |t| and degrees of freedom.
pub(super) fn p_value(size: Range, dof: Range) -> Range {
    Range { low: student::two_sided(size.high, dof.high), high: student::two_sided(size.low, dof.low) }
        .clamp(PROBABILITY)
}

/// Two-sided p of an estimate with an interval: t = |b| c / h with the c of the same df.
///
/// For a fixed |b| / h, p changes in one direction as df grows, so the ends of the range will do.
pub(super) fn p_from_interval(estimate: Range, half: Range, level: f64, dof: Range) -> Range {
    let at = |dof: f64| {
        let quantile = student::quantile((1.0 + level) / 2.0, dof);
        p_value(estimate.magnitude().over(half).times(quantile), Range::point(dof))
    };
    at(dof.low).hull(at(dof.high))
}

/// Degrees of freedom whose p for some |t| in `size` meets `p`.
pub(super) fn dof_of_p(size: Range, p: Range) -> Option<Range> {
    between(
        |dof| student::two_sided(size.high, dof), // the smallest p there
        |dof| student::two_sided(size.low, dof),
        p,
    )
}

/// Degrees of freedom whose c(level, df) meets `ratio`.
pub(super) fn dof_of_critical(ratio: Range, level: f64) -> Option<Range> {
    let quantile = |dof: f64| student::quantile((1.0 + level) / 2.0, dof);
    between(quantile, quantile, ratio)
}

/// The df in [2, infinity] with `smallest(df) <= wanted.high` and `largest(df) >= wanted.low`; both
/// functions fall as df grows.
fn between(smallest: impl Fn(f64) -> f64, largest: impl Fn(f64) -> f64, wanted: Range) -> Option<Range> {
    let most = 1.0 / LEAST_DOF; // in u = 1 / df, where both functions rise
    let low_enough = |u: f64| smallest(1.0 / u) <= wanted.high;
    let high_enough = |u: f64| largest(1.0 / u) >= wanted.low;
    if !low_enough(0.0) || !high_enough(most) {
        return None;
    }
    let highest = if low_enough(most) { most } else { boundary(low_enough, most) };
    let lowest = if high_enough(0.0) { 0.0 } else { boundary(|u| !high_enough(u), most) };
    (lowest <= highest).then(|| Range { low: 1.0 / highest, high: 1.0 / lowest })
}

/// The u up to which a condition holds, which holds at 0 and not at `most`.
fn boundary(holds: impl Fn(f64) -> bool, most: f64) -> f64 {
    let (mut inside, mut outside) = (0.0, most);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(inside, outside);
        if holds(middle) {
            inside = middle;
        } else {
            outside = middle;
        }
    }
    inside
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(value: f64, part: f64) -> Range {
        Range { low: value * (1.0 - part), high: value * (1.0 + part) }
    }

    #[test]
    fn the_degrees_of_freedom_behind_a_p_are_found() {
        let p = student::two_sided(2.5, 12.0);
        let dof = dof_of_p(around(2.5, 1e-5), around(p, 1e-5)).expect("twelve");
        assert!(dof.contains(12.0) && dof.high - dof.low < 0.1, "{dof:?}");
        let normal = dof_of_p(around(2.0, 1e-2), around(0.0455, 1e-2)).expect("the normal");
        assert_eq!(normal.high, f64::INFINITY);
        assert_eq!(dof_of_p(around(2.0, 1e-3), around(0.3, 1e-3)), None);
        assert_eq!(dof_of_p(around(2.0, 1e-3), around(0.01, 1e-3)), None);
    }

    #[test]
    fn the_level_behind_an_interval_is_found() {
        assert!(dof_of_critical(around(1.96, 1e-2), 0.95).is_some_and(|dof| dof.high.is_infinite()));
        assert!(dof_of_critical(around(1.645, 1e-3), 0.95).is_none());
        assert!(dof_of_critical(around(19.6, 1e-2), 0.99).is_none());
        let ten = dof_of_critical(around(2.228, 1e-3), 0.95).expect("ten");
        assert!(ten.contains(10.0) && ten.high < 11.0);
    }

    #[test]
    fn sources_that_disagree_imply_no_standard_error() {
        let ranges = Ranges {
            estimate: Some(around(1.0, 1e-3)),
            std_error: Some(around(0.5, 1e-3)),
            statistic: Some(around(2.0, 1e-3)),
            ..Ranges::default()
        };
        assert!(Implied::of(&ranges, None).std_error.is_some());
        let wrong = Ranges { statistic: Some(around(3.0, 1e-3)), ..ranges };
        assert_eq!(Implied::of(&wrong, None).std_error, None);
    }
}
