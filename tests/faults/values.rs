//! Values of unusual size: identifiers that doubles hold or do not, outcomes whose squares leave their range.

use ceteris::{Absorption, Alternating, Error, Lsmr, Ols, Pcg, Solver};

use crate::data::frame;

#[test]
fn identifiers_far_below_zero_are_levels_as_labels_are() {
    let fitted = |input: &str| "y ~ x | f".parse::<Ols>().unwrap().fit(&frame(input)).unwrap();
    let (ids, labels) = (fitted("whole_number_ids"), fitted("whole_number_ids_as_labels"));
    assert_eq!((ids.nobs() - ids.ledger().rank, ids.ledger().rank), (23, 13));
    assert!((ids.quality().r2 - 0.238902).abs() < 5e-7, "{}", ids.quality().r2);
    assert!((ids.estimate("x").unwrap() - labels.estimate("x").unwrap()).abs() < 1e-12);
    let fit = fitted("whole_number_ids_out_of_range");
    assert_eq!(fit.ledger().effects[0].nlevels, 3);
}

#[test]
fn values_whose_squares_leave_the_range_of_doubles_are_named_by_every_method() {
    let (pcg, lsmr, alternating) = (Pcg::default(), Lsmr::default().limit(10), Alternating::default());
    let methods = [
        Absorption::Auto,
        Absorption::Direct,
        Absorption::Dummies,
        pcg.into(),
        lsmr.into(),
        alternating.into(),
    ];
    let refused = |input: &str, formula: &str, method: Absorption| {
        let model: Ols = formula.parse().unwrap();
        match model.solver(Solver::default().absorption(method)).fit(&frame(input)) {
            Err(Error::Magnitude { column, largest }) => (column, largest),
            other => panic!("{input} {formula} {method:?}: {:?}", other.err()),
        }
    };
    for method in methods {
        assert_eq!(
            refused("lsmr_never_ends", "y ~ x | a + b", method),
            ("y".to_string(), 6e200),
            "{method:?}"
        );
    }
    assert_eq!(refused("large_values", "y ~ x", Absorption::Auto).0, "x");
    assert_eq!(refused("large_values", "x ~ y", Absorption::Auto).0, "x");
    assert_eq!(refused("tiny_values", "y ~ x", Absorption::Auto).0, "x");
}
