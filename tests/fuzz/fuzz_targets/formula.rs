//! Any text as a formula.

#![no_main]

use ceteris_fuzz::any_input;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    any_input::formula(bytes);
});
