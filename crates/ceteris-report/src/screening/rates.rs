//! Real screening rates by commissioning group, beside the printed Table 6.
//!
//! From the ONS lookup (local authorities of each commissioning group) and the CCG-level QOF file:
//! rate_tg = 100 sum of numerators / sum of denominators, exceptions left out of the denominator.

use std::path::Path;

use ceteris_data::nhs::{LocalAuthorities, QofCcg};
use ceteris_data::published;

use crate::table::{Cell, Column, Table};

/// NHS Newcastle Gateshead, formed in April 2015 from three groups of the study's period: its codes.
const NEWCASTLE_GATESHEAD: [&str; 1] = ["13T"];

/// Real rates of one financial year, percent.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct YearRates {
    /// Financial year.
    pub year: String,
    /// Groups with one local authority, with more than one, and all.
    pub real: [Option<f64>; 3],
    /// As printed in Table 6.
    pub published: [f64; 3],
    /// Practices counted in the file.
    pub practices: [u32; 3],
}

/// What the two real files say.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RealRates {
    /// Which edition of the lookup it is.
    pub edition: &'static str,
    /// Commissioning groups with one local authority.
    pub with_one: usize,
    /// With more than one, Newcastle Gateshead set apart.
    pub with_several: usize,
    /// With more than two, Newcastle Gateshead set apart.
    pub with_more_than_two: usize,
    /// The same two counts with Newcastle Gateshead among them.
    pub with_newcastle_gateshead: (usize, usize),
    /// Rates by year, if a QOF file was given.
    pub rates: Vec<YearRates>,
}

impl RealRates {
    /// Reads the lookup, and the QOF file if there is one.
    ///
    /// # Errors
    /// Those of the readers: a file that cannot be read or has another layout.
    pub fn read(lookup: impl AsRef<Path>, qof: Option<&Path>) -> ceteris_data::Result<Self> {
        let whole = LocalAuthorities::read(lookup)?;
        let with_newcastle_gateshead = (whole.several(), whole.more_than(2));
        let edition = whole.edition();
        let lookup = whole.apart(NEWCASTLE_GATESHEAD)?;
        let rates = match qof {
            Some(path) => year_rates(&QofCcg::read(path)?, &lookup)?,
            None => Vec::new(),
        };
        Ok(Self {
            edition,
            with_one: lookup.single(),
            with_several: lookup.several(),
            with_more_than_two: lookup.more_than(2),
            with_newcastle_gateshead,
            rates,
        })
    }

    /// The tables with the stems of their file names.
    pub fn tables(&self) -> Vec<(String, Table)> {
        let mut tables = vec![("real_groups".to_string(), self.groups())];
        if !self.rates.is_empty() {
            tables.push(("real_rates".to_string(), self.rate_table()));
        }
        tables
    }

    fn groups(&self) -> Table {
        let title = format!("REAL: commissioning groups by number of local authorities ({})", self.edition);
        let row = |name: &str, published: Option<i64>, apart: usize, with: usize| {
            let published = published.map_or(Cell::missing(), Cell::integer);
            [Cell::text(name), published, Cell::integer(apart as i64), Cell::integer(with as i64)]
        };
        let (several, more_than_two) = self.with_newcastle_gateshead;
        Table::new(title)
            .missing("-")
            .column(Column::text("Local authorities"))
            .column(Column::number("Published"))
            .column(Column::number("Newcastle Gateshead apart"))
            .column(Column::number("with it"))
            .row(row("one", Some(119), self.with_one, self.with_one))
            .row(row("more than one", Some(89), self.with_several, several))
            .row(row("more than two", None, self.with_more_than_two, more_than_two))
            .note("NHS Newcastle Gateshead was formed in April 2015, after the study's grouping was made.")
    }

    fn rate_table(&self) -> Table {
        let title =
            "REAL: cervical screening rates by commissioning group, beside the printed Table 6, percent";
        let mut table = Table::new(title).missing("-").column(Column::text("Year"));
        for group in ["one LA", "several LAs", "all"] {
            for name in ["published", "real", "diff."] {
                table = table.column(Column::number(name).under(group));
            }
        }
        table
            .rows(self.rates.iter().map(rate_row))
            .note("Real rates: CCG-level QOF, exceptions out of the denominator, Newcastle Gateshead set apart from the two groups.")
            .note("The report's practices are those that also had births in the hospital data, so small differences are expected.")
    }
}

fn rate_row(year: &YearRates) -> Vec<Cell> {
    let cell = |value: Option<f64>| value.map_or(Cell::missing(), |value| Cell::real(value, 2));
    let mut cells = vec![Cell::text(year.year.clone())];
    for (real, published) in year.real.iter().zip(year.published) {
        let difference = real.map(|real| real - published);
        cells.extend([Cell::real(published, 2), cell(*real), cell(difference)]);
    }
    cells
}

/// Rates of the years that the printed Table 6 has too: later commissioning groups are not in the lookup.
fn year_rates(qof: &QofCcg, lookup: &LocalAuthorities) -> ceteris_data::Result<Vec<YearRates>> {
    let years = qof.years();
    let printed = published::table6().iter().filter(|row| years.contains(row.year.as_str()));
    let year_of = |row: &published::ScreeningYear| {
        let rates = qof.rates(row.year.as_str(), lookup)?;
        Ok(YearRates {
            year: row.year.to_string(),
            real: [rates.one.percent(), rates.several.percent(), rates.all.percent()],
            published: [row.screening.one, row.screening.several, row.screening.all],
            practices: [rates.one.practices, rates.several.practices, rates.all.practices],
        })
    };
    printed.map(year_of).collect()
}
