//! A panic that is caught and becomes an error is not printed first.
//!
//! The hook of the process is wrapped once, on the first file; a panic of a thread that is not decoding
//! reaches the hook that was there before, unchanged.

use std::cell::Cell;
use std::panic;
use std::sync::Once;

thread_local! {
    static DECODING: Cell<bool> = const { Cell::new(false) };
}

/// Runs something whose panics the caller catches inside it, without their message.
pub(super) fn in_silence<T>(work: impl FnOnce() -> T) -> T {
    static WRAPPED: Once = Once::new();
    WRAPPED.call_once(|| {
        let printed = panic::take_hook();
        panic::set_hook(Box::new(move |told| {
            if !DECODING.get() {
                printed(told);
            }
        }));
    });
    DECODING.set(true);
    let done = work();
    DECODING.set(false);
    done
}
