//! `cargo xtask lines`: no file of Rust is longer than [`LIMIT`] lines.

use std::io;

use crate::step::Step;
use crate::violation::Violation;
use crate::workspace::Workspace;

/// The most lines a file may have: above this it holds more than one idea.
const LIMIT: usize = 400;

/// The folders that hold Rust: those of the suite at the top, and the crates.
const FOLDERS: &[&str] = &["benches", "crates", "examples", "tests"];

/// One survey.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::survey("lines", survey)]
}

/// Every file that is too long.
fn survey(workspace: &Workspace) -> io::Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for folder in FOLDERS {
        for file in workspace.files(folder)? {
            if file.ends_with(".rs") {
                let text = workspace.read(&file)?;
                violations.extend(too_long(&file, &text));
            }
        }
    }
    Ok(violations)
}

/// The violation of one file, if it is too long.
fn too_long(file: &str, text: &str) -> Option<Violation> {
    let count = text.lines().count();
    (count > LIMIT).then(|| Violation {
        file: file.to_owned(),
        line: LIMIT + 1,
        found: format!("{count} lines"),
        allowed: format!("at most {LIMIT}; split the file by idea"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_at_the_limit_passes_and_one_line_more_fails() {
        let text = "x\n".repeat(LIMIT);
        assert_eq!(too_long("a.rs", &text), None);
        let longer = format!("{text}x");
        let violation = too_long("a.rs", &longer).expect("one line over the limit");
        assert_eq!((violation.line, violation.found.as_str()), (401, "401 lines"));
    }

    #[test]
    fn this_crate_is_among_the_files_surveyed() {
        let files = Workspace::of_this_program().files("crates").expect("the crates are read");
        assert!(files.iter().any(|file| file.ends_with("xtask/src/lines.rs")));
    }
}
