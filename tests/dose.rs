//! The dose study on the simulated outcomes, against what numpy and statsmodels find on the outcomes of
//! the executable specification.

use std::collections::HashMap;

use ceteris_data::published::{Dose, Printed, coefficients};
use ceteris_data::twin::DoseTwin;
use ceteris_report::dose::{Adjusted, CcgDose, Estimate, Source, Study, StudyOutcome, Uncertainty};

/// Both programs move the outcomes by the same rule to 1e-7 standard errors; what is left between them is
/// the rounding of sums over 20,000 rows.
const IN_STD_ERRORS: f64 = 1e-9;
/// The specification's own stored results were made with parameters of more than the six decimals that
/// are committed.
const ROUNDED_PARAMETERS: f64 = 1e-5;
/// p-values as small as 1e-9, and products with 89 of them.
const P_VALUES: f64 = 1e-9;

/// A table of numbers: name of the row -> name of the column -> text.
fn table(text: &str, keys: usize) -> Vec<(String, HashMap<&str, &str>)> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |line| {
        let fields: Vec<&str> = str::split(line, ',').collect();
        (fields[..keys].join(" "), names.iter().copied().zip(fields).collect())
    };
    lines.map(row).collect()
}

fn witness() -> Vec<(String, HashMap<&'static str, &'static str>)> {
    table(include_str!("data/dose/witness.csv"), 3)
}

fn number(row: &HashMap<&str, &str>, name: &str) -> f64 {
    row[name].parse().unwrap()
}

fn study() -> Study {
    Study::simulated(|_| ()).unwrap()
}

fn of<'a>(estimates: &'a [Estimate], row: &HashMap<&str, &str>) -> &'a Estimate {
    let mine = |e: &&Estimate| e.outcome == row["outcome"] && e.dose.name() == row["dose"];
    estimates.iter().find(mine).unwrap()
}

fn near(found: f64, row: &HashMap<&str, &str>, name: &str, tolerance: f64) {
    let expected = number(row, name);
    assert!((found - expected).abs() <= tolerance, "{row:?}\n{name}: {found} for {expected}");
}

fn uncertain(found: &Uncertainty, row: &HashMap<&str, &str>, prefix: &str, tolerance: f64) {
    near(found.std_error, row, &format!("{prefix}std_error"), tolerance);
    near(found.low, row, &format!("{prefix}low"), tolerance);
    near(found.high, row, &format!("{prefix}high"), tolerance);
}

#[test]
fn all_89_coefficients_are_those_of_the_witness() {
    let study = study();
    let witness = witness();
    assert_eq!((study.estimates.len(), witness.len()), (89, 89));
    for (_, row) in &witness {
        let estimate = of(&study.estimates, row);
        let tolerance = IN_STD_ERRORS * number(row, "std_error");
        near(estimate.estimate, row, "estimate", tolerance);
        uncertain(&estimate.clustered, row, "", tolerance);
        near(estimate.clustered.p_value, row, "p_value", P_VALUES);
        if let Some(plain) = &estimate.plain {
            uncertain(plain, row, "plain_", tolerance);
        }
        assert_eq!(estimate.plain.is_some(), number(row, "table") > 15.0);
        assert_eq!(estimate.nobs.to_string(), row["nobs"]);
        assert_eq!(estimate.nclusters.to_string(), row["nclusters"]);
    }
}

#[test]
fn adjusted_p_values_are_those_of_statsmodels() {
    let study = study();
    for (_, row) in witness() {
        let mine = |p: &&Adjusted| p.outcome == row["outcome"] && p.dose.name() == row["dose"];
        let found = study.significance.p_values.iter().find(mine).unwrap().computed;
        near(found.holm, &row, "holm", 89.0 * P_VALUES);
        near(found.bonferroni, &row, "bonferroni", 89.0 * P_VALUES);
        near(found.benjamini_hochberg, &row, "benjamini_hochberg", 89.0 * P_VALUES);
    }
}

#[test]
fn table_16_meets_its_intervals_with_its_doses_exchanged() {
    let study = study();
    let rows = table(include_str!("data/dose/swap16.csv"), 2);
    assert_eq!((study.exchanged.len(), rows.len()), (6, 6));
    for (_, row) in rows {
        let estimate = of(&study.exchanged, &row);
        let tolerance = IN_STD_ERRORS * number(&row, "std_error");
        near(estimate.estimate, &row, "estimate", tolerance);
        uncertain(&estimate.clustered, &row, "", tolerance);
        let other = |c: &&ceteris_data::published::Coefficient| {
            c.outcome == estimate.outcome && c.dose != estimate.dose
        };
        let printed = coefficients().iter().find(other).unwrap();
        assert!(prints(&printed.estimate, estimate.estimate), "{estimate:?}");
        assert!(prints(&printed.low, estimate.clustered.low), "{estimate:?}");
        assert!(prints(&printed.high, estimate.clustered.high), "{estimate:?}");
    }
}

/// Whether a number lies in the rounding box of a printed one, whose edges belong to it: the committed
/// parameters have six decimals.
fn prints(printed: &Printed, computed: f64) -> bool {
    let half_unit = 0.5 / 10.0_f64.powi(printed.decimals as i32);
    (computed - printed.value).abs() <= 1.001 * half_unit
}

#[test]
fn all_estimates_and_all_intervals_outside_table_16_print_as_published() {
    let study = study();
    let (mut estimates, mut intervals) = (0, 0);
    for estimate in &study.estimates {
        let printed = estimate.published().unwrap();
        let ends = [(&printed.low, estimate.clustered.low), (&printed.high, estimate.clustered.high)];
        estimates += usize::from(prints(&printed.estimate, estimate.estimate));
        let is_met = ends.into_iter().all(|(printed, computed)| prints(printed, computed));
        assert!(printed.table != 16 || !is_met, "Table 16 is not calibrated as printed: {estimate:?}");
        intervals += usize::from(is_met);
        assert_eq!(estimate.nobs, printed.nobs as usize);
    }
    assert_eq!((estimates, intervals), (89, 83));
}

#[test]
fn simulated_values_are_those_of_the_specification() {
    let twin = DoseTwin::calibrated();
    for (name, row) in table(include_str!("data/dose/panel.csv"), 1) {
        let frame = twin.outcome(&name).unwrap().unwrap().frame();
        let values = frame.real("value").unwrap();
        assert_eq!(values.len().to_string(), row["rows"], "{name}");
        let counted: f64 = frame.real("counted").unwrap().iter().sum();
        assert_eq!(counted, number(&row, "counted"), "{name}");
        let relative = |found: f64, column: &str| {
            near(found, &row, column, 1e-10 * number(&row, column).abs().max(1.0));
        };
        relative(values.iter().sum(), "sum");
        relative(values.iter().map(|y| y * y).sum(), "sum_of_squares");
        relative(values[0], "first");
        relative(values[values.len() - 1], "last");
    }
}

#[test]
fn doses_are_those_of_the_specification() {
    let twin = DoseTwin::calibrated();
    let rows = table(include_str!("data/dose/doses.csv"), 1);
    assert_eq!(twin.doses().len(), rows.len());
    for (ccg, (_, row)) in twin.doses().iter().zip(rows) {
        assert!(Dose::ALL.iter().all(|&dose| ccg.of(dose) == number(&row, dose.name())), "{ccg:?} {row:?}");
    }
}

#[test]
fn stored_results_of_the_specification_agree_up_to_its_rounded_parameters() {
    let file = "twin/dose_twin_results_cluster.csv";
    let Some(path) = support::Place::Shared.find(file) else {
        support::announce(&format!("SKIPPED dose: it needs `{file}`"));
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let study = study();
    for (_, row) in table(&text, 3) {
        let estimate = of(&study.estimates, &row);
        let tolerance = ROUNDED_PARAMETERS * estimate.clustered.std_error;
        near(estimate.estimate, &row, "twin_est", tolerance);
        near(estimate.clustered.low, &row, "twin_low", tolerance);
        near(estimate.clustered.high, &row, "twin_high", tolerance);
    }
}

#[test]
fn counts_begin_with_those_of_the_text() {
    let counts = study().significance.counts;
    let total = |by: &str| counts.iter().find(|count| count.by == by).unwrap().total;
    // Thirteen in the text; one of the stars of Table 16 means p < 0.1.
    assert_eq!(total("printed: with a star"), 13);
    assert_eq!(total("printed: interval without zero"), 12);
    // From the witness's p-values and statsmodels' multipletests.
    let witness = witness();
    let below = |name: &str| witness.iter().filter(|(_, row)| number(row, name) <= 0.05).count();
    assert_eq!(total("computed: p < 0.05, clustered by CCG"), below("p_value"));
    assert_eq!(total("computed: p <= 0.05 after Holm"), below("holm"));
    assert_eq!(total("computed: p <= 0.05 after Benjamini-Hochberg"), below("benjamini_hochberg"));
}

#[test]
fn every_table_renders_and_says_that_its_rows_are_simulated() {
    let tables = study().tables();
    for (stem, table) in &tables {
        assert!(stem.starts_with("simulated_"), "{stem}");
        let is_definitions = stem.ends_with("table9");
        assert!(is_definitions || table.text().unwrap().contains("SIMULATED"), "{stem}");
        table.latex().unwrap();
        table.markdown().unwrap();
        table.csv().unwrap();
    }
    for number in 9..=18 {
        assert!(tables.iter().any(|(stem, _)| *stem == format!("simulated_table{number}")), "{number}");
    }
}

#[test]
fn every_figure_says_that_it_is_simulated() {
    let study = study();
    assert!(study.forest().unwrap().svg().contains("SIMULATED"));
    let figures = study.dose_figures().unwrap();
    let stems: Vec<&str> = figures.iter().map(|(stem, _)| stem.as_str()).collect();
    assert_eq!(stems, ["simulated_figure6", "simulated_figure7", "simulated_figure8"]);
    assert!(figures.iter().all(|(_, drawing)| drawing.svg().contains("SIMULATED")));
}

#[test]
fn an_outcome_of_another_name_is_answered_with_the_nearest() {
    let error = StudyOutcome::simulated(&DoseTwin::calibrated(), "flu_65plus").unwrap_err();
    assert!(error.to_string().contains("did you mean `flu_65_plus`?"), "{error}");
}

#[test]
fn outcomes_of_a_file_have_no_marks_and_a_table_of_their_own() {
    let mut outcome = StudyOutcome::simulated(&DoseTwin::calibrated(), "liver").unwrap();
    outcome.name = "my outcome".to_string();
    let doses = vec![CcgDose {
        ccg: "C001".to_string(),
        clinical_share: None,
        practice_stability: Some(0.5),
        local_authorities: Some(1.0),
    }];
    let source = Source::File { path: "mine.csv".to_string() };
    let study = Study::run([Ok(outcome)], doses, source).unwrap();
    let tables = study.tables();
    let stems: Vec<&str> = tables.iter().map(|(stem, _)| stem.as_str()).collect();
    assert_eq!(stems, ["doses", "coefficients", "significant"]);
    assert!(tables.iter().all(|(_, table)| !table.text().unwrap().contains(['†'])));
    assert_eq!(study.dose_figures().unwrap().len(), 2);
    assert_eq!(study.significance.counts[0].by, "computed: p < 0.05, clustered by CCG");
}
