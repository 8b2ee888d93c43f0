//! LSMR: least squares by bidiagonalisation, on the rows and not on the cross tables.
//!
//! min_a ||x - U a||_W with U = [U_1 ... U_Q], each effect orthonormal, which is D with its columns scaled
//! to norm one: the diagonal preconditioner, taken inside. The process of Golub and Kahan,
//!   beta u = U v - alpha u_old,   alpha v = U'W u - beta v_old,
//! makes U bidiagonal, and two rotations of 2 x 2 make the bidiagonal matrix and then its product with its
//! transpose triangular (Fong and Saunders 2011, section 2.6, without damping), in the letters of the paper:
//!   rho = sqrt(alphabar^2 + beta^2),  theta = s alpha,  rhobar = sqrt((cbar rho)^2 + theta^2),
//!   hbar = h - (thetabar rho / (rho_old rhobar_old)) hbar,   a += (zeta / (rho rhobar)) hbar,
//!   h = v - (theta / rho) h,   and ||U'W (x - U a)|| = |zetabar|, which falls in every iteration.
//! That identity loses its digits with the orthogonality of the u, so it is no proof: the coefficients are
//! taken out of the rows, scores are summed afresh, and what one more projection on any effect would still
//! take out must be below the tolerance. If it is not, the next round starts from what is left.

use super::levels::{Basis, Block, OneWay, square};
use super::report::Outcome;
use super::stop::{Stop, amplification, iterative};
use crate::error::Result;
use crate::linalg::gram::norm;

/// Settings of LSMR. The residual is relative to the column before absorption.
///
/// # Example
/// ```
/// use ceteris::{Absorption, Lsmr};
/// let absorption: Absorption = Lsmr::default().tolerance(1e-8).limit(500).into();
/// # let _ = absorption;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Lsmr(Stop);

iterative!(Lsmr);

/// |zetabar| must fall this far below the tolerance, since it drifts from what it stands for.
const STEP_BELOW_GOAL: f64 = 0.1;

/// The effects side by side.
pub(crate) struct Bidiagonalisation {
    basis: Basis,
    stop: Stop,
}

impl Bidiagonalisation {
    pub(crate) fn new(blocks: &[&Block], weights: Option<&[f64]>, settings: Lsmr) -> Result<Self> {
        settings.0.check()?;
        let ways = blocks.iter().map(|block| OneWay::new(block, weights)).collect();
        Ok(Self { basis: Basis::new(ways), stop: settings.0 })
    }

    /// Takes all effects out of `x`.
    pub(crate) fn solve(&self, x: &mut [f64], weights: Option<&[f64]>, name: &str) -> Result<Outcome> {
        let before = norm(x, weights);
        if before == 0.0 {
            return Ok(Outcome::direct(0.0));
        }
        let goal = STEP_BELOW_GOAL * self.stop.tolerance * before;
        let mut scores = self.basis.scores(x, weights);
        let (mut iterations, mut rate) = (0, 0.0_f64);
        loop {
            let round = self.round(x, &scores, weights, goal, self.stop.limit.saturating_sub(iterations));
            iterations += round.iterations.max(1); // a round that does nothing counts, so that the limit is met
            rate = rate.max(round.rate);
            (scores, _) = self.basis.subtract(&round.solution, x, weights);
            let residual = self.basis.first_order(&scores) / before;
            let amplification = amplification(rate, self.basis.ways.len());
            if let Some(ended) = self.stop.judge(name, Outcome { iterations, residual, amplification })? {
                return Ok(ended);
            }
        }
    }

    /// Runs until |zetabar| is below `goal`.
    fn round(&self, x: &[f64], scores: &[f64], weights: Option<&[f64]>, goal: f64, limit: usize) -> Round {
        let mut beta = norm(x, weights);
        let mut u: Vec<f64> = x.iter().map(|x| x / beta).collect();
        let mut v: Vec<f64> = scores.iter().map(|t| t / beta).collect();
        let mut alpha = normalise(&mut v);
        let (mut alphabar, mut zetabar) = (alpha, alpha * beta);
        let (mut rho, mut rhobar, mut cbar, mut sbar) = (1.0, 1.0, 1.0, 0.0);
        let mut h = v.clone();
        let mut hbar = vec![0.0; v.len()];
        let mut a = vec![0.0; v.len()];
        let first = zetabar;
        let mut iterations = 0;
        while iterations < limit && zetabar.abs() > goal {
            iterations += 1;
            // beta u = U v - alpha u_old,  alpha v = U'W u - beta v_old
            u.iter_mut().for_each(|u| *u *= alpha);
            let (scores, squares) = self.basis.subtract(&v, &mut u, weights);
            beta = squares.sqrt();
            let turned = if beta > 0.0 { -1.0 / beta } else { 0.0 };
            u.iter_mut().for_each(|u| *u *= turned);
            v.iter_mut().zip(&scores).for_each(|(v, t)| *v = turned * t - beta * *v);
            alpha = normalise(&mut v);
            // The first rotation
            let (rho_old, rhobar_old) = (rho, rhobar);
            rho = f64::hypot(alphabar, beta);
            let (c, s) = (alphabar / rho, beta / rho);
            let theta = s * alpha;
            alphabar = c * alpha;
            // The second
            let thetabar = sbar * rho;
            rhobar = f64::hypot(cbar * rho, theta);
            (cbar, sbar) = (cbar * rho / rhobar, theta / rhobar);
            let zeta = cbar * zetabar;
            zetabar *= -sbar;
            let (of_hbar, of_a, of_h) =
                (thetabar * rho / (rho_old * rhobar_old), zeta / (rho * rhobar), theta / rho);
            for (((h, hbar), a), v) in h.iter_mut().zip(&mut hbar).zip(&mut a).zip(&v) {
                *hbar = *h - of_hbar * *hbar;
                *a += of_a * *hbar;
                *h = v - of_h * *h;
            }
        }
        let shrunk = if first > 0.0 { (zetabar / first).abs() } else { 0.0 };
        let rate = if iterations > 0 { shrunk.powf(1.0 / iterations as f64) } else { 0.0 };
        Round { solution: a, iterations, rate }
    }
}

/// A round of LSMR.
struct Round {
    solution: Vec<f64>,
    iterations: usize,
    /// By how much an iteration shrank |zetabar|, on average.
    rate: f64,
}

/// Scales a vector to norm one, or leaves it at zero; returns its norm.
fn normalise(v: &mut [f64]) -> f64 {
    let norm = square(v).sqrt();
    if norm > 0.0 {
        v.iter_mut().for_each(|v| *v /= norm);
    }
    norm
}
