//! The report's own tables: 7, 8 and 12 to 18, with what its text says of them.
//!
//! | statement of section 6.4 or 6.5 | checked against |
//! |---|---|
//! | a decrease of 0.79 % | Table 7: -0.78, from -0.39 and 0.40 |
//! | "we rejected the assumption of parallel trends for Model 1" | its p in Table 8 |
//! | "we could not reject the assumption for Model 2" | its p in Table 8 |
//! | "Model 1 which cannot reject the hypothesis of non-parallel trends" | the same p as the first |
//! | "13 (15%) of the 89 estimated coefficients" at p < 0.05 | the intervals of Tables 12 to 18 |

use ceteris_data::published::{
    self, Coefficient, Dose, Grouping, Model, ModelEstimate, PERCENT_DECIMALS, Printed, PrintedEstimate,
    Stated, Table7Row,
};
use serde::Serialize;

use super::findings::{Check, Finding};
use super::{CheckTable, DEFAULT_LEVEL, Difference, PrintedNumber, Row, Significance, Verdict};

/// The checks of the report's tables.
///
/// # Example
/// ```
/// use ceteris_report::check_table::{CheckReport, Severity};
///
/// let report = CheckReport::published();
/// let slips = report.screening.findings().filter(|(_, finding)| finding.severity == Severity::Incoherent);
/// let names: Vec<&str> = slips.map(|(row, _)| row.name.as_str()).collect();
/// assert!(names.contains(&"triple difference"));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckReport {
    /// Tables 7 and 8.
    pub screening: CheckTable,
    /// Tables 12 to 18.
    pub dose: CheckTable,
    /// Whether the number of significant dose coefficients that the text states is that of the
    /// intervals.
    pub stated: Finding,
}

impl CheckReport {
    /// Checks the tables as printed.
    pub fn published() -> Self {
        let screening: Vec<Row> = table7().into_iter().chain(table8()).collect();
        let dose: Vec<Row> = published::coefficients().iter().map(dose).collect();
        let dose = CheckTable::of(&dose, None);
        let stated = stated(&dose.significance);
        Self { screening: CheckTable::of(&screening, None), dose, stated }
    }
}

/// The stated count against the intervals.
fn stated(found: &Significance) -> Finding {
    let stated = published::stated(Stated::Significant) as usize;
    let sentence = format!(
        "the text counts {stated} of {} coefficients as significant at 5 %: {} have a star, {} of them stars \
         that claim p < 0.05, and {} intervals exclude zero",
        found.coefficients, found.starred, found.by_stars, found.by_interval
    );
    Finding::unless(Check::StatedCount, stated == found.by_interval, sentence)
}

/// Every difference of Table 7.
fn table7() -> Vec<Row> {
    let table = published::table7();
    let mut rows: Vec<Row> = table.iter().flat_map(differences).collect();
    if let [screening, unassisted] = table {
        rows.push(Row {
            also_printed: screening.triple_difference_in_text.and_then(percent),
            ..row7(
                "triple difference".to_owned(),
                screening.triple_difference,
                screening.difference_in_differences,
                unassisted.difference_in_differences,
            )
        });
    }
    rows
}

/// Two changes and their difference.
fn differences(row: &Table7Row) -> [Row; 3] {
    let name = |what: &str| format!("{}, {what}", row.indicator);
    let (one, several) = (row.one, row.several);
    let difference = Some(row.difference_in_differences);
    [
        row7(name("change, one LA"), Some(one.change), one.after, one.before),
        row7(name("change, several LAs"), Some(several.change), several.after, several.before),
        row7(name("difference in differences"), difference, several.change, one.change),
    ]
}

fn row7(name: String, estimate: Option<f64>, minuend: f64, subtrahend: f64) -> Row {
    let parts = percent(minuend).zip(percent(subtrahend));
    Row {
        table: "Table 7".to_owned(),
        estimate: estimate.and_then(percent),
        difference: parts.map(|(minuend, subtrahend)| Difference { minuend, subtrahend }),
        ..Row::new(name)
    }
}

/// A number of Table 7 as printed.
fn percent(value: f64) -> Option<PrintedNumber> {
    PrintedNumber::new(value, PERCENT_DECIMALS).ok()
}

/// Six estimates, two joint tests, and what the text says of them.
fn table8() -> Vec<Row> {
    let pairs = published::table8().iter().zip(published::table8_printed());
    let pairs: Vec<(&ModelEstimate, &PrintedEstimate)> = pairs.collect();
    let estimates = pairs.iter().map(|(row, printed)| estimate(row, printed));
    let tests = pairs.iter().filter(|(row, _)| row.joint.is_some());
    let tests = tests.flat_map(|(row, printed)| {
        let stated = said_of(row.model).iter().map(|&(words, verdict)| Row {
            p_value: printed.p_value.map(PrintedNumber::from),
            verdict: Some(verdict),
            ..row8(format!("{}, parallel trends: {words}", model(row.model)))
        });
        std::iter::once(joint(row, printed)).chain(stated).collect::<Vec<_>>()
    });
    estimates.chain(tests).collect()
}

/// What the text says of a test, and what that is as a verdict on parallel trends. The last one of
/// Model 1 is said of *non-parallel* trends, which no test of the report has as its hypothesis.
fn said_of(model: Model) -> &'static [(&'static str, Verdict)] {
    match model {
        Model::AllYears => &[("\"we rejected\"", Verdict::Reject), ("\"cannot reject\"", Verdict::NotReject)],
        Model::From2011 => &[("\"could not reject\"", Verdict::NotReject)],
        _ => &[],
    }
}

fn row8(name: String) -> Row {
    Row { table: "Table 8".to_owned(), ..Row::new(name) }
}

fn estimate(row: &ModelEstimate, printed: &PrintedEstimate) -> Row {
    let grouping = match row.grouping {
        Grouping::OneOrSeveral => "",
        _ => ", sensitivity",
    };
    Row {
        estimate: Some(printed.estimate.into()),
        low: Some(printed.low.into()),
        high: Some(printed.high.into()),
        level: Some(DEFAULT_LEVEL),
        stars: Some(row.stars.len()),
        nobs: whole(row.nobs),
        ..row8(format!("{}{grouping}", model(row.model)))
    }
}

fn joint(row: &ModelEstimate, printed: &PrintedEstimate) -> Row {
    Row {
        f: printed.f.map(PrintedNumber::from),
        dof_numerator: printed.df1.map(PrintedNumber::from),
        dof_residual: printed.df2.map(PrintedNumber::from),
        p_value: printed.p_value.map(PrintedNumber::from),
        nobs: whole(row.nobs),
        ..row8(format!("{}, parallel trends", model(row.model)))
    }
}

fn model(model: Model) -> &'static str {
    match model {
        Model::AllYears => "Model 1",
        Model::From2011 => "Model 2",
        _ => "Model 3",
    }
}

fn dose(row: &Coefficient) -> Row {
    let dose = match row.dose {
        Dose::ClinicalShare => "clinical share",
        Dose::PracticeStability => "practice stability",
        _ => "local authorities",
    };
    Row {
        table: format!("Table {}", row.table),
        estimate: Some(row.estimate.into()),
        low: Some(row.low.into()),
        high: Some(row.high.into()),
        level: Some(DEFAULT_LEVEL),
        stars: Some(row.stars.len()),
        nobs: whole(row.nobs),
        ..Row::new(format!("{}, {dose}", row.outcome))
    }
}

fn whole(count: u32) -> Option<PrintedNumber> {
    PrintedNumber::new(count.into(), 0).ok()
}

impl From<Printed> for PrintedNumber {
    /// The same number with the same decimals.
    fn from(printed: Printed) -> Self {
        Self::new(printed.value, printed.decimals).expect("a published number is finite")
    }
}
