//! What a reader of the results should know: the notices of the library, and what was found in the
//! file and in the numbers of the output.

use std::fmt;

use ceteris::{Coefficient, Distribution, Inference, Notice};
use ceteris_data::ColumnNote;
use serde::Serialize;

use crate::interval::interval;

/// A fact with a kind, for programs, and a text, for people.
#[derive(Debug, Serialize)]
pub(in crate::commands) struct Remark {
    #[serde(flatten)]
    pub(super) fact: Fact,
    pub(super) text: String,
}

/// A fact.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Fact {
    /// From the library.
    Library(Notice),
    /// From the file or the output.
    Found(Finding),
}

/// What was found in the file or the output.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Finding {
    /// A number is infinite or not a number.
    NotFinite {
        /// The key under which the object has `null`.
        quantity: &'static str,
        /// The coefficient it belongs to, if it belongs to one.
        #[serde(skip_serializing_if = "Option::is_none")]
        term: Option<String>,
    },
    /// Statistics are compared with the normal distribution, which has no degrees of freedom.
    NormalDistribution,
    /// Levels come from a column that is numbers but for a few fields.
    LikelySlip {
        /// The column.
        column: String,
        /// The line of the first field that is not a number.
        line: u64,
        /// That field.
        value: String,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::NotFinite { quantity, term: Some(term) } => {
                write!(f, "the {quantity} of `{term}` is not finite and is left out")
            }
            Finding::NotFinite { quantity, term: None } => {
                write!(f, "the {quantity} is not finite and is left out")
            }
            Finding::NormalDistribution => {
                write!(f, "statistics are compared with the normal distribution")
            }
            Finding::LikelySlip { column, line, value } => {
                write!(
                    f,
                    "`{column}` is a category because line {line} holds `{value}`, but nearly all of it is numbers"
                )
            }
        }
    }
}

/// Everything a reader should know, notices of the library first, those of the `design` before those of its
/// regression; `slips` are the columns used for their levels that were most likely meant to be numeric.
pub(in crate::commands) fn remarks(
    inference: &Inference,
    level: f64,
    design: &[Notice],
    slips: &[&ColumnNote],
) -> Vec<Remark> {
    let notices = design.iter().cloned().chain(inference.notices());
    let mut remarks: Vec<Remark> =
        notices.map(|notice| Remark { text: notice.to_string(), fact: Fact::Library(notice) }).collect();
    let normal = inference.distribution() == Distribution::Normal;
    let normal = normal.then_some(Finding::NormalDistribution);
    let findings = slips.iter().map(|note| slip(note)).chain(normal);
    let findings = findings.chain(not_finite(inference, level));
    remarks.extend(findings.map(|finding| Remark { text: finding.to_string(), fact: Fact::Found(finding) }));
    remarks
}

fn slip(note: &ColumnNote) -> Finding {
    let (column, value) = (note.column.clone(), note.value.clone());
    Finding::LikelySlip { column, line: note.line, value }
}

/// The numbers of the output that are infinite or not a number.
fn not_finite(inference: &Inference, level: f64) -> Vec<Finding> {
    let coefs = inference.coefs();
    let quality = inference.fit().quality();
    let matrix = inference.matrix().data().iter();
    let worst = matrix.copied().find(|x| !x.is_finite()).unwrap_or(0.0);
    let of_fit = [
        ("r2", quality.r2),
        ("r2_within", quality.r2_within.unwrap_or(0.0)),
        ("rmse", quality.rmse),
        ("sigma", quality.sigma),
        ("vcov.matrix", worst),
    ];
    let of_coefs = coefs.iter().flat_map(|coef| {
        let numbers = numbers(coef, level).into_iter();
        numbers.filter_map(|(quantity, number)| Some((quantity, Some(coef.name.as_str()), number?)))
    });
    of_coefs
        .chain(of_fit.map(|(quantity, number)| (quantity, None, number)))
        .filter(|(.., number)| !number.is_finite())
        .map(|(quantity, term, _)| Finding::NotFinite { quantity, term: term.map(String::from) })
        .collect()
}

/// The numbers shown of a coefficient, by their keys, where it has them.
fn numbers(coef: &Coefficient, level: f64) -> [(&'static str, Option<f64>); 6] {
    let (low, high) = interval(coef, level).unzip();
    [
        ("estimate", Some(coef.estimate)),
        ("std_error", coef.std_error.ok()),
        ("statistic", coef.statistic().ok()),
        ("p_value", coef.p_value().ok()),
        ("conf_low", low),
        ("conf_high", high),
    ]
}
