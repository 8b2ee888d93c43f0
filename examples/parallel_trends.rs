//! What the years before a reform can and cannot say about parallel trends, on the SIMULATED screening panel.
//!
//! `cargo run --release --example parallel_trends` writes its figures to `target/parallel_trends`.

use ceteris::{Cluster, Groups, ParallelTrends, Reform, TripleDifference, Weights, fe};
use ceteris_data::twin::Twin;
use ceteris_report::screening::{PanelColumns, StudyPanel};
use ceteris_report::{BoundsFigure, OutputFolder, PathFigure};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())?;
    let frame = panel.frame();
    let groups = Groups { treated: "multi_la", affected: "screening" };
    let design = TripleDifference::new("rate", groups, Reform { time: "year", date: 2013 })
        .absorb([fe("practice").by("screening"), fe("year").by("screening"), fe("year").by("multi_la")])
        .weights(Weights::analytic("denominator"));
    let vcov = || Cluster::by(["practice"]);
    let path = design.event_study()?.fit(frame)?.path(vcov())?;
    let placebos = design.placebos(frame, vcov())?;

    let report = ParallelTrends::of(&path).placebos(placebos).equivalence_margin(0.5).report()?;
    println!("SIMULATED practice rows\n\n{report}");

    let figure = PathFigure::of(&path, report.level)
        .uniform_band(&path.band(report.level)?)
        .title("Triple difference by years since the reform")
        .annotation("SIMULATED practice rows");
    let mut folder = OutputFolder::new("target/parallel_trends").replace().figure("path", &figure.draw()?)?;
    for (stem, bounds) in [("magnitudes", &report.magnitudes), ("smoothness", &report.smoothness)] {
        if let Some(bounds) = bounds.given() {
            let figure = BoundsFigure::of(bounds).annotation("SIMULATED practice rows");
            folder = folder.figure(stem, &figure.draw()?)?;
        }
    }
    for file in folder.write()? {
        println!("wrote {}", file.display());
    }
    Ok(())
}
