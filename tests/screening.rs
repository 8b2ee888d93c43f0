//! The screening study on the simulated panel, against what pyfixest and statsmodels find on its CSV.

use std::collections::HashMap;

use ceteris_data::twin::Twin;
use ceteris_report::screening::{GroupMeans, PanelColumns, Screening, Source, StudyPanel};

/// The witness prints six decimals.
const PRINTED: f64 = 5.1e-7;

fn study() -> Screening {
    let panel =
        StudyPanel::new(&Twin::screening().add_caesarean().frame(), &PanelColumns::default()).unwrap();
    Screening::run(&panel, Source::Simulated).unwrap()
}

/// target -> achieved
fn witness() -> HashMap<String, f64> {
    let text = include_str!("data/twin/check_twin_results.csv");
    let line = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        (fields[0].to_string(), fields[2].parse().unwrap())
    };
    text.lines().skip(1).map(line).collect()
}

/// Every number of the study that the witness has, by the witness's name.
fn found(study: &Screening) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    for year in &study.table6 {
        let mut groups = |prefix: &str, means: GroupMeans, names: [&str; 3], joined: &str| {
            for (name, value) in names.iter().zip([means.one, means.several, means.all]) {
                found.push((format!("T6 {prefix}{joined}{name} {}", year.year), value));
            }
        };
        groups("n", year.practices, ["1la", "2la", "all"], "_");
        groups("screening", year.affected, ["1la", "2la", "all"], " ");
        groups("unassisted", year.unaffected, ["1la", "2la", "all"], " ");
    }
    for (name, row) in ["M1", "M1s", "M2", "M2s", "M3", "M3s"].iter().zip(&study.models.table8) {
        found.push((format!("{name} est"), row.estimate));
        found.push((format!("{name} ci_low"), row.low));
        found.push((format!("{name} ci_high"), row.high));
        found.push((format!("{name} N"), row.nobs as f64));
    }
    for (name, joint) in ["2009-12", "2011-12"].iter().zip(&study.models.joint_tests) {
        found.push((format!("pretrend {name} F"), joint.test.statistic));
        found.push((format!("pretrend {name} df1"), joint.test.dof as f64));
        found.push((format!("pretrend {name} df2"), joint.test.dof_residual.unwrap()));
        found.push((format!("pretrend {name} p"), joint.test.p_value));
    }
    found
}

#[test]
fn every_number_of_the_witness_is_found() {
    let witness = witness();
    let study = study();
    let found: HashMap<String, f64> = found(&study).into_iter().collect();
    let mut compared = 0;
    for (name, expected) in &witness {
        let value = found.get(name).unwrap_or_else(|| panic!("{name} is not in the study"));
        assert!(
            (value - expected).abs() <= PRINTED * expected.abs().max(1.0),
            "{name}: {value} for {expected}"
        );
        compared += 1;
    }
    assert_eq!(compared, 94, "the witness has 94 numbers");
}

#[test]
fn the_placebo_is_the_one_described_with_the_panel() {
    // Described with the panel, uncalibrated: -0.816.
    let placebo = &study().models.placebo[0].effect;
    assert_eq!(format!("{:.3}", placebo.estimate), "-0.816");
}

#[test]
fn not_counting_nested_effects_divides_the_standard_error_as_described() {
    // Described with the panel: 1.0816 for model 1, to four digits.
    use ceteris::{Cluster, Ols, Singletons, SmallSample, Weights};
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default()).unwrap();
    let model = "rate ~ multi_la:screening:after | practice^screening + year^screening + year^multi_la";
    let model =
        model.parse::<Ols>().unwrap().weights(Weights::analytic("denominator")).singletons(Singletons::Keep);
    let fit = model.fit(panel.frame()).unwrap();
    let std_error = |small_sample| {
        fit.inference(Cluster::by(["practice"]).small_sample(small_sample)).unwrap().coefs()[0]
            .std_error
            .unwrap()
    };
    let ratio = std_error(SmallSample::areg()) / std_error(SmallSample::exact());
    assert_eq!(format!("{ratio:.4}"), "1.0816");
}

#[test]
fn every_table_says_that_its_rows_are_simulated() {
    for (stem, table) in study().tables() {
        assert!(stem.starts_with("simulated_"), "{stem}");
        assert!(table.text().unwrap().contains("SIMULATED"), "{stem}");
        table.latex().unwrap();
        table.markdown().unwrap();
        table.csv().unwrap();
    }
    assert!(study().figure5().unwrap().svg().contains("SIMULATED"));
}

#[test]
fn a_panel_from_a_file_gives_the_same_numbers_without_the_marks() {
    let path = std::env::temp_dir().join(format!("ceteris-screening-{}.csv", std::process::id()));
    Twin::screening().write_csv(&path, ceteris_data::Overwrite::Replace).unwrap();
    let frame = ceteris_data::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let told = Source::of_file(&path, &frame);
    assert!(told.is_simulated() && told.headline().starts_with("SIMULATED"), "the label travels in the file");
    assert_eq!(told.stem("table8"), "simulated_table8");
    assert!(!Source::of_file(&path, &Twin::screening().frame()).is_simulated());
    let panel = StudyPanel::new(&frame, &PanelColumns::default()).unwrap();
    let own = Screening::run(&panel, Source::File { path: "panel.csv".to_string() }).unwrap();
    let simulated = study();
    assert_eq!(own.models.table8, simulated.models.table8);
    assert!(own.models.second_comparison.is_empty());
    assert!(!own.tables()[0].1.text().unwrap().contains('†'));
}

#[test]
fn the_bracket_is_both_designs_on_the_rows_of_model_3() {
    use ceteris::{Cluster, Condition, Index, LaggedOutcome, Ols, Singletons, SmallSample, Weights};
    let study = study();
    let bracket = &study.models.bracket;
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default()).unwrap();
    let lagged = LaggedOutcome::new("rate", Index { unit: "practice", time: "year" }, "multi_la")
        .reform(2013)
        .lags(4)
        .affected("screening")
        .weights(Weights::analytic("denominator"))
        .singletons(Singletons::Keep)
        .fit(panel.frame())
        .unwrap();
    let frame = lagged.fit().frame();
    let (rate, before) = (frame.real("rate").unwrap(), frame.real("rate_2012").unwrap());
    let change = rate.iter().zip(before).map(|(y, y0)| y - y0).collect();
    let frame = frame.clone().add_real("change", change).unwrap();
    let difference = "change ~ multi_la + screening + multi_la:screening | year^screening";
    let difference = difference
        .parse::<Ols>()
        .unwrap()
        .weights(Weights::analytic("denominator"))
        .singletons(Singletons::Keep)
        .keep(Condition::at_least("year", 2013.0))
        .require(["rate_2009", "rate_2010", "rate_2011"])
        .fit(&frame)
        .unwrap();
    for (found, fit) in [(&bracket.difference, &difference), (&bracket.lagged, lagged.fit())] {
        assert_eq!(fit.sample().rows(), lagged.fit().sample().rows());
        let table = fit.inference(Cluster::by(["practice"]).small_sample(SmallSample::areg())).unwrap();
        let effect = table.coef("multi_la:screening").unwrap();
        assert_eq!((found.estimate, found.std_error), (effect.estimate, effect.std_error.unwrap()));
    }
    assert_eq!(bracket.lagged.estimate, study.models.table8[4].estimate, "model 3, main");
    assert_eq!(bracket.gap.estimate, bracket.difference.estimate - bracket.lagged.estimate);
    let tables = study.tables();
    let place = |name: &str| tables.iter().position(|(stem, _)| stem.ends_with(name)).unwrap();
    assert_eq!(place("bracket"), place("table8") + 1);
    let text = tables[place("bracket")].1.text().unwrap();
    assert!(text.contains("SIMULATED") && text.contains("Not in the report"), "{text}");
    let json = serde_json::to_value(&study).unwrap();
    assert_eq!(json["models"]["bracket"]["verdict"]["kind"], "undecided");
}
