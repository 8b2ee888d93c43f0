//! `cargo xtask links`: every file that the documentation links to exists.
//!
//! Seen are the targets of Markdown links and pictures, `](path)`, outside code. Addresses of other
//! sites and anchors are not followed.

use std::io;

use crate::step::Step;
use crate::violation::Violation;
use crate::workspace::Workspace;

/// One survey.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::survey("links", survey)]
}

/// Every link to a file that is not there.
fn survey(workspace: &Workspace) -> io::Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for file in workspace.tracked_files()? {
        if file.ends_with(".md") {
            let text = workspace.read(&file)?;
            violations.extend(broken(&file, &text, |target| workspace.has(target)));
        }
    }
    Ok(violations)
}

/// The broken links of one file; `exists` is asked about paths relative to the root.
fn broken(file: &str, text: &str, exists: impl Fn(&str) -> bool) -> Vec<Violation> {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    targets(text)
        .into_iter()
        .filter(|(_, target)| !exists(&resolve(folder, target)))
        .map(|(line, target)| Violation {
            file: file.to_owned(),
            line,
            found: format!("link to `{target}`"),
            allowed: "links to files that exist, relative to the page".to_owned(),
        })
        .collect()
}

/// The paths linked to, each with its line; code and other sites are left out.
fn targets(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut in_code = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            continue;
        }
        if in_code {
            continue;
        }
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        for piece in prose.split("](").skip(1) {
            let target = piece.split([')', '#', ' ']).next().unwrap_or_default();
            let elsewhere = target.contains("://") || target.starts_with("mailto:");
            if !target.is_empty() && !elsewhere {
                found.push((index + 1, target.to_owned()));
            }
        }
    }
    found
}

/// A target relative to the root of the workspace.
fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_to_a_missing_file_is_found_with_its_line() {
        let text = "[a](a.md)\n\nSee [b](../b.md#part) and ![c](c/d.svg \"title\").";
        let found = broken("docs/page.md", text, |path| path == "b.md");
        let lines: Vec<usize> = found.iter().map(|violation| violation.line).collect();
        assert_eq!(lines, [1, 3]);
        assert!(found[1].found.contains("c/d.svg"));
    }

    #[test]
    fn code_anchors_and_other_sites_are_not_links_to_files() {
        let text = "`x[i](j)` [a](https://example.org/a.md) [b](#part)\n```text\n[c](c.md)\n```\n";
        assert!(broken("README.md", text, |_| false).is_empty());
    }

    #[test]
    fn targets_are_relative_to_the_page() {
        assert_eq!(resolve("docs/methods", "../notation.md"), "docs/notation.md");
        assert_eq!(resolve("", "./docs/a.md"), "docs/a.md");
    }
}
