//! The whole recipe, from a number and the parameters to counts by practice and year.

use super::denominators::Denominators;
use super::geography::{Practice, practices};
use super::keystream::Keystream;
use super::parameters::Parameters;
use super::presence::{Traits, presence};
use super::{ByYear, cells, processes};

/// Everything that is simulated, before it is put into rows. A denominator of 0 stands for no row.
#[derive(Debug)]
pub(super) struct World {
    pub(super) keys: Keystream,
    pub(super) practices: Vec<Practice>,
    pub(super) women: Vec<ByYear<f64>>,
    pub(super) screened: Vec<ByYear<f64>>,
    pub(super) deliveries: Vec<ByYear<f64>>,
    pub(super) unassisted: Vec<ByYear<f64>>,
}

impl World {
    /// Runs the recipe, one step on each line.
    pub(super) fn new(number: u16, parameters: &Parameters) -> Self {
        let keys = Keystream::new(number);
        let practices = practices(keys);
        let traits = Traits::new(keys, practices.len());
        let presence = presence(&practices, &traits);
        let Denominators { women, deliveries } =
            Denominators::new(keys, &practices, &presence, &traits, parameters);
        let screening = processes::screening(keys, &practices, &traits, parameters);
        let births = processes::births(keys, &practices, &traits, parameters);
        let screened = cells::screened(keys, &practices, &women, &screening);
        let unassisted = cells::unassisted(keys, &practices, &deliveries, &births, parameters);
        Self { keys, practices, women, screened, deliveries, unassisted }
    }
}
