//! `cargo xtask test`: every test with the default features, the core alone, and with LAPACK.

use crate::step::Step;

/// Three feature sets; the first includes all doctests.
///
/// Without features only the core's own tests run: the adapters need its `serde` feature, and cargo
/// would switch it back on for the whole workspace.
pub(crate) fn steps() -> Vec<Step> {
    vec![
        Step::cargo("test, default features", &["test", "--workspace"]),
        Step::cargo("test, no features", &["test", "-p", "ceteris", "--no-default-features", "--lib"]),
        Step::cargo(
            "test, lapack",
            &["test", "-p", "ceteris", "-p", "ceteris-suite", "--features", "lapack"],
        )
        .needing_openblas(),
    ]
}
