//! Sums of prescribing by practice and class of medicines, and the indicators made of them.
//!
//! ```text
//! ind1 = items of antibacterials / STAR-PU            ind2 = 100 broad-spectrum / antibacterial items
//! ind3 = items of hypnotics / STAR-PU                 ind4 = 100 ibuprofen and naproxen / NSAID items
//! ind5 = items / ASTRO-PU      ind6 = actual cost / ASTRO-PU      ind7 = 100 branded / generic items
//! ```
//!
//! Each is then indexed to a mean of 100 (`index_to_mean_100`), which also removes the unit.

use std::collections::BTreeMap;
use std::path::Path;

use super::bnf::BnfClass;
use super::month::{Prescription, visit_prescribing};
use super::units::{PrescribingUnit, UnitEdition};
use crate::error::Result;
use crate::nhs::list_sizes::Patients;

/// Sums over presentations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct PrescribingSum {
    /// Items.
    pub items: u64,
    /// Net ingredient cost, in pence.
    pub net_cost: u64,
    /// Actual cost, in pence.
    pub actual_cost: u64,
}

impl PrescribingSum {
    fn add(&mut self, row: &Prescription<'_>) {
        self.items += row.items;
        self.net_cost += row.net_cost;
        self.actual_cost += row.actual_cost;
    }
}

/// Sums by practice, one for each class, over all months added.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{BnfClass, PrescribingTotals};
/// let mut totals = PrescribingTotals::new(PrescribingTotals::REPORT);
/// totals.add_month("T201008PDPI+BNFT.CSV")?;
/// println!("{:?}", totals.sum("A86003", BnfClass::HYPNOTICS));
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct PrescribingTotals {
    classes: Vec<BnfClass>,
    places: BTreeMap<String, usize>,
    sums: Vec<Vec<PrescribingSum>>,
    /// The practice of the last row and its place: rows of a practice follow one another.
    last: (String, usize),
}

impl PrescribingTotals {
    /// The classes of the evaluation's seven indicators.
    pub const REPORT: [BnfClass; 8] = [
        BnfClass::ALL,
        BnfClass::ANTIBACTERIALS,
        BnfClass::BROAD_SPECTRUM,
        BnfClass::HYPNOTICS,
        BnfClass::NSAIDS,
        BnfClass::IBUPROFEN_NAPROXEN,
        BnfClass::BRANDED,
        BnfClass::GENERIC,
    ];

    /// Nothing summed yet, over these classes; a presentation counts in each class that holds it.
    pub fn new(classes: impl IntoIterator<Item = BnfClass>) -> Self {
        let classes = classes.into_iter().collect();
        Self { classes, places: BTreeMap::new(), sums: Vec::new(), last: (String::new(), 0) }
    }

    /// Adds a month's file and returns its number of rows.
    ///
    /// # Errors
    /// Those of [`visit_prescribing`]; what was added before the error stays.
    pub fn add_month(&mut self, path: impl AsRef<Path>) -> Result<u64> {
        visit_prescribing(path, |row| {
            self.add(row);
            Ok(())
        })
    }

    /// Adds a row.
    pub fn add(&mut self, row: &Prescription<'_>) {
        let place = self.place(row.practice);
        for (sum, class) in self.sums[place].iter_mut().zip(&self.classes) {
            if class.holds(row.bnf_code) {
                sum.add(row);
            }
        }
    }

    /// Where the sums of a practice stand, made if it is met for the first time.
    fn place(&mut self, practice: &str) -> usize {
        if self.last.0 != practice {
            let place = *self.places.entry(practice.to_string()).or_insert(self.sums.len());
            if place == self.sums.len() {
                self.sums.push(vec![PrescribingSum::default(); self.classes.len()]);
            }
            self.last = (practice.to_string(), place);
        }
        self.last.1
    }

    /// The practices met, by code.
    pub fn practices(&self) -> impl Iterator<Item = &str> {
        self.places.keys().map(String::as_str)
    }

    /// Sum of a practice over a class; `None` if the practice was not met or the class not asked for.
    pub fn sum(&self, practice: &str, class: BnfClass) -> Option<PrescribingSum> {
        let of_class = self.classes.iter().position(|each| *each == class)?;
        self.places.get(practice).map(|place| self.sums[*place][of_class])
    }

    /// The evaluation's seven indicators of a practice with these patients, before they are indexed;
    /// `None` where a denominator is zero, a class was not asked for or a unit has no weights.
    pub fn indicators(&self, practice: &str, patients: &Patients, edition: UnitEdition) -> [Option<f64>; 7] {
        let items = |class| self.sum(practice, class).map(|sum| sum.items as f64);
        let cost = self.sum(practice, BnfClass::ALL).map(|sum| sum.actual_cost as f64 / 100.0);
        let units = |unit: PrescribingUnit| unit.weights(edition).map(|weights| weights.units(patients));
        let percent = |part, whole| ratio(items(part), items(whole)).map(|share| 100.0 * share);
        [
            ratio(items(BnfClass::ANTIBACTERIALS), units(PrescribingUnit::StarAntibacterials)),
            percent(BnfClass::BROAD_SPECTRUM, BnfClass::ANTIBACTERIALS),
            ratio(items(BnfClass::HYPNOTICS), units(PrescribingUnit::StarHypnotics)),
            percent(BnfClass::IBUPROFEN_NAPROXEN, BnfClass::NSAIDS),
            ratio(items(BnfClass::ALL), units(PrescribingUnit::AstroItems)),
            ratio(cost, units(PrescribingUnit::AstroCost)),
            percent(BnfClass::BRANDED, BnfClass::GENERIC),
        ]
    }
}

fn ratio(numerator: Option<f64>, denominator: Option<f64>) -> Option<f64> {
    let denominator = denominator.filter(|denominator| *denominator > 0.0)?;
    numerator.map(|numerator| numerator / denominator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nhs::Month;

    fn row(bnf_code: &str, items: u64) -> Prescription<'_> {
        Prescription {
            practice: "A86003",
            bnf_code,
            bnf_name: "",
            items,
            net_cost: 110,
            actual_cost: 100,
            quantity: 1,
            month: Month { year: 2010, month: 8 },
        }
    }

    fn totals() -> PrescribingTotals {
        let mut totals = PrescribingTotals::new(PrescribingTotals::REPORT);
        for (code, items) in [
            ("0501013K0AAAJAJ", 3), // co-amoxiclav, generic
            ("0501013B0AAAAAA", 9), // amoxicillin, generic
            ("1001010J0BBAAAA", 2), // ibuprofen, a brand
            ("1001010C0AAAAAA", 2), // diclofenac, generic
            ("0401010Z0AAAAAA", 4), // zopiclone, generic
            ("21480000100", 5),     // an appliance
        ] {
            totals.add(&row(code, items));
        }
        totals
    }

    #[test]
    fn a_presentation_counts_in_every_class_that_holds_it() {
        let totals = totals();
        let items = |class| totals.sum("A86003", class).expect("met").items;
        assert_eq!(PrescribingTotals::REPORT.map(items), [25, 12, 3, 4, 4, 2, 2, 18]);
        assert_eq!(totals.sum("A86003", BnfClass::ALL).expect("met").actual_cost, 600);
        assert_eq!(totals.sum("B81001", BnfClass::ALL), None);
    }

    #[test]
    fn indicators_are_per_unit_or_percent() {
        let mut patients = Patients::default();
        patients.male[0] = 100;
        let found = totals().indicators("A86003", &patients, UnitEdition::Of2013);
        assert_eq!(found[1], Some(25.0));
        assert_eq!(found[3], Some(50.0));
        assert_eq!(found[5], Some(6.0 / 100.0)); // boys under five weigh 1 in cost
        assert_eq!(found[6], Some(100.0 * 2.0 / 18.0));
        let earlier = totals().indicators("A86003", &patients, UnitEdition::Of2009);
        assert_eq!(earlier[2], None);
        assert_eq!(totals().indicators("A86003", &Patients::default(), UnitEdition::Of2013)[0], None);
    }
}
