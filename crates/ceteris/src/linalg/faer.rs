//! The faer backend. Always `Par::Seq`: our own threads run over fixed blocks, so that results do
//! not depend on their number.

use faer::linalg::matmul::matmul;
use faer::linalg::solvers::{DenseSolveCore, Llt};
use faer::{Accum, Mat, MatRef, Par, Side};

use super::Columns;
use crate::error::{Error, Result};

fn borrow(matrix: &Columns) -> MatRef<'_, f64> {
    MatRef::from_column_major_slice(matrix.data(), matrix.nrows(), matrix.ncols())
}

fn copy(matrix: &Mat<f64>) -> Columns {
    let data = (0..matrix.ncols()).flat_map(|j| (0..matrix.nrows()).map(move |i| matrix[(i, j)])).collect();
    Columns::from_data(matrix.nrows(), matrix.ncols(), data)
}

/// sum += left' right
pub(crate) fn add_product(sum: &mut Columns, left: &Columns, right: &Columns) {
    let (rows, cols) = (sum.nrows(), sum.ncols());
    let target = faer::MatMut::from_column_major_slice_mut(sum.data_mut(), rows, cols);
    matmul(target, Accum::Add, borrow(left).transpose(), borrow(right), 1.0, Par::Seq);
}

/// The inverse of a positive definite matrix.
pub(crate) fn inverse(matrix: &Columns) -> Result<Columns> {
    let factor = Llt::new(borrow(matrix), Side::Lower).map_err(|failure| {
        let faer::linalg::cholesky::llt::factor::LltError::NonPositivePivot { index } = failure;
        Error::Singular { matrix: "the Gram matrix of the regressors", pivot: index }
    })?;
    let mut inverse = copy(&factor.inverse());
    inverse.symmetrise();
    Ok(inverse)
}

/// Eigenvalues, ascending, and eigenvectors of a symmetric matrix.
pub(crate) fn eigen(matrix: &Columns) -> Result<(Vec<f64>, Columns)> {
    let failed = |failure| Error::Backend { backend: "faer", source: format!("{failure:?}").into() };
    let decomposition = borrow(matrix).self_adjoint_eigen(Side::Lower).map_err(failed)?;
    let values = decomposition.S().column_vector().iter().copied().collect();
    Ok((values, copy(&decomposition.U().to_owned())))
}
