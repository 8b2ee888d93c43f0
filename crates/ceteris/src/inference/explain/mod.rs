//! Why standard errors differ between programs: one fit under the corrections of each of them.
//!
//! | file | what |
//! |---|---|
//! | `explanation` | n, K, G, factor and tail of each program, and the standard errors that follow |
//! | `evidence` | whether a reference case has the program's own numbers |
//! | `difference` | what a program does differently from `exact`, as values and in words |

mod difference;
mod evidence;
mod explanation;
#[cfg(test)]
mod tests;

pub use difference::Difference;
pub use evidence::Evidence;
pub use explanation::{Account, EffectCount, Explanation, ParameterCount, Refusal};
