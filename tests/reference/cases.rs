//! The reference cases: an id, a model, its data and its specification. The expected values are the
//! rows of `tests/data/reference/<id>.csv` with the same model.

use ceteris::{Condition, Frame, Ols, Singletons, Term, Variable, Weights, fe};
use support::Place;

/// A regression with expected values.
pub(crate) struct Case {
    /// The table that holds its rows.
    pub(crate) id: &'static str,
    /// Its name within the table.
    pub(crate) model: &'static str,
    pub(crate) place: Place,
    pub(crate) file: &'static str,
    pub(crate) ols: Ols,
}

impl Case {
    /// The data; `None` if this machine does not have them.
    pub(crate) fn frame(&self) -> Option<Frame> {
        let frame = self.place.read(self.file)?;
        Some(if self.model == "nist" { in_units_of_nist(frame) } else { frame })
    }
}

/// Every case.
pub(crate) fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(longley());
    cases.extend(weighted());
    cases.extend(panels());
    cases.extend(singletons());
    cases.extend(triple_difference());
    cases.extend(event_study());
    cases.extend(lagged_outcome());
    cases.extend(rank_deficient());
    cases.extend(weights_with_gaps());
    cases.extend(conditioning());
    cases
}

fn committed(id: &'static str, model: &'static str, file: &'static str, ols: Ols) -> Case {
    Case { id, model, place: Place::Committed, file, ols }
}

fn shared(id: &'static str, model: &'static str, file: &'static str, ols: Ols) -> Case {
    Case { id, model, place: Place::Shared, file, ols }
}

fn longley() -> [Case; 2] {
    let ols = Ols::new("Employed").regress_on([
        "GNP.deflator",
        "GNP",
        "Unemployed",
        "Armed.Forces",
        "Population",
        "Year",
    ]);
    let id = "01_longley_ols";
    ["ols", "nist"].map(|model| committed(id, model, "longley.csv", ols.clone()))
}

/// Whole numbers where R's copy of the data has decimals, as NIST publishes them.
fn in_units_of_nist(frame: Frame) -> Frame {
    let units = [
        ("Employed", 1000.0),
        ("GNP", 1000.0),
        ("Unemployed", 10.0),
        ("Armed.Forces", 10.0),
        ("Population", 1000.0),
    ];
    units.into_iter().fold(frame, |frame, (name, unit)| {
        let whole = |value: &f64| (value * unit).round();
        let values = frame.real(name).unwrap().iter().map(whole).collect::<Vec<f64>>();
        frame.replace(name, ceteris::Column::Real(values.into())).unwrap()
    })
}

fn weighted() -> [Case; 1] {
    let ols = Ols::new("rate")
        .regress_on([
            Term::from("multi_la"),
            Term::from("ldenom"),
            Term::from("multi_la").by("ldenom"),
            Term::from(Variable::indicators("size3").reference("s")),
        ])
        .weights(Weights::analytic("denom"));
    [committed("02_weighted_ols", "wls", "screening_cross_section.csv", ols)]
}

fn panels() -> [Case; 6] {
    let grunfeld = Ols::new("inv").regress_on(["value", "capital"]);
    let petersen = Ols::new("y").regress_on(["x"]);
    let wages = Ols::new("lwage").regress_on(["expersq", "union", "married"]).absorb(["nr", "year"]);
    let by_hours = wages.clone().weights(Weights::analytic("hours"));
    [
        shared(
            "03_oneway_fe_nested_cluster",
            "fe_firm",
            "grunfeld_plm.csv",
            grunfeld.clone().absorb(["firm"]),
        ),
        shared(
            "04_twoway_fe_twoway_cluster",
            "fe_firm_year",
            "grunfeld_plm.csv",
            grunfeld.clone().absorb(["firm", "year"]),
        ),
        shared("05_petersen_twoway", "ols", "petersen.csv", petersen),
        shared("15_few_clusters_cr2_satterthwaite", "pooled", "grunfeld_plm.csv", grunfeld),
        shared("18_wage_panel", "twfe", "wage_panel.csv", wages),
        shared("18_wage_panel", "twfe_weighted", "wage_panel.csv", by_hours),
    ]
}

fn singletons() -> [Case; 4] {
    let dropped = Ols::new("y").regress_on(["x1", "x2"]).absorb(["worker", "firm", "year"]);
    let kept = dropped.clone().singletons(Singletons::Keep);
    let weights = || Weights::analytic("wt");
    let case = |model, ols| committed("06_threeway_fe_singletons", model, "threeway_singletons.csv", ols);
    [
        case("dropped", dropped.clone()),
        case("all_rows", kept.clone()),
        case("dropped_weighted", dropped.weights(weights())),
        case("all_rows_weighted", kept.weights(weights())),
    ]
}

fn triple_difference() -> [Case; 5] {
    let rate = Ols::new("rate").weights(Weights::analytic("denom"));
    let effects = ["prac_ind", "year_ind", "year_multi"];
    let ddd = rate.clone().regress_on(["ddd"]).absorb(effects);
    let by_hand = rate.clone().regress_on(["ddd"]).absorb([
        fe("practice").by("indicator"),
        fe("year").by("indicator"),
        fe("year").by("multi_la"),
    ]);
    let (post, multi_la, screening) = ("post", "multi_la", "screening");
    let full = rate.absorb(effects).regress_on([
        Term::from(post),
        Term::from(multi_la),
        Term::from(screening),
        Term::from(post).by(multi_la),
        Term::from(post).by(screening),
        Term::from(multi_la).by(screening),
        Term::from(post).by(multi_la).by(screening),
    ]);
    let case = |model, file, ols| committed("07_triple_difference", model, file, ols);
    [
        case("small", "screening_small.csv", ddd.clone()),
        case("small_by_hand", "screening_small.csv", by_hand),
        case("small_full_interaction", "screening_small.csv", full),
        case("tiny", "screening_tiny.csv", ddd.clone().singletons(Singletons::Keep)),
        case("tiny_dropped", "screening_tiny.csv", ddd),
    ]
}

fn event_study() -> [Case; 4] {
    let id = "08_event_study_pretrend";
    let y = || Ols::new("y").absorb(["id", "period"]);
    let path = [Term::from("x1"), Term::from(Variable::indicators("period").reference("5")).by("treat")];
    let slope = [Term::from("x1"), Term::from("period").by("treat")];
    let before = Condition::below("period", 6.0);
    let by_year = Term::from(Variable::indicators("year").reference("2012"));
    let ddd = Ols::new("rate")
        .regress_on([by_year.by("multi_la").by("screening")])
        .absorb(["prac_ind", "year_ind", "year_multi"])
        .weights(Weights::analytic("denom"));
    [
        shared(id, "base_did", "base_did.csv", y().regress_on(path.clone())),
        shared(id, "base_did_leads", "base_did.csv", y().regress_on(path).keep(before.clone())),
        shared(id, "base_did_slope", "base_did.csv", y().regress_on(slope).keep(before)),
        committed(id, "ddd_small", "screening_small.csv", ddd),
    ]
}

fn lagged_outcome() -> [Case; 1] {
    let lags = ["lag1", "lag2", "lag3"];
    let ols = Ols::new("rate")
        .regress_on(["multi_la", "ms"])
        .regress_on(lags)
        .regress_on(lags.map(|lag| Term::from(lag).by("screening")))
        .absorb(["year_ind"])
        .weights(Weights::analytic("denom"));
    [committed("09_ldv_post_period", "wls_fe_year_ind", "ldv_post.csv", ols)]
}

fn rank_deficient() -> [Case; 9] {
    let y = || Ols::new("y");
    let dummies = |factor: &str| Term::from(Variable::indicators(factor).reference("0"));
    let case = |model, ols| committed("13_rank_deficient", model, "rank_deficient.csv", ols);
    [
        case("x1+x2+x3+x4", y().regress_on(["x1", "x2", "x3", "x4"])),
        case("x3+x4+x1+x2", y().regress_on(["x3", "x4", "x1", "x2"])),
        case("x1+dup+x2", y().regress_on(["x1", "dup", "x2"])),
        case("x1+near+x2", y().regress_on(["x1", "near", "x2"])),
        case("x1+const2+zero", y().regress_on(["x1", "const2", "zero"])),
        case("x1+gx|g", y().regress_on(["x1", "gx"]).absorb(["g"])),
        case("gx+x1+x2|g+h", y().regress_on(["gx", "x1", "x2"]).absorb(["g", "h"])),
        case("gx+x1+x3+x2|g+h", y().regress_on(["gx", "x1", "x3", "x2"]).absorb(["g", "h"])),
        case(
            "x1+i(g)+i(h)+gx",
            y().regress_on([Term::from("x1"), dummies("g"), dummies("h"), Term::from("gx")]),
        ),
    ]
}

fn weights_with_gaps() -> [Case; 4] {
    let ols = Ols::new("y").regress_on(["x1", "x2"]);
    let wls = ols.clone().weights(Weights::analytic("wt"));
    let effects = wls.clone().absorb(["id"]);
    let frequencies = ols.weights(Weights::frequency("fw"));
    let case = |model, ols| committed("16_weights_na_zero_freq", model, "weights_na.csv", ols);
    [
        case("wls", wls),
        case("wls_fe", effects.clone().singletons(Singletons::Keep)),
        case("wls_fe_dropped", effects),
        case("freq", frequencies),
    ]
}

fn conditioning() -> [Case; 3] {
    let id = "17_conditioning";
    let powers = || (2..=5).map(|power| Term::from(Variable::Power("x".to_string(), power)));
    let wampler = |outcome: &str| Ols::new(outcome).regress_on(["x"]).regress_on(powers());
    [
        committed(id, "illscaled", "illscaled.csv", Ols::new("y").regress_on(["x", "z"]).absorb(["yr"])),
        committed(id, "wampler_y1", "wampler.csv", wampler("y1")),
        committed(id, "wampler_y2", "wampler.csv", wampler("y2")),
    ]
}
