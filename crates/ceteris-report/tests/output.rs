//! Folders of results: all files or none, and nothing in the way is lost.

use std::fs;
use std::path::{Path, PathBuf};

use ceteris_report::{Column, Error, ForestFigure, ForestRow, OutputFolder, Table};

/// An empty folder of this test's own.
fn scratch(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&path); // left over from an earlier run, or not there
    fs::create_dir_all(&path).expect("the build folder can be written");
    path
}

/// The names of all files and folders in a folder, in order.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder exists");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        let entry = entry.expect("the folder can be read");
        entry.file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort_unstable();
    names
}

#[test]
fn tables_and_figures_are_written_in_their_formats_and_nothing_else_is_left() {
    let path = scratch("formats").join("new/folder");
    let table = Table::new("t").column(Column::number("b")).row([1]);
    let drawing = ForestFigure::new([ForestRow::new("b", 0.0, (-1.0, 1.0))]).draw().unwrap();
    let folder = OutputFolder::new(&path).table("table6", &table).unwrap();
    let folder = folder.figure("figure5", &drawing).unwrap();
    let written = folder.write().unwrap();
    assert_eq!(written, folder.paths());
    let expected = ["figure5.png", "figure5.svg", "table6.csv", "table6.md", "table6.tex"];
    assert_eq!(names(&path), expected);
    assert_eq!(fs::read_to_string(path.join("table6.csv")).unwrap(), "b\n1\n");
    assert_eq!(fs::read_to_string(path.join("figure5.svg")).unwrap(), drawing.svg());
}

#[test]
fn an_existing_file_is_kept_and_nothing_is_written_beside_it() {
    let path = scratch("existing");
    fs::write(path.join("b.csv"), "old").unwrap();
    let folder = OutputFolder::new(&path).file("a.csv", "new").file("b.csv", "new");
    let Err(Error::FileExists { path: found }) = folder.write() else { panic!("b.csv exists") };
    assert_eq!(found, path.join("b.csv"));
    assert_eq!(names(&path), ["b.csv"]);
    assert_eq!(fs::read_to_string(found).unwrap(), "old");
}

#[test]
fn replace_replaces_those_files_and_leaves_the_others() {
    let path = scratch("replace");
    fs::write(path.join("b.csv"), "old").unwrap();
    fs::write(path.join("c.csv"), "other").unwrap();
    OutputFolder::new(&path).file("b.csv", "new").replace().write().unwrap();
    assert_eq!(fs::read_to_string(path.join("b.csv")).unwrap(), "new");
    assert_eq!(fs::read_to_string(path.join("c.csv")).unwrap(), "other");
}

#[test]
fn a_folder_that_is_a_file_or_lies_in_one_is_refused() {
    let path = scratch("file").join("results");
    fs::write(&path, "a file").unwrap();
    for folder in [path.clone(), path.join("below")] {
        let error = OutputFolder::new(folder).file("a.csv", "").write().unwrap_err();
        assert!(matches!(&error, Error::NotAFolder { path: found } if *found == path));
        assert!(error.to_string().contains(path.to_str().unwrap()));
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "a file");
}

#[test]
fn a_file_that_is_a_folder_is_refused_even_with_replace() {
    let path = scratch("folder");
    fs::create_dir(path.join("a.csv")).unwrap();
    let folder = OutputFolder::new(&path).file("a.csv", "").replace();
    assert!(matches!(folder.write(), Err(Error::NotAFile { .. })));
}

#[test]
fn a_failure_on_the_way_leaves_the_old_files_and_no_others() {
    let path = scratch("failure");
    fs::write(path.join("a.csv"), "old").unwrap();
    let missing = format!("{}.csv", "b".repeat(300)); // longer than a file system takes
    let folder = OutputFolder::new(&path).file("a.csv", "new").file(missing, "new").replace();
    let error = folder.write().unwrap_err();
    assert!(matches!(&error, Error::Write { .. }));
    assert!(std::error::Error::source(&error).is_some());
    assert_eq!(names(&path).iter().filter(|name| *name != "a.csv").count(), 0);
}

#[cfg(unix)]
#[test]
fn links_planted_where_parts_were_once_written_lead_nowhere() {
    let path = scratch("links");
    let precious = path.join("precious");
    fs::write(&precious, "precious").unwrap();
    std::os::unix::fs::symlink(&precious, path.join(".a.csv.part")).unwrap();
    OutputFolder::new(&path).file("a.csv", "new").write().unwrap();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
    assert!(fs::symlink_metadata(path.join("a.csv")).unwrap().is_file());
    assert_eq!(names(&path), [".a.csv.part", "a.csv", "precious"]);
}

#[cfg(unix)]
#[test]
fn a_link_in_the_way_is_replaced_and_what_it_leads_to_is_kept() {
    let path = scratch("link_in_the_way");
    let precious = path.join("precious");
    fs::write(&precious, "precious").unwrap();
    std::os::unix::fs::symlink(&precious, path.join("a.csv")).unwrap();
    let folder = OutputFolder::new(&path).file("a.csv", "new");
    assert!(matches!(folder.write(), Err(Error::FileExists { .. })));
    folder.replace().write().unwrap();
    assert_eq!(fs::read_to_string(&precious).unwrap(), "precious");
    assert_eq!(fs::read_to_string(path.join("a.csv")).unwrap(), "new");
}

/// `/proc` takes no new folders from anyone, not even from root, who may write anywhere else.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_made_is_refused_with_its_path() {
    let folder = OutputFolder::new("/proc/ceteris-report").file("a.csv", "");
    let error = folder.write().unwrap_err();
    assert!(matches!(&error, Error::Write { action: "making folder", .. }));
    assert!(error.to_string().contains("/proc/ceteris-report"));
}

#[test]
fn names_with_folders_and_names_used_twice_are_refused() {
    let path = scratch("names");
    for name in ["../a.csv", "a/b.csv", "", "..", "/etc/a.csv"] {
        let folder = OutputFolder::new(&path).file(name, "");
        assert!(matches!(folder.check(), Err(Error::FileName { .. })), "{name}");
    }
    let twice = OutputFolder::new(&path).file("a.csv", "1").file("a.csv", "2");
    assert!(matches!(twice.write(), Err(Error::DuplicateName { what: "file", .. })));
    assert!(names(&path).is_empty());
}

#[test]
fn checking_writes_nothing() {
    let path = scratch("checking").join("not/yet");
    let folder = OutputFolder::new(&path).file("a.csv", "");
    assert!(folder.check().is_ok() && !path.exists());
}
