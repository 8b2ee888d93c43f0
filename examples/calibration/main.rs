//! Do tests at 5 % reject 5 % of true nulls? A simulation with fixed seeds.
//!
//! `cargo run --release --example calibration [REPLICATIONS]`
//!
//! A replication draws a data set in which the effect is zero, fits it once, and puts the same question
//! under every covariance: is the effect rejected at 5 %, does its 95 % interval cover zero? Each
//! replication has a keystream of its own, and sums run in the order of the replications: the number of
//! threads changes no digit.
#![allow(clippy::print_stdout, reason = "a program for the terminal: what it prints is its result")]

mod design;
mod failure;
mod keystream;
mod tally;

use ceteris::vcov::VcovKind;
use ceteris::{Cluster, Hc, Iid, Vcov};
use ceteris_report::{Cell, Column, Table};

use design::{CLUSTER, Design, PERIODS};
use failure::Failure;
use keystream::SEED;
use tally::Rates;

/// Replications unless the command says otherwise: a rate of 5 % is then known to half a point.
const REPLICATIONS: u64 = 2_000;

fn main() -> Result<(), Failure> {
    let replications = match std::env::args().nth(1) {
        Some(number) => number.parse().map_err(|_| format!("`{number}` is not a number of replications"))?,
        None => REPLICATIONS,
    };
    if replications < 2 {
        return Err("a spread needs at least two replications".into());
    }
    println!(
        "Command: `cargo run --release --example calibration {replications}`; {replications} replications in \
         each cell; ChaCha8 with the seed `{}`, one stream for each design, size and replication.\n",
        SEED.escape_ascii()
    );
    println!(
        "The true effect is zero. *size*: share of replications with p < 0.05; *coverage*: share with zero inside \
         the 95 % interval. The two add up to 100, and are computed apart: one from the tail of t, one from its \
         quantile. *MC s.e.*: the Monte Carlo standard error of the rate, in points; 5 % is known to {:.2}. *std. \
         error / spread*: the mean standard error over the standard deviation of the estimates. The small-sample \
         correction is `exact`, the default.\n",
        100.0 * (0.05 * 0.95 / replications as f64).sqrt()
    );
    for design in Design::ALL {
        println!("{}", table(design, replications)?.markdown()?);
    }
    Ok(())
}

/// One design at every size under every covariance.
fn table(design: Design, replications: u64) -> Result<Table, Failure> {
    let mut table = Table::new(design.title())
        .column(Column::number(design.counted()))
        .column(Column::text("covariance"))
        .column(Column::number("t df"))
        .column(Column::number("size, %"))
        .column(Column::number("MC s.e. of size"))
        .column(Column::number("coverage, %"))
        .column(Column::number("MC s.e. of coverage"))
        .column(Column::number("std. error / spread"));
    for size in design.sizes() {
        let kinds = kinds(design);
        let rates = tally::run(design, size, &kinds, replications)?;
        let rows = kinds.iter().zip(&rates).map(|(kind, rates)| row(size, kind, rates));
        table = table.rows(rows);
    }
    Ok(design.notes().into_iter().fold(table, Table::note))
}

fn row(size: usize, kind: &Vcov, rates: &Rates) -> Vec<Cell> {
    vec![
        size.into(),
        name(kind).into(),
        Cell::real(rates.dof, 0),
        Cell::real(100.0 * rates.size, 2),
        Cell::real(100.0 * rates.error_of(rates.size), 2),
        Cell::real(100.0 * rates.coverage, 2),
        Cell::real(100.0 * rates.error_of(rates.coverage), 2),
        Cell::real(rates.mean_over_spread, 3),
    ]
}

fn name(vcov: &Vcov) -> String {
    match vcov.kind() {
        VcovKind::Cluster(cluster) => cluster.name().to_string(),
        _ => vcov.to_string(),
    }
}

/// The covariances put to a design: those by cluster only where there are clusters.
fn kinds(design: Design) -> Vec<Vcov> {
    let rows = [Iid.into(), Hc::Hc1.into(), Hc::Hc2.into(), Hc::Hc3.into()];
    let by_cluster = || Cluster::by([CLUSTER]);
    let clusters = [by_cluster().cr0().into(), by_cluster().cr1().into()];
    match design {
        Design::Leverage => rows.to_vec(),
        Design::EqualClusters | Design::UnequalClusters => rows.into_iter().chain(clusters).collect(),
    }
}

impl Design {
    /// The heading of the table.
    fn title(self) -> &'static str {
        match self {
            Design::EqualClusters => "(a) Treatment of whole clusters of equal size",
            Design::UnequalClusters => "(b) Treatment of whole clusters of unequal size",
            Design::Leverage => "(c) Independent errors, variance and leverage rising together",
        }
    }

    /// What the first column counts.
    fn counted(self) -> &'static str {
        match self {
            Design::EqualClusters | Design::UnequalClusters => "clusters",
            Design::Leverage => "rows",
        }
    }

    /// What was drawn, and what the literature lets us expect.
    fn notes(self) -> Vec<String> {
        let clustered = format!(
            "Expected: iid and HC1 to HC3 take the rows for independent and reject far too often, with any \
             number of clusters. CR0 and CR1 (t with clusters - 1 degrees of freedom) reject too often with \
             few clusters, CR0 more so, and approach 5 % as clusters are added ({}).",
            "Cameron and Miller 2015, section VI; MacKinnon and Webb 2017"
        );
        let error = "Errors: a cluster's share with variance 1/4 plus a row's with variance 3/4";
        let model = format!("y ~ treated | time, {PERIODS} periods, 3 clusters in 10 treated, drawn anew");
        match self {
            Design::EqualClusters => {
                vec![format!("Model: {model}. {error}; 20 rows in each cluster."), clustered]
            }
            Design::UnequalClusters => vec![
                format!("Model: {model}. {error}; 8 to 48 rows in a cluster, sizes exponential in its number."),
                format!("{clustered} Unequal sizes make few clusters fewer still."),
            ],
            Design::Leverage => vec![
                "Model: y ~ x, where x = exp(z) with z standard normal, so that a few rows have most of the \
                 leverage; the error of a row is normal with standard deviation x."
                    .to_string(),
                "Expected: iid rejects too often at every size. HC1 does too, since it corrects all rows alike \
                 and not those with leverage; HC2 does less so, HC3 least (Long and Ervin 2000; MacKinnon 2013). With \
                 this much leverage the excess fades slowly."
                    .to_string(),
            ],
        }
    }
}
