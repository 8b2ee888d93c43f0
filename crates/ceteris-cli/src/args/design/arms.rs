//! The flags of `ceteris did` and `ceteris ddd`.

use ceteris::{Post, Reform};
use clap::{ArgGroup, Args};

use super::{Columns, DesignArgs};
use crate::args::values;

/// A difference-in-differences.
#[derive(Debug, Args)]
#[command(after_help = DID_EXAMPLES)]
pub(crate) struct DidArgs {
    /// 1 for units that the reform touches, in every period (`DifferenceInDifferences::new`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) treated: String,

    #[command(flatten)]
    pub(crate) when: WhenArgs,

    #[command(flatten)]
    pub(crate) design: DesignArgs,
}

const DID_EXAMPLES: &str = "\
Examples:
  ceteris did --data panel.csv --outcome rate --treated region --post after \\
    --vcov cluster:practice
  ceteris did --data panel.csv --outcome rate --treated region --time year \\
    --date 2013 --absorb practice+year --vcov cluster:practice";

/// A triple difference.
#[derive(Debug, Args)]
#[command(after_help = DDD_EXAMPLE)]
pub(crate) struct DddArgs {
    /// 1 where the reform takes place, in every period (`Groups::treated`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) treated: String,

    /// 1 for what the reform should reach, in every period (`Groups::affected`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) affected: String,

    #[command(flatten)]
    pub(crate) when: WhenArgs,

    #[command(flatten)]
    pub(crate) design: DesignArgs,
}

const DDD_EXAMPLE: &str = "\
Example:
  ceteris ddd --data panel.csv --outcome rate --treated region \\
    --affected screening --time year --date 2013 \\
    --absorb practice^screening+year^screening --vcov cluster:practice";

/// What "after" means: a column, or a date.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("when").args(["post", "date"]).required(true))]
pub(crate) struct WhenArgs {
    /// 1 from the reform on (`Post::column`); or give --time and --date.
    #[arg(long, value_name = "COLUMN")]
    pub(crate) post: Option<String>,

    /// The column of the time (`Reform::time`).
    #[arg(long, value_name = "COLUMN", requires = "date", conflicts_with = "post")]
    pub(crate) time: Option<String>,

    /// The first time under the reform (`Reform::date`).
    #[arg(long, value_name = "TIME", requires = "time", value_parser = values::time)]
    #[arg(allow_negative_numbers = true)]
    pub(crate) date: Option<i64>,
}

impl DidArgs {
    /// The columns that must be numbers.
    pub(crate) fn columns(&self) -> Columns<'_> {
        self.when.columns([self.treated.as_str()])
    }
}

impl DddArgs {
    /// The columns that must be numbers.
    pub(crate) fn columns(&self) -> Columns<'_> {
        self.when.columns([self.treated.as_str(), &self.affected])
    }
}

impl WhenArgs {
    /// The columns that say when "after" is, and the indicators of the groups.
    fn columns<'a>(&'a self, groups: impl IntoIterator<Item = &'a str>) -> Columns<'a> {
        let indicators = groups.into_iter().chain(self.post.as_deref()).collect();
        Columns { numbers: self.time.as_deref().into_iter().collect(), indicators }
    }

    /// What the flags mean together.
    pub(crate) fn meaning(&self) -> Post {
        match (self.post.as_deref(), self.time.as_deref(), self.date) {
            (Some(post), ..) => Post::column(post),
            (None, Some(time), Some(date)) => Reform { time, date }.into(),
            _ => unreachable!("the parser asks for --post, or for --time with --date"),
        }
    }
}
