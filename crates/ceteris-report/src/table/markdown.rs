//! Tables for READMEs and reports: GitHub's dialect of Markdown, also readable as it stands.

use super::cell::one_line;
use super::{Align, Table};

/// Renders a table that has been checked.
pub(super) fn render(table: &Table) -> String {
    let mut paragraphs = Vec::new();
    if !table.title.is_empty() {
        paragraphs.push(format!("**{}**", escaped(&table.title)));
    }
    paragraphs.push(grid(table));
    paragraphs.extend(table.notes.iter().map(|note| escaped(note)));
    paragraphs.join("\n\n") + "\n"
}

/// Header, alignment and rows, filled up so that the bars stand under each other.
fn grid(table: &Table) -> String {
    let header: Vec<String> = table.columns.iter().map(|column| escaped(&column.full_name())).collect();
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|cells| {
            cells.iter().map(|c| escaped(&format!("{}{}", c.shown(&table.missing), c.mark_text()))).collect()
        })
        .collect();
    let aligns: Vec<Align> = table.columns.iter().map(|column| column.align).collect();
    let widths: Vec<usize> = (0..header.len())
        .map(|c| rows.iter().chain([&header]).map(|row| row[c].chars().count()).fold(3, usize::max))
        .collect();
    let rule = aligns.iter().zip(&widths).map(|(align, width)| dashes(*align, *width)).collect::<Vec<_>>();
    let mut lines = vec![line(&header, &widths, &aligns), format!("| {} |", rule.join(" | "))];
    lines.extend(rows.iter().map(|row| line(row, &widths, &aligns)));
    lines.join("\n")
}

fn line(cells: &[String], widths: &[usize], aligns: &[Align]) -> String {
    let padded = cells.iter().zip(widths).zip(aligns).map(|((cell, &width), align)| match align {
        Align::Left => format!("{cell:<width$}"),
        Align::Center => format!("{cell:^width$}"),
        Align::Right => format!("{cell:>width$}"),
    });
    format!("| {} |", padded.collect::<Vec<_>>().join(" | "))
}

/// The alignment line of one column, `width` characters wide.
fn dashes(align: Align, width: usize) -> String {
    match align {
        Align::Left => "-".repeat(width),
        Align::Center => format!(":{}:", "-".repeat(width - 2)),
        Align::Right => format!("{}:", "-".repeat(width - 1)),
    }
}

/// The text with a backslash before each sign that Markdown would read as markup: links and images by
/// the bracket that ends their label, so that the brackets of intervals stay as they are; bare addresses too.
fn escaped(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let starts_entity =
            c == '&' && rest.peek().is_some_and(|next| next.is_alphanumeric() || *next == '#');
        let starts_address = c == ':' && rest.clone().take(2).eq("//".chars());
        let ends_www = c == '.' && out.to_ascii_lowercase().ends_with("www");
        let ends_label = c == ']' && rest.peek().is_some_and(|next| matches!(next, '(' | '[' | ':'));
        let is_markup = matches!(c, '\\' | '`' | '*' | '_' | '|' | '<' | '>' | '~' | '$' | '#');
        if starts_entity || starts_address || ends_www || ends_label || is_markup {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped() {
        assert_eq!(escaped("a|b *c* <0.001 x_i"), r"a\|b \*c\* \<0.001 x\_i");
        assert_eq!(escaped("A & B, R&D, &lt;"), r"A & B, R\&D, \&lt;");
    }

    #[test]
    fn names_make_no_link_and_no_image() {
        assert_eq!(escaped("![x](http://evil/x.png)"), r"![x\](http\://evil/x.png)");
        assert_eq!(escaped("[a]: www.evil.example"), r"[a\]: www\.evil.example");
        assert_eq!(escaped("[-0.20, 0.10]"), "[-0.20, 0.10]");
    }

    #[test]
    fn narrow_columns_still_have_a_valid_rule() {
        assert_eq!(dashes(Align::Left, 3), "---");
        assert_eq!(dashes(Align::Center, 3), ":-:");
        assert_eq!(dashes(Align::Right, 3), "--:");
    }
}
