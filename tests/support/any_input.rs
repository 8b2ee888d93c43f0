//! What must hold for any input whatever: the checks of the fuzz targets in `tests/fuzz` and of the test
//! over their corpora.
//!
//! Each check panics where something does not hold, and says whether the input was accepted.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use ceteris::{Column, Frame, Ols};
use ceteris_data::{CsvReader, Error, Overwrite, read_parquet, write_csv_to, write_parquet};

/// A formula that is read prints, and reads back to the same value.
///
/// # Panics
/// If it does not.
pub fn formula(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let Ok(read) = text.parse::<Ols>() else { return false };
    let printed = read.to_string();
    match printed.parse::<Ols>() {
        Ok(again) => assert_eq!(again, read, "{text:?} prints as {printed:?}, which is another formula"),
        Err(error) => panic!("{text:?} prints as {printed:?}, which is not read: {error}"),
    }
    true
}

/// Delimited text that is read writes as CSV and reads back to the same bits. Text with a zero byte may
/// be refused, because such a file would look like binary data.
///
/// # Panics
/// If it does not.
pub fn csv(bytes: &[u8]) -> bool {
    let Ok(read) = CsvReader::new().load_bytes(bytes, "input.csv") else { return false };
    let frame = read.frame;
    let mut text = Vec::new();
    match write_csv_to(&frame, &mut text) {
        Ok(()) => {}
        Err(Error::Unwritable { value, .. }) if value.contains('\0') => return true,
        Err(error) => panic!("what was read is not written: {error}"),
    }
    let categories: Vec<&str> = frame.names().filter(|name| frame.category(name).is_ok()).collect();
    match CsvReader::new().category(categories).load_bytes(&text, "output.csv") {
        Ok(again) => assert_same(&frame, &again.frame),
        Err(error) => panic!("{:?} was written and is not read: {error}", String::from_utf8_lossy(&text)),
    }
    true
}

/// A Parquet file that is read writes as Parquet and reads back to the same bits.
///
/// # Panics
/// If it does not.
pub fn parquet(bytes: &[u8]) -> bool {
    let file = Temporary::new();
    std::fs::write(&file.0, bytes).expect("a writable folder for temporary files");
    let Ok(frame) = read_parquet(&file.0) else { return false };
    write_parquet(&frame, &file.0, Overwrite::Replace).expect("what was read can be written");
    let again = read_parquet(&file.0).expect("what was written can be read");
    assert_same(&frame, &again);
    true
}

/// Compares names, kinds, labels, bits and missing values.
fn assert_same(frame: &Frame, again: &Frame) {
    let names = |frame: &Frame| frame.names().map(String::from).collect::<Vec<_>>();
    assert_eq!(names(frame), names(again), "the names differ");
    for name in frame.names() {
        let [before, after] = [frame, again].map(|frame| frame.column(name).expect("a name of the frame"));
        match (before, after) {
            (Column::Real(before), Column::Real(after)) => {
                let bits = |x: &f64| if x.is_nan() { None } else { Some(x.to_bits()) };
                assert!(before.iter().map(bits).eq(after.iter().map(bits)), "numbers of {name:?} differ");
            }
            (Column::Category(before), Column::Category(after)) => {
                assert_eq!(before.len(), after.len(), "lengths of {name:?} differ");
                let same = (0..before.len()).all(|row| before.label(row) == after.label(row));
                assert!(same, "labels of {name:?} differ");
            }
            _ => panic!("kinds of {name:?} differ"),
        }
    }
}

/// A file of this thread alone, gone when the value is.
struct Temporary(PathBuf);

impl Temporary {
    fn new() -> Self {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let name = format!("ceteris-any-input-{}-{serial}.parquet", std::process::id());
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0); // what is left is in the folder for temporary files
    }
}
