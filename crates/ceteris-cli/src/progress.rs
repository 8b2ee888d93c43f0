//! How far a long command is: one line on standard error that is written over and in the end wiped.
//!
//! Only on a terminal: a file or another program sees none of it.

use std::io::{self, IsTerminal, Write};

/// Signs of a full bar.
const WIDTH: usize = 30;
/// Back to the first column, and wipe the line.
const WIPE: &str = "\r\u{1b}[2K";

/// A bar of steps.
#[derive(Debug)]
pub(crate) struct Progress {
    done: usize,
    of: usize,
    is_shown: bool,
}

impl Progress {
    /// A bar of so many steps, none done.
    pub(crate) fn new(of: usize) -> Self {
        Self { done: 0, of, is_shown: io::stderr().is_terminal() }
    }

    /// Says what the next step is.
    pub(crate) fn begin(&mut self, step: &str) {
        self.show(&line(self.done, self.of, step));
        self.done += 1;
    }

    fn show(&self, text: &str) {
        if self.is_shown {
            // A bar that cannot be written is no reason to stop.
            let mut errors = io::stderr().lock();
            let _ = write!(errors, "{WIPE}{text}").and_then(|()| errors.flush());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.show("");
    }
}

/// `[=====     ]  7/40 op`
fn line(done: usize, of: usize, step: &str) -> String {
    let full = (WIDTH * done).checked_div(of).unwrap_or(WIDTH).min(WIDTH);
    format!("[{}{}] {:>2}/{of} {step}", "=".repeat(full), " ".repeat(WIDTH - full), done + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_fills_with_the_steps_done() {
        assert_eq!(line(0, 40, "op"), format!("[{}]  1/40 op", " ".repeat(30)));
        assert_eq!(line(20, 40, "op"), format!("[{}{}] 21/40 op", "=".repeat(15), " ".repeat(15)));
        assert!(line(9, 3, "").starts_with(&format!("[{}]", "=".repeat(30))));
        assert!(line(0, 0, "").contains('='));
    }
}
