//! Expected values: `case, model, quantity, name, value, witness`.

use std::path::Path;

use ceteris::Frame;
use ceteris::frame::CategoryColumn;
use ceteris_data::CsvReader;

/// One expected value and who vouches for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The file of reference numbers that it comes from.
    pub case: String,
    /// The regression within the case.
    pub model: String,
    /// What it is, such as `coef` or `se:CR1:firm`.
    pub quantity: String,
    /// The coefficient or combination that it belongs to; may be empty.
    pub name: String,
    /// The number.
    pub value: f64,
    /// Program and version, or `certified`.
    pub witness: String,
}

const WORDS: [&str; 5] = ["case", "model", "quantity", "name", "witness"];

impl Row {
    /// The rows of a table.
    ///
    /// # Panics
    /// If the file is not a table of this form.
    pub fn read_all(path: &Path) -> Vec<Row> {
        // Names such as `NA` are text here, and an empty name is a name.
        let reader = CsvReader::new().missing(Vec::<String>::new()).category(WORDS).real(["value"]);
        let frame = reader.read(path).expect("a table of expected values");
        let words = WORDS.map(|word| column(&frame, word));
        let values = frame.real("value").expect("the column of values");
        let row = |i: usize| {
            let [case, model, quantity, name, witness] =
                words.map(|column| column.label(i).unwrap_or_default().to_string());
            Row { case, model, quantity, name, value: values[i], witness }
        };
        (0..frame.nrows()).map(row).collect()
    }

    /// The quantity without its covariance, and the covariance: `se` and `CR1:firm` of
    /// `se:CR1:firm`.
    pub fn parts(&self) -> (&str, Option<&str>) {
        match self.quantity.split_once(':') {
            Some((quantity, kind)) => (quantity, Some(kind)),
            None => (&self.quantity, None),
        }
    }

    /// Whether leverages are needed to compute it.
    pub fn needs_leverage(&self) -> bool {
        match self.parts() {
            ("max_leverage", _) => true,
            (_, Some(kind)) => matches!(kind, "HC2" | "HC3"),
            _ => false,
        }
    }

    /// Whether the value was computed in arithmetic beyond doubles.
    pub fn is_certified(&self) -> bool {
        self.witness.starts_with("certified")
    }

    /// The program's name without its version; of several, as in `R 4.2.2 lm + sandwich 3.0.2`, the
    /// last, which made the covariance.
    pub fn program(&self) -> &str {
        let last = self.witness.rsplit(" + ").next().unwrap_or_default();
        last.split([' ', ':']).next().unwrap_or_default()
    }
}

fn column<'a>(frame: &'a Frame, name: &str) -> &'a CategoryColumn {
    frame.category(name).expect("a column of text")
}
