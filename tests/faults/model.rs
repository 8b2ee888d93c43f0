//! Terms, effects and specifications: categories in products, columns that were not meant, settings without a
//! meaning.

use std::fmt::Write as _;
use std::time::Instant;

use ceteris::frame::Interaction;
use ceteris::staggered::{Imputation, Never};
use ceteris::vcov::sandwich;
use ceteris::{
    Bracket, Cluster, Columns, Condition, Error, EventStudy, Fit, Frame, Iid, Index, LaggedOutcome, Ols,
    Term, Variable, fe,
};

fn fit(formula: &str, frame: &Frame) -> Result<Fit, Error> {
    formula.parse::<Ols>().expect("the formulas here are right").fit(frame)
}

fn input(folder: &str) -> Frame {
    let path = format!("{}/tests/faults/{folder}/input.csv", env!("CARGO_MANIFEST_DIR"));
    ceteris_data::CsvReader::new().load(path).expect("the input is there").frame
}

/// A number of a pseudo-random sequence, between 0 and 1.
fn noise(place: usize) -> f64 {
    (place as f64 * 12.9898 + 78.233).sin().abs().fract()
}

#[test]
fn a_category_in_a_product_without_its_lower_term_has_all_its_levels() {
    // R2 of statsmodels, which R, fixest and pyfixest share: expected.txt.
    let expected = [
        ("y ~ region + x:region", 6, 0.506260),
        ("y ~ x:region", 4, 0.381586),
        ("y ~ region:sex", 6, 0.469769),
        ("y ~ region:sex:x", 7, 0.383113),
        ("y ~ region*sex + region:sex:x", 12, 0.802032),
        ("y ~ region + region:sex", 6, 0.469769),
    ];
    let frame = input("interaction_without_main_effect");
    for (formula, rank, r2) in expected {
        let fit = fit(formula, &frame).unwrap();
        assert_eq!(fit.names().len(), rank, "{formula}");
        assert!((fit.quality().r2 - r2).abs() < 5e-7, "{formula}: {}", fit.quality().r2);
    }
    let slopes = fit("y ~ region + x:region", &frame).unwrap();
    for (name, slope) in [("x:region::east", 1.112423), ("x:region::west", -0.546043)] {
        assert!((slopes.estimate(name).unwrap() - slope).abs() < 5e-7, "{name}");
    }
}

#[test]
fn which_level_comes_first_changes_no_fitted_value() {
    let frame = input("interaction_without_main_effect");
    let regions = frame.category("region").unwrap();
    let renamed = |row: usize| {
        regions.label(row).map(|label| if label == "west" { "a first one" } else { label }.to_string())
    };
    let labels: Vec<Option<String>> = (0..frame.nrows()).map(renamed).collect();
    let column = ceteris::frame::CategoryColumn::from_labels(labels);
    let other = frame.clone().replace("region", ceteris::Column::Category(column.into())).unwrap();
    let formulas = [
        "y ~ x:region",
        "y ~ region - 1",
        "y ~ region + sex - 1",
        "y ~ sex + region - 1",
        "y ~ region:sex",
        "y ~ region:sex - 1",
        "y ~ sex + region:sex",
        "y ~ x + sex:region",
        "y ~ region*x",
        "y ~ x:region | sex",
        "y ~ x + sex:region | sex",
        "y ~ x:region | sex[x]",
    ];
    for formula in formulas {
        let (first, second) = (fit(formula, &frame).unwrap(), fit(formula, &other).unwrap());
        assert_eq!(first.names().len(), second.names().len(), "{formula}");
        for (a, b) in first.residuals().iter().zip(second.residuals()) {
            assert!((a - b).abs() < 1e-11, "{formula}");
        }
    }
}

#[test]
fn a_category_without_an_intercept_has_all_its_levels_once() {
    let frame = input("interaction_without_main_effect");
    let names = |formula: &str| fit(formula, &frame).unwrap().names().join(" ");
    assert_eq!(names("y ~ region - 1"), "region::east region::north region::west");
    assert_eq!(names("y ~ region + sex - 1"), "region::east region::north region::west sex::m");
    assert_eq!(
        names("y ~ region*x"),
        "(Intercept) region::north region::west x region::north:x region::west:x"
    );
    assert_eq!(names("y ~ x + x:region | region"), "x x:region::north x:region::west");
    assert_eq!(names("y ~ x:region | region"), "x:region::east x:region::north x:region::west");
}

#[test]
fn text_that_looks_like_numbers_is_no_category_by_accident() {
    let frame = Frame::new()
        .add_real("y", (0..40).map(noise).collect())
        .unwrap()
        .add_category("x", (0..40).map(|i| Some(format!("{},25", i % 7))))
        .unwrap()
        .add_category("share", (0..40).map(|i| Some(format!("{}.25%", i % 8))))
        .unwrap()
        .add_category("size", (0..40).map(|i| Some(["s", "m", "l"][i % 3])))
        .unwrap();
    for column in ["x", "share"] {
        let refused = fit(&format!("y ~ {column}"), &frame).unwrap_err();
        assert!(matches!(&refused, Error::DoubtfulCategory { column: found, .. } if found == column));
        assert!(refused.to_string().contains(&format!("write `i({column})` if that is meant")));
        let effect = fit(&format!("y ~ size | {column}"), &frame);
        assert!(effect.is_ok(), "levels of effects may be anything: {effect:?}");
    }
    assert!(fit("y ~ i(share)", &frame).is_ok());
    assert!(fit("y ~ size", &frame).is_ok());
}

#[test]
fn a_category_with_few_rows_for_each_of_many_levels_is_refused_unless_it_is_meant() {
    let frame = |levels: usize| {
        Frame::new()
            .add_real("y", (0..600).map(noise).collect())
            .unwrap()
            .add_category("name", (0..600).map(|i| Some(format!("practice {}", i % levels))))
            .unwrap()
    };
    assert!(fit("y ~ name", &frame(50)).is_ok());
    assert!(matches!(fit("y ~ name", &frame(51)), Err(Error::DoubtfulCategory { levels: 51, .. })));
    assert!(fit("y ~ i(name)", &frame(51)).is_ok());
}

#[test]
fn so_many_indicators_that_memory_would_not_hold_them_are_refused_before_it_is_asked_for() {
    let rows = 200_000;
    let frame = Frame::new()
        .add_real("y", (0..rows).map(noise).collect())
        .unwrap()
        .add_real("x", (0..rows).map(|i| i as f64 / 3.0).collect())
        .unwrap()
        .add_real("a", (0..rows).map(|i| (i % 1000) as f64).collect())
        .unwrap()
        .add_real("b", (0..rows).map(|i| (i % 1001) as f64).collect())
        .unwrap();
    for (formula, expected) in [("y ~ i(x)", rows - 1), ("y ~ i(a):i(b)", 1000 * 1001)] {
        match fit(formula, &frame) {
            Err(Error::TooManyColumns { columns, rows: found, most, .. }) => {
                assert_eq!((columns, found), (expected, rows), "{formula}");
                assert!(most < expected);
            }
            other => panic!("{formula} gave {other:?}"),
        }
    }
}

#[test]
fn a_power_is_a_whole_number_from_1_to_100() {
    let frame = Frame::new()
        .add_real("y", (0..9).map(noise).collect())
        .unwrap()
        .add_real("x", (0..9).map(|i| f64::from(i) / 9.0).collect())
        .unwrap();
    let started = Instant::now();
    for power in [0, 101, 4_000_000, u32::MAX] {
        let ols = Ols::new("y").regress_on([Variable::Power("x".to_string(), power)]);
        assert!(matches!(ols.fit(&frame), Err(Error::InvalidSetting { setting: "power", .. })), "{power}");
    }
    assert!(started.elapsed().as_secs() < 5);
    assert!(fit("y ~ x^100", &frame).is_ok());
}

#[test]
fn slopes_without_intercepts_are_asked_for_in_any_order() {
    let effect = fe("g").slope("t").without_intercept();
    assert_eq!(fe("g").without_intercept().slope("t"), effect);
    assert_eq!(effect.to_string(), "g[[t]]");
    let frame = Frame::new()
        .add_real("y", (0..9).map(noise).collect())
        .unwrap()
        .add_real("g", (0..9).map(|i| f64::from(i % 2)).collect())
        .unwrap();
    let empty = Ols::new("y").regress_on(["g"]).absorb([fe("g").without_intercept()]);
    assert!(matches!(empty.fit(&frame), Err(Error::InvalidSetting { setting: "effect", .. })));
}

#[test]
fn a_reform_has_no_never_treated_units_to_code() {
    let frame = Frame::new()
        .add_real("y", (0..24).map(noise).collect())
        .unwrap()
        .add_real("treated", (0..24).map(|i| f64::from(i % 2)).collect())
        .unwrap()
        .add_real("year", (0..24).map(|i| f64::from(i / 6)).collect())
        .unwrap();
    let study = event_study_of_a_reform();
    assert!(study.fit(&frame).is_ok());
    let refused = study.never(Never::Missing).fit(&frame);
    assert!(matches!(refused, Err(Error::InvalidSetting { setting: "never", .. })));
}

fn event_study_of_a_reform() -> EventStudy {
    let reform = ceteris::Reform { time: "year", date: 2 };
    ceteris::DifferenceInDifferences::new("y", "treated", reform).event_study().unwrap()
}

#[test]
fn each_of_300_row_rules_counts_the_rows_that_it_drops() {
    let rows = 400;
    let mut frame = Frame::new()
        .add_real("y", (0..rows).map(noise).collect())
        .unwrap()
        .add_real("x", (0..rows).map(|i| noise(3 * i + 1)).collect())
        .unwrap();
    let mut ols = Ols::new("y").regress_on(["x"]);
    for rule in 0..300 {
        let name = format!("keep_{rule}");
        frame = frame.add_real(&name, (0..rows).map(|i| f64::from(u8::from(i != rule))).collect()).unwrap();
        ols = ols.keep(Condition::at_least(name, 1.0));
    }
    let fit = ols.fit(&frame).unwrap();
    assert_eq!(fit.nobs(), 100);
    assert_eq!(fit.dropped().len(), 300);
    assert!(fit.dropped().iter().all(|dropped| dropped.rows == 1));
    let ledger = fit.row_ledger();
    for row in 0..300 {
        let condition = format!("keep_{row} >= 1");
        assert_eq!(ledger.category("column").unwrap().label(row), Some(condition.as_str()));
    }
}

/// Ten units over five times; half of them treated from time 3 on.
fn panel() -> Frame {
    let column =
        |of: &dyn Fn(usize, usize) -> f64| (0..50).map(|row| of(row / 5, row % 5)).collect::<Vec<f64>>();
    let treated = |unit: usize| f64::from(u8::from(unit.is_multiple_of(2)));
    Frame::new()
        .add_real("unit", column(&|unit, _| unit as f64))
        .unwrap()
        .add_real("time", column(&|_, time| time as f64))
        .unwrap()
        .add_real("treated", column(&|unit, _| treated(unit)))
        .unwrap()
        .add_real("first", column(&|unit, _| if treated(unit) == 1.0 { 3.0 } else { 99.0 }))
        .unwrap()
        .add_real("y", column(&|unit, time| noise(7 * unit + time) + treated(unit) * time as f64))
        .unwrap()
}

const INDEX: Index<'static> = Index { unit: "unit", time: "time" };

#[test]
fn no_design_puts_a_column_in_the_place_of_one_of_the_users() {
    let design = LaggedOutcome::new("y", INDEX, "treated");
    let bracket = Bracket::new("y", INDEX, "treated", 3);
    let imputation = Imputation::new("y", INDEX, "first");
    let taken = |name: &str| panel().add_real(name, vec![0.0; 50]).unwrap();
    let refused = |name: &str, result: Result<(), Error>| match result {
        Err(Error::DuplicateColumn { column }) => assert_eq!(column, name),
        other => panic!("`{name}` gave {other:?}"),
    };
    refused("y_lag1", design.fit(&taken("y_lag1")).map(drop));
    refused("y_2", design.clone().reform(3).fit(&taken("y_2")).map(drop));
    refused("y_2", bracket.fit(&taken("y_2")).map(drop));
    refused("y_change", bracket.fit(&taken("y_change")).map(drop));
    refused("y_2_bin", bracket.fit(&taken("y_2_bin")).map(drop));
    refused("row is untreated", imputation.fit(&taken("row is untreated")).map(drop));
    let study = EventStudy::new("y", INDEX, "first");
    refused("time_since_first", study.fit(&taken("time_since_first")).map(drop));
}

#[test]
fn names_with_signs_in_them_are_found_by_designs_and_clusters_alike() {
    let renamed = |frame: Frame, from: &str, to: &str| {
        let column = frame.column(from).unwrap().clone();
        frame.add(to, column).unwrap()
    };
    let frame = renamed(renamed(panel(), "unit", "unit^id"), "treated", "is treated");
    let index = Index { unit: "`unit^id`", time: "time" };
    let plain = LaggedOutcome::new("y", INDEX, "treated").reform(3);
    let odd = LaggedOutcome::new("y", index, "is treated").reform(3);
    let effects = |design: &LaggedOutcome, by: &str| {
        let whole = design.fit(&frame).unwrap().effect(Cluster::by([by])).unwrap();
        let by_time = design.fit_by_time(&frame).unwrap().path(Cluster::by([by])).unwrap();
        (whole.estimate, whole.std_error, by_time.estimates().to_vec())
    };
    assert_eq!(effects(&plain, "unit"), effects(&odd, "`unit^id`"));
    let study = |index| EventStudy::new("y", index, "first").fit(&frame).unwrap();
    let path = |index, by: &str| study(index).path(Cluster::by([by])).unwrap().estimates().to_vec();
    assert_eq!(path(INDEX, "unit"), path(index, "`unit^id`"));
}

#[test]
fn a_unit_may_be_an_interaction_in_every_design() {
    let column = |of: &dyn Fn(usize) -> f64| (0..50).map(|row| of(row / 5)).collect::<Vec<f64>>();
    let frame = panel()
        .add_real("tens", column(&|unit| (unit / 3) as f64))
        .unwrap()
        .add_real("ones", column(&|unit| (unit % 3) as f64))
        .unwrap();
    let joint = Index { unit: "tens ^ ones", time: "time" };
    let path = |index| {
        let study = EventStudy::new("y", index, "first").fit(&frame).unwrap();
        study.path(Cluster::by([index.unit])).unwrap().estimates().to_vec()
    };
    for (a, b) in path(INDEX).iter().zip(path(joint)) {
        assert!((a - b).abs() < 1e-12);
    }
    assert_eq!(fe("tens^ones"), fe("tens").by("ones"));
    assert_eq!(fe(Interaction::of(["tens^ones"])).to_string(), "`tens^ones`");
}

#[test]
fn the_columns_of_a_term_are_told_by_level_and_omitted_ones_too() {
    let frame = panel();
    let times = Term::from(Variable::indicators("time"));
    let fit = Ols::new("y").regress_on([times.clone()]).absorb([fe("unit")]).fit(&frame).unwrap();
    let of_term = fit.of_term(&times).unwrap();
    let level = |name: &ceteris::model::CoefficientName| name.level_of("time").unwrap().whole_number();
    let levels: Vec<Option<i64>> = of_term.estimated.iter().map(|(_, name)| level(name)).collect();
    assert_eq!(levels, [Some(0), Some(1), Some(2), Some(3)]);
    assert_eq!(of_term.omitted.iter().map(|omitted| level(&omitted.name)).collect::<Vec<_>>(), [Some(4)]);
    for (position, name) in &of_term.estimated {
        assert_eq!(fit.names()[*position], name.to_string());
    }
    assert!(matches!(fit.of_term(&Term::from("x")), Err(Error::UnknownCoefficient { .. })));
}

#[test]
fn two_regressors_of_one_name_are_refused() {
    let frame = panel().add_real("x", (0..50).map(|i| 1.0 + noise(i)).collect()).unwrap();
    let frame = frame.add_real("log(x)", (0..50).map(|i| noise(i + 9)).collect()).unwrap();
    assert!(matches!(fit("y ~ log(x) + `log(x)`", &frame), Err(Error::InvalidSetting { .. })));
}

#[test]
fn so_many_lags_or_leads_that_memory_would_not_hold_them_are_refused() {
    let design = LaggedOutcome::new("y", INDEX, "treated").lags(u32::MAX);
    assert!(matches!(design.fit(&panel()), Err(Error::InvalidSetting { setting: "lags", .. })));
    let leads = Imputation::new("y", INDEX, "first").leads(&panel(), u32::MAX, ceteris::Iid);
    assert!(matches!(leads, Err(Error::InvalidSetting { setting: "leads", .. })), "{leads:?}");
}

#[test]
fn matrices_of_other_shapes_are_refused() {
    let square = |k: usize| Columns::new(k, k, vec![1.0; k * k]).unwrap();
    assert!(matches!(sandwich(&square(3), &square(2)), Err(Error::Shape { found: (2, 2), .. })));
    assert!(matches!(Columns::new(2, 2, vec![1.0; 3]), Err(Error::Shape { .. })));
    assert!(matches!(Columns::of_columns(&[&[1.0], &[2.0, 3.0, 4.0]]), Err(Error::Shape { .. })));
}

#[test]
fn a_stored_specification_with_a_misspelt_key_is_refused_and_an_absent_one_has_its_default() {
    let ols = Ols::new("y").regress_on(["x"]).absorb([fe("g").by("h").slope("t")]);
    let stored = serde_json::to_string(&ols).unwrap();
    assert_eq!(serde_json::from_str::<Ols>(&stored).unwrap(), ols);
    let misspelt = stored.replacen("\"weights\"", "\"weigths\"", 1);
    assert!(serde_json::from_str::<Ols>(&misspelt).is_err());
    let short = r#"{"outcome": {"column": "y"}, "terms": [[{"column": "x"}]]}"#;
    assert_eq!(serde_json::from_str::<Ols>(short).unwrap(), Ols::new("y").regress_on(["x"]));
    let design = LaggedOutcome::new("y", INDEX, "treated");
    let stored = serde_json::to_string(&design).unwrap();
    assert_eq!(serde_json::from_str::<LaggedOutcome>(&stored).unwrap(), design);
    assert!(serde_json::from_str::<LaggedOutcome>(&stored.replacen("\"reform\"", "\"reforms\"", 1)).is_err());
}

#[test]
fn a_fit_says_in_few_words_what_it_is() {
    let fit = fit("y ~ treated | time", &panel()).unwrap();
    let mut said = String::new();
    write!(said, "{:?} {:#?}", fit, fit.inference(Iid).unwrap()).unwrap();
    assert!(said.len() < 4000, "{} characters", said.len());
}
