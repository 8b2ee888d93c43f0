//! `cargo xtask interaction`: only one file takes `a^b` apart.
//!
//! `region^year` is an interaction of factors, a type with parts. Code that splits the text at the sign
//! instead knows less than the type does, and two such places need not agree.

use std::io;

use crate::step::Step;
use crate::violation::Violation;
use crate::workspace::Workspace;

/// The file that may.
const HOME: &str = "crates/ceteris/src/frame/interaction.rs";

/// How the names of the functions that split text begin, and what may stand before the sign.
const SPLIT: &str = "split";

/// The sign as a character and as text, in pieces, so that this file passes its own check.
const SIGNS: [&str; 2] = [concat!("'", "^'"), concat!("\"", "^\"")];

/// One survey.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::survey("interaction", survey)]
}

/// Every place outside its home that splits text at the sign.
fn survey(workspace: &Workspace) -> io::Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for file in workspace.files("crates")? {
        if file.ends_with(".rs") && file != HOME {
            violations.extend(in_text(&file, &workspace.read(&file)?));
        }
    }
    Ok(violations)
}

/// The lines of one file that split text at the sign.
fn in_text(file: &str, text: &str) -> Vec<Violation> {
    let lines = text.lines().enumerate().filter(|(_, line)| splits(line));
    lines
        .map(|(index, line)| Violation {
            file: file.to_owned(),
            line: index + 1,
            found: format!("`{}`", line.trim()),
            allowed: format!("the interaction of {HOME}, which has the parts"),
        })
        .collect()
}

/// Whether a line calls a function that splits with the sign among its first arguments.
fn splits(line: &str) -> bool {
    line.match_indices(SPLIT).any(|(at, _)| {
        let call = line[at..].split_once('(').map_or("", |(_, arguments)| arguments);
        let before_sign = |sign| call.find(sign).map(|end| &call[..end]);
        let counts = |before: &str| before.chars().all(|c| c.is_ascii_digit() || ", ".contains(c));
        SIGNS.into_iter().filter_map(before_sign).any(counts)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_split_is_found_with_its_line() {
        for sign in SIGNS {
            for function in ["split", "split_once", "rsplit", "splitn", "split_terminator"] {
                let count = if function == "splitn" { "2, " } else { "" };
                let text = format!("fn f(text: &str) {{\n    text.{function}({count}{sign});\n}}");
                let found = in_text("crates/a/src/b.rs", &text);
                assert_eq!((found.len(), found[0].line), (1, 2), "{text}");
            }
        }
    }

    #[test]
    fn other_uses_of_the_sign_are_not_found() {
        for sign in SIGNS {
            for text in [format!("text.split(':').any(|part| part == {sign})"), format!("write(f, {sign})")] {
                assert!(in_text("a.rs", &text).is_empty(), "{text}");
            }
        }
    }

    #[test]
    fn this_file_passes_its_own_check() {
        assert_eq!(in_text("interaction.rs", include_str!("interaction.rs")), Vec::new());
    }
}
