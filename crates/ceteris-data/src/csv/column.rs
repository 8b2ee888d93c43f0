//! One column while it is read: real as long as every field present is a number, else a category.
//!
//! A field's text is not kept while the column looks real. If text turns up after numbers, the
//! column is [`Outcome::Reread`]: a second pass over the file collects its labels as they stand.

use ceteris::Column;

use super::number::{measure, number, truth};
use crate::labels::{Labels, NotUtf8};

/// What a column is to become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Real if every field present is a number, else a category.
    Automatic,
    /// Real; text is refused.
    Real,
    /// Real; words for true and false are one and zero, and other text is refused.
    Indicator,
    /// A category.
    Category,
    /// Not needed.
    Skipped,
}

/// Why a field cannot be taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refused {
    Text,
    NotUtf8,
}

impl From<NotUtf8> for Refused {
    fn from(_: NotUtf8) -> Self {
        Refused::NotUtf8
    }
}

/// The first field that is not a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FirstText {
    pub(super) line: u64,
    pub(super) value: String,
}

/// What a column has become.
#[derive(Debug)]
pub(super) enum Outcome {
    Ready(Column),
    Reread,
}

#[derive(Debug)]
enum Cells {
    Reals(Vec<f64>),
    Labels(Labels),
    Dropped,
}

/// A column under construction.
#[derive(Debug)]
pub(super) struct Builder {
    kind: Kind,
    cells: Cells,
    pub(super) numbers: usize,
    pub(super) texts: usize,
    pub(super) first_text: Option<FirstText>,
}

impl Builder {
    pub(super) fn new(kind: Kind) -> Self {
        let cells = match kind {
            Kind::Automatic | Kind::Real | Kind::Indicator => Cells::Reals(Vec::new()),
            Kind::Category => Cells::Labels(Labels::default()),
            Kind::Skipped => Cells::Dropped,
        };
        Self { kind, cells, numbers: 0, texts: 0, first_text: None }
    }

    /// Takes a missing value.
    pub(super) fn push_missing(&mut self) {
        match &mut self.cells {
            Cells::Reals(values) => values.push(f64::NAN),
            Cells::Labels(labels) => labels.push_missing(),
            Cells::Dropped => {}
        }
    }

    /// Takes a field that is not missing.
    pub(super) fn push(&mut self, field: &[u8], line: u64) -> Result<(), Refused> {
        match self.kind {
            Kind::Automatic => self.push_either(field, line),
            Kind::Real => self.push_real(number(field), field),
            Kind::Indicator => self.push_real(truth(field).or_else(|| number(field)), field),
            Kind::Category => self.push_label(field),
            Kind::Skipped => Ok(()),
        }
    }

    fn push_real(&mut self, value: Option<f64>, field: &[u8]) -> Result<(), Refused> {
        let value = value.ok_or_else(|| refusal(field))?;
        if let Cells::Reals(values) = &mut self.cells {
            values.push(value);
        }
        Ok(())
    }

    fn push_label(&mut self, field: &[u8]) -> Result<(), Refused> {
        match &mut self.cells {
            Cells::Labels(labels) => Ok(labels.push(field)?),
            Cells::Reals(_) | Cells::Dropped => Ok(()),
        }
    }

    fn push_either(&mut self, field: &[u8], line: u64) -> Result<(), Refused> {
        match measure(field) {
            Some(value) => {
                self.numbers += 1;
                if let Cells::Reals(values) = &mut self.cells {
                    values.push(value);
                    return Ok(());
                }
            }
            None => {
                self.texts += 1;
                if self.first_text.is_none() {
                    self.meet_text(field, line)?;
                }
            }
        }
        self.push_label(field)
    }

    /// The first text decides: a category from here if no number came before, else a second pass.
    fn meet_text(&mut self, field: &[u8], line: u64) -> Result<(), Refused> {
        let value = std::str::from_utf8(field).map_err(|_| Refused::NotUtf8)?.to_string();
        self.first_text = Some(FirstText { line, value });
        self.cells = match &self.cells {
            Cells::Reals(values) if self.numbers == 0 => Cells::Labels(Labels::missing(values.len())),
            _ => Cells::Dropped,
        };
        Ok(())
    }

    /// Ends the column.
    pub(super) fn finish(self) -> Outcome {
        match self.cells {
            Cells::Reals(values) => Outcome::Ready(Column::Real(values.into())),
            Cells::Labels(labels) => Outcome::Ready(labels.finish()),
            Cells::Dropped => Outcome::Reread,
        }
    }
}

fn refusal(field: &[u8]) -> Refused {
    if std::str::from_utf8(field).is_ok() { Refused::Text } else { Refused::NotUtf8 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(kind: Kind, fields: &[&str]) -> Builder {
        let mut builder = Builder::new(kind);
        for (i, field) in fields.iter().enumerate() {
            if field.is_empty() {
                builder.push_missing();
            } else {
                builder.push(field.as_bytes(), i as u64 + 2).expect("these fields fit");
            }
        }
        builder
    }

    #[test]
    fn numbers_and_missing_values_make_a_real_column() {
        let Outcome::Ready(Column::Real(values)) = built(Kind::Automatic, &["1", "", "2.5"]).finish() else {
            panic!("not real");
        };
        assert_eq!(values[0], 1.0);
        assert!(values[1].is_nan());
    }

    #[test]
    fn text_before_any_number_makes_a_category_at_once() {
        let builder = built(Kind::Automatic, &["", "A1", "7"]);
        assert_eq!((builder.numbers, builder.texts), (1, 1));
        let Outcome::Ready(Column::Category(column)) = builder.finish() else {
            panic!("not a category");
        };
        assert_eq!((column.label(0), column.label(2)), (None, Some("7")));
    }

    #[test]
    fn text_after_a_number_asks_for_another_pass() {
        let builder = built(Kind::Automatic, &["1", "12,3", "x", "4"]);
        assert_eq!((builder.numbers, builder.texts), (2, 2));
        let first = FirstText { line: 3, value: "12,3".to_string() };
        assert_eq!(builder.first_text, Some(first));
        assert!(matches!(builder.finish(), Outcome::Reread));
    }

    #[test]
    fn an_indicator_takes_words_for_true_and_false() {
        let built = built(Kind::Indicator, &["TRUE", "false", "", "1", " Yes ", "n", "0.5"]);
        let Outcome::Ready(Column::Real(values)) = built.finish() else { panic!("not real") };
        assert_eq!((&values[..2], &values[3..]), (&[1.0, 0.0][..], &[1.0, 1.0, 0.0, 0.5][..]));
        assert_eq!(Builder::new(Kind::Indicator).push(b"maybe", 2), Err(Refused::Text));
        assert_eq!(Builder::new(Kind::Real).push(b"TRUE", 2), Err(Refused::Text));
    }

    #[test]
    fn a_forced_real_column_refuses_text_but_takes_identifiers() {
        let mut builder = built(Kind::Real, &["007"]);
        assert_eq!(builder.push(b"x", 3), Err(Refused::Text));
        assert_eq!(builder.push(b"\xe9", 3), Err(Refused::NotUtf8));
    }
}
