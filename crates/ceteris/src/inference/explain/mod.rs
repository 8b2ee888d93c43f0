//! Why standard errors differ between programs: one fit under the corrections of each of them.
//!
//! | file | what |
//! |---|---|
//! | `explanation` | n, K, G, factor and tail of each program, and the standard errors that follow |
//! | `difference` | what a program does differently from `exact`, as values and in words |

mod difference;
mod explanation;

pub use difference::Difference;
pub use explanation::{Account, EffectCount, Evidence, Explanation, ParameterCount, Refusal};
