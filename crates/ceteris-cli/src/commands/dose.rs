//! `ceteris dose`: the study on the simulated outcomes, or our own on public files.

use std::path::Path;

use ceteris_data::twin::DoseTwin;
use ceteris_data::{Area, read_areas};
use ceteris_report::dose::{RealFiles, RealStudy, Study};
use ceteris_report::{OutputFolder, Table};
use serde::Serialize;

use crate::args::DoseArgs;
use crate::exit::Failure;
use crate::{files, output, progress};

/// The schema of `--json`.
const SCHEMA: &str = "ceteris.dose/1";
/// The schema of `--json` for public files.
const REAL_SCHEMA: &str = "ceteris.dose_real/1";

/// The object of `--json`.
#[derive(Serialize)]
struct Object<'a, S> {
    schema: &'static str,
    headline: String,
    #[serde(flatten)]
    study: &'a S,
}

/// Runs the study, prints it and writes it.
pub(super) fn run(args: &DoseArgs) -> Result<(), Failure> {
    if let Some(path) = &args.out {
        folder(path, args.force).check()?; // before the work, not after it
    }
    match args.real_files() {
        Some(files) => run_real(args, &files),
        None => run_simulated(args),
    }
}

fn run_real(args: &DoseArgs, files: &RealFiles) -> Result<(), Failure> {
    let study = RealStudy::read(files)?;
    let tables = study.tables();
    if let Some(path) = &args.out {
        tables_in(folder(path, args.force), &tables)?.write()?;
    }
    let headline = study.headline();
    if args.json {
        return output::print_json(&Object { schema: REAL_SCHEMA, headline, study: &study });
    }
    print(&headline, &tables)
}

fn run_simulated(args: &DoseArgs) -> Result<(), Failure> {
    let areas = match &args.boundaries {
        Some(path) => Some(read_areas(path, &args.boundary_code)?),
        None => None,
    };
    let study = study()?;
    let tables = study.tables();
    if let Some(path) = &args.out {
        write(folder(path, args.force), &study, &tables, areas.as_deref())?;
    }
    let headline = study.source.headline();
    if args.json {
        return output::print_json(&Object { schema: SCHEMA, headline, study: &study });
    }
    print(&headline, &tables)
}

fn print(headline: &str, tables: &[(String, Table)]) -> Result<(), Failure> {
    let mut text = format!("{headline}\n");
    for (_, table) in tables {
        text.push('\n');
        text.push_str(&table.text()?);
    }
    output::print(&text)
}

fn study() -> Result<Study, Failure> {
    let bar = progress::bar(DoseTwin::calibrated().names().count());
    Ok(Study::simulated(|name| progress::begin(&bar, name))?)
}

fn folder(path: &Path, force: bool) -> OutputFolder {
    files::replacing(OutputFolder::new(path), force)
}

fn write(
    folder: OutputFolder,
    study: &Study,
    tables: &[(String, Table)],
    areas: Option<&[Area]>,
) -> Result<(), Failure> {
    let mut folder = folder.figure(&study.source.stem("forest"), &study.forest()?)?;
    let figures = match areas {
        Some(areas) => study.dose_maps(areas)?,
        None => study.dose_figures()?,
    };
    for (stem, figure) in figures {
        folder = folder.figure(&stem, &figure)?;
    }
    tables_in(folder, tables)?.write()?;
    Ok(())
}

fn tables_in(folder: OutputFolder, tables: &[(String, Table)]) -> Result<OutputFolder, Failure> {
    tables.iter().try_fold(folder, |folder, (stem, table)| Ok(folder.table(stem, table)?))
}
