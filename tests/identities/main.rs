//! Identities: what must hold for every data set, without any other program's numbers.

mod covariances;
mod designs;
mod effects;
mod invariance;
mod models;
mod panel;
mod partitions;
