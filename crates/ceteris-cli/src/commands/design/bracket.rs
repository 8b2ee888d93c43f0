//! `ceteris bracket`: difference-in-differences and lagged outcome on the same rows.

use ceteris::{Bracket, BracketReport, Index};
use ceteris_report::{Cell, Column, OutputFolder, Table};
use serde::Serialize;

use super::Parts;
use crate::args::{BracketArgs, OutputArgs};
use crate::commands::regression::source::{File, in_file_rows};
use crate::commands::regression::specification::{self, configured, solver};
use crate::exit::Failure;
use crate::output;

/// The object of `--json`.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    #[serde(flatten)]
    report: &'a BracketReport,
}

/// Fits, prints and writes.
pub(in crate::commands) fn run(args: &BracketArgs) -> Result<(), Failure> {
    let (settings, panel) = (&args.design.settings, &args.panel);
    let parts = Parts::read(&args.design)?;
    folder_of(&args.design.output, &empty())?.check()?;
    let index = Index { unit: &panel.unit, time: &panel.time };
    let mut design = Bracket::new(parts.outcome_column()?, index, &args.treated, args.date).lags(panel.lags);
    if let Some(affected) = &panel.affected {
        design = design.affected(affected);
    }
    let design = design.adjust_for(parts.covariates).absorb(parts.effects);
    let solver = solver(settings)?;
    let design = configured!(design, settings, solver);
    let mut columns = vec![panel.time.as_str(), &args.treated];
    columns.extend(panel.affected.as_deref());
    let file = File::read_with(settings, &design.lagged(), &columns)?;
    let fitted = file.explained(design.fit(&file.loaded.frame))?;
    let vcov = specification::vcov(settings)?;
    let report = fitted.report_under(vcov, args.design.ssc).map_err(in_file_rows)?;
    folder_of(&args.design.output, &effects(&report, args.design.level))?.write()?;
    if args.design.output.json {
        return output::print_json(&Object { schema: "ceteris.bracket/1", report: &report });
    }
    output::print(&report.to_string())
}

/// Both effects and their difference, exact.
fn effects(report: &BracketReport, level: f64) -> Table {
    let rows = [&report.difference, &report.lagged, &report.gap].map(|coef| {
        let (low, high) = coef.confint(level);
        let numbers = [coef.estimate, coef.std_error, coef.p_value(), low, high];
        let cells = numbers.map(|number| Cell::real(number, 6));
        std::iter::once(Cell::text(coef.name.as_str())).chain(cells).collect::<Vec<_>>()
    });
    rows.into_iter().fold(empty(), Table::row)
}

fn empty() -> Table {
    let numbers = ["estimate", "std_error", "p_value", "conf_low", "conf_high"];
    let table = Table::new("Bracket").column(Column::text("estimator"));
    numbers.into_iter().fold(table, |table, name| table.column(Column::number(name)))
}

fn folder_of(args: &OutputArgs, table: &Table) -> Result<OutputFolder, Failure> {
    let Some(path) = &args.out else { return Ok(OutputFolder::new("")) };
    let folder = OutputFolder::new(path).table("bracket", table)?;
    Ok(if args.force { folder.replace() } else { folder })
}
