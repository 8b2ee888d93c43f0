//! Lagged-dependent-variable designs: compare units that had the same outcomes before.

mod lagged;

pub use lagged::LaggedOutcome;
