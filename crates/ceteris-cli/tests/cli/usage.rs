//! Words on the command line that are not understood: exit code 2.

use crate::refused::{Case, case, fit, refuse};

#[rustfmt::skip]
const CASES: &[Case] = &[
    case(&[], 2, &["a command", "fit", "data", "`ceteris --help`"]),
    case(&["data"], 2, &["a command", "convert or twin", "`ceteris data --help`"]),
    case(&["fti"], 2, &["`fti`", "did you mean `fit`?"]),
    case(&["data", "publish"], 2, &["`publish`", "there are list, describe, convert, twin"]),
    case(&["fit"], 2, &["<FORMULA>", "--data", "`ceteris fit --help`"]),
    case(&["fit", "y ~ x"], 2, &["--data", "must be given"]),
    case(&["data", "convert", "a.csv"], 2, &["<OUTPUT>", "`ceteris data convert --help`"]),
    case(fit!("y ~ x", "--data", "a.csv"), 2, &["`--data` must be given once"]),
    case(fit!("y ~ x", "--weigths", "w"), 2, &["`--weigths`", "did you mean `--weights`?"]),
    case(fit!("y ~ x", "z"), 2, &["`z`"]),
    case(fit!("y ~ x", "--weights", "analitic:w"), 2, &["`--weights`", "analytic:", "`analitic:w`"]),
    case(fit!("y ~ x", "--vcov", "robust"), 2, &["`--vcov`", "hc1", "cluster:", "`robust`"]),
    case(fit!("y ~ x", "--vcov", "cluster:"), 2, &["`--vcov`", "at least one column"]),
    case(fit!("y ~ x", "--vcov", "cluster:f,f"), 2, &["`--vcov`", "columns that differ"]),
    case(fit!("y ~ x", "--vcov", "cluster:a,b,c,d,e,f,g,h,i,j,k"), 2, &["at most 10 columns"]),
    case(fit!("y ~ x", "--cr", "4"), 2, &["`--cr`", "0, 1, 2 or 3", "`4`"]),
    case(fit!("y ~ x", "--vcov", "hc1", "--cr", "1"), 2, &["`--cr`", "HC1", "cluster:COLUMN"]),
    case(fit!("y ~ x", "--ssc", "stata"), 2, &["`--ssc`", "reghdfe", "`stata`"]),
    case(fit!("y ~ x", "--ssc", "reghdf"), 2, &["`--ssc`", "did you mean `reghdfe`?"]),
    case(fit!("y ~ x", "--singletons", "dorp"), 2, &["`--singletons`", "did you mean `drop`?"]),
    case(fit!("y ~ x", "--solver", "qr"), 2, &["`--solver`", "faer or lapack", "`qr`"]),
    case(fit!("y ~ x", "--absorber", "map"), 2, &["`--absorber`", "exact", "pcg", "lsmr", "`map`"]),
    case(fit!("y ~ x", "--level", "95"), 2, &["`--level`", "between 0 and 1", "`95`"]),
    case(fit!("y ~ x", "--level", "-0.5"), 2, &["`--level`", "between 0 and 1", "`-0.5`"]),
    case(fit!("y ~ x", "--level", "NaN"), 2, &["`--level`", "between 0 and 1", "`NaN`"]),
    case(fit!("y ~ x", "--limit", "1.5"), 2, &["`--limit`", "whole number", "`1.5`"]),
    case(fit!("y ~ x", "--limit", "-1"), 2, &["`--limit`", "whole number", "`-1`"]),
    case(fit!("y ~ x", "--limit"), 2, &["`--limit`", "nothing is given"]),
    case(fit!("y ~ x", "--limit", "9"), 2, &["`--limit`", "--absorber pcg", "--absorber lsmr", "--absorber alternating"]),
    case(fit!("y ~ x | f", "--absorber", "exact", "--limit", "9"), 2, &["`--limit`", "--absorber pcg"]),
    case(fit!("y ~ x", "--tolerance", "1e-9"), 2, &["`--tolerance`", "--absorber alternating"]),
    case(fit!("y ~ x", "--keep", "g > 2012"), 2, &["`--keep`", ">= NUMBER", "`g > 2012`"]),
    case(fit!("y ~ x", "--keep", "g >= late"), 2, &["`--keep`", "NUMBER", "`g >= late`"]),
    case(fit!("y ~ x", "--force"), 2, &["--out", "must be given"]),
    case(fit!("y ~ x", "--out", ""), 2, &["`--out`", "nothing is given"]),
    case(fit!("y ~ x", "--delimiter", "::"), 2, &["`--delimiter`", "one ASCII character"]),
];

#[test]
fn words_that_are_not_understood_are_refused() {
    refuse("usage", CASES);
}
