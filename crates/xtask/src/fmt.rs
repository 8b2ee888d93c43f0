//! `cargo xtask fmt`: is every file formatted as `rustfmt.toml` says? (`cargo fmt --all` formats.)

use crate::step::Step;

/// One call of rustfmt over all members.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::cargo("fmt", &["fmt", "--all", "--check"])]
}
