//! The flags of `ceteris ldv` and `ceteris bracket`.

use clap::Args;

use super::{Columns, DesignArgs};
use crate::args::values;

/// A lagged-dependent-variable estimate.
#[derive(Debug, Args)]
#[command(after_help = LDV_EXAMPLES)]
pub(crate) struct LdvArgs {
    /// The treatment, or several doses with commas between them (`LaggedOutcome::doses`).
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', required = true, value_parser = values::column)]
    pub(crate) treatment: Vec<String>,

    #[command(flatten)]
    pub(crate) panel: PanelArgs,

    /// The first time under the reform: later times are explained by the outcomes of the times before
    /// it (`LaggedOutcome::reform`). Without it, lags are the times just before.
    #[arg(long, value_name = "TIME", value_parser = values::time, allow_negative_numbers = true)]
    pub(crate) date: Option<i64>,

    /// Lags and times with coefficients of their own for each level of this column
    /// (`LaggedOutcome::by`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) by: Option<String>,

    #[command(flatten)]
    pub(crate) design: DesignArgs,
}

impl LdvArgs {
    /// The columns that must be numbers.
    pub(crate) fn columns(&self) -> Columns<'_> {
        self.panel.columns(self.treatment.iter().map(String::as_str))
    }
}

const LDV_EXAMPLES: &str = "\
Examples:
  ceteris ldv --data panel.csv --outcome rate --unit practice --time year \\
    --treatment reform_region --date 2013 --lags 2 --vcov cluster:practice
  ceteris ldv --data panel.csv --outcome rate --unit practice --time year \\
    --treatment dose,other_dose --date 2013 --by region";

const BRACKET_EXAMPLE: &str = "\
Example:
  ceteris bracket --data panel.csv --outcome rate --unit practice --time year \\
    --treated region --date 2013 --vcov cluster:practice";

/// Two estimates on the same rows.
#[derive(Debug, Args)]
#[command(after_help = BRACKET_EXAMPLE)]
pub(crate) struct BracketArgs {
    /// 1 for units that the reform touches (`Bracket::new`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) treated: String,

    #[command(flatten)]
    pub(crate) panel: PanelArgs,

    /// The first time under the reform (`Bracket::new`).
    #[arg(long, value_name = "TIME", value_parser = values::time, allow_negative_numbers = true)]
    pub(crate) date: i64,

    #[command(flatten)]
    pub(crate) design: DesignArgs,
}

impl BracketArgs {
    /// The columns that must be numbers.
    pub(crate) fn columns(&self) -> Columns<'_> {
        self.panel.columns([self.treated.as_str()])
    }
}

/// A panel with earlier outcomes.
#[derive(Debug, Args)]
pub(crate) struct PanelArgs {
    /// The column that identifies a unit (`Index::unit`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) unit: String,

    /// The column of the time, whole numbers (`Index::time`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) time: String,

    /// The number of earlier outcomes (`LaggedOutcome::lags`).
    #[arg(long, value_name = "COUNT", default_value = "1", value_parser = values::periods)]
    pub(crate) lags: u32,

    /// 1 for outcomes that the reform should reach: the triple form (`LaggedOutcome::affected`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) affected: Option<String>,
}

impl PanelArgs {
    /// The time, the treatments and what they should reach.
    fn columns<'a>(&'a self, treatments: impl IntoIterator<Item = &'a str>) -> Columns<'a> {
        let indicators = treatments.into_iter().chain(self.affected.as_deref()).collect();
        Columns { numbers: vec![&self.time], indicators }
    }
}
