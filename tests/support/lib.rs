//! What the tests of the suite share: where data lie, tables of expected values, and what must hold for
//! any input.

pub mod any_input;
mod data;
mod digits;
pub mod generators;
pub mod methods;
pub mod nist;
mod table;

pub use data::{Place, announce, reference_tables, shared_or_skip, tests_data};
pub use digits::{MOST_DIGITS, digits};
pub use table::Row;

/// The README and the guides run as documentation tests.
#[cfg(doctest)]
mod prose {
    #[doc = include_str!("../../README.md")]
    struct Readme;

    #[doc = include_str!("../../docs/design.md")]
    struct Design;

    #[doc = include_str!("../../crates/ceteris/README.md")]
    struct ReadmeOfTheCore;

    #[doc = include_str!("../../crates/ceteris-data/README.md")]
    struct ReadmeOfData;

    #[doc = include_str!("../../crates/ceteris-report/README.md")]
    struct ReadmeOfReports;
}
