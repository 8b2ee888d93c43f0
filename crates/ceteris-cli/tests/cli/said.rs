//! Nothing wrong is quiet: what a good run of `ceteris fit` says about rows, columns and numbers that
//! are not there.

use ceteris::{Cluster, Ols, Weights};
use serde_json::Value;

use crate::object::{assert_same, frame, object};
use crate::refused::fit;
use crate::run::{TABLE, folder_with, printed};

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

#[test]
fn every_row_that_is_not_used_is_accounted_for() {
    let table = with_gaps();
    let here = folder_with("ledger", &table);
    let args =
        fit!("y ~ x + z | f", "--weights", "w", "--vcov", "cluster:k", "--keep", "g >= 2011", "--json");
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
    assert_eq!((&object["nobs"], &object["nobs_read"]), (&Value::from(12), &Value::from(18)));
    let ols: Ols = "y ~ x + z | f".parse().expect("a formula");
    let ols = ols.weights(Weights::analytic("w")).require(["k"]);
    let ols = ols.keep(ceteris::Condition::at_least("g", 2011.0));
    let fit = ols.fit(&frame(&table)).expect("identified");
    assert_same(&object, &fit.inference(Cluster::by(["k"])).expect("two clusters"), 0.95);
}

#[test]
fn cr0_and_kept_singletons_are_said_and_not_only_done() {
    let here = folder_with("said", &with_gaps());
    let text = printed(&here, fit!("y ~ x | f", "--vcov", "cluster:k", "--cr", "0", "--json"));
    assert!(text.contains(r#""type":"CR0""#), "{text}");
    let kept = printed(&here, fit!("y ~ x | f", "--singletons", "keep", "--json"));
    assert!(kept.contains(r#""kind":"singletons_kept""#) && !kept.contains("\"singleton\""), "{kept}");
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
        table.contains("note: `g::2012`, `g::2013` are omitted: each is a combination of `g`"),
        "{table}"
    );
}

#[test]
fn what_a_perfect_fit_cannot_say_is_null_and_said() {
    let here = folder_with("null", "y,x\n2,1\n4,2\n6,3\n8,4\n");
    let text = printed(&here, fit!("y ~ x", "--json"));
    let object = object(&text);
    let slope = &object["coefficients"][1];
    assert_eq!(slope["estimate"], 2.0);
    for key in ["std_error", "statistic", "p_value", "conf_low", "conf_high"] {
        assert!(slope[key].is_null(), "{key}: {text}");
    }
    assert!(slope["not_available"].as_str().is_some_and(|why| why.contains("fits the outcome perfectly")));
    assert_eq!(object["notices"][0]["kind"], "perfect_fit");
    assert!(printed(&here, fit!("y ~ x")).contains("note: the model fits the outcome perfectly"));
}

#[test]
fn a_category_of_numbers_with_a_slip_is_used_and_said() {
    let rows: String =
        (0..48).map(|i| format!("{}.5,{},{}\n", i * i % 11, i * 7 % 13, 2000 + i % 6)).collect();
    let here = folder_with("slip", &format!("y,x,g\n{rows}1,2,20O1\n3,2,20O1\n"));
    let object = object(&printed(&here, fit!("y ~ x | g", "--json")));
    let notice = &object["notices"][0];
    assert_eq!((&notice["kind"], &notice["line"]), (&"likely_slip".into(), &50.into()), "{notice}");
    assert!(notice["text"].as_str().is_some_and(|text| text.contains("`20O1`")), "{notice}");
}

#[test]
fn normal_statistics_have_no_degrees_of_freedom() {
    let here = folder_with("normal", TABLE);
    let args = fit!("y ~ x", "--vcov", "cluster:f", "--ssc", "statsmodels", "--json");
    let object = object(&printed(&here, args));
    assert!(object["dof"]["residual"].is_null());
    assert_eq!(object["notices"][1]["kind"], "normal_distribution");
}

#[test]
fn the_table_says_what_was_done() {
    let here = folder_with("table", &with_gaps());
    let text = printed(&here, fit!("y ~ x | f", "--vcov", "cluster:k", "--weights", "w", "--level", "0.9"));
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
