//! Bad input to did, ddd, event, ldv, bracket and trends: usage (exit code 2), data (3), designs (4) and
//! questions (6).

use crate::refused::{Case, refuse, with};
use crate::run::panel;

/// `ceteris COMMAND --data a.csv --outcome y` and more flags, on [`panel`].
macro_rules! asked {
    ($command:literal $(, $flag:literal)*) => { &[$command, "--data", "a.csv", "--outcome", "y" $(, $flag)*] };
}

/// `ceteris event` for units treated at different times, by an estimator, and more flags.
macro_rules! staggered {
    ($estimator:literal $(, $flag:literal)*) => {
        asked!("event", "--unit", "unit", "--time", "year", "--first-treated", "first", "--estimator", $estimator $(, $flag)*)
    };
}

/// The commands about earlier outcomes.
macro_rules! lagged {
    ($command:literal $(, $flag:literal)*) => { asked!($command, "--unit", "unit", "--time", "year" $(, $flag)*) };
}

/// `ceteris trends` for one reform, and more flags.
macro_rules! trends {
    ($($flag:literal),*) => { asked!("trends", "--time", "year", "--treated", "treated", "--date", "2004" $(, $flag)*) };
}

fn case(args: &'static [&'static str], code: i32, words: &'static [&'static str]) -> Case {
    with(panel(), args, code, words)
}

/// Three units at two times, one of them twice at a time, or with two first treated times.
const TWICE: &str =
    "unit,year,first,treated,y\n1,1,2,1,3\n1,2,2,1,5\n1,2,2,1,4\n2,1,9,0,1\n2,2,9,0,2\n3,1,9,0,1\n";
const MOVED: &str = "unit,year,first,treated,y\n1,1,2,1,3\n1,2,3,1,5\n2,1,9,0,1\n2,2,9,0,2\n";

#[test]
#[rustfmt::skip]
fn flags_that_do_not_go_together_are_refused() {
    refuse("design_usage", &[
        case(&["did"], 2, &["`--treated`, `--outcome`, `--data` and one of `--post` and `--date` must be given"]),
        case(asked!("did", "--treated", "treated"), 2, &["one of `--post` and `--date` must be given", "`ceteris did --help`"]),
        case(asked!("did", "--treated", "treated", "--date", "2004"), 2, &["`--time` must be given"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--date", "2004"), 2, &["`--post` does not go with `--date`"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--time", "year"), 2, &["`--post` does not go with `--time`"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--post", "after"), 2, &["`--post` must be given once"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--level", "1"), 2, &["`--level`", "between 0 and 1", "`1`"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--adjust", "x | unit"), 2, &["`--adjust`", "effects", "`--absorb`"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--adjust", "x - 1"), 2, &["`--adjust`", "intercept", "`- 1`"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--absorb", ""), 4, &["formula not understood"]),
        case(asked!("did", "--treated", "treated", "--time", "year", "--date", "late"), 2, &["`--date`", "whole number", "`late`"]),
        case(asked!("did", "--treated", "treated", "--time", "year", "--date", "2013.5"), 2, &["`--date`", "whole number", "`2013.5`"]),
        case(asked!("ddd", "--treated", "treated", "--post", "after"), 2, &["`--affected` must be given"]),
        case(asked!("event", "--time", "year"), 2, &["one of `--first-treated` and `--treated` must be given"]),
        case(asked!("event", "--time", "year", "--treated", "treated"), 2, &["`--date` must be given"]),
        case(asked!("event", "--time", "year", "--first-treated", "first"), 2, &["`--unit` must be given"]),
        case(asked!("event", "--time", "year", "--treated", "treated", "--date", "2004", "--unit", "unit"), 2, &["`--treated` does not go with `--unit`"]),
        case(asked!("event", "--time", "year", "--treated", "treated", "--date", "2004", "--never", "0"), 2, &["`--treated` does not go with `--never`"]),
        case(asked!("event", "--time", "year", "--treated", "treated", "--date", "2004.5"), 2, &["`--date`", "whole number", "`2004.5`"]),
        case(asked!("ldv"), 2, &["`--treatment`, `--unit` and `--time` must be given"]),
        case(lagged!("ldv", "--treatment", "treated", "--lags", "0"), 2, &["`--lags`", "at least 1", "`0`"]),
        case(lagged!("ldv", "--treatment", "treated,"), 2, &["`--treatment`", "a column"]),
        case(lagged!("bracket", "--treated", "treated"), 2, &["`--date` must be given"]),
        case(lagged!("bracket", "--treated", "treated", "--date", "2004", "--lags", "-1"), 2, &["`-1`"]),
        case(&["ldv", "--data", "a.csv", "--outcome", "log(y)", "--unit", "unit", "--time", "year", "--treatment", "x"], 2, &["`--outcome`", "a column as it is", "`log(y)`"]),
        case(trends!("--margin", "-1"), 2, &["`--margin`", "above 0", "`-1`"]),
        case(trends!("--margin", "0"), 2, &["`--margin`", "above 0", "`0`"]),
        case(trends!("--power", "1"), 2, &["`--power`", "between 0 and 1", "`1`"]),
        case(trends!("--level", "95"), 2, &["`--level`", "between 0 and 1", "`95`"]),
        case(trends!("--magnitudes", "-1,1"), 2, &["`--magnitudes`", "at least 0", "`-1`"]),
        case(trends!("--smoothness", "0,a"), 2, &["`--smoothness`", "at least 0", "`a`"]),
        case(trends!("--estimator", "cohort"), 2, &["`--estimator`", "not a flag"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn flags_that_an_estimator_does_not_read_are_refused() {
    refuse("estimator_usage", &[
        case(staggered!("imputaton"), 2, &["`--estimator`", "two-way, cohort, group-time or imputation", "did you mean `imputation`?"]),
        case(staggered!("two-way", "--by-cohort"), 2, &["`--by-cohort` is not a flag"]),
        case(staggered!("two-way", "--window", "5:-5"), 2, &["`--window`", "that rise", "`5:-5`"]),
        case(staggered!("two-way", "--never", "no"), 2, &["`--never`", "missing", "`no`"]),
        case(staggered!("two-way", "--controls", "never"), 2, &["`--controls`", "two-way", "--estimator group-time"]),
        case(staggered!("cohort", "--base", "universal"), 2, &["`--base`", "cohort", "--estimator group-time"]),
        case(staggered!("imputation", "--adjust", "x", "--adjustment", "weighting"), 2, &["`--adjustment`", "imputation", "--estimator group-time"]),
        case(staggered!("group-time", "--leads", "2"), 2, &["`--leads`", "group-time", "--estimator imputation"]),
        case(staggered!("imputation", "--leads", "0"), 2, &["`--leads`", "at least 1", "`0`"]),
        case(staggered!("cohort", "--window", "-2:2"), 2, &["`--window`", "cohort", "leave it out"]),
        case(staggered!("group-time", "--window", "-2:2"), 2, &["`--window`", "group-time", "leave it out"]),
        case(staggered!("imputation", "--reference", "-1"), 2, &["`--reference`", "imputation", "leave it out"]),
        case(staggered!("group-time", "--ssc", "exact"), 2, &["`--ssc`", "group-time", "leave it out"]),
        case(staggered!("imputation", "--absorb", "region"), 2, &["`--absorb`", "imputation", "leave it out"]),
        case(staggered!("group-time", "--cr", "1"), 2, &["`--cr`", "group-time"]),
        case(staggered!("group-time", "--solver", "faer"), 2, &["`--solver`", "group-time"]),
        case(staggered!("imputation", "--absorber", "auto"), 2, &["`--absorber`", "imputation"]),
        case(staggered!("group-time", "--singletons", "drop"), 2, &["`--singletons`", "group-time"]),
        case(staggered!("group-time", "--vcov", "iid"), 2, &["`--vcov`", "cluster:COLUMN", "it is iid", "cluster by unit"]),
        case(staggered!("imputation", "--vcov", "hc1"), 2, &["`--vcov`", "cluster:COLUMN", "HC1"]),
        case(staggered!("imputation", "--vcov", "cluster:unit,region"), 2, &["`--vcov`", "one column", "unit and region"]),
        case(staggered!("group-time", "--adjustment", "regression"), 2, &["`--adjust` must be given"]),
        case(staggered!("group-time", "--adjust", "log(w)"), 2, &["`--adjust`", "a column as it is", "`log(w)`"]),
        case(staggered!("imputation", "--adjust", "x:w"), 2, &["`--adjust`", "a column as it is", "`x:w`"]),
        case(staggered!("group-time", "--controls", "always"), 2, &["`--controls`", "never or not-yet", "`always`"]),
        case(asked!("event", "--time", "year", "--treated", "treated", "--date", "2004", "--estimator", "cohort"), 2, &["--estimator cohort", "`--unit` and `--first-treated`"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn data_that_a_design_cannot_use_are_refused() {
    refuse("design_data", &[
        case(asked!("did", "--treated", "treatd", "--post", "after"), 3, &["`treatd`", "did you mean `treated`?"]),
        case(asked!("did", "--treated", "first", "--post", "after"), 3, &["`first`", "0 and 1", "2004"]),
        case(asked!("did", "--treated", "region", "--post", "after"), 3, &["`region`", "numeric", "line 2"]),
        case(asked!("did", "--treated", "treated", "--time", "yaer", "--date", "2004"), 3, &["`yaer`", "did you mean `year`?"]),
        case(asked!("ddd", "--treated", "treated", "--affected", "w", "--post", "after"), 3, &["`w`", "0 and 1", "holding 2"]),
        case(staggered!("two-way", "--vcov", "cluster:regoin"), 3, &["`regoin`", "did you mean `region`?"]),
        case(staggered!("group-time", "--vcov", "cluster:year"), 3, &["`year`", "one value for each unit", "line 2", "line 3"]),
        case(staggered!("group-time", "--adjust", "region"), 3, &["`region`", "numeric", "line 2"]),
        case(staggered!("imputation", "--adjust", "xx"), 3, &["`xx`", "did you mean `x`?"]),
        case(asked!("event", "--unit", "unit", "--time", "x", "--first-treated", "first"), 3, &["`x`", "whole numbers"]),
        case(asked!("event", "--unit", "unit", "--time", "year", "--first-treated", "year"), 3, &["`year`", "one value for each unit", "2001 in line 2 and 2002 in line 3"]),
        case(asked!("event", "--unit", "unit", "--time", "year", "--first-treated", "fisrt"), 3, &["`fisrt`", "did you mean `first`?"]),
        with(MOVED, staggered!("cohort"), 3, &["`first`", "one value for each unit", "2 in line 2 and 3 in line 3"]),
        with(TWICE, staggered!("group-time"), 3, &["unit `1`", "once at each time", "in line 3 and in line 4"]),
        with(TWICE, staggered!("imputation"), 3, &["unit `1`", "once at each time", "in line 3 and in line 4"]),
        with(TWICE, lagged!("ldv", "--treatment", "treated"), 3, &["unit `1`", "once at each time", "in line 3 and in line 4"]),
        with(TWICE, lagged!("bracket", "--treated", "treated", "--date", "2"), 3, &["unit `1`", "once at each time"]),
        case(lagged!("ldv", "--treatment", "treated", "--lags", "9", "--date", "2004"), 3, &["no row is left", "`y_2000` is missing"]),
        case(lagged!("ldv", "--treatment", "treated", "--affected", "w"), 3, &["`w`", "0 and 1"]),
        case(lagged!("bracket", "--treated", "w", "--date", "2004"), 3, &["`w`", "0 and 1"]),
        case(lagged!("bracket", "--treated", "treated", "--date", "2050"), 3, &["no row is left", "not year >= 2050"]),
        case(trends!("--keep", "yeer >= 2002"), 3, &["`yeer`", "`year`"]),
    ]);
}

#[test]
#[rustfmt::skip]
fn designs_and_questions_without_an_answer_are_refused() {
    refuse("design_design", &[
        case(asked!("did", "--treated", "treated", "--time", "year", "--date", "2050"), 4, &["rows in every cell", "since(year, 2050) = 1"]),
        case(asked!("ddd", "--treated", "treated", "--affected", "treated", "--post", "after"), 4, &["rows in every cell"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--absorb", "treated^year"), 4, &["cannot be estimated"]),
        case(staggered!("two-way", "--window", "0:5"), 4, &["`--window`", "hold the reference", "0 to 5"]),
        case(staggered!("two-way", "--reference", "77"), 4, &["event time 77 does not occur", "`--reference -1`"]),
        case(staggered!("two-way", "--keep", "first < 2005"), 4, &["cannot be estimated"]),
        case(staggered!("two-way", "--keep", "first >= 2099"), 4, &["rows in every cell", "a treated cohort"]),
        case(staggered!("cohort", "--keep", "first >= 2099"), 4, &["rows in every cell", "a treated cohort"]),
        case(staggered!("cohort", "--keep", "first < 2005"), 4, &["a comparison for the only cohort"]),
        case(staggered!("group-time", "--keep", "first < 2099"), 4, &["never treated", "`first` has none", "`--controls not-yet`", "`--never`"]),
        case(staggered!("group-time", "--keep", "first >= 2099"), 4, &["rows in every cell"]),
        case(staggered!("imputation", "--keep", "year >= 2005", "--keep", "first < 2005"), 4, &["8 units have 2004 in `first`", "2005", "`--never 2004`", "`--always drop`"]),
        case(staggered!("group-time", "--weights", "frequency:w"), 4, &["frequency weights"]),
        case(staggered!("imputation", "--leads", "9"), 4, &["cannot be estimated", "combination"]),
        case(lagged!("bracket", "--treated", "treated", "--date", "2004"), 4, &["joint covariance", "HC0, HC1", "CR1"]),
        case(trends!("--keep", "year >= 2003"), 4, &["event times before the event"]),
        case(asked!("trends", "--time", "year", "--treated", "treated", "--date", "2001"), 4, &["event time -1 does not occur", "`--reference 0`"]),
        case(asked!("did", "--treated", "treated", "--post", "after", "--vcov", "cluster:region", "--keep", "region == a"), 6, &["at least 2 clusters", "there is 1"]),
        case(staggered!("group-time", "--vcov", "cluster:region", "--keep", "region == a"), 6, &["at least 2 clusters", "there is 1"]),
    ]);
}
