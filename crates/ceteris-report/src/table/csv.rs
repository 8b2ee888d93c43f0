//! Tables for programs: one line of names, exact numbers, empty where a value is missing. Text that a
//! spreadsheet would run has an apostrophe before it.

use super::cell::Content;
use super::column::Kind;
use super::{Cell, Column, Table};
use crate::number::exact;

/// Renders a table that has been checked.
pub(super) fn render(table: &Table) -> String {
    let marked = marked_columns(table);
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(names(table)).expect("writing to memory does not fail");
    for cells in &table.rows {
        let fields = cells.iter().zip(&table.columns).zip(&marked);
        let record = fields.flat_map(|((cell, column), &marked)| fields_of(cell, column, marked));
        writer.write_record(record).expect("each row has one cell for each column");
    }
    let bytes = writer.into_inner().expect("flushing to memory does not fail");
    String::from_utf8(bytes).expect("the fields are UTF-8 and so are commas and quotes")
}

/// The names of the columns as CSV has them.
pub(super) fn names(table: &Table) -> Vec<String> {
    let marked = marked_columns(table);
    table.columns.iter().zip(marked).flat_map(|(column, marked)| names_of(column, marked)).collect()
}

/// Which columns have a mark in any of their cells.
fn marked_columns(table: &Table) -> Vec<bool> {
    let has_mark = |cells: &Vec<Cell>, c: usize| cells.get(c).is_some_and(|cell| cell.mark.is_some());
    let any_mark = |column| table.rows.iter().any(|cells| has_mark(cells, column));
    (0..table.columns.len()).map(any_mark).collect()
}

fn names_of(column: &Column, marked: bool) -> Vec<String> {
    let name = column.full_name();
    let mut names = match column.kind {
        Kind::Interval => vec![inert(&format!("{name} low")), inert(&format!("{name} high"))],
        Kind::Text | Kind::Number => vec![inert(&name)],
    };
    if marked {
        names.push(inert(&format!("{name} mark")));
    }
    names
}

fn fields_of(cell: &Cell, column: &Column, marked: bool) -> Vec<String> {
    let mut fields = match &cell.content {
        Content::Text(text) => vec![inert(text)],
        Content::Integer(value) => vec![value.to_string()],
        Content::Real { value, .. } | Content::Probability(value) => vec![exact(*value)],
        Content::Interval { interval, .. } => vec![exact(interval.low), exact(interval.high)],
        Content::Missing if column.kind == Kind::Interval => vec![String::new(); 2],
        Content::Missing => vec![String::new()],
    };
    if marked {
        fields.push(cell.mark_text().to_owned());
    }
    fields
}

/// Text that a spreadsheet would run as a formula, with an apostrophe before it; a number is no formula.
fn inert(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.chars().count() > 1;
    if runs && text.parse::<f64>().is_err() { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn table_of(values: &[f64]) -> Table {
        let table = Table::new("numbers").column(Column::number("x")).column(Column::interval("ci"));
        table.rows(values.iter().map(|&x| [Cell::real(x, 2), Cell::interval((x, x), 2)]))
    }

    proptest! {
        #[test]
        fn every_number_reads_back_to_the_same_bits(bits: [u64; 16]) {
            let mut values: Vec<f64> = bits.into_iter().map(f64::from_bits).collect();
            values.retain(|value| value.is_finite());
            let csv = table_of(&values).csv().expect("finite numbers");
            let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
            let records: Vec<_> = reader.records().collect::<Result<_, _>>().expect("our own CSV");
            prop_assert_eq!(records.len(), values.len());
            for (record, value) in records.iter().zip(&values) {
                for field in record {
                    let back: f64 = field.parse().expect("a number");
                    prop_assert_eq!(back.to_bits(), value.to_bits());
                }
            }
        }
    }

    #[test]
    fn no_text_is_a_formula_of_a_spreadsheet() {
        for text in ["=cmd|'/c calc'!A1", "@SUM(1)", "-1+1", "+a", "\t=1"] {
            assert_eq!(inert(text), format!("'{text}"));
        }
        for text in ["x", "-1.5", "+1", "-", "1-1", ""] {
            assert_eq!(inert(text), text);
        }
    }

    #[test]
    fn marks_and_intervals_have_columns_of_their_own() {
        let table = table_of(&[0.5]).row([Cell::real(1.0, 0).mark("*"), Cell::missing()]);
        assert_eq!(table.csv().expect("sound"), "x,x mark,ci low,ci high\n0.5,,0.5,0.5\n1.0,*,,\n");
    }

    #[test]
    fn text_with_commas_quotes_and_line_breaks_is_quoted() {
        let table = Table::new("quoting").column(Column::text("a,b")).row(["say \"no\""]).row(["two\nlines"]);
        assert_eq!(table.csv().expect("sound"), "\"a,b\"\n\"say \"\"no\"\"\"\n\"two\nlines\"\n");
    }
}
