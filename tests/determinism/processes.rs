//! Another process hashes with other seeds and makes its own pool of threads, and writes the same bytes.

use std::path::Path;
use std::process::Command;

use crate::files::{Scratch, assert_same_files, every_file, write_all};

/// Names the folder that the other process is to write to.
const FOLDER: &str = "CETERIS_DETERMINISM_FOLDER";

/// The number of threads of the pool that nobody asked for, as rayon reads it.
const THREADS: &str = "RAYON_NUM_THREADS";

#[test]
fn another_process_writes_the_same_files() {
    let own = every_file();
    for threads in ["1", "3"] {
        let folder = Scratch::new();
        let program = std::env::current_exe().expect("a test knows its own program");
        let output = Command::new(program)
            .args(["--ignored", "--exact", "processes::files_for_another_process"])
            .env(FOLDER, folder.path())
            .env(THREADS, threads)
            .output()
            .expect("the program that runs can run again");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        assert_same_files(&format!("in a process of {threads} threads"), &own, &folder.files());
    }
}

#[test]
#[ignore = "the test above runs it in a process of its own"]
fn files_for_another_process() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        write_all(Path::new(&folder));
    }
}
