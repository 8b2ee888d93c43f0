//! The cervical screening study on the embedded SIMULATED panel, as a program of a few lines.
//!
//! `cargo run --release --example screening`

use ceteris_data::twin::Twin;
use ceteris_report::screening::{PanelColumns, Screening, Source, StudyPanel};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let panel = StudyPanel::new(&Twin::screening().add_caesarean().frame(), &PanelColumns::default())?;
    let study = Screening::run(&panel, Source::Simulated)?;
    println!("{}\n", study.source.headline());
    for (_, table) in study.tables() {
        println!("{}", table.text()?);
    }
    Ok(())
}
