//! The files of a crate as modules, and the file that defines what a path names.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Path, Source};

/// Words after which the name of an item stands.
const ITEM: &[&str] =
    &["const", "enum", "fn", "macro_rules", "mod", "static", "struct", "trait", "type", "union"];

/// A re-export that leads through more modules than this is taken to lead nowhere.
const DEEPEST: usize = 16;

/// What a path leads to, as the index of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// A module, which is a file.
    Module(usize),
    /// Something that this file defines.
    Item(usize),
}

/// All files of a crate, in the order of the sources.
pub(super) struct Modules<'a> {
    /// The files.
    pub(super) sources: &'a [Source],
    /// The path of each file's module: `frame/sample.rs` is `["frame", "sample"]`.
    places: Vec<Vec<&'a str>>,
    /// The files by the path of their module.
    files: BTreeMap<Vec<&'a str>, usize>,
    /// What each file defines outside all braces.
    items: Vec<BTreeSet<&'a str>>,
}

impl<'a> Modules<'a> {
    /// The files of the crate whose root lies in the folder `root`.
    pub(super) fn new(root: &str, sources: &'a [Source]) -> Self {
        let places: Vec<Vec<&str>> = sources.iter().map(|source| place(root, &source.file)).collect();
        let files = places.iter().cloned().enumerate().map(|(file, place)| (place, file)).collect();
        Self { sources, places, files, items: sources.iter().map(items).collect() }
    }

    /// What a path in the file `from` leads to; nothing if it leads out of the crate.
    pub(super) fn resolve(&self, from: usize, segments: &[String]) -> Option<Found> {
        self.follow(from, segments, 0)
    }

    /// As [`Self::resolve`], after `depth` re-exports.
    fn follow(&self, from: usize, segments: &[String], depth: usize) -> Option<Found> {
        let mut at = from;
        for (index, segment) in segments.iter().enumerate() {
            at = match segment.as_str() {
                "self" | "*" => at,
                "crate" => *self.files.get(&[][..])?,
                "super" => {
                    let (_, parent) = self.places[at].split_last()?;
                    *self.files.get(parent)?
                }
                name => match self.child(at, name) {
                    Some(child) => child,
                    None => return self.item(at, name, &segments[index + 1..], depth),
                },
            };
        }
        Some(Found::Module(at))
    }

    /// The file of the module `name` inside the module of a file.
    fn child(&self, file: usize, name: &str) -> Option<usize> {
        let mut place = self.places[file].clone();
        place.push(name);
        self.files.get(&place).copied()
    }

    /// What `name` means in a file, as an import or an item, and where `rest` leads from there.
    fn item(&self, file: usize, name: &str, rest: &[String], depth: usize) -> Option<Found> {
        if depth > DEEPEST {
            return None;
        }
        let imports = || self.sources[file].paths.iter().filter(|path| path.imported && !path.rooted);
        if let Some(import) = imports().find(|path| imported_name(path) == name) {
            return match self.follow(file, &import.segments, depth + 1)? {
                Found::Module(module) => self.follow(module, rest, depth + 1),
                item => Some(item),
            };
        }
        if self.items[file].contains(name) {
            return Some(Found::Item(file));
        }
        imports().filter(|path| is_glob(path)).find_map(|glob| {
            match self.follow(file, &glob.segments, depth + 1)? {
                Found::Module(module) if module != file => {
                    let named: Vec<String> =
                        std::iter::once(name.to_owned()).chain(rest.iter().cloned()).collect();
                    self.follow(module, &named, depth + 1)
                }
                _ => None,
            }
        })
    }
}

/// The name under which an import is known; `frame::{self}` is known as `frame`.
pub(super) fn imported_name(path: &Path) -> &str {
    match (path.name(), path.segments.len().checked_sub(2)) {
        ("self", Some(before)) => &path.segments[before],
        (name, _) => name,
    }
}

/// Whether an import takes everything there is.
pub(super) fn is_glob(path: &Path) -> bool {
    path.segments.last().is_some_and(|last| last == "*")
}

/// The path of a file's module.
fn place<'a>(root: &str, file: &'a str) -> Vec<&'a str> {
    let inside = &file[root.len().min(file.len())..];
    let mut segments: Vec<&str> = inside.strip_suffix(".rs").unwrap_or(inside).split('/').collect();
    if matches!(segments.last(), Some(&("mod" | "lib" | "main"))) {
        segments.pop();
    }
    segments
}

/// The names that a file defines outside all braces.
fn items(source: &Source) -> BTreeSet<&str> {
    let mut depth = 0_usize;
    let mut names = BTreeSet::new();
    for (index, token) in source.tokens.iter().enumerate() {
        if token.is_mark('{') {
            depth += 1;
        } else if token.is_mark('}') {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && token.word().is_some_and(|word| ITEM.contains(&word)) {
            let mut after = source.tokens[index + 1..].iter().filter(|token| !token.is_mark('!'));
            let name = after.next().and_then(|token| token.word());
            // `mod name;` is another file, which may lie outside the crate's folder.
            let elsewhere = token.is_word("mod") && after.next().is_some_and(|next| next.is_mark(';'));
            names.extend(name.filter(|_| !elsewhere));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(path: &str) -> Option<Found> {
        let sources = [
            Source::new("src/lib.rs", "mod frame; pub use frame::Sample;"),
            Source::new(
                "src/frame/mod.rs",
                "mod sample; mod far; pub use sample::*; pub fn own() {} mod inner {}",
            ),
            Source::new("src/frame/sample.rs", "pub struct Sample { x: u8 } impl Sample { fn x() {} }"),
        ];
        let segments: Vec<String> = path.split("::").map(str::to_owned).collect();
        Modules::new("src/", &sources).resolve(2, &segments)
    }

    #[test]
    fn paths_lead_to_the_file_that_defines_the_item() {
        for path in ["Sample", "self::Sample", "super::Sample", "crate::Sample", "crate::frame::Sample::x"] {
            assert_eq!(resolved(path), Some(Found::Item(2)), "{path}");
        }
        for path in ["super::own", "crate::frame::own", "super::inner::X"] {
            assert_eq!(resolved(path), Some(Found::Item(1)), "{path}");
        }
        assert_eq!(resolved("crate::frame"), Some(Found::Module(1)));
    }

    #[test]
    fn names_from_elsewhere_lead_nowhere() {
        for path in ["std::io::Read", "Vec::new", "x", "super::far::X", "super::super::super::frame"] {
            assert_eq!(resolved(path), None, "{path}");
        }
    }
}
