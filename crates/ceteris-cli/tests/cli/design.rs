//! Designs that cannot be estimated (exit code 4), arithmetic that does not succeed (5), questions
//! without an answer (6).

use std::fs;

use crate::refused::{Case, case, fit, refuse, refuse_in, with};
use crate::run::{TABLE, ceteris, folder, folder_with};

#[rustfmt::skip]
const FORMULAS: &[Case] = &[
    case(fit!(""), 4, &["character 1", "outcome"]),
    case(fit!("y"), 4, &["character 2", "`~`"]),
    case(fit!("y ~ x +"), 4, &["character 8", "regressor"]),
    case(fit!("y ~ x $ z"), 4, &["character 7", "`$`"]),
    case(fit!("y ~ poly(x)"), 4, &["character 5", "`poly`"]),
    case(fit!("y ~ i(g, z)"), 4, &["a level of `g`", "i(g):z"]),
    case(fit!("y ~ x |\n f["), 4, &["character 12", "slope"]),
    case(fit!("y ~ 0"), 4, &["regressors", "at least one"]),
    case(fit!("y ~ 1 | f"), 4, &["regressors", "at least one"]),
];

/// Of a tolerance that doubles cannot resolve.
const TOO_FINE: &[&str] = &["`--tolerance`", "1e-14"];

#[rustfmt::skip]
const DESIGNS: &[Case] = &[
    case(fit!("y ~ g | g"), 4, &["`g`", "combination", "cannot be estimated"]),
    case(fit!("w ~ x | w"), 4, &["`w after the effects`", "must vary"]),
    case(fit!("y ~ x*z*w + i(f):x + i(g):z + i(f):w"), 4, &["12 rows", "parameters"]),
    case(fit!("y ~ x", "--weights", "probability:w"), 4, &["iid", "probability weights"]),
    case(fit!("y ~ x", "--keep", "g == late"), 4, &["a number", "g == late"]),
    case(fit!("y ~ x", "--vcov", "cluster:f", "--cr", "2"), 4, &["`--cr`", "0 or 1", "is 2"]),
    case(fit!("y ~ x", "--vcov", "cluster:f", "--cr", "3"), 4, &["`--cr`", "0 or 1", "is 3"]),
    case(fit!("y ~ x | f + g", "--absorber", "alternating", "--tolerance", "0"), 4, TOO_FINE),
    case(fit!("y ~ x | f + g", "--absorber", "pcg", "--tolerance", "-1"), 4, TOO_FINE),
    case(fit!("y ~ x | f + g", "--absorber", "lsmr", "--tolerance", "1e-15"), 4, TOO_FINE),
    case(fit!("y ~ x | f + g", "--absorber", "exact"), 4, &["`--absorber`", "direct or auto", "f, g"]),
    with("y,x\n5,2\n5,3\n5,4\n", fit!("y ~ x"), 4, &["`y`", "one value", "3 rows"]),
    with("y,x\n5,2\n4,3\n", fit!("y ~ x"), 4, &["2 parameters", "2 rows"]),
];

#[test]
fn formulas_that_are_not_understood_are_refused() {
    refuse("formulas", FORMULAS);
}

#[test]
fn designs_that_cannot_be_estimated_are_refused() {
    refuse("designs", DESIGNS);
}

#[test]
fn a_formula_mistake_is_pointed_at() {
    let here = folder_with("caret", TABLE);
    let output = ceteris(&here, fit!("y ~ x\t$ z"));
    let text = String::from_utf8(output.stderr).expect("text");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!((lines.len(), lines[1], lines[2]), (3, "  y ~ x $ z", "        ^"), "{text}");
}

#[test]
fn a_row_that_fits_itself_has_no_hc3() {
    // The leverage of one is on line 6 of the file, and in row 4 of the sample.
    let table = "y,x\n5,\n1,0\n2,0\n3,0\n9,1\n";
    let words = &["HC3", "line 6", "leverage one", "HC1"];
    refuse("leverage", &[with(table, fit!("y ~ x", "--vcov", "hc3"), 5, words)]);
}

#[test]
fn effects_in_a_long_chain_do_not_converge_in_one_iteration() {
    let here = folder("chain");
    let row = |i: usize| {
        let (y, x) = (i * i % 17, i * 7 % 13);
        format!("{y}.5,{x},{},{}\n", i / 2, i.div_ceil(2) % 100)
    };
    let rows: String = (0..200).map(row).collect();
    fs::write(here.join("a.csv"), format!("y,x,f,g\n{rows}")).expect("writable");
    let words = ["stopped after 1 iterations", "raise `--limit`", "`--absorber direct`"];
    for iteration in ["pcg", "lsmr", "alternating"] {
        let tight = ["--limit", "1", "--tolerance", "1e-14"];
        let args = [&fit!("y ~ x | f + g", "--absorber")[..], &[iteration], &tight].concat();
        refuse_in(&here, &args, 5, &words);
    }
}

#[cfg(not(feature = "lapack"))]
#[test]
fn a_backend_that_is_left_out_is_named() {
    let args = fit!("y ~ x", "--solver", "lapack");
    refuse("backend", &[case(args, 5, &["`--solver lapack`", "leaves out", "--features lapack"])]);
}

#[test]
fn one_cluster_is_not_enough() {
    let table = "y,x,k\n1,2,a\n2,3,a\n3,3,a\n5,1,a\n";
    let words = &["`k`", "at least 2 clusters", "there is 1"];
    refuse("clusters", &[with(table, fit!("y ~ x", "--vcov", "cluster:k"), 6, words)]);
}
