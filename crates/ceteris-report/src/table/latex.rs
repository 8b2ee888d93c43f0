//! Tables for papers: a LaTeX `table` that needs the package `booktabs` and nothing else.

use super::cell::{Content, one_line};
use super::{Align, Cell, Table};
use crate::number;

/// Characters that plain LaTeX does not print as they are, and what to write for them.
const SPECIAL: [(char, &str); 56] = [
    ('&', r"\&"),
    ('%', r"\%"),
    ('$', r"\$"),
    ('#', r"\#"),
    ('_', r"\_"),
    ('{', r"\{"),
    ('}', r"\}"),
    ('~', r"\textasciitilde{}"),
    ('^', r"\textasciicircum{}"),
    ('\\', r"\textbackslash{}"),
    ('<', r"$<$"),
    ('>', r"$>$"),
    ('|', r"\textbar{}"),
    ('"', r"''"),
    ('“', r"``"),
    ('”', r"''"),
    ('‘', r"`"),
    ('’', r"'"),
    ('–', r"--"),
    ('—', r"---"),
    ('…', r"\ldots{}"),
    ('†', r"\dag{}"),
    ('‡', r"\ddag{}"),
    ('§', r"\S{}"),
    ('¶', r"\P{}"),
    ('£', r"\pounds{}"),
    ('°', r"$^{\circ}$"),
    ('²', r"$^{2}$"),
    ('³', r"$^{3}$"),
    ('±', r"$\pm$"),
    ('×', r"$\times$"),
    ('−', r"$-$"),
    ('≤', r"$\leq$"),
    ('≥', r"$\geq$"),
    ('≠', r"$\neq$"),
    ('≈', r"$\approx$"),
    ('∞', r"$\infty$"),
    ('→', r"$\rightarrow$"),
    ('α', r"$\alpha$"),
    ('β', r"$\beta$"),
    ('γ', r"$\gamma$"),
    ('δ', r"$\delta$"),
    ('Δ', r"$\Delta$"),
    ('ε', r"$\varepsilon$"),
    ('θ', r"$\theta$"),
    ('κ', r"$\kappa$"),
    ('λ', r"$\lambda$"),
    ('μ', r"$\mu$"),
    ('π', r"$\pi$"),
    ('ρ', r"$\rho$"),
    ('σ', r"$\sigma$"),
    ('τ', r"$\tau$"),
    ('φ', r"$\varphi$"),
    ('χ', r"$\chi$"),
    ('ψ', r"$\psi$"),
    ('ω', r"$\omega$"),
];

/// Renders a table that has been checked.
pub(super) fn render(table: &Table) -> String {
    let mut lines = vec![r"\begin{table}[htbp]".to_owned(), r"\centering".to_owned()];
    if !table.title.is_empty() {
        lines.push(format!(r"\caption{{{}}}", escaped(&table.title)));
    }
    lines.push(format!(
        r"\begin{{tabular}}{{{}}}",
        table.columns.iter().map(|c| side(c.align)).collect::<String>()
    ));
    lines.push(r"\toprule".to_owned());
    if table.has_groups() {
        lines.extend(group_lines(table));
    }
    lines.push(row(table.columns.iter().map(|column| escaped(&column.name))));
    lines.push(r"\midrule".to_owned());
    lines.extend(table.rows.iter().map(|cells| row(cells.iter().map(|c| shown(c, &table.missing)))));
    lines.push(r"\bottomrule".to_owned());
    lines.push(r"\end{tabular}".to_owned());
    lines.extend(notes(&table.notes));
    lines.push(r"\end{table}".to_owned());
    lines.join("\n") + "\n"
}

/// One line of cells. A `[` or `*` first in a line would be read as an argument of the `\\` before
/// it.
fn row(cells: impl Iterator<Item = String>) -> String {
    let line = cells.collect::<Vec<_>>().join(" & ");
    let guard = if line.starts_with(['[', '*']) { "{}" } else { "" };
    format!(r"{guard}{line} \\")
}

/// The headings over groups of neighbouring columns, and a thin rule under each.
fn group_lines(table: &Table) -> [String; 2] {
    let mut headings = Vec::new();
    let mut rules = Vec::new();
    let mut first = 1;
    for run in table.columns.chunk_by(|a, b| a.group == b.group) {
        let last = first + run.len() - 1;
        match &run[0].group {
            Some(group) => {
                headings.push(format!(r"\multicolumn{{{}}}{{c}}{{{}}}", run.len(), escaped(group)));
                rules.push(format!(r"\cmidrule(lr){{{first}-{last}}}"));
            }
            None => headings.extend(run.iter().map(|_| String::new())),
        }
        first = last + 1;
    }
    [row(headings.into_iter()), rules.join(" ")]
}

/// The notes in small type under the table.
fn notes(notes: &[String]) -> Vec<String> {
    if notes.is_empty() {
        return Vec::new();
    }
    let text: Vec<String> = notes.iter().map(|note| escaped(note)).collect();
    vec![
        r"\par\smallskip".to_owned(),
        r"\begin{minipage}{\linewidth}\footnotesize".to_owned(),
        text.join("\\par\n"),
        r"\end{minipage}".to_owned(),
    ]
}

/// The cell, numbers in math so that a minus is a minus, marks raised.
fn shown(cell: &Cell, missing: &str) -> String {
    let content = match &cell.content {
        Content::Integer(value) => math(&value.to_string()),
        Content::Real { value, decimals } => math(&number::fixed(*value, *decimals)),
        Content::Probability(value) => math(&number::probability(*value)),
        Content::Interval { interval, decimals } => {
            let (low, high) =
                (number::fixed(interval.low, *decimals), number::fixed(interval.high, *decimals));
            format!("[{}, {}]", math(&low), math(&high))
        }
        Content::Text(_) | Content::Missing => escaped(&cell.shown(missing)),
    };
    match &cell.mark {
        // `\rlap` takes no room, so that marked numbers stay in line with the others.
        Some(mark) => format!(r"{content}\rlap{{\textsuperscript{{{}}}}}", escaped(mark)),
        None => content,
    }
}

/// A number that has a sign in math mode; one that has none as it is.
fn math(shown: &str) -> String {
    let shown = shown.replace("inf", r"\infty");
    if shown.contains(['-', '<', '\\']) { format!("${shown}$") } else { shown }
}

fn side(align: Align) -> char {
    match align {
        Align::Left => 'l',
        Align::Center => 'c',
        Align::Right => 'r',
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        match SPECIAL.iter().find(|(special, _)| *special == c) {
            Some((_, written)) => out.push_str(written),
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Column;

    #[test]
    fn latex_own_characters_are_escaped() {
        assert_eq!(
            escaped(r"R&D 5% $ # x_i {a} ~ ^ \"),
            r"R\&D 5\% \$ \# x\_i \{a\} \textasciitilde{} \textasciicircum{} \textbackslash{}"
        );
        assert_eq!(escaped("p < 0.05 – β²"), r"p $<$ 0.05 -- $\beta$$^{2}$");
    }

    #[test]
    fn numbers_with_a_sign_are_math() {
        let cell = Cell::interval((f64::NEG_INFINITY, 0.5), 1).mark("†");
        assert_eq!(shown(&cell, ""), r"[$-\infty$, 0.5]\rlap{\textsuperscript{\dag{}}}");
        assert_eq!(shown(&Cell::p_value(0.0), ""), "$<0.001$");
        assert_eq!(shown(&Cell::integer(42), ""), "42");
    }

    #[test]
    fn a_bracket_cannot_become_an_argument() {
        assert_eq!(row(["[a]".to_owned()].into_iter()), r"{}[a] \\");
    }

    #[test]
    fn groups_span_their_columns() {
        let column = |group| Column::number("b").under(group);
        let table = Table::new("")
            .column(Column::text("a"))
            .column(column("x"))
            .column(column("y"))
            .column(column("y"));
        assert_eq!(
            group_lines(&table),
            [
                r" & \multicolumn{1}{c}{x} & \multicolumn{2}{c}{y} \\".to_owned(),
                r"\cmidrule(lr){2-2} \cmidrule(lr){3-4}".to_owned(),
            ]
        );
    }
}
