//! `ceteris dose`: what it prints, which files it leaves, what it refuses.

use std::fs;

use serde_json::Value;

use crate::refused::refuse_in;
use crate::run::{contents, folder, printed};

#[test]
fn tables_are_printed_under_a_line_that_says_they_are_simulated() {
    let text = printed(&folder("dose"), &["dose"]);
    assert!(text.starts_with("SIMULATED"), "{text}");
    for number in 9..=18 {
        assert!(text.contains(&format!("\nTable {number}. ")), "Table {number}");
    }
    assert!(text.contains("Significant coefficients among 89"), "{text}");
}

#[test]
fn json_has_every_coefficient_and_every_count() {
    let text = printed(&folder("dose_json"), &["dose", "--json"]);
    let object: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(object["schema"], "ceteris.dose/1");
    assert!(object["headline"].as_str().is_some_and(|line| line.starts_with("SIMULATED")));
    assert_eq!(object["source"]["kind"], "simulated");
    assert_eq!(object["calibration_targets"].as_array().map(Vec::len), Some(5));
    assert_eq!(object["estimates"].as_array().map(Vec::len), Some(89));
    assert_eq!(object["estimates"][0]["dose"], "clinical_share");
    assert_eq!(object["significance"]["counts"][0]["total"], 13);
    assert_eq!(object["doses"].as_array().map(Vec::len), Some(208));
}

#[test]
fn files_say_in_their_names_that_they_are_simulated_and_are_not_overwritten() {
    let here = folder("dose_out");
    printed(&here, &["dose", "--out", "results"]);
    let files = contents(&here.join("results"));
    assert!(files.keys().all(|name| name.starts_with("simulated_")), "{:?}", files.keys());
    for name in ["forest.png", "figure6.svg", "figure8.png", "table12.csv", "table18.tex", "significant.md"] {
        assert!(files.contains_key(&format!("simulated_{name}")), "{name}");
    }
    let csv = fs::read_to_string(here.join("results/simulated_table18.csv")).expect("written");
    assert_eq!(csv.lines().count(), 1 + 12);
    refuse_in(&here, &["dose", "--out", "results"], 3, &["exists already", "--force"]);
    printed(&here, &["dose", "--out", "results", "--force"]);
    assert_eq!(files, contents(&here.join("results")));
}

/// Two squares, one of them named as a simulated group and with a hole in which the other lies.
const AREAS: &str = r#"{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"ccg": "elsewhere"}, "geometry": {"type": "Polygon",
   "coordinates": [[[1, 51], [2, 51], [2, 52], [1, 52], [1, 51]]]}},
  {"type": "Feature", "properties": {"ccg": "C001"}, "geometry": {"type": "MultiPolygon", "coordinates": [[
   [[0, 50], [3, 50], [3, 53], [0, 53], [0, 50]], [[1, 51], [2, 51], [2, 52], [1, 52], [1, 51]]]]}}]}"#;

#[test]
fn a_boundary_file_makes_maps() {
    let here = folder("dose_maps");
    fs::write(here.join("areas.geojson"), AREAS).expect("writable");
    let args = ["dose", "--out", "maps", "--boundaries", "areas.geojson", "--boundary-code", "ccg"];
    printed(&here, &args);
    let map = fs::read_to_string(here.join("maps/simulated_figure6.svg")).expect("written");
    for words in ["SIMULATED", "0.60 (1)", "no value (1)", "207 of 208 commissioning groups"] {
        assert!(map.contains(words), "{words}");
    }
    refuse_in(&here, &["dose", "--boundaries", "areas.geojson"], 2, &["--out"]);
    let unnamed = ["dose", "--out", "other", "--boundaries", "areas.geojson"];
    refuse_in(&here, &unnamed, 3, &["`code`", "it has `ccg`"]);
    fs::write(here.join("b.geojson"), AREAS.replace("C001", "X")).expect("writable");
    let others = ["dose", "--out", "other", "--boundaries", "b.geojson", "--boundary-code", "ccg"];
    refuse_in(&here, &others, 3, &["area with a value"]);
}

#[test]
fn flags_without_what_they_need_are_refused() {
    let here = folder("dose_refused");
    refuse_in(&here, &["dose", "--force"], 2, &["--out"]);
    fs::write(here.join("file"), "").expect("writable");
    refuse_in(&here, &["dose", "--out", "file"], 3, &["must be a folder"]);
}

/// The flags of public files, with files that are not there.
const REAL: [&str; 10] =
    ["--lookup", "a", "--membership", "b", "--practices", "c", "--commissioners", "d", "--qof", "e"];

#[test]
fn public_files_come_all_or_none() {
    let here = folder("dose_real_refused");
    for missing in (0..REAL.len()).step_by(2) {
        let mut args = vec!["dose"];
        args.extend((0..REAL.len()).filter(|at| at / 2 != missing / 2).map(|at| REAL[at]));
        refuse_in(&here, &args, 2, &[&format!("`{}` must be given", REAL[missing])]);
    }
    refuse_in(&here, &["dose", "--lists", "f"], 2, &["`--lookup`", "`--qof`", "must be given"]);
    let all = [&["dose"], &REAL[..]].concat();
    refuse_in(&here, &all, 3, &["`b`"]);
    let maps = [&all[..], &["--out", "o", "--boundaries", "g"]].concat();
    refuse_in(&here, &maps, 2, &["`--boundaries`", "does not go with"]);
}
