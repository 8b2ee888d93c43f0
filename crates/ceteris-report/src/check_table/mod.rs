//! Are the numbers of a published table coherent with each other, given that each is rounded?
//!
//! Each printed number stands for the interval of values that round to it. A row is coherent if some
//! true values lie in all its intervals at once; what no rounding explains is a finding, with the slip
//! of the pen that would explain it. Coherence is not truth: a table can be coherent and wrong.
//!
//! | step | file |
//! |---|---|
//! | a printed number and what it stands for | `printed`, `range` |
//! | a row, and rows read from a file | `row`, `read` |
//! | implied standard error, degrees of freedom, level | `infer` |
//! | the checks of a row | `coherence`, `slip` |
//! | the stars of a table, counts of significant coefficients | `stars`, `significance` |
//! | what is found, and how it reads | `findings`, `tables` |
//! | the tables of the report | `published` |
//!
//! ```
//! use ceteris_report::check_table::{Check, CheckTable, Row, Severity};
//!
//! let row = Row {
//!     estimate: Some("-0.327".parse()?),
//!     low: Some("-0.662".parse()?),
//!     high: Some("0.001".parse()?),
//!     ..Row::new("Model 2")
//! };
//! let checked = CheckTable::of(&[row], None);
//! let centre = checked.rows[0].finding(Check::Centre).expect("b and an interval are there");
//! assert_eq!(centre.severity, Severity::Incoherent);
//! assert!(centre.sentence.starts_with("the middle of [-0.662, 0.001] is -0.3310 to -0.3300"));
//! # Ok::<(), ceteris_report::check_table::NotANumber>(())
//! ```

mod coherence;
mod findings;
mod infer;
mod printed;
mod published;
mod range;
mod read;
mod row;
mod significance;
mod slip;
mod stars;
mod tables;

pub use findings::{Check, Finding, Severity};
pub use infer::{DEFAULT_LEVEL, Implied, LEAST_DOF, Level, MANY_DOF, USUAL_LEVELS};
pub use printed::{NotANumber, PrintedNumber};
pub use published::CheckReport;
pub use range::Range;
pub use read::rows_of;
pub use row::{Difference, Quantity, Row, Verdict};
pub use significance::{Disagreement, Significance};
pub use slip::{Repair, Slip};
pub use stars::{Convention, TableStars};

use serde::Serialize;

use row::{PROBABILITY, Ranges};
use stars::Starred;

/// A checked table, or several.
///
/// # Example
/// ```
/// use ceteris_report::check_table::{CheckTable, Row, Severity};
///
/// let row = Row {
///     estimate: Some("0.50".parse()?),
///     std_error: Some("0.20".parse()?),
///     statistic: Some("2.5".parse()?),
///     p_value: Some("0.012".parse()?),
///     ..Row::new("dose")
/// };
/// let checked = CheckTable::of(&[row], None);
/// assert_eq!(checked.worst(), Some(Severity::Coherent));
/// assert!(checked.tables()[1].1.text()?.contains("dose"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckTable {
    /// The rows, in their order.
    pub rows: Vec<Checked>,
    /// The convention of the stars, one table each.
    pub stars: Vec<TableStars>,
    /// How many coefficients are significant at 5 %.
    pub significance: Significance,
}

/// A checked row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// The row as printed.
    pub printed: Row,
    /// What it implies.
    pub implied: Implied,
    /// The outcome of each check that its numbers allow.
    pub findings: Vec<Finding>,
}

/// The size at which significant coefficients are counted.
const SIZE: f64 = 0.05;

impl CheckTable {
    /// Checks every row; the convention of the stars is inferred by table unless it is given.
    pub fn of(rows: &[Row], convention: Option<Convention>) -> Self {
        let mut checked: Vec<Checked> = rows.iter().map(Checked::of).collect();
        let stars = check_stars(&mut checked, convention);
        let pairs = checked.iter().map(|row| (&row.printed, &row.implied));
        let significance = Significance::of(pairs, &stars, SIZE);
        Self { rows: checked, stars, significance }
    }

    /// The most severe finding; `None` if no row allows any check.
    pub fn worst(&self) -> Option<Severity> {
        self.findings().map(|(_, finding)| finding.severity).max()
    }

    /// All findings with their rows, in order.
    pub fn findings(&self) -> impl Iterator<Item = (&Row, &Finding)> {
        self.rows.iter().flat_map(|row| row.findings.iter().map(|finding| (&row.printed, finding)))
    }

    /// The number of findings of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings().filter(|(_, finding)| finding.severity == severity).count()
    }
}

impl Checked {
    fn of(row: &Row) -> Self {
        let ranges = Ranges::of(row);
        let implied = Implied::of(&ranges, row.level);
        let findings = coherence::findings(row, &ranges, &implied);
        Self { printed: row.clone(), implied, findings }
    }

    /// The outcome of one check, if the row allows it.
    pub fn finding(&self, check: Check) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.check == check)
    }
}

/// Finds each table's convention and adds the findings about stars.
fn check_stars(checked: &mut [Checked], convention: Option<Convention>) -> Vec<TableStars> {
    let mut names: Vec<String> = Vec::new();
    for row in checked.iter() {
        if !names.contains(&row.printed.table) {
            names.push(row.printed.table.clone());
        }
    }
    let mut found = Vec::new();
    for name in names {
        let starred: Vec<Starred> =
            checked.iter().filter(|row| row.printed.table == name).filter_map(starred).collect();
        if !starred.is_empty() {
            found.push(stars::of_table(&name, &starred, convention));
        }
    }
    for row in checked.iter_mut() {
        let table = found.iter().find(|table| table.table == row.printed.table);
        let finding = table
            .zip(starred(row))
            .map(|(table, starred)| stars::finding(&starred, table, convention.is_some()));
        row.findings.extend(finding);
    }
    found
}

/// Stars with the p they should follow from: the printed one, or the implied.
fn starred(row: &Checked) -> Option<Starred> {
    let stars = row.printed.stars?;
    let of_coefficient = row.printed.f.is_none();
    let printed = row::inside(&row.printed.p_value, PROBABILITY).filter(|_| of_coefficient);
    let p = printed.or(row.implied.p_value)?;
    let widest = printed.or_else(|| infer::p_with_any_dof(&row.printed, &Ranges::of(&row.printed)));
    Some(Starred { stars, p, widest: widest.unwrap_or(p) })
}
