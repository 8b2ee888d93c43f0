//! A fit of a list is the fit that its model has alone.

use ceteris::{
    Absorption, Alternating, Condition, Error, Fit, Frame, Models, Ols, Pcg, Singletons, Solver, Weights, fe,
};
use proptest::prelude::*;

use crate::panel::{Rows, close, ols, panels, same_matrix};

/// Outcomes of the same rows and of others, nested regressors, categories with and without a reference, other
/// effects, and models that cannot be estimated.
const FORMULAS: [&str; 18] = [
    "y ~ x | f + g",
    "y ~ x + z | f + g",
    "holes ~ x + z | f + g",
    "other_holes ~ x | f + g",
    "same_holes ~ x | f + g",
    "z ~ x + y | f + g",
    "y ~ i(h) + x | f + g",
    "y ~ i(h, 2) + x | f + g",
    "y ~ i(h):x + x | f + g",
    "y ~ z + x + i(f) | f + g",
    "y ~ constant | f + g",
    "constant ~ x | f + g",
    "log(y) ~ x | f + g",
    "y ~ x | g + f",
    "y ~ x + x^3",
    "y ~ x + x^3 - 1",
    "y ~ x | f[z] + g",
    "unheard_of ~ x | f + g",
];

/// The panel with outcomes that are missing here and there, and a column that takes one value.
fn frame(rows: &Rows) -> Frame {
    let with_holes = |every: usize| {
        let holed = rows.y.iter().enumerate().map(|(i, y)| if i % every == 1 { f64::NAN } else { *y });
        holed.collect::<Vec<f64>>()
    };
    let frame = rows.frame().add_real("holes", with_holes(5)).unwrap();
    let frame = frame.add_real("same_holes", with_holes(5)).unwrap();
    let frame = frame.add_real("other_holes", with_holes(7)).unwrap();
    frame.add_real("constant", vec![1.0; rows.y.len()]).unwrap()
}

/// Everything that a fit holds, every number to its last digit; or the sentence of the error.
fn all_of(fit: &Result<Fit, Error>) -> String {
    match fit {
        Ok(fit) => format!("{fit:?}"),
        Err(Error::InModel { reason, .. }) => reason.to_string(),
        Err(error) => error.to_string(),
    }
}

fn assert_as_alone(models: &[Ols], frame: &Frame) {
    let together = Models::new(models.iter().cloned()).fit_each(frame);
    assert_eq!(together.len(), models.len());
    for (model, fit) in models.iter().zip(&together) {
        assert_eq!(all_of(fit), all_of(&model.fit(frame)), "{model}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn each_model_of_a_list_is_as_alone_to_the_bit(
        rows in panels(),
        chosen in proptest::collection::vec(0..FORMULAS.len(), 1..12),
        weights in 0..3usize,
        keep in any::<bool>(),
    ) {
        let weights = [None, Some(Weights::analytic("w")), Some(Weights::frequency("w"))][weights].clone();
        let singletons = if keep { Singletons::Keep } else { Singletons::Drop };
        let model = |place: usize| {
            let model = ols(FORMULAS[place]).singletons(singletons);
            weights.iter().fold(model, |model, weights| model.weights(weights.clone()))
        };
        assert_as_alone(&chosen.into_iter().map(model).collect::<Vec<Ols>>(), &frame(&rows));
    }

    #[test]
    fn each_model_of_a_list_is_as_alone_within_the_tolerance_of_iterations(rows in panels(), pcg in any::<bool>()) {
        let absorption = if pcg { Absorption::from(Pcg::default()) } else { Alternating::default().into() };
        let model = |formula| ols(formula).solver(Solver::default().absorption(absorption));
        let models = FORMULAS[..9].iter().map(|formula| model(formula)).collect::<Vec<Ols>>();
        let frame = frame(&rows);
        for (model, together) in models.iter().zip(Models::new(models.clone()).fit(&frame).unwrap()) {
            let alone = model.fit(&frame).unwrap();
            prop_assert_eq!(alone.names(), together.names());
            let coefficients = alone.coefficients().iter().zip(together.coefficients());
            prop_assert!(coefficients.into_iter().all(|(a, b)| close(*a, *b)), "{}", model);
            prop_assert!(same_matrix(&alone.ingredients().bread, &together.ingredients().bread), "{}", model);
        }
    }
}

/// 60 rows, from which every formula above can be estimated that can be at all.
fn rows() -> Rows {
    let wave = |i: usize, speed: f64| (i as f64 * speed).sin() + 0.1 * (i as f64 * 1.7).cos();
    let of = |value: &dyn Fn(usize) -> f64| (0..60).map(value).collect::<Vec<f64>>();
    Rows {
        y: of(&|i| 5.0 + wave(i, 0.9) + wave(i, 2.3)),
        x: of(&|i| wave(i, 2.3)),
        z: of(&|i| wave(i, 3.1)),
        f: of(&|i| (i % 6) as f64),
        g: of(&|i| (i / 7 % 5) as f64),
        h: of(&|i| (i / 3 % 4) as f64),
        w: of(&|i| 1.0 + (i % 3) as f64),
    }
}

#[test]
fn fits_come_in_the_order_of_their_models() {
    let models = FORMULAS[..10].iter().rev().map(|formula| ols(formula)).collect::<Vec<Ols>>();
    let fits = Models::new(models.clone()).fit(&frame(&rows())).unwrap();
    assert!(fits.iter().zip(&models).all(|(fit, model)| fit.ols() == model));
}

#[test]
fn one_model_that_cannot_be_estimated_is_named_and_stops_no_other() {
    let models = ols("y ~ x | f").outcomes(["y", "constant", "z"]);
    let fits = models.fit_each(&frame(&rows()));
    assert!(fits[0].is_ok() && fits[2].is_ok());
    let expected = "model 2, `constant ~ x | f`: column `constant` must vary, but it takes one value in the \
                    60 rows used; remove it or check the sample";
    assert_eq!(fits[1].as_ref().unwrap_err().to_string(), expected);
    let error = models.fit(&frame(&rows())).unwrap_err();
    assert_eq!(error.to_string(), expected);
    assert_eq!(error.category(), ceteris::error::Category::Design);
}

#[test]
fn a_column_that_does_not_converge_stops_no_model_without_it() {
    let mut frame = frame(&rows());
    // What effects leave of a column has nothing left for them to take.
    for (name, formula) in [("easy_x", "x ~ z | f + g"), ("easy_y", "y ~ z | f + g")] {
        let left = ols(formula).fit(&frame).unwrap().residuals().to_vec();
        frame = frame.add_real(name, left).unwrap();
    }
    let solver = Solver::default().absorption(Alternating::default().limit(1));
    let models = ["easy_y ~ easy_x | f + g", "y ~ easy_x | f + g"].map(|formula| ols(formula).solver(solver));
    let fits = Models::new(models).fit_each(&frame);
    assert!(fits[0].is_ok());
    let error = fits[1].as_ref().unwrap_err().to_string();
    assert!(
        error.starts_with("model 2, `y ~ easy_x | f + g`: absorption of the effects from `y` stopped"),
        "{error}"
    );
}

#[test]
fn an_empty_list_is_refused() {
    let error = Models::new([]).fit(&frame(&rows())).unwrap_err();
    assert_eq!(error.to_string(), "`models` must be at least one, but it is an empty list");
    assert!(Models::new([]).fit_each(&frame(&rows())).is_empty());
}

#[test]
fn conditions_that_leave_other_rows_make_another_group_with_its_own_effects() {
    let model = ols("y ~ x").absorb([fe("f")]);
    let few = model.clone().keep(Condition::below("row", 31.0));
    assert_as_alone(&[model.clone(), few.clone(), model, few], &frame(&rows()));
}

#[test]
fn columns_of_one_name_and_different_origin_are_not_taken_for_each_other() {
    let frame = frame(&rows()).add_real("log(w)", rows().z).unwrap();
    let column = Ols::new("y").regress_on(["log(w)"]).absorb([fe("f")]);
    assert_as_alone(&[column.clone(), ols("y ~ log(w) | f"), column], &frame);
}

#[test]
fn a_list_prints_its_formulas_and_keeps_them_when_stored() {
    let models = ols("y ~ x | f").outcomes(["y", "z"]);
    assert_eq!(models.to_string(), "y ~ x | f\nz ~ x | f");
    let stored = serde_json::to_string(&models).unwrap();
    assert_eq!(serde_json::from_str::<Models>(&stored).unwrap(), models);
}
