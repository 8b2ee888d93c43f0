//! What a step is, how a run of steps goes, and the summary at its end.

use std::env;
use std::io;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::openblas;
use crate::violation::Violation;
use crate::workspace::Workspace;

/// One thing a command does.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// The heading, and the name in the summary.
    pub(crate) title: &'static str,
    /// What is run.
    pub(crate) work: Work,
}

/// The two kinds of step.
#[derive(Debug, Clone)]
pub(crate) enum Work {
    /// A call of cargo, which fails when cargo fails.
    Cargo {
        /// The arguments after `cargo`.
        arguments: &'static [&'static str],
        /// Environment variables set for the call.
        environment: &'static [(&'static str, &'static str)],
        /// Whether the call links a system OpenBLAS.
        needs_openblas: bool,
    },
    /// A survey of the source text, which fails when it finds a violation.
    Survey(fn(&Workspace) -> io::Result<Vec<Violation>>),
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    /// Nothing was wrong.
    Passed,
    /// It could not run, for the reason given.
    Skipped(String),
    /// Something was wrong.
    Failed(String),
}

impl Step {
    /// A call of cargo.
    pub(crate) fn cargo(title: &'static str, arguments: &'static [&'static str]) -> Self {
        Self { title, work: Work::Cargo { arguments, environment: &[], needs_openblas: false } }
    }

    /// A survey of the source text.
    pub(crate) fn survey(title: &'static str, survey: fn(&Workspace) -> io::Result<Vec<Violation>>) -> Self {
        Self { title, work: Work::Survey(survey) }
    }

    /// The same call, run only where OpenBLAS is installed. A survey stays as it is.
    pub(crate) fn needing_openblas(mut self) -> Self {
        if let Work::Cargo { needs_openblas, .. } = &mut self.work {
            *needs_openblas = true;
        }
        self
    }

    /// The same call with environment variables set. A survey stays as it is.
    pub(crate) fn setting(mut self, variables: &'static [(&'static str, &'static str)]) -> Self {
        if let Work::Cargo { environment, .. } = &mut self.work {
            *environment = variables;
        }
        self
    }

    /// Runs the step and says how it ended.
    fn run(&self, workspace: &Workspace) -> Outcome {
        match &self.work {
            Work::Cargo { needs_openblas: true, .. } if !openblas::available() => {
                without_openblas(openblas::in_ci())
            }
            Work::Cargo { arguments, environment, .. } => cargo(arguments, environment, workspace),
            Work::Survey(survey) => report(survey(workspace)),
        }
    }
}

/// Runs the steps in order up to the first failure and prints the summary; true if none failed.
pub(crate) fn run_all(steps: &[Step], workspace: &Workspace) -> bool {
    let mut ended: Vec<(Outcome, Duration)> = Vec::new();
    for step in steps {
        println!("\n==> {}", step.title);
        let start = Instant::now();
        let outcome = step.run(workspace);
        let failed = matches!(outcome, Outcome::Failed(_));
        ended.push((outcome, start.elapsed()));
        if failed {
            break;
        }
    }
    let titles: Vec<&str> = steps.iter().map(|step| step.title).collect();
    print!("\n{}", summary(&titles, &ended));
    !ended.iter().any(|(outcome, _)| matches!(outcome, Outcome::Failed(_)))
}

/// What a step that needs OpenBLAS comes to without it: skipped at home, failed in CI.
fn without_openblas(in_ci: bool) -> Outcome {
    if in_ci {
        return Outcome::Failed(format!("CI is set and {}", openblas::MISSING));
    }
    println!("SKIPPED lapack: {}", openblas::MISSING);
    Outcome::Skipped(openblas::MISSING.to_owned())
}

/// Calls cargo in the root of the workspace, its output going straight to the terminal.
fn cargo(arguments: &[&str], environment: &[(&str, &str)], workspace: &Workspace) -> Outcome {
    let settings: String = environment.iter().map(|(name, value)| format!("{name}=\"{value}\" ")).collect();
    let line = format!("{settings}cargo {}", arguments.join(" "));
    println!("    {line}");
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(program)
        .args(arguments)
        .envs(environment.iter().copied())
        .current_dir(workspace.root())
        .status();
    match status {
        Ok(status) if status.success() => Outcome::Passed,
        Ok(status) => Outcome::Failed(format!("`{line}` ended with {status}")),
        Err(error) => Outcome::Failed(format!("`{line}` did not start: {error}")),
    }
}

/// Prints what a survey found.
fn report(found: io::Result<Vec<Violation>>) -> Outcome {
    match found {
        Ok(violations) if violations.is_empty() => Outcome::Passed,
        Ok(violations) => {
            for violation in &violations {
                println!("{violation}");
            }
            Outcome::Failed(format!("{} found", plural(violations.len(), "violation")))
        }
        Err(error) => Outcome::Failed(format!("the files could not be read: {error}")),
    }
}

/// The table at the end of a run: one line a step, then one line for the whole.
fn summary(titles: &[&str], ended: &[(Outcome, Duration)]) -> String {
    let mut text = String::from("==> summary\n");
    let mut last = "all steps passed".to_owned();
    for (index, title) in titles.iter().enumerate() {
        let line = match ended.get(index) {
            None => format!("    not run  {title}"),
            Some((Outcome::Passed, time)) => {
                format!("    passed   {title:<24} {:.1} s", time.as_secs_f64())
            }
            Some((Outcome::Skipped(reason), _)) => {
                last = "no step failed, but some were SKIPPED".to_owned();
                format!("    SKIPPED  {title:<24} {reason}")
            }
            Some((Outcome::Failed(reason), _)) => {
                last = format!("FAILED at {title}: {reason}");
                format!("    FAILED   {title}")
            }
        };
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str(&last);
    text.push('\n');
    text
}

/// A count with its noun.
fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(outcome: Outcome) -> (Outcome, Duration) {
        (outcome, Duration::from_secs(1))
    }

    #[test]
    fn summary_names_the_first_failure_and_what_was_not_run() {
        let ended = [second(Outcome::Passed), second(Outcome::Failed("2 violations found".into()))];
        let text = summary(&["fmt", "layers", "lines"], &ended);
        assert!(text.contains("passed   fmt"));
        assert!(text.contains("FAILED   layers"));
        assert!(text.contains("not run  lines"));
        assert!(text.ends_with("FAILED at layers: 2 violations found\n"));
    }

    #[test]
    fn summary_of_a_skipped_step_does_not_say_that_all_passed() {
        let ended = [second(Outcome::Passed), second(Outcome::Skipped("no OpenBLAS".into()))];
        let text = summary(&["clippy", "clippy, lapack"], &ended);
        assert!(text.contains("SKIPPED  clippy, lapack"));
        assert!(!text.contains("all steps passed"));
    }

    #[test]
    fn a_missing_openblas_is_skipped_at_home_and_fails_in_ci() {
        assert!(matches!(without_openblas(false), Outcome::Skipped(_)));
        assert!(matches!(without_openblas(true), Outcome::Failed(_)));
    }

    #[test]
    fn a_survey_passes_only_when_it_finds_nothing() {
        assert_eq!(report(Ok(Vec::new())), Outcome::Passed);
        let violation = Violation { file: "a.rs".into(), line: 1, found: "x".into(), allowed: "y".into() };
        assert_eq!(report(Ok(vec![violation])), Outcome::Failed("1 violation found".into()));
        assert!(matches!(report(Err(io::Error::other("gone"))), Outcome::Failed(_)));
    }

    #[test]
    fn a_run_stops_at_the_first_failure() {
        let failing = Step::survey("fails", |_| Err(io::Error::other("planted")));
        let unreachable = Step::survey("never", |_| panic!("ran after a failure"));
        assert!(!run_all(&[failing, unreachable], &Workspace::of_this_program()));
    }

    #[test]
    fn a_failing_call_of_cargo_fails_the_step() {
        let step = Step::cargo("bad", &["no-such-subcommand"]);
        assert!(!run_all(&[step], &Workspace::of_this_program()));
    }
}
