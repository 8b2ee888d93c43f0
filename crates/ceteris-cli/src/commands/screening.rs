//! `ceteris screening`: the study on the simulated panel, or on a user's own.

use std::path::Path;

use ceteris_data::twin::Twin;
use ceteris_data::{CsvReader, load_with};
use ceteris_report::screening::{PanelColumns, RealRates, Screening, Source, StudyPanel};
use ceteris_report::{OutputFolder, Table};
use serde::Serialize;

use crate::args::ScreeningArgs;
use crate::exit::Failure;
use crate::{files, output};

/// The schema of `--json`.
const SCHEMA: &str = "ceteris.screening/1";

/// The object of `--json`.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    headline: String,
    #[serde(flatten)]
    study: &'a Screening,
    real: Option<&'a RealRates>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_available: Option<NotAvailable>,
}

/// What could not be drawn, and why.
#[derive(Serialize)]
struct NotAvailable {
    figure5: String,
}

/// Runs the study, prints it and writes it.
pub(super) fn run(args: &ScreeningArgs) -> Result<(), Failure> {
    if let Some(path) = &args.out {
        folder(path, args.force).check()?; // before the work, not after it
    }
    let real = match &args.lookup {
        Some(lookup) => Some(RealRates::read(lookup, args.qof_ccg.as_deref())?),
        None => None,
    };
    let study = study(args)?;
    let tables = tables(&study, real.as_ref());
    let figure_failed = match &args.out {
        Some(path) => write(folder(path, args.force), &study, &tables)?,
        None => None,
    };
    if args.json {
        let headline = study.source.headline();
        let (real, not_available) = (real.as_ref(), figure_failed.map(|figure5| NotAvailable { figure5 }));
        return output::print_json(&Object { schema: SCHEMA, headline, study: &study, real, not_available });
    }
    let mut text = format!("{}\n", study.source.headline());
    for (_, table) in &tables {
        text.push('\n');
        text.push_str(&table.text()?);
    }
    if let Some(reason) = figure_failed {
        text.push_str(&format!("\nFigure 5: not available: {reason}\n"));
    }
    output::print(&text)
}

fn study(args: &ScreeningArgs) -> Result<Screening, Failure> {
    let Some(path) = &args.panel else {
        let panel = StudyPanel::new(&Twin::screening().add_caesarean().frame(), &PanelColumns::default())?;
        return Ok(Screening::run(&panel, Source::Simulated)?);
    };
    let columns = columns(args);
    let numbers = [&columns.local_authorities, &columns.numerator, &columns.denominator];
    let loaded = load_with(path, &CsvReader::new().real(numbers))?;
    let source = Source::of_file(path, &loaded.frame);
    let study = StudyPanel::new(&loaded.frame, &columns).and_then(|panel| Screening::run(&panel, source));
    study.map_err(|error| loaded.explain(error).into())
}

fn columns(args: &ScreeningArgs) -> PanelColumns {
    PanelColumns {
        practice: args.practice.clone(),
        local_authorities: args.local_authorities.clone(),
        ccg: args.ccg.clone(),
        year: args.year.clone(),
        indicator: args.indicator.clone(),
        numerator: args.numerator.clone(),
        denominator: args.denominator.clone(),
        affected: args.affected.clone(),
        unaffected: args.unaffected.clone(),
        second: args.second.clone(),
    }
}

/// The study's tables, with the real ones after Table 6.
fn tables(study: &Screening, real: Option<&RealRates>) -> Vec<(String, Table)> {
    let mut tables = study.tables();
    let after = 1 + tables.iter().position(|(stem, _)| stem.ends_with("table6_relative_change")).unwrap_or(0);
    let real = real.map(RealRates::tables).unwrap_or_default();
    tables.splice(after..after, real);
    tables
}

fn folder(path: &Path, force: bool) -> OutputFolder {
    files::replacing(OutputFolder::new(path), force)
}

/// Writes all files, and says why the figure is not among them if it could not be drawn.
fn write(
    folder: OutputFolder,
    study: &Screening,
    tables: &[(String, Table)],
) -> Result<Option<String>, Failure> {
    let (mut folder, failed) = files::figure(folder, &study.source.stem("figure5"), study.figure5());
    for (stem, table) in tables {
        folder = folder.table(stem, table)?;
    }
    folder.write()?;
    Ok(failed)
}
