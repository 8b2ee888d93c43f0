//! `ceteris data describe`: one line for each column of a file.

use ceteris::Column as Values;
use ceteris::frame::CategoryColumn;
use ceteris_data::{ColumnNote, Format, Loaded};
use ceteris_report::{Cell, Column, Table};

use crate::decimals::decimals;

/// Digits of the numbers shown.
const DIGITS: i32 = 6;
/// Labels shown of a category.
const LABELS: usize = 3;

/// The columns of a file.
pub(super) fn table(loaded: &Loaded) -> Table {
    let format = match loaded.format {
        Format::Csv => "CSV",
        Format::GzipCsv => "CSV, compressed by gzip",
        Format::Parquet => "Parquet",
        _ => "another format",
    };
    let rows = loaded.frame.nrows();
    let table = Table::new(format!("{}: {format}, {rows} rows", loaded.path.display()))
        .column(Column::text("column"))
        .column(Column::text("kind"))
        .column(Column::number("missing"))
        .column(Column::number("levels"))
        .column(Column::number("lowest"))
        .column(Column::number("mean"))
        .column(Column::number("highest"))
        .column(Column::text("labels"));
    let columns = loaded.frame.names().filter_map(|name| Some((name, loaded.frame.column(name).ok()?)));
    let table = columns.fold(table, |table, (name, values)| table.row(row(name, values)));
    loaded.likely_slips().map(slip).fold(table, Table::note)
}

fn row(name: &str, values: &Values) -> Vec<Cell> {
    let missing = (0..values.len()).filter(|row| values.is_missing(*row)).count();
    let mut cells = vec![Cell::text(name)];
    match values {
        Values::Real(values) => {
            cells.extend([Cell::text("real"), missing.into(), Cell::missing()]);
            cells.extend(range(values));
            cells.push(Cell::missing());
        }
        Values::Category(category) => {
            cells.extend([Cell::text("category"), missing.into(), category.levels().len().into()]);
            cells.extend([Cell::missing(), Cell::missing(), Cell::missing()]);
            cells.push(Cell::text(labels(category)));
        }
    }
    cells
}

/// Lowest, mean and highest of the values that are there.
fn range(values: &[f64]) -> [Cell; 3] {
    let present = || values.iter().copied().filter(|value| !value.is_nan());
    let count = present().count();
    let mean = present().sum::<f64>() / count as f64;
    let (low, high) = (present().fold(f64::INFINITY, f64::min), present().fold(f64::NEG_INFINITY, f64::max));
    [low, mean, high].map(|value| match value.is_finite() {
        true if value.fract() == 0.0 => Cell::real(value, 0),
        true => Cell::real(value, decimals(value, DIGITS)),
        false => Cell::missing(), // no value at all, or an infinite one
    })
}

fn labels(category: &CategoryColumn) -> String {
    let shown = category.levels().iter().take(LABELS).map(String::as_str).collect::<Vec<_>>();
    let more = if category.levels().len() > LABELS { ", ..." } else { "" };
    format!("{}{more}", shown.join(", "))
}

/// A column that was most likely meant to be numeric.
fn slip(note: &ColumnNote) -> String {
    let fields = note.numbers + note.texts;
    format!(
        "note: `{}` is a category because line {} holds `{}`, but {} of its {fields} fields are numbers",
        note.column, note.line, note.value, note.numbers
    )
}
