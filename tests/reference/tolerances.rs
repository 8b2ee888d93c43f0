//! How close is close: named, with the reason.

use support::Row;

use crate::solvers::Road;

/// Certified coefficients and sums of squares. Exact roads lose the digits that the condition of
/// the problem costs, twelve or more remain in every case; ten are asked for.
const CERTIFIED: f64 = 1e-10;
/// Certified standard errors: a sum of squares of residuals of which each has lost a few digits.
const CERTIFIED_SE: f64 = 1e-9;
/// Alternating projections stop when what is left is 1e-11 of a column; in a regressor of which the
/// effects leave a thousandth that is 1e-8.
const ALTERNATING: f64 = 1e-8;
/// Programs print doubles but iterate to their own tolerance (fixest was run at 3e-12, pyfixest at
/// its smallest).
pub(crate) const PROGRAM: f64 = 1e-8;
/// Programs that solve the normal equations lose the square of the condition. In case 01 fixest and
/// fereg keep five or six digits of a standard error, R's QR and pyfixest's solver seven.
pub(crate) const PROGRAM_ON_LONGLEY: f64 = 1e-5;
/// R's QR in case 13, where two columns agree to seven digits.
const PROGRAM_ON_NEAR: f64 = 1e-6;
/// Our own robust standard errors and leverages in case 01: the sum over rows is formed in doubles
/// and multiplied by the bread, whose condition is 2e10.
const ROBUST_ON_LONGLEY: f64 = 5e-8;
/// A tail computed as one minus a distribution function is off by a few units of the last place of
/// one, however small the tail.
const ONE_MINUS: f64 = 4e-16;

/// The largest relative difference allowed between our value and the row's.
pub(crate) fn allowed(row: &Row, road: Road, statistic: f64) -> f64 {
    let (quantity, _) = row.parts();
    let exact = match quantity {
        "nobs" | "rank" | "K" | "df" | "clusters" | "omitted" | "undefined" | "wald_df2" => return 0.0,
        "coef" | "sum" | "rss" | "sigma" | "r2" | "r2_within" | "max_leverage" => CERTIFIED,
        _ => CERTIFIED_SE,
    };
    let stated = match (row.is_certified(), row.case.get(..2), row.model.as_str()) {
        (true, Some("01"), "ols") if quantity == "se" || quantity == "max_leverage" => ROBUST_ON_LONGLEY,
        (true, ..) => exact,
        (false, Some("01"), _) => PROGRAM_ON_LONGLEY,
        (false, _, "x1+near+x2") => PROGRAM_ON_NEAR,
        (false, ..) => PROGRAM,
    };
    let base = if road == Road::Alternating { stated.max(ALTERNATING) } else { stated };
    match quantity {
        // d ln p / d ln t = -t f(t) / P(T > t), about -t^2 in the tail.
        "p" => base * (1.0 + statistic * statistic) + ONE_MINUS / row.value,
        "wald_p" => base * (1.0 + statistic),
        _ => base,
    }
}
