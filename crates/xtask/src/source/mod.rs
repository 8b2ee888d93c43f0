//! Rust source as the surveys see it: code only, cut into tokens, with the paths it names.
//!
//! ```text
//! blank    comments and literals become spaces, so that prose and messages are not code
//! tokens   words, `::` and marks, each with its line
//! tests    items that exist only under cfg(test) are taken out
//! paths    `use` trees unfolded, and paths written in place
//! ```
//!
//! This reads text and does not resolve names: a macro that builds a path from pieces is not seen.

mod blank;
mod paths;
mod tests_out;
mod tokens;

pub(crate) use paths::{PassedOn, Path};
pub(crate) use tokens::{Kind, Token};

/// One file of Rust source without its comments, literals and test items.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// The file, relative to the root of the workspace.
    pub(crate) file: String,
    /// The tokens in order.
    pub(crate) tokens: Vec<Token>,
    /// The paths named, in order.
    pub(crate) paths: Vec<Path>,
    /// Modules declared under `cfg(test)`, whose files are test files.
    test_modules: Vec<String>,
}

impl Source {
    /// Reads the text of one file.
    pub(crate) fn new(file: impl Into<String>, text: &str) -> Self {
        let (tokens, test_modules) = tests_out::split(tokens::of(&blank::code(text)));
        let paths = paths::of(&tokens);
        Self { file: file.into(), tokens, paths, test_modules }
    }

    /// Whether the file declares a module of this name (`mod name;` or `mod name {`).
    pub(crate) fn declares(&self, name: &str) -> bool {
        self.tokens.windows(2).any(|pair| pair[0].is_word("mod") && pair[1].is_word(name))
    }

    /// The folder in which the files of this module's children lie.
    fn children(&self) -> &str {
        let stem = self.file.strip_suffix(".rs").unwrap_or(&self.file);
        ["/mod", "/lib", "/main"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem)
    }
}

/// Leaves out the files whose module is declared under `cfg(test)` somewhere among the others.
pub(crate) fn without_test_files(sources: Vec<Source>) -> Vec<Source> {
    let test_files: Vec<String> = sources
        .iter()
        .flat_map(|source| source.test_modules.iter().map(|name| format!("{}/{name}", source.children())))
        .collect();
    let is_test = |file: &str| {
        test_files.iter().any(|stem| {
            file.strip_prefix(stem.as_str()).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        })
    };
    sources.into_iter().filter(|source| !is_test(&source.file)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_declared_under_cfg_test_are_left_out() {
        let sources = vec![
            Source::new("src/lib.rs", "mod frame; mod tests;"),
            Source::new("src/tests.rs", ""),
            Source::new("src/frame/mod.rs", "mod sample; #[cfg(test)] mod tests;"),
            Source::new("src/frame/sample.rs", "#[cfg(test)] mod checks;"),
            Source::new("src/frame/sample/checks.rs", ""),
            Source::new("src/frame/tests.rs", ""),
            Source::new("src/frame/tests/deep.rs", ""),
            Source::new("src/frame/tests_of_time.rs", ""),
        ];
        let kept: Vec<String> = without_test_files(sources).into_iter().map(|source| source.file).collect();
        assert_eq!(
            kept,
            [
                "src/lib.rs",
                "src/tests.rs",
                "src/frame/mod.rs",
                "src/frame/sample.rs",
                "src/frame/tests_of_time.rs",
            ]
        );
    }

    #[test]
    fn a_declared_module_is_known() {
        let source = Source::new("src/linalg/mod.rs", "mod faer; // mod lapack;");
        assert!(source.declares("faer"));
        assert!(!source.declares("lapack"));
    }
}
