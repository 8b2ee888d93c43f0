//! The same input gives the same bits: again in one process, in another process, and on any number of
//! threads. Only bytes are compared, never numbers with a tolerance.

mod estimators;
mod files;
mod panel;
mod processes;

use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// One thread twice, so that a run differs from its own repetition where it can; then more of them.
static POOLS: LazyLock<[ThreadPool; 3]> = LazyLock::new(|| {
    [1, 2, 4].map(|threads| ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool"))
});

/// Runs `work` once on one thread, then again on one, two and four, and compares the bytes.
fn assert_same_bytes<B: AsRef<[u8]> + Send>(what: &str, work: impl Fn() -> B + Send + Sync) {
    let first = POOLS[0].install(&work);
    for pool in &*POOLS {
        let again = pool.install(&work);
        let where_run = format!("{what}, on {} threads", pool.current_num_threads());
        assert_equal(&where_run, first.as_ref(), again.as_ref());
    }
}

/// Compares bytes and shows the first difference rather than all of them.
fn assert_equal(what: &str, expected: &[u8], found: &[u8]) {
    if expected == found {
        return;
    }
    let place = expected.iter().zip(found).take_while(|(a, b)| a == b).count();
    let near = |bytes: &[u8]| {
        let window = place.saturating_sub(60)..bytes.len().min(place + 60);
        String::from_utf8_lossy(&bytes[window]).into_owned()
    };
    panic!("{what}: byte {place} differs\n  first: {}\n  again: {}", near(expected), near(found));
}

/// The judge can fail: on these data a sum that is split by the number of threads tells them apart.
#[test]
fn a_sum_split_by_threads_would_be_found_out() {
    let frame = panel::frame();
    let outcome = frame.real("y").expect("the outcome");
    let sums = POOLS.each_ref().map(|pool| {
        let share = pool.install(|| outcome.len() / rayon::current_num_threads());
        outcome.chunks(share).map(|chunk| chunk.iter().sum::<f64>()).sum::<f64>().to_bits()
    });
    assert_ne!(sums[0], sums[1]);
    assert_ne!(sums[1], sums[2]);
    assert_ne!(sums[0], sums[2]);
}
