//! SIMULATED caesarean deliveries: a second comparison outcome, calibrated to nothing.
//!
//! ```text
//! share = clip(0.66 + 0.05 z_practice, 0.2, 0.95)              of the assisted deliveries a
//! x     = clip(floor(a share + sqrt(a share (1 - share)) z + 1/2), 0, a)
//! ```
//!
//! With 38 % of deliveries assisted this gives caesareans of about a quarter of all deliveries, the
//! level in England at the time. Nothing else about them was fitted: their trends are those of the
//! assisted deliveries, so that what a triple difference finds with them follows from the
//! calibrated panel.

use super::ByYear;
use super::keystream::{Keystream, Stream};

/// Caesarean deliveries by practice and year.
pub(super) fn caesareans(
    keys: Keystream,
    deliveries: &[ByYear<f64>],
    unassisted: &[ByYear<f64>],
) -> Vec<ByYear<f64>> {
    let levels = keys.normals(Stream::CaesareanLevel, deliveries.len());
    let noise = keys.normals_by_year(Stream::CaesareanNoise, deliveries.len());
    let caesarean = |i: usize, t: usize| {
        let share = (0.66 + 0.05 * levels[i]).clamp(0.2, 0.95);
        let assisted = deliveries[i][t] - unassisted[i][t];
        let sd = (assisted * share * (1.0 - share)).sqrt();
        (assisted * share + sd * noise[i][t] + 0.5).floor().clamp(0.0, assisted)
    };
    (0..deliveries.len()).map(|i| std::array::from_fn(|t| caesarean(i, t))).collect()
}
