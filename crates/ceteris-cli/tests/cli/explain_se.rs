//! `ceteris explain-se`, and the ledger of rows that `ceteris fit --ledger` writes.

use std::fs;

use ceteris::{Cluster, Ols};
use serde_json::Value;

use crate::refused::{case, fit, refuse};
use crate::run::{TABLE, folder_with, printed};

const EXPLAIN: [&str; 6] = ["explain-se", "y ~ x + z | f", "--data", "a.csv", "--vcov", "cluster:f"];

#[test]
fn the_object_agrees_with_the_library_to_the_bit() {
    let here = folder_with("explained", TABLE);
    let text = printed(&here, &[&EXPLAIN[..], &["--json"]].concat());
    let object: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(object["schema"], "ceteris.explain_se/1");
    let frame = ceteris_data::read_csv(here.join("a.csv")).expect("a sound table");
    let fit = "y ~ x + z | f".parse::<Ols>().expect("a formula").fit(&frame).expect("identified");
    let explanation = fit.explain(Cluster::by(["f"]), None).expect("defined");
    let programs = object["programs"].as_array().expect("a list");
    assert_eq!(programs.len(), explanation.accounts.len());
    for (program, account) in programs.iter().zip(&explanation.accounts) {
        assert_eq!(program["program"], account.program);
        assert_eq!(program["parameters"]["total"], account.parameters.total);
        assert_eq!(program["text"], account.sentence());
        for (row, coef) in program["coefficients"].as_array().expect("a list").iter().zip(&account.coefs) {
            let std_error = row["std_error"].as_f64().expect("finite");
            assert_eq!(
                (&row["term"], std_error.to_bits()),
                (&coef.name.as_str().into(), coef.std_error.unwrap().to_bits())
            );
        }
    }
}

#[test]
fn the_tables_say_what_differs() {
    let here = folder_with("tables", TABLE);
    let all = printed(&here, &EXPLAIN);
    for words in [
        "areg: counts the 4 levels of `f`, nested in clusters, in K: standard errors 1.2",
        "FixedEffectModels.jl*",
        "* formula from documentation, not confirmed",
        "fixest: as exact",
        "\nx: ",
        "\nz: ",
    ] {
        assert!(all.contains(words), "no {words:?} in\n{all}");
    }
    let one = printed(&here, &[&EXPLAIN[..], &["--term", "z"]].concat());
    assert!(one.contains("\nz: ") && !one.contains("\nx: "), "{one}");
}

#[test]
fn tables_are_written_once() {
    let here = folder_with("tables_written", TABLE);
    printed(&here, &[&EXPLAIN[..], &["--out", "results"]].concat());
    assert_eq!(fs::read_dir(here.join("results")).expect("a folder").count(), 6);
    let rows = ceteris_data::read_csv(here.join("results/standard_errors.csv")).expect("a table");
    assert_eq!(rows.nrows(), 22);
    let taken = crate::run::ceteris(&here, &[&EXPLAIN[..], &["--out", "results"]].concat());
    assert_eq!(taken.status.code(), Some(3));
    printed(&here, &[&EXPLAIN[..], &["--out", "results", "--force"]].concat());
}

#[test]
fn questions_without_an_answer_are_refused() {
    let term = &["explain-se", "y ~ x", "--data", "a.csv", "--term", "q"];
    let preset = &["explain-se", "y ~ x", "--data", "a.csv", "--ssc", "areg"];
    refuse(
        "unexplained",
        &[
            case(term, 6, &["`q`", "not in the model"]),
            case(preset, 2, &["--ssc", "not a flag"]),
            case(fit!("y ~ x", "--ledger", "rows.txt"), 3, &["rows.txt", "`.csv`"]),
        ],
    );
}

#[test]
fn the_ledger_has_a_line_for_each_row_in_each_format() {
    let table = format!("{TABLE},1,1,1,a,2011\n1,2,3,0,a,2012\n5,1,3,1,e,2013\n1,1,1,1,a,2009\n");
    let here = folder_with("ledger", &table);
    for file in ["rows.csv", "rows.parquet"] {
        let args = [
            "fit",
            "y ~ x | f",
            "--data",
            "a.csv",
            "--weights",
            "w",
            "--keep",
            "g >= 2010",
            "--ledger",
            file,
        ];
        printed(&here, &args);
        let ledger = ceteris_data::read(here.join(file)).expect("a table");
        assert_eq!(ledger.nrows(), 16, "{file}");
        assert_eq!(ledger.real("used").expect("numbers").iter().sum::<f64>() as usize, 12);
        let label = |column: &str, row: usize| ledger.category(column).expect("text").label(row);
        let rules = [12, 13, 14, 15].map(|row| (label("rule", row), label("column", row)));
        assert_eq!(
            rules,
            [
                (Some("missing"), Some("y")),
                (Some("zero_weight"), Some("w")),
                (Some("singleton"), None),
                (Some("condition"), Some("g >= 2010")),
            ]
        );
        assert_eq!(ledger.real("round").expect("numbers")[14], 1.0);
        assert_eq!(crate::run::ceteris(&here, &args).status.code(), Some(3), "{file} is not overwritten");
        printed(&here, &[&args[..], &["--force"]].concat());
    }
}

#[test]
fn a_ledger_of_rows_that_are_all_used_is_written_too() {
    let here = folder_with("full_ledger", TABLE);
    for file in ["rows.csv", "rows.parquet"] {
        printed(
            &here,
            fit!("y ~ x").iter().copied().chain(["--ledger", file]).collect::<Vec<_>>().as_slice(),
        );
        assert_eq!(ceteris_data::read(here.join(file)).expect("a table").nrows(), 12, "{file}");
    }
}
