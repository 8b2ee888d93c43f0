//! The program as a user meets it: what it prints, what it refuses, which files it leaves.
//!
//! ```text
//! run       the program in a folder of its own
//! refused   all that is promised about a failure
//! usage data design files    bad input, one row a case
//! fit       a good run: JSON, the table, --out
//! formats   ceteris data
//! ```

mod data;
mod design;
mod files;
mod fit;
mod formats;
mod refused;
mod run;
mod usage;
