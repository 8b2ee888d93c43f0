//! The CCG Outcomes Indicator Set: directly standardised rates by commissioning group.
//!
//! The file of an indicator also has rows for England and for other areas, and for women and men; what
//! is read are the rows of commissioning groups, for persons.

use std::path::Path;

use super::card::Card;
use super::layout::{Header, Row, Rows};
use crate::error::{Error, Result};
use crate::source::Source;

/// One indicator, several years.
pub(super) const CARD: Card = Card {
    name: "outcomes",
    title: "CCG Outcomes Indicator Set, one indicator",
    publisher: "NHS Digital",
    licence: "Open Government Licence v3.0",
    row: "an area, a period and a gender",
    units: "directly standardised rate per 100,000",
    layouts: &[(
        "2012-",
        &["Reporting period", "Breakdown", "ONS code", "Level", "Level description", "Gender", "DSR"],
    )],
    note: "more columns follow (intervals, counts); rows of commissioning groups have `CCG` as \
           breakdown; 1.1, 1.2, 1.6, 1.7 and 1.9 are by calendar year, 1.8, 2.6, 2.7 and 3.1 by \
           financial year",
};

/// The rate of a commissioning group in a period.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OutcomeRate {
    /// Period as the file has it, `2014` or `2014/15` say.
    pub period: String,
    /// Code of the statistics office.
    pub ons_code: String,
    /// Code of the health service.
    pub ccg: String,
    /// Name.
    pub name: String,
    /// Directly standardised rate; `None` where it is suppressed.
    pub rate: Option<f64>,
}

/// Reads the rates of commissioning groups, plain or gzip.
///
/// # Errors
/// [`Error::Layout`] for other first columns, [`Error::Value`] for a rate that is not a number and for a
/// commissioning group twice in a period, [`Error::Empty`] for a file without commissioning groups;
/// else as [`read_csv`](crate::read_csv).
///
/// # Example
/// ```no_run
/// let rates = ceteris_data::nhs::read_outcomes("CCG_1.2_I00754_D.csv")?;
/// println!("{} {}: {:?}", rates[0].ccg, rates[0].period, rates[0].rate);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn read_outcomes(path: impl AsRef<Path>) -> Result<Vec<OutcomeRate>> {
    read_source(&Source::open(path.as_ref())?)
}

fn read_source(source: &Source) -> Result<Vec<OutcomeRate>> {
    let rows = Rows::open(source, &CARD, Header::Beginning)?;
    let key = |each: &OutcomeRate| (each.period.clone(), each.ons_code.clone());
    let rates = rows.distinct((2, "a group that no earlier line has for this period"), key, |row| {
        let wanted = row.text(1) == "CCG" && row.text(5).starts_with("Person");
        wanted.then(|| rate(row)).transpose()
    })?;
    if rates.is_empty() {
        let found = "has no row of a commissioning group for persons";
        return Err(Error::Empty { path: source.path().to_path_buf(), found });
    }
    Ok(rates)
}

fn rate(row: &Row<'_>) -> Result<OutcomeRate> {
    const MUST: &str = "a rate of zero or more, or `*`, `-` or nothing where it is suppressed";
    let rate = match row.text(6) {
        "" | "*" | "-" => None,
        _ => Some(row.value::<f64>(6, MUST)?),
    };
    if rate.is_some_and(|rate| !(rate >= 0.0 && rate.is_finite())) {
        return Err(row.refused(6, MUST));
    }
    Ok(OutcomeRate {
        period: row.code(0)?,
        ons_code: row.code(2)?,
        ccg: row.text(3).to_string(),
        name: row.text(4).to_string(),
        rate,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
Reporting period,Breakdown,ONS code,Level,Level description,Gender,DSR,CI lower,CI upper
2014,England,E92000001,Eng,England,Person,65.2,64.7,65.7
2014,CCG,E38000001,02N,\"NHS Airedale, Wharfedale and Craven CCG\",Person,70.1,58.0,83.9
2014,CCG,E38000001,02N,\"NHS Airedale, Wharfedale and Craven CCG\",Female,40.0,30.0,50.0
2013,CCG,E38000001,02N,\"NHS Airedale, Wharfedale and Craven CCG\",Person,*,,
";

    fn read(text: &str) -> Result<Vec<OutcomeRate>> {
        read_source(&Source::memory("CCG_1.2_I00754_D.csv", text.as_bytes()))
    }

    #[test]
    fn rates_of_commissioning_groups_for_persons_are_read() {
        let rates = read(GOOD).expect("a good file");
        assert_eq!(rates.len(), 2);
        assert_eq!((rates[0].ccg.as_str(), rates[0].rate), ("02N", Some(70.1)));
        assert_eq!((rates[1].period.as_str(), rates[1].rate), ("2013", None));
    }

    #[test]
    fn wrong_rates_repeated_groups_and_other_files_are_refused() {
        let error = read(&GOOD.replace("70.1", "high")).unwrap_err();
        assert!(matches!(&error, Error::Value { line: 3, field: 7, .. }), "{error}");
        let error = read(&GOOD.replace("2013,", "2014,")).unwrap_err();
        assert!(matches!(&error, Error::Value { line: 5, field: 3, .. }), "{error}");
        assert!(matches!(read(&GOOD.replace("CCG,E38", "LAT,E38")), Err(Error::Empty { .. })));
        let error = read(&GOOD.replace("DSR", "Rate")).unwrap_err();
        assert!(error.to_string().contains("`Rate` in the place of `DSR`"), "{error}");
    }
}
