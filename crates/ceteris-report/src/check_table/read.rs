//! Rows from a file: numbers are read as text, so that `1.20` keeps its two decimals.

use std::path::Path;

use ceteris::Frame;
use ceteris_data::{CsvReader, Error, Loaded};

use super::{Difference, PrintedNumber, Row, Verdict};

/// What each column may be called; the first is its name in messages.
const COLUMNS: [&[&str]; 19] = [
    &["table"],
    &["name", "term"],
    &["b", "estimate"],
    &["se", "std_error"],
    &["t", "statistic", "z"],
    &["p", "p_value"],
    &["ci_low", "conf_low"],
    &["ci_high", "conf_high"],
    &["stars"],
    &["n", "nobs"],
    &["f"],
    &["df1"],
    &["df2", "df", "dof"],
    &["level"],
    &["verdict"],
    &["also_printed"],
    &["minuend"],
    &["subtrahend"],
    &["outcome"],
];

/// What stands for a missing number; `.` is one too, but a dash may be a minus.
const MISSING: [&str; 6] = ["", "NA", "NaN", "n/a", ".", "-"];

/// Reads the rows of a table. Columns, any subset of them and in any case: `table`, `name` (`term`),
/// `b` (`estimate`), `se` (`std_error`), `t` (`statistic`), `p` (`p_value`), `ci_low`, `ci_high`,
/// `stars`, `n` (`nobs`), `f`, `df1`, `df2` (`df`), `level`, `verdict` (`reject` or `not`),
/// `also_printed`, and `minuend` and `subtrahend`, of which the estimate is the difference. Stars may
/// also follow the estimate (`-0.72***`), and the standard error may stand in parentheses.
///
/// # Errors
/// Those of [`CsvReader::load`]; [`Error::MissingColumn`] if no column is one of these,
/// [`Error::DuplicateName`] if two are the same, [`Error::Value`] where a field is not what its column
/// holds.
///
/// # Example
/// ```no_run
/// use ceteris_data::CsvReader;
/// use ceteris_report::check_table::{CheckTable, rows_of};
/// let rows = rows_of("table.csv", &CsvReader::new())?;
/// println!("{:?}", CheckTable::of(&rows, None).worst());
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn rows_of(path: impl AsRef<Path>, reader: &CsvReader) -> Result<Vec<Row>, Error> {
    let reader = reader.clone().missing(MISSING);
    let names: Vec<String> = reader.load(path.as_ref())?.frame.names().map(str::to_owned).collect();
    let sheet = Sheet::new(reader.category(names).load(path)?)?;
    (0..sheet.loaded.frame.nrows()).map(|row| sheet.row(row)).collect()
}

/// A file of text, and where the known columns stand in it.
struct Sheet {
    loaded: Loaded,
    /// Place and name in the file, for each of [`COLUMNS`].
    found: Vec<Option<(usize, String)>>,
    /// Whether any estimate carries stars of its own.
    starred: bool,
}

/// A field with where it stands.
struct Field<'a> {
    text: &'a str,
    column: &'a str,
    field: usize,
    row: usize,
    path: &'a Path,
}

impl Sheet {
    fn new(loaded: Loaded) -> Result<Self, Error> {
        let found: Vec<_> = COLUMNS.iter().map(|names| place(&loaded, names)).collect::<Result<_, _>>()?;
        if found.iter().all(Option::is_none) {
            return Err(Error::MissingColumn {
                path: loaded.path.clone(),
                column: "estimate".to_owned(),
                available: loaded.frame.names().map(str::to_owned).collect(),
            });
        }
        let mut sheet = Self { loaded, found, starred: false };
        let rows = 0..sheet.loaded.frame.nrows();
        sheet.starred =
            rows.into_iter().any(|row| sheet.field("b", row).is_some_and(|field| field.text.ends_with('*')));
        Ok(sheet)
    }

    /// A field by the name of its column, unless it is missing.
    fn field(&self, name: &str, row: usize) -> Option<Field<'_>> {
        let at = COLUMNS.iter().position(|names| names[0] == name)?;
        let (field, column) = self.found[at].as_ref()?;
        let text = label(&self.loaded.frame, column, row)?.trim();
        let path = &self.loaded.path;
        (!text.is_empty()).then_some(Field { text, column, field: field + 1, row, path })
    }

    fn number(&self, name: &str, row: usize) -> Result<Option<PrintedNumber>, Error> {
        self.field(name, row).map(|field| field.number()).transpose()
    }

    fn text(&self, name: &str, row: usize) -> String {
        self.field(name, row).map_or_else(String::new, |field| field.text.to_owned())
    }

    fn row(&self, row: usize) -> Result<Row, Error> {
        let number = |name: &str| self.number(name, row);
        let name = match (self.text("name", row), self.text("outcome", row)) {
            (name, outcome) if name.is_empty() && outcome.is_empty() => format!("row {}", row + 1),
            (name, outcome) => {
                [outcome, name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
            }
        };
        let level = self.field("level", row).map(|field| field.level()).transpose()?;
        let verdict = self.field("verdict", row).map(|field| field.verdict()).transpose()?;
        let parts = number("minuend")?.zip(number("subtrahend")?);
        Ok(Row {
            table: self.text("table", row),
            name,
            estimate: number("b")?,
            std_error: number("se")?,
            statistic: number("t")?,
            p_value: number("p")?,
            low: number("ci_low")?,
            high: number("ci_high")?,
            level,
            stars: self.stars(row)?,
            nobs: number("n")?,
            f: number("f")?,
            dof_numerator: number("df1")?,
            dof_residual: number("df2")?,
            verdict,
            also_printed: number("also_printed")?,
            difference: parts.map(|(minuend, subtrahend)| Difference { minuend, subtrahend }),
        })
    }

    /// Stars of their own column, or else those after the estimate; none where the file has stars
    /// elsewhere.
    fn stars(&self, row: usize) -> Result<Option<usize>, Error> {
        if let Some(field) = self.field("stars", row) {
            return field.stars().map(Some);
        }
        let own_column = COLUMNS.iter().position(|names| names[0] == "stars");
        let own_column = own_column.is_some_and(|at| self.found[at].is_some());
        let after =
            self.field("b", row).map(|field| field.text.chars().rev().take_while(|c| *c == '*').count());
        Ok(after.filter(|_| self.starred || own_column))
    }
}

impl Field<'_> {
    fn number(&self) -> Result<PrintedNumber, Error> {
        let bare = self.text.trim_end_matches('*').trim();
        let inner = bare.strip_prefix(['(', '[']).and_then(|text| text.strip_suffix([')', ']']));
        let parsed = inner.unwrap_or(bare).parse();
        parsed.map_err(|_| self.refused("a number as printed, such as -1.20, 105,745 or <0.001"))
    }

    /// `0.95`, `95` or `95%`.
    fn level(&self) -> Result<f64, Error> {
        let refused = || self.refused("a level between 0 and 1, or in per cent, such as 95%");
        let number: f64 = self.text.trim_end_matches('%').trim().parse().map_err(|_| refused())?;
        let level = if number > 1.0 { number / 100.0 } else { number };
        if 0.0 < level && level < 1.0 { Ok(level) } else { Err(refused()) }
    }

    fn verdict(&self) -> Result<Verdict, Error> {
        match self.text.to_lowercase().as_str() {
            "reject" | "rejects" | "rejected" => Ok(Verdict::Reject),
            "not" | "not reject" | "not rejected" | "cannot reject" => Ok(Verdict::NotReject),
            _ => Err(self.refused("`reject` or `not`")),
        }
    }

    fn stars(&self) -> Result<usize, Error> {
        if self.text.chars().all(|c| c == '*') {
            return Ok(self.text.len());
        }
        Err(self.refused("stars, such as **, or nothing"))
    }

    fn refused(&self, must: &'static str) -> Error {
        Error::Value {
            path: self.path.to_path_buf(),
            line: self.row as u64 + 2, // the header is line 1
            field: self.field,
            column: self.column.to_owned(),
            value: self.text.to_owned(),
            must,
        }
    }
}

/// Where one of these names stands in the file, in any case.
fn place(loaded: &Loaded, names: &[&str]) -> Result<Option<(usize, String)>, Error> {
    let known = |column: &str| names.iter().any(|name| name.eq_ignore_ascii_case(column.trim()));
    let mut places = loaded.frame.names().enumerate().filter(|(_, column)| known(column));
    let first = places.next().map(|(at, column)| (at, column.to_owned()));
    match (&first, places.next()) {
        (Some((at, column)), Some((other, _))) => Err(Error::DuplicateName {
            path: loaded.path.clone(),
            column: column.clone(),
            fields: (at + 1, other + 1),
        }),
        _ => Ok(first),
    }
}

/// The text of a field that was read as a category.
fn label<'a>(frame: &'a Frame, column: &str, row: usize) -> Option<&'a str> {
    frame.category(column).ok()?.label(row)
}
