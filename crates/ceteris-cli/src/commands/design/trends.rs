//! `ceteris trends`: what the times before treatment can and cannot say about parallel trends.

use ceteris::{ParallelTrends, TrendsReport};
use ceteris_report::OutputFolder;
use serde::Serialize;

use super::event::{columns, study};
use crate::args::{OutputArgs, TrendsArgs};
use crate::commands::regression::source::{File, in_file_rows};
use crate::commands::regression::specification;
use crate::exit::Failure;
use crate::output;

/// The object of `--json`.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    formula: String,
    #[serde(flatten)]
    report: &'a TrendsReport,
    notices: Vec<String>,
}

/// Fits, asks, prints and writes.
pub(in crate::commands) fn run(args: &TrendsArgs) -> Result<(), Failure> {
    let design = &args.design;
    folder_of(&design.output, "").check()?;
    let study = study(&args.study, design)?;
    let file = File::read_with(&design.settings, &study.ols(), &columns(&args.study))?;
    let frame = &file.loaded.frame;
    let fitted = file.explained(study.fit(frame))?;
    let vcov = specification::vcov(&design.settings)?;
    let path = fitted.path_under(vcov.clone(), design.ssc).map_err(in_file_rows)?;
    let placebos = file.explained(study.placebos(frame, vcov, design.ssc))?;
    let mut asked = ParallelTrends::of(&path).placebos(placebos).level(design.level).power(args.power);
    if let Some(margin) = args.margin {
        asked = asked.equivalence_margin(margin);
    }
    if let Some(bounds) = &args.magnitudes {
        asked = asked.magnitudes(bounds.iter().copied());
    }
    if let Some(bounds) = &args.smoothness {
        asked = asked.smoothness(bounds.iter().copied());
    }
    let report = asked.report()?;
    let notices = fitted.notices();
    let mut text = format!("{}\n\n{report}", fitted.fit().ols());
    notices.iter().for_each(|notice| text.push_str(&format!("note: {notice}\n")));
    folder_of(&design.output, &text).write()?;
    if design.output.json {
        let (schema, formula) = ("ceteris.trends/1", fitted.fit().ols().to_string());
        let notices = notices.iter().map(ToString::to_string).collect();
        return output::print_json(&Object { schema, formula, report: &report, notices });
    }
    output::print(&text)
}

fn folder_of(args: &OutputArgs, text: &str) -> OutputFolder {
    let Some(path) = &args.out else { return OutputFolder::new("") };
    let folder = OutputFolder::new(path).file("trends.txt", text);
    if args.force { folder.replace() } else { folder }
}
