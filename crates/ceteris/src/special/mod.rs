//! Distribution tails: the p-values and critical values that inference needs, and nothing else.
//!
//! | module | distribution | functions |
//! | --- | --- | --- |
//! | [`normal`] | standard normal | `density`, `upper_tail`, `two_sided`, `quantile` |
//! | [`folded_normal`] | absolute value of a shifted normal | `upper_tail`, `quantile` |
//! | [`student`] | Student's t | `upper_tail`, `two_sided`, `quantile` |
//! | [`fisher`] | F | `upper_tail` |
//! | [`chi_squared`] | chi-squared | `upper_tail` |
//!
//! Upper tails are computed directly, never as 1 - cdf, so a p-value of 1e-300 is as accurate as
//! one of 0.3: the relative error is below 1e-13 wherever the value is above 1e-300. Below that the
//! doubles themselves thin out, and digits go with them until the value is zero.
//!
//! How it is done: each tail is a prefactor times a continued fraction. The prefactor's logarithm
//! is formed in about 32 digits (`double_double`, `stirling`), because the exponential of 690 plus
//! or minus one rounding error has lost three digits; the fraction is summed backwards
//! (`continued_fraction`). `gamma` and `beta` hold the two regularised incomplete functions.
//!
//! Inside the crate there are also `multivariate_normal` (boxes), `noncentral` (chi-squared and F), and what
//! they stand on: `quadrature`, `sobol` and `root`. These refuse what they cannot compute accurately.
//!
//! # Domain
//!
//! Every public function is total: it neither panics nor allocates. It returns NaN if an argument is NaN
//! or outside the domain it documents, and for no other reason.

mod beta;
pub mod chi_squared;
mod continued_fraction;
pub(crate) mod double_double;
pub mod fisher;
pub mod folded_normal;
mod gamma;
pub(crate) mod multivariate_normal;
pub(crate) mod noncentral;
pub mod normal;
mod quadrature;
pub(crate) mod root;
mod sobol;
pub(crate) mod splitmix;
mod stirling;
pub mod student;
#[cfg(test)]
mod tests;
