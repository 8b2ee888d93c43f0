//! `cargo xtask circles`: no file of a crate imports, by whatever way round, from a file that imports
//! from it.
//!
//! ```text
//! modules   the files of a crate as modules; which file defines the thing that a path names
//! arrows    file -> file, for every import and every path written in place
//! knots     groups of files each of which can be reached from each other one
//! ```
//!
//! A name that a `mod.rs` re-exports counts as the file that defines it, so a child may import its
//! sibling through their parent. `mod child;` and `pub use child::X` are no import of the parent's,
//! unless its own code uses `X`. Test items are exempt.

mod arrows;
mod knots;
mod modules;

use std::io;

use crate::source::{self, Source};
use crate::step::Step;
use crate::violation::Violation;
use crate::workspace::Workspace;
use arrows::Arrow;
use modules::Modules;

/// The folders that hold Rust: those of the suite at the top, and the crates.
const FOLDERS: &[&str] = &["benches", "crates", "examples", "tests"];

/// Files that are the root of a crate with files of its own.
const ROOTS: &[&str] = &["lib.rs", "main.rs"];

/// One survey.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::survey("circles", survey)]
}

/// The circles of every crate.
fn survey(workspace: &Workspace) -> io::Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for folder in FOLDERS {
        let files = workspace.files(folder)?;
        for root in files.iter().filter_map(|file| crate_folder(file)) {
            let inside = files.iter().filter(|file| file.starts_with(root) && file.ends_with(".rs"));
            let sources = inside
                .map(|file| Ok(Source::new(file.as_str(), &workspace.read(file)?)))
                .collect::<io::Result<Vec<Source>>>()?;
            violations.extend(in_crate(root, &source::without_test_files(sources)));
        }
    }
    Ok(violations)
}

/// The folder of a crate, with its last `/`, if this file is its root.
fn crate_folder(file: &str) -> Option<&str> {
    let (folder, name) = file.rsplit_once('/')?;
    ROOTS.contains(&name).then(|| &file[..=folder.len()])
}

/// The circles among the files of one crate, which all lie below `root`.
fn in_crate(root: &str, sources: &[Source]) -> Vec<Violation> {
    let arrows = arrows::of(&Modules::new(root, sources));
    let knots = knots::of(sources.len(), arrows.iter().map(|arrow| (arrow.from, arrow.to)));
    knots.iter().filter_map(|knot| circle(root, sources, &arrows, knot)).collect()
}

/// One knot with the arrows inside it.
fn circle(root: &str, sources: &[Source], arrows: &[Arrow], knot: &[usize]) -> Option<Violation> {
    let name = |file: usize| sources[file].file.strip_prefix(root).unwrap_or(&sources[file].file);
    let mut inside =
        arrows.iter().filter(|arrow| knot.contains(&arrow.from) && knot.contains(&arrow.to)).peekable();
    let first = inside.peek()?;
    let (file, line) = (sources[first.from].file.clone(), first.line);
    let mut found = format!("{} files import in a circle", knot.len());
    for arrow in inside {
        let names: Vec<&str> = arrow.names.iter().map(String::as_str).collect();
        found.push_str(&format!("\n    {} -> {} ({})", name(arrow.from), name(arrow.to), names.join(", ")));
    }
    let allowed = "imports in one direction; move what both need to a file below them".to_owned();
    Some(Violation { file, line, found: found + "\n", allowed })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted(files: &[(&str, &str)]) -> Vec<String> {
        let sources: Vec<Source> =
            files.iter().map(|(file, text)| Source::new(format!("crates/a/src/{file}"), text)).collect();
        in_crate("crates/a/src/", &sources).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn two_files_that_import_from_each_other_are_found_with_the_names() {
        let files = [
            ("lib.rs", "mod fit; mod term;"),
            ("fit.rs", "\nuse crate::term::{Term, Kind}; pub struct Fit;"),
            ("term.rs", "pub struct Term; pub enum Kind {} fn f(x: &crate::fit::Fit) {}"),
        ];
        assert_eq!(
            planted(&files),
            ["crates/a/src/fit.rs:2: 2 files import in a circle\n    \
              fit.rs -> term.rs (Kind, Term)\n    term.rs -> fit.rs (Fit)\n; \
              allowed: imports in one direction; move what both need to a file below them"]
        );
        assert!(planted(&files[..2]).is_empty());
    }

    #[test]
    fn a_longer_way_round_is_one_circle() {
        let found = planted(&[
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "use crate::c::C; pub struct B;"),
            ("c.rs", "use crate::a::A; pub struct C;"),
            ("d.rs", "use crate::a::A;"),
            ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("3 files") && !found[0].contains("d.rs"), "{}", found[0]);
    }

    #[test]
    fn a_parent_that_only_passes_names_on_is_in_no_circle() {
        let parent = "mod low; mod high; pub use low::Low; pub use high::High;";
        let high = "use super::Low; pub struct High(Low);";
        let low = "pub struct Low;";
        let files = |parent, low| [("a/mod.rs", parent), ("a/high.rs", high), ("a/low.rs", low)];
        assert!(planted(&files(parent, low)).is_empty());
        assert_eq!(planted(&files(parent, "use super::High; pub struct Low;")).len(), 1);
    }

    #[test]
    fn a_parent_whose_own_code_uses_a_child_that_uses_the_parent_is_found() {
        let child = ("a/low.rs", "use super::Own; pub struct Low(Own);");
        for parent in [
            "mod low; use low::Low; pub struct Own; fn f(x: Low) {}",
            "mod low; pub use low::Low; pub struct Own; fn f(x: Low) {}",
            "mod low; pub struct Own; fn f(x: low::Low) {}",
        ] {
            assert_eq!(planted(&[("a/mod.rs", parent), child]).len(), 1, "{parent}");
        }
        assert!(planted(&[("a/mod.rs", "mod low; pub use low::Low; pub struct Own;"), child]).is_empty());
    }

    #[test]
    fn tests_and_other_crates_make_no_circle() {
        let test = "pub struct B; #[cfg(test)] mod tests { use crate::a::A; }";
        assert!(planted(&[("a.rs", "use crate::b::B; pub struct A;"), ("b.rs", test)]).is_empty());
        let other = "use csv::A; pub struct B;";
        assert!(planted(&[("csv.rs", "use crate::b::B; pub struct A;"), ("b.rs", other)]).is_empty());
    }

    #[test]
    fn crates_are_found_by_their_roots() {
        assert_eq!(crate_folder("crates/a/src/lib.rs"), Some("crates/a/src/"));
        assert_eq!(crate_folder("crates/a/src/fit.rs"), None);
    }
}
