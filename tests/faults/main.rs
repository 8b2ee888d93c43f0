//! Small inputs that once went wrong, with what they must give. `README.md` says where each comes from.

mod data;
mod degrees_of_freedom;
mod effects;
mod values;
