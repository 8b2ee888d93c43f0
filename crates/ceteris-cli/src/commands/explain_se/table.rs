//! The tables that `ceteris explain-se` prints and writes: what each program counts, and what comes of it.

use ceteris::explain::{Account, Evidence, Explanation};
use ceteris::{Coefficient, Distribution, Fit};
use ceteris_report::{Cell, Column, Table};

use crate::cells;
use crate::decimals::decimals;

/// Digits of a standard error: programs agree in the first few.
const STD_ERROR_DIGITS: i32 = 7;
/// Decimals of factors and ratios.
const RATIO_DECIMALS: u8 = 6;
/// Stands at programs whose formula no reference case confirms.
const NOT_CONFIRMED: &str = "*";

/// One row for each program: n, K and its parts, G, the factor, the tail; below, what differs.
pub(super) fn counts(fit: &Fit, explanation: &Explanation) -> Table {
    let table = Table::new(format!("{}; {}", fit.ols(), explanation.vcov))
        .missing("-")
        .column(Column::text("program"))
        .column(Column::number("n"))
        .column(Column::number("regressors"))
        .column(Column::number("effects"))
        .column(Column::number("nested"))
        .column(Column::number("K"))
        .column(Column::text("G"))
        .column(Column::number("factor"))
        .column(Column::text("tail"));
    let table = table.rows(explanation.accounts.iter().map(count));
    let table = table.note(
        "K = regressors + effects - nested; the sandwich is multiplied with the factor, if there is one",
    );
    notes(explanation).into_iter().fold(table, Table::note)
}

fn count(account: &Account) -> Vec<Cell> {
    let parameters = account.parameters;
    let clusters: Vec<String> = account.nclusters.iter().map(ToString::to_string).collect();
    let tail = match account.distribution {
        Distribution::T(dof) => format!("t({dof})"),
        Distribution::Normal => "normal".to_string(),
    };
    vec![
        program(account),
        account.nobs.into(),
        parameters.regressors.into(),
        parameters.effects.into(),
        parameters.nested.into(),
        parameters.total.into(),
        Cell::text(clusters.join(", ")),
        factor(account.factor),
        Cell::text(tail),
    ]
}

/// The factor of the sandwich; nothing where it is multiplied with none.
fn factor(factor: f64) -> Cell {
    if factor == 1.0 { Cell::missing() } else { cells::number(factor, RATIO_DECIMALS) }
}

/// What differs from `exact`, the programs without an answer, and what the mark means.
fn notes(explanation: &Explanation) -> Vec<String> {
    let said = |account: &Account| format!("{}: {}", account.program, account.sentence());
    let mut notes: Vec<String> = explanation.accounts.iter().skip(1).map(said).collect();
    let refused = explanation.refused.iter();
    notes.extend(refused.map(|refused| format!("{}: no answer, since {}", refused.program, refused.error)));
    if explanation.accounts.iter().any(|account| account.evidence == Evidence::Documented) {
        notes.push(format!("{NOT_CONFIRMED} {}", Evidence::Documented));
    }
    notes
}

/// One table for each coefficient.
pub(super) fn of_each_term(explanation: &Explanation) -> Vec<Table> {
    let exact = explanation.accounts.first().map_or(&[][..], |account| &account.coefs);
    let table = |(place, coef): (usize, &Coefficient)| {
        let estimate = usize::from(decimals(coef.estimate, STD_ERROR_DIGITS));
        let title = format!("{}: {:.estimate$}", coef.name, coef.estimate);
        let table = columns(Table::new(title).missing("-").column(Column::text("program")));
        let row = |account: &Account| {
            let mut cells = vec![program(account)];
            cells.extend(numbers(&account.coefs[place], coef));
            cells
        };
        table.rows(explanation.accounts.iter().map(row))
    };
    exact.iter().enumerate().map(table).collect()
}

/// One row for each coefficient and program.
pub(super) fn standard_errors(explanation: &Explanation) -> Table {
    let exact = explanation.accounts.first().map_or(&[][..], |account| &account.coefs);
    let table = Table::new(format!("Standard errors, {}", explanation.vcov)).missing("-");
    let mut table = columns(table.column(Column::text("term")).column(Column::text("program")));
    for (place, coef) in exact.iter().enumerate() {
        for account in &explanation.accounts {
            let mut cells = vec![Cell::text(coef.name.as_str()), program(account)];
            cells.extend(numbers(&account.coefs[place], coef));
            table = table.row(cells);
        }
    }
    table
}

fn columns(table: Table) -> Table {
    let names = ["std. error", "t or z", "p", "times exact"];
    names.into_iter().fold(table, |table, name| table.column(Column::number(name)))
}

fn numbers(coef: &Coefficient, exact: &Coefficient) -> [Cell; 4] {
    let digits = coef.std_error.map_or(0, |std_error| decimals(std_error, STD_ERROR_DIGITS));
    let ratio = coef.std_error.ok().zip(exact.std_error.ok()).map(|(ours, exact)| ours / exact);
    [
        cells::number(coef.std_error.ok(), digits),
        cells::number(coef.statistic().ok(), 3),
        cells::p_value(coef.p_value().ok()),
        cells::number(ratio, RATIO_DECIMALS),
    ]
}

fn program(account: &Account) -> Cell {
    let name = Cell::text(account.program);
    match account.evidence {
        Evidence::Confirmed => name,
        Evidence::Documented => name.mark(NOT_CONFIRMED),
    }
}
