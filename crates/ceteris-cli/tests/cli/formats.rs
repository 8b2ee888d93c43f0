//! `ceteris data`: what is in a file, other formats, the simulated panel.

use std::fs;

use crate::refused::fit;
use crate::run::{TABLE, folder, folder_with, printed};

#[test]
fn formats_convert_there_and_back() {
    let here = folder_with("convert", TABLE);
    printed(&here, &["data", "convert", "a.csv", "b.parquet"]);
    printed(&here, &["data", "convert", "b.parquet", "c.csv.gz"]);
    let told = printed(&here, &["data", "convert", "c.csv.gz", "d.csv"]);
    assert_eq!(told, "d.csv: 12 rows, 6 columns\n");
    let back = fs::read_to_string(here.join("d.csv")).expect("written");
    assert_eq!(back, TABLE.replace("2.0,", "2,").replace("1.0,", "1,"));
    let fits = ["a.csv", "b.parquet", "c.csv.gz", "d.csv"]
        .map(|file| printed(&here, &["fit", "y ~ x + z | f", "--data", file, "--json"]));
    assert!(fits.iter().all(|fit| *fit == fits[0]));
}

#[test]
fn other_delimiters_are_read_on_request() {
    let here = folder_with("delimiter", &TABLE.replace(',', ";"));
    fs::write(here.join("b.csv"), TABLE.replace(',', "\t")).expect("writable");
    let semicolons = printed(&here, fit!("y ~ x", "--delimiter", ";"));
    assert_eq!(semicolons, printed(&here, &["fit", "y ~ x", "--data", "b.csv", "--delimiter", "tab"]));
}

#[test]
fn a_description_says_what_each_column_holds() {
    let table: String = (0..40).map(|i| format!("{},{},\n", i % 4, i)).collect();
    let here = folder_with("describe", &format!("k,x,empty\n{table}1,?,\n0,9,\n"));
    let text = printed(&here, &["data", "describe", "a.csv"]);
    for words in ["a.csv: CSV, 42 rows", "line 42 holds `?`, but 41 of its 42"] {
        assert!(text.contains(words), "{text}");
    }
    let line = |name: &str| {
        let found = text.lines().find(|line| line.trim_start().starts_with(name));
        found.expect("each column has a line").split_whitespace().collect::<Vec<_>>()
    };
    assert_eq!(line("k "), ["k", "real", "0", "0", "1.45238", "3"]);
    assert_eq!(line("x "), ["x", "category", "0", "41", "0,", "1,", "2,", "..."]);
    assert_eq!(line("empty "), ["empty", "real", "42"]);
}

#[test]
fn sources_are_listed_and_described() {
    let here = folder("list");
    let list = printed(&here, &["data", "list"]);
    for card in ceteris_data::nhs::CARDS {
        assert!(list.contains(card.name), "{list}");
        assert!(printed(&here, &["data", "describe", card.name]).starts_with(card.title));
    }
    assert!(list.contains("SIMULATED"), "{list}");
}

#[test]
fn the_twin_is_the_panel_of_the_library() {
    let here = folder("twin");
    assert_eq!(printed(&here, &["data", "twin", "t.parquet"]), "t.parquet: 105745 rows, 8 columns\n");
    let read = ceteris_data::read(here.join("t.parquet")).expect("sound");
    let made = ceteris_data::twin::Twin::screening().labelled_frame();
    assert_eq!(read.real("numerator").expect("real"), made.real("numerator").expect("real"));
    let told = printed(&here, &["data", "twin", "--caesarean", "c.parquet"]);
    assert!(told.ends_with("rows, 8 columns\n") && !told.contains("105745"), "{told}");
}

#[test]
fn help_and_version_go_to_standard_output() {
    let here = folder("help");
    assert!(printed(&here, &["--version"]).starts_with("ceteris "));
    assert!(printed(&here, &["--help"]).contains("Exit codes"));
    let help = printed(&here, &["fit", "--help"]);
    for word in ["`Ols::weights`", "[default: iid]", "Formulas:", "its key \"schema\""] {
        assert!(help.contains(word), "{help}");
    }
}
