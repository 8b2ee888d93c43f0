//! Stars: which convention does a table follow, and does each row follow it?
//!
//! ```text
//! stars(p) = number of thresholds above p;   p in [low, high]  =>  stars in [stars(high), stars(low)]
//! ```
//!
//! The convention of a table, if it is not given, is the usual one with fewest misfits.

use serde::Serialize;

use super::findings::shown;
use super::{Check, Finding, Range, Severity};

/// What one, two and three stars mean.
///
/// # Example
/// ```
/// use ceteris_report::check_table::Convention;
///
/// let usual = Convention::usual();
/// assert_eq!(usual.map(|convention| convention.stars(0.03)), [2, 1]);
/// assert_eq!(Convention::new([0.05, 0.01, 0.001]).as_ref(), Some(&usual[1]));
/// assert_eq!(Convention::new([0.01, 0.05, 0.1]), None); // one star is the weakest
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Convention {
    thresholds: [f64; 3],
}

impl Convention {
    /// One star below the first threshold, two below the second, three below the third; `None`
    /// unless they are probabilities that fall.
    pub fn new(thresholds: [f64; 3]) -> Option<Self> {
        let [one, two, three] = thresholds;
        (1.0 > one && one > two && two > three && three > 0.0).then_some(Self { thresholds })
    }

    /// `*** 0.01 ** 0.05 * 0.1`, usual in economics, and `*** 0.001 ** 0.01 * 0.05`, usual in medicine.
    pub fn usual() -> [Self; 2] {
        [Self { thresholds: [0.1, 0.05, 0.01] }, Self { thresholds: [0.05, 0.01, 0.001] }]
    }

    /// The stars of a p-value.
    pub fn stars(&self, p: f64) -> usize {
        self.thresholds.iter().filter(|&&threshold| p < threshold).count()
    }

    /// Whether so many stars say p < `size`; more than three say what three say.
    pub fn claims(&self, stars: usize, size: f64) -> bool {
        let strongest = stars.min(self.thresholds.len()).checked_sub(1);
        strongest.is_some_and(|last| self.thresholds[last] <= size)
    }

    fn allows(&self, stars: usize, p: Range) -> bool {
        self.stars(p.high) <= stars && stars <= self.stars(p.low)
    }
}

impl std::fmt::Display for Convention {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [one, two, three] = self.thresholds;
        write!(f, "*** {three} ** {two} * {one}")
    }
}

/// The convention of one table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TableStars {
    /// The table.
    pub table: String,
    /// Rows with a p, printed or implied, and a column of stars.
    pub rows: usize,
    /// The conventions that fit best: one, or several that fit equally well.
    pub conventions: Vec<Convention>,
    /// Rows that do not fit, under each of those.
    pub misfits: usize,
}

impl TableStars {
    /// Whether stars say p < `size`; `None` if the best conventions disagree about that.
    pub fn claims(&self, stars: usize, size: f64) -> Option<bool> {
        let mut claims = self.conventions.iter().map(|convention| convention.claims(stars, size));
        let first = claims.next()?;
        claims.all(|claim| claim == first).then_some(first)
    }
}

/// A row with stars and p.
#[derive(Debug, Clone, Copy)]
pub(super) struct Starred {
    pub(super) stars: usize,
    pub(super) p: Range,
    /// The same with any degrees of freedom, where neither they nor p are printed.
    pub(super) widest: Range,
}

/// The convention of a table with at least one starred or starless row.
pub(super) fn of_table(table: &str, rows: &[Starred], stated: Option<Convention>) -> TableStars {
    let candidates = stated.map_or_else(|| Convention::usual().to_vec(), |stated| vec![stated]);
    let misfits = |convention: &Convention| {
        rows.iter().filter(|starred| !convention.allows(starred.stars, starred.p)).count()
    };
    let fewest = candidates.iter().map(misfits).min().unwrap_or(0);
    let conventions = candidates.into_iter().filter(|convention| misfits(convention) == fewest).collect();
    TableStars { table: table.to_owned(), rows: rows.len(), conventions, misfits: fewest }
}

/// Does a row follow its table's convention?
pub(super) fn finding(starred: &Starred, table: &TableStars, stated: bool) -> Finding {
    let Starred { stars, p, widest } = *starred;
    let printed = if stars == 0 { "no star".to_owned() } else { "*".repeat(stars) };
    let about = format!("{printed} and p = {}", shown(p));
    let fits = |convention: &&Convention| convention.allows(stars, p);
    let listed = |conventions: &[&Convention]| {
        let conventions: Vec<String> = conventions.iter().map(ToString::to_string).collect();
        conventions.join(" and ")
    };
    let fitting: Vec<&Convention> = table.conventions.iter().filter(fits).collect();
    let missed: Vec<&Convention> = table.conventions.iter().filter(|one| !fits(one)).collect();
    if missed.is_empty() {
        return Finding::new(Check::Stars, Severity::Coherent, format!("{about} fit {}", listed(&fitting)));
    }
    let usual = Convention::usual();
    let elsewhere: Vec<&Convention> =
        if stated { Vec::new() } else { usual.iter().filter(|one| fits(one)).collect() };
    if elsewhere.is_empty() && table.conventions.iter().any(|one| one.allows(stars, widest)) {
        let sentence = format!("{about} fit {} only with few degrees of freedom", listed(&missed));
        return Finding::new(Check::Stars, Severity::Suspicious, sentence);
    }
    if elsewhere.is_empty() {
        let sentence = format!("{about} do not fit {}", listed(&missed));
        return Finding::new(Check::Stars, Severity::Incoherent, sentence);
    }
    let sentence = match fitting.is_empty() {
        true => format!("{about} fit {} but not the table's {}", listed(&elsewhere), listed(&missed)),
        false => format!(
            "{about} fit {} but not {}, and other rows of the table the reverse",
            listed(&fitting),
            listed(&missed)
        ),
    };
    Finding::new(Check::Stars, Severity::Suspicious, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(usize, f64)]) -> TableStars {
        let starred: Vec<Starred> = rows
            .iter()
            .map(|&(stars, p)| Starred { stars, p: Range::point(p), widest: Range::point(p) })
            .collect();
        of_table("t", &starred, None)
    }

    #[test]
    fn the_convention_with_fewest_misfits_is_that_of_the_table() {
        let [economics, medicine] = Convention::usual();
        assert_eq!(table(&[(3, 0.005), (1, 0.07), (0, 0.2)]).conventions, [economics]);
        assert_eq!(table(&[(2, 0.005), (1, 0.03), (0, 0.07)]).conventions, [medicine]);
        assert_eq!(table(&[(0, 0.2), (3, 0.0001)]).conventions, [economics, medicine]);
    }

    #[test]
    fn stars_claim_five_per_cent_by_their_convention() {
        let [economics, medicine] = Convention::usual();
        assert!(!economics.claims(1, 0.05) && economics.claims(2, 0.05) && medicine.claims(1, 0.05));
        assert!(!economics.claims(0, 0.05) && medicine.claims(4, 0.001));
        assert_eq!(table(&[(0, 0.2)]).claims(1, 0.05), None);
        assert_eq!(table(&[(0, 0.2)]).claims(2, 0.05), Some(true));
    }

    #[test]
    fn a_range_of_p_allows_a_range_of_stars() {
        let [economics, _] = Convention::usual();
        let p = Range { low: 0.049, high: 0.051 };
        assert!(economics.allows(1, p) && economics.allows(2, p));
        assert!(!economics.allows(0, p) && !economics.allows(3, p));
    }
}
