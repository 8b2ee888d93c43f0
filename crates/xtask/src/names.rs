//! `cargo xtask names`: the root of the core crate shows no more than [`LIMIT`] names.
//!
//! Who looks for a name reads the list from top to bottom, so it has what nearly everyone needs; the
//! rest is found in the public modules, each of which is one name here.

use std::io;

use crate::source::{PassedOn, Path, Source};
use crate::step::Step;
use crate::violation::Violation;
use crate::workspace::Workspace;

/// The file that is the root.
const ROOT: &str = "crates/ceteris/src/lib.rs";

/// The most names: a page.
const LIMIT: usize = 60;

/// One survey.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::survey("names", survey)]
}

/// Whether the root shows too many names.
fn survey(workspace: &Workspace) -> io::Result<Vec<Violation>> {
    let root = Source::new(ROOT, &workspace.read(ROOT)?);
    Ok(too_many(&root).into_iter().collect())
}

/// The violation, if there is one.
fn too_many(root: &Source) -> Option<Violation> {
    let count = names(root).len();
    (count > LIMIT).then(|| Violation {
        file: root.file.clone(),
        line: 1,
        found: format!("{count} names"),
        allowed: format!("at most {LIMIT}; show the others in public modules"),
    })
}

/// The public modules of a file and the names it passes on to everybody.
fn names(root: &Source) -> Vec<&str> {
    let declared = root.tokens.windows(3).filter(|next| next[0].is_word("pub") && next[1].is_word("mod"));
    let modules = declared.filter_map(|next| next[2].word());
    let to_all = root.paths.iter().filter(|path| path.passed_on == PassedOn::Everywhere);
    let passed_on = to_all.map(Path::name);
    modules.chain(passed_on).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_and_names_passed_on_are_counted() {
        let text = "mod a; pub mod b; use a::A; pub(crate) use a::G; pub use a::{B, c::{C, D}}; pub use a::E as F; fn f() {}";
        assert_eq!(names(&Source::new(ROOT, text)), ["b", "B", "C", "D", "F"]);
    }

    #[test]
    fn a_root_at_the_limit_passes_and_one_name_more_fails() {
        let text = |count: usize| (0..count).map(|i| format!("pub use a::X{i};\n")).collect::<String>();
        assert_eq!(too_many(&Source::new(ROOT, &text(LIMIT))), None);
        let violation = too_many(&Source::new(ROOT, &text(LIMIT + 1))).expect("one name over the limit");
        assert_eq!(violation.found, "61 names");
    }
}
