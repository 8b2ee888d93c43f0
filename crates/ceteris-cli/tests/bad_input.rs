//! Bad input, one row a case: the exit code, one sentence on standard error with the words that
//! help, nothing on standard output, and no file touched.

mod support;

use std::fs;
use std::path::Path;

use support::{TABLE, ceteris, contents, folder};

/// A command that must fail, with what it must say.
struct Case {
    args: &'static [&'static str],
    /// What `a.csv` holds.
    table: &'static str,
    code: i32,
    words: &'static [&'static str],
}

/// `ceteris fit FORMULA --data a.csv` and more flags.
macro_rules! fit {
    ($formula:literal $(, $flag:literal)*) => { &["fit", $formula, "--data", "a.csv" $(, $flag)*] };
}

const fn case(args: &'static [&'static str], code: i32, words: &'static [&'static str]) -> Case {
    Case {
        args,
        table: TABLE,
        code,
        words,
    }
}

const fn with(
    table: &'static str,
    args: &'static [&'static str],
    code: i32,
    words: &'static [&'static str],
) -> Case {
    Case {
        args,
        table,
        code,
        words,
    }
}

const USAGE: &[Case] = &[
    case(&[], 2, &["a command", "fit or data", "`ceteris --help`"]),
    case(&["fti"], 2, &["`fti`", "did you mean `fit`?"]),
    case(
        &["fit"],
        2,
        &["<FORMULA>", "--data", "`ceteris fit --help`"],
    ),
    case(&["fit", "y ~ x"], 2, &["--data", "must be given"]),
    case(
        &["data", "convert", "a.csv"],
        2,
        &["<OUTPUT>", "`ceteris data convert --help`"],
    ),
    case(
        fit!("y ~ x", "--data", "a.csv"),
        2,
        &["`--data` must be given once"],
    ),
    case(
        fit!("y ~ x", "--weigths", "w"),
        2,
        &["`--weigths`", "did you mean `--weights`?"],
    ),
    case(
        fit!("y ~ x", "--weights", "analitic:w"),
        2,
        &["`--weights`", "analytic:", "analitic:w"],
    ),
    case(
        fit!("y ~ x", "--vcov", "robust"),
        2,
        &["`--vcov`", "hc1", "cluster:", "`robust`"],
    ),
    case(
        fit!("y ~ x", "--vcov", "cluster:"),
        2,
        &["`--vcov`", "at least one column"],
    ),
    case(
        fit!("y ~ x", "--vcov", "cluster:f,f"),
        2,
        &["columns that differ"],
    ),
    case(
        fit!("y ~ x", "--cr", "4"),
        2,
        &["`--cr`", "0, 1, 2 or 3", "`4`"],
    ),
    case(
        fit!("y ~ x", "--vcov", "hc1", "--cr", "1"),
        2,
        &["`--cr`", "HC1", "cluster:COLUMN"],
    ),
    case(
        fit!("y ~ x", "--ssc", "stata"),
        2,
        &["`--ssc`", "reghdfe", "`stata`"],
    ),
    case(
        fit!("y ~ x", "--ssc", "reghdf"),
        2,
        &["did you mean `reghdfe`?"],
    ),
    case(
        fit!("y ~ x", "--level", "95"),
        2,
        &["`--level`", "between 0 and 1", "`95`"],
    ),
    case(
        fit!("y ~ x", "--level", "-0.5"),
        2,
        &["`--level`", "`-0.5`"],
    ),
    case(
        fit!("y ~ x", "--limit", "1.5"),
        2,
        &["`--limit`", "whole number", "`1.5`"],
    ),
    case(
        fit!("y ~ x", "--limit"),
        2,
        &["`--limit`", "nothing is given"],
    ),
    case(
        fit!("y ~ x", "--tolerance", "1e-9"),
        2,
        &["`--tolerance`", "--absorber alternating"],
    ),
    case(
        fit!("y ~ x", "--keep", "g > 2012"),
        2,
        &["`--keep`", ">= NUMBER", "`g > 2012`"],
    ),
    case(
        fit!("y ~ x", "--keep", "g >= late"),
        2,
        &["`--keep`", "NUMBER", "`g >= late`"],
    ),
    case(fit!("y ~ x", "--force"), 2, &["--out"]),
    case(
        fit!("y ~ x", "--delimiter", "::"),
        2,
        &["`--delimiter`", "one ASCII character"],
    ),
];

const DATA: &[Case] = &[
    case(fit!("y ~ xx"), 3, &["`xx`", "did you mean `x`?"]),
    case(fit!("Yield ~ x"), 3, &["`Yield`", "`a.csv`", "`y`"]),
    case(fit!("y ~ x | ff"), 3, &["`ff`", "did you mean `f`?"]),
    case(
        fit!("y ~ x", "--weights", "weight"),
        3,
        &["`weight`", "`w`"],
    ),
    case(
        fit!("y ~ x", "--vcov", "cluster:ff"),
        3,
        &["`ff`", "did you mean `f`?"],
    ),
    case(
        fit!("y ~ x", "--keep", "year >= 2012"),
        3,
        &["`year`", "`g`"],
    ),
    case(
        fit!("y ~ x", "--vcov", "cluster:f^gg"),
        3,
        &["`gg`", "did you mean `g`?"],
    ),
    case(
        fit!("y ~ x", "--keep", "f >= 3"),
        3,
        &["`f`", "numeric", "line 2", "`a`"],
    ),
    case(
        fit!("y ~ x | g[f]"),
        3,
        &["`f`", "numeric", "line 2", "`a`"],
    ),
    case(
        fit!("y ~ x", "--keep", "f == e"),
        3,
        &["`e`", "level of `f`"],
    ),
    case(
        fit!("y ~ x", "--keep", "g < 2011"),
        3,
        &["no row is left", "12 dropped", "not g < 2011"],
    ),
    case(fit!("y ~ i(g, 2010)"), 3, &["`2010`", "level of `g`"]),
    case(
        fit!("f ~ x"),
        3,
        &["`f`", "`a.csv`", "numeric", "line 2", "`a`"],
    ),
    case(fit!("y ~ log(x)"), 3, &["log(x)", "row 10", "NaN"]),
    case(
        fit!("y ~ x", "--weights", "f"),
        3,
        &["`f`", "numeric", "line 2", "`a`"],
    ),
    case(
        fit!("y ~ x", "--weights", "frequency:x"),
        3,
        &["`x`", "whole numbers", "row 1", "0.5"],
    ),
    case(
        fit!("y ~ x", "--weights", "x"),
        3,
        &["`x`", "at least 0", "row 10", "-0.5"],
    ),
    case(fit!("y ~ x", "--delimiter", ";"), 3, &["`y`"]),
    with(
        "y,x\n1,2\n2,3\n3,n/k\n4,6\n",
        fit!("y ~ x"),
        3,
        &["`x`", "line 4", "`n/k`"],
    ),
    with(
        "y,x\n1,2\n2,3\n3,\"1,5\"\n",
        fit!("x ~ y"),
        3,
        &["`x`", "line 4", "`1,5`"],
    ),
    with(
        "y,x\n1,\n2,NA\n3,.\n",
        fit!("y ~ x"),
        3,
        &["no row is left", "3 dropped", "`x` is missing"],
    ),
    with(
        "y,x,w\n1,2,0\n2,3,0\n3,5,0\n",
        fit!("y ~ x", "--weights", "w"),
        3,
        &["no row", "`w` is zero"],
    ),
    with(
        "y,x\n1,2\n2,inf\n3,5\n4,1\n",
        fit!("y ~ x"),
        3,
        &["`x`", "finite", "row 2", "inf"],
    ),
    with(
        "y,x,f\n1,2,a\n2,3,b\n3,5,c\n",
        fit!("y ~ x | f"),
        3,
        &["no row", "alone in a level"],
    ),
    with(
        "y,x,x\n1,2,3\n",
        fit!("y ~ x"),
        3,
        &["`x`", "fields 2 and 3"],
    ),
    with("y,,x\n1,2,3\n", fit!("y ~ x"), 3, &["field 2", "name"]),
    with("", fit!("y ~ x"), 3, &["`a.csv`", "no byte"]),
    with("y,x\n", fit!("y ~ x"), 3, &["`a.csv`", "no row"]),
    with(
        "y,x\n1,2\n2,3,4\n",
        fit!("y ~ x"),
        3,
        &["line 3", "2 fields", "3"],
    ),
    with(
        "y,x\n1,2\n2,\"3\n4,5\n",
        fit!("y ~ x"),
        3,
        &["line 3", "quote", "complete"],
    ),
    with("y,x\n1,2\n2", fit!("y ~ x"), 3, &["line 3", "cut short"]),
    with(
        "y;x\n1;2\n2;3\n",
        fit!("y ~ x"),
        3,
        &["';'", "`--delimiter`"],
    ),
    with("PK\x03\x04", fit!("y ~ x"), 3, &["`a.csv`", "Excel"]),
    with("<html></html>", fit!("y ~ x"), 3, &["`a.csv`", "web page"]),
    case(
        &["fit", "y ~ x", "--data", "b.csv"],
        3,
        &["`b.csv`", "no such file"],
    ),
    case(&["fit", "y ~ x", "--data", "."], 3, &["`.`", "directory"]),
    case(
        &["data", "describe", "b.csv"],
        3,
        &["`b.csv`", "no such file"],
    ),
];

const DESIGN: &[Case] = &[
    case(fit!(""), 4, &["character 1", "outcome"]),
    case(fit!("y"), 4, &["character 2", "`~`"]),
    case(fit!("y ~ x +"), 4, &["character 8", "regressor"]),
    case(fit!("y ~ x $ z"), 4, &["character 7", "`$`"]),
    case(fit!("y ~ poly(x)"), 4, &["character 5", "`poly`"]),
    case(fit!("y ~ x |\n f["), 4, &["character 12", "slope"]),
    case(fit!("y ~ 0"), 4, &["regressors", "at least one"]),
    case(fit!("y ~ 1 | f"), 4, &["regressors", "at least one"]),
    case(
        fit!("y ~ g | g"),
        4,
        &["`g`", "combination", "cannot be estimated"],
    ),
    case(
        fit!("w ~ x | w"),
        4,
        &["`w after the effects`", "must vary"],
    ),
    case(
        fit!("y ~ x*z*w + i(f):x + i(g):z + i(f):w"),
        4,
        &["12 rows", "parameters"],
    ),
    case(
        fit!("y ~ x", "--weights", "probability:w"),
        4,
        &["iid", "probability weights"],
    ),
    case(
        fit!("y ~ x", "--vcov", "cluster:f", "--cr", "2"),
        4,
        &["`--cr`", "0 or 1", "2"],
    ),
    case(
        fit!("y ~ x", "--vcov", "cluster:f", "--cr", "3"),
        4,
        &["`--cr`", "0 or 1", "3"],
    ),
    case(
        fit!(
            "y ~ x | f + g",
            "--absorber",
            "alternating",
            "--tolerance",
            "0"
        ),
        4,
        &["tolerance", "1e-14"],
    ),
    with(
        "y,x\n5,2\n5,3\n5,4\n",
        fit!("y ~ x"),
        4,
        &["`y`", "one value", "3 rows"],
    ),
    with(
        "y,x\n5,2\n4,3\n",
        fit!("y ~ x"),
        4,
        &["2 parameters", "2 rows"],
    ),
];

const NUMERICS: &[Case] = &[with(
    "y,x\n5,\n1,0\n2,0\n3,0\n9,1\n",
    fit!("y ~ x", "--vcov", "hc3"),
    5,
    &["HC3", "row 5", "leverage one", "HC1"],
)];

const QUESTION: &[Case] = &[with(
    "y,x,k\n1,2,a\n2,3,a\n3,3,a\n5,1,a\n",
    fit!("y ~ x", "--vcov", "cluster:k"),
    6,
    &["`k`", "at least 2 clusters", "there is 1"],
)];

#[test]
fn words_that_are_not_understood_are_usage_errors() {
    refuse("usage", USAGE);
}

#[test]
fn data_that_cannot_be_used_are_refused() {
    refuse("data", DATA);
}

#[test]
fn designs_that_cannot_be_estimated_are_refused() {
    refuse("design", DESIGN);
}

#[test]
fn arithmetic_that_does_not_succeed_is_refused() {
    refuse("numerics", NUMERICS);
}

#[test]
fn questions_without_an_answer_are_refused() {
    refuse("question", QUESTION);
}

#[cfg(not(feature = "lapack"))]
#[test]
fn a_backend_that_is_left_out_is_named() {
    refuse(
        "lapack",
        &[case(
            fit!("y ~ x", "--solver", "lapack"),
            5,
            &["lapack", "--features"],
        )],
    );
}

#[test]
fn effects_far_apart_do_not_converge_in_one_iteration() {
    let here = folder("not_converged");
    let row = |i: usize| {
        format!(
            "{}.5,{},{},{}\n",
            i * i % 17,
            i * 7 % 13,
            i / 2,
            i.div_ceil(2) % 100
        )
    };
    let rows: String = (0..200).map(row).collect();
    fs::write(here.join("a.csv"), format!("y,x,f,g\n{rows}")).expect("writable");
    let args = fit!("y ~ x | f + g", "--absorber", "alternating", "--limit", "1");
    refuse_in(
        &here,
        args,
        5,
        &["stopped after 1 iterations", "`--limit`", "direct`"],
    );
}

#[test]
fn files_that_are_cut_are_refused() {
    let here = folder("cut");
    fs::write(here.join("a.csv"), TABLE).expect("writable");
    let frame = ceteris_data::read(here.join("a.csv")).expect("sound");
    for name in ["b.csv.gz", "b.parquet"] {
        let path = here.join(name);
        ceteris_data::write(&frame, &path, ceteris_data::Overwrite::Refuse).expect("writable");
        let whole = fs::read(&path).expect("written");
        fs::write(&path, &whole[..whole.len() * 2 / 3]).expect("writable");
        refuse_in(
            &here,
            &["fit", "y ~ x", "--data", name],
            3,
            &[name, "must be complete"],
        );
        refuse_in(
            &here,
            &["data", "convert", name, "c.csv"],
            3,
            &[name, "must be complete"],
        );
    }
    fs::write(here.join("latin.csv"), b"y,x\n1,caf\xe9\n").expect("writable");
    refuse_in(
        &here,
        &["data", "describe", "latin.csv"],
        3,
        &["UTF-8", "line 2"],
    );
}

#[test]
fn no_file_is_overwritten_unasked() {
    let here = folder("outputs");
    fs::write(here.join("a.csv"), TABLE).expect("writable");
    fs::write(here.join("taken.csv"), "precious").expect("writable");
    fs::create_dir(here.join("results")).expect("writable");
    fs::write(here.join("results").join("coefficients.md"), "precious").expect("writable");
    let cases: &[(&[&str], &[&str])] = &[
        (
            fit!("y ~ x", "--out", "taken.csv"),
            &["taken.csv", "must be a folder"],
        ),
        (
            fit!("y ~ x", "--out", "taken.csv/inner"),
            &["taken.csv", "must be a folder"],
        ),
        (
            fit!("y ~ x", "--out", "results"),
            &["coefficients.md", "exists", "`--force`"],
        ),
        (
            fit!("y ~ x", "--out", "results", "--json"),
            &["coefficients.md", "exists"],
        ),
        (
            &["data", "convert", "a.csv", "taken.csv"],
            &["taken.csv", "exists", "`--force`"],
        ),
        (
            &["data", "convert", "a.csv", "results"],
            &["results", ".parquet"],
        ),
        (
            &["data", "convert", "a.csv", "b.xlsx"],
            &["b.xlsx", ".parquet"],
        ),
        (
            &["data", "convert", "a.csv", "none/b.csv"],
            &["none/b.csv", "writing failed"],
        ),
        (
            &["data", "convert", "a.csv", "taken.csv/b.csv"],
            &["taken.csv/b.csv", "writing failed"],
        ),
        (
            &["data", "twin", "taken.csv"],
            &["taken.csv", "exists", "`--force`"],
        ),
    ];
    for (args, words) in cases {
        refuse_in(&here, args, 3, words);
    }
}

#[test]
fn a_formula_mistake_is_pointed_at() {
    let here = folder("caret");
    fs::write(here.join("a.csv"), TABLE).expect("writable");
    let output = ceteris(&here, fit!("y ~ x\t$ z"));
    let text = String::from_utf8(output.stderr).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        (lines.len(), lines[1], lines[2]),
        (3, "  y ~ x $ z", "        ^"),
        "{text}"
    );
}

fn refuse(name: &str, cases: &[Case]) {
    let here = folder(name);
    for case in cases {
        fs::write(here.join("a.csv"), case.table).expect("writable");
        refuse_in(&here, case.args, case.code, case.words);
    }
}

/// Asserts all that is promised about a failure.
fn refuse_in(here: &Path, args: &[&str], code: i32, words: &[&str]) {
    let before = contents(here);
    let output = ceteris(here, args);
    let text = String::from_utf8_lossy(&output.stderr);
    let told = format!("{args:?} said {text:?}");
    assert_eq!(output.status.code(), Some(code), "{told}");
    assert!(output.stdout.is_empty(), "{told} and printed");
    assert!(!text.contains("panicked"), "{told}");
    let formula = text.starts_with("formula not understood");
    assert_eq!(text.lines().count(), if formula { 3 } else { 1 }, "{told}");
    for word in words {
        assert!(text.contains(word), "{told}, without {word:?}");
    }
    assert!(before == contents(here), "{told} and touched a file");
}
