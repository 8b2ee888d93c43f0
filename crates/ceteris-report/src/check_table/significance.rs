//! How many coefficients are significant: by their stars, by their intervals, by b and SE.

use serde::Serialize;

use super::infer::Implied;
use super::stars::TableStars;
use super::{Range, Row};

/// Counts of coefficients that are significant at `size`, three ways.
///
/// # Example
/// ```
/// use ceteris_report::check_table::CheckReport;
///
/// let dose = CheckReport::published().dose.significance;
/// assert_eq!((dose.coefficients, dose.starred), (89, 13));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Significance {
    /// The size of the tests, 0.05 say.
    pub size: f64,
    /// Estimates with stars, or with numbers that imply a p.
    pub coefficients: usize,
    /// Those with any star.
    pub starred: usize,
    /// Those whose stars claim p < `size` by the convention of their table.
    pub by_stars: usize,
    /// Those whose printed interval excludes zero.
    pub by_interval: usize,
    /// Those whose p, from b and the implied SE, is below `size`.
    pub by_std_error: usize,
    /// Those on which these do not all agree.
    pub disagreements: Vec<Disagreement>,
}

/// A coefficient that is significant by one criterion and not by another; `None` where a criterion
/// cannot tell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Disagreement {
    /// Its table.
    pub table: String,
    /// Its row.
    pub name: String,
    /// Its stars.
    pub stars: usize,
    /// Whether they claim p < `size` by the table's convention.
    pub by_stars: Option<bool>,
    /// Whether the interval excludes zero.
    pub by_interval: Option<bool>,
    /// Whether p from b and the implied SE is below `size`.
    pub by_std_error: Option<bool>,
    /// That p.
    pub p_value: Option<Range>,
}

impl Significance {
    /// Counts the rows with an estimate that something says of whether it is significant.
    pub(super) fn of<'a>(
        rows: impl IntoIterator<Item = (&'a Row, &'a Implied)>,
        tables: &[TableStars],
        size: f64,
    ) -> Self {
        let judged = rows.into_iter().filter(|(row, implied)| {
            row.estimate.is_some() && (row.stars.is_some() || implied.p_value.is_some())
        });
        let judged: Vec<Disagreement> =
            judged.map(|(row, implied)| Disagreement::of(row, implied, tables, size)).collect();
        let count = |holds: fn(&Disagreement) -> bool| judged.iter().filter(|row| holds(row)).count();
        Self {
            size,
            coefficients: judged.len(),
            starred: count(|row| row.stars > 0),
            by_stars: count(|row| row.by_stars == Some(true)),
            by_interval: count(|row| row.by_interval == Some(true)),
            by_std_error: count(|row| row.by_std_error == Some(true)),
            disagreements: judged.into_iter().filter(Disagreement::is_one).collect(),
        }
    }
}

impl Disagreement {
    fn of(row: &Row, implied: &Implied, tables: &[TableStars], size: f64) -> Self {
        let convention = tables.iter().find(|table| table.table == row.table);
        Self {
            table: row.table.clone(),
            name: row.name.clone(),
            stars: row.stars.unwrap_or(0),
            by_stars: row.stars.and_then(|stars| convention?.claims(stars, size)),
            by_interval: excludes_zero(row),
            by_std_error: implied.p_value.and_then(|p| below(p, size)),
            p_value: implied.p_value,
        }
    }

    /// Whether two of the criteria give different answers. Any star counts as an answer too: a
    /// text may count stars without looking at what they mean.
    fn is_one(&self) -> bool {
        let starred = (self.by_stars.is_some() || self.stars > 0).then_some(self.stars > 0);
        let answers = [starred, self.by_stars, self.by_interval, self.by_std_error];
        answers.contains(&Some(true)) && answers.contains(&Some(false))
    }
}

/// Whether a printed interval excludes zero; `None` if an end may be on either side of it.
fn excludes_zero(row: &Row) -> Option<bool> {
    let (low, high) = (row.low.as_ref()?.range(), row.high.as_ref()?.range());
    if low.low > 0.0 || high.high < 0.0 {
        return Some(true);
    }
    (low.high <= 0.0 && high.low >= 0.0).then_some(false)
}

/// Whether all of p lies below `size`, or none.
fn below(p: Range, size: f64) -> Option<bool> {
    if p.high < size {
        return Some(true);
    }
    (p.low >= size).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(low: &str, high: &str) -> Row {
        Row { low: low.parse().ok(), high: high.parse().ok(), ..Row::new("x") }
    }

    #[test]
    fn an_interval_excludes_zero_if_no_rounding_can_change_that() {
        for (low, high, excluded) in [
            ("0.1", "0.3", Some(true)),
            ("-0.3", "-0.1", Some(true)),
            ("-0.3", "0.1", Some(false)),
            ("0.0", "0.3", None),
            ("-0.3", "-0.0", None),
        ] {
            assert_eq!(excludes_zero(&row(low, high)), excluded, "[{low}, {high}]");
        }
        assert_eq!(below(Range { low: 0.04, high: 0.06 }, 0.05), None);
    }
}
