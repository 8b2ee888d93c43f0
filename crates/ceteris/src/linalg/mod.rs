//! Dense linear algebra on column-major data.
//!
//! | file | what |
//! |---|---|
//! | `columns` | the one matrix type, column-major |
//! | `gram` | X'WX and X'Wy over fixed blocks of rows, summed in order |
//! | `gram_block` | one block of it, in tiles of four columns by four |
//! | `cholesky` | in-order Cholesky factor that skips dependent columns |
//! | `problem` | y, X, weights and X'WX |
//! | `residuals` | y - X b, summed in doubled precision |
//! | `orthogonal` | Gram-Schmidt in doubled precision, for what Cholesky cannot be trusted with |
//! | `least_squares` | coefficients and bread, by the cheaper of the two that is accurate enough |
//! | `faer`, `lapack` | the backends, behind one enum |
//! | `conic` | small linear and quadratic programs |
//! | `simplex` | least squares with weights that are shares |
//! | `faer_sparse` | Cholesky factor of a sparse matrix |
//! | `prime` | integers modulo a prime |
//! | `union_find` | disjoint sets of numbers |
//! | `vectorized` | loops built for the best registers at hand |

pub(crate) mod cholesky;
mod columns;
pub(crate) mod conic;
mod faer;
pub(crate) mod faer_sparse;
pub(crate) mod gram;
mod gram_block;
mod lapack;
pub(crate) mod least_squares;
pub(crate) mod orthogonal;
pub(crate) mod prime;
pub(crate) mod problem;
mod residuals;
pub(crate) mod simplex;
pub(crate) mod union_find;
pub(crate) mod vectorized;

pub use columns::Columns;
pub use least_squares::LeastSquares;
