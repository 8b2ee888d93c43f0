//! Influenza vaccine uptake by commissioning group, from the download of Public Health England's
//! profiles.
//!
//! ```text
//! uptake = 100 vaccinated / eligible, 1 September to 31 January
//! ```
//!
//! The download holds many areas and breakdowns; what is read are the rows of commissioning groups for
//! persons without a category. Values of one indicator are asked for by its name.

use std::path::Path;

use super::card::Card;
use super::layout::{Header, Row, Rows};
use crate::error::{Error, Result};
use crate::source::Source;

/// Indicators of Public Health England by area.
pub(super) const CARD: Card = Card {
    name: "vaccine-uptake",
    title: "Public Health England profiles (Fingertips), influenza vaccine uptake",
    publisher: "Public Health England",
    licence: "Open Government Licence v3.0",
    row: "an indicator, an area and a period",
    units: "percent of eligible patients; patients",
    layouts: &[(
        "2017-",
        &[
            "Indicator ID",
            "Indicator Name",
            "Parent Code",
            "Parent Name",
            "Area Code",
            "Area Name",
            "Area Type",
            "Sex",
            "Age",
            "Category Type",
            "Category",
            "Time period",
            "Value",
            "Lower CI 95.0 limit",
            "Upper CI 95.0 limit",
            "Lower CI 99.8 limit",
            "Upper CI 99.8 limit",
            "Count",
            "Denominator",
            "Value note",
        ],
    )],
    note: "more columns follow, which ones depends on the area type; flu seasons are written 2013/14",
};

/// How far a printed uptake may be from its counts, in percentage points: values are rounded to one
/// decimal in some downloads.
const ROUNDING: f64 = 0.051;

/// Uptake in an area and a season.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct VaccineUptake {
    /// Season, `2013/14` say.
    pub season: String,
    /// Code of the statistics office.
    pub ons_code: String,
    /// Name.
    pub name: String,
    /// Uptake, percent; `None` where it is not published.
    pub percent: Option<f64>,
    /// Patients vaccinated.
    pub vaccinated: Option<f64>,
    /// Patients eligible.
    pub eligible: Option<f64>,
}

/// Reads the uptake of commissioning groups for an indicator, plain or gzip.
///
/// # Errors
/// [`Error::Layout`] for other first columns, [`Error::Value`] for text that is not a number, an uptake
/// that is not the quotient of its counts and a commissioning group twice in a season,
/// [`Error::Empty`] if no row is of this indicator; else as [`read_csv`](crate::read_csv).
///
/// # Example
/// ```no_run
/// let name = "Population vaccination coverage: Flu (aged 65 and over)";
/// let uptake = ceteris_data::nhs::read_vaccine_uptake("indicators.csv", name)?;
/// println!("{} {}: {:?}", uptake[0].name, uptake[0].season, uptake[0].percent);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn read_vaccine_uptake(path: impl AsRef<Path>, indicator: &str) -> Result<Vec<VaccineUptake>> {
    read_source(&Source::open(path.as_ref())?, indicator)
}

fn read_source(source: &Source, indicator: &str) -> Result<Vec<VaccineUptake>> {
    let rows = Rows::open(source, &CARD, Header::Beginning)?;
    let key = |each: &VaccineUptake| (each.season.clone(), each.ons_code.clone());
    let all = rows.distinct((4, "a group that no earlier line has for this season"), key, |row| {
        let is_group = row.text(6).contains("CCG") && row.text(7) == "Persons";
        let wanted = row.text(1) == indicator && is_group && row.text(10).is_empty();
        wanted.then(|| uptake(row)).transpose()
    })?;
    if all.is_empty() {
        let found = "has no row of a commissioning group for this indicator";
        return Err(Error::Empty { path: source.path().to_path_buf(), found });
    }
    Ok(all)
}

fn uptake(row: &Row<'_>) -> Result<VaccineUptake> {
    const NUMBER: &str = "empty or a number of zero or more";
    let number = |column: usize| match row.optional::<f64>(column, NUMBER)? {
        Some(number) if !(number >= 0.0 && number.is_finite()) => Err(row.refused(column, NUMBER)),
        number => Ok(number),
    };
    let (percent, vaccinated, eligible) = (number(12)?, number(17)?, number(18)?);
    if let (Some(percent), Some(vaccinated), Some(eligible)) = (percent, vaccinated, eligible)
        && (percent * eligible - 100.0 * vaccinated).abs() > ROUNDING * eligible
    {
        return Err(row.refused(12, "100 times the count over the denominator"));
    }
    Ok(VaccineUptake {
        season: row.code(11)?,
        ons_code: row.code(4)?,
        name: row.text(5).to_string(),
        percent,
        vaccinated,
        eligible,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDICATOR: &str = "Population vaccination coverage: Flu (aged 65 and over)";

    fn file() -> String {
        let header = CARD.layouts[0].1.join(",");
        let row = |area: &str, kind: &str, count: &str| {
            format!(
                "30314,{INDICATOR},E92000001,England,{area},{kind},Persons,65+ yrs,,,2013/14,75,,,,,{count},,,x"
            )
        };
        [
            format!("{header},Recent Trend,New data"),
            row("E92000001,England", "England", "750,1000"),
            row("E38000001,NHS Airedale CCG", "CCGs (2013/14)", "75,100"),
            row("E38000002,NHS Ashford CCG", "CCGs (2013/14)", ","),
        ]
        .join("\n")
            + "\n"
    }

    fn read(text: &str) -> Result<Vec<VaccineUptake>> {
        read_source(&Source::memory("indicators.csv", text.as_bytes()), INDICATOR)
    }

    #[test]
    fn uptake_of_commissioning_groups_is_read() {
        let uptake = read(&file()).expect("a good file");
        assert_eq!(uptake.len(), 2);
        assert_eq!((uptake[0].percent, uptake[0].eligible), (Some(75.0), Some(100.0)));
        assert_eq!((uptake[1].season.as_str(), uptake[1].vaccinated), ("2013/14", None));
    }

    #[test]
    fn an_uptake_that_is_not_its_counts_is_refused() {
        let error = read(&file().replace("75,100", "76,100")).unwrap_err();
        assert!(matches!(&error, Error::Value { line: 3, field: 13, .. }), "{error}");
        let error = read(&file().replace("E38000002", "E38000001")).unwrap_err();
        assert!(matches!(&error, Error::Value { line: 4, field: 5, .. }), "{error}");
        let other = read_source(&Source::memory("x.csv", file().as_bytes()), "Another");
        assert!(matches!(other, Err(Error::Empty { .. })));
    }
}
