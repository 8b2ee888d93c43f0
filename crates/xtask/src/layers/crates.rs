//! A crate depends on the crates below it, and `xtask` on nothing at all.
//!
//! Dependencies of every kind count (normal, for tests, for build scripts, for one platform): a test
//! dependency upwards would make a circle just as well.

use crate::violation::Violation;

/// The crates of the workspace, lowest first; each may depend on those before it.
const ORDER: &[&str] = &["ceteris", "ceteris-data", "ceteris-report", "ceteris-cli", "ceteris-suite"];

/// The crate that depends on nothing and on which nothing depends.
const ALONE: &str = "xtask";

/// A dependency as a manifest states it.
#[derive(Debug, PartialEq, Eq)]
struct Dependency {
    /// The line that names it.
    line: usize,
    /// The package, after `package = "..."` is taken into account.
    package: String,
}

/// All violations in the manifests, given as path and text.
pub(super) fn check(manifests: &[(String, String)]) -> Vec<Violation> {
    manifests.iter().flat_map(|(file, text)| in_manifest(file, text)).collect()
}

/// The violations of one manifest.
fn in_manifest(file: &str, text: &str) -> Vec<Violation> {
    let name = package_name(text);
    let Some(allowed) = below(&name) else {
        return vec![Violation {
            file: file.to_owned(),
            line: 1,
            found: format!("crate `{name}` has no place in the order"),
            allowed: format!("{}, {ALONE}", ORDER.join(", ")),
        }];
    };
    dependencies(text)
        .into_iter()
        .filter(|found| {
            let ours = below(&found.package).is_some();
            (ours || name == ALONE) && !allowed.contains(&found.package.as_str())
        })
        .map(|found| Violation {
            file: file.to_owned(),
            line: found.line,
            found: format!("`{name}` depends on `{}`", found.package),
            allowed: if allowed.is_empty() { "none".into() } else { allowed.join(", ") },
        })
        .collect()
}

/// The crates of the workspace on which this one may depend; nothing if it is not one of them.
fn below(name: &str) -> Option<&'static [&'static str]> {
    if name == ALONE {
        return Some(&[]);
    }
    ORDER.iter().position(|found| *found == name).map(|index| &ORDER[..index])
}

/// The name in the table `[package]`.
fn package_name(text: &str) -> String {
    lines_with_table(text)
        .find(|(_, table, key, _)| *table == "package" && *key == "name")
        .map(|(_, _, _, value)| quoted(value).to_owned())
        .unwrap_or_default()
}

/// Every dependency, in the order of the lines.
fn dependencies(text: &str) -> Vec<Dependency> {
    let mut found: Vec<Dependency> = Vec::new();
    let mut entry = "";
    for (line, table, key, value) in lines_with_table(text) {
        let (kind, single) = split_table(table);
        if !kind.ends_with("dependencies") || kind.starts_with("workspace") {
            continue;
        }
        let (name, setting) = match single {
            Some(name) => (name, key),
            None => key.split_once('.').unwrap_or((key, "")),
        };
        let renamed = if setting == "package" { Some(quoted(value)) } else { package_in(value) };
        if single.is_none_or(|_| table != entry) {
            found.push(Dependency { line, package: name.trim_matches('"').to_owned() });
        }
        entry = table;
        if let (Some(package), Some(last)) = (renamed, found.last_mut()) {
            last.package = package.to_owned();
        }
    }
    found
}

/// `dependencies.foo` and `target.'cfg(unix)'.dependencies.foo` are a kind of table and one name.
fn split_table(table: &str) -> (&str, Option<&str>) {
    match table.rfind("dependencies.") {
        Some(at) => {
            let (kind, name) = table.split_at(at + "dependencies".len());
            (kind, Some(&name[1..]))
        }
        None => (table, None),
    }
}

/// The `package = "..."` inside an inline table.
fn package_in(value: &str) -> Option<&str> {
    let inside = value.strip_prefix('{')?;
    inside.trim_end_matches('}').split(',').find_map(|setting| {
        let (key, value) = setting.split_once('=')?;
        (key.trim() == "package").then(|| quoted(value))
    })
}

/// A value without its quotes.
fn quoted(value: &str) -> &str {
    value.trim().trim_matches('"')
}

/// Each `key = value` line with its number and the table it stands in; comments are left out.
fn lines_with_table(text: &str) -> impl Iterator<Item = (usize, &str, &str, &str)> {
    let mut table = "";
    text.lines().enumerate().filter_map(move |(index, line)| {
        let line = line.split(" #").next().unwrap_or(line).trim();
        if let Some(header) = line.strip_prefix('[') {
            table = header.trim_end_matches(']').trim_matches('[');
            return None;
        }
        let (key, value) = line.split_once('=')?;
        (!line.starts_with('#')).then(|| (index + 1, table, key.trim(), value.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted(name: &str, rest: &str) -> Vec<String> {
        let text = format!("[package]\nname = \"{name}\"\n{rest}");
        let found = check(&[("crates/x/Cargo.toml".to_owned(), text)]);
        found.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn dependencies_downwards_and_foreign_ones_are_allowed() {
        let rest = "[dependencies]\nceteris.workspace = true\ncsv = \"1\" # ceteris-cli = 1\n\
                    [dev-dependencies]\nceteris-data = { path = \"../ceteris-data\" }\n";
        assert_eq!(planted("ceteris-report", rest), Vec::<String>::new());
        assert!(planted("ceteris-suite", "[dependencies]\nceteris-report.workspace = true").is_empty());
    }

    #[test]
    fn dependencies_upwards_name_line_and_rule() {
        assert_eq!(
            planted("ceteris-data", "[dependencies]\ncsv = \"1\"\nceteris-report.workspace = true"),
            ["crates/x/Cargo.toml:5: `ceteris-data` depends on `ceteris-report`; allowed: ceteris"]
        );
    }

    #[test]
    fn every_crate_above_the_core_is_refused_to_it_in_every_kind_of_table() {
        for above in &ORDER[1..] {
            for table in
                ["dependencies", "dev-dependencies", "build-dependencies", "target.'cfg(unix)'.dependencies"]
            {
                let found = planted("ceteris", &format!("[{table}]\n{above}.workspace = true"));
                assert_eq!(found.len(), 1, "{above} in {table}");
            }
        }
    }

    #[test]
    fn renamed_dependencies_and_tables_of_their_own_are_seen() {
        let inline = "[dependencies]\nfiles = { path = \"..\", package = \"ceteris-data\" }";
        assert_eq!(planted("ceteris", inline).len(), 1);
        let table = "[dependencies.files]\npath = \"..\"\npackage = \"ceteris-data\"\n";
        assert_eq!(planted("ceteris", table).len(), 1);
        let dotted = "[dependencies.ceteris-data]\nworkspace = true\ndefault-features = false\n";
        assert_eq!(planted("ceteris", dotted).len(), 1);
    }

    #[test]
    fn xtask_depends_on_nothing_and_nothing_on_xtask() {
        assert_eq!(planted("xtask", "[dependencies]\nserde = \"1\"").len(), 1);
        assert_eq!(planted("ceteris-suite", "[dev-dependencies]\nxtask = \"1\"").len(), 1);
        assert!(planted("xtask", "[lints]\nworkspace = true").is_empty());
    }

    #[test]
    fn the_versions_listed_for_the_workspace_are_no_dependencies() {
        let rest = "[workspace.dependencies]\nceteris-cli = \"1\"\n";
        assert!(planted("ceteris", rest).is_empty());
    }

    #[test]
    fn a_crate_without_a_place_is_found() {
        assert!(planted("ceteris-extra", "")[0].contains("has no place"));
    }
}
