//! `ceteris trends`: what the times before treatment can and cannot say about parallel trends.

use std::collections::BTreeMap;

use ceteris::ParallelTrends;
use ceteris::parallel_trends::{Answer, HonestReport, TrendsReport};
use ceteris_report::{BoundsFigure, Drawing, OutputFolder, PathFigure};
use serde::Serialize;

use super::asked::Asked;
use super::path;
use super::study::study;
use crate::args::{OutputArgs, TrendsArgs};
use crate::exit::Failure;
use crate::{cells, files, output};

/// What could not be computed or drawn, and why.
type NotAvailable = BTreeMap<String, String>;

/// The object of `--json`.
#[derive(Serialize)]
struct Object<'a> {
    schema: &'static str,
    formula: String,
    #[serde(flatten)]
    report: &'a TrendsReport,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    not_available: NotAvailable,
    notices: Vec<String>,
}

/// Fits, asks, prints and writes.
pub(in crate::commands) fn run(args: &TrendsArgs) -> Result<(), Failure> {
    let asked = Asked::read(&args.design)?;
    check_output(&args.design.output)?;
    let study = study(&args.study, &asked)?;
    let file = asked.file(&study.ols(), &args.study.columns())?;
    let frame = &file.loaded.frame;
    let fitted = file.explained(study.fit(frame))?;
    let path = file.explained(fitted.path(asked.vcov.clone()))?;
    let mut not_available = NotAvailable::new();
    let placebos = study.placebos(frame, asked.vcov.clone()).unwrap_or_else(|error| {
        not_available.insert("placebos".to_string(), error.to_string());
        Vec::new()
    });
    let questions = ParallelTrends::of(&path).placebos(placebos).level(asked.level).power(args.power);
    let report = with_bounds(questions, args).report()?;
    let ols = fitted.fit().ols();
    let folder = args.design.output.out.as_ref().map(|out| {
        figures(OutputFolder::new(out), &report, path::title(&ols.outcome().to_string()), &mut not_available)
    });
    let notices: Vec<String> = fitted.notices().iter().map(ToString::to_string).collect();
    let rows = cells::counted(fitted.fit().nobs(), "observation");
    let mut text = format!("{ols}\n{rows}{}\n\n{report}", asked.rows());
    for (part, reason) in &not_available {
        text.push_str(&format!("{part}: not available: {reason}\n"));
    }
    notices.iter().for_each(|notice| text.push_str(&format!("note: {notice}\n")));
    if let Some(folder) = folder {
        files::replacing(folder.file("trends.txt", text.as_str()), args.design.output.force).write()?;
    }
    if args.design.output.json {
        let (schema, formula) = ("ceteris.trends/1", ols.to_string());
        return output::print_json(&Object { schema, formula, report: &report, not_available, notices });
    }
    output::print(&text)
}

/// The margin and the bounds of the flags.
fn with_bounds(questions: ParallelTrends, args: &TrendsArgs) -> ParallelTrends {
    let mut questions = questions;
    if let Some(margin) = args.margin {
        questions = questions.equivalence_margin(margin);
    }
    if let Some(bounds) = &args.magnitudes {
        questions = questions.magnitudes(bounds.iter().copied());
    }
    if let Some(bounds) = &args.smoothness {
        questions = questions.smoothness(bounds.iter().copied());
    }
    questions
}

/// Refuses a folder that cannot be written, before the work and not after it.
fn check_output(args: &OutputArgs) -> Result<(), Failure> {
    let Some(path) = &args.out else { return Ok(()) };
    let pictures = ["path", "magnitudes", "smoothness"].into_iter();
    let pictures = pictures.flat_map(|stem| [format!("{stem}.svg"), format!("{stem}.png")]);
    let folder = OutputFolder::new(path).file("trends.txt", "");
    let folder = pictures.fold(folder, |folder, name| folder.file(&name, ""));
    Ok(files::replacing(folder, args.force).check()?)
}

/// The path, and the bounds that the report has, as figures.
fn figures(
    folder: OutputFolder,
    report: &TrendsReport,
    title: String,
    not_available: &mut NotAvailable,
) -> OutputFolder {
    let bounds = |found: &Answer<HonestReport>| found.given().map(|found| BoundsFigure::of(found).draw());
    let drawings: [(&str, Option<Result<Drawing, _>>); 3] = [
        ("path", Some(path_figure(report).title(title).draw())),
        ("magnitudes", bounds(&report.magnitudes)), // without an answer, the text says why
        ("smoothness", bounds(&report.smoothness)),
    ];
    let mut folder = folder;
    for (stem, drawing) in drawings.into_iter().filter_map(|(stem, drawing)| Some((stem, drawing?))) {
        let (with_figure, failed) = files::figure(folder, stem, drawing);
        not_available.extend(failed.map(|reason| (format!("figure {stem}"), reason)));
        folder = with_figure;
    }
    folder
}

/// The path with its uniform band; a path without one says why.
fn path_figure(report: &TrendsReport) -> PathFigure {
    let figure = PathFigure::of(&report.path, report.level).expect("`--level` is between 0 and 1");
    match report.path.band(report.level) {
        Ok(band) => figure.uniform_band(&band),
        Err(error) => figure.note(format!("No uniform band: {error}.")),
    }
}
