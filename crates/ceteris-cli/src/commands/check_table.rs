//! `ceteris check-table`: the coherence of a table's printed numbers.

use std::path::Path;

use ceteris_report::check_table::{CheckReport, CheckTable, rows_of};
use ceteris_report::{OutputFolder, Table};
use serde::Serialize;

use crate::args::CheckTableArgs;
use crate::exit::Failure;
use crate::{files, output};

/// The schema of `--json`.
const SCHEMA: &str = "ceteris.check-table/1";

/// The object of `--json`.
#[derive(Serialize)]
struct Object<T: Serialize> {
    schema: &'static str,
    #[serde(flatten)]
    checked: T,
}

/// Checks, prints and writes.
pub(super) fn run(args: &CheckTableArgs) -> Result<(), Failure> {
    refuse_both(args)?;
    if let Some(path) = &args.output.out {
        folder(path, args.output.force).check()?; // before the work, not after it
    }
    match &args.file {
        Some(file) => {
            let rows = rows_of(file, &args.text.reader())?;
            let checked = CheckTable::of(&rows, args.stars);
            show(args, &checked.tables(), &checked)
        }
        None => {
            let checked = CheckReport::published();
            show(args, &checked.tables(), &checked)
        }
    }
}

/// The report's tables are embedded: nothing about a file applies to them.
fn refuse_both(args: &CheckTableArgs) -> Result<(), Failure> {
    let for_files = args.file.is_some() || args.stars.is_some() || args.text.delimiter.is_some();
    if args.report && for_files {
        return Err(Failure::Usage(
            "`--report` must stand without FILE, `--delimiter` and `--stars`, but one is given; leave it out"
                .to_string(),
        ));
    }
    Ok(())
}

fn show(args: &CheckTableArgs, tables: &[(String, Table)], checked: &impl Serialize) -> Result<(), Failure> {
    if let Some(path) = &args.output.out {
        let folder = tables
            .iter()
            .try_fold(folder(path, args.output.force), |folder, (stem, table)| folder.table(stem, table))?;
        folder.write()?;
    }
    if args.output.json {
        return output::print_json(&Object { schema: SCHEMA, checked });
    }
    let texts: Result<Vec<String>, _> = tables.iter().map(|(_, table)| table.text()).collect();
    output::print(&texts?.join("\n"))
}

fn folder(path: &Path, force: bool) -> OutputFolder {
    files::replacing(OutputFolder::new(path), force)
}
