//! `ceteris trends`: the report and its figures.

use std::fs;
use std::path::PathBuf;

use crate::refused::refuse_in;
use crate::run::{contents, folder_with, printed};

/// Twelve units over six years, six of them under a reform from 2004 on.
fn panel(name: &str) -> PathBuf {
    let row = |unit: u32, year: u32| {
        let treated = unit % 2;
        let effect = f64::from(treated * u32::from(year >= 2004));
        let noise = f64::from((unit * unit * 7 + year * 11 + unit * year * year * 3) % 17) / 20.0;
        format!("{},u{unit},{year},{treated}\n", effect + noise)
    };
    let rows: String = (0..12).flat_map(|unit| (2001..2007).map(move |year| row(unit, year))).collect();
    folder_with(name, &format!("y,unit,year,treated\n{rows}"))
}

const TRENDS: [&str; 15] = [
    "trends",
    "--outcome",
    "y",
    "--data",
    "a.csv",
    "--time",
    "year",
    "--treated",
    "treated",
    "--date",
    "2004",
    "--absorb",
    "unit + year",
    "--vcov",
    "cluster:unit",
];

#[test]
fn the_report_is_written_with_a_figure_of_the_path_and_of_each_bound() {
    let here = panel("trends");
    let text = printed(&here, &[&TRENDS[..], &["--magnitudes", "0,1", "--out", "results"]].concat());
    let files = contents(&here.join("results"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let pictures =
        ["magnitudes.png", "magnitudes.svg", "path.png", "path.svg", "smoothness.png", "smoothness.svg"];
    assert_eq!(names, [&pictures[..], &["trends.txt"]].concat());
    assert_eq!(files["trends.txt"], text.as_bytes());
    let svg = |name: &str| String::from_utf8_lossy(&files[name]).into_owned();
    assert!(svg("path.svg").contains("95% uniform band"));
    assert!(svg("magnitudes.svg").contains("exactly parallel trends"));
    assert!(svg("smoothness.svg").contains("Honest bounds: smoothness"));
}

#[test]
fn figures_in_the_way_are_not_overwritten_unasked() {
    let here = panel("trends_taken");
    fs::create_dir(here.join("results")).expect("writable");
    fs::write(here.join("results").join("smoothness.png"), "precious").expect("writable");
    let args = [&TRENDS[..], &["--out", "results"]].concat();
    refuse_in(&here, &args, 3, &["smoothness.png", "exists", "`--force`"]);
}

#[test]
fn bounds_that_are_not_given_have_no_figure() {
    let here = panel("trends_refused");
    let text = printed(&here, &[&TRENDS[..], &["--reference", "-2", "--out", "results"]].concat());
    assert!(text.contains("not available"), "{text}");
    let files = contents(&here.join("results"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["path.png", "path.svg", "trends.txt"]);
}
