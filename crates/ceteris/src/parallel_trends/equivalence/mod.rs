//! Tests that the leads are smaller than a margin: the burden of proof is on parallel trends.
//!
//! ```text
//! H0: violation >= margin   against   H1: violation < margin
//! ```
//!
//! Failing to reject "all leads are zero" shows nothing about their size; rejecting H0 here does (Hartman
//! and Hidalgo 2018, American Journal of Political Science 62:1000; Dette and Schumann 2024, Journal of Business and
//! Economic Statistics 42:1289). Each test also has a smallest margin at which it would reject at its size, which needs no
//! margin chosen in advance.
//!
//! | file | violation | construction |
//! |---|---|---|
//! | `settings` | | what is asked, and what the answer is made of |
//! | `pointwise` | each lead, the largest, their mean | two one-sided tests, folded distribution |
//! | `root_mean_square` | root mean square | projection of the joint confidence ellipsoid |

mod pointwise;
mod root_mean_square;
mod settings;
#[cfg(test)]
mod tests;

pub use settings::{AtMargin, Construction, Equivalence, EquivalenceTest, LeadEquivalence, Violation};
