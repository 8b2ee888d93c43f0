//! Published files of the health service and of the statistics office, one reader a source.
//!
//! Readers are strict: a file has the layout of its source to the letter, or the error says what was
//! met instead. No file is shipped or fetched; each [`Card`] says what to look for.

mod card;
mod layout;
mod lookup;
mod qof_ccg;

pub use card::Card;
pub use lookup::{Ccg, LocalAuthorities};
pub use qof_ccg::{CcgYear, QofCcg, Rate};

/// All sources that can be read.
///
/// # Example
/// ```
/// for card in ceteris_data::nhs::CARDS {
///     println!("{card}");
/// }
/// ```
pub const CARDS: &[Card] = &[lookup::CARD, qof_ccg::CARD];
