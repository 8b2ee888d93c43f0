//! Which Parquet columns a frame can hold, and the words for those which it cannot.

use ::parquet::basic::{ConvertedType, LogicalType, Type};
use ::parquet::schema::types::ColumnDescriptor;

/// A column that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub(super) stored: Stored,
    /// Whether a value may be null.
    pub(super) optional: bool,
}

/// How a readable column is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stored {
    Real,
    Boolean,
    Signed,
    Unsigned,
    Text,
}

/// What the annotations of a column make of its bytes.
enum Meaning {
    Plain,
    Unsigned,
    Text,
    Other(&'static str),
}

impl Kind {
    /// The kind of a column, or what it is instead.
    pub(super) fn of(column: &ColumnDescriptor) -> Result<Self, String> {
        if column.path().parts().len() > 1 || column.max_rep_level() > 0 {
            return Err("nested".to_string());
        }
        let stored = match (column.physical_type(), meaning(column)) {
            (_, Meaning::Other(what)) => return Err(what.to_string()),
            (Type::DOUBLE | Type::FLOAT, Meaning::Plain) => Stored::Real,
            (Type::BOOLEAN, Meaning::Plain) => Stored::Boolean,
            (Type::INT32 | Type::INT64, Meaning::Plain) => Stored::Signed,
            (Type::INT32 | Type::INT64, Meaning::Unsigned) => Stored::Unsigned,
            (Type::BYTE_ARRAY, Meaning::Plain | Meaning::Text) => Stored::Text,
            (other, _) => return Err(format!("of the type {other}")),
        };
        Ok(Self { stored, optional: column.max_def_level() > 0 })
    }
}

fn meaning(column: &ColumnDescriptor) -> Meaning {
    match column.logical_type_ref() {
        Some(logical) => logical_meaning(logical),
        None => converted_meaning(column.converted_type()),
    }
}

fn logical_meaning(logical: &LogicalType) -> Meaning {
    match logical {
        LogicalType::Integer(integer) if integer.is_signed => Meaning::Plain,
        LogicalType::Integer(_) => Meaning::Unsigned,
        LogicalType::Unknown => Meaning::Plain, // a column of nulls
        LogicalType::String | LogicalType::Enum | LogicalType::Json => Meaning::Text,
        LogicalType::Decimal(_) => Meaning::Other("a decimal number"),
        LogicalType::Date => Meaning::Other("a date"),
        LogicalType::Time(_) => Meaning::Other("a time of day"),
        LogicalType::Timestamp(_) => Meaning::Other("a timestamp"),
        LogicalType::Uuid => Meaning::Other("a UUID"),
        LogicalType::Float16 => Meaning::Other("a half-precision number"),
        _ => Meaning::Other("of a type that is not read"),
    }
}

fn converted_meaning(converted: ConvertedType) -> Meaning {
    match converted {
        ConvertedType::NONE
        | ConvertedType::INT_8
        | ConvertedType::INT_16
        | ConvertedType::INT_32
        | ConvertedType::INT_64 => Meaning::Plain,
        ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
            Meaning::Unsigned
        }
        ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON => Meaning::Text,
        ConvertedType::DECIMAL => Meaning::Other("a decimal number"),
        ConvertedType::DATE => Meaning::Other("a date"),
        ConvertedType::TIME_MILLIS | ConvertedType::TIME_MICROS => Meaning::Other("a time of day"),
        ConvertedType::TIMESTAMP_MILLIS | ConvertedType::TIMESTAMP_MICROS => Meaning::Other("a timestamp"),
        _ => Meaning::Other("of a type that is not read"),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ::parquet::schema::parser::parse_message_type;
    use ::parquet::schema::types::SchemaDescriptor;

    use super::*;

    fn kind(field: &str) -> Result<Kind, String> {
        let message = format!("message schema {{ {field} }}");
        let schema = parse_message_type(&message).expect("a schema in the test");
        Kind::of(&SchemaDescriptor::new(Arc::new(schema)).column(0))
    }

    #[test]
    fn flat_numbers_booleans_and_text_are_read() {
        let stored = |field| kind(field).map(|kind| kind.stored);
        assert_eq!(stored("required double x;"), Ok(Stored::Real));
        assert_eq!(stored("optional int32 x (INTEGER(32, false));"), Ok(Stored::Unsigned));
        assert_eq!(stored("optional int64 x;"), Ok(Stored::Signed));
        assert_eq!(stored("optional binary x (UTF8);"), Ok(Stored::Text));
        assert_eq!(kind("optional boolean x;").map(|kind| kind.optional), Ok(true));
        assert_eq!(kind("required boolean x;").map(|kind| kind.optional), Ok(false));
    }

    #[test]
    fn other_columns_are_refused_in_words() {
        for (field, what) in [
            ("required int32 x (DATE);", "a date"),
            ("required int64 x (TIMESTAMP(MILLIS, true));", "a timestamp"),
            ("required int32 x (DECIMAL(9, 2));", "a decimal number"),
            ("repeated double x;", "nested"),
            ("required group x { required double y; }", "nested"),
            ("required int96 x;", "of the type INT96"),
        ] {
            assert_eq!(kind(field), Err(what.to_string()), "{field}");
        }
    }
}
