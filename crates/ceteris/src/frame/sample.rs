//! The sample: which rows of a frame a fit uses, and by which rule each other row was dropped.
//! This is the only place where rows are dropped.
//!
//! Rules apply in a fixed order: conditions of the specification, missing values column by column,
//! zero weights, then singletons (found by `absorb`). A row is counted under the first that drops it.

use std::fmt;

use super::{Column, Condition, Frame, Weights};
use crate::error::{Error, Result};
use crate::linalg::vectorized::vectorized;

/// Why rows were dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "rule", rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Rule {
    /// The specification is not about these rows.
    Condition {
        /// The condition that they do not meet, as text.
        condition: String,
    },
    /// The column is missing there.
    Missing {
        /// The column.
        column: String,
    },
    /// The weight is zero there.
    ZeroWeight {
        /// The weight column.
        column: String,
    },
    /// The row was alone in a level of an effect.
    Singleton,
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Condition { condition } => write!(f, "not {condition}"),
            Rule::Missing { column } => write!(f, "`{column}` is missing"),
            Rule::ZeroWeight { column } => write!(f, "weight `{column}` is zero"),
            Rule::Singleton => write!(f, "alone in a level of an effect"),
        }
    }
}

/// A rule and the rows that it dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Dropped {
    /// Why.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub rule: Rule,
    /// How many rows.
    pub rows: usize,
}

/// A row alone in a level of an effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Singleton {
    /// Its place in the sample; once dropped, its row of the frame.
    pub(crate) position: u32,
    /// The pass that found it: 1 for rows alone at the start, 2 for those that round 1 left alone, ...
    pub(crate) round: u32,
}

/// What decides which rows are used.
#[derive(Debug, Clone, Default)]
pub struct SampleRules<'a> {
    /// Rows the specification is about.
    pub conditions: &'a [Condition],
    /// Real columns that must be present and finite.
    pub reals: Vec<&'a str>,
    /// Columns of any kind that must be present.
    pub present: Vec<&'a str>,
    /// Weights, if any.
    pub weights: Option<&'a Weights>,
}

/// The rows in use and a ledger of the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    rows: Vec<u32>,
    nrows_read: usize,
    /// For each row of the frame: 0 if used, else one more than its place in `rules`.
    verdicts: Vec<u16>,
    rules: Vec<Rule>,
    /// Rows of the frame dropped as singletons, ascending.
    singletons: Vec<Singleton>,
}

impl Sample {
    /// Applies the rules to a frame.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`], [`Error::ColumnKind`], [`Error::NonFinite`],
    /// [`Error::InvalidWeight`]; [`Error::InvalidSetting`] if more than 65,535 rules drop rows;
    /// [`Error::EmptySample`] with the ledger if nothing is left.
    pub fn new(frame: &Frame, rules: &SampleRules<'_>) -> Result<Self> {
        let mut sample = Self {
            rows: Vec::new(),
            nrows_read: frame.nrows(),
            verdicts: vec![0; frame.nrows()],
            rules: Vec::new(),
            singletons: Vec::new(),
        };
        for condition in rules.conditions {
            let holds = condition.holds(frame)?;
            sample.drop_rows(Rule::Condition { condition: condition.to_string() }, |row| !holds[row])?;
        }
        let weights = match rules.weights {
            Some(weights) if weights.count_everywhere(frame)? => None,
            weights => weights,
        };
        let weight = weights.map(Weights::column);
        for &name in rules.reals.iter().chain(&weight) {
            sample.drop_missing_reals(name, frame.real(name)?)?;
        }
        for (place, &name) in rules.present.iter().enumerate() {
            let repeated = rules.present[..place].contains(&name);
            match frame.column(name)? {
                _ if repeated => {}
                Column::Real(values) => sample.drop_missing_reals(name, values)?,
                column => {
                    let rule = Rule::Missing { column: name.to_string() };
                    sample.drop_rows(rule, |row| column.is_missing(row))?;
                }
            }
        }
        if let Some(weights) = weights {
            let values = weights.checked(frame)?;
            if any_zero(values) {
                let rule = Rule::ZeroWeight { column: weights.column().to_string() };
                sample.drop_rows(rule, |row| values[row] == 0.0)?;
            }
        }
        sample.settle()
    }

    /// Drops the rows at these positions of the sample, ascending, as singletons.
    ///
    /// # Errors
    /// [`Error::EmptySample`] if nothing is left.
    pub(crate) fn drop_singletons(mut self, alone: &[Singleton]) -> Result<Self> {
        let of_frame =
            |single: &Singleton| Singleton { position: self.rows[single.position as usize], ..*single };
        self.singletons = alone.iter().map(of_frame).collect();
        let mut drops = vec![false; self.nrows_read];
        for single in &self.singletons {
            drops[single.position as usize] = true;
        }
        self.drop_rows(Rule::Singleton, |row| drops[row])?;
        self.settle()
    }

    /// Drops the rows where a real column is missing. One pass in vector registers finds most columns whole.
    fn drop_missing_reals(&mut self, name: &str, values: &[f64]) -> Result<()> {
        let finite = all_finite(values);
        if finite {
            return Ok(());
        }
        self.refuse_infinite(name, values)?;
        self.drop_rows(Rule::Missing { column: name.to_string() }, |row| values[row].is_nan())
    }

    fn refuse_infinite(&self, name: &str, values: &[f64]) -> Result<()> {
        let infinite = |&row: &usize| self.verdicts[row] == 0 && values[row].is_infinite();
        match (0..values.len()).find(infinite) {
            None => Ok(()),
            Some(row) => {
                Err(Error::NonFinite { column: name.to_string(), row: row.into(), value: values[row] })
            }
        }
    }

    fn drop_rows(&mut self, rule: Rule, drops: impl Fn(usize) -> bool) -> Result<()> {
        let verdict = u16::try_from(self.rules.len() + 1).map_err(|_| Error::InvalidSetting {
            setting: "row rules",
            value: format!("a list of which more than {} drop rows", u16::MAX),
            must: "fewer; join conditions into one column",
        })?;
        let mut any = false;
        for (row, held) in self.verdicts.iter_mut().enumerate() {
            if *held == 0 && drops(row) {
                *held = verdict;
                any = true;
            }
        }
        if any {
            self.rules.push(rule);
        }
        Ok(())
    }

    fn settle(mut self) -> Result<Self> {
        let every_row = 0..self.nrows_read as u32;
        self.rows = match self.rules.is_empty() {
            true => every_row.collect(),
            false => every_row.filter(|&row| self.verdicts[row as usize] == 0).collect(),
        };
        if self.rows.is_empty() {
            let dropped = self.dropped();
            let dropped = dropped.into_iter().map(|entry| (entry.rule.to_string(), entry.rows)).collect();
            return Err(Error::EmptySample { dropped });
        }
        Ok(self)
    }

    /// Frame rows in use, ascending.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Number of rows in use.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether no row is in use (a sample that exists has at least one).
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Number of rows of the frame.
    pub fn nrows_read(&self) -> usize {
        self.nrows_read
    }

    /// Whether every row of the frame is in use.
    pub(crate) fn is_whole(&self) -> bool {
        self.rows.len() == self.nrows_read
    }

    /// Every rule that dropped rows, in the order of application.
    pub fn dropped(&self) -> Vec<Dropped> {
        if self.rules.is_empty() {
            return Vec::new();
        }
        let mut counts = vec![0; self.rules.len()];
        for &verdict in self.verdicts.iter().filter(|verdict| **verdict > 0) {
            counts[usize::from(verdict) - 1] += 1;
        }
        self.rules.iter().cloned().zip(counts).map(|(rule, rows)| Dropped { rule, rows }).collect()
    }

    /// The rule that dropped a row of the frame; `None` if the row is used.
    pub fn verdict(&self, row: usize) -> Option<&Rule> {
        usize::from(self.verdicts[row]).checked_sub(1).map(|rule| &self.rules[rule])
    }

    /// The round that dropped a row of the frame as a singleton: 1 for a row alone at the start, 2 for one
    /// that round 1 left alone, and so on; `None` for every other row.
    pub fn round(&self, row: usize) -> Option<u32> {
        let found = self.singletons.binary_search_by_key(&row, |single| single.position as usize);
        found.ok().map(|place| self.singletons[place].round)
    }
}

vectorized! {
    pub(super) fn all_finite(values: &[f64]) -> bool {
        values.iter().fold(true, |so_far, x| so_far & x.is_finite())
    }
}

vectorized! {
    fn any_zero(values: &[f64]) -> bool {
        values.iter().fold(false, |any, x| any | (*x == 0.0))
    }
}
