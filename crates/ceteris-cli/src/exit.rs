//! What went wrong, on standard error and as an exit code: one sentence, or with `--json` one object
//! `{schema, code, category, message, remedy}`.
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

use ceteris::error::Category;
use ceteris::error::Remedy;
use serde::Serialize;

use crate::flags::flag;
use crate::signs::one_line;

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
    /// The kind of mistake; none for a command line that is not understood.
    fn category(&self) -> Option<Category> {
        match self {
            Failure::Usage(_) => None,
            Failure::ClusterType(_) => Some(Category::Design),
            Failure::Core(error) => Some(error.category()),
            Failure::Data(error) => Some(error.category()),
            Failure::Report(_) | Failure::Output(_) => Some(Category::Data),
        }
    }

    /// The exit code.
    fn exit_code(&self) -> u8 {
        match self.category() {
            None => 2,
            Some(Category::Data) => 3,
            Some(Category::Design) => 4,
            Some(Category::Numerics) => 5,
            Some(Category::Question) => 6,
            Some(_) => 1, // a category younger than this program
        }
    }

    /// What programs know the mistake by.
    fn code(&self) -> &'static str {
        match self {
            Failure::Usage(_) => "usage",
            Failure::ClusterType(_) => "unsupported",
            Failure::Core(error) => error.code(),
            Failure::Data(error) => error.code(),
            Failure::Report(error) => error.code(),
            Failure::Output(_) => "output",
        }
    }

    /// What to do about it, where the libraries know.
    fn remedy(&self) -> Option<Remedy> {
        match self {
            Failure::Core(error) => error.remedy(),
            Failure::Data(error) => error.remedy(),
            Failure::Report(error) => error.remedy(),
            Failure::Usage(_) | Failure::ClusterType(_) | Failure::Output(_) => None,
        }
    }

    /// What the mistake is, with flags for settings.
    fn told(&self) -> String {
        match self {
            Failure::Core(error) => error.named(&flag),
            Failure::Data(error) => error.named(&flag),
            Failure::Report(error) => error.named(&flag),
            Failure::Usage(_) | Failure::ClusterType(_) | Failure::Output(_) => self.to_string(),
        }
    }

    /// The sentence, with the reason that the system gave.
    fn sentence(&self) -> String {
        if let Failure::Core(ceteris::Error::Formula { formula, position, expected }) = self {
            return at_the_mistake(formula, *position, expected);
        }
        match self.reason() {
            Some(reason) => one_line(&format!("{} ({reason})", self.told())),
            None => one_line(&self.told()),
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

/// A formula on a line of its own, and on the next a sign under the mistake.
fn at_the_mistake(formula: &str, position: usize, expected: &str) -> String {
    let (formula, expected) = (one_line(formula), one_line(expected));
    ceteris::Error::Formula { formula, position, expected }.to_string()
}

/// The object of a failure.
#[derive(Serialize)]
struct Object {
    schema: &'static str,
    code: &'static str,
    category: &'static str,
    message: String,
    remedy: Option<Remedy>,
}

impl From<&Failure> for Object {
    fn from(failure: &Failure) -> Self {
        Self {
            schema: "ceteris.error/1",
            code: failure.code(),
            category: failure.category().map_or("usage", Category::name),
            message: failure.sentence(),
            remedy: failure.remedy(),
        }
    }
}

/// How a failure is reported.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    /// One sentence.
    Sentence,
    /// One JSON object on one line.
    Json,
}

/// Reports a failure on standard error, if there is one; the exit code says its kind.
pub(crate) fn code(outcome: Result<(), Failure>, form: Form) -> ExitCode {
    let Err(failure) = outcome else {
        return ExitCode::SUCCESS;
    };
    let told = match form {
        Form::Sentence => failure.sentence(),
        Form::Json => serde_json::to_string(&Object::from(&failure)).expect("its keys are text"),
    };
    // Where standard error is closed, the exit code has to do.
    let _ = writeln!(io::stderr(), "{told}");
    ExitCode::from(failure.exit_code())
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
    fn a_failure_is_an_object_with_a_code_and_a_remedy() {
        let error = ceteris_data::Error::Exists { path: "a.csv".into() };
        let object = serde_json::to_value(Object::from(&Failure::from(error))).expect("an object");
        assert_eq!(object["code"], "exists");
        assert_eq!(object["category"], "data");
        assert!(object["message"].as_str().is_some_and(|message| message.ends_with("or use `--force`")));
        assert_eq!(object["remedy"][1]["setting"], "overwrite");
        let object =
            serde_json::to_value(Object::from(&Failure::Usage("no".to_string()))).expect("an object");
        assert_eq!((&object["category"], &object["remedy"]), (&"usage".into(), &serde_json::Value::Null));
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
        assert_eq!(failure.exit_code(), 3);
    }
}
