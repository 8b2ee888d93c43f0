//! `ceteris bracket`: difference-in-differences and lagged outcome on the same rows.

use ceteris::bracket::BracketReport;
use ceteris::{Bracket, Coefficient, Index};
use ceteris_report::{Cell, Column, OutputFolder, Table};
use serde::Serialize;

use super::asked::{Asked, as_asked};
use crate::args::{BracketArgs, OutputArgs};
use crate::decimals::{decimals_of, percent};
use crate::exit::Failure;
use crate::interval::interval;
use crate::{cells, files, output};

/// The object of `--json`; intervals in the order of difference, lagged outcome and their gap.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    level: f64,
    intervals: [Option<(f64, f64)>; 3],
    #[serde(flatten)]
    report: &'a BracketReport,
}

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &BracketArgs) -> Result<(), Failure> {
    let (asked, panel) = (Asked::read(&args.design)?, &args.panel);
    folder_of(&args.design.output, &empty())?.check()?;
    let index = Index { unit: &panel.unit, time: &panel.time };
    let mut design = Bracket::new(asked.outcome_column()?, index, &args.treated, args.date).lags(panel.lags);
    if let Some(affected) = &panel.affected {
        design = design.affected(affected);
    }
    let design = as_asked!(design, asked);
    let file = asked.file(&design.lagged(), &args.columns())?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    let report = file.explained(fitted.report(asked.vcov.clone()))?;
    let level = asked.level;
    folder_of(&args.design.output, &for_programs(&report, level))?.write()?;
    if args.design.output.json {
        let intervals = effects(&report).map(|(_, coef)| interval(coef, level));
        return output::print_json(&Object {
            schema: "ceteris.bracket/1",
            level,
            intervals,
            report: &report,
        });
    }
    output::print(&format!("{}\n{}", for_people(&design, &report, &asked).text()?, in_words(&report)))
}

/// Both effects and their difference.
fn effects(report: &BracketReport) -> [(&'static str, &Coefficient); 3] {
    [
        ("difference-in-differences", &report.difference),
        ("lagged outcome", &report.lagged),
        ("difference of the two", &report.gap),
    ]
}

/// Exact.
fn for_programs(report: &BracketReport, level: f64) -> Table {
    let rows = effects(report).map(|(estimator, coef)| {
        let (low, high) = interval(coef, level).unzip();
        let numbers = [Some(coef.estimate), coef.std_error.ok(), coef.p_value().ok(), low, high];
        let numbers = numbers.map(|number| cells::number(number, 6));
        std::iter::once(Cell::text(estimator)).chain(numbers).collect::<Vec<_>>()
    });
    rows.into_iter().fold(empty(), Table::row)
}

/// Rounded.
fn for_people(design: &Bracket, report: &BracketReport, asked: &Asked<'_>) -> Table {
    let table = Table::new(format!("{}{}", design.lagged(), asked.rows()))
        .missing("-")
        .column(Column::text("estimator"))
        .column(Column::number("estimate"))
        .column(Column::number("std. error"))
        .column(Column::number("p"))
        .column(Column::interval(format!("{} interval", percent(asked.level))));
    let row = |(estimator, coef): (&str, &Coefficient)| {
        let digits = decimals_of(coef);
        vec![
            Cell::text(estimator),
            cells::number(coef.estimate, digits),
            cells::number(coef.std_error.ok(), digits),
            cells::p_value(coef.p_value().ok()),
            cells::interval(interval(coef, asked.level), digits),
        ]
    };
    table
        .rows(effects(report).map(row))
        .note(format!("difference-in-differences: {}", design.difference()))
        .note(format!("standard errors: {}", asked.errors()))
}

/// What the report says behind its lines on the three effects, which the table shows.
fn in_words(report: &BracketReport) -> String {
    let whole = report.to_string();
    whole.lines().skip(effects(report).len()).map(|line| format!("{line}\n")).collect()
}

fn empty() -> Table {
    let numbers = ["estimate", "std_error", "p_value", "conf_low", "conf_high"];
    let table = Table::new("Bracket").column(Column::text("estimator"));
    numbers.into_iter().fold(table, |table, name| table.column(Column::number(name)))
}

fn folder_of(args: &OutputArgs, table: &Table) -> Result<OutputFolder, Failure> {
    let Some(path) = &args.out else { return Ok(OutputFolder::new("")) };
    let folder = OutputFolder::new(path).table("bracket", table)?;
    Ok(files::replacing(folder, args.force))
}
