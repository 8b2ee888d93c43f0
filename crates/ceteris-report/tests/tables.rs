//! Tables in each format, seen as a user sees them.

use ceteris_report::{Align, Cell, Column, Error, Table};
use proptest::prelude::*;

/// A small table with a cell of each kind.
fn effects() -> Table {
    Table::new("Table 6. Effect & reform")
        .column(Column::text("Estimator"))
        .column(Column::number("b").under("Computed"))
        .column(Column::interval("95% CI").under("Computed"))
        .column(Column::number("p"))
        .column(Column::number("N"))
        .row([
            Cell::text("DDD | all"),
            Cell::real(-0.7204, 3).mark("†"),
            Cell::interval((-1.036, -0.404), 3),
            Cell::p_value(4e-5),
            Cell::integer(1843),
        ])
        .row([
            Cell::text("LDV_1"),
            Cell::real(0.12, 3),
            Cell::missing(),
            Cell::p_value(0.25),
            Cell::missing(),
        ])
        .note("† calibration target.")
}

#[test]
fn text_aligns_numbers_with_and_without_marks() {
    let expected = "\
Table 6. Effect & reform
-----------------------------------------------------------
             Computed           Computed
 Estimator          b             95% CI        p      N
-----------------------------------------------------------
";
    let text = effects().text().unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], expected.lines().next().unwrap());
    assert_eq!(lines[5], " DDD | all    -0.720†   [-1.036, -0.404]   <0.001   1843");
    assert_eq!(lines[6], " LDV_1         0.120                        0.250");
    assert_eq!(lines[8], "† calibration target.");
    assert!(lines.iter().all(|line| *line == line.trim_end()));
}

#[test]
fn markdown_escapes_bars_and_aligns_columns() {
    let expected = "\
**Table 6. Effect & reform**

| Estimator  | Computed b |  Computed 95% CI |       p |    N |
| ---------- | ---------: | ---------------: | ------: | ---: |
| DDD \\| all |    -0.720† | [-1.036, -0.404] | \\<0.001 | 1843 |
| LDV\\_1     |      0.120 |                  |   0.250 |      |

† calibration target.
";
    assert_eq!(effects().markdown().unwrap(), expected);
}

#[test]
fn latex_escapes_its_own_characters_and_uses_booktabs() {
    let expected = r"\begin{table}[htbp]
\centering
\caption{Table 6. Effect \& reform}
\begin{tabular}{lrrrr}
\toprule
 & \multicolumn{2}{c}{Computed} &  &  \\
\cmidrule(lr){2-3}
Estimator & b & 95\% CI & p & N \\
\midrule
DDD \textbar{} all & $-0.720$\rlap{\textsuperscript{\dag{}}} & [$-1.036$, $-0.404$] & $<0.001$ & 1843 \\
LDV\_1 & 0.120 &  & 0.250 &  \\
\bottomrule
\end{tabular}
\par\smallskip
\begin{minipage}{\linewidth}\footnotesize
\dag{} calibration target.
\end{minipage}
\end{table}
";
    assert_eq!(effects().latex().unwrap(), expected);
}

#[test]
fn csv_has_exact_numbers_and_columns_for_ends_and_marks() {
    let expected = "\
Estimator,Computed b,Computed b mark,Computed 95% CI low,Computed 95% CI high,p,N
DDD | all,-0.7204,†,-1.036,-0.404,4e-5,1843
LDV_1,0.12,,,,0.25,
";
    assert_eq!(effects().csv().unwrap(), expected);
}

#[test]
fn missing_cells_are_blank_unless_the_table_says_otherwise() {
    let table = effects().missing("n/a");
    assert!(table.text().unwrap().contains(" n/a"));
    assert!(table.markdown().unwrap().contains("| n/a |") || table.markdown().unwrap().contains(" n/a |"));
    assert!(table.latex().unwrap().contains("& n/a "));
    assert_eq!(table.csv().unwrap(), effects().csv().unwrap());
}

#[test]
fn alignment_can_be_chosen() {
    let table = Table::new("").column(Column::text("wide heading").align(Align::Center)).row(["x"]);
    assert_eq!(table.markdown().unwrap(), "| wide heading |\n| :----------: |\n|      x       |\n");
    assert!(table.latex().unwrap().contains(r"\begin{tabular}{c}"));
}

#[test]
fn a_table_may_have_no_rows() {
    let table = Table::new("").column(Column::number("b"));
    assert_eq!(table.csv().unwrap(), "b\n");
    assert_eq!(table.nrows(), 0);
    assert!(table.text().is_ok() && table.markdown().is_ok() && table.latex().is_ok());
}

#[test]
fn rendering_twice_gives_the_same_bytes() {
    let (one, other) = (effects(), effects());
    assert_eq!(one.text().unwrap(), other.text().unwrap());
    assert_eq!(one.latex().unwrap(), other.latex().unwrap());
}

#[test]
fn unsound_tables_are_refused_in_every_format() {
    let one = || Table::new("t").column(Column::number("b"));
    let refused = |table: Table| {
        let results = [table.text(), table.markdown(), table.latex(), table.csv()];
        let errors: Vec<String> = results.into_iter().map(|r| r.unwrap_err().to_string()).collect();
        assert!(errors.iter().all(|error| *error == errors[0]));
        table.csv().unwrap_err()
    };
    assert!(matches!(refused(Table::new("t")), Error::Empty { needs: "column", .. }));
    assert!(matches!(refused(one().row([1, 2])), Error::RowLength { expected: 1, found: 2, .. }));
    assert!(matches!(refused(one().row(["a"])), Error::CellKind { row: 1, .. }));
    assert!(matches!(refused(one().row([Cell::real(f64::NAN, 2)])), Error::NonFinite { .. }));
    assert!(matches!(refused(one().row([Cell::p_value(1.5)])), Error::Probability { .. }));
    assert!(matches!(refused(one().row([Cell::p_value(f64::NAN)])), Error::Probability { .. }));
    let twice = one().column(Column::number("b"));
    assert!(matches!(refused(twice), Error::DuplicateName { what: "column", .. }));
    let swapped = Table::new("t").column(Column::interval("ci")).row([Cell::interval((1.0, 0.0), 1)]);
    assert!(matches!(refused(swapped), Error::ReversedInterval { row: 1, .. }));
}

#[test]
fn names_made_for_csv_must_be_unique_too() {
    let table = Table::new("t").column(Column::interval("ci")).column(Column::number("ci low"));
    assert!(matches!(table.csv(), Err(Error::DuplicateName { .. })));
}

proptest! {
    #[test]
    fn any_text_survives_csv_and_none_is_run_by_a_spreadsheet(texts in proptest::collection::vec(".*", 1..8)) {
        let table = Table::new("t").column(Column::text("a")).column(Column::number("i"));
        let row = |text: &String| [Cell::text(text.as_str()), Cell::integer(1)];
        let table = table.rows(texts.iter().map(row));
        let written = table.csv().unwrap();
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        let first = |record: Result<csv::StringRecord, _>| record.unwrap()[0].to_owned();
        let read: Vec<String> = reader.records().map(first).collect();
        for (read, text) in read.iter().zip(&texts) {
            prop_assert!(read == text || *read == format!("'{text}"), "{} for {}", read, text);
            let runs = read.starts_with(['=', '+', '-', '@', '\t', '\r']);
            prop_assert!(!runs || read.chars().count() == 1 || read.parse::<f64>().is_ok(), "{}", read);
        }
    }

    #[test]
    fn any_text_keeps_a_markdown_row_in_one_line_with_its_bars(text in ".*") {
        let table = Table::new("").column(Column::text("a")).row([text.as_str()]);
        let markdown = table.markdown().unwrap();
        prop_assert_eq!(markdown.lines().count(), 3);
        let row = markdown.lines().last().unwrap().replace("\\\\", "").replace("\\|", "");
        prop_assert_eq!(row.matches('|').count(), 2);
    }
}
