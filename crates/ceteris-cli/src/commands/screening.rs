//! `ceteris screening`: the study on the simulated panel, or on a user's own.

use std::path::Path;

use ceteris_data::twin::Twin;
use ceteris_data::{CsvReader, load_with};
use ceteris_report::screening::{PanelColumns, RealRates, Screening, Source, StudyPanel};
use ceteris_report::{Drawing, OutputFolder, Table};
use serde::Serialize;

use crate::args::ScreeningArgs;
use crate::exit::Failure;
use crate::output;

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
    if let Some(path) = &args.out {
        write(folder(path, args.force), &study, &tables)?;
    }
    if args.json {
        let headline = study.source.headline();
        return output::print_json(&Object { schema: SCHEMA, headline, study: &study, real: real.as_ref() });
    }
    let mut text = format!("{}\n", study.source.headline());
    for (_, table) in &tables {
        text.push('\n');
        text.push_str(&table.text()?);
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
    let source = Source::File { path: path.display().to_string() };
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
    let folder = OutputFolder::new(path);
    if force { folder.replace() } else { folder }
}

fn write(folder: OutputFolder, study: &Screening, tables: &[(String, Table)]) -> Result<(), Failure> {
    let figure: Drawing = study.figure5()?;
    let mut folder = folder.figure(&study.source.stem("figure5"), &figure)?;
    for (stem, table) in tables {
        folder = folder.table(stem, table)?;
    }
    folder.write()?;
    Ok(())
}
