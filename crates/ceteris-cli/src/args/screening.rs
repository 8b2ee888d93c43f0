//! The flags of `ceteris screening`.

use std::path::PathBuf;

use clap::Args;

/// The cervical screening study: Tables 5 to 8 and Figure 5, published beside computed.
///
/// Without --panel it runs on an embedded SIMULATED panel.
#[derive(Debug, Args)]
pub(crate) struct ScreeningArgs {
    /// A practice panel of your own: CSV (also gzip) or Parquet, one row for each practice, year and
    /// indicator (`StudyPanel::new`)
    #[arg(long, value_name = "FILE")]
    pub(crate) panel: Option<PathBuf>,

    /// The column that identifies a practice
    #[arg(long, value_name = "COLUMN", default_value = "practice", requires = "panel")]
    pub(crate) practice: String,

    /// The column that identifies the practice's commissioning group
    #[arg(long, value_name = "COLUMN", default_value = "ccg", requires = "panel")]
    pub(crate) ccg: String,

    /// The column with the number of local authorities of that group
    #[arg(long, value_name = "COLUMN", default_value = "n_la", requires = "panel")]
    pub(crate) local_authorities: String,

    /// The column of the financial year, as 2009/10 or as 2009
    #[arg(long, value_name = "COLUMN", default_value = "year", requires = "panel")]
    pub(crate) year: String,

    /// The column that tells the indicators apart
    #[arg(long, value_name = "COLUMN", default_value = "indicator", requires = "panel")]
    pub(crate) indicator: String,

    /// The column of the numerators
    #[arg(long, value_name = "COLUMN", default_value = "numerator", requires = "panel")]
    pub(crate) numerator: String,

    /// The column of the denominators, which weight the rows
    #[arg(long, value_name = "COLUMN", default_value = "denominator", requires = "panel")]
    pub(crate) denominator: String,

    /// The label of the indicator that the reform should reach
    #[arg(long, value_name = "LABEL", default_value = "screening", requires = "panel")]
    pub(crate) affected: String,

    /// The label of the indicator that it should not reach
    #[arg(long, value_name = "LABEL", default_value = "unassisted_birth", requires = "panel")]
    pub(crate) unaffected: String,

    /// The label of a second such indicator, used where the panel has it
    #[arg(long, value_name = "LABEL", default_value = "caesarean", requires = "panel")]
    pub(crate) second: String,

    /// The real lookup of small areas, commissioning groups and local authorities (2015 or 2016), to
    /// print real groups beside the published ones (`RealRates::read`)
    #[arg(long, value_name = "FILE")]
    pub(crate) lookup: Option<PathBuf>,

    /// The real CCG-level QOF file of cervical screening, to print real rates beside Table 6
    /// (`RealRates::read`)
    #[arg(long, value_name = "FILE", requires = "lookup")]
    pub(crate) qof_ccg: Option<PathBuf>,

    /// Write each table as CSV, Markdown and LaTeX and Figure 5 as SVG and PNG into this folder
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
