//! The crate as its users see it.

mod bad_inputs;
mod nhs;
mod round_trip;
mod scratch;
mod twin;
