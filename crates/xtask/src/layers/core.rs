//! Where the core crate is, and which module each of its files is.

/// The source folder of the core crate.
pub(super) const CORE: &str = "crates/ceteris/src/";

/// The module a core file belongs to and its path inside the crate: `frame/sample.rs` is
/// `["frame", "sample"]`, `frame/mod.rs` is `["frame"]`, `lib.rs` is empty.
pub(super) fn module_path(file: &str) -> Vec<&str> {
    let inside = file.strip_prefix(CORE).unwrap_or(file);
    let stem = inside.strip_suffix(".rs").unwrap_or(inside);
    let mut segments: Vec<&str> = stem.split('/').collect();
    if matches!(segments.last(), Some(&("mod" | "lib"))) {
        segments.pop();
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn module_paths_follow_the_files() {
        assert!(module_path("crates/ceteris/src/lib.rs").is_empty());
        assert_eq!(module_path("crates/ceteris/src/error.rs"), ["error"]);
        assert_eq!(module_path("crates/ceteris/src/frame/mod.rs"), ["frame"]);
        assert_eq!(module_path("crates/ceteris/src/frame/sample.rs"), ["frame", "sample"]);
    }
}
