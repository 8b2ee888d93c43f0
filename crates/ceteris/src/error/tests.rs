//! Sentences, remedies and codes.

use super::*;

fn with_remedies() -> Vec<Error> {
    let name = || "x".to_string();
    let (iterations, residual, tolerance) = (10, 1e-3, 1e-11);
    vec![
        Error::NotConverged { column: name(), iterations, residual, tolerance },
        Error::NoNeverTreated { column: name() },
        Error::FirstTreatedMissing { column: name(), units: 1 },
        Error::NeverOrAlways { column: name(), value: 0, units: 9, first_time: 2003 },
        Error::ReferenceAbsent { reference: -1, cohorts: vec![7, 9], nearest: Some(-2) },
        Error::ReferenceAbsent { reference: -1, cohorts: vec![7], nearest: None },
        Error::Overlap { comparison: name(), propensity: 0.9999 },
        Error::Separation { comparison: name(), iterations, residual, tolerance },
        Error::FeatureDisabled { feature: "lapack", wanted_by: "LeastSquares::Lapack" },
    ]
}

#[test]
fn a_sentence_ends_with_its_remedy_under_any_names() {
    let word = |value: &str| value.rsplit("::").next().map(str::to_lowercase);
    let flags = |setting: &str, value: Option<&str>| {
        format!("--{setting} {}", value.and_then(word).unwrap_or("N".to_string()))
    };
    for error in with_remedies() {
        let remedy = error.remedy().expect("it has one");
        assert!(error.to_string().ends_with(&remedy.to_string()), "{error}");
        let named = error.named(&flags);
        assert!(named.ends_with(&remedy.named(&flags)) && !named.contains("::"), "{named}");
    }
}

#[test]
fn a_model_among_several_has_the_remedy_and_the_code_of_its_reason() {
    for reason in with_remedies() {
        let (remedy, code) = (reason.remedy(), reason.code());
        let error = Error::InModel { number: 2, model: "y ~ x".to_string(), reason: Box::new(reason) };
        assert_eq!((error.remedy(), error.code()), (remedy, code));
        assert!(error.to_string().starts_with("model 2, `y ~ x`: "));
    }
}

#[test]
fn a_code_is_the_name_of_the_variant() {
    let error = Error::EmptyCell { cell: "treated".to_string() };
    assert_eq!((error.code(), error.category().name()), ("empty_cell", "design"));
    assert!(error.remedy().is_none());
    let codes: Vec<&str> = with_remedies().iter().map(Error::code).collect();
    let expected = "not_converged no_never_treated first_treated_missing never_or_always reference_absent \
                    reference_absent overlap separation feature_disabled";
    assert_eq!(codes, expected.split(' ').collect::<Vec<&str>>());
}

#[cfg(feature = "serde")]
#[test]
fn an_error_is_an_object_with_code_category_message_and_remedy() {
    let error = Error::NoNeverTreated { column: "first".to_string() };
    let object = serde_json::to_value(&error).expect("JSON");
    assert_eq!((&object["code"], &object["category"]), (&"no_never_treated".into(), &"design".into()));
    assert_eq!(object["message"], error.to_string());
    assert_eq!(object["remedy"][0]["action"], "use");
    assert_eq!(object["remedy"][0]["value"], "Controls::NotYetTreated");
    assert_eq!(object["remedy"][1]["setting"], "never");
    let other = Error::EmptyCell { cell: "treated".to_string() };
    assert!(serde_json::to_value(&other).expect("JSON")["remedy"].is_null());
}
