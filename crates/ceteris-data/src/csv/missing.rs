//! Which fields mean "missing".

/// Fields that mean "missing" unless a reader is told otherwise.
pub const MISSING: [&str; 7] = ["", "NA", "NaN", "nan", ".", "null", "NULL"];

/// The fields that mean "missing" in one file; the length of most other fields tells them apart.
pub(super) struct Markers {
    markers: Vec<Vec<u8>>,
    lengths: u64,
}

impl Markers {
    pub(super) fn new(markers: &[String]) -> Self {
        let markers: Vec<Vec<u8>> = markers.iter().map(|marker| marker.clone().into()).collect();
        let lengths = markers.iter().fold(0, |lengths, marker| lengths | bit(marker.len()));
        Self { markers, lengths }
    }

    pub(super) fn contains(&self, field: &[u8]) -> bool {
        let field = field.trim_ascii();
        self.lengths & bit(field.len()) != 0 && self.markers.iter().any(|marker| marker.as_slice() == field)
    }
}

fn bit(length: usize) -> u64 {
    1 << length.min(63)
}
