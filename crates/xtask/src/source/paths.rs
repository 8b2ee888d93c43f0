//! The paths a file names: `use` trees unfolded to their leaves, and paths written in place.

use super::tokens::{Kind, Token};

/// To whom an import hands its names on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PassedOn {
    /// To nobody: a plain `use`, or no import at all.
    Nowhere,
    /// To a part of the crate: `pub(crate) use` and its like.
    Inside,
    /// To everybody: `pub use`.
    Everywhere,
}

/// One path, such as `crate::frame::Sample` or `std::io`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    /// The line of its last segment.
    pub(crate) line: usize,
    /// The segments; a leaf `*` or `self` of a `use` tree counts as one.
    pub(crate) segments: Vec<String>,
    /// Whether it begins with `::`, that is, with the name of a crate.
    pub(crate) rooted: bool,
    /// Whether it is imported by `use` (a lone word elsewhere is no path and is left out).
    pub(crate) imported: bool,
    /// To whom its `use` hands the name on.
    pub(crate) passed_on: PassedOn,
    /// The name given by `as`.
    pub(crate) alias: Option<String>,
}

impl Path {
    /// The first segment.
    pub(crate) fn first(&self) -> &str {
        self.segments.first().map_or("", String::as_str)
    }

    /// Whether the path begins with these segments.
    pub(crate) fn begins_with(&self, segments: &[&str]) -> bool {
        self.segments.len() >= segments.len()
            && self.segments.iter().zip(segments).all(|(found, wanted)| found == wanted)
    }

    /// The name under which an import is known: its alias, else its last segment.
    pub(crate) fn name(&self) -> &str {
        let last = self.segments.last().map_or("", String::as_str);
        self.alias.as_deref().unwrap_or(last)
    }
}

/// All paths, in order.
pub(super) fn of(tokens: &[Token]) -> Vec<Path> {
    let mut reader = Reader { tokens, at: 0, passed_on: PassedOn::Nowhere, paths: Vec::new() };
    while reader.at < tokens.len() {
        let imports = tokens[reader.at].is_word("use")
            && !tokens.get(reader.at + 1).is_some_and(|token| token.is_mark('<'));
        if imports {
            reader.passed_on = passed_on(tokens, reader.at);
            reader.at += 1;
            let rooted = reader.take(&Kind::Separator);
            reader.tree(&[], rooted);
        } else {
            reader.in_place();
        }
    }
    reader.paths
}

/// To whom the `use` at this token hands its names on.
fn passed_on(tokens: &[Token], at: usize) -> PassedOn {
    match at.checked_sub(1).map(|before| &tokens[before]) {
        Some(token) if token.is_word("pub") => PassedOn::Everywhere,
        Some(token) if token.is_mark(')') => PassedOn::Inside,
        _ => PassedOn::Nowhere,
    }
}

/// A position in the tokens and what was found before it.
struct Reader<'a> {
    /// All tokens of the file.
    tokens: &'a [Token],
    /// The next one to read.
    at: usize,
    /// To whom the `use` being read hands its names on.
    passed_on: PassedOn,
    /// The paths so far.
    paths: Vec<Path>,
}

impl Reader<'_> {
    /// Steps over the next token if it is of this kind.
    fn take(&mut self, kind: &Kind) -> bool {
        let found = self.tokens.get(self.at).is_some_and(|token| token.kind == *kind);
        self.at += usize::from(found);
        found
    }

    /// One branch of a `use` tree, up to the mark that ends it, below the segments of `prefix`.
    fn tree(&mut self, prefix: &[String], rooted: bool) {
        let mut segments = prefix.to_vec();
        loop {
            let Some(token) = self.tokens.get(self.at) else {
                return;
            };
            match &token.kind {
                Kind::Word(word) => segments.push(word.clone()),
                Kind::Mark('*') => segments.push("*".into()),
                Kind::Mark('{') => return self.group(&segments, rooted),
                // The `#` of a raw identifier, and anything unexpected, is stepped over.
                Kind::Mark('#') => {}
                _ => return,
            }
            let line = token.line;
            self.at += 1;
            if !self.take(&Kind::Separator) && !self.raw_identifier(&mut segments) {
                let alias = self.alias();
                let passed_on = self.passed_on;
                self.paths.push(Path { line, segments, rooted, imported: true, passed_on, alias });
                return;
            }
        }
    }

    /// Whether the segment just read was the `r` of `r#name`, which is then forgotten.
    fn raw_identifier(&mut self, segments: &mut Vec<String>) -> bool {
        let raw = segments.last().is_some_and(|last| last == "r")
            && self.tokens.get(self.at).is_some_and(|token| token.is_mark('#'));
        if raw {
            segments.pop();
            self.at += 1;
        }
        raw
    }

    /// The branches between braces.
    fn group(&mut self, prefix: &[String], rooted: bool) {
        self.at += 1;
        while let Some(token) = self.tokens.get(self.at) {
            match token.kind {
                Kind::Mark('}') => {
                    self.at += 1;
                    return;
                }
                Kind::Mark(';') => return,
                Kind::Mark(_) | Kind::Arrow if !token.is_mark('{') && !token.is_mark('*') => {
                    self.at += 1;
                }
                _ => {
                    let rooted = self.take(&Kind::Separator) || rooted;
                    self.tree(prefix, rooted);
                }
            }
        }
    }

    /// The name after `as`, if one is given.
    fn alias(&mut self) -> Option<String> {
        self.tokens.get(self.at).filter(|token| token.is_word("as"))?;
        let name = self.tokens.get(self.at + 1)?.word()?.to_owned();
        self.at += 2;
        Some(name)
    }

    /// A path written in place, or one token that belongs to none.
    fn in_place(&mut self) {
        let after_bracket = self.at > 0 && self.tokens[self.at - 1].is_mark('>');
        let rooted = self.take(&Kind::Separator) && !after_bracket;
        let mut segments = Vec::new();
        let mut line = 0;
        while let Some(token) = self.tokens.get(self.at) {
            let Some(word) = token.word() else { break };
            segments.push(word.to_owned());
            line = token.line;
            self.at += 1;
            if !self.take(&Kind::Separator) {
                break;
            }
        }
        if segments.is_empty() {
            self.at += usize::from(self.at < self.tokens.len());
        } else if segments.len() > 1 || rooted {
            let (imported, passed_on, alias) = (false, PassedOn::Nowhere, None);
            self.paths.push(Path { line, segments, rooted, imported, passed_on, alias });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens;
    use super::*;

    /// Each path as text, with `::` in front when rooted and ` as name` behind.
    fn paths(code: &str) -> Vec<String> {
        of(&tokens::of(code))
            .iter()
            .map(|path| {
                let root = if path.rooted { "::" } else { "" };
                let alias = path.alias.as_ref().map(|name| format!(" as {name}"));
                format!("{root}{}{}", path.segments.join("::"), alias.unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn use_trees_unfold_to_their_leaves() {
        assert_eq!(
            paths("use crate::{error::Error, frame::{self, Sample as S, *}};"),
            ["crate::error::Error", "crate::frame::self", "crate::frame::Sample as S", "crate::frame::*"]
        );
        assert_eq!(paths("pub(crate) use faer; use ::faer::{Mat};"), ["faer", "::faer::Mat"]);
        assert_eq!(paths("use {std::fs, std::io::Read};"), ["std::fs", "std::io::Read"]);
        assert_eq!(paths("use a::r#type; use b::c as _;"), ["a::type", "b::c as _"]);
    }

    #[test]
    fn paths_in_place_are_found_between_other_code() {
        assert_eq!(
            paths("fn f(x: &crate::frame::Frame) -> ::faer::Mat { <T as A>::b(); Vec::<u8>::new() }"),
            ["crate::frame::Frame", "::faer::Mat"]
        );
    }

    #[test]
    fn imports_that_hand_their_names_on_are_known() {
        let code = "use a::A; pub use b::{B, c::C}; pub(crate) use d::D; fn f() { e::E }";
        let found = of(&tokens::of(code));
        let passed_on: Vec<PassedOn> = found.iter().map(|path| path.passed_on).collect();
        use PassedOn::{Everywhere, Inside, Nowhere};
        assert_eq!(passed_on, [Nowhere, Everywhere, Everywhere, Inside, Nowhere]);
    }

    #[test]
    fn captured_lifetimes_are_not_imports() {
        assert!(paths("fn f() -> impl Sized + use<'a, T> {}").is_empty());
    }

    #[test]
    fn each_leaf_has_its_own_line() {
        let found = of(&tokens::of("use crate::{\n    error::Error,\n    vcov::Hc,\n};"));
        let lines: Vec<usize> = found.iter().map(|path| path.line).collect();
        assert_eq!(lines, [2, 3]);
        assert_eq!(found[1].name(), "Hc");
        assert!(found[1].begins_with(&["crate", "vcov"]));
    }

    #[test]
    fn broken_code_ends_the_reading() {
        assert!(paths("use a::{b").contains(&"a::b".to_owned()));
        assert!(paths("use").is_empty());
    }
}
