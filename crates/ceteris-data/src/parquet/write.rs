//! A frame becomes a Parquet file: `DOUBLE` for real columns, UTF-8 text for categories, a null for
//! each missing value.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use ::parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use ::parquet::errors::Result as ParquetResult;
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use ::parquet::schema::types::Type;
use ceteris::frame::CategoryColumn;
use ceteris::{Column, Frame};

use crate::error::{Error, Result};
use crate::staged::{Overwrite, write_whole};

/// Rows in a row group: large enough to compress, small enough to hold.
const ROWS: usize = 1 << 20;

/// Writes a frame as Parquet, compressed by Snappy. The file appears whole or not at all.
///
/// # Errors
/// [`Error::Exists`], [`Error::Write`]; [`Error::Empty`] for a frame without columns.
///
/// # Example
/// ```
/// use ceteris::Frame;
/// use ceteris_data::{Overwrite, read_parquet, write_parquet};
/// let path = std::env::temp_dir().join(format!("ceteris-doc-{}.pq", std::process::id()));
/// let frame = Frame::new().add_category("ccg", [Some("00K"), None, Some("007")])?;
/// write_parquet(&frame, &path, Overwrite::Replace)?;
/// assert_eq!(read_parquet(&path)?.category("ccg")?.label(2), Some("007"));
/// # std::fs::remove_file(path).ok();
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn write_parquet(frame: &Frame, path: impl AsRef<Path>, overwrite: Overwrite) -> Result<()> {
    let path = path.as_ref();
    if frame.names().next().is_none() {
        return Err(Error::Empty { path: path.to_path_buf(), found: "has no column" });
    }
    let mut columns = Vec::new();
    for name in frame.names() {
        columns.push((name, frame.column(name)?));
    }
    write_whole(path, overwrite, |file| encode(&columns, frame.nrows(), file).map_err(io::Error::other))
}

fn encode(columns: &[(&str, &Column)], nrows: usize, file: impl Write + Send) -> ParquetResult<()> {
    let fields = columns.iter().map(|(name, column)| field(name, column).map(Arc::new));
    let fields = fields.collect::<ParquetResult<Vec<_>>>()?;
    let schema = Type::group_type_builder("schema").with_fields(fields).build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("ceteris ", env!("CARGO_PKG_VERSION")).to_string())
        .build();
    let mut writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))?;
    for start in (0..nrows).step_by(ROWS) {
        let rows = start..nrows.min(start + ROWS);
        let mut group = writer.next_row_group()?;
        for (_, column) in columns {
            match column {
                Column::Real(values) => reals(&mut group, &values[rows.clone()])?,
                Column::Category(category) => labels(&mut group, category, rows.clone())?,
            }
        }
        group.close()?;
    }
    writer.close().map(drop)
}

fn field(name: &str, column: &Column) -> ParquetResult<Type> {
    let (physical, logical) = match column {
        Column::Real(_) => (Physical::DOUBLE, None),
        Column::Category(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    Type::primitive_type_builder(name, physical)
        .with_logical_type(logical)
        .with_repetition(Repetition::OPTIONAL)
        .build()
}

fn reals<W: Write + Send>(group: &mut SerializedRowGroupWriter<'_, W>, values: &[f64]) -> ParquetResult<()> {
    let levels: Vec<i16> = values.iter().map(|value| i16::from(!value.is_nan())).collect();
    let present: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<DoubleType>().write_batch(&present, Some(&levels), None)?;
        column.close()?;
    }
    Ok(())
}

fn labels<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    category: &CategoryColumn,
    rows: std::ops::Range<usize>,
) -> ParquetResult<()> {
    let levels: Vec<ByteArray> =
        category.levels().iter().map(|label| ByteArray::from(label.as_str())).collect();
    let codes: Vec<Option<u32>> = rows.map(|row| category.code(row)).collect();
    let defined: Vec<i16> = codes.iter().map(|code| i16::from(code.is_some())).collect();
    let present: Vec<ByteArray> =
        codes.into_iter().flatten().map(|code| levels[code as usize].clone()).collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<ByteArrayType>().write_batch(&present, Some(&defined), None)?;
        column.close()?;
    }
    Ok(())
}
