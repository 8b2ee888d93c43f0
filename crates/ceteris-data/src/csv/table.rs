//! A file becomes columns: one pass for all of them, and a second for those in which text turned
//! up after numbers.

use std::io::Read;

use ceteris::{Column, Frame};

use super::column::{Builder, Kind, Outcome, Refused};
use super::missing::Markers;
use super::records::{Fault, Records};
use super::settings::CsvReader;
use crate::error::{Error, Result};
use crate::lines::Lines;
use crate::loaded::{ColumnNote, Loaded};
use crate::source::{Format, Source};
use crate::taken::Taken;

/// Reads a source of delimited text.
pub(super) fn load(source: &Source, reader: &CsvReader) -> Result<Loaded> {
    let format = source.format()?;
    if format == Format::Parquet {
        let path = source.path().to_path_buf();
        return Err(Error::Format { path, expected: "CSV", found: "Parquet" });
    }
    let table = Table { source, reader, missing: Markers::new(&reader.missing) };
    let Pass { names, builders, lines } = table.pass(|names| table.kinds(names))?;
    let notes = notes(&names, &builders);
    let columns = table.settle(builders)?;
    let mut frame = Frame::new();
    for (name, column) in names.into_iter().zip(columns) {
        frame = frame.add(name, column)?;
    }
    Ok(Loaded { frame, path: source.path().to_path_buf(), format, notes, lines })
}

/// What one pass over a file gives.
struct Pass {
    names: Vec<String>,
    builders: Vec<Builder>,
    lines: Lines,
}

struct Table<'a> {
    source: &'a Source,
    reader: &'a CsvReader,
    missing: Markers,
}

impl Table<'_> {
    /// One pass over the file; `kinds` says what each column of the header is to become.
    fn pass(&self, kinds: impl FnOnce(&[String]) -> Result<Vec<Kind>>) -> Result<Pass> {
        let delimiter = self.delimiter()?;
        let mut records = Records::new(self.source.text()?, delimiter).map_err(|fault| self.fault(fault))?;
        if !self.advance(&mut records)? {
            return Err(self.empty("has no header"));
        }
        let names = self.names(&records)?;
        let mut builders: Vec<Builder> = kinds(&names)?.into_iter().map(Builder::new).collect();
        let (mut rows, mut lines) = (0_usize, Lines::default());
        while self.advance(&mut records)? {
            self.take(&records, &names, &mut builders)?;
            lines.push(rows, records.line());
            rows += 1;
        }
        if rows == 0 {
            return Err(self.empty("has a header and no row"));
        }
        Ok(Pass { names, builders, lines })
    }

    /// Hands the fields of a record to their columns.
    fn take<R: Read>(&self, records: &Records<R>, names: &[String], builders: &mut [Builder]) -> Result<()> {
        if records.len() != names.len() {
            return Err(records.wrong_length(self.source.path(), names.len()));
        }
        for (i, builder) in builders.iter_mut().enumerate() {
            let field = records.field(i);
            if self.missing.contains(&field) {
                builder.push_missing();
            } else {
                builder
                    .push(&field, records.line())
                    .map_err(|refused| self.refused(refused, records, i, &names[i]))?;
            }
        }
        Ok(())
    }

    /// The columns, after a second pass where one is needed.
    fn settle(&self, builders: Vec<Builder>) -> Result<Vec<Column>> {
        let outcomes: Vec<Outcome> = builders.into_iter().map(Builder::finish).collect();
        let again = |outcome: &Outcome| match outcome {
            Outcome::Reread => Kind::Category,
            Outcome::Ready(_) => Kind::Skipped,
        };
        let kinds: Vec<Kind> = outcomes.iter().map(again).collect();
        if kinds.iter().all(|kind| *kind == Kind::Skipped) {
            return outcomes.into_iter().map(|outcome| self.ready(outcome)).collect();
        }
        let Pass { builders: second, .. } = self.pass(|names| match names.len() == kinds.len() {
            true => Ok(kinds),
            false => Err(self.changed()),
        })?;
        let settled = outcomes.into_iter().zip(second).map(|(first, second)| match first {
            Outcome::Ready(column) => Ok(column),
            Outcome::Reread => self.ready(second.finish()),
        });
        settled.collect()
    }

    fn ready(&self, outcome: Outcome) -> Result<Column> {
        match outcome {
            Outcome::Ready(column) => Ok(column),
            Outcome::Reread => Err(self.changed()),
        }
    }

    fn names<R: Read>(&self, records: &Records<R>) -> Result<Vec<String>> {
        let mut names: Vec<String> = Vec::with_capacity(records.len());
        let mut taken = Taken::default();
        for i in 0..records.len() {
            let bytes = records.field(i);
            let name = std::str::from_utf8(&bytes).map_err(|_| records.not_utf8(self.source.path(), i))?;
            let name = if records.is_quoted(i) { name } else { name.trim() }.to_string();
            taken.add(self.source.path(), i, &name)?;
            names.push(name);
        }
        match self.suspect_delimiter(&names) {
            Some(error) if !records.is_quoted(0) => Err(error),
            _ => Ok(names),
        }
    }

    /// A single column whose name holds another common delimiter, which is hardly what was meant.
    fn suspect_delimiter(&self, names: &[String]) -> Option<Error> {
        let ([name], None) = (names, self.reader.delimiter) else {
            return None;
        };
        let found = name.chars().find(|found| matches!(found, ';' | '\t' | '|'))?;
        Some(Error::Delimiter { path: self.source.path().to_path_buf(), expected: ',', found })
    }

    fn delimiter(&self) -> Result<u8> {
        match self.reader.delimiter.unwrap_or(b',') {
            delimiter @ (b'"' | b'\n' | b'\r' | 0x80..) => {
                Err(Error::Frame(ceteris::Error::InvalidSetting {
                    setting: "delimiter",
                    value: char::from(delimiter).escape_default().to_string(),
                    must: "one ASCII character other than a quote or a line end",
                }))
            }
            delimiter => Ok(delimiter),
        }
    }

    fn kinds(&self, names: &[String]) -> Result<Vec<Kind>> {
        let mut kinds = vec![Kind::Automatic; names.len()];
        for (column, kind) in &self.reader.kinds {
            let Some(place) = names.iter().position(|name| name == column) else {
                return Err(Error::MissingColumn {
                    path: self.source.path().to_path_buf(),
                    column: column.clone(),
                    available: names.to_vec(),
                });
            };
            kinds[place] = *kind;
        }
        Ok(kinds)
    }
}

/// The errors of a table, each with what is known at that point.
impl Table<'_> {
    fn advance<R: Read>(&self, records: &mut Records<R>) -> Result<bool> {
        records.advance().map_err(|fault| self.fault(fault))
    }

    fn fault(&self, fault: Fault) -> Error {
        fault.error(self.source.path())
    }

    fn empty(&self, found: &'static str) -> Error {
        Error::Empty { path: self.source.path().to_path_buf(), found }
    }

    fn refused<R>(&self, refused: Refused, records: &Records<R>, i: usize, name: &str) -> Error {
        match refused {
            Refused::NotUtf8 => records.not_utf8(self.source.path(), i),
            Refused::Text => Error::TextInNumeric {
                path: self.source.path().to_path_buf(),
                line: records.line(),
                field: i + 1,
                column: name.to_string(),
                value: String::from_utf8_lossy(&records.field(i)).into_owned(),
            },
        }
    }

    fn changed(&self) -> Error {
        let source = std::io::Error::other("the file changed while it was read");
        Error::Read { path: self.source.path().to_path_buf(), source }
    }
}

/// The columns that were meant to be numeric, as far as one can tell.
fn notes(names: &[String], builders: &[Builder]) -> Vec<ColumnNote> {
    let columns = names.iter().zip(builders).enumerate();
    let notes = columns.filter_map(|(i, (name, builder))| match &builder.first_text {
        Some(first) if builder.numbers > builder.texts => Some(ColumnNote {
            column: name.clone(),
            field: i + 1,
            line: first.line,
            value: first.value.clone(),
            numbers: builder.numbers,
            texts: builder.texts,
        }),
        _ => None,
    });
    notes.collect()
}
