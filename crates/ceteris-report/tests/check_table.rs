//! Every check of a printed table has one table that passes and one that fails it.

use ceteris_report::check_table::{
    Check, CheckTable, Convention, Difference, Finding, PrintedNumber, Row, Severity, Slip, Verdict,
};

use Severity::{Coherent, Incoherent, Suspicious};

fn number(text: &str) -> PrintedNumber {
    text.parse().expect("a number")
}

/// A row from pairs such as `b=0.50`.
fn row(pairs: &str) -> Row {
    let mut row = Row::new("x");
    for pair in pairs.split(' ') {
        let (name, text) = pair.split_once('=').expect("a pair");
        let printed = || Some(number(text));
        match name {
            "b" => row.estimate = printed(),
            "se" => row.std_error = printed(),
            "t" => row.statistic = printed(),
            "p" => row.p_value = printed(),
            "low" => row.low = printed(),
            "high" => row.high = printed(),
            "n" => row.nobs = printed(),
            "f" => row.f = printed(),
            "df1" => row.dof_numerator = printed(),
            "df2" => row.dof_residual = printed(),
            "level" => row.level = Some(number(text).value()),
            "stars" => row.stars = text.parse().ok(),
            "also" => row.also_printed = printed(),
            "reject" => row.verdict = Some(if text == "yes" { Verdict::Reject } else { Verdict::NotReject }),
            "less" => {
                let (minuend, subtrahend) = text.split_once(',').expect("two parts");
                row.difference =
                    Some(Difference { minuend: number(minuend), subtrahend: number(subtrahend) });
            }
            other => panic!("no column {other}"),
        }
    }
    row
}

fn finding(pairs: &str, check: Check) -> Option<Finding> {
    CheckTable::of(&[row(pairs)], None).rows[0].finding(check).cloned()
}

/// Asserts the severity of one check for each row.
fn judged(check: Check, cases: &[(&str, Severity)]) {
    for (pairs, severity) in cases {
        let found = finding(pairs, check).expect(pairs);
        assert_eq!(found.severity, *severity, "{pairs}: {}", found.sentence);
    }
}

#[test]
fn impossible_numbers_are_found() {
    judged(
        Check::Possible,
        &[
            ("se=0.2 p=0.04 n=100", Coherent),
            ("se=0.00", Coherent),
            ("se=-0.2", Incoherent),
            ("p=1.2", Incoherent),
            ("f=-1.0 df1=1 df2=9", Incoherent),
            ("n=10.5", Incoherent),
            ("low=0.3 high=0.1", Incoherent),
        ],
    );
    assert_eq!(finding("b=1.0", Check::Possible), None);
}

#[test]
fn an_estimate_stands_in_the_middle_of_its_interval() {
    judged(
        Check::Centre,
        &[
            ("b=-0.720 low=-1.036 high=-0.404", Coherent),
            ("b=-0.529 low=-0.808 high=-0.251", Coherent), // the middle is -0.5295
            ("b=-0.327 low=-0.662 high=0.001", Incoherent),
        ],
    );
    let slipped = finding("b=7.20 low=-1.036 high=-0.404", Check::Centre).expect("checked");
    assert!(slipped.repairs.is_empty(), "two slips are not one: {slipped:?}");
    let slipped = finding("b=0.720 low=-1.036 high=-0.404", Check::Centre).expect("checked");
    assert_eq!(slipped.repairs[0].slip, Slip::Sign);
}

#[test]
fn t_is_b_over_se() {
    judged(
        Check::Statistic,
        &[
            ("b=0.50 se=0.20 t=2.5", Coherent),
            ("b=0.50 se=0.20 t=2.40", Incoherent),
            ("b=-0.50 se=0.20 t=2.5", Suspicious),
        ],
    );
    let slipped = finding("b=0.50 se=2.0 t=2.5", Check::Statistic).expect("checked");
    let repairs: Vec<String> = slipped.repairs.iter().map(|repair| repair.instead.to_string()).collect();
    assert_eq!(repairs, ["5.0", "0.20", "0.25"]);
}

#[test]
fn the_width_of_an_interval_follows_from_se() {
    judged(
        Check::IntervalAndError,
        &[
            ("b=0.500 se=0.200 low=0.108 high=0.892", Coherent),
            ("b=0.500 se=0.200 low=0.171 high=0.829", Coherent), // 90 %
            ("b=0.500 se=0.200 low=0.171 high=0.829 level=0.95", Incoherent),
            ("b=0.500 se=0.200 low=0.054 high=0.946 level=0.95", Suspicious), // ten degrees of freedom
            ("b=0.500 se=0.200 low=0.054 high=0.946 level=0.95 df2=10", Coherent),
            ("b=0.500 se=0.200 low=0.108 high=0.892 level=0.95 df2=10", Suspicious), // the normal's
            ("b=0.500 se=0.020 low=0.108 high=0.892", Incoherent),
        ],
    );
    judged(
        Check::IntervalAndStatistic,
        &[
            ("b=0.500 t=2.50 low=0.108 high=0.892", Coherent),
            ("b=0.500 t=25.0 low=0.108 high=0.892", Incoherent),
        ],
    );
}

#[test]
fn p_follows_from_t() {
    judged(
        Check::PAndStatistic,
        &[
            ("b=1.0 t=2.50 p=0.012", Coherent),
            ("b=1.0 se=0.40 p=0.012", Coherent),
            ("b=1.0 t=2.50 p=0.031 df2=10", Coherent),
            ("b=1.0 t=2.50 p=0.031", Suspicious), // few degrees of freedom, not stated
            ("b=1.0 t=2.50 p=0.012 df2=10", Suspicious), // the normal's
            ("b=1.0 t=2.50 p=0.001", Incoherent),
            ("b=1.0 t=9.00 p=<0.001", Coherent),
            ("b=1.0 t=1.00 p=<0.001", Incoherent),
        ],
    );
    let slipped = finding("b=1.0 t=2.50 p=0.13 df2=500", Check::PAndStatistic).expect("checked");
    assert!(slipped.repairs.iter().any(|repair| repair.instead == number("0.013")), "{slipped:?}");
}

#[test]
fn p_follows_from_the_interval() {
    judged(
        Check::PAndInterval,
        &[
            ("b=0.500 low=0.108 high=0.892 p=0.012", Coherent),
            ("b=0.500 low=0.171 high=0.829 p=0.012", Suspicious), // as if 90 %
            ("b=0.500 low=0.108 high=0.892 p=0.12", Incoherent),
        ],
    );
    assert_eq!(finding("b=0.5 se=0.2 low=0.1 high=0.9 p=0.01", Check::PAndInterval), None);
}

#[test]
fn p_follows_from_f() {
    judged(
        Check::F,
        &[
            ("f=0.94 df1=1 df2=7667 p=0.3316", Coherent),
            ("f=9.4 df1=1 df2=7667 p=0.3316", Incoherent),
            ("f=6.87 df1=3 df2=7672 p=0.0001", Coherent),
            ("f=6.87 df1=3 df2=7672 p=0.001", Incoherent),
            ("f=6.87 df1=3 df2=7672 p=<0.001", Coherent),
        ],
    );
    let transposed = finding("f=6.78 df1=3 df2=7672 p=0.000128", Check::F).expect("checked");
    assert_eq!(
        (transposed.repairs[0].instead.clone(), transposed.repairs[0].slip),
        (number("6.87"), Slip::Transposed)
    );
}

#[test]
fn degrees_of_freedom_are_fewer_than_n() {
    judged(
        Check::Nobs,
        &[
            ("b=1.0 df2=98 n=100", Coherent),
            ("b=1.0 df2=120 n=100", Incoherent),
            ("b=1.0 t=2.50 p=0.012 n=1,000", Coherent),
            ("b=1.00 t=2.500 p=0.01242 n=12", Coherent), // the normal explains it
        ],
    );
}

#[test]
fn two_prints_and_differences_agree() {
    judged(
        Check::AlsoPrinted,
        &[
            ("b=-0.78 also=-0.784", Coherent),
            ("b=-0.78 also=-0.79", Incoherent),
            ("b=-0.78 also=0.79", Incoherent),
        ],
    );
    judged(
        Check::Difference,
        &[("b=-0.78 less=-0.39,0.40", Coherent), ("b=-0.75 less=-0.39,0.40", Incoherent)],
    );
    let explained = finding("b=-0.78 also=-0.79 less=-0.39,0.40", Check::AlsoPrinted).expect("checked");
    assert!(explained.sentence.contains("the difference of the rounded -0.39 and 0.40"), "{explained:?}");
    let unexplained = finding("b=-0.78 also=-0.89 less=-0.39,0.40", Check::AlsoPrinted).expect("checked");
    assert!(!unexplained.sentence.contains("rounded"), "{unexplained:?}");
}

#[test]
fn a_stated_verdict_follows_from_p() {
    judged(
        Check::Verdict,
        &[
            ("p=0.001 reject=yes", Coherent),
            ("p=0.001 reject=no", Incoherent),
            ("p=0.33 reject=no", Coherent),
            ("p=0.33 reject=yes", Incoherent),
            ("p=0.07 reject=yes level=0.90", Coherent),
            ("f=0.94 df1=1 df2=7667 reject=yes", Incoherent),
            ("b=0.50 se=0.20 reject=no", Suspicious), // with few degrees of freedom it fits
        ],
    );
}

#[test]
fn stars_follow_from_p() {
    let severities = |rows: &[&str], convention| {
        let rows: Vec<Row> = rows.iter().map(|pairs| row(pairs)).collect();
        let checked = CheckTable::of(&rows, convention);
        checked
            .findings()
            .filter(|(_, found)| found.check == Check::Stars)
            .map(|(_, found)| found.severity)
            .collect::<Vec<_>>()
    };
    let [economics, medicine] = Convention::usual();
    assert_eq!(severities(&["p=0.07 stars=1", "p=0.03 stars=2"], None), [Coherent, Coherent]);
    assert_eq!(
        severities(&["p=0.07 stars=1", "p=0.03 stars=2", "p=0.2 stars=1"], None),
        [Coherent, Coherent, Incoherent]
    );
    assert_eq!(
        severities(&["p=0.07 stars=1", "p=0.07 stars=1", "p=0.07 stars=0"], None),
        [Coherent, Coherent, Suspicious]
    );
    assert_eq!(severities(&["p=0.07 stars=1"], Some(medicine)), [Incoherent]);
    assert_eq!(severities(&["p=0.07 stars=1"], Some(economics)), [Coherent]);
    assert_eq!(severities(&["b=0.48 se=0.20 stars=3"], None), [Incoherent]);
}
