//! The arrows of a crate: which file takes which names from which other.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Found, Modules, imported_name, is_glob};
use crate::source::{PassedOn, Source, Token};

/// One file names things that another defines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Arrow {
    /// The file that names them.
    pub(super) from: usize,
    /// The file that defines them.
    pub(super) to: usize,
    /// The line of the first of them.
    pub(super) line: usize,
    /// Their names.
    pub(super) names: BTreeSet<String>,
}

/// All arrows, in the order of the files.
pub(super) fn of(modules: &Modules) -> Vec<Arrow> {
    (0..modules.sources.len()).flat_map(|file| from_file(modules, file)).collect()
}

/// The arrows that begin in one file.
fn from_file(modules: &Modules, file: usize) -> Vec<Arrow> {
    let source = &modules.sources[file];
    let mentioned = mentioned(source);
    let mut arrows: BTreeMap<usize, Arrow> = BTreeMap::new();
    let mut add = |to: usize, line: usize, name: &str| {
        if to != file {
            let new = Arrow { from: file, to, line, names: BTreeSet::new() };
            arrows.entry(to).or_insert(new).names.insert(name.to_owned());
        }
    };
    for path in source.paths.iter().filter(|path| !path.rooted) {
        match modules.resolve(file, &path.segments) {
            Some(Found::Item(to)) => {
                let name = imported_name(path);
                if path.passed_on == PassedOn::Nowhere || mentioned.contains(name) {
                    add(to, path.line, name);
                }
            }
            // A module alone is no more than the beginning of paths, each of which is seen itself.
            Some(Found::Module(module)) if is_glob(path) => {
                for word in &mentioned {
                    if let Some(Found::Item(to)) = modules.resolve(module, &[(*word).to_owned()]) {
                        add(to, path.line, word);
                    }
                }
            }
            _ => {}
        }
    }
    arrows.into_values().collect()
}

/// The words of a file outside its imports that may name something: not fields, methods, or the
/// names of functions where they are defined.
fn mentioned(source: &Source) -> BTreeSet<&str> {
    let mut words = BTreeSet::new();
    let mut importing = false;
    let mut before = None;
    for (index, token) in source.tokens.iter().enumerate() {
        let after = source.tokens.get(index + 1);
        if token.is_word("use") && !after.is_some_and(|next| next.is_mark('<')) {
            importing = true;
        } else if token.is_mark(';') {
            importing = false;
        }
        let defined = before.is_some_and(|last: &Token| last.is_mark('.') || last.is_word("fn"));
        if !importing && !defined {
            words.extend(token.word());
        }
        before = Some(token);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(parent: &str) -> Vec<String> {
        let sources = [
            Source::new("src/lib.rs", parent),
            Source::new("src/a.rs", "pub struct A; pub fn write() {} pub trait Known {}"),
        ];
        let arrows = of(&Modules::new("src/", &sources));
        arrows.into_iter().flat_map(|arrow| arrow.names).collect()
    }

    #[test]
    fn imports_count_and_names_passed_on_count_when_they_are_used() {
        assert_eq!(names("use a::Known;"), ["Known"]);
        assert!(names("mod a; pub use a::{A, write}; pub(crate) use a::Known;").is_empty());
        assert_eq!(names("pub use a::{A, write}; fn f() -> A {}"), ["A"]);
        assert!(names("pub use a::write; fn f() { x.write() }").is_empty());
    }

    #[test]
    fn a_module_counts_by_what_is_taken_from_it() {
        assert!(names("use crate::a;").is_empty());
        assert_eq!(names("use crate::a; fn f() { a::write() }"), ["write"]);
        assert_eq!(names("use a::*; fn f(x: A) {}"), ["A"]);
        assert_eq!(names("use a::A as B; fn f(x: B) {}"), ["B"]);
    }
}
