//! The program as a user meets it: what it prints, what it refuses, which files it leaves.
//!
//! ```text
//! run       the program in a folder of its own
//! refused   all that is promised about a failure
//! usage data design files    bad input, one row a case
//! fit said  a good run: JSON, the table, --out, and what is said about what is not there
//! designs   good runs of did, ddd, event, ldv, bracket and trends
//! designs_refused  bad input to them
//! object    the JSON object, to compare with the library
//! formats   ceteris data
//! check_table  ceteris check-table
//! dose      ceteris dose
//! explain_se  ceteris explain-se, and the ledger of rows
//! trends    ceteris trends: the report and its figures
//! faults    small inputs that went wrong
//! never     first treated times whose meaning nothing says
//! manual    every command that README and help show
//! ```

mod check_table;
mod data;
mod design;
mod designs;
mod designs_refused;
mod dose;
mod explain_se;
mod faults;
mod files;
mod fit;
mod formats;
mod manual;
mod never;
mod object;
mod refused;
mod run;
mod said;
mod trends;
mod usage;
