//! `cargo xtask layers`: who may use whom, read from the text of the core crate and the manifests.
//!
//! ```text
//! core       where the core crate is, and the module that each of its files is
//! order      a module of the core names itself and the modules below it
//! confined   faer and ndarray-linalg in their own files; no input, output, clock or environment
//! absent     words that a module must not know (`vcov` never sees a `Frame`)
//! crates     a crate depends on the crates below it; xtask on none
//! ```

mod absent;
mod confined;
mod core;
mod crates;
mod order;

use std::io;

use crate::source::{self, Source};
use crate::step::Step;
use crate::violation::Violation;
use crate::workspace::Workspace;
use core::CORE;

/// One survey.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::survey("layers", survey)]
}

/// Everything that breaks a rule, file by file.
fn survey(workspace: &Workspace) -> io::Result<Vec<Violation>> {
    let mut violations = of_core(&core_sources(workspace)?);
    violations.extend(crates::check(&manifests(workspace)?));
    Ok(violations)
}

/// The violations inside the core crate.
fn of_core(sources: &[Source]) -> Vec<Violation> {
    let mut violations = order::check(sources);
    for source in sources {
        violations.extend(confined::check(source));
        violations.extend(absent::check(source));
    }
    violations.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    violations
}

/// The Rust files of the core crate that are not test files.
fn core_sources(workspace: &Workspace) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for file in workspace.files(CORE)? {
        if file.ends_with(".rs") {
            let text = workspace.read(&file)?;
            sources.push(Source::new(file, &text));
        }
    }
    if sources.is_empty() {
        return Err(io::Error::other(format!("no Rust file below {CORE}")));
    }
    Ok(source::without_test_files(sources))
}

/// Path and text of the root manifest and of every crate's.
fn manifests(workspace: &Workspace) -> io::Result<Vec<(String, String)>> {
    let inner = workspace
        .files("crates")?
        .into_iter()
        .filter(|file| file.split('/').count() == 3 && file.ends_with("/Cargo.toml"));
    std::iter::once("Cargo.toml".to_owned())
        .chain(inner)
        .map(|file| workspace.read(&file).map(|text| (file, text)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn violations_of_all_rules_come_sorted_by_place() {
        let sources = [
            Source::new("crates/ceteris/src/vcov/hc.rs", "fn f(x: &Frame) {}\nuse crate::did::X;"),
            Source::new("crates/ceteris/src/linalg/gram.rs", "\nuse faer::Mat;"),
        ];
        let found: Vec<String> = of_core(&sources).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[0].starts_with("crates/ceteris/src/linalg/gram.rs:2:"));
        assert!(found[1].starts_with("crates/ceteris/src/vcov/hc.rs:1:"));
        assert!(found[2].starts_with("crates/ceteris/src/vcov/hc.rs:2:"));
    }

    #[test]
    fn test_files_are_exempt() {
        let sources = vec![
            Source::new("crates/ceteris/src/linalg/mod.rs", "#[cfg(test)] mod tests;"),
            Source::new("crates/ceteris/src/linalg/tests.rs", "use crate::did::X; use std::fs;"),
        ];
        assert!(of_core(&source::without_test_files(sources)).is_empty());
    }
}
