//! The values of one Parquet column, gathered over row groups.
//!
//! A column chunk gives its values without the nulls, and a definition level for every row: 1 where
//! there is a value, 0 where there is none.

use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::DataType;
use ::parquet::errors::ParquetError;
use ceteris::Column;

use super::kind::{Kind, Stored};
use crate::labels::{Labels, NotUtf8};
use crate::whole::LARGEST_WHOLE;

/// Rows decoded at a time.
const BATCH: usize = 64 * 1024;

/// Why a column cannot be read to its end.
#[derive(Debug)]
pub(super) enum Fault {
    Parquet(ParquetError),
    NotUtf8,
}

impl From<ParquetError> for Fault {
    fn from(error: ParquetError) -> Self {
        Fault::Parquet(error)
    }
}

impl From<NotUtf8> for Fault {
    fn from(_: NotUtf8) -> Self {
        Fault::NotUtf8
    }
}

/// What is known of a chunk before it is read.
#[derive(Debug, Clone, Copy)]
struct Shape {
    /// Whether a value may be null.
    optional: bool,
    /// Rows that the metadata of its row group promise.
    rows: usize,
}

/// Values so far.
#[derive(Debug)]
pub(super) enum Values {
    Reals(Vec<f64>),
    /// 64-bit integers; whether a real column can hold them is known only at the end.
    Wholes {
        values: Vec<Option<i64>>,
        signed: bool,
    },
    Labels(Labels),
}

impl Values {
    pub(super) fn new(kind: Kind) -> Self {
        match kind.stored {
            Stored::Real | Stored::Boolean => Values::Reals(Vec::new()),
            Stored::Signed => Values::Wholes { values: Vec::new(), signed: true },
            Stored::Unsigned => Values::Wholes { values: Vec::new(), signed: false },
            Stored::Text => Values::Labels(Labels::default()),
        }
    }

    /// Adds the rows of one row group, which are as many as its metadata say.
    pub(super) fn extend(&mut self, chunk: ColumnReader, kind: Kind, rows: usize) -> Result<(), Fault> {
        use ColumnReader::*;
        let shape = Shape { optional: kind.optional, rows };
        match (self, chunk) {
            (Values::Reals(to), DoubleColumnReader(from)) => reals(from, shape, to, |x| *x),
            (Values::Reals(to), FloatColumnReader(from)) => reals(from, shape, to, |x| f64::from(*x)),
            (Values::Reals(to), BoolColumnReader(from)) => {
                reals(from, shape, to, |flag| f64::from(u8::from(*flag)))
            }
            (Values::Wholes { values, signed: true }, Int32ColumnReader(from)) => {
                integers(from, shape, values, |value| i64::from(*value))
            }
            (Values::Wholes { values, signed: false }, Int32ColumnReader(from)) => {
                integers(from, shape, values, |value| i64::from(*value as u32)) // the same bits
            }
            (Values::Wholes { values, .. }, Int64ColumnReader(from)) => {
                integers(from, shape, values, |value| *value)
            }
            (Values::Labels(to), ByteArrayColumnReader(from)) => each(from, shape, |value| match value {
                Some(label) => Ok(to.push(label.data())?),
                None => {
                    to.push_missing();
                    Ok(())
                }
            }),
            _ => Err(ParquetError::General("a chunk is not of its column's type".into()).into()),
        }
    }

    /// Ends the column.
    pub(super) fn finish(self) -> Column {
        match self {
            Values::Reals(values) => Column::Real(values.into()),
            Values::Wholes { values, signed } => wholes(&values, signed),
            Values::Labels(labels) => labels.finish(),
        }
    }
}

fn reals<T: DataType>(
    chunk: ColumnReaderImpl<T>,
    shape: Shape,
    to: &mut Vec<f64>,
    real: impl Fn(&T::T) -> f64,
) -> Result<(), Fault> {
    each(chunk, shape, |value| {
        to.push(value.map_or(f64::NAN, &real));
        Ok(())
    })
}

fn integers<T: DataType>(
    chunk: ColumnReaderImpl<T>,
    shape: Shape,
    to: &mut Vec<Option<i64>>,
    integer: impl Fn(&T::T) -> i64,
) -> Result<(), Fault> {
    each(chunk, shape, |value| {
        to.push(value.map(&integer));
        Ok(())
    })
}

/// Calls `take` for every row of a chunk, with `None` for a null.
fn each<T: DataType>(
    mut chunk: ColumnReaderImpl<T>,
    Shape { optional, rows: promised }: Shape,
    mut take: impl FnMut(Option<&T::T>) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let (mut values, mut levels) = (Vec::new(), Vec::new());
    let mut found = 0;
    loop {
        values.clear();
        levels.clear();
        // One row more than promised is asked for, so that a false promise is seen and not believed.
        let most = BATCH.min((promised - found).saturating_add(1));
        let (rows, ..) = chunk.read_records(most, Some(&mut levels), None, &mut values)?;
        found += rows;
        if found > promised || (rows == 0 && found < promised) {
            let held = if found > promised { "more" } else { "fewer" };
            let told = format!("a column holds {held} rows than the {promised} that its row group has");
            return Err(ParquetError::General(told).into());
        }
        if rows == 0 {
            return Ok(());
        }
        let mut present = values.iter();
        for row in 0..rows {
            let is_null = optional && levels.get(row) == Some(&0);
            take(if is_null { None } else { present.next() })?;
        }
    }
}

/// Integers as reals, or as labels if a real number would lose one of their digits.
fn wholes(values: &[Option<i64>], signed: bool) -> Column {
    let size = |value: &i64| {
        if signed { value.unsigned_abs() } else { *value as u64 }
    };
    if values.iter().flatten().all(|value| size(value) <= LARGEST_WHOLE) {
        return Column::Real(values.iter().map(|v| v.map_or(f64::NAN, |v| v as f64)).collect());
    }
    let mut labels = Labels::default();
    for value in values {
        let digits = match value {
            Some(value) if signed => value.to_string(),
            Some(value) => (*value as u64).to_string(),
            None => {
                labels.push_missing();
                continue;
            }
        };
        labels.push(digits.as_bytes()).expect("digits are UTF-8");
    }
    labels.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_that_a_real_number_cannot_hold_become_labels() {
        let Column::Real(reals) = wholes(&[Some(1 << 53), None, Some(-7)], true) else {
            panic!("not real");
        };
        assert_eq!((reals[0], reals[2]), (9007199254740992.0, -7.0));
        assert!(reals[1].is_nan());
        let column = wholes(&[Some((1 << 53) + 1), None], true);
        assert_eq!(column.label(0).as_deref(), Some("9007199254740993"));
        assert!(column.is_missing(1));
        let unsigned = wholes(&[Some(-1)], false);
        assert_eq!(unsigned.label(0).as_deref(), Some("18446744073709551615"));
    }
}
