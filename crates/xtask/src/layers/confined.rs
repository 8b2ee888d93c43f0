//! What only some files of the core may name: the numerical backends, and the world outside.

use super::core::CORE;
use crate::source::{Kind, Path, Source};
use crate::violation::Violation;

/// Each backend: the crate, the start of the files that may name it, and how to say so.
const BACKENDS: &[(&str, &str, &str)] = &[
    ("clarabel", "linalg/conic", "only linalg/conic*.rs names clarabel"),
    ("faer", "linalg/faer", "only linalg/faer*.rs names faer"),
    ("ndarray_linalg", "linalg/lapack", "only linalg/lapack*.rs names ndarray_linalg"),
];

/// Parts of the standard library that reach outside the program, each with its reason.
const WORLD: &[(&[&str], &str)] = &[
    (&["std", "fs"], "the core crate reads and writes no files"),
    (&["std", "io"], "the core crate does no input or output"),
    (&["std", "net"], "the core crate does no input or output"),
    (&["std", "process"], "the core crate starts and ends no program"),
    (&["std", "env"], "the core crate reads no environment"),
    (&["std", "time"], "the core crate reads no clock"),
];

/// Macros that print.
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];

/// All violations in one file of the core.
pub(super) fn check(source: &Source) -> Vec<Violation> {
    let mut violations = Vec::new();
    for path in &source.paths {
        let backend = BACKENDS
            .iter()
            .find(|(name, home, _)| is_crate(path, name, source) && !is_home(&source.file, home));
        let world = WORLD.iter().find(|(segments, _)| path.begins_with(segments));
        let reason = backend.map(|(_, _, reason)| reason).or(world.map(|(_, reason)| reason));
        if let Some(reason) = reason {
            let found = format!("`{}`", path.segments.join("::"));
            violations.push(violation(source, path.line, found, reason));
        }
    }
    violations.extend(printing(source));
    violations
}

/// Whether a path begins with the name of this crate, and not with a module called like it.
fn is_crate(path: &Path, name: &str, source: &Source) -> bool {
    path.first() == name && (path.rooted || !knows_module(source, name))
}

/// Whether the file declares a module of this name or imports one from within the core.
fn knows_module(source: &Source, name: &str) -> bool {
    let inside = |path: &&Path| ["crate", "self", "super"].contains(&path.first());
    let mut imports = source.paths.iter().filter(|path| path.imported).filter(inside);
    source.declares(name) || imports.any(|path| path.name() == name)
}

/// Whether a file is one of those whose path inside the core begins with `home`.
fn is_home(file: &str, home: &str) -> bool {
    file.strip_prefix(CORE).is_some_and(|inside| inside.starts_with(home))
}

/// Calls of macros that print.
fn printing(source: &Source) -> Vec<Violation> {
    let calls = source
        .tokens
        .windows(3)
        .filter(|next| next[1].is_mark('!') && !next[2].is_mark('=') && next[2].kind != Kind::Arrow);
    calls
        .filter_map(|next| next[0].word().map(|word| (word, next[0].line)))
        .filter(|(word, _)| PRINTING.contains(word))
        .map(|(word, line)| violation(source, line, format!("`{word}!`"), "the core crate prints nothing"))
        .collect()
}

/// A violation in this file.
fn violation(source: &Source, line: usize, found: String, reason: &str) -> Violation {
    Violation { file: source.file.clone(), line, found, allowed: reason.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted(inside: &str, text: &str) -> Vec<String> {
        check(&Source::new(format!("{CORE}{inside}"), text)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn faer_outside_its_files_is_found() {
        assert_eq!(
            planted("linalg/gram.rs", "\nuse faer::Mat;"),
            ["crates/ceteris/src/linalg/gram.rs:2: `faer::Mat`; \
              allowed: only linalg/faer*.rs names faer"]
        );
        assert_eq!(planted("linalg/gram.rs", "fn f(x: faer::MatRef<f64>) {}").len(), 1);
        assert_eq!(planted("vcov/faer.rs", "use ::faer::{Mat, linalg};").len(), 2);
        assert_eq!(planted("model/fit.rs", "use faer as dense;").len(), 1);
        assert!(planted("linalg/faer.rs", "use faer::Mat;").is_empty());
        assert!(planted("linalg/faer_qr.rs", "use faer::Mat;").is_empty());
    }

    #[test]
    fn ndarray_linalg_outside_its_files_is_found() {
        assert_eq!(planted("linalg/faer.rs", "use ndarray_linalg::QR;").len(), 1);
        assert_eq!(planted("linalg/mod.rs", "fn f() { ndarray_linalg::x() }").len(), 1);
        assert!(planted("linalg/lapack.rs", "use ndarray_linalg::QR;").is_empty());
    }

    #[test]
    fn a_module_or_variable_called_faer_is_not_the_crate() {
        let text = "mod faer; fn f() { faer::solve(); let faer = 1; self::faer::solve() }";
        assert!(planted("linalg/mod.rs", text).is_empty());
        assert!(planted("model/solver.rs", "fn f() { LeastSquares::faer(); g(faer, 1) }").is_empty());
        assert_eq!(planted("linalg/mod.rs", "mod faer; use ::faer::Mat;").len(), 1);
    }

    #[test]
    fn each_door_to_the_world_is_found() {
        for (segments, reason) in WORLD {
            let module = segments[1];
            let nested = planted("frame/mod.rs", &format!("use std::{{sync::Arc, {module}::x}};"));
            assert_eq!(nested.len(), 1, "{module}");
            assert!(nested[0].ends_with(reason), "{module}");
            let in_place = format!("fn f() {{ std::{module}::x() }}");
            assert_eq!(planted("frame/mod.rs", &in_place).len(), 1, "{module}");
        }
    }

    #[test]
    fn each_printing_macro_is_found() {
        for name in PRINTING {
            let found = planted("model/fit.rs", &format!("fn f() {{\n{name}!(x) }}"));
            assert_eq!(found.len(), 1, "{name}");
            assert!(found[0].contains(&format!("fit.rs:2: `{name}!`")), "{name}");
        }
        assert!(planted("model/fit.rs", "fn f() { if print != x {} }").is_empty());
    }

    #[test]
    fn prose_and_tests_are_exempt() {
        let text = "//! `use faer::Mat;` std::fs println!(1)\n/// ```\n/// println!(\"{}\", x);\n\
                    fn f() {}\n#[cfg(test)] mod tests { use std::fs; fn g() { println!(1) } }";
        assert!(planted("model/fit.rs", text).is_empty());
    }
}
