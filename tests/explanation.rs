//! `Fit::explain` beside the programs' own numbers: the worked example, and what the tables of expected
//! values hold of each program that an account calls confirmed.

use ceteris::explain::{Evidence, Explanation};
use ceteris::{Cluster, Hc, Iid, Ols, Vcov};
use support::{Place, Row, announce, reference_tables};

/// Programs meet their own formula to this.
const CLOSE: f64 = 1e-9;

fn grunfeld(formula: &str, vcov: impl Into<Vcov>) -> Option<Explanation> {
    let Some(frame) = Place::Shared.read("grunfeld_plm.csv") else {
        announce("SKIPPED explanation: `grunfeld_plm.csv` is not on this machine");
        return None;
    };
    Some(formula.parse::<Ols>().unwrap().fit(&frame).unwrap().explain(vcov, None).unwrap())
}

fn std_error(explanation: &Explanation, program: &str, name: &str) -> f64 {
    let coefs = &explanation.account(program).unwrap().coefs;
    coefs.iter().find(|coef| coef.name == name).unwrap().std_error.unwrap()
}

#[test]
fn the_worked_example_has_each_programs_number() {
    let Some(explanation) = grunfeld("inv ~ capital | firm + year", Cluster::by(["firm"])) else { return };
    // 1e-10 is half a unit in the last digit printed.
    for (program, expected, parameters) in [
        ("exact", 0.063_281_294_09, 21),
        ("fixest", 0.063_281_294_09, 21),
        ("pyfixest", 0.063_281_294_09, 21),
        ("reghdfe", 0.063_281_294_09, 21),
        ("xtreg", 0.063_281_294_09, 21),
        ("areg", 0.064_934_784_96, 30),
        ("statsmodels", 0.064_934_784_96, 30),
        ("sandwich", 0.064_934_784_96, 30),
        ("FixedEffectModels.jl", 0.063_458_801_57, 22),
    ] {
        let account = explanation.account(program).unwrap();
        let found = account.coefs[0].std_error.unwrap();
        assert!((found / expected - 1.0).abs() < 1e-9, "{program}: {found}");
        assert_eq!(account.parameters.total, parameters, "{program}");
        let documented = program == "FixedEffectModels.jl";
        assert_eq!(account.evidence == Evidence::Documented, documented, "{program}");
    }
}

#[test]
fn linearmodels_sees_a_nested_effect_only_where_it_is_the_only_one() {
    for (formula, model) in
        [("inv ~ value + capital | firm", "fe_firm"), ("inv ~ value + capital | firm + year", "fe_firm_year")]
    {
        let Some(explanation) = grunfeld(formula, Cluster::by(["firm"])) else { return };
        let rows = every_row();
        let theirs = |row: &&Row| {
            row.model == model && row.program() == "linearmodels" && row.quantity == "se:CR1:firm"
        };
        let mut compared = 0;
        for row in rows.iter().filter(theirs) {
            let ours = std_error(&explanation, "linearmodels", &row.name);
            assert!((ours / row.value - 1.0).abs() < CLOSE, "{row:?}: {ours}");
            compared += 1;
        }
        assert_eq!(compared, 2, "{model}");
        let account = explanation.account("linearmodels").unwrap();
        assert_eq!(account.evidence, Evidence::Confirmed);
        // Its t statistics have n less the rank, nested or not.
        let rank = explanation.account("areg").unwrap().parameters.total;
        assert_eq!(account.distribution, ceteris::Distribution::T((200 - rank) as f64));
    }
}

#[test]
fn linearmodels_has_these_p_values() {
    let Some(explanation) = grunfeld("inv ~ value + capital | firm", Cluster::by(["firm"])) else { return };
    // `PanelOLS(entity_effects=True).fit(cov_type="clustered", cluster_entity=True)`, linearmodels 7.1
    let p_values = [1.076_332_449_067_542_4e-12, 3.576_064_387_663_223e-9];
    for (coef, expected) in explanation.account("linearmodels").unwrap().coefs.iter().zip(p_values) {
        // It takes the tail as 2 (1 - cdf), which leaves four digits of the first.
        assert!((coef.p_value().unwrap() - expected).abs() < 1e-15 + 1e-6 * expected, "{coef}");
    }
}

#[test]
fn linearmodels_leaves_the_clusters_of_both_ways_out() {
    let formula = "inv ~ value + capital | firm + year";
    let Some(explanation) = grunfeld(formula, Cluster::by(["firm", "year"])) else { return };
    // `cluster_entity=True, cluster_time=True`, linearmodels 7.1
    let ours = std_error(&explanation, "linearmodels", "value");
    assert!((ours / 0.011_568_074_651_397_591 - 1.0).abs() < CLOSE, "{ours}");
    let documented: Vec<&str> = explanation
        .accounts
        .iter()
        .filter(|a| a.evidence == Evidence::Documented)
        .map(|a| a.program)
        .collect();
    assert_eq!(documented, ["reghdfe", "areg", "xtreg", "FixedEffectModels.jl", "clubsandwich"]);
}

#[test]
fn sandwich_gives_each_term_its_own_clusters() {
    let formula = "inv ~ value + capital | firm + year";
    let Some(explanation) = grunfeld(formula, Cluster::by(["firm", "year"])) else { return };
    // `vcovCL(m, ~ firm + year, type = "HC1")`, sandwich 3.0.2
    for (name, expected) in [("value", 0.012_809_362_135_018_694), ("capital", 0.050_223_772_088_443_4)] {
        let ours = std_error(&explanation, "sandwich", name);
        assert!((ours / expected - 1.0).abs() < CLOSE, "{name}: {ours}");
    }
    let account = explanation.account("sandwich").unwrap();
    assert!(account.sentence().contains("its own G/(G-1)"), "{}", account.sentence());
}

#[test]
fn pyfixest_inflates_hc2_and_hc3() {
    let frame = Place::Committed.read("longley.csv").unwrap();
    let row = every_row().into_iter().find(|row| {
        row.case == "01_longley_ols"
            && row.quantity == "se:HC3"
            && row.program() == "pyfixest"
            && row.name == "GNP"
    });
    let row = row.expect("pyfixest's HC3 is in the tables");
    let names: Vec<&str> =
        frame.names().filter(|name| !["Employed", "year", "rownames"].contains(name)).collect();
    let fit = Ols::new("Employed").regress_on(names).fit(&frame).unwrap();
    let explanation = fit.explain(Hc::Hc3, Some("GNP")).unwrap();
    let ours = std_error(&explanation, "pyfixest", "GNP");
    assert!((ours / row.value - 1.0).abs() < 1e-6, "{ours} {row:?}");
    // n = 16, K = 7
    let ratio = explanation.account("pyfixest").unwrap().ratio.unwrap().0;
    assert!((ratio - (16.0_f64 / 9.0).sqrt()).abs() < 1e-12);
}

#[test]
fn what_is_called_confirmed_has_a_row_of_that_program() {
    let rows = every_row();
    let Some(frame) = Place::Shared.read("grunfeld_plm.csv") else {
        announce("SKIPPED evidence of explanations: `grunfeld_plm.csv` is not on this machine");
        return;
    };
    let fit = "inv ~ value + capital | firm".parse::<Ols>().unwrap().fit(&frame).unwrap();
    let kinds: [Vcov; 7] = [
        Iid.into(),
        Hc::Hc0.into(),
        Hc::Hc1.into(),
        Hc::Hc2.into(),
        Hc::Hc3.into(),
        Cluster::by(["firm"]).cr0().into(),
        Cluster::by(["firm"]).into(),
    ];
    for vcov in kinds {
        let kind = vcov.to_string().split(' ').next().unwrap().to_string();
        for account in fit.explain(vcov, None).unwrap().accounts {
            if account.evidence == Evidence::Confirmed {
                let held = rows.iter().any(|row| vouches(row, account.program, &kind));
                assert!(held, "no row confirms {kind} of {}", account.program);
            }
        }
    }
}

/// Whether a row is a standard error of this kind by this program, or by one with the same numbers.
fn vouches(row: &Row, program: &str, kind: &str) -> bool {
    let (program, kind) = match program {
        "exact" => ("certified", if kind == "CR1" { "CR1_nonnested" } else { kind }),
        "reghdfe" => ("econhdfe", kind), // reghdfe in Python
        "areg" => ("sandwich", "CR1S"),  // (n-1)/(n-rank) G/(G-1)
        "clubsandwich" => ("clubSandwich", kind),
        "sandwich" if kind == "CR1" => ("sandwich", "CR1S"),
        // The worked example has Stata's number.
        "xtreg" => return true,
        other => (other, kind),
    };
    let (quantity, held) = row.parts();
    let held = held.unwrap_or_default().split(':').next().unwrap_or_default();
    quantity == "se" && held == kind && row.program() == program
}

fn every_row() -> Vec<Row> {
    reference_tables().iter().flat_map(|(_, path)| Row::read_all(path)).collect()
}
