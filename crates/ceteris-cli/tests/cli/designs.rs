//! Good runs of the designs: the JSON object reads back to the bits of the library, the table holds the
//! effect, and files hold what was printed.

use std::fs;

use ceteris::staggered::{
    Adjustment, BasePeriod, Controls, GroupTimeEffects, Imputation, InteractionWeighted,
};
use ceteris::{
    Bracket, Cluster, Coefficient, DifferenceInDifferences, EventPath, EventStudy, Frame, Groups, Index,
    LaggedOutcome, ParallelTrends, Post, Reform, SmallSample, TripleDifference, Weights, fe,
};
use serde_json::Value;

use crate::object::{number, object};
use crate::run::{ceteris, folder_with, panel, printed};

const INDEX: Index<'static> = Index { unit: "unit", time: "year" };
const REFORM: Reform<'static> = Reform { time: "year", date: 2004 };
const LEVEL: f64 = 0.9;

/// A command on the panel, split at blanks; `STUDY` and `REFORMED` stand for the flags of a study.
fn words(text: &str) -> Vec<String> {
    let text = text
        .replace("STUDY", "--unit unit --time year --first-treated first")
        .replace("REFORMED", "--unit unit --time year --date 2004");
    let (command, rest) = text.split_once(' ').expect("a command and flags");
    let whole = format!("{command} --data a.csv --outcome y {rest} --level 0.9");
    whole.split(' ').map(String::from).collect()
}

fn run(folder: &str, text: &str, more: &[&str]) -> String {
    let here = folder_with(folder, panel());
    let words = words(text);
    printed(&here, &words.iter().map(String::as_str).chain(more.iter().copied()).collect::<Vec<_>>())
}

fn asked(folder: &str, text: &str) -> Value {
    object(&run(folder, text, &["--json"]))
}

fn frame() -> Frame {
    crate::object::frame(panel())
}

fn by_unit() -> Cluster {
    Cluster::by(["unit"])
}

fn assert_row(row: &Value, coef: &Coefficient) {
    let (low, high) = coef.confint(LEVEL).expect("a level");
    for (key, value) in [
        ("estimate", coef.estimate),
        ("std_error", coef.std_error.expect("a standard error")),
        ("p_value", coef.p_value().expect("a standard error")),
        ("conf_low", low),
        ("conf_high", high),
    ] {
        assert_eq!(number(&row[key]), value.to_bits(), "{key} of {row}");
    }
}

fn assert_path(object: &Value, path: &EventPath) {
    let (points, band) = (object["points"].as_array().expect("a list"), path.band(LEVEL).expect("defined"));
    assert_eq!(points.len(), path.times().len());
    assert_eq!(number(&object["critical"]), band.critical.to_bits());
    for (i, (point, coef)) in points.iter().zip(path.coefs()).enumerate() {
        assert_row(point, &coef);
        assert_eq!(point["event_time"], path.times()[i]);
        assert_eq!(number(&point["band_low"]), band.points[i].low.to_bits());
        for j in 0..points.len() {
            assert_eq!(number(&object["vcov"][i][j]), path.matrix()[(i, j)].to_bits());
        }
    }
}

#[test]
fn did_agrees_with_the_library() {
    let found = asked("did", "did --treated treated --post after --vcov cluster:unit --ssc reghdfe");
    let design = DifferenceInDifferences::new("y", "treated", Post::column("after"));
    let fitted = design.fit(&frame()).expect("identified");
    let effect = fitted.effect(by_unit().small_sample(SmallSample::reghdfe())).expect("defined");
    assert_eq!(
        (&found["schema"], &found["effects"][0]["term"]),
        (&"ceteris.did/1".into(), &"treated:after".into())
    );
    assert_row(&found["effects"][0], &effect);
    let found =
        asked("did_since", "did --treated treated --time year --date 2004 --absorb unit+year --adjust x");
    let design = DifferenceInDifferences::new("y", "treated", REFORM).absorb([fe("unit"), fe("year")]);
    let fitted = design.adjust_for(["x"]).fit(&frame()).expect("identified");
    assert_row(&found["effects"][0], &fitted.effect(ceteris::Iid).expect("defined"));
}

#[test]
fn ddd_agrees_with_the_library() {
    let found = asked("ddd", "ddd --treated treated --affected affected --post after --weights w --vcov hc1");
    let groups = Groups { treated: "treated", affected: "affected" };
    let fitted = TripleDifference::new("y", groups, Post::column("after"))
        .weights(Weights::analytic("w"))
        .fit(&frame());
    assert_eq!(found["schema"], "ceteris.ddd/1");
    assert_row(&found["effects"][0], &fitted.expect("identified").effect(ceteris::Hc::Hc1).expect("defined"));
}

#[test]
fn event_agrees_with_the_library_by_every_estimator() {
    let found = asked("event", "event STUDY --window -2:1 --vcov cluster:unit");
    let study = EventStudy::new("y", INDEX, "first").window(-2..=1).fit(&frame()).expect("identified");
    assert_path(&found, &study.path(by_unit()).expect("defined"));
    assert_eq!(
        (&found["formula"], &found["reference"]),
        (&study.fit().ols().to_string().into(), &(-1).into())
    );

    let found = asked("cohort", "event STUDY --estimator cohort --reference -2 --vcov cluster:unit");
    let study =
        InteractionWeighted::new("y", INDEX, "first").reference(-2).fit(&frame()).expect("identified");
    assert_path(&found, &study.path(by_unit()).expect("defined"));

    let text = "event STUDY --estimator group-time --controls not-yet --base universal --adjust x";
    let found = asked("group_time", &format!("{text} --adjustment regression"));
    let design = GroupTimeEffects::new("y", INDEX, "first").controls(Controls::NotYetTreated);
    let design = design.base_period(BasePeriod::Universal).adjustment(Adjustment::OutcomeRegression);
    let fitted = design.adjust_for(["x"]).fit(&frame()).expect("identified");
    let path = fitted.path().expect("defined");
    assert_path(&found, &path);
    assert_row(&found["overall"], &path.mean(&path.lags()).expect("defined"));
    assert_eq!((&found["formula"], &found["nobs"]), (&Value::Null, &144.into()));

    let found = asked("clusters", "event STUDY --estimator group-time --vcov cluster:region --weights w");
    let design = GroupTimeEffects::new("y", INDEX, "first").weights(Weights::analytic("w"));
    let fitted = design.fit(&frame()).expect("identified").cluster_by("region").expect("constant");
    assert_path(&found, &fitted.path().expect("defined"));
    assert_eq!(found["std_errors"], "influence functions, clustered by region, no small-sample correction");
}

#[test]
fn imputation_agrees_with_the_library_and_its_leads_are_apart() {
    let found = asked("imputation", "event STUDY --estimator imputation --leads 2 --adjust x");
    let design = Imputation::new("y", INDEX, "first").adjust_for(["x"]);
    let fitted = design.fit(&frame()).expect("identified");
    assert_path(&found, &fitted.path().expect("defined"));
    assert_row(&found["overall"], &fitted.effect());
    let leads = design.leads(&frame(), 2, by_unit()).expect("identified");
    assert_path(&found["earlier"], &leads);
    let test = leads.joint(&[-2, -1]).expect("defined");
    assert_eq!(number(&found["leads"]["statistic"]), test.statistic.to_bits());
    let alone = asked("imputation_alone", "event STUDY --estimator imputation");
    assert!(alone["leads"].is_null() && alone.get("earlier").is_none(), "{alone}");
}

#[test]
fn one_reform_for_some_agrees_with_the_library() {
    let found = asked(
        "reform",
        "event --time year --treated treated --date 2004 --absorb unit+year --vcov cluster:unit",
    );
    let design = DifferenceInDifferences::new("y", "treated", REFORM).absorb([fe("unit"), fe("year")]);
    let study = design.event_study().expect("a dated reform").fit(&frame()).expect("identified");
    assert_path(&found, &study.path(by_unit()).expect("defined"));
}

#[test]
fn ldv_agrees_with_the_library() {
    let found = asked("ldv", "ldv REFORMED --treatment treated,affected --lags 2 --vcov cluster:unit");
    let design = LaggedOutcome::new("y", INDEX, "treated").doses(["affected"]).reform(2004).lags(2);
    let inference = design.fit(&frame()).expect("identified").fit().inference(by_unit()).expect("defined");
    assert_eq!(
        (&found["schema"], found["effects"].as_array().map(Vec::len)),
        (&"ceteris.ldv/1".into(), Some(2))
    );
    for (row, term) in found["effects"].as_array().expect("a list").iter().zip(design.terms()) {
        assert_eq!(row["term"], term.to_string());
        assert_row(row, &inference.coef(&term.to_string()).expect("estimated"));
    }
}

#[test]
fn bracket_agrees_with_the_library() {
    let found = asked("bracket", "bracket REFORMED --treated treated --vcov cluster:unit");
    let fitted = Bracket::new("y", INDEX, "treated", 2004).fit(&frame()).expect("identified");
    let report = fitted.report(by_unit()).expect("defined");
    let effects = [("difference", &report.difference), ("lagged", &report.lagged), ("gap", &report.gap)];
    for (place, (key, coef)) in effects.into_iter().enumerate() {
        assert_eq!(number(&found[key]["estimate"]), coef.estimate.to_bits());
        assert_eq!(number(&found[key]["std_error"]), coef.std_error.expect("a standard error").to_bits());
        assert_eq!(number(&found["intervals"][place][1]), coef.confint(LEVEL).expect("a level").1.to_bits());
    }
}

#[test]
fn trends_agrees_with_the_library() {
    let text = "trends --time year --treated treated --date 2004 --absorb unit+year --vcov cluster:unit";
    let found =
        asked("trends", &format!("{text} --margin 0.8 --power 0.9 --magnitudes 0.5,1 --smoothness 0,0.1"));
    let design = DifferenceInDifferences::new("y", "treated", REFORM).absorb([fe("unit"), fe("year")]);
    let study = design.event_study().expect("a dated reform");
    let path = study.fit(&frame()).expect("identified").path(by_unit()).expect("defined");
    let placebos = study.placebos(&frame(), by_unit()).expect("defined");
    let report = ParallelTrends::of(&path).placebos(placebos).level(LEVEL).power(0.9).equivalence_margin(0.8);
    let report = report.magnitudes([0.5, 1.0]).smoothness([0.0, 0.1]).report().expect("leads");
    let Value::Object(expected) = serde_json::to_value(&report).expect("JSON") else { panic!("an object") };
    for (key, value) in expected {
        assert_eq!(found[&key], value, "{key}");
    }
}

#[test]
fn tables_hold_the_effect_and_how_it_was_made() {
    #[rustfmt::skip]
    let cases: [(&str, &[&str]); 7] = [
        ("did --treated treated --post after --vcov cluster:unit",
         &["y ~ treated + after + treated:after", "treated:after  ", "90% interval", "24 clusters of `unit`"]),
        ("ddd --treated treated --affected affected --post after",
         &["treated:affected:after  ", "standard errors: iid"]),
        ("event STUDY --window -2:0 --vcov cluster:unit",
         &["| unit + year", "uniform band", "144 observations; reference -1", "standard errors: CR1 by unit", "leads together"]),
        ("event STUDY --estimator imputation",
         &["imputation", "conservative, clustered by unit", "mean effect", "no leads"]),
        ("ldv REFORMED --treatment treated", &["y ~ treated + y_2003 | year", "treated  ", "72 rows"]),
        ("bracket REFORMED --treated treated --vcov cluster:unit",
         &["lagged outcome  ", "90% interval", "y_change ~ treated | year", "verdict: "]),
        ("trends STUDY --vcov cluster:unit",
         &["joint test", "placebos in time", "honest bounds", "None of this shows that trends are parallel"]),
    ];
    for (text, expected) in cases {
        let shown = run("designs_shown", text, &[]);
        for word in expected {
            assert!(shown.contains(word), "no {word:?} in\n{shown}");
        }
    }
}

#[test]
fn files_are_written_once() {
    let coefficients = ["coefficients.csv", "coefficients.md", "coefficients.tex"];
    let path = ["path.csv", "path.md", "path.png", "path.svg", "path.tex"];
    let figures =
        ["magnitudes.png", "magnitudes.svg", "path.png", "path.svg", "smoothness.png", "smoothness.svg"];
    let trends: Vec<&str> = figures.into_iter().chain(["trends.txt"]).collect();
    let cases: [(&str, &[&str]); 6] = [
        ("did --treated treated --post after", &coefficients),
        ("ddd --treated treated --affected affected --post after", &coefficients),
        ("event STUDY --window -2:0", &path),
        ("ldv REFORMED --treatment treated", &coefficients),
        ("bracket REFORMED --treated treated --vcov hc1", &["bracket.csv", "bracket.md", "bracket.tex"]),
        ("trends STUDY", &trends),
    ];
    for (text, files) in cases {
        let here = folder_with("designs_written", panel());
        let words = words(text);
        let with = |more: &[&'static str]| -> Vec<String> {
            words.iter().cloned().chain(more.iter().map(ToString::to_string)).collect()
        };
        let run = |args: Vec<String>| ceteris(&here, &args.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(run(with(&["--out", "results"])).status.success(), "{text}");
        let entries = fs::read_dir(here.join("results")).expect("a folder");
        let mut names: Vec<_> = entries.map(|entry| entry.expect("readable").file_name()).collect();
        names.sort();
        assert_eq!(names, files, "{text}");
        let again = run(with(&["--out", "results"]));
        let told = String::from_utf8_lossy(&again.stderr).into_owned();
        assert_eq!(again.status.code(), Some(3), "{text}");
        assert!(told.contains("exists") && told.contains("`--force`") && again.stdout.is_empty(), "{told}");
        assert!(run(with(&["--out", "results", "--force"])).status.success(), "{text}");
    }
}
