//! Tables for the terminal: fixed width, rules above and below, no colours.

use comfy_table::{Cell as TextCell, CellAlignment, ContentLineStyle, LineStyle, TableStyle};

use super::cell::one_line;
use super::{Align, Cell, Table};

/// Notes and titles are broken at this width, or at the table's if that is greater.
const LEAST_WIDTH: usize = 80;

/// Rules above the header, under it and under the last row; blanks between columns.
const STYLE: TableStyle = TableStyle::new()
    .top_border(LineStyle::none().fill('-').junction('-'))
    .header_lines(ContentLineStyle::none().junction(' '))
    .header_separator(LineStyle::none().fill('-').junction('-'))
    .content_lines(ContentLineStyle::none().junction(' '))
    .bottom_border(LineStyle::none().fill('-').junction('-'));

/// Renders a table that has been checked.
pub(super) fn render(table: &Table) -> String {
    let body = body(table);
    let width = body.lines().next().map_or(0, |rule| rule.chars().count());
    let mut lines = wrapped(&table.title, width);
    lines.push(body);
    lines.extend(table.notes.iter().flat_map(|note| wrapped(note, width)));
    lines.join("\n") + "\n"
}

/// Header and rows between their rules.
fn body(table: &Table) -> String {
    let mut text = comfy_table::Table::new();
    text.load_style(STYLE);
    text.set_header(header(table));
    let mark_widths = mark_widths(table);
    for cells in &table.rows {
        let row = cells.iter().zip(&mark_widths).zip(&table.columns);
        text.add_row(
            row.map(|((cell, &width), column)| {
                TextCell::new_owned(marked(cell, &table.missing, width)).set_alignment(side(column.align))
            })
            .collect::<Vec<_>>(),
        );
    }
    text.trim_fmt()
}

/// Names of the columns, with their groups in a line above if there are any.
fn header(table: &Table) -> Vec<TextCell> {
    let grouped = table.has_groups();
    let name = |column: &super::Column| match &column.group {
        Some(group) => format!("{}\n{}", one_line(group), one_line(&column.name)),
        None if grouped => format!("\n{}", one_line(&column.name)),
        None => one_line(&column.name),
    };
    table.columns.iter().map(|c| TextCell::new_owned(name(c)).set_alignment(side(c.align))).collect()
}

/// For each column, the room to keep free for marks after its numbers.
fn mark_widths(table: &Table) -> Vec<usize> {
    let widest = |column| table.marks(column).map(|mark| mark.chars().count()).max().unwrap_or(0);
    let side = |column: usize| table.columns[column].align;
    (0..table.columns.len()).map(|c| if side(c) == Align::Right { widest(c) } else { 0 }).collect()
}

/// The cell with its mark, filled up so that numbers with shorter marks stay in line.
fn marked(cell: &Cell, missing: &str, mark_width: usize) -> String {
    format!("{}{:<mark_width$}", cell.shown(missing), cell.mark_text())
}

fn side(align: Align) -> CellAlignment {
    match align {
        Align::Left => CellAlignment::Left,
        Align::Center => CellAlignment::Center,
        Align::Right => CellAlignment::Right,
    }
}

/// The words of `text` in lines no longer than the table is wide; a longer word gets its own line.
fn wrapped(text: &str, table_width: usize) -> Vec<String> {
    let width = table_width.max(LEAST_WIDTH);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_notes_are_broken_between_words() {
        let lines = wrapped(&"word ".repeat(40), 10);
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.chars().count() <= LEAST_WIDTH));
    }

    #[test]
    fn an_empty_title_takes_no_line() {
        assert_eq!(wrapped("", 10), Vec::<String>::new());
    }
}
