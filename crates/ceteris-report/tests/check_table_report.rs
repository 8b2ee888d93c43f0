//! The slips of the evaluation that this project reproduces, found by the program and asserted one by one.

use ceteris_report::check_table::{Check, CheckReport, CheckTable, Convention, Finding, Severity, Slip};

fn found<'a>(table: &'a CheckTable, name: &str, check: Check) -> &'a Finding {
    let row = table.rows.iter().find(|row| row.printed.name == name).expect("in the table");
    row.finding(check).expect("the row has what it needs")
}

/// Row, check and severity of all that is not coherent.
fn listed(table: &CheckTable) -> Vec<(&str, Check, Severity)> {
    let worth = table.findings().filter(|(_, finding)| finding.severity > Severity::Coherent);
    worth.map(|(row, finding)| (row.name.as_str(), finding.check, finding.severity)).collect()
}

#[test]
fn tables_7_and_8_have_five_slips_and_no_other() {
    let report = CheckReport::published();
    assert_eq!(
        listed(&report.screening),
        [
            ("triple difference", Check::AlsoPrinted, Severity::Incoherent),
            ("Model 2", Check::Centre, Severity::Incoherent),
            ("Model 1, parallel trends", Check::F, Severity::Incoherent),
            ("Model 1, parallel trends: \"cannot reject\"", Check::Verdict, Severity::Incoherent),
            ("Model 2, parallel trends", Check::F, Severity::Incoherent),
        ]
    );
}

#[test]
fn the_f_of_model_2_lost_a_decimal_place() {
    let report = CheckReport::published();
    let finding = found(&report.screening, "Model 2, parallel trends", Check::F);
    assert!(finding.sentence.starts_with("F(1, 7667) = 9.4 gives p = 0.0021"), "{}", finding.sentence);
    let [repair] = finding.repairs.as_slice() else { panic!("one slip explains it: {finding:?}") };
    assert_eq!((repair.instead.to_string().as_str(), repair.slip), ("0.94", Slip::DecimalPoint));
}

#[test]
fn the_p_of_model_1_is_ten_times_too_large() {
    let report = CheckReport::published();
    let finding = found(&report.screening, "Model 1, parallel trends", Check::F);
    assert!(finding.sentence.contains("p = 0.0001275 to 0.0001294 but p = 0.001"), "{}", finding.sentence);
    let slips: Vec<Slip> = finding.repairs.iter().map(|repair| repair.slip).collect();
    assert_eq!(slips, [Slip::DecimalPoint, Slip::BoundAsValue]);
}

#[test]
fn the_interval_of_model_2_is_not_centred() {
    let report = CheckReport::published();
    let finding = found(&report.screening, "Model 2", Check::Centre);
    assert!(finding.sentence.contains("an upper end of 0.006500 to 0.009500"), "{}", finding.sentence);
    assert_eq!(found(&report.screening, "Model 1", Check::Centre).severity, Severity::Coherent);
}

#[test]
fn the_triple_difference_of_the_text_is_one_of_rounded_numbers() {
    let report = CheckReport::published();
    let finding = found(&report.screening, "triple difference", Check::AlsoPrinted);
    assert!(finding.sentence.contains("-0.79 is the difference of the rounded -0.39 and 0.40"));
    let difference = found(&report.screening, "triple difference", Check::Difference);
    assert_eq!(difference.severity, Severity::Coherent);
}

#[test]
fn one_sentence_on_model_1_contradicts_its_p_and_the_other_does_not() {
    let report = CheckReport::published();
    let verdict = |words: &str| {
        let name = format!("Model 1, parallel trends: {words}");
        found(&report.screening, &name, Check::Verdict).severity
    };
    assert_eq!(verdict("\"we rejected\""), Severity::Coherent);
    assert_eq!(verdict("\"cannot reject\""), Severity::Incoherent);
}

#[test]
fn thirteen_dose_coefficients_have_stars_and_twelve_are_significant() {
    let report = CheckReport::published();
    let counts = &report.dose.significance;
    assert_eq!(
        (counts.coefficients, counts.starred, counts.by_stars, counts.by_interval, counts.by_std_error),
        (89, 13, 12, 12, 12)
    );
    let [only] = counts.disagreements.as_slice() else { panic!("one disagreement: {counts:?}") };
    assert_eq!((only.table.as_str(), only.name.as_str()), ("Table 16", "flu_pregnant, practice stability"));
    assert_eq!(report.stated.severity, Severity::Incoherent);
}

#[test]
fn tables_12_to_18_change_the_convention_of_their_stars() {
    let report = CheckReport::published();
    let [economics, medicine] = Convention::usual();
    let conventions: Vec<(&str, &[Convention], usize)> = report
        .dose
        .stars
        .iter()
        .map(|table| (table.table.as_str(), table.conventions.as_slice(), table.misfits))
        .collect();
    let both = [economics, medicine];
    assert_eq!(
        conventions,
        [
            ("Table 12", both.as_slice(), 0),
            ("Table 13", [medicine].as_slice(), 0),
            ("Table 14", [medicine].as_slice(), 0),
            ("Table 15", [medicine].as_slice(), 0),
            ("Table 16", [economics].as_slice(), 0),
            ("Table 17", [economics].as_slice(), 0),
            ("Table 18", both.as_slice(), 1),
        ]
    );
    assert_eq!(
        listed(&report.dose),
        [
            ("acs_chronic, practice stability", Check::Stars, Severity::Suspicious),
            ("alcohol, practice stability", Check::Stars, Severity::Suspicious),
        ]
    );
}
