//! Data that cannot be used: exit code 3.

use crate::refused::{Case, case, fit, refuse, with};

#[rustfmt::skip]
const NAMES: &[Case] = &[
    case(fit!("y ~ xx"), 3, &["`xx` is not in the data", "did you mean `x`?"]),
    case(fit!("Yield ~ x"), 3, &["`Yield`", "`a.csv`", "`y`"]),
    case(fit!("y ~ x | ff"), 3, &["`ff`", "did you mean `f`?"]),
    case(fit!("y ~ x | f[xx]"), 3, &["`xx`", "did you mean `x`?"]),
    case(fit!("y ~ x", "--weights", "weight"), 3, &["`weight`", "`w`"]),
    case(fit!("y ~ x", "--vcov", "cluster:ff"), 3, &["`ff`", "did you mean `f`?"]),
    case(fit!("y ~ x", "--vcov", "cluster:f^gg"), 3, &["`gg`", "did you mean `g`?"]),
    case(fit!("y ~ x", "--keep", "year >= 2012"), 3, &["`year`", "`g`"]),
    case(fit!("y ~ x", "--keep", "year == 2012"), 3, &["`year`", "`g`"]),
    case(fit!("y ~ x", "--keep", "f == e"), 3, &["`e`", "level of `f`"]),
    case(fit!("y ~ i(g, 2010)"), 3, &["`2010`", "level of `g`", "2011"]),
    case(fit!("y ~ x", "--delimiter", ";"), 3, &["`y`"]),
    case(&["fit", "y ~ x", "--data", "b.csv"], 3, &["`b.csv`", "no such file"]),
    case(&["fit", "y ~ x", "--data", "."], 3, &["`.`", "directory"]),
    case(&["data", "describe", "b.csv"], 3, &["`b.csv`", "no such file"]),
];

#[rustfmt::skip]
const VALUES: &[Case] = &[
    case(fit!("f ~ x"), 3, &["`f`", "`a.csv`", "numeric", "line 2", "`a`"]),
    case(fit!("y ~ x", "--weights", "f"), 3, &["`f`", "numeric", "line 2", "`a`"]),
    case(fit!("y ~ x", "--keep", "f >= 3"), 3, &["`f`", "numeric", "line 2", "`a`"]),
    case(fit!("y ~ x | g[f]"), 3, &["`f`", "numeric", "line 2", "`a`"]),
    case(fit!("y ~ log(x)"), 3, &["`log(x)`", "line 11", "NaN"]),
    case(fit!("y ~ x", "--weights", "x"), 3, &["`x`", "at least 0", "line 11", "-0.5"]),
    case(fit!("y ~ x", "--weights", "frequency:x"), 3, &["`x`", "whole numbers", "line 2", "0.5"]),
    case(fit!("y ~ x", "--keep", "g < 2011"), 3, &["no row is left", "12 dropped", "not g < 2011"]),
    with("y,x\n1,2\n2,3\n3,n/k\n4,6\n", fit!("y ~ x"), 3, &["`x`", "numeric", "line 4", "`n/k`"]),
    with("y,x\n1,2\n2,3\n3,\"1,5\"\n", fit!("x ~ y"), 3, &["`x`", "numeric", "line 4", "`1,5`"]),
    with("y,x\n1,\"2\n3\"\n", fit!("x ~ y"), 3, &["`x`", "numeric", "line 2", "`2 3`"]),
    with("y,x\n1,\n2,NA\n3,.\n", fit!("y ~ x"), 3, &["no row is left", "3 dropped", "`x` is missing"]),
    with("y,x,w\n1,2,0\n2,3,0\n3,5,0\n", fit!("y ~ x", "--weights", "w"), 3, &["no row", "`w` is zero"]),
    with("y,x\n1,2\n2,inf\n3,5\n4,1\n", fit!("y ~ x"), 3, &["`x`", "finite", "line 3", "inf"]),
    with("y,x\n1,2\n2,1e999\n3,5\n", fit!("y ~ x"), 3, &["`x`", "finite", "line 3", "inf"]),
    with("y,x,f\n1,2,a\n2,3,b\n3,5,c\n", fit!("y ~ x | f"), 3, &["no row", "alone in a level"]),
];

#[rustfmt::skip]
const FILES: &[Case] = &[
    with("", fit!("y ~ x"), 3, &["`a.csv`", "no byte"]),
    with("y,x\n", fit!("y ~ x"), 3, &["`a.csv`", "header and no row"]),
    with("y,x,x\n1,2,3\n", fit!("y ~ x"), 3, &["`x`", "fields 2 and 3"]),
    with("y,,x\n1,2,3\n", fit!("y ~ x"), 3, &["field 2", "name"]),
    with("y,x\n1,2\n2,3,4\n", fit!("y ~ x"), 3, &["line 3", "2 fields", "has 3"]),
    with("y,x\n1,2\n2,\"3\n4,5\n", fit!("y ~ x"), 3, &["line 3", "quote", "complete"]),
    with("y,x\n1,2\n2", fit!("y ~ x"), 3, &["line 3", "cut short"]),
    with("y;x\n1;2\n2;3\n", fit!("y ~ x"), 3, &["add `--delimiter ';'`"]),
    with("PK\x03\x04", fit!("y ~ x"), 3, &["`a.csv`", "Excel"]),
    with("<html></html>", fit!("y ~ x"), 3, &["`a.csv`", "web page"]),
];

const PANEL: &[&str] = &["screening", "--panel", "a.csv"];

#[rustfmt::skip]
const PANELS: &[Case] = &[
    with("practice,ccg,n_la,year,indicator,numerator,denominator\nA,C,1,2012/13,screening,30,20\n", PANEL, 3,
        &["`numerator`", "at most `denominator`, 20", "line 2 holds 30"]),
    with("practice,ccg,n_la,year,indicator,numerator,denominator\nA,C,1,2012/13,screening,10,20\n\nA,C,1,2013/14,screening,-3,20\n", PANEL, 3,
        &["`numerator`", "whole number", "line 4 holds -3"]),
    with("practice,ccg,n_la,year,indicator,numerator,denominator\nA,C,1,2012/13,screening,10,20.5\n", PANEL, 3,
        &["`denominator`", "whole number", "line 2 holds 20.5"]),
    with("practice,ccg,n_la,year,indicator,numerator,denominator\nA,C,1,2012/13,screening,10,20\nA,C,2,2013/14,screening,3,20\n", PANEL, 3,
        &["`n_la`", "one value for each unit", "unit `A`", "1 in line 2 and 2 in line 3"]),
];

#[test]
fn rows_of_a_panel_that_cannot_be_are_refused_by_their_line() {
    refuse("panels", PANELS);
}

#[test]
fn names_that_the_file_does_not_have_are_refused() {
    refuse("names", NAMES);
}

#[test]
fn values_that_cannot_be_used_are_refused() {
    refuse("values", VALUES);
}

#[test]
fn files_that_are_no_tables_are_refused() {
    refuse("tables", FILES);
}
