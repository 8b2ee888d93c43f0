//! A month of prescribing by practice and presentation, read as a stream.
//!
//! A month has about ten million rows and over a gigabyte. One record is held at a time, so memory does
//! not grow with the file; sums by practice and class grow with the number of practices.
//!
//! Measured with `cargo run --release -p ceteris-data --example prescribing_month`: see
//! `docs/nhs_sources.md`.

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;

use crate::csv::{Fault, Records};
use crate::error::{Error, Result};
use crate::nhs::card::Card;
use crate::nhs::derive::Month;
use crate::source::{Format, Source};

/// Prescribing by practice and presentation.
pub(in crate::nhs) const CARD: Card = Card {
    name: "prescribing",
    title: "GP practice prescribing presentation-level data",
    publisher: "NHS Digital",
    licence: "Open Government Licence v3.0",
    row: "a practice, a presentation (BNF code) and a month",
    units: "items; pounds (NIC, ACT COST); quantity in the presentation's own unit",
    layouts: &[(
        "2010-2016",
        &[
            "SHA", "PCT", "PRACTICE", "BNF CODE", "BNF NAME", "ITEMS", "NIC", "ACT COST", "QUANTITY",
            "PERIOD", "",
        ],
    )],
    note: "fixed-width fields between commas: names are padded with blanks, numbers with zeros, the \
           first heading begins with a blank, and each line ends with an empty field",
};

/// Fields of a record.
const NFIELDS: usize = 11;

/// What a practice prescribed of a presentation in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Prescription<'a> {
    /// Code of the practice.
    pub practice: &'a str,
    /// BNF code of the presentation, 15 characters for medicines.
    pub bnf_code: &'a str,
    /// Its name, without the padding.
    pub bnf_name: &'a str,
    /// Items.
    pub items: u64,
    /// Net ingredient cost, in pence.
    pub net_cost: u64,
    /// Actual cost, in pence.
    pub actual_cost: u64,
    /// Quantity, in the presentation's own unit.
    pub quantity: u64,
    /// The month.
    pub month: Month,
}

/// Hands every row of a month's file to `visit`, in the order of the file; returns how many there were.
///
/// # Errors
/// [`Error::Layout`] for any other columns, [`Error::Record`] for another number of fields,
/// [`Error::Value`] for text that is not a number or a month, and whatever `visit` returns; else as
/// [`read_csv`](crate::read_csv).
///
/// # Example
/// ```no_run
/// let mut items = 0;
/// ceteris_data::nhs::visit_prescribing("T201008PDPI+BNFT.CSV", |row| {
///     items += row.items;
///     Ok(())
/// })?;
/// println!("{items} items");
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn visit_prescribing(
    path: impl AsRef<Path>,
    visit: impl FnMut(&Prescription<'_>) -> Result<()>,
) -> Result<u64> {
    visit_source(&Source::open(path.as_ref())?, visit)
}

pub(super) fn visit_source(
    source: &Source,
    mut visit: impl FnMut(&Prescription<'_>) -> Result<()>,
) -> Result<u64> {
    let path = source.path();
    if source.format()? == Format::Parquet {
        return Err(Error::Format { path: path.to_path_buf(), expected: "CSV", found: "Parquet" });
    }
    let fault = |fault: Fault| fault.error(path);
    let mut records = Records::new(source.text()?, b',').map_err(fault)?;
    if !records.advance().map_err(fault)? {
        return Err(Error::Empty { path: path.to_path_buf(), found: "has no header" });
    }
    check_header(path, &records)?;
    let mut rows = 0;
    while records.advance().map_err(fault)? {
        visit(&Fields::new(path, &records)?.prescription()?)?;
        rows += 1;
    }
    match rows {
        0 => Err(Error::Empty { path: path.to_path_buf(), found: "has a header and no row" }),
        rows => Ok(rows),
    }
}

fn columns() -> &'static [&'static str] {
    CARD.layouts[0].1
}

/// The headings of the card, whatever blanks surround them.
fn check_header<R: Read>(path: &Path, records: &Records<R>) -> Result<()> {
    let heading = |i| String::from_utf8_lossy(&records.field(i)).trim().to_string();
    let found: Vec<String> = (0..records.len()).map(heading).collect();
    if found == columns() {
        return Ok(());
    }
    Err(Error::Layout {
        path: path.to_path_buf(),
        layout: CARD.title,
        expected: columns().join(", "),
        found: found.join(", "),
    })
}

/// The fields of a record.
struct Fields<'a> {
    path: &'a Path,
    line: u64,
    fields: [Cow<'a, [u8]>; NFIELDS],
}

impl<'a> Fields<'a> {
    fn new<R: Read>(path: &'a Path, records: &'a Records<R>) -> Result<Self> {
        let line = records.line();
        if records.len() != NFIELDS {
            let (path, found) = (path.to_path_buf(), records.len());
            return Err(Error::Record { path, line, expected: NFIELDS, found });
        }
        Ok(Self { path, line, fields: std::array::from_fn(|i| records.field(i)) })
    }

    fn prescription(&self) -> Result<Prescription<'_>> {
        let (practice, bnf_code) = (self.text(2)?, self.text(3)?);
        if practice.is_empty() {
            return Err(self.refused(2, "the code of a practice"));
        }
        if bnf_code.len() < 2 {
            return Err(self.refused(3, "a BNF code"));
        }
        Ok(Prescription {
            practice,
            bnf_code,
            bnf_name: self.text(4)?,
            items: self.whole(5)?,
            net_cost: self.pence(6)?,
            actual_cost: self.pence(7)?,
            quantity: self.whole(8)?,
            month: self.month(9)?,
        })
    }

    fn bytes(&self, column: usize) -> &[u8] {
        self.fields[column].trim_ascii()
    }

    fn text(&self, column: usize) -> Result<&str> {
        std::str::from_utf8(self.bytes(column)).map_err(|_| Error::NotUtf8 {
            path: self.path.to_path_buf(),
            line: self.line,
            field: column + 1,
            value: String::from_utf8_lossy(self.bytes(column)).into_owned(),
        })
    }

    fn refused(&self, column: usize, must: &'static str) -> Error {
        Error::Value {
            path: self.path.to_path_buf(),
            line: self.line,
            field: column + 1,
            column: columns()[column].to_string(),
            value: String::from_utf8_lossy(self.bytes(column)).into_owned(),
            must,
        }
    }

    fn whole(&self, column: usize) -> Result<u64> {
        digits(self.bytes(column)).ok_or_else(|| self.refused(column, "a whole number"))
    }

    /// Pounds with two decimals, as pence.
    fn pence(&self, column: usize) -> Result<u64> {
        let amount = match self.bytes(column) {
            [pounds @ .., b'.', tens, ones] => {
                digits(pounds).zip(digits(&[*tens, *ones])).map(|(pounds, pence)| 100 * pounds + pence)
            }
            _ => None,
        };
        amount.ok_or_else(|| self.refused(column, "pounds with two decimals"))
    }

    /// Year and month, `201008`.
    fn month(&self, column: usize) -> Result<Month> {
        let number = digits(self.bytes(column)).filter(|_| self.bytes(column).len() == 6);
        let month = number.map(|number| Month { year: (number / 100) as u16, month: (number % 100) as u8 });
        let month = month.filter(|month| (1..=12).contains(&month.month));
        month.ok_or_else(|| self.refused(column, "a month such as 201008"))
    }
}

/// A number of up to 15 digits.
fn digits(bytes: &[u8]) -> Option<u64> {
    /// No published field is longer, and no such number overflows.
    const MOST_DIGITS: usize = 15;
    if bytes.is_empty() || bytes.len() > MOST_DIGITS || !bytes.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(bytes.iter().fold(0, |sum, digit| 10 * sum + u64::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = concat!(
        " SHA,PCT,PRACTICE,BNF CODE,BNF NAME                                    ,ITEMS  ,NIC        ,",
        "ACT COST   ,QUANTITY,PERIOD,                 \r\n",
        "Q30,5D7,A86003,0101010G0AAABAB,Co-Magaldrox_Susp 195mg/220mg/5ml S/F   ,0000031,00000083.79,",
        "00000078.12,0018500,201008,                 \r\n",
        "Q30,5D7,A86004,0101010J0AAAAAA,Mag Trisil_Mix                          ,0000002,00000011.28,",
        "00000010.44,0002400,201008,                 \r\n",
    );

    fn visit(text: &str, see: impl FnMut(&Prescription<'_>) -> Result<()>) -> Result<u64> {
        visit_source(&Source::memory("T201008PDPI+BNFT.CSV", text.as_bytes()), see)
    }

    #[test]
    fn padding_of_names_and_numbers_is_taken_off() {
        let mut seen = Vec::new();
        let rows = visit(GOOD, |row| {
            seen.push((
                row.bnf_name.to_string(),
                row.items,
                row.net_cost,
                row.actual_cost,
                row.quantity,
                row.month,
            ));
            Ok(())
        });
        assert_eq!(rows.expect("a good file"), 2);
        let month = Month { year: 2010, month: 8 };
        assert_eq!(seen[0], ("Co-Magaldrox_Susp 195mg/220mg/5ml S/F".into(), 31, 8379, 7812, 18_500, month));
        assert_eq!(seen[1].0, "Mag Trisil_Mix");
    }

    #[test]
    fn wrong_fields_are_refused_with_line_and_column() {
        for (from, to, at) in [
            ("0000002", "000000x", (3, 6)),
            ("00000011.28", "00000011.2", (3, 7)),
            ("00000010.44", "00000-10.44", (3, 8)),
            ("A86004", "", (3, 3)),
            ("0002400,201008", "0002400,201013", (3, 10)),
        ] {
            let error = visit(&GOOD.replace(from, to), |_| Ok(())).unwrap_err();
            let Error::Value { line, field, .. } = &error else { panic!("{error}") };
            assert_eq!((*line, *field), at, "{error}");
        }
        let error = visit(&GOOD.replace("Q30,5D7,A86004", "5D7,A86004"), |_| Ok(())).unwrap_err();
        assert!(matches!(&error, Error::Record { line: 3, expected: 11, found: 10, .. }), "{error}");
    }

    #[test]
    fn another_header_is_another_layout() {
        let error = visit(&GOOD.replace("QUANTITY,", ""), |_| Ok(())).unwrap_err();
        assert!(matches!(&error, Error::Layout { .. }), "{error}");
        assert!(matches!(
            visit(GOOD.lines().next().expect("a header"), |_| Ok(())),
            Err(Error::Empty { .. })
        ));
    }

    #[test]
    fn what_the_visitor_refuses_ends_the_reading() {
        let mut met = 0;
        let stopped = visit(GOOD, |_| {
            met += 1;
            Err(crate::nhs::derive::invalid("row", "another", "this".to_string()))
        });
        assert!(stopped.is_err());
        assert_eq!(met, 1);
    }
}
