//! A folder of results: all files are written, or none.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ceteris_data::{Overwrite, StagedFile};

use crate::{Drawing, Error, Table};

/// Files to be written to one folder.
///
/// Collect the files, then [`write`](Self::write) them. Everything that can be known beforehand is
/// checked before anything is written: names, the folder, files in the way. Each file is first
/// written under another name in the same folder and renamed when all of them are complete
/// ([`StagedFile`]), so no file is ever seen half written. A failure while renaming, the very last step,
/// can leave some of the files new and the others old.
///
/// The rule for results of an earlier run is simple: if any of the files exists already, nothing is
/// written, unless [`replace`](Self::replace) was chosen. Other files in the folder are left alone.
/// A file that another program puts there in the meantime is in the way too.
///
/// # Example
/// ```
/// use ceteris_report::{Column, Error, OutputFolder, Table};
///
/// let path = std::env::temp_dir().join(format!("ceteris-report-{}", std::process::id()));
/// let table = Table::new("Years").column(Column::number("year")).row([2013]);
/// let folder = OutputFolder::new(&path).table("years", &table)?.file("about.txt", "an example");
/// let written = folder.write()?;
/// assert_eq!(written.len(), 4); // years.csv, years.md, years.tex, about.txt
/// assert!(matches!(folder.write(), Err(Error::FileExists { .. })));
/// folder.replace().write()?;
/// # std::fs::remove_dir_all(&path).expect("just made");
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputFolder {
    path: PathBuf,
    files: Vec<(String, Vec<u8>)>,
    overwrite: Overwrite,
}

impl OutputFolder {
    /// The folder at `path`, which need not exist yet. Nothing is touched before `write`.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), files: Vec::new(), overwrite: Overwrite::Refuse }
    }

    /// Adds a file with these contents. The name is a plain file name, without folders.
    pub fn file(mut self, name: impl Into<String>, contents: impl Into<Vec<u8>>) -> Self {
        self.files.push((name.into(), contents.into()));
        self
    }

    /// Adds a table as `stem.csv`, `stem.md` and `stem.tex`.
    ///
    /// # Errors
    /// Those of [`Table::csv`].
    pub fn table(self, stem: &str, table: &Table) -> Result<Self, Error> {
        Ok(self
            .file(format!("{stem}.csv"), table.csv()?)
            .file(format!("{stem}.md"), table.markdown()?)
            .file(format!("{stem}.tex"), table.latex()?))
    }

    /// Adds a figure as `stem.svg` and `stem.png`.
    ///
    /// # Errors
    /// Those of [`Drawing::png`].
    pub fn figure(self, stem: &str, drawing: &Drawing) -> Result<Self, Error> {
        let png = drawing.png()?;
        Ok(self.file(format!("{stem}.svg"), drawing.svg()).file(format!("{stem}.png"), png))
    }

    /// Lets the files take the place of files with the same names; refused by default.
    pub fn replace(mut self) -> Self {
        self.overwrite = Overwrite::Replace;
        self
    }

    /// The paths that `write` will write, in order.
    pub fn paths(&self) -> Vec<PathBuf> {
        self.files.iter().map(|(name, _)| self.path.join(name)).collect()
    }

    /// Checks what [`write`](Self::write) would, without writing: for refusing a bad folder before
    /// the work whose results are to go there.
    ///
    /// # Errors
    /// [`Error::FileName`], [`Error::DuplicateName`], [`Error::NotAFolder`], [`Error::NotAFile`],
    /// [`Error::FileExists`].
    ///
    /// # Example
    /// ```
    /// # use ceteris_report::{Error, OutputFolder};
    /// let folder = OutputFolder::new("results").file("../outside.csv", "");
    /// assert!(matches!(folder.check(), Err(Error::FileName { .. })));
    /// ```
    pub fn check(&self) -> Result<(), Error> {
        let mut names: Vec<&str> = Vec::new();
        for (name, _) in &self.files {
            if !is_plain(name) {
                return Err(Error::FileName { name: name.clone() });
            }
            if names.contains(&name.as_str()) {
                return Err(Error::DuplicateName { what: "file", name: name.clone() });
            }
            names.push(name);
        }
        if let Some(file) = self.path.ancestors().find(|part| part.exists() && !part.is_dir()) {
            return Err(Error::NotAFolder { path: file.to_owned() });
        }
        self.paths().into_iter().try_for_each(|path| self.check_free(path))
    }

    /// Makes the folder if needed, writes all files and returns their paths.
    ///
    /// # Errors
    /// Those of [`check`](Self::check), and [`Error::Write`] if the system refuses.
    pub fn write(&self) -> Result<Vec<PathBuf>, Error> {
        self.check()?;
        fs::create_dir_all(&self.path).map_err(failed("making folder", &self.path))?;
        let staged = self.files.iter().zip(self.paths()).map(|((_, contents), path)| {
            StagedFile::write(&path, |file| file.write_all(contents)).map_err(failed("writing", &path))
        });
        let staged = staged.collect::<Result<Vec<_>, Error>>()?;
        for (staged, path) in staged.into_iter().zip(self.paths()) {
            staged.publish(self.overwrite).map_err(|source| match source.kind() {
                io::ErrorKind::AlreadyExists => Error::FileExists { path },
                _ => failed("renaming to", &path)(source),
            })?;
        }
        Ok(self.paths())
    }

    fn check_free(&self, path: PathBuf) -> Result<(), Error> {
        if path.is_dir() {
            return Err(Error::NotAFile { path });
        }
        // A dangling link is a file in the way too, and `exists` would not see it.
        if self.overwrite == Overwrite::Refuse && path.symlink_metadata().is_ok() {
            return Err(Error::FileExists { path });
        }
        Ok(())
    }
}

/// Whether a name stays within its folder on any system.
fn is_plain(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\', ':', '\0'])
}

fn failed<'a>(action: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Error + 'a {
    move |source| Error::Write { action, path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_names_stay_in_their_folder() {
        assert!(is_plain("table6.csv") && is_plain(".hidden"));
        assert!(["", ".", "..", "a/b", "..\\b", "c:x"].iter().all(|name| !is_plain(name)));
    }
}
