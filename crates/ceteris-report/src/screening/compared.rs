//! A computed number beside the published one.

use ceteris_data::published::Quantity;

/// A number, what was published for it, and whether the synthetic panel was made to meet it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Compared {
    /// What the number is.
    pub name: String,
    /// As published; `None` if the report does not print it.
    pub published: Option<f64>,
    /// As computed; `None` if the panel does not carry it.
    pub computed: Option<f64>,
    /// Decimals of the published number.
    pub decimals: u8,
    /// Whether the synthetic panel was calibrated to the published number.
    pub calibration_target: bool,
}

impl Compared {
    /// Puts a computed number beside a published one.
    pub fn new(
        name: impl Into<String>,
        published: impl Into<Option<f64>>,
        computed: impl Into<Option<f64>>,
        decimals: u8,
        quantity: Quantity,
    ) -> Self {
        let (published, computed) = (published.into(), computed.into());
        let calibration_target = quantity.is_calibrated() && published.is_some() && computed.is_some();
        Self { name: name.into(), published, computed, decimals, calibration_target }
    }

    /// The same without the mark of a calibration target, for what only follows from targets.
    pub fn derived(mut self) -> Self {
        self.calibration_target = false;
        self
    }

    /// computed - published, where there are both.
    pub fn difference(&self) -> Option<f64> {
        Some(self.computed? - self.published?)
    }
}
