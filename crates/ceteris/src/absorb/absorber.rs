//! Effects, weights and a settled method: what absorbs columns.

use rayon::prelude::*;

use super::absorption::Absorption;
use super::choice::{DIRECT_LEVELS, choose};
use super::graph::{EffectStructure, Needed, Rank};
use super::levels::Block;
use super::method::{DIRECT_LIMIT, Method};
use super::report::{Absorbed, Outcome};
use super::stop;
use crate::error::Result;
use crate::linalg::Columns;
use crate::linalg::gram::norm;

/// Products that leverages may take beyond [`DIRECT_LEVELS`], a solution with the factor for each row: minutes.
const LEVERAGE_PRODUCTS: usize = 200_000_000_000;
/// A smaller share of a column is rounding, whatever the iterations did.
const ROUNDING: f64 = 1e-13;

/// Effects, weights and a method, ready to absorb columns.
pub(crate) struct Absorber<'a> {
    weights: Option<&'a [f64]>,
    method: Method<'a>,
    rank: Rank,
    /// What was chosen and why, before any column.
    account: Absorbed,
}

impl<'a> Absorber<'a> {
    /// Prepares the absorption of `blocks` over `nobs` rows.
    ///
    /// # Errors
    /// [`crate::Error::InvalidSetting`] if the method cannot absorb these effects or has no sound tolerance.
    pub(crate) fn new(
        blocks: &[Block],
        nobs: usize,
        weights: Option<&'a [f64]>,
        absorption: Absorption,
    ) -> Result<Self> {
        let (needed, redundant) = Needed::of(blocks);
        let effects = needed.blocks();
        let mut structure = EffectStructure::of(&effects, redundant);
        let (chosen, reason) = choose(&structure, &effects, absorption)?;
        let (method, rank) = Method::new(chosen, (blocks, &needed), nobs, weights)?;
        if effects.len() == 2 && effects.iter().all(|block| block.is_plain()) {
            structure.components = Some(structure.largest() + structure.beside_largest() - rank.parameters);
        }
        let account = Absorbed {
            method: method.kind(),
            reason,
            structure,
            preconditioner: None,
            iterations: 0,
            residual: 0.0,
            amplification: 1.0,
            slope_share: effects.iter().map(|block| block.share()).fold(1.0, f64::min),
        };
        Ok(Self { weights, method, rank, account })
    }

    /// What the effects cost.
    pub(crate) fn rank(&self) -> Rank {
        self.rank
    }

    /// Whether the direct method can give the leverages of `nobs` rows in reasonable time.
    pub(crate) fn has_leverage(blocks: &[Block], nobs: usize) -> bool {
        let others = EffectStructure::of(&Needed::of(blocks).0.blocks(), Vec::new()).beside_largest();
        others <= DIRECT_LEVELS || (others <= DIRECT_LIMIT && nobs * others * others <= LEVERAGE_PRODUCTS)
    }

    /// Replaces each column by what the effects do not explain, and says of each how that went.
    ///
    /// # Errors
    /// [`crate::Error::NotConverged`] with the name of the column.
    pub(crate) fn absorb(&self, columns: &mut Columns, names: &[String]) -> Result<Vec<Absorbed>> {
        let outcomes = match self.account.method.is_iterative() {
            true => self.passes(columns, names)?,
            false => self.pass(columns, names)?,
        };
        let preconditioner = self.method.preconditioner();
        let spread = if self.account.method.is_iterative() { stop::spread(self.weights) } else { 1.0 };
        let account = |outcome: Outcome| {
            let mut account = Absorbed { preconditioner, ..self.account.clone() }.of(outcome);
            if account.method.is_iterative() {
                // Below the unit roundoff, a residual is what the sums that it is made of left of it.
                account.residual = account.residual.max(f64::EPSILON);
                account.amplification *= spread.sqrt();
            }
            account
        };
        Ok(outcomes.into_iter().map(account).collect())
    }

    /// The method on each column, once.
    fn pass(&self, columns: &mut Columns, names: &[String]) -> Result<Vec<Outcome>> {
        if let Method::Pcg(iterations) = &self.method {
            return iterations.solve(columns, names);
        }
        let rows = columns.nrows();
        let each = columns.data_mut().par_chunks_mut(rows).zip(names);
        let absorb = |(x, name): (&mut [f64], &String)| self.method.absorb(x, self.weights, name);
        let outcomes: Vec<Result<Outcome>> = each.map(absorb).collect();
        outcomes.into_iter().collect()
    }

    /// Iterations on each column. One of which no more is left than they may have left behind is absorbed again, for
    /// itself: if the effects span it, next to nothing stays, and if they do not, it stays and is as exact as any other.
    fn passes(&self, columns: &mut Columns, names: &[String]) -> Result<Vec<Outcome>> {
        let before: Vec<f64> = columns.cols().map(|column| norm(column, self.weights)).collect();
        let mut outcomes = self.pass(columns, names)?;
        let share = |j: usize| norm(columns.col(j), self.weights) / before[j];
        let doubtful = |j: &usize| {
            let Outcome { residual, amplification, .. } = outcomes[*j];
            before[*j] > 0.0 && (ROUNDING..=residual * amplification).contains(&share(*j))
        };
        let faint: Vec<usize> = (0..names.len()).filter(doubtful).collect();
        if faint.is_empty() {
            return Ok(outcomes);
        }
        let shares: Vec<f64> = faint.iter().map(|&j| share(j)).collect();
        let mut rest = columns.select(&faint);
        let names: Vec<String> = faint.iter().map(|&j| names[j].clone()).collect();
        let second = self.pass(&mut rest, &names)?;
        for (((&j, share), column), second) in faint.iter().zip(shares).zip(rest.cols()).zip(second) {
            columns.col_mut(j).copy_from_slice(column);
            outcomes[j] = outcomes[j].then(second, share);
        }
        Ok(outcomes)
    }

    /// The diagonal of W^(1/2) D (D'WD)^- D' W^(1/2): each row's leverage from the effects.
    ///
    /// # Errors
    /// [`crate::Error::Unsupported`] for iterations, which never form it.
    pub(crate) fn leverage(&self, nobs: usize) -> Result<Vec<f64>> {
        self.method.leverage(nobs, self.weights)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::absorb::{Alternating, Lsmr, Pcg};
    use crate::error::Error;
    use crate::frame::Factor;

    #[test]
    fn iterations_end_where_squares_overflow() {
        let effect = |name: &str, codes: [u32; 9]| Block {
            name: name.to_string(),
            factor: Factor::compacted(codes.to_vec(), 3),
            intercept: true,
            slopes: Vec::new(),
        };
        let blocks = [effect("a", [0, 0, 0, 1, 1, 1, 2, 2, 2]), effect("b", [0, 1, 2, 0, 1, 2, 0, 0, 2])];
        let iterations: [Absorption; 3] =
            [Pcg::default().into(), Lsmr::default().limit(10).into(), Alternating::default().into()];
        for absorption in iterations {
            let absorber = Absorber::new(&blocks, 9, None, absorption).unwrap();
            for value in [6e200, f64::INFINITY, f64::NAN] {
                let y = [5e200, 3e200, 1e200, value, 4e200, 2e200, 0.0, 5e200, 3e200];
                let mut columns = Columns::from_columns(9, &[&y]);
                let ended = absorber.absorb(&mut columns, &["y".to_string()]);
                assert!(
                    matches!(ended, Err(Error::NotConverged { .. })),
                    "{absorption:?} {value}: {ended:?}"
                );
            }
        }
    }
}
