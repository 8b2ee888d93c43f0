//! Every file that is written, in every format.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use ceteris::{Cluster, Frame, Ols};
use ceteris_data::twin::Twin;
use ceteris_data::{Overwrite, write};
use ceteris_report::screening::{PanelColumns, Screening, Source, StudyPanel};
use ceteris_report::{Drawing, ForestFigure, ForestRow, OutputFolder, PathFigure, PathPoint};

use crate::{POOLS, assert_equal, panel};

/// A name and the bytes under it.
pub(crate) type NamedBytes = (String, Vec<u8>);

/// The frame's files, the twin's, the study's tables, figures and JSON, and a printed regression.
pub(crate) fn every_file() -> Vec<NamedBytes> {
    let folder = Scratch::new();
    write_all(folder.path());
    folder.files()
}

/// Writes the files to a folder.
pub(crate) fn write_all(folder: &Path) {
    let frame = panel::frame();
    for name in ["panel.csv", "panel.csv.gz", "panel.parquet"] {
        write(&frame, folder.join(name), Overwrite::Refuse).expect("a writable folder");
    }
    let twin = Twin::screening().add_caesarean();
    twin.write_csv(folder.join("twin.csv"), Overwrite::Refuse).expect("a writable folder");
    let columns = PanelColumns::default();
    let study = StudyPanel::new(&twin.frame(), &columns).expect("the columns of the twin");
    let study = Screening::run(&study, Source::Simulated).expect("a study of the twin");
    let mut output = OutputFolder::new(folder)
        .file("study.json", serde_json::to_vec(&study).expect("a study is plain data"))
        .file("regression.txt", regression(&frame));
    for (stem, table) in study.tables() {
        output = output.table(&stem, &table).expect("a table");
        output = output.file(format!("{stem}.txt"), table.text().expect("a table"));
    }
    for (stem, drawing) in figures(&study) {
        output = output.figure(stem, &drawing).expect("a figure");
    }
    output.write().expect("a writable folder");
}

fn regression(frame: &Frame) -> String {
    let model: Ols = "y ~ x * z | unit + year".parse().expect("a formula");
    let table = model.fit(frame).and_then(|fit| fit.inference(Cluster::by(["unit"])));
    table.expect("a regression").to_string()
}

fn figures(study: &Screening) -> [(&'static str, Drawing); 3] {
    let rows = study.models.table8.iter();
    let forest =
        rows.clone().map(|row| ForestRow::new(row.model.to_string(), row.estimate, (row.low, row.high)));
    let path = (0..).zip(rows).map(|(event_time, row)| PathPoint {
        event_time,
        estimate: row.estimate,
        interval: Some((row.low, row.high).into()),
    });
    [
        ("trend", study.figure5().expect("a figure")),
        ("forest", ForestFigure::new(forest).draw().expect("a figure")),
        ("path", PathFigure::new(path).reference(-1).draw().expect("a figure")),
    ]
}

/// A folder of its own for each run, gone when the value is.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn new() -> Self {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("ceteris-determinism-{}-{serial}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for temporary files");
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The files in it, by name.
    pub(crate) fn files(&self) -> Vec<NamedBytes> {
        let entries = std::fs::read_dir(&self.0).expect("the folder was just made");
        let read = |entry: std::io::Result<std::fs::DirEntry>| {
            let entry = entry.expect("the folder can be listed");
            let bytes = std::fs::read(entry.path()).expect("a file that was just written");
            (entry.file_name().to_string_lossy().into_owned(), bytes)
        };
        let mut files: Vec<NamedBytes> = entries.map(read).collect();
        files.sort();
        files
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0); // what is left is in the folder for temporary files
    }
}

/// Compares two runs file by file.
pub(crate) fn assert_same_files(what: &str, expected: &[NamedBytes], found: &[NamedBytes]) {
    let names = |files: &[NamedBytes]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(expected), names(found), "{what}");
    for ((name, expected), (_, found)) in expected.iter().zip(found) {
        assert_equal(&format!("{name}, {what}"), expected, found);
    }
}

#[test]
fn every_file_is_the_same_again_and_on_more_threads() {
    let first = POOLS[0].install(every_file);
    for kind in [".csv", ".csv.gz", ".parquet", ".json", ".txt", ".md", ".tex", ".svg", ".png"] {
        assert!(first.iter().any(|(name, bytes)| name.ends_with(kind) && !bytes.is_empty()), "{kind}");
    }
    for pool in &*POOLS {
        let what = format!("on {} threads", pool.current_num_threads());
        assert_same_files(&what, &first, &pool.install(every_file));
    }
}

/// Bytes 4 to 7 of a gzip header are the time of writing; two runs within a second would not differ.
#[test]
fn gzip_holds_no_time_and_no_name() {
    let folder = Scratch::new();
    let path = folder.path().join("named.csv.gz");
    write(&panel::frame(), &path, Overwrite::Refuse).expect("a writable folder");
    let bytes = std::fs::read(&path).expect("just written");
    assert_eq!(bytes[..8], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0], "magic number, deflate, no flag, no time");
}
