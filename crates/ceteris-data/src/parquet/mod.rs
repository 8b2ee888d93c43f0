//! Parquet files through the column interface of the `parquet` crate, without Arrow.
//!
//! ```text
//! DOUBLE FLOAT INT32 BOOLEAN      -> real (true is 1); a null or a NaN is missing
//! INT64                           -> real, or a category of its digits if one is beyond 2^53
//! BYTE_ARRAY of UTF-8 text        -> category
//! ```
//!
//! Everything else (nested columns, dates, decimals) is refused by name rather than read as the
//! number it is stored as. Compression by Snappy, gzip and LZ4 is understood.

mod kind;
mod silence;
mod values;
mod write;

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use ::parquet::basic::Compression;
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::RowGroupMetaData;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ceteris::{Column, Frame};

pub use write::write_parquet;

use crate::error::{Error, Result};
use crate::lines::Lines;
use crate::loaded::Loaded;
use crate::source::{Format, Source};
use crate::taken::Taken;
use kind::Kind;
use values::{Fault, Values};

/// Reads a Parquet file.
///
/// # Errors
/// [`Error::Open`], [`Error::IsDirectory`], [`Error::Format`], [`Error::Truncated`],
/// [`Error::Empty`], [`Error::DuplicateName`], [`Error::EmptyName`], [`Error::ColumnType`],
/// [`Error::Parquet`].
///
/// # Example
/// ```no_run
/// let frame = ceteris_data::read_parquet("screening.parquet")?;
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn read_parquet(path: impl AsRef<Path>) -> Result<Frame> {
    let source = Source::open(path.as_ref())?;
    let found = match source.format()? {
        Format::Parquet => return load_source(&source).map(|loaded| loaded.frame),
        Format::Csv => "text",
        Format::GzipCsv => "compressed text",
    };
    Err(Error::Format { path: source.path().to_path_buf(), expected: "Parquet", found })
}

pub(crate) fn load_source(source: &Source) -> Result<Loaded> {
    let path = source.path();
    let Some(file) = source.file()? else {
        let found = "Parquet from a pipe, which cannot be read out of order";
        return Err(Error::Format { path: path.to_path_buf(), expected: "a file on disk", found });
    };
    let file = whole(file, path)?;
    let frame = guarded(path, || {
        let reader = SerializedFileReader::new(file).map_err(|source| undecodable(path, source))?;
        frame(&reader, path)
    })?;
    let (path, format) = (path.to_path_buf(), Format::Parquet);
    Ok(Loaded { frame, path, format, notes: Vec::new(), lines: Lines::default() })
}

/// Makes an error of a panic: on some damaged pages the decoder panics where it should fail.
fn guarded<T>(path: &Path, decode: impl FnOnce() -> Result<T>) -> Result<T> {
    silence::in_silence(|| catch_unwind(AssertUnwindSafe(decode))).unwrap_or_else(|_| {
        let source = ParquetError::General("the decoder panicked on damaged data".to_string());
        Err(undecodable(path, source))
    })
}

/// A Parquet file ends with the bytes that it begins with; one cut short does not.
fn whole(mut file: File, path: &Path) -> Result<File> {
    /// Magic number, length of the metadata, magic number.
    const SHORTEST: u64 = 12;
    let failed = |source| Error::Read { path: path.to_path_buf(), source };
    let mut last = [0; 4];
    let length = file.seek(SeekFrom::End(0)).map_err(failed)?;
    if length >= SHORTEST {
        file.seek(SeekFrom::End(-4)).map_err(failed)?;
        file.read_exact(&mut last).map_err(failed)?;
    }
    if last == *b"PAR1" {
        Ok(file)
    } else {
        let found = "its Parquet footer is missing";
        Err(Error::Truncated { path: path.to_path_buf(), line: None, found })
    }
}

fn frame(reader: &SerializedFileReader<File>, path: &Path) -> Result<Frame> {
    let schema = reader.metadata().file_metadata().schema_descr();
    let mut columns: Vec<(String, Kind, Values)> = Vec::with_capacity(schema.num_columns());
    let mut taken = Taken::default();
    for i in 0..schema.num_columns() {
        let descriptor = schema.column(i);
        let name = descriptor.path().parts().join(".");
        taken.add(path, i, &name)?;
        let kind = Kind::of(&descriptor).map_err(|found| refused(path, &name, found))?;
        columns.push((name, kind, Values::new(kind)));
    }
    for group in 0..reader.num_row_groups() {
        let group = reader.get_row_group(group).map_err(|source| undecodable(path, source))?;
        check_compression(path, group.metadata())?;
        let rows = group.metadata().num_rows();
        let negative = |_| undecodable(path, ParquetError::General(format!("a row group has {rows} rows")));
        let rows = usize::try_from(rows).map_err(negative)?;
        for (i, (name, kind, values)) in columns.iter_mut().enumerate() {
            let column = group.get_column_reader(i).map_err(|source| undecodable(path, source))?;
            values.extend(column, *kind, rows).map_err(|fault| match fault {
                Fault::Parquet(source) => undecodable(path, source),
                Fault::NotUtf8 => refused(path, name, "bytes that are not UTF-8 text".to_string()),
            })?;
        }
    }
    let columns = columns.into_iter().map(|(name, _, values)| (name, values.finish()));
    assemble(path, columns.collect())
}

fn assemble(path: &Path, columns: Vec<(String, Column)>) -> Result<Frame> {
    let found = match columns.first() {
        None => Some("has no column"),
        Some((_, column)) if column.is_empty() => Some("has columns and no row"),
        Some(_) => None,
    };
    if let Some(found) = found {
        return Err(Error::Empty { path: path.to_path_buf(), found });
    }
    let mut frame = Frame::new();
    for (name, column) in columns {
        frame = frame.add(name, column)?;
    }
    Ok(frame)
}

/// Says which column uses a compression that this build leaves out, before decoding fails on it.
fn check_compression(path: &Path, group: &RowGroupMetaData) -> Result<()> {
    for chunk in group.columns() {
        let found = match chunk.compression() {
            Compression::ZSTD(_) => "compressed by zstd",
            Compression::BROTLI(_) => "compressed by brotli",
            Compression::LZO => "compressed by LZO",
            _ => continue,
        };
        let found = format!("{found}, which is not read (Snappy, gzip and LZ4 are)");
        return Err(refused(path, &chunk.column_path().string(), found));
    }
    Ok(())
}

fn refused(path: &Path, column: &str, found: String) -> Error {
    Error::ColumnType { path: path.to_path_buf(), column: column.to_string(), found }
}

fn undecodable(path: &Path, source: ParquetError) -> Error {
    Error::Parquet { path: path.to_path_buf(), source: Box::new(source) }
}
