//! The tables that are committed beside these files.

use serde::de::DeserializeOwned;

/// The rows of a committed table.
pub(super) fn rows<T: DeserializeOwned>(table: &str) -> Vec<T> {
    ::csv::Reader::from_reader(table.as_bytes())
        .deserialize()
        .map(|row| row.expect("committed tables are read by the tests"))
        .collect()
}
