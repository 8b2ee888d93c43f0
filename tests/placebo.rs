//! Placebos in time: zero where trends are parallel, and what was planted where they are not.

use approx::assert_relative_eq;
use ceteris::parallel_trends::{Answer, Placebo};
use ceteris::staggered::Never;
use ceteris::{Cluster, DifferenceInDifferences, Dose, EventStudy, Frame, Hc, Index, Reform, fe};

const REFORM: Reform<'static> = Reform { time: "year", date: 5 };

/// Eight units over seven years, the treated four with the noise of the other four; treated units drift by
/// `slope` a year and gain 3 from year 5 on.
fn panel(slope: f64) -> Frame {
    let rows: Vec<(f64, f64)> =
        (0..8).flat_map(|unit| (1..=7).map(move |year| (f64::from(unit), f64::from(year)))).collect();
    let treated = |unit: f64| f64::from(u8::from(unit < 4.0));
    let outcome = |&(unit, year): &(f64, f64)| {
        let gain = if year >= 5.0 { 3.0 } else { 0.0 };
        let noise = (unit % 4.0 * (3.0 + year) + 5.0 * year * year) % 7.0 / 10.0;
        unit + noise + treated(unit) * (slope * year + gain)
    };
    Frame::new()
        .add_real("unit", rows.iter().map(|row| row.0).collect())
        .and_then(|frame| frame.add_real("year", rows.iter().map(|row| row.1).collect()))
        .and_then(|frame| frame.add_real("treated", rows.iter().map(|row| treated(row.0)).collect()))
        .and_then(|frame| frame.add_real("dose", rows.iter().map(|row| 2.0 * treated(row.0)).collect()))
        .and_then(|frame| {
            frame.add_real("first", rows.iter().map(|row| if row.0 < 4.0 { 5.0 } else { 0.0 }).collect())
        })
        .and_then(|frame| frame.add_real("y", rows.iter().map(outcome).collect()))
        .unwrap()
}

fn estimates(placebos: &[Placebo]) -> Vec<(i64, f64)> {
    let estimate = |placebo: &Placebo| (placebo.date, placebo.effect.given().expect("identified").estimate);
    placebos.iter().map(estimate).collect()
}

/// The mean of `slope * year` over years `date..5` less that over `1..date`.
fn drift(slope: f64, date: i64) -> f64 {
    let date = date as f64;
    slope * ((date + 4.0) / 2.0 - date / 2.0)
}

#[test]
fn every_date_before_the_reform_but_the_first_is_tried() {
    let design = DifferenceInDifferences::new("y", "treated", REFORM).absorb([fe("unit"), fe("year")]);
    for slope in [0.0, 0.5] {
        let frame = panel(slope);
        let placebos = design.placebos(&frame, Hc::Hc1).unwrap();
        let found = estimates(&placebos);
        assert_eq!(found.iter().map(|(date, _)| *date).collect::<Vec<_>>(), [2, 3, 4]);
        for (date, estimate) in found {
            assert_relative_eq!(estimate, drift(slope, date), epsilon = 1e-10);
        }
    }
}

#[test]
fn a_dose_has_the_placebos_of_its_indicator_per_unit() {
    let frame = panel(0.5);
    let effects = [fe("unit"), fe("year")];
    let binary = DifferenceInDifferences::new("y", "treated", REFORM).absorb(effects.clone());
    let dose = Dose::new("y", ["dose"], REFORM).absorb(effects);
    let binary = estimates(&binary.placebos(&frame, Hc::Hc1).unwrap());
    let dose = estimates(&dose.placebos("dose", &frame, Hc::Hc1).unwrap());
    for ((date, estimate), (_, per_unit)) in binary.into_iter().zip(dose) {
        assert_relative_eq!(estimate, 2.0 * per_unit, epsilon = 1e-10, max_relative = 1e-10);
        assert_relative_eq!(estimate, drift(0.5, date), epsilon = 1e-10);
    }
}

#[test]
fn units_treated_at_one_date_have_the_placebos_of_the_reform() {
    let frame = panel(0.5);
    let study = EventStudy::new("y", Index { unit: "unit", time: "year" }, "first").never(Never::Value(0));
    let found = estimates(&study.placebos(&frame, Cluster::by(["unit"])).unwrap());
    assert_eq!(found.iter().map(|(date, _)| *date).collect::<Vec<_>>(), [-1, -2, -3]);
    for (periods, estimate) in found {
        assert_relative_eq!(estimate, drift(0.5, 5 + periods), epsilon = 1e-10);
    }
}

#[test]
fn a_date_without_an_effect_says_why() {
    let frame = panel(0.0);
    // Nobody is treated before year 3: the cell of treated rows before it is empty.
    let (years, treated) = (frame.real("year").unwrap(), frame.real("treated").unwrap());
    let gaps = years.iter().zip(treated).map(|(y, t)| if *y < 3.0 && *t == 1.0 { f64::NAN } else { *t });
    let frame = frame.clone().add_real("seen", gaps.collect()).unwrap();
    let design = DifferenceInDifferences::new("y", "seen", REFORM);
    let placebos = design.placebos(&frame, Hc::Hc1).unwrap();
    assert!(matches!(&placebos[0].effect, Answer::Refused { reason } if reason.contains("every cell")));
    assert!(placebos[2].effect.given().is_some());
}
