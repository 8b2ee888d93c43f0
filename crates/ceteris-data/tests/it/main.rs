//! The crate as its users see it.

mod bad_inputs;
mod dose_twin;
mod geojson;
mod nhs;
mod round_trip;
mod scratch;
mod twin;
