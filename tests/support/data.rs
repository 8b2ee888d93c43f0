//! Where data for tests lie: committed beside the tests, or in a folder that not every machine has.
//!
//! | place | what | if it is absent |
//! |---|---|---|
//! | `tests/data` | data that are ours or in the public domain | the test fails |
//! | the folder in `CETERIS_SHARED` | data of other packages, to be fetched | the test fails |
//! | `../shared` beside the workspace | the same | the test is skipped, loudly |

use std::io::Write;
use std::path::{Path, PathBuf};

use ceteris::Frame;

/// The variable that names the folder of data of other packages.
const SHARED: &str = "CETERIS_SHARED";

/// Where the data of a test lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In `tests/data`.
    Committed,
    /// In the folder of data of other packages.
    Shared,
}

impl Place {
    /// A file of this place; `None` if this machine does not have it and nobody said that it does.
    ///
    /// # Panics
    /// If a committed file is missing, or `CETERIS_SHARED` names a folder without it.
    pub fn find(self, file: &str) -> Option<PathBuf> {
        match (self, std::env::var_os(SHARED)) {
            (Place::Committed, _) => {
                let path = tests_data().join(file);
                assert!(path.exists(), "`tests/data/{file}` must exist: it is committed");
                Some(path)
            }
            (Place::Shared, Some(folder)) => {
                let folder = PathBuf::from(folder);
                let places = [folder.join(file), folder.join("reference").join(file)];
                let found = places.into_iter().find(|path| path.exists());
                assert!(found.is_some(), "`{SHARED}` is set, but its folder has no `{file}`");
                found
            }
            (Place::Shared, None) => {
                let shared = root().join("../shared");
                [shared.join("reference").join(file), shared.join(file)]
                    .into_iter()
                    .find(|path| path.exists())
            }
        }
    }

    /// The data of a file, under the same conditions.
    ///
    /// # Panics
    /// As [`Place::find`], and if the file cannot be read.
    pub fn read(self, file: &str) -> Option<Frame> {
        self.find(file).map(|path| ceteris_data::read_csv(&path).expect("test data can be read"))
    }
}

/// Data of other packages, such as `data/mpdta/mpdta.csv`; says loudly that `test` skips what needs them if
/// this machine does not have them.
///
/// # Panics
/// As [`Place::read`].
pub fn shared_or_skip(test: &str, file: &str) -> Option<Frame> {
    let found = Place::Shared.read(file);
    if found.is_none() {
        announce(&format!("SKIPPED {test}: it needs `{file}`; set {SHARED} to the folder that holds it"));
    }
    found
}

/// Writes a line that the test harness does not swallow when the test passes.
pub fn announce(line: &str) {
    // Only `print!` and `eprint!` are captured. A closed standard error is no reason to fail.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The folder `tests/data`.
pub fn tests_data() -> PathBuf {
    root().join("tests/data")
}

/// The tables of expected values, by the name of their case.
///
/// # Panics
/// If the folder cannot be read.
pub fn reference_tables() -> Vec<(String, PathBuf)> {
    let folder = tests_data().join("reference");
    let entries = std::fs::read_dir(folder).expect("`tests/data/reference` is committed");
    let paths = entries.map(|entry| entry.expect("the folder can be listed").path());
    let mut tables: Vec<(String, PathBuf)> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .map(|path| (stem(&path), path))
        .collect();
    tables.sort();
    tables
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
