//! Files appear whole or not at all: bytes go to a temporary name beside the target, which is then
//! renamed.

use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

use ceteris::Frame;

use crate::error::{Error, Result};

/// What to do when the file to write exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Overwrite {
    /// Leave it alone and return [`Error::Exists`].
    #[default]
    Refuse,
    /// Replace it.
    Replace,
}

/// Writes a frame in the format its file name ends with: `.csv`, `.csv.gz` or `.parquet`.
///
/// # Errors
/// [`Error::Format`] for another ending, else as [`write_csv`](crate::write_csv) or
/// [`write_parquet`](crate::write_parquet).
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
        crate::write_csv(frame, path, overwrite)
    } else if name.ends_with(".parquet") {
        crate::write_parquet(frame, path, overwrite)
    } else {
        Err(Error::Format {
            path: path.to_path_buf(),
            expected: "`.csv`, `.csv.gz` or `.parquet`",
            found: "another kind of file",
        })
    }
}

/// Runs `fill` on a temporary file and gives that file its name when all went well.
pub(crate) fn write_whole(
    path: &Path,
    overwrite: Overwrite,
    fill: impl FnOnce(&mut BufWriter<File>) -> Result<()>,
) -> Result<()> {
    refuse(path, overwrite)?;
    let failed = |source| Error::Write { path: path.to_path_buf(), source };
    let temporary = Temporary::beside(path);
    let file = OpenOptions::new().write(true).create_new(true).open(&temporary.0).map_err(failed)?;
    let mut writer = BufWriter::new(file);
    fill(&mut writer)?;
    writer.flush().map_err(failed)?;
    writer.get_ref().sync_all().map_err(failed)?;
    refuse(path, overwrite)?; // someone may have been faster
    fs::rename(&temporary.0, path).map_err(failed)
}

fn refuse(path: &Path, overwrite: Overwrite) -> Result<()> {
    if path.is_dir() {
        return Err(Error::IsDirectory { path: path.to_path_buf() });
    }
    match overwrite {
        Overwrite::Refuse if path.exists() => Err(Error::Exists { path: path.to_path_buf() }),
        _ => Ok(()),
    }
}

/// A file that is gone when this value is, unless it was renamed.
struct Temporary(PathBuf);

impl Temporary {
    fn beside(path: &Path) -> Self {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
        Self(path.with_file_name(format!(".{name}.{}-{serial}.tmp", process::id())))
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0); // already renamed, or never made
    }
}
