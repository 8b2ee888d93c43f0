//! The crate as its users see it.

mod bad_inputs;
mod dose_twin;
mod geojson;
mod nhs;
mod nhs_doses;
mod nhs_qof;
mod round_trip;
mod scratch;
mod twin;
mod wide;
