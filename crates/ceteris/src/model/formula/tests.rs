//! Reading and printing are inverse, and mistakes are pointed at.

use proptest::prelude::*;

use crate::error::Error;
use crate::frame::Interaction;
use crate::model::{Effect, Ols, Term, Variable, fe};

#[test]
fn a_formula_and_the_builder_are_one_value() {
    let built = Ols::new("rate").regress_on(["dose"]).absorb([fe("practice"), fe("region").by("year")]);
    assert_eq!("rate ~ dose | practice + region^year".parse::<Ols>().unwrap(), built);
    assert_eq!(built.to_string(), "rate ~ dose | practice + region^year");
}

#[test]
fn products_expand_as_in_r() {
    let printed = |text: &str| text.parse::<Ols>().unwrap().to_string();
    assert_eq!(printed("y ~ a*b"), "y ~ a + b + a:b");
    assert_eq!(printed("y ~ (a + b):c - 1"), "y ~ a:c + b:c - 1");
    assert_eq!(printed("y ~ a + a*b + 0"), "y ~ a + b + a:b - 1");
    assert_eq!(printed("y~1|f"), "y ~ 1 | f");
    assert_eq!(printed("log(y) ~ x + I(x^2)"), "log(y) ~ x + x^2");
}

#[test]
fn the_ways_to_write_indicators_are_one() {
    let same = ["y ~ i(year, treat, 2012)", "y ~ i(year, treat, ref = 2012)", "y ~ i(year, 2012):treat"];
    for text in same {
        assert_eq!(text.parse::<Ols>().unwrap().to_string(), "y ~ i(year, 2012):treat");
    }
    assert_eq!("y ~ i(size, s)".parse::<Ols>().unwrap(), "y ~ i(size, \"s\")".parse().unwrap());
}

#[test]
fn mistakes_are_pointed_at() {
    let cases = [
        ("", 0),
        ("y", 1),
        ("y ~", 3),
        ("y ~ x +", 7),
        ("y ~ x | ", 8),
        ("y ~ x $ z", 6),
        ("y ~ lag(x)", 4),
        ("y ~ (x", 6),
        ("y ~ - x", 6),
        ("y ~ `x", 4),
        ("y ~ x | f[", 10),
        ("i(y) ~ x", 0),
        ("y ~ x ~ z", 6),
    ];
    for (text, place) in cases {
        match text.parse::<Ols>() {
            Err(Error::Formula { position, .. }) => assert_eq!(position, place, "in {text:?}"),
            other => panic!("{text:?} gave {other:?}"),
        }
    }
}

#[test]
fn a_level_may_hold_quotes_of_both_kinds() {
    let read: Ols = "y ~ i(f, `a\"b'c`)".parse().unwrap();
    assert_eq!(read.to_string().parse::<Ols>().unwrap(), read);
}

#[test]
fn a_number_too_large_to_hold_is_refused() {
    let error = "y ~ since(x, 1e999)".parse::<Ols>().unwrap_err();
    assert!(matches!(error, Error::Formula { position: 13, .. }), "{error:?}");
}

#[test]
fn no_nesting_exhausts_the_stack() {
    for open in ["(", "I("] {
        let text = format!("y ~ {}x", open.repeat(100_000));
        assert!(matches!(text.parse::<Ols>(), Err(Error::Formula { .. })));
    }
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z_][a-z0-9_.]{0,6}", "[^`]{1,6}"].prop_filter("names are not empty", |s| !s.is_empty())
}

fn variable() -> impl Strategy<Value = Variable> {
    let level = prop_oneof!["-?[0-9]{1,4}", "[a-z /]{1,5}"];
    prop_oneof![
        name().prop_map(Variable::Column),
        name().prop_map(Variable::Log),
        (name(), 1u32..9).prop_map(|(column, power)| Variable::Power(column, power)),
        (name(), -1e6..1e6).prop_map(|(column, value)| Variable::Since(column, value)),
        (name(), proptest::option::of(level))
            .prop_map(|(column, reference)| Variable::Indicators { column, reference }),
    ]
}

fn term() -> impl Strategy<Value = Term> {
    proptest::collection::vec(variable(), 1..4).prop_map(|variables| {
        variables.into_iter().map(Term::from).reduce(Term::by).expect("at least one variable")
    })
}

fn effect() -> impl Strategy<Value = Effect> {
    let names = || proptest::collection::vec(name(), 0..3);
    (name(), names(), names(), any::<bool>()).prop_map(|(first, by, slopes, intercept)| {
        let effect = fe(Interaction::of([first]).by(Interaction::of(by)));
        let effect = slopes.into_iter().fold(effect, Effect::slope);
        if intercept { effect } else { effect.without_intercept() }
    })
}

proptest! {
    #[test]
    fn printing_and_reading_are_inverse(
        outcome in name(),
        terms in proptest::collection::vec(term(), 0..5),
        effects in proptest::collection::vec(effect(), 0..4),
        intercept in any::<bool>(),
    ) {
        let mut distinct: Vec<Term> = Vec::new();
        terms.into_iter().for_each(|term| if !distinct.contains(&term) { distinct.push(term) });
        let mut ols = Ols::new(outcome).regress_on(distinct).absorb(effects);
        if !intercept {
            ols = ols.without_intercept();
        }
        let printed = ols.to_string();
        prop_assert_eq!(printed.parse::<Ols>().unwrap(), ols, "{}", printed);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
        let _ = text.parse::<Ols>();
    }
}
