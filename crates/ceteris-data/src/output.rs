//! Frames are written in the format that a file's name asks for.

use std::path::Path;

use ceteris::Frame;

use crate::csv::write_csv;
use crate::error::{Error, Result};
use crate::parquet::write_parquet;
use crate::staged::Overwrite;

/// Writes a frame in the format its file name ends with: `.csv`, `.csv.gz` or `.parquet`.
///
/// # Errors
/// [`Error::Format`] for another ending, else as [`write_csv`] or [`write_parquet`].
///
/// # Example
/// ```
/// use ceteris::Frame;
/// use ceteris_data::{Overwrite, read, write};
/// let path = std::env::temp_dir().join(format!("ceteris-doc-{}.parquet", std::process::id()));
/// let frame = Frame::new().add_real("uptake", vec![82.1, f64::NAN])?;
/// write(&frame, &path, Overwrite::Refuse)?;
/// assert_eq!(read(&path)?.real("uptake")?[0], 82.1);
/// # std::fs::remove_file(path).ok();
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn write(frame: &Frame, path: impl AsRef<Path>, overwrite: Overwrite) -> Result<()> {
    let path = path.as_ref();
    let name = path.to_string_lossy().to_lowercase();
    if name.ends_with(".csv") || name.ends_with(".csv.gz") {
        write_csv(frame, path, overwrite)
    } else if name.ends_with(".parquet") {
        write_parquet(frame, path, overwrite)
    } else {
        Err(Error::Format {
            path: path.to_path_buf(),
            expected: "`.csv`, `.csv.gz` or `.parquet`",
            found: "another kind of file",
        })
    }
}
