//! A worked example with Stata's number: investment on capital with firm and year effects.

use ceteris::{Cluster, Inference, Ols, SmallSample};
use support::{Place, announce};

/// Printed with 13 digits.
const COEFFICIENT: f64 = 0.413801834595385;
/// Printed with ten digits.
const STD_ERROR: f64 = 0.06328129409;
/// What Stata's `xtreg, fe vce(cluster firm)` prints.
const PRINTED_BY_XTREG: &str = "0.06328129";

fn under(small_sample: SmallSample) -> Option<Inference> {
    let Some(frame) = Place::Shared.read("grunfeld_plm.csv") else {
        announce("SKIPPED worked example: `grunfeld_plm.csv` is not on this machine");
        return None;
    };
    let fit = Ols::new("inv").regress_on(["capital"]).absorb(["firm", "year"]).fit(&frame).unwrap();
    Some(fit.inference(Cluster::by(["firm"]).small_sample(small_sample)).unwrap())
}

#[test]
fn xtreg_and_every_preset_that_frees_nested_effects_print_the_same() {
    let presets = [SmallSample::xtreg(), SmallSample::fixest(), SmallSample::reghdfe(), SmallSample::exact()];
    for preset in presets {
        let Some(table) = under(preset) else { return };
        let capital = table.coef("capital").unwrap();
        assert_eq!(table.parameters(), 21, "{preset}");
        assert!((capital.estimate / COEFFICIENT - 1.0).abs() < 1e-14);
        assert!((capital.std_error.unwrap() / STD_ERROR - 1.0).abs() < 1e-10);
        assert_eq!(format!("{:.8}", capital.std_error.unwrap()), PRINTED_BY_XTREG);
    }
}

#[test]
fn areg_counts_the_nested_effect_too() {
    let Some(table) = under(SmallSample::areg()) else { return };
    assert_eq!(table.parameters(), 30);
}
