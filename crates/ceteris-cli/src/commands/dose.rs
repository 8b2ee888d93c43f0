//! `ceteris dose`: the study on the simulated outcomes.

use std::path::Path;

use ceteris_data::twin::DoseTwin;
use ceteris_data::{Area, read_areas};
use ceteris_report::dose::Study;
use ceteris_report::{OutputFolder, Table};
use serde::Serialize;

use crate::args::DoseArgs;
use crate::exit::Failure;
use crate::output;
use crate::progress::Progress;

/// The schema of `--json`.
const SCHEMA: &str = "ceteris.dose/1";

/// The object of `--json`.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    headline: String,
    #[serde(flatten)]
    study: &'a Study,
}

/// Runs the study, prints it and writes it.
pub(super) fn run(args: &DoseArgs) -> Result<(), Failure> {
    if let Some(path) = &args.out {
        folder(path, args.force).check()?; // before the work, not after it
    }
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
    let mut text = format!("{headline}\n");
    for (_, table) in &tables {
        text.push('\n');
        text.push_str(&table.text()?);
    }
    output::print(&text)
}

fn study() -> Result<Study, Failure> {
    let mut progress = Progress::new(DoseTwin::calibrated().names().count());
    Ok(Study::simulated(|name| progress.begin(name))?)
}

fn folder(path: &Path, force: bool) -> OutputFolder {
    let folder = OutputFolder::new(path);
    if force { folder.replace() } else { folder }
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
    for (stem, table) in tables {
        folder = folder.table(stem, table)?;
    }
    folder.write()?;
    Ok(())
}
