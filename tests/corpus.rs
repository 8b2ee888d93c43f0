//! The corpora of the fuzz targets, through the same checks as there.

use std::panic::catch_unwind;
use std::path::PathBuf;

use support::any_input;

/// The files of a target, sorted, with their bytes.
fn corpus(target: &str) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let entries = std::fs::read_dir(folder).expect("the corpus is committed");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file of the corpus").path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let bytes = std::fs::read(&path).expect("a file of the corpus");
        (path, bytes)
    };
    paths.into_iter().map(read).collect()
}

/// Runs a check on a corpus, which must hold inputs that are accepted and inputs that are refused.
fn assert_holds(target: &str, check: fn(&[u8]) -> bool) {
    let files = corpus(target);
    let holds = |(path, bytes): &(PathBuf, Vec<u8>)| {
        catch_unwind(|| check(bytes)).unwrap_or_else(|_| panic!("the check fails on {}", path.display()))
    };
    let accepted = files.iter().filter(|file| holds(file)).count();
    assert!(0 < accepted && accepted < files.len(), "{accepted} of {} inputs are accepted", files.len());
}

#[test]
fn formulas() {
    assert_holds("formula", any_input::formula);
}

#[test]
fn delimited_text() {
    assert_holds("csv", any_input::csv);
}

#[test]
fn parquet_files() {
    assert_holds("parquet", any_input::parquet);
}
