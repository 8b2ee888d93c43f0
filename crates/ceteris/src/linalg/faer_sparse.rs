//! The sparse side of the faer backend: Cholesky factor of a positive definite matrix, ordered by
//! approximate minimum degree. Always `Par::Seq`, as in `faer`.

use faer::dyn_stack::{MemBuffer, MemStack};
use faer::linalg::cholesky::llt::factor::LltRegularization;
use faer::sparse::linalg::SupernodalThreshold;
use faer::sparse::linalg::cholesky::{
    CholeskySymbolicParams, LltRef, SymbolicCholesky, SymmetricOrdering, factorize_symbolic_cholesky,
};
use faer::sparse::{SparseColMatRef, SymbolicSparseColMatRef};
use faer::{Conj, MatMut, Par, Side};

use crate::error::{Error, Result};

/// The upper triangle of a symmetric matrix in compressed columns, rows ascending.
#[derive(Debug, Clone)]
pub(crate) struct UpperTriangle {
    pub(crate) starts: Vec<usize>,
    pub(crate) rows: Vec<usize>,
    pub(crate) values: Vec<f64>,
}

impl UpperTriangle {
    pub(crate) fn size(&self) -> usize {
        self.starts.len() - 1
    }

    fn pattern(&self) -> SymbolicSparseColMatRef<'_, usize> {
        SymbolicSparseColMatRef::new_checked(self.size(), self.size(), &self.starts, None, &self.rows)
    }
}

/// The elimination, planned and not yet done.
#[derive(Debug)]
pub(crate) struct Plan {
    symbolic: SymbolicCholesky<usize>,
}

/// A factor: LL' = P A P' for the ordering P.
#[derive(Debug)]
pub(crate) struct SparseCholesky {
    plan: Plan,
    values: Vec<f64>,
}

fn failed(failure: impl std::fmt::Debug) -> Error {
    Error::Backend { backend: "faer", source: format!("{failure:?}").into() }
}

impl Plan {
    /// Orders the columns and finds where the factor has entries.
    pub(crate) fn new(matrix: &UpperTriangle) -> Result<Self> {
        // Without supernodes: the factors made here have few entries.
        let parameters = CholeskySymbolicParams {
            supernodal_flop_ratio_threshold: SupernodalThreshold::AUTO,
            ..Default::default()
        };
        let ordering = SymmetricOrdering::Amd;
        let symbolic = factorize_symbolic_cholesky(matrix.pattern(), Side::Upper, ordering, parameters);
        Ok(Self { symbolic: symbolic.map_err(failed)? })
    }

    /// Entries of the factor.
    pub(crate) fn len(&self) -> usize {
        self.symbolic.len_val()
    }

    /// Factors the matrix.
    pub(crate) fn factor(self, matrix: &UpperTriangle) -> Result<SparseCholesky> {
        let mut values = vec![0.0; self.len()];
        let scratch = self.symbolic.factorize_numeric_llt_scratch::<f64>(Par::Seq, Default::default());
        self.symbolic
            .factorize_numeric_llt(
                &mut values,
                SparseColMatRef::new(matrix.pattern(), &matrix.values),
                Side::Upper,
                LltRegularization::default(),
                Par::Seq,
                MemStack::new(&mut MemBuffer::new(scratch)),
                Default::default(),
            )
            .map_err(failed)?;
        Ok(SparseCholesky { plan: self, values })
    }
}

impl SparseCholesky {
    /// Entries of the factor.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// Solves for `columns` right-hand sides, one after the other, in place.
    pub(crate) fn solve(&self, sides: &mut [f64], columns: usize) {
        let symbolic = &self.plan.symbolic;
        let scratch = symbolic.solve_in_place_scratch::<f64>(columns, Par::Seq);
        let sides = MatMut::from_column_major_slice_mut(sides, symbolic.nrows(), columns);
        let stack = &mut MemBuffer::new(scratch);
        LltRef::new(symbolic, &self.values).solve_in_place_with_conj(
            Conj::No,
            sides,
            Par::Seq,
            MemStack::new(stack),
        );
    }
}
