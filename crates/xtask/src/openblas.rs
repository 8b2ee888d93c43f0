//! Is a system OpenBLAS installed? The feature `lapack` cannot link without one.

use std::path::Path;
use std::process::{Command, Stdio};

/// Where a shared OpenBLAS lies on systems without a `pkg-config` entry for it.
const LIBRARIES: &[&str] = &[
    "/usr/lib/x86_64-linux-gnu/libopenblas.so",
    "/usr/lib/aarch64-linux-gnu/libopenblas.so",
    "/usr/lib64/libopenblas.so",
    "/usr/lib/libopenblas.so",
    "/usr/local/lib/libopenblas.so",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
];

/// What to say when it is not.
pub(crate) const MISSING: &str = "OpenBLAS not found (neither `pkg-config --exists openblas` nor a library file); \
     on Debian: apt-get install libopenblas-dev pkg-config";

/// Asks `pkg-config`, then looks for the library file.
pub(crate) fn available() -> bool {
    known_to_pkg_config() || LIBRARIES.iter().any(|path| Path::new(path).exists())
}

/// Is there a `pkg-config`, and does it know `openblas`?
fn known_to_pkg_config() -> bool {
    Command::new("pkg-config")
        .args(["--exists", "openblas"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Does this run belong to continuous integration, where nothing may be skipped?
///
/// `CI` counts as set unless it is empty or `false`.
pub(crate) fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false")
}
