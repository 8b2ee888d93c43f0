//! Which of collinear columns are omitted: the later ones, whatever their scale, and nothing else.

use ceteris::model::Omitted;
use ceteris::{Error, Fit, Ols};

use crate::cases;

fn fit(id: &str, model: &str) -> Fit {
    let case = cases::all().into_iter().find(|case| case.id == id && case.model == model).unwrap();
    case.ols.fit(&case.frame().unwrap()).unwrap()
}

/// Each omitted column with what spans it.
fn omitted(fit: &Fit) -> Vec<(String, Vec<&str>)> {
    fn entry(omitted: &Omitted) -> (String, Vec<&str>) {
        (omitted.name.to_string(), omitted.spanned_by.iter().map(String::as_str).collect())
    }
    fit.omitted().iter().map(entry).collect()
}

/// Names with what is expected to span them.
fn spanned<'a>(expected: &[(&str, &[&'a str])]) -> Vec<(String, Vec<&'a str>)> {
    expected.iter().map(|(name, spanned_by)| (name.to_string(), spanned_by.to_vec())).collect()
}

const ID: &str = "13_rank_deficient";

#[test]
fn of_collinear_columns_the_later_are_omitted() {
    let forwards = fit(ID, "x1+x2+x3+x4");
    assert_eq!(omitted(&forwards), spanned(&[("x3", &["x1", "x2"]), ("x4", &["x1", "x2"])]));
    let backwards = fit(ID, "x3+x4+x1+x2");
    assert_eq!(omitted(&backwards), spanned(&[("x1", &["x3", "x4"]), ("x2", &["x3", "x4"])]));
    assert_eq!(omitted(&fit(ID, "x1+dup+x2")), spanned(&[("dup", &["x1"])]));
}

#[test]
fn a_column_that_differs_in_its_seventh_digit_is_estimated() {
    let fit = fit(ID, "x1+near+x2");
    assert_eq!(fit.names(), ["(Intercept)", "x1", "near", "x2"]);
    assert!(fit.omitted().is_empty());
}

#[test]
fn constants_and_zeros_are_omitted_beside_an_intercept() {
    let fit = fit(ID, "x1+const2+zero");
    assert_eq!(omitted(&fit), spanned(&[("const2", &["(Intercept)"]), ("zero", &["0"])]));
}

#[test]
fn what_an_effect_spans_is_omitted_and_the_effect_is_named() {
    assert_eq!(omitted(&fit(ID, "x1+gx|g")), spanned(&[("gx", &["g"])]));
    assert_eq!(omitted(&fit(ID, "gx+x1+x3+x2|g+h")), spanned(&[("gx", &["g"]), ("x2", &["x1", "x3"])]));
}

#[test]
fn a_model_of_which_the_effects_leave_nothing_is_refused() {
    let frame = cases::all().into_iter().find(|case| case.id == ID).unwrap().frame().unwrap();
    let refused = Ols::new("y").regress_on(["gx"]).absorb(["g"]).fit(&frame);
    assert!(matches!(refused, Err(Error::NotIdentified { term, .. }) if term == "gx"));
}

#[test]
fn effects_leave_only_the_triple_product_of_a_triple_difference() {
    let fit = fit("07_triple_difference", "small_full_interaction");
    assert_eq!(fit.names(), ["post:multi_la:screening"]);
    assert_eq!(fit.omitted().len(), 6);
}

#[test]
fn columns_of_any_scale_are_estimated() {
    assert_eq!(fit("17_conditioning", "illscaled").names(), ["x", "z"]);
}
