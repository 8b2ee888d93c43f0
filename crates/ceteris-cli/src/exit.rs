//! What went wrong, as one sentence on standard error and an exit code.
//!
//! | code | what went wrong |
//! |---|---|
//! | 0 | nothing |
//! | 2 | the command line was not understood |
//! | 3 | the data, or a file |
//! | 4 | the design |
//! | 5 | the arithmetic |
//! | 6 | the question put to a fit |

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use ceteris::Category;

/// Why a command did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Words on the command line that are not understood, or not together.
    #[error("{0}")]
    Usage(String),
    /// A type of cluster-robust covariance that is not computed yet.
    #[error("`--cr` must be 0 or 1 in this version, but it is {0}; use `--cr 1`")]
    ClusterType(u8),
    /// The estimate was refused.
    #[error(transparent)]
    Core(#[from] ceteris::Error),
    /// A data file was refused.
    #[error(transparent)]
    Data(#[from] ceteris_data::Error),
    /// A table could not be made or written.
    #[error(transparent)]
    Report(#[from] ceteris_report::Error),
    /// Standard output could not be written.
    #[error("standard output must be writable, but writing failed; check where it leads")]
    Output(#[source] io::Error),
}

impl Failure {
    /// The exit code.
    fn code(&self) -> u8 {
        match self {
            Failure::Usage(_) => 2,
            Failure::ClusterType(_) => of_category(Category::Design),
            Failure::Core(error) => of_category(error.category()),
            Failure::Data(error) => of_category(error.category()),
            Failure::Report(_) | Failure::Output(_) => of_category(Category::Data),
        }
    }

    /// The sentence, in the words of the command line and with the reason that the system gave.
    fn sentence(&self) -> String {
        let sentence = in_flags(self.to_string());
        let formula = matches!(self, Failure::Core(ceteris::Error::Formula { .. }));
        match self.reason() {
            Some(reason) => one_line(&format!("{sentence} ({reason})")),
            None if formula => sentence, // its second and third line point at the mistake
            None => one_line(&sentence),
        }
    }

    /// What the system or another library said, where the sentence does not say it already.
    fn reason(&self) -> Option<String> {
        match self {
            Failure::Data(ceteris_data::Error::Open { .. }) => None,
            failure => failure.source().map(ToString::to_string),
        }
    }
}

fn of_category(category: Category) -> u8 {
    match category {
        Category::Data => 3,
        Category::Design => 4,
        Category::Numerics => 5,
        Category::Question => 6,
        _ => 1, // a category younger than this program
    }
}

/// Words of the libraries, and what a user of the command line writes in their place.
const IN_FLAGS: [(&str, &str); 12] = [
    ("is not in the frame", "is not in the data"),
    ("`LeastSquares::Lapack`", "`--solver lapack`"),
    ("`absorption` must be", "`--absorber` must be"),
    ("`tolerance` must be", "`--tolerance` must be"),
    ("`Absorption::Direct`", "`--absorber direct`"),
    ("`Controls::NotYetTreated`", "`--controls not-yet`"),
    ("`Adjustment::OutcomeRegression`", "`--adjustment regression`"),
    ("say with `never` how", "say with `--never` how"),
    ("raise the limit", "raise `--limit`"),
    ("ask for it to be replaced", "add `--force`"),
    ("ask for `replace`", "add `--force`"),
    ("set the delimiter to", "add `--delimiter` with"),
];

fn in_flags(sentence: String) -> String {
    IN_FLAGS.iter().fold(sentence, |sentence, (word, flag)| sentence.replace(word, flag))
}

/// The text without line breaks and other signs that a terminal would obey.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Reports a failure on standard error, if there is one; the exit code says its kind.
pub(crate) fn code(outcome: Result<(), Failure>) -> ExitCode {
    let Err(failure) = outcome else {
        return ExitCode::SUCCESS;
    };
    // Where standard error is closed, the exit code has to do.
    let _ = writeln!(io::stderr(), "{}", failure.sentence());
    ExitCode::from(failure.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_library_become_flags() {
        let error = ceteris::Error::NotConverged {
            column: "y".to_string(),
            iterations: 1,
            residual: 0.5,
            tolerance: 1e-11,
        };
        let sentence = Failure::from(error).sentence();
        assert!(sentence.ends_with("raise `--limit` or use `--absorber direct`"), "{sentence}");
    }

    #[test]
    fn a_value_with_a_line_break_stays_on_one_line() {
        let failure = Failure::Usage("one\ntwo\u{1b}[31m".to_string());
        assert_eq!(failure.sentence(), "one two [31m");
    }

    #[test]
    fn the_reason_of_the_system_is_given() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let failure = Failure::Output(full);
        assert!(failure.sentence().ends_with("(no storage space)"), "{}", failure.sentence());
        assert_eq!(failure.code(), 3);
    }
}
