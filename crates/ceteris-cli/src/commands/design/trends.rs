//! `ceteris trends`: what the times before treatment can and cannot say about parallel trends.

use ceteris::ParallelTrends;
use ceteris::parallel_trends::{Answer, HonestReport, TrendsReport};
use ceteris_report::{BoundsFigure, OutputFolder, PathFigure};
use serde::Serialize;

use super::event::{columns, study};
use super::path;
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
    check_output(&design.output)?;
    let study = study(&args.study, design)?;
    let file = File::read_with(&design.settings, &study.ols(), &columns(&args.study))?;
    let frame = &file.loaded.frame;
    let fitted = file.explained(study.fit(frame))?;
    let vcov = specification::vcov(&design.settings, design.ssc)?;
    let path = fitted.path(vcov.clone()).map_err(in_file_rows)?;
    let placebos = file.explained(study.placebos(frame, vcov))?;
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
    write(&design.output, &text, &report, path::title(&fitted.fit().ols().outcome().to_string()))?;
    if design.output.json {
        let (schema, formula) = ("ceteris.trends/1", fitted.fit().ols().to_string());
        let notices = notices.iter().map(ToString::to_string).collect();
        return output::print_json(&Object { schema, formula, report: &report, notices });
    }
    output::print(&text)
}

/// Refuses a folder that cannot be written, before the work and not after it.
fn check_output(args: &OutputArgs) -> Result<(), Failure> {
    let Some(path) = &args.out else { return Ok(()) };
    let pictures = ["path", "magnitudes", "smoothness"].into_iter();
    let pictures = pictures.flat_map(|stem| [format!("{stem}.svg"), format!("{stem}.png")]);
    let folder = OutputFolder::new(path).file("trends.txt", "");
    let folder = pictures.fold(folder, |folder, name| folder.file(&name, ""));
    Ok(if args.force { folder.replace() } else { folder }.check()?)
}

/// The report as text; its path, and the bounds that it has, as figures.
fn write(args: &OutputArgs, text: &str, report: &TrendsReport, title: String) -> Result<(), Failure> {
    let Some(path) = &args.out else { return Ok(()) };
    let folder = OutputFolder::new(path).file("trends.txt", text);
    let folder = folder.figure("path", &path_figure(report)?.title(title).draw()?)?;
    let folder = bounds(folder, "magnitudes", &report.magnitudes)?;
    let folder = bounds(folder, "smoothness", &report.smoothness)?;
    if args.force { folder.replace() } else { folder }.write()?;
    Ok(())
}

/// The path with its uniform band; a path without one says why.
fn path_figure(report: &TrendsReport) -> Result<PathFigure, Failure> {
    let figure = PathFigure::of(&report.path, report.level)?;
    Ok(match report.path.band(report.level) {
        Ok(band) => figure.uniform_band(&band),
        Err(error) => figure.note(format!("No uniform band: {error}.")),
    })
}

fn bounds(folder: OutputFolder, stem: &str, found: &Answer<HonestReport>) -> Result<OutputFolder, Failure> {
    match found {
        Answer::Given(report) => Ok(folder.figure(stem, &BoundsFigure::of(report).draw()?)?),
        Answer::Refused { .. } => Ok(folder), // the text says why
    }
}
