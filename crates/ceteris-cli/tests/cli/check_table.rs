//! `ceteris check-table`: findings are output with exit code 0; a file that cannot be read has 3.

use std::fs;

use serde_json::Value;

use crate::refused::refuse_in;
use crate::run::{folder, folder_with, printed};

/// The example of the documentation.
const EXAMPLE: &str = include_str!("../../../../tests/data/check_table/example.csv");

#[test]
fn findings_are_output_and_not_errors() {
    let here = folder_with("check_table", EXAMPLE);
    let text = printed(&here, &["check-table", "a.csv"]);
    for words in
        ["not centred", "would cohere: F = 0.94", "0.40 is 2.951 to 3.051 and t = 3.3", "5 incoherent"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn json_keeps_the_decimals_of_the_print() {
    let here = folder_with("check_table_json", EXAMPLE);
    let text = printed(&here, &["check-table", "a.csv", "--json"]);
    let object: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(object["schema"], "ceteris.check-table/1");
    assert_eq!(object["rows"][0]["printed"]["estimate"], "0.50");
    assert_eq!(object["rows"][4]["findings"][1]["repairs"][0]["instead"], "0.94");
}

#[test]
fn the_tables_of_the_report_are_checked_and_written() {
    let here = folder("check_table_report");
    let text = printed(&here, &["check-table", "--report", "--out", "results"]);
    assert!(text.contains("13 have a star, 12 of them stars that claim p < 0.05"), "{text}");
    let findings = fs::read_to_string(here.join("results/screening_findings.csv")).expect("written");
    assert_eq!(findings.lines().count(), 1 + 5);
    let json = printed(&here, &["check-table", "--report", "--json"]);
    let object: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(object["dose"]["significance"]["by_interval"], 12);
}

#[test]
fn stars_may_follow_the_estimate_and_a_convention_may_be_given() {
    let here = folder_with("check_table_stars", "term,estimate,se\nx,0.50*,(0.20)\ny,0.10,(0.20)\n");
    let usual = printed(&here, &["check-table", "a.csv"]);
    assert!(usual.contains("0 incoherent"), "{usual}");
    let stated = printed(&here, &["check-table", "a.csv", "--stars", "0.1,0.05,0.01"]);
    assert!(stated.contains("1 suspicious"), "{stated}");
}

#[test]
fn what_cannot_be_read_is_refused() {
    let here = folder_with("check_table_refused", "name,b,se\nx,0.5,abc\n");
    refuse_in(&here, &["check-table", "a.csv"], 3, &["`se`", "line 2", "`abc`"]);
    refuse_in(&here, &["check-table", "none.csv"], 3, &["none.csv", "no such file"]);
    fs::write(here.join("b.csv"), "practice,uptake\n1,80\n").expect("writable");
    refuse_in(&here, &["check-table", "b.csv"], 3, &["`estimate`", "b.csv"]);
    fs::write(here.join("c.csv"), "b,estimate\n1,1\n").expect("writable");
    refuse_in(&here, &["check-table", "c.csv"], 3, &["c.csv", "fields 1 and 2"]);
    for (column, value) in [("level", "0"), ("verdict", "maybe"), ("stars", "yes")] {
        fs::write(here.join("d.csv"), format!("b,{column}\n1,{value}\n")).expect("writable");
        refuse_in(&here, &["check-table", "d.csv"], 3, &[column, value, "line 2"]);
    }
    refuse_in(&here, &["check-table"], 2, &["FILE"]);
    refuse_in(&here, &["check-table", "a.csv", "--report"], 2, &["--report"]);
    refuse_in(&here, &["check-table", "a.csv", "--stars", "1,2,3"], 2, &["--stars", "probabilities"]);
}
