//! What a trend figure shows: series, in panels.

use crate::Error;
use crate::interval::check_finite;

/// One plot of a [`TrendFigure`](super::TrendFigure): its series and, if it is one of several, its
/// title.
///
/// # Example
/// ```
/// use ceteris_report::{Panel, Series, TrendFigure};
///
/// let series = |values: [f64; 2]| Series::new("all", values);
/// let panel = |title, values| Panel::new().title(title).series(series(values));
/// let figure = TrendFigure::new(["before", "after"])
///     .panel(panel("Aged 25 to 49", [71.0, 69.5]))
///     .panel(panel("Aged 50 to 64", [78.0, 77.9]));
/// assert!(figure.draw()?.svg().contains("Aged 50 to 64"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Panel {
    pub(super) title: String,
    pub(super) series: Vec<Series>,
}

/// A named line: one value for each label, `None` where there is none.
///
/// # Example
/// ```
/// use ceteris_report::Series;
///
/// let whole = Series::new("Scotland", [72.4, 71.9]);
/// let broken = Series::new("Wales", [Some(73.0), None]);
/// assert_ne!(whole, broken);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub(super) name: String,
    pub(super) values: Vec<Option<f64>>,
}

impl Panel {
    /// A panel without title and series.
    pub fn new() -> Self {
        Self::default()
    }

    /// The title above this panel; none by default.
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Adds a line.
    pub fn series(mut self, series: Series) -> Self {
        self.series.push(series);
        self
    }
}

impl Series {
    /// A line through these values, one for each label of the figure.
    pub fn new<V: Into<Option<f64>>>(name: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
        Self { name: name.into(), values: values.into_iter().map(Into::into).collect() }
    }

    pub(super) fn check(&self, nlabels: usize) -> Result<(), Error> {
        if self.values.len() != nlabels {
            let series = self.name.clone();
            return Err(Error::SeriesLength { series, expected: nlabels, found: self.values.len() });
        }
        for (index, value) in self.values.iter().enumerate() {
            value.map_or(Ok(()), |value| check_finite(value, &self.name, index + 1))?;
        }
        Ok(())
    }
}
