//! The workspace on disk: its root, its files in a fixed order, their text.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that hold no source of the project.
const SKIPPED: &[&str] = &["target", ".git"];

/// The root folder of the workspace, seen through paths relative to it.
#[derive(Debug, Clone)]
pub(crate) struct Workspace {
    /// The folder of the root `Cargo.toml`.
    root: PathBuf,
}

impl Workspace {
    /// The workspace this program was started from by cargo, else the one it was built in.
    pub(crate) fn of_this_program() -> Self {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.ancestors().nth(2).unwrap_or(&manifest).to_path_buf();
        Self { root }
    }

    /// The root folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// All files below `folder` (relative, `""` for all), as relative paths with `/`, sorted.
    ///
    /// A folder that does not exist has no files. Build folders are left out.
    ///
    /// # Errors
    ///
    /// Any error of reading a folder, with its path in the message.
    pub(crate) fn files(&self, folder: &str) -> io::Result<Vec<String>> {
        let mut found = Vec::new();
        let start = self.root.join(folder);
        if start.is_dir() {
            self.collect(&start, &mut found)?;
        }
        found.sort();
        Ok(found)
    }

    /// Adds the files below one folder, folder by folder.
    fn collect(&self, folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
        for entry in fs::read_dir(folder).map_err(|error| at(folder, &error))? {
            let entry = entry.map_err(|error| at(folder, &error))?;
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            if entry.file_type().map_err(|error| at(&path, &error))?.is_dir() {
                if !SKIPPED.contains(&name.as_ref()) {
                    self.collect(&path, found)?;
                }
            } else {
                found.push(self.relative(&path));
            }
        }
        Ok(())
    }

    /// The files that git tracks, sorted; all files where git is absent or tracks none yet.
    ///
    /// # Errors
    ///
    /// Any error of reading a folder, if it comes to that.
    pub(crate) fn tracked_files(&self) -> io::Result<Vec<String>> {
        let listing = Command::new("git").args(["ls-files", "-z"]).current_dir(&self.root).output();
        let listed = listing.ok().filter(|output| output.status.success());
        let mut tracked: Vec<String> = listed
            .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
            .unwrap_or_default()
            .split_terminator('\0')
            .filter(|file| self.root.join(file).is_file())
            .map(str::to_owned)
            .collect();
        if tracked.is_empty() {
            return self.files("");
        }
        tracked.sort();
        Ok(tracked)
    }

    /// The text of a file; bytes that are not UTF-8 become replacement characters.
    ///
    /// # Errors
    ///
    /// Any error of reading the file, with its path in the message.
    pub(crate) fn read(&self, file: &str) -> io::Result<String> {
        let path = self.root.join(file);
        let bytes = fs::read(&path).map_err(|error| at(&path, &error))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Whether a file or folder exists.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }

    /// A path relative to the root, with forward slashes on every system.
    fn relative(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside.to_string_lossy().replace('\\', "/")
    }
}

/// The same error with the path in front.
fn at(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_this_crate() {
        let workspace = Workspace::of_this_program();
        assert!(workspace.has("crates/xtask/src/workspace.rs"));
        assert!(workspace.root().join("Cargo.toml").is_file());
    }

    #[test]
    fn files_are_relative_sorted_and_leave_out_build_folders() {
        let files = Workspace::of_this_program().files("crates/xtask").expect("this crate is read");
        assert!(files.contains(&"crates/xtask/src/main.rs".to_owned()));
        assert!(files.is_sorted());
        assert!(!files.iter().any(|file| file.contains("/target/")));
    }

    #[test]
    fn tracked_files_exist_and_are_never_none() {
        let workspace = Workspace::of_this_program();
        let files = workspace.tracked_files().expect("the workspace is read");
        assert!(files.iter().any(|file| file == "Cargo.toml"));
        assert!(files.iter().all(|file| workspace.has(file)));
    }

    #[test]
    fn a_folder_that_does_not_exist_has_no_files() {
        let files = Workspace::of_this_program().files("no such folder").expect("nothing is read");
        assert!(files.is_empty());
    }

    #[test]
    fn reading_a_missing_file_names_it() {
        let error = Workspace::of_this_program().read("absent.txt").expect_err("no such file");
        assert!(error.to_string().contains("absent.txt"));
    }
}
