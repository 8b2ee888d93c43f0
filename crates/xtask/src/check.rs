//! `cargo xtask check`: every step of every command, the quick and the telling ones first.

use crate::step::Step;
use crate::{circles, clippy, doc, fmt, interaction, layers, lines, links, names, test, words};

/// The steps of all commands, in order.
///
/// Formatting and lints come before tests because they cost less and explain more; the surveys of
/// the text come last because they say nothing about code that does not compile.
pub(crate) fn steps() -> Vec<Step> {
    [
        fmt::steps(),
        clippy::steps(),
        test::steps(),
        doc::steps(),
        layers::steps(),
        circles::steps(),
        interaction::steps(),
        names::steps(),
        lines::steps(),
        links::steps(),
        words::steps(),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::step::Work;

    #[test]
    fn check_runs_the_documented_steps_in_order() {
        let titles: Vec<&str> = steps().iter().map(|step| step.title).collect();
        assert_eq!(
            titles,
            [
                "fmt",
                "clippy",
                "clippy, lapack",
                "test, default features",
                "test, no features",
                "test, lapack",
                "doc",
                "layers",
                "circles",
                "interaction",
                "names",
                "lines",
                "links",
                "words",
            ]
        );
    }

    #[test]
    fn every_step_that_enables_lapack_asks_for_openblas_first() {
        for step in steps() {
            if let Work::Cargo { arguments, needs_openblas, .. } = step.work {
                let enables = arguments.windows(2).any(|pair| pair == ["--features", "lapack"]);
                assert_eq!(enables, needs_openblas, "{}", step.title);
            }
        }
    }
}
