//! First treated times whose meaning nothing says: refused with the flags that say it.

use std::fs;
use std::path::{Path, PathBuf};

use crate::object::object;
use crate::refused::refuse_in;
use crate::run::{ceteris, folder_with, printed};

/// The input of 60 units, 15 of which hold a zero for never, with another code in the place of zero.
fn given(name: &str, code: &str) -> PathBuf {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/faults/zero_for_never.csv");
    let table = fs::read_to_string(input).expect("an input").replace(",0,", &format!(",{code},"));
    folder_with(&format!("never_{name}"), &table)
}

/// Each command that takes a first treated time, with more flags.
fn commands(more: &[&'static str]) -> Vec<Vec<&'static str>> {
    let study: &[&'static str] =
        &["--data", "a.csv", "--outcome", "y", "--unit", "unit", "--time", "year", "--first-treated", "g"];
    let event = |estimator| [&["event"][..], study, &["--estimator", estimator], more].concat();
    let trends = [&["trends"][..], study, more].concat();
    vec![event("two-way"), event("cohort"), event("group-time"), event("imputation"), trends]
}

#[test]
fn zero_or_nothing_for_never_is_refused_by_every_command_with_the_flags_that_mean_it() {
    let (zero, nothing) = (given("zero", "0"), given("nothing", ""));
    for args in commands(&[]) {
        let flags = ["`--never 0`", "`--always drop`"];
        refuse_in(&zero, &args, 4, &["15 units have 0 in `g`", "2003", flags[0], flags[1]]);
        refuse_in(&nothing, &args, 4, &["15 units have no value of `g`", "`--never missing`"]);
    }
}

#[test]
fn every_way_to_say_never_prints_the_same_numbers() {
    let (zero, nothing) = (given("zero_said", "0"), given("nothing_said", ""));
    let (late, infinite) = (given("late", "2099"), given("infinite", "inf"));
    let points = |here: &Path, args: &[&str]| object(&printed(here, args))["points"].clone();
    let said = commands(&["--json", "--no-band", "--never", "0"]).into_iter();
    let missing = commands(&["--json", "--no-band", "--never", "missing"]);
    for ((said, missing), silent) in said.zip(missing).zip(commands(&["--json", "--no-band"])).take(4) {
        let found = points(&zero, &said);
        assert!(found.as_array().is_some_and(|points| !points.is_empty()), "{found}");
        assert_eq!(found, points(&nothing, &missing), "{missing:?}");
        assert_eq!(found, points(&late, &silent), "{silent:?}");
        assert_eq!(found, points(&infinite, &silent), "{silent:?}");
    }
}

#[test]
fn always_treated_units_are_dropped_where_asked_and_counted() {
    let always = given("always", "2003");
    let args = commands(&["--controls", "not-yet", "--no-band", "--always", "drop"]).swap_remove(2);
    let output = ceteris(&always, &args);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(text.contains("120 rows") && text.contains("treated from the first time, 2003"), "{text}");
    refuse_in(&always, &commands(&["--always", "keep"])[3], 4, &["always-treated"]);
    refuse_in(&always, &commands(&["--always", "yes"])[0], 2, &["`--always`", "drop or keep", "`yes`"]);
}
