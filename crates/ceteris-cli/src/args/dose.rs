//! The flags of `ceteris dose`.

use std::path::PathBuf;

use clap::Args;

/// The dose-of-reform study: Tables 9 to 18 and Figures 6 to 8, published beside computed.
///
/// It runs on 40 embedded SIMULATED outcomes, calibrated to the published tables.
#[derive(Debug, Args)]
pub(crate) struct DoseArgs {
    /// Boundaries of the commissioning groups as GeoJSON in degrees, to draw Figures 6 to 8 as maps and
    /// not as rank plots (`read_areas`, `Study::dose_maps`)
    #[arg(long, value_name = "FILE", requires = "out")]
    pub(crate) boundaries: Option<PathBuf>,

    /// The property of --boundaries with the code of a group; the simulated ones are C001 to C208
    #[arg(long, value_name = "PROPERTY", default_value = "code", requires = "boundaries")]
    pub(crate) boundary_code: String,

    /// Write each table as CSV, Markdown and LaTeX and each figure as SVG and PNG into this folder
    /// (`OutputFolder`)
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,

    /// Let new files in --out take the place of existing ones (`OutputFolder::replace`)
    #[arg(long, requires = "out")]
    pub(crate) force: bool,

    /// Print one JSON object in place of the tables
    #[arg(long)]
    pub(crate) json: bool,
}
