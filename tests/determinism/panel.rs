//! A panel long enough for several blocks of rows, whose sums depend on the order of their terms.

use ceteris::Frame;

const UNITS: usize = 408;
const TIMES: usize = 10;

/// The first year.
const START: usize = 2004;
/// The first year under the reform.
pub(crate) const REFORM: i64 = 2009;

/// One row: a unit, one of its two outcomes, and a time.
#[derive(Clone, Copy)]
struct Row {
    place: usize,
    unit: usize,
    affected: usize,
    time: usize,
}

impl Row {
    /// Reproducible noise in (-1, 1), another series for each `scale`.
    fn noise(self, scale: f64) -> f64 {
        (43_758.5 * (scale * (self.place + 1) as f64).sin()).fract()
    }

    fn treated(self) -> bool {
        self.unit.is_multiple_of(3)
    }

    fn outcome(self) -> f64 {
        let effect = if self.treated() && self.affected == 1 && self.time >= TIMES / 2 { 0.7 } else { 0.0 };
        effect + 0.1 * self.unit as f64 + 0.3 * (self.time * self.affected) as f64 + self.noise(78.2)
    }
}

/// 8160 rows of 408 units, two outcomes and ten years, a few values missing.
pub(crate) fn frame() -> Frame {
    let rows: Vec<Row> = (0..2 * UNITS * TIMES)
        .map(|place| Row {
            place,
            unit: place / (2 * TIMES),
            affected: place / TIMES % 2,
            time: place % TIMES,
        })
        .collect();
    let indicator = |holds: bool| f64::from(u8::from(holds));
    let columns: [(&str, &dyn Fn(Row) -> f64); 14] = [
        ("y", &|row| row.outcome()),
        ("x", &|row| if row.place % 997 == 5 { f64::NAN } else { row.noise(12.9) + 0.01 * row.unit as f64 }),
        ("z", &|row| row.noise(37.7)),
        ("near", &|row| row.noise(37.7) + 1e-6 * row.noise(5.3)),
        ("size", &|row| 1000.0 + 900.0 * row.noise(3.1)),
        ("weight", &|row| (row.place % 7 + 1) as f64),
        ("unit", &|row| row.unit as f64),
        ("series", &|row| (2 * row.unit + row.affected) as f64),
        ("year", &|row| (START + row.time) as f64),
        ("region", &|row| (row.unit % 24) as f64),
        ("ward", &|row| (row.place * 7919 % 10_007 % 40) as f64),
        ("treated", &|row| indicator(row.treated())),
        ("affected", &|row| row.affected as f64),
        ("after", &|row| indicator(row.time >= TIMES / 2)),
    ];
    let frame = columns.into_iter().fold(Frame::new(), |frame, (name, value)| {
        frame.add_real(name, rows.iter().map(|row| value(*row)).collect()).expect("distinct names")
    });
    let label = |row: &Row| (row.place % 1009 != 3).then(|| format!("commissioner \"{}\"", row.unit % 24));
    frame.add_category("commissioner", rows.iter().map(label)).expect("a new name")
}
