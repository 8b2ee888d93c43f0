//! The flags of `ceteris check-table`.

use std::path::PathBuf;

use ceteris_report::check_table::Convention;
use clap::Args;

use super::{OutputArgs, TextArgs};

/// Are the numbers of a published table coherent, given how they are rounded?
///
/// Exit code 0 says that the table could be checked, whatever was found.
#[derive(Debug, Args)]
#[command(after_help = COLUMNS)]
pub(crate) struct CheckTableArgs {
    /// The table as CSV (also gzip), its numbers as printed (`check_table::rows_of`).
    #[arg(required_unless_present = "report")]
    pub(crate) file: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) text: TextArgs,

    /// Check Tables 7, 8 and 12 to 18 of the evaluation that this program reproduces
    /// (`CheckReport::published`); takes no FILE, --delimiter or --stars.
    #[arg(long)]
    pub(crate) report: bool,

    /// What one, two and three stars mean, such as 0.1,0.05,0.01 (`Convention::new`)
    ///
    /// If it is not given, each table's stars are read by the usual convention
    /// that fits best: that one, or 0.05,0.01,0.001.
    #[arg(long, value_name = "P,P,P", value_parser = stars, verbatim_doc_comment)]
    pub(crate) stars: Option<Convention>,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const COLUMNS: &str = "\
Columns, any subset: table, name (term), b (estimate), se (std_error),
t (statistic), p (p_value), ci_low, ci_high, level, stars, n (nobs), f, df1,
df2 (df), verdict (reject or not), also_printed (another print of b),
minuend and subtrahend (of which b is the difference). In a row with f, the
p and df2 are those of F. Numbers keep their decimals: 1.20 is not 1.2.";

/// Three probabilities that fall.
fn stars(text: &str) -> Result<Convention, String> {
    let must = || "three probabilities that fall, such as 0.1,0.05,0.01".to_string();
    let parsed: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse()).collect();
    let thresholds: [f64; 3] = parsed.map_err(|_| must())?.try_into().map_err(|_| must())?;
    Convention::new(thresholds).ok_or_else(must)
}

#[cfg(test)]
mod tests {
    use super::stars;

    #[test]
    fn stars_are_three_probabilities_that_fall() {
        assert!(stars("0.1, 0.05,0.01").is_ok());
        for text in ["", "0.1", "0.1,0.05", "0.01,0.05,0.1", "0.1,x,0.01", "1.5,0.05,0.01", "NaN,0.05,0.01"] {
            assert!(stars(text).is_err(), "{text}");
        }
    }
}
