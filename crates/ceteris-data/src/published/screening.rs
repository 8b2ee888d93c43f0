//! What Tables 5 to 8 hold: types and units.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::year::Year;

/// The same quantity for practices of CCGs with one and with several local authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the fields are named for what they hold
pub struct Groups<T> {
    pub one: T,
    pub several: T,
    pub all: T,
}

/// What a row of Table 5 says of the CCGs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Characteristic {
    /// Their number.
    #[serde(rename = "n_ccgs")]
    Ccgs,
    /// People.
    Population,
    /// Women and girls among them.
    Female,
    /// Children under ten.
    #[serde(rename = "aged_0_9")]
    Aged0To9,
    /// From 10 to 19 years.
    #[serde(rename = "aged_10_19")]
    Aged10To19,
    /// From 20 to 39 years.
    #[serde(rename = "aged_20_39")]
    Aged20To39,
    /// From 40 to 59 years.
    #[serde(rename = "aged_40_59")]
    Aged40To59,
    /// From 60 to 79 years.
    #[serde(rename = "aged_60_79")]
    Aged60To79,
    /// 80 years and more.
    #[serde(rename = "aged_80_plus")]
    Aged80Plus,
}

impl fmt::Display for Characteristic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Characteristic::Ccgs => "n_ccgs",
            Characteristic::Population => "population",
            Characteristic::Female => "female",
            Characteristic::Aged0To9 => "aged_0_9",
            Characteristic::Aged10To19 => "aged_10_19",
            Characteristic::Aged20To39 => "aged_20_39",
            Characteristic::Aged40To59 => "aged_40_59",
            Characteristic::Aged60To79 => "aged_60_79",
            Characteristic::Aged80Plus => "aged_80_plus",
        })
    }
}

/// A row of Table 5: a characteristic of the CCGs, by group.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Demographic {
    /// The characteristic.
    #[serde(rename = "variable")]
    pub characteristic: Characteristic,
    /// Its unit: `count`, `millions` or `percent`.
    pub unit: String,
    /// CCGs with one local authority.
    #[serde(rename = "one_la")]
    pub one: f64,
    /// CCGs with several.
    #[serde(rename = "multi_la")]
    pub several: f64,
}

/// What the study measures in practices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Indicator {
    /// Cervical screening: what the reform may have changed.
    Screening,
    /// Unassisted deliveries: the comparison.
    Unassisted,
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Indicator::Screening => "screening",
            Indicator::Unassisted => "unassisted",
        })
    }
}

/// A row of Table 6: practices and means of one financial year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScreeningYear {
    /// Financial year, `2009/10` say.
    pub year: Year,
    /// Number of practices.
    pub practices: Groups<u32>,
    /// Mean cervical screening uptake, percent, weighted by eligible women.
    pub screening: Groups<f64>,
    /// Mean rate of unassisted deliveries, percent, weighted by deliveries.
    pub unassisted: Groups<f64>,
}

/// The last line of Table 6: relative change between two years, percent of the first.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RelativeChange {
    /// First year.
    pub from: Year,
    /// Last year.
    pub to: Year,
    /// Cervical screening, percent.
    pub screening: Groups<f64>,
    /// Unassisted deliveries, percent.
    pub unassisted: Groups<f64>,
}

/// Means before and after the reform of April 2013, percent, and their difference in percentage
/// points.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // the fields are named for what they hold
#[non_exhaustive]
pub struct Change {
    pub before: f64,
    pub after: f64,
    pub change: f64,
}

/// A row of Table 7: one indicator.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Table7Row {
    /// The indicator.
    pub indicator: Indicator,
    /// Practices of CCGs with one local authority.
    pub one: Change,
    /// Practices of CCGs with several.
    pub several: Change,
    /// Change of `several` less change of `one`, percentage points.
    pub difference_in_differences: f64,
    /// Screening's difference in differences less that of unassisted deliveries, percentage points;
    /// printed once, in the row of screening.
    pub triple_difference: Option<f64>,
    /// The triple difference as the text gives it.
    pub triple_difference_in_text: Option<f64>,
}

/// A model of Table 8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Model {
    /// Model 1: triple difference, all years.
    AllYears,
    /// Model 2: triple difference, 2011/12 onwards.
    From2011,
    /// Model 3: lagged dependent variable, years after the reform.
    LaggedOutcome,
}

impl Model {
    /// All models, in the order of the table.
    pub const ALL: [Self; 3] = [Model::AllYears, Model::From2011, Model::LaggedOutcome];
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Model::AllYears => "model 1",
            Model::From2011 => "model 2",
            Model::LaggedOutcome => "model 3",
        })
    }
}

impl Serialize for Model {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How CCGs are grouped by their number of local authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Grouping {
    /// One against several (the main analysis).
    OneOrSeveral,
    /// One or two against more than two (the sensitivity analysis).
    TwoOrMore,
}

impl Grouping {
    /// Both groupings, the main one first.
    pub const ALL: [Self; 2] = [Grouping::OneOrSeveral, Grouping::TwoOrMore];
}

impl fmt::Display for Grouping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Grouping::OneOrSeveral => "main",
            Grouping::TwoOrMore => "sensitivity",
        })
    }
}

impl Serialize for Grouping {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // the fields are named for what they hold
#[non_exhaustive]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

/// The joint test of the year interactions before the reform, as printed.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct JointTest {
    /// F statistic.
    pub f: f64,
    /// Degrees of freedom of the numerator.
    pub dof: u32,
    /// Degrees of freedom of the denominator: clusters less one.
    pub dof_residual: u32,
    /// p-value.
    pub p_value: f64,
}

/// A row of Table 8: one triple-difference estimate.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ModelEstimate {
    /// The model.
    pub model: Model,
    /// Its grouping of CCGs.
    pub grouping: Grouping,
    /// Effect on screening uptake, percentage points.
    pub estimate: f64,
    /// Its 95 % confidence interval, percentage points.
    pub interval: Interval,
    /// `***` for p < 0.01, `*` for p < 0.1.
    pub stars: String,
    /// Rows.
    pub nobs: u32,
    /// The test of parallel trends, for the main grouping of Models 1 and 2.
    pub joint: Option<JointTest>,
}

impl ModelEstimate {
    /// Whether this is an estimate of the main analysis.
    pub fn is_main(&self) -> bool {
        self.grouping == Grouping::OneOrSeveral
    }
}
