//! Small inputs that went wrong, each with what must come of it and where the value comes from.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::object::object;
use crate::refused::{case, fit, refuse, with};
use crate::run::{ceteris, contents, folder, folder_with, panel, printed};

/// An input as `a.csv` in a folder of its own.
fn given(name: &str) -> PathBuf {
    let inputs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults");
    let table = fs::read_to_string(inputs.join(format!("{name}.csv"))).expect("an input");
    folder_with(&format!("fault_{name}"), &table)
}

/// `ceteris event` on units treated at different times, and more flags.
fn event(
    time: &'static str,
    first: &'static str,
    never: &'static str,
    more: &[&'static str],
) -> Vec<&'static str> {
    let mut words = vec!["event", "--data", "a.csv", "--outcome", "y", "--unit", "unit", "--time", time];
    words.extend(["--first-treated", first, "--never", never]);
    words.extend(more);
    words
}

/// Differences of two periods, averaged over cohorts by event time: computed apart from this program.
const TWO_PERIOD_DIFFERENCES: [(i64, f64); 16] = [
    (-8, 0.38047),
    (-7, -0.286),
    (-6, 0.1517),
    (-5, -0.06272),
    (-4, 0.10071),
    (-3, -0.02035),
    (-2, -0.04557),
    (-1, 0.33894),
    (0, 0.36889),
    (1, 0.57068),
    (2, 0.83645),
    (3, 0.8731),
    (4, 1.21571),
    (5, 1.01632),
    (6, 1.23187),
    (7, 1.77518),
];

#[test]
fn a_band_that_fails_stops_nothing_and_says_why() {
    let here = given("band_fails");
    let args = event("year", "g", "0", &["--estimator", "group-time", "--json"]);
    let found = object(&printed(&here, &args));
    let points = found["points"].as_array().expect("a list");
    assert_eq!(points.len(), TWO_PERIOD_DIFFERENCES.len());
    for (point, (time, expected)) in points.iter().zip(TWO_PERIOD_DIFFERENCES) {
        assert_eq!(point["event_time"], time);
        let estimate = point["estimate"].as_f64().expect("a number");
        assert!((estimate - expected).abs() < 6e-6, "{time}: {estimate} {expected}");
        assert_eq!(point["band_low"].is_null(), found["critical"].is_null());
    }
    assert_eq!(found["critical"].is_null(), found["not_available"]["critical"].is_string());
    for estimator in ["two-way", "cohort"] {
        let args = event("year", "g", "0", &["--vcov", "cluster:unit", "--estimator", estimator]);
        let text = printed(&here, &args);
        assert!(text.contains("uniform band") && text.contains("leads together"), "{text}");
    }
}

/// 30 units over 30 months, three of four treated from month 12, 15 or 18 on.
fn monthly() -> String {
    let mut table = String::from("unit,month,ft,y\n");
    for (unit, month) in (0..30_u32).flat_map(|unit| (0..30_u32).map(move |month| (unit, month))) {
        let first = ["", "12", "15", "18"][unit as usize % 4];
        let noise = f64::from((unit * 37 + month * 11 + unit * month * 7 + month * month) % 29) / 9.0;
        table.push_str(&format!("{unit},{month},{first},{noise}\n"));
    }
    table
}

#[test]
fn more_event_times_than_a_band_can_have_are_shown_without_one() {
    let here = folder_with("fault_many_event_times", &monthly());
    for more in [
        &["--vcov", "cluster:unit"][..],
        &["--estimator", "group-time"],
        &["--estimator", "imputation", "--leads", "4"],
    ] {
        let text = printed(&here, &event("month", "ft", "missing", more));
        assert!(text.contains("std. error"), "{text}");
    }
    let text = printed(&here, &event("month", "ft", "missing", &["--estimator", "group-time"]));
    assert!(text.contains("uniform band: not available: ") && text.contains("at most 24"), "{text}");
    let text = printed(&here, &event("month", "ft", "missing", &["--estimator", "group-time", "--json"]));
    let found = object(&text);
    assert!(found["not_available"]["critical"].as_str().is_some_and(|reason| reason.contains("at most 24")));
    assert!(found["points"][0]["band_low"].is_null() && !found["points"][0]["estimate"].is_null());
}

#[test]
fn a_band_may_be_left_out() {
    let here = folder_with("fault_no_band", panel());
    let args = event("year", "first", "2099", &["--vcov", "cluster:unit", "--no-band"]);
    let text = printed(&here, &args);
    assert!(!text.contains("band"), "{text}");
    let found = object(&printed(&here, &[&args[..], &["--json"]].concat()));
    assert!(found["critical"].is_null() && found.get("not_available").is_none(), "{found}");
}

#[test]
fn text_shows_what_json_answers() {
    let here = given("text_and_json_disagree");
    let args = event("time", "ft", "missing", &["--estimator", "group-time"]);
    let found = object(&printed(&here, &[&args[..], &["--json"]].concat()));
    let text = printed(&here, &args);
    for point in found["points"].as_array().expect("a list") {
        let time = point["event_time"].to_string();
        assert!(text.lines().any(|line| line.trim_start().starts_with(&time)), "{time} is not in\n{text}");
    }
}

#[test]
fn a_name_too_long_for_a_figure_costs_the_figure_alone() {
    let name = "a".repeat(90);
    let here = folder_with("fault_long_name", &panel().replacen(",y,", &format!(",{name},"), 1));
    let args = ["event", "--data", "a.csv", "--outcome", &name, "--unit", "unit", "--time", "year"];
    let args = [&args[..], &["--first-treated", "first", "--estimator", "imputation", "--out", "o"]].concat();
    let text = printed(&here, &args);
    let files = contents(&here.join("o"));
    let tables = ["path.csv", "path.md", "path.tex"];
    assert!(tables.iter().all(|table| files.contains_key(*table)), "{:?}", files.keys());
    let has_figure = files.contains_key("path.svg");
    assert_eq!(has_figure, files.contains_key("path.png"));
    assert_ne!(has_figure, text.contains("figure: not available: "), "{text}");
}

#[test]
fn signs_that_a_terminal_obeys_are_not_printed() {
    let obeyed = |text: &str| text.chars().any(|c| c.is_control() && c != '\n');
    let here = given("escapes");
    assert!(!obeyed(&printed(&here, &["data", "describe", "a.csv"])));
    let here = given("escapes_table");
    assert!(!obeyed(&printed(&here, &["check-table", "a.csv"])));
    let here = given("escapes_levels");
    assert!(!obeyed(&printed(&here, fit!("c ~ i(b)"))));
    let text = printed(&here, fit!("c ~ i(b)", "--json"));
    assert!(!obeyed(&text));
    let names = object(&text)["coefficients"].to_string();
    assert!(names.contains("\\u001b[2J"), "the name reads back: {names}");
}

#[test]
fn a_name_with_a_tab_is_that_name() {
    let here = given("names_with_blanks");
    let slope = |formula: &str| {
        let found = object(&printed(&here, &["fit", formula, "--data", "a.csv", "--json"]));
        found["coefficients"][1]["estimate"].as_f64().expect("a number")
    };
    // x = 1, 2, 4, 7 or 5, 1, 9, 3 and y = 2, 3, 4, 3: sums of products 3 over 21, and 4 over 35.
    assert!((slope("y ~ `tab\tx`") - 3.0 / 21.0).abs() < 1e-14);
    assert!((slope("y ~ `tab x`") - 4.0 / 35.0).abs() < 1e-14);
}

#[test]
fn indicators_may_be_written_as_words() {
    let here = given("logical_indicators");
    let args = ["did", "--data", "a.csv", "--outcome", "y", "--treated", "tr", "--post", "post", "--json"];
    let found = object(&printed(&here, &args));
    let estimate = found["effects"][0]["estimate"].as_f64().expect("a number");
    assert!((estimate + 0.037_866_666_666_666_58).abs() < 1e-13, "the difference of four means: {estimate}");
    let table = fs::read_to_string(here.join("a.csv")).expect("the input");
    for (yes, no) in [("yes", "no"), ("True", "False"), ("t", "f"), ("1", "0")] {
        let table = table.replace("TRUE", yes).replace("FALSE", no);
        fs::write(here.join("a.csv"), table).expect("the folder can be written");
        assert_eq!(object(&printed(&here, &args))["effects"], found["effects"], "{yes} and {no}");
    }
}

/// Times as dates, and one row each before them.
const DATES: &str = "unit,day,treated,y\na,20130101,1,1\na,20130102,1,3\na,20130103,1,2\na,20140101,1,5\n\
b,20130101,0,1\nb,20130102,0,2\nb,20130103,0,4\nb,20140101,0,3\nc,20130101,0,2\nc,20130102,0,2\nc,20130103,0,1\n\
c,20140101,0,4\nd,20130101,1,3\nd,20130102,1,1\nd,20130103,1,2\nd,20140101,1,6\n";

#[test]
fn dates_written_as_one_number_leave_as_many_placebos_as_there_are_dates() {
    let here = folder_with("fault_dates", DATES);
    let args = ["trends", "--data", "a.csv", "--outcome", "y", "--time", "day", "--treated", "treated"];
    let args =
        [&args[..], &["--date", "20140101", "--reference", "-9998", "--absorb", "unit + day", "--json"]]
            .concat();
    let found = object(&printed(&here, &args));
    let placebos = found["placebos"].as_array().expect("a list");
    assert_eq!(placebos.len(), 2, "{found}");
}

#[test]
#[rustfmt::skip]
fn huge_settings_are_refused_before_memory_is_asked_for() {
    refuse("fault_huge", &[
        with(panel(), &["ldv", "--data", "a.csv", "--outcome", "y", "--treatment", "treated", "--unit", "unit", "--time", "year", "--lags", "4294967295"], 2, &["`--lags`", "at most 1000", "`4294967295`"]),
        with(panel(), &["event", "--data", "a.csv", "--outcome", "y", "--unit", "unit", "--time", "year", "--first-treated", "first", "--estimator", "imputation", "--leads", "4294967295"], 2, &["`--leads`", "at most 1000"]),
        with(panel(), &["event", "--data", "a.csv", "--outcome", "y", "--time", "year", "--treated", "treated", "--date", "9223372036854775807"], 2, &["`--date`", "15 digits"]),
        case(fit!("y ~ x", "--level", "1e300"), 2, &["`--level`", "between 0 and 1"]),
    ]);
}

#[test]
fn cluster_columns_may_stand_in_backquotes() {
    let table = crate::run::TABLE.replacen(",f,g", ",`f, 1`,g", 1).replace('`', "\"");
    let here = folder_with("fault_backquotes", &table);
    let found =
        |vcov: &str| object(&printed(&here, &["fit", "y ~ x", "--data", "a.csv", "--vcov", vcov, "--json"]));
    assert_eq!(found("cluster:`f, 1`")["vcov"]["by"], Value::from(vec!["f, 1"]));
    assert_eq!(found("cluster:`g`, `f, 1`")["vcov"]["by"], Value::from(vec!["g", "f, 1"]));
}

#[test]
fn a_failure_is_an_object_where_json_is_asked_for() {
    let here = folder("fault_json");
    let output = ceteris(&here, fit!("y ~ x", "--json"));
    let told = String::from_utf8_lossy(&output.stderr);
    let failure = object(&told);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0));
    assert_eq!((&failure["schema"], &failure["code"]), (&"ceteris.error/1".into(), &"open".into()));
    assert!(failure["message"].as_str().is_some_and(|message| message.contains("no such file")), "{told}");
}
