//! The inputs.

use ceteris::Frame;

/// The input of this name.
pub(crate) fn frame(name: &str) -> Frame {
    let path = format!("{}/tests/faults/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    ceteris_data::read_csv(path).expect("an input that is committed can be read")
}
