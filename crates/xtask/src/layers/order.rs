//! A module of the core names itself and the modules below it.
//!
//! Seen are `use` trees and paths in place that begin with `crate` or climb out with `super`. A name
//! re-exported by `lib.rs` counts as the module it comes from, so that `crate::Ols` is no way around
//! the order. `lib.rs` itself is exempt: it names every module.

use super::core::{CORE, module_path};
use crate::source::{Path, Source};
use crate::violation::Violation;

/// The layers, lowest first; modules of one layer may see each other.
const ORDER: &[&[&str]] = &[
    &["error", "notice", "special"],
    &["linalg"],
    &["frame"],
    &["absorb"],
    &["vcov"],
    &["model"],
    &["inference"],
    &["parallel_trends", "att"],
    &["did"],
    &["ldv"],
    &["methods"],
];

/// All uses of a higher layer, of a module without a place in the order, and such modules.
pub(super) fn check(sources: &[Source]) -> Vec<Violation> {
    let exported = reexports(sources);
    sources.iter().flat_map(|source| in_file(source, &exported)).collect()
}

/// The violations of one file.
fn in_file(source: &Source, exported: &[(String, String)]) -> Vec<Violation> {
    let place = module_path(&source.file);
    let Some(&module) = place.first() else {
        return Vec::new();
    };
    let Some(own) = layer(module) else {
        return vec![without_place(source, module)];
    };
    let mut violations = Vec::new();
    for path in &source.paths {
        let Some(named) = from_root(path, place.len()) else {
            continue;
        };
        let target = exported.iter().find(|(name, _)| name == named).map_or(named, |(_, from)| from);
        if layer(target).is_some_and(|found| found <= own) {
            continue;
        }
        violations.push(Violation {
            file: source.file.clone(),
            line: path.line,
            found: found(module, named, target),
            allowed: allowed(own),
        });
    }
    violations
}

/// The position of a module in the order.
fn layer(module: &str) -> Option<usize> {
    ORDER.iter().position(|layer| layer.contains(&module))
}

/// What a path names directly below the root of the crate, if it starts there.
///
/// `depth` is the number of segments of the module in which the path stands: so many `super` climb
/// to the root.
fn from_root(path: &Path, depth: usize) -> Option<&str> {
    let climbs = path.segments.iter().take_while(|segment| *segment == "super").count();
    let start = match path.first() {
        "crate" => 1,
        "super" if climbs == depth => climbs,
        "self" if path.segments.get(1).is_some_and(|segment| segment == "super") => {
            let climbs = path.segments[1..].iter().take_while(|s| *s == "super").count();
            (climbs == depth).then_some(1 + climbs)?
        }
        _ => return None,
    };
    path.segments.get(start).map(String::as_str)
}

/// The names `lib.rs` re-exports, each with its module.
fn reexports(sources: &[Source]) -> Vec<(String, String)> {
    let imports = sources
        .iter()
        .filter(|source| source.file == format!("{CORE}lib.rs"))
        .flat_map(|source| &source.paths)
        .filter(|path| path.imported);
    imports
        .filter_map(|path| {
            let from = path.segments.iter().find(|s| !["crate", "self"].contains(&s.as_str()))?;
            Some((path.name().to_owned(), from.clone()))
        })
        .filter(|(name, from)| name != from)
        .collect()
}

/// A file whose module is not in the order.
fn without_place(source: &Source, module: &str) -> Violation {
    Violation {
        file: source.file.clone(),
        line: 1,
        found: format!("module `{module}` has no place in the order"),
        allowed: allowed(ORDER.len() - 1),
    }
}

/// What was found, in words.
fn found(module: &str, named: &str, target: &str) -> String {
    if layer(target).is_none() {
        format!("`{module}` names `crate::{named}`, which is neither a layer nor re-exported")
    } else if named == target {
        format!("`{module}` names `crate::{named}`")
    } else {
        format!("`{module}` names `crate::{named}` of `{target}`")
    }
}

/// The modules that may be named from a layer.
fn allowed(own: usize) -> String {
    ORDER[..=own].concat().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The findings in one planted file, with a `lib.rs` that re-exports a few names.
    fn planted(inside: &str, text: &str) -> Vec<String> {
        let lib = "pub use model::{Ols, fe}; pub use vcov::Cluster as Clustered; pub use error::Error;";
        let sources =
            [Source::new(format!("{CORE}lib.rs"), lib), Source::new(format!("{CORE}{inside}"), text)];
        check(&sources).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_module_may_name_itself_and_what_lies_below() {
        let text = "use crate::{error::Error, frame::Sample}; use super::Effect;\n\
                    fn f() { crate::linalg::gram(); crate::absorb::solve(); crate::Error::new() }";
        assert_eq!(planted("absorb/direct.rs", text), Vec::<String>::new());
    }

    #[test]
    fn modules_of_the_lowest_layer_see_each_other() {
        assert!(planted("error.rs", "use crate::notice::Notice;").is_empty());
        assert!(planted("notice.rs", "use crate::special; use crate::error::Error;").is_empty());
    }

    #[test]
    fn an_import_from_above_names_place_finding_and_rule() {
        assert_eq!(
            planted("linalg/gram.rs", "use std::sync::Arc;\nuse crate::{\n  vcov::Hc};"),
            ["crates/ceteris/src/linalg/gram.rs:3: `linalg` names `crate::vcov`; \
              allowed: error, notice, special, linalg"]
        );
    }

    #[test]
    fn every_neighbour_in_the_order_is_told_apart() {
        for pair in ORDER.windows(2) {
            let (below, above) = (pair[0][0], pair[1][0]);
            let up = planted(&format!("{below}/a.rs"), &format!("use crate::{above}::X;"));
            let down = planted(&format!("{above}/a.rs"), &format!("use crate::{below}::X;"));
            assert_eq!((up.len(), down.len()), (1, 0), "{below} and {above}");
        }
    }

    #[test]
    fn a_path_in_place_counts_like_an_import() {
        assert_eq!(planted("vcov/hc.rs", "fn f() -> crate::model::Fit { loop {} }").len(), 1);
        assert_eq!(planted("vcov/hc.rs", "fn f() { let x = crate::ldv::x(); }").len(), 1);
    }

    #[test]
    fn climbing_out_with_super_counts() {
        assert_eq!(planted("vcov/hc.rs", "use super::super::model::Fit;").len(), 1);
        assert_eq!(planted("vcov/mod.rs", "use super::model::Fit;").len(), 1);
        assert_eq!(planted("vcov/mod.rs", "use self::super::model::Fit;").len(), 1);
        assert!(planted("vcov/hc.rs", "use super::model;").is_empty(), "a sibling, not the layer");
    }

    #[test]
    fn names_re_exported_at_the_root_are_no_way_around() {
        assert_eq!(planted("absorb/mod.rs", "use crate::Ols;").len(), 1);
        assert_eq!(planted("absorb/mod.rs", "use crate::fe;").len(), 1);
        assert_eq!(planted("absorb/mod.rs", "use crate::Clustered;").len(), 1);
        assert!(planted("absorb/mod.rs", "use crate::Error;").is_empty());
    }

    #[test]
    fn a_module_without_a_place_is_found_from_both_sides() {
        assert!(planted("util.rs", "")[0].contains("module `util` has no place"));
        assert!(planted("ldv/mod.rs", "use crate::util::x;")[0].contains("neither a layer"));
    }

    #[test]
    fn prose_tests_and_lib_are_exempt() {
        let text = "//! See crate::did::X.\n/// `crate::ldv::Y`\nfn f() { \"crate::did::Z\"; }\n\
                    #[cfg(test)] mod tests { use crate::did::X; }";
        assert!(planted("linalg/gram.rs", text).is_empty());
        let lib = Source::new(format!("{CORE}lib.rs"), "pub use crate::ldv::LaggedOutcome;");
        assert!(check(&[lib]).is_empty());
    }
}
