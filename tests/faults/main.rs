//! Inputs that once gave a wrong number, a message that hid its cause, or none, with what they must give.
//! `README.md` says where each comes from.

mod data;
mod degrees_of_freedom;
mod designs;
mod effects;
mod model;
mod values;
mod variances;
