//! The flags of `ceteris dose`.

use std::path::PathBuf;

use ceteris_report::dose::RealFiles;
use clap::Args;

/// The public files of the real doses, which go together.
const REAL: [&str; 5] = ["lookup", "membership", "practices", "commissioners", "qof"];

/// The dose-of-reform study: Tables 9 to 18 and Figures 6 to 8, published beside computed.
///
/// It runs on 40 embedded SIMULATED outcomes, calibrated to the published tables. With the public files
/// (--lookup, --membership, --practices, --commissioners and --qof) it is another study: the real doses and
/// all QOF indicators by commissioning group, our own analysis and not the report's.
#[derive(Debug, Args)]
pub(crate) struct DoseArgs {
    /// Boundaries of the commissioning groups as GeoJSON in degrees, to draw Figures 6 to 8 as maps and
    /// not as rank plots (`read_areas`, `Study::dose_maps`)
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with_all = REAL)]
    pub(crate) boundaries: Option<PathBuf>,

    /// The property of --boundaries with the code of a group; the simulated ones are C001 to C208
    #[arg(long, value_name = "PROPERTY", default_value = "code", requires = "boundaries")]
    pub(crate) boundary_code: String,

    /// The lookup of small areas, commissioning groups and local authorities, 2015 or 2016
    /// (`LocalAuthorities`)
    #[arg(long, value_name = "FILE", requires_all = ["membership", "practices", "commissioners", "qof"])]
    pub(crate) lookup: Option<PathBuf>,

    /// The membership of practices with days, epcmem (`Membership`)
    #[arg(long, value_name = "FILE", requires_all = ["lookup", "practices", "commissioners", "qof"])]
    pub(crate) membership: Option<PathBuf>,

    /// The practices, epraccur (`Organisations::practices`)
    #[arg(long, value_name = "FILE", requires_all = ["lookup", "membership", "commissioners", "qof"])]
    pub(crate) practices: Option<PathBuf>,

    /// The commissioning groups, eccg (`Organisations::commissioners`)
    #[arg(long, value_name = "FILE", requires_all = ["lookup", "membership", "practices", "qof"])]
    pub(crate) commissioners: Option<PathBuf>,

    /// All QOF indicators by commissioning group, 2014/15 to 2018/19 (`QofIndicators`)
    #[arg(long, value_name = "FILE", requires_all = ["lookup", "membership", "practices", "commissioners"])]
    pub(crate) qof: Option<PathBuf>,

    /// List sizes of practices, to weight the number of local authorities by patients (`ListSizes`)
    #[arg(long, value_name = "FILE", requires_all = REAL)]
    pub(crate) lists: Option<PathBuf>,

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

impl DoseArgs {
    /// The public files; `None` for the simulated outcomes. The flags come all or none.
    pub(crate) fn real_files(&self) -> Option<RealFiles> {
        Some(RealFiles {
            lookup: self.lookup.clone()?,
            membership: self.membership.clone()?,
            practices: self.practices.clone()?,
            commissioners: self.commissioners.clone()?,
            qof: self.qof.clone()?,
            lists: self.lists.clone(),
        })
    }
}
