//! What Tables 5 to 8 hold: types and units.

use super::Groups;

/// A row of Table 5: a characteristic of the CCGs, by group.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Demographic {
    /// Name of the characteristic, `population` say.
    pub variable: String,
    /// Its unit: `count`, `millions` or `percent`.
    pub unit: String,
    /// CCGs with one local authority.
    pub one: f64,
    /// CCGs with several.
    pub several: f64,
}

/// A row of Table 6: practices and means of one financial year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScreeningYear {
    /// Financial year, `2009/10` say.
    pub year: String,
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
    pub from: String,
    /// Last year.
    pub to: String,
    /// Cervical screening, percent.
    pub screening: Groups<f64>,
    /// Unassisted deliveries, percent.
    pub unassisted: Groups<f64>,
}

/// Means before and after the reform of April 2013, percent, and their difference in percentage
/// points.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // the fields are named for what they hold
pub struct Change {
    pub before: f64,
    pub after: f64,
    pub change: f64,
}

/// A row of Table 7: one indicator.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Table7Row {
    /// `screening` or `unassisted`.
    pub indicator: String,
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

/// How CCGs are grouped by their number of local authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Grouping {
    /// One against several (the main analysis).
    OneOrSeveral,
    /// One or two against more than two (the sensitivity analysis).
    TwoOrMore,
}

/// A 95 % confidence interval.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // the fields are named for what they hold
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
