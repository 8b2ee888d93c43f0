//! Prescribing units: what a practice would prescribe if its patients were average for their sex and
//! age.
//!
//! ```text
//! units(i) = sum over sex and age band of  weight(sex, band) patients(i, sex, band)
//! ```
//!
//! ASTRO-PU weigh all prescribing, STAR-PU one therapeutic group. Source: Health and Social Care
//! Information Centre, *Prescribing units 2013*, Open Government Licence; edition 2009 beside it.

use std::str::FromStr;

use crate::error::Result;
use crate::nhs::derive::invalid;
use crate::nhs::list_sizes::{AGE_BANDS, NBANDS, Patients};

/// The weights as published: unit, edition, band, male, female.
const TABLE: &str = include_str!("units.csv");

/// What is weighed, and by which measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PrescribingUnit {
    /// ASTRO-PU, items.
    AstroItems,
    /// ASTRO-PU, cost.
    AstroCost,
    /// STAR-PU of oral antibacterials, items.
    StarAntibacterials,
    /// STAR-PU of hypnotics, average daily quantities; first weighed in 2013.
    StarHypnotics,
}

/// When the weights were set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UnitEdition {
    /// Of 2009.
    Of2009,
    /// Of 2013.
    Of2013,
}

/// Weights by sex and age band.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct UnitWeights {
    /// Men and boys, by [`AGE_BANDS`].
    pub male: [f64; NBANDS],
    /// Women and girls.
    pub female: [f64; NBANDS],
}

impl UnitWeights {
    /// Prescribing units of these patients.
    pub fn units(&self, patients: &Patients) -> f64 {
        let sum = |weights: &[f64; NBANDS], counts: &[u64; NBANDS]| -> f64 {
            weights.iter().zip(counts).map(|(weight, count)| weight * *count as f64).sum()
        };
        sum(&self.male, &patients.male) + sum(&self.female, &patients.female)
    }
}

impl PrescribingUnit {
    /// All of them.
    pub const ALL: [PrescribingUnit; 4] =
        [Self::AstroItems, Self::AstroCost, Self::StarAntibacterials, Self::StarHypnotics];

    fn name(self) -> &'static str {
        match self {
            Self::AstroItems => "astro_items",
            Self::AstroCost => "astro_cost",
            Self::StarAntibacterials => "star_antibacterials_items",
            Self::StarHypnotics => "star_hypnotics_adq",
        }
    }

    /// Weights of an edition; `None` if it has none for this unit.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::nhs::{PrescribingUnit, UnitEdition};
    /// let weights = PrescribingUnit::AstroCost.weights(UnitEdition::Of2013).expect("published");
    /// assert_eq!(weights.male[0], 1.0); // boys under five are the unit of cost
    /// assert!(PrescribingUnit::StarHypnotics.weights(UnitEdition::Of2009).is_none());
    /// ```
    pub fn weights(self, edition: UnitEdition) -> Option<UnitWeights> {
        let edition = match edition {
            UnitEdition::Of2009 => "2009",
            UnitEdition::Of2013 => "2013",
        };
        let mut weights = UnitWeights { male: [0.0; NBANDS], female: [0.0; NBANDS] };
        let mut found = 0;
        for line in TABLE.lines().skip(1) {
            let fields: Vec<&str> = line.split(',').collect();
            if fields[..2] == [self.name(), edition] {
                let band = AGE_BANDS.iter().position(|band| *band == fields[2]).expect("a test reads all");
                weights.male[band] = number(fields[3]);
                weights.female[band] = number(fields[4]);
                found += 1;
            }
        }
        (found == NBANDS).then_some(weights)
    }
}

fn number(text: &str) -> f64 {
    f64::from_str(text).expect("committed weights are read by a test")
}

/// Items, cost or quantity per prescribing unit.
///
/// # Errors
/// [`ceteris::Error::InvalidSetting`] if the practice has no unit.
pub fn per_unit(amount: f64, units: f64) -> Result<f64> {
    if !(units > 0.0 && units.is_finite()) {
        return Err(invalid("prescribing units", "above zero and finite", units.to_string()));
    }
    Ok(amount / units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_of_the_table_is_read_and_at_least_zero() {
        let editions = [UnitEdition::Of2009, UnitEdition::Of2013];
        let read: Vec<UnitWeights> = PrescribingUnit::ALL
            .into_iter()
            .flat_map(|unit| editions.into_iter().filter_map(move |edition| unit.weights(edition)))
            .collect();
        assert_eq!(read.len() * NBANDS, TABLE.lines().count() - 1);
        assert!(
            read.iter().flat_map(|each| each.male.iter().chain(&each.female)).all(|weight| *weight >= 0.0)
        );
    }

    /// The publisher's workbook, where it is at hand: sheet, and row and column of the first weight.
    #[cfg(feature = "excel")]
    #[test]
    fn weights_are_those_of_the_published_workbook() {
        use crate::nhs::workbook::sheets;
        let beside = || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
        let folder = std::env::var_os("CETERIS_SHARED").map_or_else(beside, std::path::PathBuf::from);
        let path = folder.join("data/prescribing_units/prescribing_units_2013.xlsx");
        let Ok(bytes) = std::fs::read(&path) else {
            eprintln!("SKIPPED: no prescribing_units_2013.xlsx in `shared`; set CETERIS_SHARED");
            return;
        };
        let sheets = sheets(&path, bytes).expect("a sound workbook");
        for (unit, edition, sheet, row, column) in [
            (PrescribingUnit::AstroCost, UnitEdition::Of2013, 0, 5, 1),
            (PrescribingUnit::AstroCost, UnitEdition::Of2009, 0, 5, 5),
            (PrescribingUnit::AstroItems, UnitEdition::Of2013, 0, 21, 1),
            (PrescribingUnit::AstroItems, UnitEdition::Of2009, 0, 21, 5),
            (PrescribingUnit::StarAntibacterials, UnitEdition::Of2013, 1, 324, 3),
            (PrescribingUnit::StarAntibacterials, UnitEdition::Of2009, 1, 324, 7),
            (PrescribingUnit::StarHypnotics, UnitEdition::Of2013, 1, 204, 3),
        ] {
            let weights = unit.weights(edition).expect("published");
            for band in 0..NBANDS {
                let cell = |column: usize| sheets[sheet].cell(row + band, column).number();
                assert_eq!(cell(column), Some(weights.male[band]), "{unit:?} {edition:?} {band}");
                assert_eq!(cell(column + 1), Some(weights.female[band]), "{unit:?} {edition:?} {band}");
            }
        }
    }

    #[test]
    fn units_of_one_patient_are_the_weight() {
        let weights = PrescribingUnit::AstroItems.weights(UnitEdition::Of2013).expect("published");
        let mut patients = Patients::default();
        patients.female[8] = 2;
        assert_eq!(weights.units(&patients), 2.0 * weights.female[8]);
        assert!(per_unit(1.0, 0.0).is_err());
    }
}
