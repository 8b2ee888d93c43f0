//! QOF: sample workbooks, real rates by commissioning group, and the year of Table 10's block.

use std::path::Path;

use ceteris::{Hc, Index, LaggedOutcome, Weights};
use ceteris_data::nhs::{Exceptions, QofIndicators, QofPractice, Shift, gap_size};

use crate::nhs::shared;
use crate::nhs_doses::doses;

const INDICATORS: &str = "data/qof_ccg_cs002/qof_ccg_all_indicators_2014_2018.csv";

fn qof() -> Option<QofIndicators> {
    shared(INDICATORS).map(|path| QofIndicators::read(path).expect("a file of the known layout"))
}

#[cfg(feature = "excel")]
#[test]
fn sample_workbooks_of_both_kinds_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nhs");
    for (file, edition, included) in
        [("qof_2009.xls", "2009/10-2011/12", None), ("qof_2012.xlsx", "2012/13", Some(80.0))]
    {
        let qof = QofPractice::read(folder.join(file)).expect("a workbook of a known layout");
        assert_eq!((qof.edition(), qof.practices("CS01")), (edition, 2));
        let screening = qof.achievement("A86003", "CS 1").expect("a practice of the sample");
        assert_eq!(screening.percent(Exceptions::Out), Some(87.5));
        assert_eq!(screening.percent(Exceptions::In), included);
        assert_eq!(qof.achievement("A86004", "CS01").expect("read").points, Some(9.5));
    }
}

#[cfg(feature = "excel")]
#[test]
fn a_damaged_workbook_and_one_of_another_kind_are_refused() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nhs");
    let bytes = std::fs::read(folder.join("qof_2012.xlsx")).expect("committed");
    let scratch = crate::scratch::Scratch::new();
    let error = QofPractice::read(scratch.file("cut.xlsx", &bytes[..bytes.len() / 2])).unwrap_err();
    assert!(error.to_string().contains("must be a sound Excel workbook"), "{error}");
    if let Some(path) = shared("data/prescribing_units/prescribing_units_2013.xlsx") {
        let error = QofPractice::read(path).unwrap_err();
        assert!(error.to_string().contains("at the start of row 14"), "{error}");
    }
}

#[cfg(not(feature = "excel"))]
#[test]
fn a_workbook_without_the_feature_is_refused_by_name() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nhs");
    let error = QofPractice::read(folder.join("qof_2012.xlsx")).unwrap_err();
    assert!(error.to_string().contains("needs the feature `excel`"), "{error}");
}

#[test]
fn rates_of_england_are_those_known_with_exceptions_out_and_in() {
    let Some(qof) = qof() else { return };
    let sizes: Vec<usize> = qof.years().iter().map(|year| qof.indicators(year).len()).collect();
    assert_eq!(sizes, [57, 53, 53, 53, 53]);
    for (year, indicator, out, included) in [
        ("2014/15", "CS002", "81.81", "76.70"),
        ("2014/15", "HYP006", "83.61", "80.40"),
        ("2014/15", "CAN003", "94.67", "80.06"),
        ("2014/15", "DEM002", "83.98", "77.03"),
        ("2014/15", "DEP003", "84.45", "63.78"),
        ("2015/16", "CS002", "81.43", "76.14"),
        ("2015/16", "HYP006", "82.90", "79.63"),
        ("2015/16", "CAN003", "94.73", "71.02"),
        ("2015/16", "DEM004", "83.77", "78.08"),
        ("2015/16", "DEP003", "82.98", "64.61"),
    ] {
        let achieved = qof.england(year, indicator);
        let percent = |exceptions| format!("{:.2}", achieved.percent(exceptions).expect("patients"));
        assert_eq!(percent(Exceptions::Out), out, "{indicator} {year}");
        assert_eq!(percent(Exceptions::In), included, "{indicator} {year}");
    }
}

/// A finding: the printed QOF means fit the year before their heading.
#[test]
fn the_qof_block_of_table_10_looks_one_year_late() {
    let Some(qof) = qof() else { return };
    let shift = Shift::of(&qof);
    let sizes = |gaps| {
        let size = gap_size(gaps).expect("both years are at hand");
        (format!("{:.2}", size.same_year), format!("{:.2}", size.year_before))
    };
    let pair = |same: &str, before: &str| (same.to_string(), before.to_string());
    assert_eq!(sizes(&shift.indicators), pair("4.32", "0.56"));
    assert_eq!(sizes(&shift.points), pair("2.50", "0.92"));
    let nearer_to_the_year_before = |gap: &&ceteris_data::nhs::YearGap| {
        (gap.printed - gap.year_before).abs() < (gap.printed - gap.same_year).abs()
    };
    let earlier: Vec<&str> =
        shift.indicators.iter().filter(nearer_to_the_year_before).map(|gap| gap.outcome).collect();
    assert_eq!(earlier, ["hyp006", "cs002", "can003"], "dementia and depression are nearer to their year");
    let earlier: Vec<&str> =
        shift.points.iter().filter(nearer_to_the_year_before).map(|gap| gap.year).collect();
    assert_eq!(earlier, ["2011/12", "2012/13", "2013/14"], "points of 2014/15 are nearer to their year");
    // Cancer reviews decide: no weighting of practices makes 80.6 of 71.0.
    let cancer = shift.indicators.iter().find(|gap| gap.outcome == "can003").expect("compared");
    assert!((cancer.printed - cancer.year_before).abs() < 0.6);
    assert!((cancer.printed - cancer.same_year).abs() > 9.5);
}

#[test]
fn rates_and_doses_merge_by_the_code_of_the_group() {
    let (Some(qof), Some(doses)) = (qof(), doses()) else { return };
    let screening = qof.indicator("CS002").expect("an indicator of the file");
    let dosed = screening.dosed(&doses, Exceptions::Out).expect("groups with doses");
    assert_eq!(dosed.frame.nrows() + rows_without(&screening, &dosed.without_dose), screening.rows().len());
    let years = dosed.frame.category("year").expect("a category");
    let of = |year: &str| (0..years.len()).filter(|row| years.label(*row) == Some(year)).count();
    assert_eq!((of("2014/15"), of("2015/16")), (209, 209), "every group of the lookup's years has its doses");
    assert!(!dosed.without_dose.is_empty(), "later mergers have none");
    assert!(qof.indicator("CS001").is_err());
}

#[test]
fn later_rates_can_be_regressed_on_earlier_ones_and_the_doses() {
    let (Some(qof), Some(doses)) = (qof(), doses()) else { return };
    let screening = qof.indicator("CS002").expect("an indicator of the file");
    let dosed = screening.dosed(&doses, Exceptions::Out).expect("groups with doses");
    let design = LaggedOutcome::new("rate", Index { unit: "ccg", time: "time" }, "n_la")
        .lags(2)
        .weights(Weights::analytic("denominator"));
    let fitted = design.fit(&dosed.frame).expect("enough rows");
    let effect = fitted.effect(Hc::Hc1).expect("identified");
    assert!(effect.std_error.unwrap() > 0.0 && effect.estimate.abs() < 1.0, "{effect}");
}

fn rows_without(qof: &QofIndicators, without: &std::collections::BTreeSet<String>) -> usize {
    qof.rows().iter().filter(|row| without.contains(&row.ccg)).count()
}
