//! How far a long command is: one line on standard error that is written over and in the end wiped.
//!
//! Only on a terminal: a file or another program sees none of it.

use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

/// `[=====     ]  7/40 op`
const LINE: &str = "[{bar:30}] {pos:>2}/{len} {msg}";

/// A bar of so many steps, none begun.
pub(crate) fn bar(steps: usize) -> ProgressBar {
    let style = ProgressStyle::with_template(LINE).expect("the template is fixed");
    ProgressBar::new(steps as u64)
        .with_style(style.progress_chars("=> "))
        .with_finish(ProgressFinish::AndClear)
}

/// Says what the next step is.
pub(crate) fn begin(bar: &ProgressBar, step: &str) {
    bar.set_message(step.to_string());
    bar.inc(1);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_counts_the_steps_begun_and_is_hidden_where_nobody_looks() {
        let bar = bar(40);
        begin(&bar, "op");
        begin(&bar, "bp");
        assert_eq!((bar.position(), bar.length(), bar.message()), (2, Some(40), "bp".to_string()));
        assert!(bar.is_hidden(), "the tests' standard error is no terminal");
    }
}
