//! Estimators for staggered adoption against other programs and against identities.

mod group_time;
mod witness;
