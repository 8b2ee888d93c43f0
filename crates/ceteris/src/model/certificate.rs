//! What a fit can vouch for.
//!
//! With n_j = ||x~_j|| and G^-1 the bread scaled by n_i n_j:
//!   first-order condition   max_j |x~_j'Wu| / (n_j ||y~||), zero at the exact solution;
//!   condition               sqrt(||G||_1 ||G^-1||_1), between the condition of the scaled X~ and k times it;
//!   absorption error        of coefficient j: sum_l |bread_jl| d_l (d_y + sum_m |b_m| d_m), where d bounds the
//!                           part of a column that the effects still explain. It is of second order, because
//!                           what is left over lies in the span of the effects and X~ does not;
//!   rounding error          condition * the relative error of X~, which is the unit roundoff magnified by
//!                           the digits that absorption cancelled, of a column or of a slope of an effect
//!                           that little tells from the effect's other columns.
//! The trusted digits are those of the worst coefficient, relative to the larger of its value and its
//! standard error under equal variances. Data are taken as the doubles they are.
//! (Higham 2002, sections 20.1 and 20.4, for the perturbation of least squares.)

use crate::absorb::{Absorbed, AbsorptionMethod};
use crate::error::{Error, Result};
use crate::linalg::least_squares::Solution;
use crate::linalg::problem::Problem;

/// What a fit can vouch for.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Certificate {
    /// How far the first-order conditions are from zero, relative to the size of the problem.
    pub first_order: f64,
    /// An estimate of the condition of the scaled design after absorption.
    pub condition: f64,
    /// Bound on the error that incomplete absorption leaves in each coefficient, in its own units.
    pub absorption_error: Vec<f64>,
    /// Decimal digits that can be trusted in every coefficient, at most 15.
    pub digits: f64,
    /// The coefficient with the fewest.
    pub weakest: String,
}

/// Below this many trusted digits a fit carries a notice.
pub(crate) const NOTICE_BELOW: f64 = 6.0;
/// Below this many trusted digits a fit is refused.
const REFUSED_BELOW: f64 = 2.0;
/// Doubles have no more.
const MOST: f64 = 15.0;
/// One pass of an exact absorption may cancel three digits; a second pass follows beyond that.
const MOST_CANCELLED: f64 = 1e3;

/// The solved problem that is to be certified.
pub(super) struct Solved<'a> {
    pub(super) names: &'a [String],
    pub(super) problem: &'a Problem<'a>,
    pub(super) solution: &'a Solution,
    /// ||y~||
    pub(super) outcome_norm: f64,
    /// Norms of the columns of x before absorption, and of y.
    pub(super) norms_before: (Vec<f64>, f64),
    pub(super) absorbed: &'a Absorbed,
    /// n - K
    pub(super) dof: f64,
}

impl Solved<'_> {
    /// Certifies the solution.
    ///
    /// # Errors
    /// [`Error::Untrustworthy`] below two trusted digits.
    pub(super) fn certify(&self) -> Result<Certificate> {
        let norms: Vec<f64> = self.problem.normal.diagonal().iter().map(|square| square.sqrt()).collect();
        let condition = self.condition(&norms);
        let absorption_error = self.absorption_error();
        let rounding = condition * self.relative_error(&norms);
        let sigma = (self.solution.residuals.squares / self.dof).sqrt();
        let digits_of = |j: usize| {
            let scale = self.solution.coefficients[j].abs().max(sigma * self.solution.bread[(j, j)].sqrt());
            let error = absorption_error[j] / scale + rounding;
            if error.is_nan() { MOST } else { (-error.log10()).clamp(0.0, MOST) }
        };
        let digits: Vec<f64> = (0..self.names.len()).map(digits_of).collect();
        let weakest = (0..digits.len()).min_by(|&a, &b| digits[a].total_cmp(&digits[b])).unwrap_or(0);
        let certificate = Certificate {
            first_order: self.first_order(&norms),
            condition,
            absorption_error,
            digits: digits[weakest],
            weakest: self.names[weakest].clone(),
        };
        if certificate.digits < REFUSED_BELOW {
            let (coefficient, digits) = (certificate.weakest, certificate.digits);
            return Err(Error::Untrustworthy { coefficient, digits, condition });
        }
        Ok(certificate)
    }

    fn first_order(&self, norms: &[f64]) -> f64 {
        let scores = self.solution.residuals.scores.iter().zip(norms);
        scores.map(|(score, norm)| score.abs() / (norm * self.outcome_norm)).fold(0.0, f64::max)
    }

    fn condition(&self, norms: &[f64]) -> f64 {
        let largest = |of: &dyn Fn(usize, usize) -> f64| {
            let column = |j: usize| (0..norms.len()).map(|i| of(i, j).abs()).sum::<f64>();
            (0..norms.len()).map(column).fold(0.0, f64::max)
        };
        let direct = largest(&|i, j| self.problem.normal[(i, j)] / (norms[i] * norms[j]));
        let inverse = largest(&|i, j| self.solution.bread[(i, j)] * norms[i] * norms[j]);
        (direct * inverse).sqrt()
    }

    fn absorption_error(&self) -> Vec<f64> {
        let share = self.absorbed.residual * self.absorbed.amplification;
        let left: Vec<f64> = self.norms_before.0.iter().map(|norm| share * norm).collect();
        let fitted: f64 = left.iter().zip(&self.solution.coefficients).map(|(d, b)| d * b.abs()).sum();
        let whole = share * self.norms_before.1 + fitted;
        let of = |j: usize| {
            left.iter().enumerate().map(|(l, d)| self.solution.bread[(j, l)].abs() * d).sum::<f64>() * whole
        };
        (0..left.len()).map(of).collect()
    }

    /// The relative error of a column of X~: rounding, magnified by what absorption cancelled.
    fn relative_error(&self, norms: &[f64]) -> f64 {
        if self.absorbed.method == AbsorptionMethod::None {
            // Nothing was cancelled, and an ill-conditioned problem was solved in 106 bits.
            return f64::EPSILON / self.condition(norms).max(1.0);
        }
        let cancelled = self.norms_before.0.iter().zip(norms).map(|(before, after)| before / after);
        let cancelled = cancelled.fold(1.0, f64::max).min(MOST_CANCELLED);
        f64::EPSILON * cancelled.max(1.0 / self.absorbed.slope_share)
    }
}
