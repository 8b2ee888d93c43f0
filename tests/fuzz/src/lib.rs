//! The checks that the fuzz targets share with the test over their corpora (`tests/corpus.rs`).

#[path = "../../support/any_input.rs"]
pub mod any_input;
