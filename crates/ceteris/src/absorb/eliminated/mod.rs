//! What is left of the other effects and of a column once the largest effect is eliminated, exactly or by iteration.

mod cross;
mod direct;
mod elimination;
mod margins;
mod pcg;
mod preconditioner;
mod reduced;
mod schur;

pub(super) use direct::Direct;
pub(super) use pcg::Iterations;
pub use pcg::Pcg;
