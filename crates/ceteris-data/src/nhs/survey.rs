//! The GP Patient Survey by practice.
//!
//! ```text
//! Q28_12pct     share of answers 1 and 2 to question 28 (very good, fairly good), weighted
//! resprate      received / distributed
//! ```
//!
//! Files give shares as fractions or as percentages; the response rate, which can be computed, says
//! which. Numbers of questions change between years: name the columns to read.

use std::path::Path;

use super::card::Card;
use super::layout::{Header, Row, Rows};
use crate::error::Result;
use crate::source::Source;

/// Weighted answers by practice.
pub(super) const CARD: Card = Card {
    name: "survey",
    title: "GP Patient Survey, weighted practice data",
    publisher: "NHS England",
    licence: "Open Government Licence v3.0",
    row: "a practice in a year's survey",
    units: "shares of weighted answers, as fractions or percent; numbers of questionnaires",
    layouts: &[(
        "to 2023",
        &["Practice_Code", "Practice_Name", "CCG_Code", "CCG_Name", "distributed", "received", "resprate"],
    )],
    note: "columns of answers follow (Q28_12pct: answers 1 and 2 to question 28); 3 is ease of phoning, \
           9 the preferred GP, 18 making an appointment, 28 the overall experience in the files that \
           have these names",
};

/// How far the printed response rate may be from the computed one, in percentage points: it may have
/// been rounded to a whole percent.
const ROUNDING: f64 = 0.51;

/// Answers of the patients of a practice.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PracticeSurvey {
    /// Code of the practice.
    pub practice: String,
    /// Code of its commissioning group.
    pub ccg: String,
    /// Questionnaires sent.
    pub distributed: u32,
    /// Questionnaires returned.
    pub received: u32,
    /// The columns asked for, percent; `None` where the file has nothing.
    pub answers: Vec<Option<f64>>,
}

/// Reads these columns of answers, plain or gzip, in percent.
///
/// # Errors
/// [`Error::Layout`](crate::Error::Layout) for other first columns,
/// [`Error::MissingColumn`](crate::Error::MissingColumn) for a column of answers that is not there,
/// [`Error::Value`](crate::Error::Value) for text that is not a number, a share above 100 percent, a
/// response rate that is not the one computed, and a practice that occurs twice; else as
/// [`read_csv`](crate::read_csv).
///
/// # Example
/// ```no_run
/// let survey = ceteris_data::nhs::read_survey("GPPS_2016_Practice_data.csv", ["Q28_12pct"])?;
/// println!("{}: {:?}", survey[0].practice, survey[0].answers[0]);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn read_survey<S: AsRef<str>>(
    path: impl AsRef<Path>,
    columns: impl IntoIterator<Item = S>,
) -> Result<Vec<PracticeSurvey>> {
    read_source(&Source::open(path.as_ref())?, columns)
}

fn read_source<S: AsRef<str>>(
    source: &Source,
    columns: impl IntoIterator<Item = S>,
) -> Result<Vec<PracticeSurvey>> {
    let rows = Rows::open(source, &CARD, Header::Beginning)?;
    let places = columns.into_iter().map(|column| rows.place(column.as_ref()));
    let places: Vec<usize> = places.collect::<Result<_>>()?;
    rows.distinct(
        (0, "a practice that no earlier line has"),
        |each: &PracticeSurvey| each.practice.clone(),
        |row| practice(row, &places).map(Some),
    )
}

fn practice(row: &Row<'_>, places: &[usize]) -> Result<PracticeSurvey> {
    const COUNT: &str = "a whole number";
    let (distributed, received): (u32, u32) = (row.value(4, COUNT)?, row.value(5, COUNT)?);
    if received > distributed {
        return Err(row.refused(5, "at most the number distributed"));
    }
    let unit = unit(row, f64::from(received) / f64::from(distributed.max(1)))?;
    let answers = places.iter().map(|place| answer(row, *place, unit));
    Ok(PracticeSurvey {
        practice: row.code(0)?,
        ccg: row.text(2).to_string(),
        distributed,
        received,
        answers: answers.collect::<Result<_>>()?,
    })
}

/// The factor from the file's shares to percent: 100 where they are fractions, 1 where they are percent.
fn unit(row: &Row<'_>, rate: f64) -> Result<f64> {
    let printed: f64 = row.value(6, "a number")?;
    let is = |unit: f64| (unit * printed - 100.0 * rate).abs() <= ROUNDING;
    [100.0, 1.0].into_iter().find(|unit| is(*unit)).ok_or_else(|| row.refused(6, "received / distributed"))
}

fn answer(row: &Row<'_>, place: usize, unit: f64) -> Result<Option<f64>> {
    const MUST: &str = "empty, or a share from 0 to 1 or from 0 to 100 percent";
    let share = row.optional::<f64>(place, MUST)?.map(|share| unit * share);
    match share {
        Some(share) if !(0.0..=100.0).contains(&share) => Err(row.refused(place, MUST)),
        share => Ok(share),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    const FRACTIONS: &str = "\
Practice_Code,Practice_Name,CCG_Code,CCG_Name,distributed,received,resprate,Q3_12pct,Q28_12pct
A81001,THE DENSHAM SURGERY,00K,NHS HARTLEPOOL AND STOCKTON-ON-TEES CCG,258,116,0.4496,0.8123,0.875
A81002,QUEENS PARK MEDICAL CENTRE,00K,NHS HARTLEPOOL AND STOCKTON-ON-TEES CCG,250,100,0.4,,0.5
";

    fn read(text: &str, columns: &[&str]) -> Result<Vec<PracticeSurvey>> {
        read_source(&Source::memory("gpps.csv", text.as_bytes()), columns)
    }

    #[test]
    fn fractions_and_percentages_are_told_by_the_response_rate() {
        let percentages =
            FRACTIONS.replace("0.4496,0.8123,0.875", "44.96,81.23,87.5").replace(",0.4,,0.5", ",40,,50");
        for text in [FRACTIONS, &percentages] {
            let survey = read(text, &["Q28_12pct", "Q3_12pct"]).expect("a good file");
            assert_eq!(survey[0].answers, [Some(87.5), Some(81.23)]);
            assert_eq!(survey[1].answers, [Some(50.0), None]);
        }
    }

    #[test]
    fn a_column_that_is_not_there_is_answered_with_the_nearest() {
        let error = read(FRACTIONS, &["Q28_1pct"]).unwrap_err();
        assert!(error.to_string().ends_with("did you mean `Q28_12pct`?"), "{error}");
    }

    #[test]
    fn impossible_rates_and_shares_are_refused() {
        for (from, to, at) in
            [("0.4496", "0.5496", 7), ("0.875", "1.875", 9), ("116", "316", 6), ("A81002", "A81001", 1)]
        {
            let error = read(&FRACTIONS.replace(from, to), &["Q28_12pct"]).unwrap_err();
            assert!(matches!(&error, Error::Value { field, .. } if *field == at), "{error}");
        }
    }
}
