//! Estimators for staggered adoption against other programs and against identities.

mod group_time;
mod identities;
mod imputation;
mod r_did;
mod refusals;
mod two_way;
mod witness;
