//! `cargo xtask words`: the text of the project speaks of econometrics and of itself alone.
//!
//! A path of somebody's machine or the address of a package registry says nothing about either, goes
//! stale, and breaks the example it stands in elsewhere. The forbidden texts are written in pieces
//! here, so that this file passes its own check.

use std::io;

use crate::step::Step;
use crate::violation::Violation;
use crate::workspace::Workspace;

/// A text that must not appear.
struct Forbidden {
    /// The text itself.
    text: &'static str,
    /// Whether it is forbidden only where a path begins: `docs/x/` holds no path `/x/`.
    at_path_start: bool,
    /// Why.
    reason: &'static str,
}

/// A folder of one machine.
const fn machine(text: &'static str) -> Forbidden {
    Forbidden {
        text,
        at_path_start: true,
        reason: "paths relative to the workspace, or std::env::temp_dir()",
    }
}

/// The address of a registry or of a mirror of one.
const fn registry(text: &'static str) -> Forbidden {
    Forbidden {
        text,
        at_path_start: false,
        reason: "names and versions of packages; where they are fetched is the reader's setting",
    }
}

/// All forbidden texts.
const FORBIDDEN: &[Forbidden] = &[
    machine(concat!("/", "work/")),
    machine(concat!("/", "root/")),
    machine(concat!("/", "tmp/")),
    machine(concat!("/", "home/")),
    machine(concat!("/", "Users/")),
    registry(concat!("index.", "crates.io")),
    registry(concat!("static.", "crates.io")),
    registry(concat!("sparse", "+http")),
    registry(concat!("registry", "+http")),
    registry(concat!("pypi.", "org/simple")),
    registry(concat!("files.", "pythonhosted.org")),
    registry(concat!("index", "-url")),
    registry(concat!("://", "localhost")),
    registry(concat!("://", "127.0.0.1")),
];

/// The one source a lock file may name: packages come from the public index, not from a mirror.
const PUBLIC_INDEX: &str = concat!("registry", "+https://github.com/rust-lang/", "crates.io-index");

/// Endings of text files that are read whole.
const WHOLE: &[&str] =
    &["R", "cff", "do", "html", "json", "md", "py", "rs", "sh", "svg", "toml", "txt", "yml"];

/// Endings of tables, of which only the first [`HEAD`] lines are read.
const TABLES: &[&str] = &["csv", "tsv"];

/// How many lines of a table count as its head.
const HEAD: usize = 20;

/// One survey.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::survey("words", survey)]
}

/// Every forbidden text, with its place.
fn survey(workspace: &Workspace) -> io::Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for file in workspace.tracked_files()? {
        if let Some(limit) = lines_to_read(&file) {
            let text = workspace.read(&file)?;
            violations.extend(in_text(&file, &text, limit));
        } else if file == "Cargo.lock" {
            violations.extend(in_lock(&file, &workspace.read(&file)?));
        }
    }
    Ok(violations)
}

/// How many lines of a file are read; nothing for files that are not text.
fn lines_to_read(file: &str) -> Option<usize> {
    let name = file.rsplit('/').next().unwrap_or(file);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if WHOLE.contains(&ending) || file.starts_with(".ci/") {
        Some(usize::MAX)
    } else {
        TABLES.contains(&ending).then_some(HEAD)
    }
}

/// The forbidden texts in the first lines of a file.
fn in_text(file: &str, text: &str, limit: usize) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (index, line) in text.lines().take(limit).enumerate() {
        for forbidden in FORBIDDEN.iter().filter(|forbidden| forbidden.stands_in(line)) {
            violations.push(Violation {
                file: file.to_owned(),
                line: index + 1,
                found: format!("`{}`", forbidden.text),
                allowed: forbidden.reason.to_owned(),
            });
        }
    }
    violations
}

/// The sources in a lock file that are not the public index.
fn in_lock(file: &str, text: &str) -> Vec<Violation> {
    let sources = text.lines().enumerate().filter_map(|(index, line)| {
        line.strip_prefix("source = ").map(|source| (index + 1, source.trim_matches('"')))
    });
    sources
        .filter(|(_, source)| *source != PUBLIC_INDEX)
        .map(|(line, source)| Violation {
            file: file.to_owned(),
            line,
            found: format!("source `{source}`"),
            allowed: format!("`{PUBLIC_INDEX}`"),
        })
        .collect()
}

impl Forbidden {
    /// Whether the text stands in this line where it is forbidden.
    fn stands_in(&self, line: &str) -> bool {
        line.match_indices(self.text).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            let inside = before.is_some_and(|c| c.is_alphanumeric() || "._-~}".contains(c));
            !(self.at_path_start && inside)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_forbidden_text_is_found_with_its_line() {
        for forbidden in FORBIDDEN {
            let text = format!("first\nsee \"{}x\" here", forbidden.text);
            let found = in_text("docs/a.md", &text, usize::MAX);
            assert!(found.iter().any(|v| v.found.contains(forbidden.text)), "{}", forbidden.text);
            assert!(found.iter().all(|violation| violation.line == 2));
        }
    }

    #[test]
    fn a_folder_inside_another_path_is_not_a_machine_path() {
        let machine = FORBIDDEN[0].text;
        for line in [format!("docs{machine}a"), format!("https://example.org{machine}paper.pdf")] {
            assert!(in_text("a.md", &line, usize::MAX).is_empty(), "{line}");
        }
        assert!(in_text("a.rs", "let folder = std::env::temp_dir();", usize::MAX).is_empty());
    }

    #[test]
    fn only_the_head_of_a_table_is_read() {
        let text = format!("{}{}", "1,2\n".repeat(HEAD), FORBIDDEN[0].text);
        assert!(in_text("a.csv", &text, HEAD).is_empty());
        assert_eq!(lines_to_read("tests/data/a.csv"), Some(HEAD));
        assert_eq!(lines_to_read("README.md"), Some(usize::MAX));
        assert_eq!(lines_to_read(".ci/run"), Some(usize::MAX));
        assert_eq!(lines_to_read("docs/font.ttf"), None);
    }

    #[test]
    fn a_lock_file_that_names_a_mirror_is_found() {
        let good = format!("[[package]]\nsource = \"{PUBLIC_INDEX}\"\n");
        assert!(in_lock("Cargo.lock", &good).is_empty());
        let mirror = in_lock("Cargo.lock", "a\nsource = \"sparse mirror\"\n");
        assert_eq!((mirror.len(), mirror[0].line), (1, 2));
    }

    #[test]
    fn this_file_passes_its_own_check() {
        let found = in_text("words.rs", include_str!("words.rs"), usize::MAX);
        assert_eq!(found, Vec::new());
    }
}
