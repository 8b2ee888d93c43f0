//! A frame becomes delimited text (RFC 4180, commas, LF) that reads back to the same values.
//!
//! Real numbers are written with as few digits as give the same bits again, whole ones without a
//! point; a missing value is an empty field. CSV holds no kinds: a category all of whose labels are
//! numbers reads back as real unless the reader is told otherwise.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ceteris::frame::CategoryColumn;
use ceteris::{Column, Frame};
use flate2::{Compression, GzBuilder};

use super::missing::MISSING;
use super::number;
use crate::error::{Error, Result};
use crate::source::looks_like_text;
use crate::staged::{Overwrite, write_whole};

/// Writes a frame as CSV, compressed by gzip if the name ends with `.gz`. The file appears whole or
/// not at all.
///
/// # Errors
/// [`Error::Exists`], [`Error::Write`]; [`Error::Unwritable`] for a name or label that would be
/// read back as something else (the label "NA", say); [`Error::Empty`] for a frame without columns.
///
/// # Example
/// ```
/// use ceteris::Frame;
/// use ceteris_data::{Error, Overwrite, read_csv, write_csv};
/// let path = std::env::temp_dir().join(format!("ceteris-doc-{}.csv", std::process::id()));
/// let frame = Frame::new().add_real("uptake", vec![0.1 + 0.2, f64::NAN])?;
/// write_csv(&frame, &path, Overwrite::Refuse)?;
/// assert_eq!(read_csv(&path)?.real("uptake")?[0], 0.1 + 0.2);
/// let again = write_csv(&frame, &path, Overwrite::Refuse).unwrap_err();
/// assert!(matches!(again, Error::Exists { .. }));
/// # std::fs::remove_file(path).ok();
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn write_csv(frame: &Frame, path: impl AsRef<Path>, overwrite: Overwrite) -> Result<()> {
    let path = path.as_ref();
    let table = Table::new(frame, path)?;
    write_whole(path, overwrite, |file| {
        if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz")) {
            let mut encoder = GzBuilder::new().write(file, Compression::default());
            table.write(&mut encoder).and_then(|()| encoder.finish().map(drop))
        } else {
            table.write(file)
        }
    })
}

/// Writes a frame as CSV to standard output, a buffer or any other writer.
///
/// # Errors
/// As [`write_csv`].
///
/// # Example
/// ```
/// use ceteris::Frame;
/// let frame = Frame::new().add_real("x", vec![1.0, f64::NAN])?.add_category("g", [Some("a,b"), None])?;
/// let mut text = Vec::new();
/// ceteris_data::write_csv_to(&frame, &mut text)?;
/// assert_eq!(text, b"x,g\n1,\"a,b\"\n,\n");
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn write_csv_to(frame: &Frame, writer: impl Write) -> Result<()> {
    let path = PathBuf::from("output");
    let table = Table::new(frame, &path)?;
    let mut writer = io::BufWriter::new(writer);
    let written = table.write(&mut writer).and_then(|()| writer.flush());
    written.map_err(|source| Error::Write { path, source })
}

/// Columns ready to be written: labels are checked and quoted once, not once a row.
struct Table<'a> {
    names: Vec<Cow<'a, str>>,
    columns: Vec<Cells<'a>>,
    nrows: usize,
}

enum Cells<'a> {
    Reals(&'a [f64]),
    Labels(&'a CategoryColumn, Vec<Cow<'a, str>>),
}

impl<'a> Table<'a> {
    fn new(frame: &'a Frame, path: &Path) -> Result<Self> {
        let names: Vec<&str> = frame.names().collect();
        if names.is_empty() {
            return Err(Error::Empty { path: path.to_path_buf(), found: "has no column" });
        }
        let mut columns = Vec::with_capacity(names.len());
        for name in &names {
            if let Some(becomes) = misread_name(name) {
                return Err(unwritable(name, name, becomes));
            }
            columns.push(Cells::new(name, frame.column(name)?)?);
        }
        let mut names: Vec<Cow<'a, str>> = names.into_iter().map(quoted).collect();
        // A header that begins like a zip archive (`PK` and a control character) would be taken for one; a quote prevents that.
        if !looks_like_text(&format!("{}\n", names.join(","))) {
            names[0] = Cow::Owned(in_quotes(&names[0]));
        }
        Ok(Self { names, columns, nrows: frame.nrows() })
    }

    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(self.names.join(",").as_bytes())?;
        out.write_all(b"\n")?;
        let mut line = Vec::new();
        for row in 0..self.nrows {
            line.clear();
            for (i, cells) in self.columns.iter().enumerate() {
                if i > 0 {
                    line.push(b',');
                }
                cells.write(row, &mut line)?;
            }
            if line.is_empty() {
                line.extend_from_slice(b"\"\""); // else one missing value would be a blank line
            }
            line.push(b'\n');
            out.write_all(&line)?;
        }
        Ok(())
    }
}

impl<'a> Cells<'a> {
    fn new(name: &str, column: &'a Column) -> Result<Self> {
        let category = match column {
            Column::Real(values) => return Ok(Cells::Reals(values)),
            Column::Category(category) => category,
        };
        let labels = category.levels().iter().map(|label| match misread_label(label) {
            Some(becomes) => Err(unwritable(name, label, becomes)),
            None => Ok(quoted(label)),
        });
        Ok(Cells::Labels(category, labels.collect::<Result<_>>()?))
    }

    fn write(&self, row: usize, line: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Cells::Reals(values) if values[row].is_nan() => Ok(()),
            Cells::Reals(values) => number::write(values[row], line),
            Cells::Labels(category, labels) => match category.code(row) {
                Some(code) => line.write_all(labels[code as usize].as_bytes()),
                None => Ok(()),
            },
        }
    }
}

/// What a reader would make of this name, if not this name.
fn misread_name(name: &str) -> Option<&'static str> {
    match name {
        _ if name.is_empty() => Some("a column without a name"),
        _ if name.contains('\0') => Some("binary data"),
        _ => None,
    }
}

/// What a reader would make of this label, if not this label.
fn misread_label(label: &str) -> Option<&'static str> {
    match label {
        _ if MISSING.contains(&label.trim_ascii()) => Some("a missing value"),
        _ if label.contains('\0') => Some("binary data"),
        _ => None,
    }
}

fn unwritable(column: &str, value: &str, becomes: &'static str) -> Error {
    Error::Unwritable { column: column.to_string(), value: value.to_string(), becomes }
}

/// Quotes text that would not stand alone: with delimiters, quotes, line ends, outer blanks, or a
/// first character that another kind of file may begin with.
fn quoted(text: &str) -> Cow<'_, str> {
    const SPECIAL: [char; 7] = [',', '"', '\n', '\r', ';', '\t', '|'];
    let plain = !text.contains(SPECIAL) && text.trim() == text && !text.starts_with(['\u{feff}', '<', '%']);
    if plain { Cow::Borrowed(text) } else { Cow::Owned(in_quotes(text)) }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
