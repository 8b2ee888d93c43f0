//! The saturated product of 0/1 columns: every product of some of them, the full product last.
//!
//! y = sum over subsets S of the arms of b_S prod_{a in S} a + ...; the design's effect is the
//! coefficient of the full product. Lower products that absorbed effects span are omitted by the fit.

use crate::error::{Error, Result};
use crate::frame::{Frame, indicator};
use crate::model::{Ols, Term, Variable};

/// Every product of the arms, by number of factors.
pub(crate) fn products(arms: &[Variable]) -> Vec<Term> {
    let mut subsets: Vec<u32> = (1..1 << arms.len()).collect();
    subsets.sort_by_key(|subset| subset.count_ones());
    let product = |subset: &u32| {
        let members = (0..arms.len()).filter(|a| subset >> a & 1 == 1).map(|a| Term::from(arms[a].clone()));
        members.reduce(Term::by).expect("the subset is not empty")
    };
    subsets.iter().map(product).collect()
}

/// The product of all arms, of which there is at least one.
pub(crate) fn full_product(arms: &[Variable]) -> Term {
    arms.iter().cloned().map(Term::from).reduce(Term::by).expect("a design has an arm")
}

/// Checks that the named columns hold 0 and 1 only and that every cell of their product has rows.
pub(crate) fn check_cells(ols: &Ols, frame: &Frame, arms: &[Variable]) -> Result<()> {
    let mut columns = Vec::new();
    for arm in arms {
        columns.push(match arm {
            Variable::Since(time, date) => frame.real(time)?.iter().map(|x| x >= date).collect(),
            _ => indicator(frame, arm.column())?,
        });
    }
    let mut rows = vec![0usize; 1 << arms.len()];
    for &row in ols.sample(frame)?.rows() {
        let cell = |sum: usize, (place, column): (usize, &Vec<bool>)| {
            sum | usize::from(column[row as usize]) << place
        };
        rows[columns.iter().enumerate().fold(0, cell)] += 1;
    }
    let Some(empty) = rows.iter().position(|count| *count == 0) else { return Ok(()) };
    let part = |(place, arm): (usize, &Variable)| format!("{arm} = {}", empty >> place & 1);
    let cell = arms.iter().enumerate().map(part).collect::<Vec<_>>().join(", ");
    Err(Error::EmptyCell { cell })
}
