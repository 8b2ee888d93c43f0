//! Every way an estimate can be refused. Each message is one sentence in the order *asked, found, do*.

mod code;
mod lines;
mod named;
mod names;
mod no_standard_error;
mod remedy;
mod row;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use names::{ZERO, counted, quoted, spanning};
use names::{dropped_list, is_zero, suggestion};
pub use no_standard_error::NoStandardError;
pub use remedy::{Change, Names, Remedy, in_rust};
pub use row::Row;

/// Result of every fallible function in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What kind of mistake an [`Error`] reports; command lines turn it into an exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum Category {
    /// The data cannot be used as given.
    Data,
    /// The specification asks for something the data do not identify, or is not well formed.
    Design,
    /// The arithmetic did not succeed.
    Numerics,
    /// The question put to a fit has no answer.
    Question,
}

/// Why an estimate was refused.
///
/// It ends with what to do about it; where that is to change a setting, [`Error::remedy`] is the same as a value.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)] // the fields are named for what they hold, and each variant says the rest
pub enum Error {
    /// A name that the frame does not hold.
    #[error("column `{column}` is not in the data; {}", suggestion(column, available))]
    UnknownColumn { column: String, available: Vec<String> },
    /// A column of the wrong kind for its role.
    #[error("column `{column}` must be {expected}, but it is {found}; convert it or name another column")]
    ColumnKind { column: String, expected: &'static str, found: String },
    /// Two columns of different length, or two of one name.
    #[error("column `{column}` must have {expected} rows like the rest of the frame, but it has {found}")]
    ColumnLength { column: String, expected: usize, found: usize },
    /// A matrix of another shape than the computation needs.
    #[error("{matrix} must be {} by {}, but it is {} by {}", expected.0, expected.1, found.0, found.1)]
    Shape { matrix: &'static str, expected: (usize, usize), found: (usize, usize) },
    /// A second column of a name already taken.
    #[error(
        "column `{column}` is already in the frame, so none of that name can be added; rename one of the two or replace it on purpose with `Frame::replace`"
    )]
    DuplicateColumn { column: String },
    /// An infinite value (missing values are dropped and counted, infinite ones are refused).
    #[error(
        "column `{column}` must be finite, but {row} holds {value}; correct the value or mark it as missing"
    )]
    NonFinite { column: String, row: Row, value: f64 },
    /// A time that is not a whole number.
    #[error(
        "times must be whole numbers, but `{column}` is {value} in {row}; count time in whole steps or mark the value as missing"
    )]
    NotWhole { column: String, row: Row, value: f64 },
    /// A value outside what the column can hold.
    #[error(
        "column `{column}` must be {must}, but {row} holds {value}; correct the value or mark it as missing"
    )]
    OutOfRange { column: String, row: Row, value: f64, must: String },
    /// Numbers whose squares and their inverses do not fit into doubles.
    #[error(
        "column `{column}` must hold numbers of moderate size, but the largest is {largest:e}, and squares of such numbers leave the range of doubles; multiply the column by a power of ten"
    )]
    Magnitude { column: String, largest: f64 },
    /// A negative, infinite or (for frequencies) fractional weight.
    #[error(
        "weights `{column}` must be {must}, but {row} holds {value}; correct the weight or mark the row as missing"
    )]
    InvalidWeight { column: String, row: Row, value: f64, must: &'static str },
    /// The same unit twice at one time.
    #[error("unit `{unit}` must occur once at each time, but time {time} is in {} and in {}; drop one or add the column that tells them apart to the unit", rows.0, rows.1)]
    DuplicateObservation { unit: String, time: String, rows: (Row, Row) },
    /// A column that must hold one value for each unit and holds two.
    #[error("`{column}` must be one value for each unit, but unit `{unit}` has {} in {} and {} in {}; correct one of them", values.0, rows.0, values.1, rows.1)]
    NotConstant { column: String, unit: String, values: Box<(String, String)>, rows: (Row, Row) },
    /// A level that a factor does not have.
    #[error("`{level}` must be a level of `{column}`; {}", suggestion(level, available))]
    UnknownLevel { column: String, level: String, available: Vec<String> },
    /// No row is left to estimate from.
    #[error("no row is left to estimate from; {}", dropped_list(dropped))]
    EmptySample { dropped: Vec<(String, usize)> },

    /// A formula that cannot be read.
    #[error("formula not understood at character {}: {expected}\n  {formula}\n  {}^", position + 1, " ".repeat(*position))]
    Formula { formula: String, position: usize, expected: String },
    /// A term of more columns than memory should be asked for.
    #[error(
        "`{term}` would have {columns} columns over {rows} rows, but at most {most} are built; absorb it as an effect, as in `y ~ x | effect`, or use the column as a number"
    )]
    TooManyColumns { term: String, columns: usize, rows: usize, most: usize },
    /// A category among the regressors that was hardly meant as one.
    #[error(
        "regressor `{column}` is text with {levels} levels such as `{example}`, and all but one would have a coefficient; write `i({column})` if that is meant, or correct what keeps it from being numbers"
    )]
    DoubtfulCategory { column: String, levels: usize, example: String },
    /// The term a design is about is a combination of others.
    #[error(
        "`{term}` cannot be estimated: it {}; {}",
        spanning(std::slice::from_ref(term), spanned_by),
        if is_zero(spanned_by) { "leave it out" } else { "remove one of them or an effect that spans it" }
    )]
    NotIdentified { term: String, spanned_by: Vec<String> },
    /// A cell of the design without a row.
    #[error("the design needs rows in every cell, but {cell} has none; check the coding of the indicators")]
    EmptyCell { cell: String },
    /// A unit without a value at some time, where a design needs every unit at every time.
    #[error(
        "every unit needs a value of `{column}` at every time, but unit `{unit}` has none at time {time}; leave the unit out or fill the gap"
    )]
    MissingCell { column: String, unit: String, time: i64 },
    /// Too few times before treatment.
    #[error(
        "the design needs at least {needed} times before treatment, but treatment starts at {first_treated} and leaves {found}; take in earlier times"
    )]
    TooFewTimes { first_treated: i64, found: usize, needed: usize },
    /// A column that takes one value.
    #[error(
        "column `{column}` must vary, but it takes one value in the {nobs} rows used; remove it or check the sample"
    )]
    NoVariation { column: String, nobs: usize },
    /// Fewer rows than parameters.
    #[error(
        "{parameters} parameters need more than as many rows, but {nobs} rows are left; drop regressors or effects"
    )]
    TooFewObservations { nobs: usize, parameters: usize },
    /// Effects whose redundant levels are too many to count, with an upper bound of the parameters that is no fewer
    /// than the rows.
    #[error(
        "the regressors and effects need up to {bound} parameters (an upper bound: the effects share more levels than can be counted), and {nobs} rows are left; drop effects, or use `Absorption::Direct`, which counts them"
    )]
    RankNotCounted { nobs: usize, bound: usize },
    /// A setting outside its domain.
    #[error("{}", words::invalid_setting(setting, value, must, &in_rust))]
    InvalidSetting { setting: &'static str, value: String, must: &'static str },
    /// A comparison with units that are never treated, where there are none.
    #[error("{}", words::no_never_treated(column, &in_rust))]
    NoNeverTreated { column: String },
    /// Units whose first treated time is missing, where nothing says that this stands for never.
    #[error("{}", words::first_treated_missing(column, *units, &in_rust))]
    FirstTreatedMissing { column: String, units: usize },
    /// Units with a first treated time that leaves no time before it: a code for never, or always treated.
    #[error("{}", words::never_or_always(column, *value, *units, *first_time, &in_rust))]
    NeverOrAlways { column: String, value: i64, units: usize, first_time: i64 },
    /// A reference that some treated cohorts, or all, do not have among their event times. `nearest` is the last
    /// event time before treatment that all of them have.
    #[error("{}", words::reference_absent(*reference, cohorts, *nearest, &in_rust))]
    ReferenceAbsent { reference: i64, cohorts: Vec<i64>, nearest: Option<i64> },
    /// A covariate that is one number in all the rows that must tell its coefficient.
    #[error(
        "the coefficient of `{column}` must be told by the {rows}, but `{column}` is {value} in every one of them; leave it out"
    )]
    ConstantAmong { column: String, rows: &'static str, value: f64 },
    /// A unit that is not observed at every time.
    #[error(
        "{wanted_by} needs every unit at every time, but unit `{unit}` has {found} of {expected} times; keep the units that have all"
    )]
    Unbalanced { wanted_by: &'static str, unit: String, found: usize, expected: usize },
    /// A unit that is treated almost surely, given its covariates.
    #[error("{}", words::overlap(comparison, *propensity, &in_rust))]
    Overlap { comparison: String, propensity: f64 },
    /// A combination without an agreed definition.
    #[error("{what} is not supported with {with}; choose one of the two differently")]
    Unsupported { what: &'static str, with: &'static str },

    /// An iteration that met its limit before its tolerance.
    #[error("{}", words::not_converged(column, *iterations, [*residual, *tolerance], &in_rust))]
    NotConverged { column: String, iterations: usize, residual: f64, tolerance: f64 },
    /// A number that cannot be computed as accurately as is asked.
    #[error(
        "{quantity} must be known to {tolerance:.1e}, but its error is {error:.1e}; ask about fewer event times together"
    )]
    Inaccurate { quantity: &'static str, error: f64, tolerance: f64 },
    /// A logistic regression without a maximum.
    #[error("{}", words::separation(comparison, *iterations, [*residual, *tolerance], &in_rust))]
    Separation { comparison: String, iterations: usize, residual: f64, tolerance: f64 },
    /// A matrix that should be positive definite and is not.
    #[error("{matrix} must be positive definite, but pivot {pivot} is not; look for collinear columns")]
    Singular { matrix: &'static str, pivot: usize },
    /// So ill-conditioned, or absorbed so loosely, that the numbers mean nothing.
    #[error(
        "`{coefficient}` must have two digits to be trusted, but it has {digits:.1} (condition {condition:.1e}); tighten the tolerance of the absorption or remove nearly collinear regressors"
    )]
    Untrustworthy { coefficient: String, digits: f64, condition: f64 },
    /// A leverage of one: the observation fits itself, so HC2 and HC3 divide by zero.
    #[error("{vcov} needs leverages below one, but {row} has leverage one; use HC1 or drop the row")]
    FullLeverage { vcov: &'static str, row: Row },
    /// The backend reports a failure of its own.
    #[error("the {backend} backend failed; use another backend or check its installation")]
    Backend { backend: &'static str, source: Box<dyn std::error::Error + Send + Sync> },
    /// One of several models in one call; its number counts from one.
    #[error("{}", words::in_model(*number, model, &reason.to_string()))]
    InModel { number: usize, model: String, reason: Box<Error> },
    /// A feature that this build leaves out.
    #[error("{}", words::feature_disabled(feature, wanted_by, &in_rust))]
    FeatureDisabled { feature: &'static str, wanted_by: &'static str },

    /// A cluster-robust covariance with fewer than two clusters.
    #[error(
        "clustering by `{column}` needs at least 2 clusters, but there is {clusters}; choose a finer cluster variable"
    )]
    TooFewClusters { column: String, clusters: usize },
    /// A missing cluster id in a row that was used.
    #[error(
        "cluster column `{column}` is missing in {row}, which the fit used; name the column in the specification so that such rows are dropped and counted"
    )]
    MissingCluster { column: String, row: Row },
    /// A coefficient that the model does not have.
    #[error("coefficient `{name}` is not in the model; {}", suggestion(name, estimated))]
    UnknownCoefficient { name: String, estimated: Vec<String> },
    /// A coefficient that the model has but the data do not identify.
    #[error(
        "coefficient `{name}` was omitted: it {}; it has no estimate",
        spanning(std::slice::from_ref(name), spanned_by)
    )]
    OmittedCoefficient { name: String, spanned_by: Vec<String> },
    /// What is asked needs a standard error that does not exist.
    #[error(
        "`{name}` has no standard error: {reason}; use another covariance, or leave it out of what is asked"
    )]
    NoStandardError { name: String, reason: NoStandardError },
}

impl Error {
    /// The kind of mistake.
    ///
    /// # Example
    /// ```
    /// use ceteris::Frame;
    /// use ceteris::error::Category;
    /// let error = Frame::new().real("uptake").unwrap_err();
    /// assert_eq!(error.category(), Category::Data);
    /// ```
    pub fn category(&self) -> Category {
        use Error::*;
        match self {
            UnknownColumn { .. }
            | ColumnKind { .. }
            | ColumnLength { .. }
            | Shape { .. }
            | DuplicateColumn { .. }
            | NonFinite { .. }
            | NotWhole { .. }
            | OutOfRange { .. }
            | Magnitude { .. }
            | InvalidWeight { .. }
            | DuplicateObservation { .. }
            | NotConstant { .. }
            | MissingCell { .. }
            | UnknownLevel { .. }
            | EmptySample { .. } => Category::Data,
            Formula { .. }
            | TooManyColumns { .. }
            | DoubtfulCategory { .. }
            | NotIdentified { .. }
            | EmptyCell { .. }
            | NoVariation { .. }
            | TooFewTimes { .. }
            | TooFewObservations { .. }
            | RankNotCounted { .. }
            | InvalidSetting { .. }
            | NoNeverTreated { .. }
            | FirstTreatedMissing { .. }
            | NeverOrAlways { .. }
            | ReferenceAbsent { .. }
            | ConstantAmong { .. }
            | Unbalanced { .. }
            | Overlap { .. }
            | Unsupported { .. } => Category::Design,
            NotConverged { .. }
            | Inaccurate { .. }
            | Separation { .. }
            | Singular { .. }
            | Untrustworthy { .. }
            | FullLeverage { .. }
            | Backend { .. }
            | FeatureDisabled { .. } => Category::Numerics,
            TooFewClusters { .. }
            | MissingCluster { .. }
            | UnknownCoefficient { .. }
            | OmittedCoefficient { .. }
            | NoStandardError { .. } => Category::Question,
            InModel { reason, .. } => reason.category(),
        }
    }
}
