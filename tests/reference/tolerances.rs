//! How close is close: named, with the reason.
//!
//! The reached differences are printed by the tests (`--nocapture`) and listed in
//! `docs/matching_other_software.md`.

use support::Row;

use crate::solvers::Road;

/// Certified coefficients and sums of squares on exact roads: 5e-14 is reached, and twelve digits
/// leave room for another machine's order of additions.
const CERTIFIED: f64 = 1e-12;
/// Certified standard errors on exact roads: 4e-13 is reached where nothing is said below.
const CERTIFIED_SE: f64 = 1e-11;
/// Alternating projections stop when 1e-11 of a column is left.
const ALTERNATING: f64 = 1e-10;
/// The others stop there too, and no further. Leverages and robust standard errors are of first order in what
/// is left, relative to a column that may be far larger than it varies: 6e-9 is reached in case 17.
const KRYLOV: f64 = 2e-8;
/// Programs iterate to their own tolerance (fixest was run at 3e-12) and print doubles.
pub(crate) const PROGRAM: f64 = 1e-9;
/// R2 within is what is left after 1 is taken from a ratio: 2e-5 in case 07, so five digits go.
const PROGRAM_R2_WITHIN: f64 = 1e-8;
/// Programs that solve the normal equations lose the square of the condition. In case 01 fixest and
/// fereg keep five or six digits of a standard error, R's QR and pyfixest's solver seven.
const PROGRAM_ON_LONGLEY: f64 = 1e-5;
/// R's QR in case 13, where two columns agree to seven digits.
const PROGRAM_ON_NEAR: f64 = 1e-6;
/// Our own leverages and robust standard errors in case 01, of condition 2e10: 6e-13 is reached.
const ROBUST_ON_LONGLEY: f64 = 1e-11;
/// Our own robust standard errors where two columns agree to seven digits; 2e-10 is reached.
const ROBUST_ON_NEAR: f64 = 1e-9;
/// A tail computed as one minus a distribution function is off by a few units of the last place of
/// one, however small the tail.
const ONE_MINUS: f64 = 4e-16;

/// The largest relative difference allowed between our value and the row's.
pub(crate) fn allowed(row: &Row, road: Road, statistic: f64) -> f64 {
    let (quantity, _) = row.parts();
    if matches!(quantity, "nobs" | "rank" | "K" | "df" | "clusters" | "omitted" | "undefined" | "wald_df2") {
        return 0.0;
    }
    let stated = if row.is_certified() { of_certified(row, quantity) } else { of_program(row, quantity) };
    let base = match road {
        Road::Alternating => stated.max(ALTERNATING),
        Road::Pcg | Road::Lsmr => stated.max(KRYLOV),
        _ => stated,
    };
    match quantity {
        // d ln p / d ln t = -t f(t) / P(T > t), about -t^2 in the tail.
        "p" => base * (1.0 + statistic * statistic) + ONE_MINUS / row.value,
        "wald_p" => base * (1.0 + statistic),
        _ => base,
    }
}

fn of_certified(row: &Row, quantity: &str) -> f64 {
    let robust = matches!(quantity, "se" | "max_leverage");
    match (row.case.as_str(), row.model.as_str()) {
        ("01_longley_ols", "ols") if robust => ROBUST_ON_LONGLEY,
        (_, "x1+near+x2") if robust => ROBUST_ON_NEAR,
        _ if matches!(quantity, "se" | "wald_chi2") => CERTIFIED_SE,
        _ => CERTIFIED,
    }
}

fn of_program(row: &Row, quantity: &str) -> f64 {
    match (row.case.as_str(), row.model.as_str()) {
        ("01_longley_ols", _) => PROGRAM_ON_LONGLEY,
        (_, "x1+near+x2") => PROGRAM_ON_NEAR,
        _ if quantity == "r2_within" => PROGRAM_R2_WITHIN,
        _ => PROGRAM,
    }
}
