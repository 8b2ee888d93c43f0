//! Any bytes as a Parquet file.

#![no_main]

use ceteris_fuzz::any_input;

// The reader makes errors of the decoder's panics, but libFuzzer's hook would abort before it can. A
// panic that escapes still ends the run.
libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    any_input::parquet(bytes);
});
