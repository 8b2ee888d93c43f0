//! The table of coefficients that is printed and written.

use ceteris::frame::{Rule, rows_in_words};
use ceteris::{Coefficient, Distribution, Inference, Notice};
use ceteris_report::{Cell, Column, Table};

use super::remark::{Fact, Remark};
use crate::cells::{self, counted};
use crate::decimals::{decimals, decimals_of, percent};
use crate::interval::interval;

/// Digits of measures of fit.
const FIT_DIGITS: i32 = 6;

/// What there is to show.
pub(super) struct Shown<'a> {
    /// The regression under its covariance.
    pub(super) inference: &'a Inference,
    /// The coefficients to show.
    pub(super) coefs: Vec<Coefficient>,
    /// The level of the intervals.
    pub(super) level: f64,
    /// What the reader should know.
    pub(super) remarks: &'a [Remark],
}

impl Shown<'_> {
    /// Rounded, with words.
    pub(super) fn for_people(&self) -> Table {
        let statistic = match self.inference.distribution() {
            Distribution::T(_) => "t",
            Distribution::Normal => "z",
        };
        let table = Table::new(self.inference.fit().ols().to_string())
            .missing("-")
            .column(Column::text("term"))
            .column(Column::number("estimate"))
            .column(Column::number("std. error"))
            .column(Column::number(statistic))
            .column(Column::number("p"))
            .column(Column::interval(format!("{} interval", percent(self.level))))
            .rows(self.coefs.iter().map(|coef| row(coef, self.level)));
        self.notes().into_iter().fold(table, Table::note)
    }

    /// Exact, with the words of the JSON object.
    pub(super) fn for_programs(&self) -> Table {
        const NUMBERS: [&str; 6] = ["estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high"];
        let table = Table::new("coefficients").missing("-").column(Column::text("term"));
        let table = NUMBERS.into_iter().fold(table, |table, name| table.column(Column::number(name)));
        table.rows(self.coefs.iter().map(|coef| {
            let (low, high) = interval(coef, self.level).unzip();
            let (statistic, p_value) = (coef.statistic().ok(), coef.p_value().ok());
            let numbers = [Some(coef.estimate), coef.std_error.ok(), statistic, p_value, low, high];
            let numbers = numbers.into_iter().map(|number| cells::number(number, 0));
            std::iter::once(Cell::text(coef.name.as_str())).chain(numbers).collect::<Vec<_>>()
        }))
    }

    /// What stands under the table.
    fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.rows_used()];
        notes.extend(
            self.inference.fit().dropped().iter().map(|dropped| {
                format!("dropped: {} ({})", counted(dropped.rows, "row"), reason(&dropped.rule))
            }),
        );
        notes.push(self.errors());
        notes.push(self.closeness());
        let told = |remark: &&Remark| !is_about_rows(&remark.fact);
        notes.extend(self.remarks.iter().filter(told).map(|remark| format!("note: {}", remark.text)));
        notes
    }

    fn rows_used(&self) -> String {
        let fit = self.inference.fit();
        let used = counted(fit.nobs(), "observation");
        let read = counted(fit.sample().nrows_read(), "row");
        format!("{used} of {read} read{}", rows_in_words(fit.weights(), fit.ols().conditions()))
    }

    /// How the standard errors were made.
    fn errors(&self) -> String {
        let inference = self.inference;
        let clusters = inference.vcov().cluster_columns().iter().zip(inference.nclusters());
        let clusters: String = clusters
            .map(|(column, count)| format!(", {} of `{column}`", counted(*count, "cluster")))
            .collect();
        let tail = match inference.distribution() {
            Distribution::T(1.0) => "t with 1 degree of freedom".to_string(),
            Distribution::T(dof) => format!("t with {dof} degrees of freedom"),
            Distribution::Normal => "normal distribution".to_string(),
        };
        let (vcov, ssc) = (inference.vcov(), inference.vcov().correction());
        format!("standard errors: {vcov} (correction: {ssc}){clusters}; {tail}")
    }

    /// How close the fit is, and what the effects cost.
    fn closeness(&self) -> String {
        let fit = self.inference.fit();
        let quality = fit.quality();
        let shown = |name: &str, value: f64| {
            let decimals = usize::from(decimals(value, FIT_DIGITS));
            format!("{name} {value:.decimals$}")
        };
        let mut parts = vec![format!("R2 {:.6}", quality.r2)];
        parts.extend(quality.r2_within.map(|within| format!("within {within:.6}")));
        parts.push(shown("rmse", quality.rmse));
        parts.push(shown("sigma", quality.sigma));
        if !fit.ols().effects().is_empty() {
            let (ledger, absorbed) = (fit.ledger(), fit.absorbed());
            let cost = counted(ledger.rank - ledger.regressors, "parameter");
            parts.push(format!("effects absorbed: {cost}, {absorbed}"));
        }
        parts.join(", ")
    }
}

fn row(coef: &Coefficient, level: f64) -> Vec<Cell> {
    let digits = decimals_of(coef);
    vec![
        Cell::text(coef.name.as_str()),
        cells::number(coef.estimate, digits),
        cells::number(coef.std_error.ok(), digits),
        cells::number(coef.statistic().ok(), 3),
        cells::p_value(coef.p_value().ok()),
        cells::interval(interval(coef, level), digits),
    ]
}

fn reason(rule: &Rule) -> String {
    match rule {
        Rule::Condition { condition } => format!("`{condition}` does not hold"),
        other => other.to_string(),
    }
}

/// Whether the lines about dropped rows say it already.
fn is_about_rows(fact: &Fact) -> bool {
    matches!(fact, Fact::Library(Notice::RowsDropped { .. } | Notice::SingletonsDropped { .. }))
}
