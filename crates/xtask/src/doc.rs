//! `cargo xtask doc`: rustdoc of all members; a broken link or a bad code fence is an error.

use crate::step::Step;

/// One call of rustdoc, warnings denied.
pub(crate) fn steps() -> Vec<Step> {
    vec![Step::cargo("doc", &["doc", "--workspace", "--no-deps"]).setting(&[("RUSTDOCFLAGS", "-D warnings")])]
}
