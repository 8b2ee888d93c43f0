//! Named, immutable columns of equal length, each behind an `Arc`: a frame is cheap to clone, and a
//! fit keeps the frame it came from without a copy, so that a cluster column may be named later.
//!
//! Missing values are `NaN` in a real column and an absent code in a category. They are never
//! computed with: [`Sample`] drops such rows, by rule and column, and counts them.

mod category;
mod column;
mod condition;
mod factor;
mod interaction;
mod panel;
mod reals;
mod row_ledger;
mod sample;
mod weights;
mod within;
mod zero_one;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use category::Category as CategoryColumn;
pub use column::Column;
pub use condition::{Condition, rows_in_words};
pub(crate) use factor::Encoder;
pub use factor::Factor;
pub use interaction::{Interaction, InteractionInFrame};
pub use panel::{Index, Panel};
pub(crate) use panel::{dates, whole_numbers};
pub use reals::Reals;
pub(crate) use sample::SampleRules;
pub(crate) use sample::Singleton;
pub use sample::{Dropped, Rule, Sample};
pub use weights::{WeightKind, Weights};
pub(crate) use within::check_constant;
pub(crate) use zero_one::indicator;

use crate::error::{Error, Result};

/// Named columns of equal length.
///
/// # Example
/// ```
/// use ceteris::Frame;
/// let frame = Frame::new()
///     .add_real("uptake", vec![82.1, 79.4, 80.0])?
///     .add_category("region", [Some("North"), Some("South"), None])?;
/// assert_eq!(frame.nrows(), 3);
/// assert_eq!(frame.real("uptake")?[1], 79.4);
/// assert_eq!(frame.category("region")?.label(1), Some("South"));
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Frame {
    columns: Vec<(Arc<str>, Column)>,
    /// Where each name stands, so that a name among tens of thousands is found at once.
    places: BTreeMap<Arc<str>, usize>,
    nrows: usize,
}

impl Frame {
    /// A frame without columns.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a column.
    ///
    /// # Errors
    /// [`Error::ColumnLength`] if its length differs from the frame's, [`Error::DuplicateColumn`]
    /// if the name is taken.
    pub fn add(mut self, name: impl Into<String>, column: Column) -> Result<Self> {
        let name = name.into();
        if self.contains(&name) {
            return Err(Error::DuplicateColumn { column: name });
        }
        if !self.columns.is_empty() && column.len() != self.nrows {
            return Err(Error::ColumnLength { column: name, expected: self.nrows, found: column.len() });
        }
        self.nrows = column.len();
        let name: Arc<str> = name.into();
        self.places.insert(name.clone(), self.columns.len());
        self.columns.push((name, column));
        Ok(self)
    }

    /// Adds a real column; `NaN` marks a missing value.
    ///
    /// # Errors
    /// As [`Frame::add`].
    pub fn add_real(self, name: impl Into<String>, values: Vec<f64>) -> Result<Self> {
        self.add(name, Column::Real(values.into()))
    }

    /// Adds a column of whole numbers (`i64`, `u64` and what fits into `i128`); `None` marks a missing value.
    ///
    /// As a regressor each is the nearest double; as a level of an effect or a cluster each is itself, also beyond
    /// 2^53, where doubles merge neighbours.
    ///
    /// # Example
    /// ```
    /// use ceteris::Frame;
    /// let frame = Frame::new().add_integers("patient", [u64::MAX, u64::MAX - 1, 7].map(Some))?;
    /// assert_eq!(frame.column("patient")?.label(1).as_deref(), Some("18446744073709551614"));
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Frame::add`].
    pub fn add_integers<I: Into<i128>>(
        self,
        name: impl Into<String>,
        values: impl IntoIterator<Item = Option<I>>,
    ) -> Result<Self> {
        self.add(name, Column::Real(Reals::from_integers(values)))
    }

    /// Adds a category column; `None` marks a missing value.
    ///
    /// # Errors
    /// As [`Frame::add`].
    pub fn add_category<S: AsRef<str>>(
        self,
        name: impl Into<String>,
        labels: impl IntoIterator<Item = Option<S>>,
    ) -> Result<Self> {
        self.add(name, Column::Category(Arc::new(CategoryColumn::from_labels(labels))))
    }

    /// Puts a column in the place of the one of that name, or adds it.
    ///
    /// # Errors
    /// [`Error::ColumnLength`] if its length differs from the frame's.
    pub fn replace(mut self, name: &str, column: Column) -> Result<Self> {
        if let Some(place) = self.places.remove(name) {
            self.columns.remove(place);
            self.places.values_mut().filter(|held| **held > place).for_each(|held| *held -= 1);
        }
        self.add(name, column)
    }

    /// Number of rows.
    pub fn nrows(&self) -> usize {
        self.nrows
    }

    /// Column names, in the order in which they were added.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| &**name)
    }

    /// Whether there is a column of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// The column of this name.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`], with the nearest name.
    pub fn column(&self, name: &str) -> Result<&Column> {
        let unknown = || Error::UnknownColumn {
            column: name.to_string(),
            available: self.names().map(String::from).collect(),
        };
        self.places.get(name).map(|&place| &self.columns[place].1).ok_or_else(unknown)
    }

    /// The values of a real column.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::ColumnKind`] for a category.
    pub fn real(&self, name: &str) -> Result<&[f64]> {
        match self.column(name)? {
            Column::Real(values) => Ok(values),
            Column::Category(category) => Err(Error::ColumnKind {
                column: name.to_string(),
                expected: "real",
                found: category.describe(),
            }),
        }
    }

    /// A category column.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`]; [`Error::ColumnKind`] for a real column.
    pub fn category(&self, name: &str) -> Result<&CategoryColumn> {
        match self.column(name)? {
            Column::Category(category) => Ok(category),
            Column::Real(_) => Err(Error::ColumnKind {
                column: name.to_string(),
                expected: "a category",
                found: "real".to_string(),
            }),
        }
    }
}
