//! Reference cases: our numbers beside certified ones and beside those of other programs.
//!
//! A case is a specification in `cases.rs`; its expected values are rows of
//! `tests/data/reference/<id>.csv`. Every case runs on every dense backend of the build, on every
//! absorption, and on one thread and on two, which must agree to the bit.

mod cases;
mod compare;
mod disagreements;
mod grunfeld;
mod kinds;
mod omitted;
mod repaired;
mod samples;
mod solvers;
mod tolerances;

use ceteris::vcov::EffectCost;
use ceteris::{Frame, Ols, Vcov};
use support::{Row, announce, reference_tables};

use cases::Case;
use compare::{Outcome, compare};
use kinds::question;
use solvers::{Answers, Road, backends};

/// Rows where a program is asserted to be off; they belong to no case alone.
const DISAGREEMENTS: &str = "disagreements";

/// Runs every model of a table and fails with all that is off.
fn check(id: &str) {
    let (_, path) = reference_tables().into_iter().find(|(table, _)| table == id).unwrap();
    let rows = Row::read_all(&path);
    let mut failures = Vec::new();
    for case in cases::all().iter().filter(|case| case.id == id) {
        match case.frame() {
            Some(_) => failures.extend(check_model(case, &rows)),
            None => announce(&format!("SKIPPED {id} {}: `{}` is not on this machine", case.model, case.file)),
        }
    }
    assert!(failures.is_empty(), "{} values are off:\n{}", failures.len(), failures.join("\n"));
}

/// Up to this many rows times levels, orthogonalising every dummy takes seconds. Beyond it, it takes minutes
/// and is done on request.
const DENSE: usize = 500_000;
/// The variable that requests it.
const ON_REQUEST: &str = "CETERIS_DENSE";

fn check_model(case: &Case, rows: &[Row]) -> Vec<String> {
    let frame = case.frame().expect("checked by the caller");
    let large = dense_size(case, &frame) > DENSE && std::env::var_os(ON_REQUEST).is_none();
    let mut failures = Vec::new();
    for road in Road::all_for(&case.ols) {
        // Alternating projections have no leverages of their own and take those of dense dummies.
        let without_leverage = large && road.is_iterative();
        let kept = |row: &&Row| row.model == case.model && !(without_leverage && row.needs_leverage());
        let rows: Vec<&Row> = rows.iter().filter(kept).collect();
        if !(large && road == Road::Dummies) {
            failures.extend(check_road(case, &frame, road, &rows));
        }
    }
    failures
}

fn check_road(case: &Case, frame: &Frame, road: Road, rows: &[&Row]) -> Vec<String> {
    let questions = questions(rows);
    let mut whole = Outcome::default();
    for backend in backends() {
        let on = |threads| Answers::on_threads(threads, (&case.ols, frame), (backend, road), &questions);
        let (one, two) = (on(1), on(2));
        if one.bits() != two.bits() {
            whole.failures.push(format!("{road:?} {backend:?}: one thread and two differ in their bits"));
        }
        whole.absorb(compare(rows, &one, road));
    }
    report(case, road, &whole);
    whole.failures
}

/// Rows times columns of dummies.
fn dense_size(case: &Case, frame: &Frame) -> usize {
    let fit = case.ols.fit(frame).unwrap_or_else(|error| panic!("{}: {error}", case.ols));
    let columns: usize = fit.ledger().effects.iter().map(EffectCost::ncolumns).sum();
    fit.sample().len() * columns
}

fn questions(rows: &[&Row]) -> Vec<Vcov> {
    let mut questions = Vec::new();
    for row in rows {
        if let (_, Some(kind)) = row.parts() {
            let asked = question(kind, row.program());
            if !questions.contains(&asked) {
                questions.push(asked);
            }
        }
    }
    questions
}

/// One line for each road: what was compared and the largest relative difference by witness.
fn report(case: &Case, road: Road, outcome: &Outcome) {
    let mut line = format!(
        "{} {} {road:?}: {} values, {} declined",
        case.id, case.model, outcome.compared, outcome.declined
    );
    let mut witness = "";
    for ((program, quantity), error) in outcome.worst.iter().filter(|(_, error)| **error > 0.0) {
        if program != witness {
            line += &format!("; {program}");
            witness = program;
        }
        line += &format!(" {quantity} {error:.0e}");
    }
    println!("{line}");
}

macro_rules! tables {
    ($($test:ident => $id:literal,)*) => {
        /// Tables that a test runs.
        const TESTED: &[&str] = &[$($id),*];
        $(#[test] fn $test() { check($id); })*
    };
}

tables! {
    ordinary_least_squares_on_longley => "01_longley_ols",
    weights_interaction_and_factor => "02_weighted_ols",
    one_effect_nested_in_the_clusters => "03_oneway_fe_nested_cluster",
    two_effects_and_two_ways_of_clustering => "04_twoway_fe_twoway_cluster",
    two_ways_of_clustering_without_effects => "05_petersen_twoway",
    three_effects_with_singletons_dropped_and_kept => "06_threeway_fe_singletons",
    weighted_triple_difference => "07_triple_difference",
    event_study_and_joint_test_of_its_leads => "08_event_study_pretrend",
    lagged_outcome_by_indicator => "09_ldv_post_period",
    collinear_columns => "13_rank_deficient",
    ten_clusters => "15_few_clusters_cr2_satterthwaite",
    weights_with_gaps_zeros_and_frequencies => "16_weights_na_zero_freq",
    badly_scaled_columns => "17_conditioning",
    wage_panel => "18_wage_panel",
}

#[test]
fn cases_and_tables_have_the_same_ids() {
    let tables: Vec<String> = reference_tables().into_iter().map(|(id, _)| id).collect();
    let tested = tables.iter().filter(|id| *id != DISAGREEMENTS);
    assert!(tested.eq(TESTED), "tables {tables:?}, tests {TESTED:?}");
    let ids = |case: &Case| (case.id.to_string(), case.model.to_string());
    let mut in_code: Vec<_> = cases::all().iter().map(ids).collect();
    let rows = reference_tables().into_iter().filter(|(id, _)| id != DISAGREEMENTS);
    let rows = rows.flat_map(|(_, path)| Row::read_all(&path));
    let mut in_tables: Vec<_> = rows.map(|row| (row.case, row.model)).collect();
    in_code.sort();
    in_tables.sort();
    in_tables.dedup();
    assert_eq!(in_code, in_tables);
}

#[test]
fn the_number_of_cases_run_and_skipped_is_told() {
    let cases = cases::all();
    let skipped = cases.iter().filter(|case| case.place.find(case.file).is_none()).count();
    let run = cases.len() - skipped;
    let loud = if skipped > 0 { "; SKIPPED cases need the folder that CETERIS_SHARED names" } else { "" };
    announce(&format!("reference cases: {run} run, {skipped} skipped of {}{loud}", cases.len()));
    assert!(run > 0);
}

#[test]
fn the_formula_of_each_case_reads_back_as_the_case() {
    for case in cases::all() {
        let read: Ols = case.ols.to_string().parse().unwrap();
        assert_eq!(read.outcome(), case.ols.outcome());
        assert_eq!(read.terms(), case.ols.terms());
        assert_eq!(read.effects(), case.ols.effects());
    }
}
