//! `cargo xtask clippy`: the lints of the root manifest, warnings denied, with and without LAPACK.

use crate::step::Step;

/// Clippy over all members and all kinds of target, once for each dense backend set.
pub(crate) fn steps() -> Vec<Step> {
    vec![
        Step::cargo("clippy", &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
        Step::cargo(
            "clippy, lapack",
            &["clippy", "--workspace", "--all-targets", "--features", "lapack", "--", "-D", "warnings"],
        )
        .needing_openblas(),
    ]
}
