//! Takes out the items that exist only under `cfg(test)` and names the test modules kept in files.

use super::tokens::Token;

/// Words that can begin an item; after a `cfg(test)` attribute anything else is left in place.
const ITEM: &[&str] = &[
    "async",
    "const",
    "enum",
    "extern",
    "fn",
    "impl",
    "macro_rules",
    "mod",
    "pub",
    "static",
    "struct",
    "trait",
    "type",
    "unsafe",
    "use",
];

/// Items that end with `;` even when braces stand in them.
const ENDED_BY_SEMICOLON: &[&str] = &["const", "static", "type", "use"];

/// The tokens outside test items, and the names of modules declared as `#[cfg(test)] mod name;`.
pub(super) fn split(tokens: Vec<Token>) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = test_item_end(&tokens, at) else {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        };
        modules.extend(declared(&tokens[at..end]));
        at = end;
    }
    (kept, modules)
}

/// The end of the test item whose `cfg(test)` attribute starts at `at`, if one does.
fn test_item_end(tokens: &[Token], at: usize) -> Option<usize> {
    let mut next = attribute_end(tokens, at)?;
    if !is_test_condition(&tokens[at..next]) {
        return None;
    }
    while let Some(end) = attribute_end(tokens, next) {
        next = end;
    }
    let begins = tokens.get(next).and_then(Token::word).is_some_and(|word| ITEM.contains(&word));
    begins.then(|| item_end(tokens, next))
}

/// The end of the outer attribute `#[...]` that starts here, if one does.
fn attribute_end(tokens: &[Token], at: usize) -> Option<usize> {
    let opens = tokens.get(at)?.is_mark('#') && tokens.get(at + 1)?.is_mark('[');
    opens.then(|| group_end(tokens, at + 1))
}

/// The end of the bracketed group that opens at `at`.
fn group_end(tokens: &[Token], at: usize) -> usize {
    let mut depth = 0_i32;
    for (index, token) in tokens.iter().enumerate().skip(at) {
        depth += step(token);
        if depth == 0 {
            return index + 1;
        }
    }
    tokens.len()
}

/// How a token changes the depth of brackets.
fn step(token: &Token) -> i32 {
    if ['(', '[', '{'].iter().any(|&mark| token.is_mark(mark)) {
        1
    } else if [')', ']', '}'].iter().any(|&mark| token.is_mark(mark)) {
        -1
    } else {
        0
    }
}

/// Whether an attribute means "only when testing": `cfg(test)` or `cfg(all(test, ...))`.
fn is_test_condition(attribute: &[Token]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| token.is_word(word));
    let conditional = attribute.get(2).is_some_and(|token| token.is_word("cfg"));
    conditional && (has("test") || has("doctest")) && !has("not") && !has("any")
}

/// The end of the item that begins at `at`: its `;`, or the brace that closes its body.
fn item_end(tokens: &[Token], at: usize) -> usize {
    let by_semicolon = tokens[at..]
        .iter()
        .filter_map(Token::word)
        .find(|&word| !["pub", "crate", "super", "in", "unsafe"].contains(&word))
        .is_some_and(|word| ENDED_BY_SEMICOLON.contains(&word));
    let mut index = at;
    while index < tokens.len() {
        if tokens[index].is_mark(';') {
            return index + 1;
        }
        if step(&tokens[index]) == 1 {
            let braces = tokens[index].is_mark('{');
            index = group_end(tokens, index);
            if braces && !by_semicolon {
                return index;
            }
        } else {
            index += 1;
        }
    }
    tokens.len()
}

/// The name of the module an item declares to lie in a file of its own, if it does.
fn declared(item: &[Token]) -> Option<String> {
    let end = item.len();
    let tail = item.get(end.checked_sub(3)?..)?;
    let ends_so = tail[0].is_word("mod") && tail[2].is_mark(';');
    ends_so.then(|| tail[1].word().map(str::to_owned)).flatten()
}

#[cfg(test)]
mod tests {
    use super::super::tokens::of;
    use super::*;

    /// The words that are left, and the test modules.
    fn left(code: &str) -> (String, Vec<String>) {
        let (kept, modules) = split(of(code));
        let words: Vec<&str> = kept.iter().filter_map(Token::word).collect();
        (words.join(" "), modules)
    }

    #[test]
    fn test_modules_in_place_are_taken_out() {
        let code = "fn a() {} #[cfg(test)] mod tests { fn b() { c() } } fn d() {}";
        assert_eq!(left(code), ("fn a fn d".into(), vec![]));
    }

    #[test]
    fn test_modules_in_files_are_named() {
        let code = "#[cfg(test)] #[path = x] pub(crate) mod tests; mod other;";
        assert_eq!(left(code), ("mod other".into(), vec!["tests".into()]));
    }

    #[test]
    fn single_items_are_taken_out_to_their_end() {
        assert_eq!(left("#[cfg(test)] use a::{b, c}; d").0, "d");
        assert_eq!(left("#[cfg(test)] pub(crate) const A: [u8; 1] = { [0; 1] }; d").0, "d");
        assert_eq!(left("#[cfg(test)] fn f(a: [u8; 2]) -> u8 { a[0] } d").0, "d");
        assert_eq!(left("#[cfg(all(test, feature = x))] mod t {} d").0, "d");
    }

    #[test]
    fn conditions_that_also_hold_without_tests_stay() {
        assert_eq!(left("#[cfg(not(test))] mod a;").1, Vec::<String>::new());
        assert!(left("#[cfg(not(test))] fn a() {}").0.contains("fn a"));
        assert!(left("#[cfg(any(test, unix))] fn a() {}").0.contains("fn a"));
        assert!(left("#[cfg(feature = x)] fn a() {}").0.contains("fn a"));
    }
}
