//! The LAPACK backend, through ndarray-linalg. Without the feature every call is `FeatureDisabled`.

use super::Columns;
use crate::error::Result;

#[cfg(feature = "lapack")]
mod enabled {
    use ndarray::{Array2, ShapeBuilder};
    use ndarray_linalg::{Eigh, InverseC, UPLO};

    use super::{Columns, Result};
    use crate::error::Error;

    fn failed(source: ndarray_linalg::error::LinalgError) -> Error {
        Error::Backend { backend: "LAPACK", source: Box::new(source) }
    }

    fn copy(matrix: &Array2<f64>) -> Columns {
        let data = matrix.columns().into_iter().flat_map(|column| column.to_vec()).collect();
        Columns::from_data(matrix.nrows(), matrix.ncols(), data)
    }

    fn owned(matrix: &Columns) -> Array2<f64> {
        Array2::from_shape_vec((matrix.nrows(), matrix.ncols()).f(), matrix.data().to_vec())
            .expect("columns hold nrows * ncols numbers")
    }

    pub(crate) fn inverse(matrix: &Columns) -> Result<Columns> {
        let mut inverse = copy(&owned(matrix).invc().map_err(failed)?);
        inverse.symmetrise();
        Ok(inverse)
    }

    pub(crate) fn eigen(matrix: &Columns) -> Result<(Vec<f64>, Columns)> {
        let (values, vectors) = owned(matrix).eigh(UPLO::Lower).map_err(failed)?;
        Ok((values.to_vec(), copy(&vectors)))
    }
}

#[cfg(feature = "lapack")]
pub(crate) use enabled::{eigen, inverse};

#[cfg(not(feature = "lapack"))]
mod disabled {
    use super::{Columns, Result};
    use crate::error::Error;

    const DISABLED: Error = Error::FeatureDisabled { feature: "lapack", wanted_by: "LeastSquares::Lapack" };

    pub(crate) fn inverse(_: &Columns) -> Result<Columns> {
        Err(DISABLED)
    }

    pub(crate) fn eigen(_: &Columns) -> Result<(Vec<f64>, Columns)> {
        Err(DISABLED)
    }
}

#[cfg(not(feature = "lapack"))]
pub(crate) use disabled::{eigen, inverse};
