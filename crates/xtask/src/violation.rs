//! One finding of a survey: where, what was found, what is allowed.

use std::fmt;

/// A place in the source text that breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The file, relative to the root of the workspace, with forward slashes.
    pub(crate) file: String,
    /// The line, counted from one.
    pub(crate) line: usize,
    /// What was found there.
    pub(crate) found: String,
    /// What the rule allows, or why it exists.
    pub(crate) allowed: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}; allowed: {}", self.file, self.line, self.found, self.allowed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_names_place_finding_and_rule() {
        let violation = Violation {
            file: "crates/ceteris/src/linalg/gram.rs".into(),
            line: 12,
            found: "`crate::vcov`".into(),
            allowed: "error, notice, special, linalg".into(),
        };
        assert_eq!(
            violation.to_string(),
            "crates/ceteris/src/linalg/gram.rs:12: `crate::vcov`; \
             allowed: error, notice, special, linalg"
        );
    }
}
