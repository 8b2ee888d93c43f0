//! Files that are cut, and files that must not be touched: exit code 3.

use std::fs;
use std::process::{Command, Stdio};

use ceteris_data::{Overwrite, read, write};

use crate::refused::{fit, refuse_in};
use crate::run::{TABLE, folder_with, printed};

#[test]
fn files_that_are_cut_are_refused() {
    let here = folder_with("cut", TABLE);
    let frame = read(here.join("a.csv")).expect("sound");
    for name in ["b.csv.gz", "b.parquet"] {
        let path = here.join(name);
        write(&frame, &path, Overwrite::Refuse).expect("writable");
        let whole = fs::read(&path).expect("written");
        fs::write(&path, &whole[..whole.len() * 2 / 3]).expect("writable");
        refuse_in(&here, &["fit", "y ~ x", "--data", name], 3, &[name, "must be complete"]);
        refuse_in(&here, &["data", "convert", name, "c.csv"], 3, &[name, "must be complete"]);
    }
    fs::write(here.join("latin.csv"), b"y,x\n1,caf\xe9\n").expect("writable");
    refuse_in(&here, &["data", "describe", "latin.csv"], 3, &["UTF-8", "line 2"]);
}

#[test]
fn no_file_is_overwritten_unasked() {
    let here = folder_with("outputs", TABLE);
    fs::write(here.join("taken.csv"), "precious").expect("writable");
    fs::create_dir(here.join("results")).expect("writable");
    fs::write(here.join("results").join("coefficients.md"), "precious").expect("writable");
    #[rustfmt::skip]
    let cases: &[(&[&str], &[&str])] = &[
        (fit!("y ~ x", "--out", "taken.csv"), &["taken.csv", "must be a folder"]),
        (fit!("y ~ x", "--out", "taken.csv/inner"), &["taken.csv", "must be a folder"]),
        (fit!("y ~ x", "--out", "results"), &["coefficients.md", "exists", "`--force`"]),
        (fit!("y ~ x", "--out", "results", "--json"), &["coefficients.md", "exists", "`--force`"]),
        (&["data", "convert", "a.csv", "taken.csv"], &["taken.csv", "exists", "`--force`"]),
        (&["data", "convert", "a.csv", "a.csv"], &["a.csv", "exists", "`--force`"]),
        (&["data", "convert", "a.csv", "results"], &["results", ".parquet"]),
        (&["data", "convert", "a.csv", "b.xlsx"], &["b.xlsx", ".parquet"]),
        (&["data", "convert", "a.csv", "none/b.csv"], &["none/b.csv", "writing failed"]),
        (&["data", "convert", "a.csv", "taken.csv/b.csv"], &["taken.csv/b.csv", "writing failed"]),
        (&["data", "twin", "taken.csv"], &["taken.csv", "exists", "`--force`"]),
    ];
    for (args, words) in cases {
        refuse_in(&here, args, 3, words);
    }
}

#[test]
fn a_failed_fit_leaves_no_folder_behind() {
    let here = folder_with("nothing_left", TABLE);
    refuse_in(&here, fit!("y ~ xx", "--out", "results"), 3, &["`xx`"]);
    refuse_in(&here, fit!("y ~ x", "--vcov", "cluster:f", "--cr", "2", "--out", "new"), 4, &["--cr"]);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let here = folder_with("pipe", TABLE);
    let mut command = Command::new(env!("CARGO_BIN_EXE_ceteris"));
    command.current_dir(&here).args(["fit", "y ~ x", "--data", "a.csv"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts");
    drop(child.stdout.take()); // most likely before anything is printed
    let output = child.wait_with_output().expect("the program ends");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn force_replaces_what_was_there() {
    let here = folder_with("force", TABLE);
    fs::write(here.join("b.csv"), "old").expect("writable");
    printed(&here, &["data", "convert", "a.csv", "b.csv", "--force"]);
    assert!(fs::read_to_string(here.join("b.csv")).expect("written").starts_with("y,x,z,w,f,g\n"));
    printed(&here, fit!("y ~ x", "--out", "results"));
    printed(&here, fit!("y ~ z", "--out", "results", "--force"));
    let csv = fs::read_to_string(here.join("results/coefficients.csv")).expect("written");
    assert!(csv.contains("\nz,") && !csv.contains("\nx,"), "{csv}");
}
