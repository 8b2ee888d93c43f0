//! A good run of `ceteris fit`: the JSON object reads back to the bits of the library, and files
//! hold what was printed.

use std::fs;

use ceteris::{Cluster, Hc, Iid, Ols, SmallSample, Vcov, Weights};

use crate::object::{assert_same, frame, number, object};
use crate::refused::fit;
use crate::run::{TABLE, folder_with, printed};

/// Keys of the object, in their order.
const KEYS: [&str; 16] = [
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
    "certificate",
    "notices",
];

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
    let fit = formula.parse::<Ols>().expect("a formula").fit(&frame).expect("identified");
    for ssc in SmallSample::all() {
        for (flag, vcov) in vcovs.clone() {
            let args = ["fit", formula, "--data", "a.csv", "--vcov", flag, "--ssc", &ssc.to_string()];
            let object = object(&printed(&here, &[&args[..], &["--json", "--level", "0.9"]].concat()));
            assert_same(&object, &fit.inference(vcov.small_sample(ssc)).expect("defined"), 0.9);
        }
    }
}

#[test]
fn keys_stand_in_the_order_of_the_schema() {
    let here = folder_with("keys", TABLE);
    let text = printed(&here, fit!("y ~ x | f", "--vcov", "cluster:f,g", "--json"));
    let places = KEYS.map(|key| text.find(&format!("\"{key}\":")).expect(key));
    assert!(places.is_sorted(), "{text}");
    assert_eq!(object(&text).as_object().expect("an object").len(), KEYS.len());
    assert!(text.contains(r#""nclusters":{"f":4,"g":3}"#), "{text}");
    assert!(text.contains(r#""dof":{"model":1,"absorbed":4,"residual":2}"#), "{text}");
    assert!(text.contains(r#""solver":{"absorption":"exact","least_squares":"faer","iterations":0}"#));
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
        let args = ["fit", "y ~ x", "--data", "a.csv", "--weights", flag, "--vcov", "hc1", "--json"];
        let fit = ols.clone().weights(weights).fit(&frame(TABLE)).expect("identified");
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
        (absorption.expect("named"), object["coefficients"][0]["estimate"].as_f64().expect("finite"))
    };
    let (name, exact) = estimate(&["--absorber", "dummies"]);
    assert_eq!(name, "dummies");
    assert_eq!(estimate(&[]).0, "direct");
    for flags in [
        &["--absorber", "auto"][..],
        &["--absorber", "direct"],
        &["--absorber", "alternating"],
        &["--absorber", "pcg", "--tolerance", "1e-12", "--limit", "50"],
        &["--absorber", "lsmr", "--tolerance", "1e-12", "--limit", "50"],
        &["--absorber", "alternating", "--tolerance", "1e-9", "--limit", "50"],
    ] {
        assert!((estimate(flags).1 - exact).abs() < 1e-12, "{flags:?}");
    }
}

#[test]
fn each_absorber_is_named_and_the_table_says_why() {
    let here = folder_with("absorber_names", TABLE);
    for name in ["direct", "pcg", "lsmr", "alternating", "dummies"] {
        let args = ["fit", "y ~ x | f + g", "--data", "a.csv", "--absorber", name];
        let text = printed(&here, &args);
        assert!(text.contains(&format!("{name} (asked for; ")), "{text}");
        assert_eq!(object(&printed(&here, &[&args[..], &["--json"]].concat()))["solver"]["absorption"], name);
    }
    let text = printed(&here, fit!("y ~ x | f", "--absorber", "exact"));
    assert!(text.contains("exact (asked for; one effect; residual"), "{text}");
}

#[cfg(feature = "lapack")]
#[test]
fn the_other_solver_agrees_and_is_named() {
    let here = folder_with("solvers", TABLE);
    let estimate = |solver: &str| {
        let args = ["fit", "y ~ x + z | f", "--data", "a.csv", "--json", "--solver", solver];
        let object = object(&printed(&here, &args));
        assert_eq!(object["solver"]["least_squares"], solver);
        object["coefficients"][0]["estimate"].as_f64().expect("finite")
    };
    assert!((estimate("lapack") - estimate("faer")).abs() < 1e-12);
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
        assert_eq!(csv.real(&name).expect("numbers")[0].to_bits(), number(&row[&name]), "{name}");
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
