//! What is refused, and what is told.

use ceteris::staggered::{Adjustment, Always, Controls, GroupTimeEffects, Imputation, TwoWayDecomposition};
use ceteris::{Column, Condition, Error, Frame, Notice};

use super::identities::{growing, steps};
use super::witness::{Data, NEVER, panel};

fn effects(data: &Data) -> GroupTimeEffects {
    GroupTimeEffects::new(data.outcome, data.index, data.first_treated).never(NEVER)
}

/// The frame with one value of a column changed.
fn with_value(frame: &Frame, column: &str, row: usize, value: f64) -> Frame {
    let mut values = frame.real(column).unwrap().to_vec();
    values[row] = value;
    frame.clone().replace(column, Column::Real(values.into())).unwrap()
}

#[test]
fn never_treated_controls_must_exist() {
    let data = growing();
    let refused = effects(&data).fit(&data.frame).unwrap_err();
    assert!(matches!(&refused, Error::NoNeverTreated { column } if column == "first"));
    assert!(refused.to_string().contains("NotYetTreated"));
    let fit = effects(&data).controls(Controls::NotYetTreated).fit(&data.frame).unwrap();
    let told = |notice: &Notice| matches!(notice, Notice::CellsWithoutControls { .. });
    assert!(fit.notices().iter().any(told), "{fit}");
}

#[test]
fn groups_without_a_time_before_treatment_are_refused_or_dropped_and_told() {
    let data = steps(&[1, 3, 4, 99, 99]);
    let silent = effects(&data).fit(&data.frame);
    assert!(matches!(silent, Err(Error::NeverOrAlways { value: 1, units: 1, first_time: 1, .. })));
    let fit = effects(&data).always(Always::Drop).fit(&data.frame).unwrap();
    assert!(fit.effects().iter().all(|held| held.group > 1));
    let rule = "treated from the first time, 1, or before it".to_string();
    let told = Notice::RowsDropped { rule, rows: 8 };
    assert!(fit.notices().contains(&told));
    assert!(fit.notices().contains(&Notice::SmallGroup { group: 3, units: 1 }));
    let imputation = Imputation::new("y", data.index, "first");
    let imputed = imputation.clone().always(Always::Drop).fit(&data.frame).unwrap();
    assert!(imputed.notices().contains(&told));
    assert!(matches!(imputation.always(Always::Keep).fit(&data.frame), Err(Error::Unsupported { .. })));
}

#[test]
fn units_that_miss_a_time_leave_its_comparisons_only() {
    let data = panel();
    let missing = with_value(&data.frame, "y", 3, f64::NAN);
    let fit = effects(&data).fit(&missing).unwrap();
    let told = |notice: &Notice| matches!(notice, Notice::UnitsMissingInComparisons { .. });
    assert!(fit.notices().iter().any(told));
    let alone = data.frame.real("unit").unwrap()[3];
    let whole = effects(&data).fit(&data.frame).unwrap();
    let same = (whole.at(2005, 2007).unwrap().estimate, fit.at(2005, 2007).unwrap().estimate);
    assert!((same.0 - same.1).abs() < 1e-12, "unit {alone} has the years of this comparison");
    let refused = TwoWayDecomposition::new("y", data.index, "first_treated").never(NEVER).fit(&missing);
    assert!(matches!(refused, Err(Error::Unbalanced { found: 7, expected: 8, .. })));
}

#[test]
fn covariates_that_tell_the_treated_apart_are_refused_with_the_comparison() {
    let data = panel();
    let first = data.frame.real("first_treated").unwrap();
    let telling: Vec<f64> =
        first.iter().enumerate().map(|(i, g)| g / 100.0 + (i % 13) as f64 * 0.01).collect();
    let frame = data.frame.clone().add_real("telling", telling).unwrap();
    let refused = effects(&data).adjust_for(["telling"]).fit(&frame).unwrap_err();
    assert!(matches!(&refused, Error::Separation { .. } | Error::Overlap { .. }));
    assert!(refused.to_string().contains("comparison of group 2004"), "{refused}");
    let regression = effects(&data).adjust_for(["telling"]).adjustment(Adjustment::OutcomeRegression);
    assert!(regression.fit(&frame).is_ok());
}

#[test]
fn covariates_without_variation_are_refused() {
    let data = panel();
    let frame = data.frame.clone().add_real("same", vec![3.0; data.frame.nrows()]).unwrap();
    let refused = effects(&data).adjust_for(["same"]).fit(&frame);
    assert!(matches!(refused, Err(Error::NotIdentified { term, .. }) if term == "same"));
    let imputed = Imputation::new("y", data.index, "first_treated").never(NEVER).adjust_for(["same"]);
    assert!(
        matches!(imputed.fit(&frame), Err(Error::ConstantAmong { column, value: 3.0, .. }) if column == "same")
    );
}

#[test]
fn what_must_be_one_value_for_each_unit_is_checked() {
    let data = panel();
    let fit = effects(&data).fit(&data.frame).unwrap();
    assert!(matches!(fit.cluster_by("year"), Err(Error::NotConstant { .. })));
    let weighted = effects(&data).weights(ceteris::Weights::probability("weight"));
    let changed = with_value(&data.frame, "weight", 2, 9.0);
    assert!(matches!(weighted.fit(&changed), Err(Error::NotConstant { .. })));
    let twice = with_value(&data.frame, "year", 2, 2002.0);
    assert!(matches!(effects(&data).fit(&twice), Err(Error::DuplicateObservation { .. })));
}

#[test]
fn frequency_weights_are_refused() {
    let data = panel();
    let counts = ceteris::Weights::frequency("region");
    let refused = effects(&data).weights(counts.clone()).fit(&data.frame);
    assert!(matches!(refused, Err(Error::Unsupported { .. })));
    let imputed = Imputation::new("y", data.index, "first_treated").never(NEVER).weights(counts);
    assert!(matches!(imputed.fit(&data.frame), Err(Error::Unsupported { .. })));
}

#[test]
fn treatment_that_does_not_vary_is_refused() {
    let data = steps(&[3, 3, 4, 99, 99]);
    let early = |column| Condition::below(column, 3.0);
    let parts = TwoWayDecomposition::new("y", data.index, "first").keep(early("time"));
    assert!(parts.fit(&data.frame).is_err());
    let none = effects(&data).keep(early("time")).fit(&data.frame);
    assert!(matches!(none, Err(Error::EmptyCell { .. })));
}
