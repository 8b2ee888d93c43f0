//! The two panels and the numbers that other programs computed from them: `tests/data/staggered`.

use ceteris::staggered::Never;
use ceteris::{Column, Frame, Index};
use ceteris_data::CsvReader;
use support::Place;

/// Both panels code "never" by zero.
pub(crate) const NEVER: Never = Never::Value(0);

/// A panel and what its columns are called.
pub(crate) struct Data {
    pub(crate) frame: Frame,
    pub(crate) outcome: &'static str,
    pub(crate) index: Index<'static>,
    pub(crate) first_treated: &'static str,
    pub(crate) covariate: &'static str,
}

/// The synthetic panel.
pub(crate) fn panel() -> Data {
    let index = Index { unit: "unit", time: "year" };
    let frame = Place::Committed.read("staggered/panel.csv").expect("a committed file is there");
    Data { frame, outcome: "y", index, first_treated: "first_treated", covariate: "x" }
}

/// The minimum-wage data of R `did`, where this machine has them.
pub(crate) fn mpdta(test: &str) -> Option<Data> {
    let frame = support::shared_or_skip(test, "data/mpdta/mpdta.csv")?;
    let index = Index { unit: "countyreal", time: "year" };
    Some(Data { frame, outcome: "lemp", index, first_treated: "first.treat", covariate: "lpop" })
}

/// A table of expected values.
pub(crate) struct Expected {
    frame: Frame,
}

impl Expected {
    pub(crate) fn read(file: &str, categories: &[&str]) -> Self {
        let path = Place::Committed.find(&format!("staggered/{file}")).expect("a committed file is there");
        let read = CsvReader::new().category(categories.iter().copied()).load(&path);
        Self { frame: read.expect("test data can be read").frame }
    }

    pub(crate) fn rows(&self) -> std::ops::Range<usize> {
        0..self.frame.nrows()
    }

    pub(crate) fn text(&self, column: &str, row: usize) -> String {
        self.frame.column(column).unwrap().label(row).unwrap_or_default()
    }

    pub(crate) fn number(&self, column: &str, row: usize) -> f64 {
        match self.frame.column(column).unwrap() {
            Column::Real(values) => values[row],
            Column::Category(category) => category.label(row).unwrap().parse().unwrap(),
        }
    }

    pub(crate) fn whole(&self, column: &str, row: usize) -> i64 {
        self.number(column, row) as i64
    }
}
