//! Why standard errors differ between programs: one fit under the corrections of each of them.
//!
//! | file | what |
//! |---|---|
//! | `explanation` | one fit under every program |
//! | `account` | n, K, G, factor and tail of each program, and the standard errors that follow |
//! | `evidence` | whether a reference case has the program's own numbers |
//! | `difference` | what a program can do differently from `exact`, as values and in words |
//! | `comparison` | what it does, from the fields of the corrections |

mod account;
mod comparison;
mod difference;
mod evidence;
mod explanation;
#[cfg(test)]
mod tests;

pub use account::{Account, EffectCount, Explanation, ParameterCount, Refusal};
pub use difference::Difference;
pub use evidence::Evidence;
