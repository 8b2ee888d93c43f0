//! A good run of `ceteris fit`: the JSON object reads back to the bits of the library, the table
//! says the same, and files hold what was printed.

use std::fs;

use ceteris::{Cluster, Frame, Hc, Iid, Inference, Ols, SmallSample, Vcov, Weights};
use serde_json::Value;

use crate::refused::fit;
use crate::run::{TABLE, folder_with, printed};

/// Keys of the object, in their order.
const KEYS: [&str; 15] = [
    "schema",
    "formula",
    "nobs",
    "nobs_read",
    "dropped",
    "coefficients",
    "omitted",
    "vcov",
    "dof",
    "r2",
    "r2_within",
    "rmse",
    "sigma",
    "solver",
    "notices",
];

/// [`TABLE`] with rows that every rule drops, and a column that is a multiple of another.
fn with_gaps() -> String {
    let mut lines: Vec<String> = TABLE.lines().map(|line| format!("{line},k")).collect();
    lines.iter_mut().skip(1).enumerate().for_each(|(i, line)| {
        let digits = line.len() - 1;
        line.replace_range(digits.., if i % 5 == 0 { "p" } else { "q" });
    });
    lines.extend(
        [
            "1.5,,2,1,a,2011,p",
            "1.5,3,2,0,b,2012,p",
            "2.5,3,1,1,c,2012,",
            "2.5,1,1,NA,d,2012,q",
            "4.5,1,1,1,e,2013,p",
            "4.5,1,1,1,a,2010,p",
        ]
        .map(String::from),
    );
    lines.join("\n") + "\n"
}

fn object(text: &str) -> Value {
    assert_eq!(text.lines().count(), 1, "one object on one line");
    serde_json::from_str(text).expect("JSON")
}

fn number(value: &Value) -> u64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{value} is no number"))
        .to_bits()
}

/// Asserts that an object holds what the library computes, to the bit.
fn assert_same(object: &Value, inference: &Inference, level: f64) {
    let rows = object["coefficients"].as_array().expect("a list");
    assert_eq!(rows.len(), inference.coefs().len());
    for (i, (row, coef)) in rows.iter().zip(inference.coefs()).enumerate() {
        let (low, high) = coef.confint(level);
        assert_eq!(row["term"], coef.name);
        assert_eq!(number(&row["estimate"]), coef.estimate.to_bits());
        assert_eq!(number(&row["std_error"]), coef.std_error.to_bits());
        assert_eq!(number(&row["statistic"]), coef.statistic().to_bits());
        assert_eq!(number(&row["p_value"]), coef.p_value().to_bits());
        assert_eq!(number(&row["conf_low"]), low.to_bits());
        assert_eq!(number(&row["conf_high"]), high.to_bits());
        for j in 0..rows.len() {
            assert_eq!(
                number(&object["vcov"]["matrix"][i][j]),
                inference.vcov()[(i, j)].to_bits()
            );
        }
    }
    let quality = inference.fit().quality();
    assert_eq!(number(&object["r2"]), quality.r2.to_bits());
    assert_eq!(number(&object["rmse"]), quality.rmse.to_bits());
    assert_eq!(number(&object["sigma"]), quality.sigma.to_bits());
    assert_eq!(object["nobs"], inference.fit().nobs());
}

fn frame(table: &str) -> Frame {
    let loaded = ceteris_data::CsvReader::new().load_bytes(table.as_bytes(), "a.csv");
    loaded.expect("a sound table").frame
}

#[test]
fn the_object_agrees_with_the_library_under_every_covariance_and_correction() {
    let here = folder_with("agrees", TABLE);
    let frame = frame(TABLE);
    let vcovs: [(&str, Vcov); 6] = [
        ("iid", Iid.into()),
        ("hc0", Hc::Hc0.into()),
        ("HC2", Hc::Hc2.into()),
        ("hc3", Hc::Hc3.into()),
        ("cluster:f", Cluster::by(["f"]).into()),
        ("cluster:f, g", Cluster::by(["f", "g"]).into()),
    ];
    let formula = "y ~ x + z | g";
    let fit = formula
        .parse::<Ols>()
        .expect("a formula")
        .fit(&frame)
        .expect("identified");
    for ssc in SmallSample::all() {
        for (flag, vcov) in vcovs.clone() {
            let args = [
                "fit",
                formula,
                "--data",
                "a.csv",
                "--vcov",
                flag,
                "--ssc",
                ssc.name(),
            ];
            let object = object(&printed(
                &here,
                &[&args[..], &["--json", "--level", "0.9"]].concat(),
            ));
            assert_same(
                &object,
                &fit.inference_under(vcov, ssc).expect("defined"),
                0.9,
            );
        }
    }
}

#[test]
fn keys_stand_in_the_order_of_the_schema() {
    let here = folder_with("keys", TABLE);
    let text = printed(&here, fit!("y ~ x | f", "--vcov", "cluster:f,g", "--json"));
    let places = KEYS.map(|key| text.find(&format!("\"{key}\":")).expect(key));
    assert!(places.is_sorted(), "{text}");
    assert_eq!(
        object(&text).as_object().expect("an object").len(),
        KEYS.len()
    );
    assert!(text.contains(r#""nclusters":{"f":4,"g":3}"#), "{text}");
    assert!(
        text.contains(r#""dof":{"model":1,"absorbed":4,"residual":2}"#),
        "{text}"
    );
    assert!(
        text.contains(r#""solver":{"absorption":"exact","least_squares":"faer","iterations":0}"#)
    );
}

#[test]
fn every_row_that_is_not_used_is_accounted_for() {
    let table = with_gaps();
    let here = folder_with("ledger", &table);
    let args = fit!(
        "y ~ x + z | f",
        "--weights",
        "w",
        "--vcov",
        "cluster:k",
        "--keep",
        "g >= 2011",
        "--json"
    );
    let object = object(&printed(&here, args));
    let dropped = serde_json::json!([
        {"rule": "condition", "condition": "g >= 2011", "rows": 1},
        {"rule": "missing", "column": "x", "rows": 1},
        {"rule": "missing", "column": "w", "rows": 1},
        {"rule": "missing", "column": "k", "rows": 1},
        {"rule": "zero_weight", "column": "w", "rows": 1},
        {"rule": "singleton", "rows": 1},
    ]);
    assert_eq!(object["dropped"], dropped);
    assert_eq!(
        (&object["nobs"], &object["nobs_read"]),
        (&Value::from(12), &Value::from(18))
    );
    let ols: Ols = "y ~ x + z | f".parse().expect("a formula");
    let ols = ols.weights(Weights::analytic("w")).require(["k"]);
    let ols = ols.keep(ceteris::Condition::at_least("g", 2011.0));
    let fit = ols.fit(&frame(&table)).expect("identified");
    assert_same(
        &object,
        &fit.inference(Cluster::by(["k"])).expect("two clusters"),
        0.95,
    );
}

#[test]
fn weights_of_each_kind_are_passed_on() {
    let here = folder_with("weights", TABLE);
    let ols: Ols = "y ~ x".parse().expect("a formula");
    for (flag, weights) in [
        ("w", Weights::analytic("w")),
        ("analytic:w", Weights::analytic("w")),
        ("frequency:w", Weights::frequency("w")),
        ("probability:w", Weights::probability("w")),
    ] {
        let args = [
            "fit",
            "y ~ x",
            "--data",
            "a.csv",
            "--weights",
            flag,
            "--vcov",
            "hc1",
            "--json",
        ];
        let fit = ols
            .clone()
            .weights(weights)
            .fit(&frame(TABLE))
            .expect("identified");
        let inference = fit.inference(Hc::Hc1).expect("defined");
        assert_same(&object(&printed(&here, &args)), &inference, 0.95);
    }
}

#[test]
fn absorbers_agree_and_say_which_they_are() {
    let here = folder_with("absorbers", TABLE);
    let estimate = |flags: &[&str]| {
        let args = ["fit", "y ~ x | f + g", "--data", "a.csv", "--json"];
        let object = object(&printed(&here, &[&args, flags].concat()));
        let absorption = object["solver"]["absorption"].as_str().map(String::from);
        (
            absorption.expect("named"),
            object["coefficients"][0]["estimate"]
                .as_f64()
                .expect("finite"),
        )
    };
    let (name, exact) = estimate(&["--absorber", "dummies"]);
    assert_eq!(name, "dummies");
    assert_eq!(estimate(&[]).0, "direct");
    for flags in [
        &["--absorber", "auto"][..],
        &["--absorber", "direct"],
        &["--absorber", "alternating"],
        &[
            "--absorber",
            "alternating",
            "--tolerance",
            "1e-9",
            "--limit",
            "50",
        ],
    ] {
        assert!((estimate(flags).1 - exact).abs() < 1e-12, "{flags:?}");
    }
}

#[cfg(feature = "lapack")]
#[test]
fn the_other_solver_agrees_and_is_named() {
    let here = folder_with("solvers", TABLE);
    let estimate = |solver: &str| {
        let args = [
            "fit",
            "y ~ x + z | f",
            "--data",
            "a.csv",
            "--json",
            "--solver",
            solver,
        ];
        let object = object(&printed(&here, &args));
        assert_eq!(object["solver"]["least_squares"], solver);
        object["coefficients"][0]["estimate"]
            .as_f64()
            .expect("finite")
    };
    assert!((estimate("lapack") - estimate("faer")).abs() < 1e-12);
}

#[test]
fn cr0_and_kept_singletons_are_said_and_not_only_done() {
    let here = folder_with("said", &with_gaps());
    let text = printed(
        &here,
        fit!("y ~ x | f", "--vcov", "cluster:k", "--cr", "0", "--json"),
    );
    assert!(text.contains(r#""type":"CR0""#), "{text}");
    let kept = printed(&here, fit!("y ~ x | f", "--singletons", "keep", "--json"));
    assert!(
        kept.contains(r#""kind":"singletons_kept""#) && !kept.contains("\"singleton\""),
        "{kept}"
    );
}

#[test]
fn what_is_omitted_is_said() {
    let here = folder_with("omitted", TABLE);
    let text = printed(&here, fit!("y ~ g + i(g) | f", "--json"));
    let omitted = &object(&text)["omitted"];
    assert_eq!(omitted.as_array().map(Vec::len), Some(2), "{text}");
    assert_eq!(omitted[0]["term"], "g::2012");
    let table = printed(&here, fit!("y ~ x + i(g, 2011) | g"));
    assert!(
        table.contains("note: `g::2012` is omitted: it is a combination of `g`"),
        "{table}"
    );
}

#[test]
fn a_number_that_is_not_finite_is_null_and_said() {
    let here = folder_with("null", "y,x\n2,1\n4,2\n6,3\n8,4\n");
    let text = printed(&here, fit!("y ~ x", "--json"));
    let object = object(&text);
    assert!(object["coefficients"][1]["statistic"].is_null(), "{text}");
    assert_eq!(object["coefficients"][1]["std_error"], 0.0);
    let said = object["notices"].as_array().expect("a list").iter();
    let said = said.filter(|notice| notice["kind"] == "not_finite" && notice["term"] == "x");
    assert_eq!(
        said.map(|notice| &notice["quantity"]).collect::<Vec<_>>(),
        ["statistic"]
    );
    assert!(printed(&here, fit!("y ~ x")).contains("the statistic of `x` is not finite"));
}

#[test]
fn a_category_of_numbers_with_a_slip_is_used_and_said() {
    let rows: String = (0..48)
        .map(|i| format!("{}.5,{},{}\n", i * i % 11, i * 7 % 13, 2000 + i % 6))
        .collect();
    let here = folder_with("slip", &format!("y,x,g\n{rows}1,2,20O1\n3,2,20O1\n"));
    let object = object(&printed(&here, fit!("y ~ x | g", "--json")));
    let notice = &object["notices"][0];
    assert_eq!(
        (&notice["kind"], &notice["line"]),
        (&"likely_slip".into(), &50.into()),
        "{notice}"
    );
    assert!(
        notice["text"]
            .as_str()
            .is_some_and(|text| text.contains("`20O1`")),
        "{notice}"
    );
}

#[test]
fn normal_statistics_have_no_degrees_of_freedom() {
    let here = folder_with("normal", TABLE);
    let args = fit!(
        "y ~ x",
        "--vcov",
        "cluster:f",
        "--ssc",
        "statsmodels",
        "--json"
    );
    let object = object(&printed(&here, args));
    assert!(object["dof"]["residual"].is_null());
    assert_eq!(object["notices"][1]["kind"], "normal_distribution");
}

#[test]
fn the_table_says_what_was_done() {
    let here = folder_with("table", &with_gaps());
    let text = printed(
        &here,
        fit!(
            "y ~ x | f",
            "--vcov",
            "cluster:k",
            "--weights",
            "w",
            "--level",
            "0.9"
        ),
    );
    for words in [
        "y ~ x | f\n",
        " term   estimate   std. error",
        "90% interval",
        "13 observations of 18 rows read, analytic weights `w`",
        "dropped: 1 row (`x` is missing)",
        "dropped: 1 row (alone in a level of an effect)",
        "standard errors: CR1 by k (correction: exact), 2 clusters of `k`",
        "note: only 2 clusters in `k`",
    ] {
        assert!(text.contains(words), "no {words:?} in\n{text}");
    }
}

#[test]
fn files_hold_what_is_printed() {
    let here = folder_with("written", TABLE);
    let text = printed(&here, fit!("y ~ x | f", "--out", "deep/results", "--json"));
    let row = &object(&text)["coefficients"][0];
    let folder = here.join("deep/results");
    let csv = ceteris_data::read_csv(folder.join("coefficients.csv")).expect("a table");
    let mut names: Vec<String> = csv.names().map(String::from).collect();
    assert_eq!(names.remove(0), "term");
    for name in names {
        assert_eq!(
            csv.real(&name).expect("numbers")[0].to_bits(),
            number(&row[&name]),
            "{name}"
        );
    }
    let markdown = fs::read_to_string(folder.join("coefficients.md")).expect("written");
    assert!(markdown.contains("| x ") && markdown.contains("12 observations of 12 rows read"));
    let latex = fs::read_to_string(folder.join("coefficients.tex")).expect("written");
    assert!(latex.contains("\\toprule"), "{latex}");
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 3);
}

#[test]
fn the_same_command_prints_the_same_bytes() {
    let here = folder_with("again", TABLE);
    let args = fit!("y ~ x + z | f + g", "--vcov", "cluster:f", "--json");
    assert_eq!(printed(&here, args), printed(&here, args));
}
