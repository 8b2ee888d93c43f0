//! Files appear whole or not at all: bytes go to a new file beside the target, under a name that
//! nobody can foresee, and that file is renamed when it is complete.

use std::fs::{File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempPath};

use crate::error::{Error, Result};

/// What to do when the file to write exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Overwrite {
    /// Leave it alone and return an error.
    #[default]
    Refuse,
    /// Replace it. If it is a symbolic link, the link is replaced and what it leads to is left alone.
    Replace,
}

/// A file that is complete but not yet seen under its name.
///
/// It lies in the folder of its target, so that [`publish`](Self::publish) is a rename and nobody
/// sees half a file. Dropped before that, it is removed. It has the permissions that a file made by
/// [`File::create`] would have.
///
/// # Example
/// Two files that appear only when both could be written:
/// ```
/// use std::io::Write;
///
/// use ceteris_data::{Overwrite, StagedFile};
/// let folder = std::env::temp_dir();
/// let paths = ["a", "b"].map(|name| folder.join(format!("ceteris-{name}-{}", std::process::id())));
/// let first = StagedFile::write(&paths[0], |file| file.write_all(b"one"))?;
/// let second = StagedFile::write(&paths[1], |file| file.write_all(b"two"))?;
/// assert!(!paths[0].exists());
/// first.publish(Overwrite::Refuse)?;
/// second.publish(Overwrite::Refuse)?;
/// assert_eq!(std::fs::read(&paths[1])?, b"two");
/// # paths.iter().for_each(|path| std::fs::remove_file(path).expect("just written"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct StagedFile {
    target: PathBuf,
    hidden: TempPath,
}

impl StagedFile {
    /// Makes a new file in the folder of `path`, has `fill` write it and waits until the system has it.
    ///
    /// # Errors
    /// Those of the system and of `fill`. Nothing is left behind.
    pub fn write(
        path: impl Into<PathBuf>,
        fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> io::Result<Self> {
        let target = path.into();
        let (file, hidden) = create_beside(&target)?.into_parts();
        let mut writer = BufWriter::new(file);
        fill(&mut writer)?;
        writer.flush()?;
        writer.get_ref().sync_all()?;
        Ok(Self { target, hidden })
    }

    /// Gives the file its name, by which others see it.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] if the name is taken and is to be left alone, and those of
    /// the system. The staged file is then removed.
    pub fn publish(self, overwrite: Overwrite) -> io::Result<()> {
        let renamed = match overwrite {
            Overwrite::Refuse => self.hidden.persist_noclobber(&self.target),
            Overwrite::Replace => self.hidden.persist(&self.target),
        };
        renamed.map_err(|refused| refused.error)
    }
}

/// Stages a file and publishes it; what can be refused is refused before `fill` runs.
pub(crate) fn write_whole(
    path: &Path,
    overwrite: Overwrite,
    fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
) -> Result<()> {
    let exists = || Error::Exists { path: path.to_path_buf() };
    if path.is_dir() {
        return Err(Error::IsDirectory { path: path.to_path_buf() });
    }
    // A dangling link is in the way too, and `exists` would not see it.
    if overwrite == Overwrite::Refuse && path.symlink_metadata().is_ok() {
        return Err(exists());
    }
    let written = StagedFile::write(path, fill).and_then(|staged| staged.publish(overwrite));
    written.map_err(|source| match source.kind() {
        io::ErrorKind::AlreadyExists => exists(),
        _ => Error::Write { path: path.to_path_buf(), source },
    })
}

/// A new file that no other program has made, in the folder of `target`.
fn create_beside(target: &Path) -> io::Result<NamedTempFile> {
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".");
    if let Some(permissions) = of_an_ordinary_file() {
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder)
}

/// Readable and writable for all, less what the process's umask takes away; temporary files would
/// otherwise be for their owner only.
#[cfg(unix)]
fn of_an_ordinary_file() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

/// Files inherit their permissions from the folder.
#[cfg(not(unix))]
fn of_an_ordinary_file() -> Option<Permissions> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().expect("a folder for temporary files")
    }

    /// How many files and links a folder holds, hidden ones too.
    fn entries(folder: &Path) -> usize {
        std::fs::read_dir(folder).expect("a folder").count()
    }

    #[test]
    fn nothing_is_left_of_a_file_that_was_not_completed_or_not_published() {
        let here = folder();
        let path = here.path().join("a");
        let failed = StagedFile::write(&path, |_| Err(io::Error::other("enough")));
        assert_eq!(failed.expect_err("not filled").to_string(), "enough");
        drop(StagedFile::write(&path, |file| file.write_all(b"all")).expect("writable"));
        std::fs::write(&path, "mine").expect("writable");
        let second = StagedFile::write(&path, |file| file.write_all(b"all")).expect("writable");
        let refused = second.publish(Overwrite::Refuse).expect_err("the name is taken");
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(std::fs::read(&path).expect("still there"), b"mine");
        assert_eq!(entries(here.path()), 1);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_those_of_an_ordinary_new_file() {
        use std::os::unix::fs::PermissionsExt;
        let here = folder();
        let mode =
            |name: &str| std::fs::metadata(here.path().join(name)).expect("written").permissions().mode();
        File::create(here.path().join("ordinary")).expect("writable");
        let staged = StagedFile::write(here.path().join("staged"), |_| Ok(())).expect("writable");
        staged.publish(Overwrite::Refuse).expect("the name is free");
        assert_eq!(mode("staged"), mode("ordinary"));
    }

    #[cfg(unix)]
    #[test]
    fn a_dangling_link_is_in_the_way_and_is_replaced_only_when_asked() {
        let here = folder();
        let path = here.path().join("a");
        std::os::unix::fs::symlink(here.path().join("elsewhere"), &path).expect("writable");
        let refused = write_whole(&path, Overwrite::Refuse, |_| Ok(())).expect_err("a link is there");
        assert!(matches!(refused, Error::Exists { .. }), "{refused}");
        write_whole(&path, Overwrite::Replace, |_| Ok(())).expect("asked to replace it");
        assert!(std::fs::symlink_metadata(&path).expect("written").is_file());
        assert_eq!(entries(here.path()), 1);
    }
}
