//! All that is promised about a failure: the exit code, one sentence on standard error, nothing on
//! standard output, no file touched.

use std::fs;
use std::path::Path;

use crate::run::{TABLE, ceteris, contents, folder};

/// A command that must fail, with what it must say.
pub(crate) struct Case {
    args: &'static [&'static str],
    /// What `a.csv` holds.
    table: &'static str,
    code: i32,
    /// Words of the sentence.
    words: &'static [&'static str],
}

/// The words of `ceteris fit FORMULA --data a.csv` and more flags.
macro_rules! fit {
    ($formula:literal $(, $flag:literal)*) => { &["fit", $formula, "--data", "a.csv" $(, $flag)*] };
}
pub(crate) use fit;

/// A failure on [`TABLE`].
pub(crate) const fn case(args: &'static [&'static str], code: i32, words: &'static [&'static str]) -> Case {
    Case { args, table: TABLE, code, words }
}

/// A failure on a table of its own.
pub(crate) const fn with(
    table: &'static str,
    args: &'static [&'static str],
    code: i32,
    words: &'static [&'static str],
) -> Case {
    Case { args, table, code, words }
}

/// Runs the cases one after the other in a folder, and names all that do not keep the promise.
pub(crate) fn refuse(name: &str, cases: &[Case]) {
    let here = folder(name);
    let broken = cases.iter().filter_map(|case| {
        fs::write(here.join("a.csv"), case.table).expect("the folder can be written");
        broken_promise(&here, case.args, case.code, case.words)
    });
    let broken: Vec<String> = broken.collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// Runs one command in a folder.
pub(crate) fn refuse_in(here: &Path, args: &[&str], code: i32, words: &[&str]) {
    if let Some(broken) = broken_promise(here, args, code, words) {
        panic!("{broken}");
    }
}

fn broken_promise(here: &Path, args: &[&str], code: i32, words: &[&str]) -> Option<String> {
    let before = contents(here);
    let output = ceteris(here, args);
    let told = String::from_utf8_lossy(&output.stderr);
    // A mistake in a formula is followed by the formula and a sign under the mistake.
    let lines = if told.starts_with("formula not understood") { 3 } else { 1 };
    let missing = words.iter().find(|word| !told.contains(**word));
    let broken = if output.status.code() != Some(code) {
        format!("exit code {:?} and not {code}", output.status.code())
    } else if !output.stdout.is_empty() {
        "standard output is not empty".to_string()
    } else if told.contains("panicked") {
        "a panic".to_string()
    } else if told.lines().count() != lines || !told.ends_with('\n') {
        format!("not {lines} line(s)")
    } else if let Some(word) = missing {
        format!("no {word:?} in the sentence")
    } else if before != contents(here) {
        "a file was touched".to_string()
    } else {
        return None;
    };
    Some(format!("{args:?}: {broken}; it said {told:?}"))
}
