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

#[test]
fn generate_temporarily() {
    use ceteris::Frame;
    use ceteris_data::{Overwrite, write_parquet};
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/parquet");
    let put =
        |name: &str, frame: Frame| write_parquet(&frame, folder.join(name), Overwrite::Replace).unwrap();
    let reals = Frame::new().add_real("x", vec![1.5, f64::NAN, -0.0, f64::INFINITY]).unwrap();
    put("reals.parquet", reals.clone());
    put("labels.parquet", Frame::new().add_category("g", [Some("a"), None, Some("007"), Some("a")]).unwrap());
    let both = reals.add_category("g", [Some("NA"), Some(""), None, Some("b")]).unwrap();
    put("both.parquet", both.clone());
    put("all_missing.parquet", Frame::new().add_real("x", vec![f64::NAN; 3]).unwrap());
    let bytes = std::fs::read(folder.join("both.parquet")).unwrap();
    std::fs::write(folder.join("cut_short.parquet"), &bytes[..bytes.len() / 2]).unwrap();
    let mut damaged = bytes.clone();
    damaged[4..40].iter_mut().for_each(|b| *b ^= 0x55);
    std::fs::write(folder.join("damaged_page.parquet"), &damaged).unwrap();
    let mut damaged = bytes.clone();
    let n = damaged.len();
    damaged[n - 8] ^= 0x3f;
    std::fs::write(folder.join("damaged_footer.parquet"), &damaged).unwrap();
    std::fs::write(folder.join("text.parquet"), b"PAR1,x\n1,2\n").unwrap();
}
