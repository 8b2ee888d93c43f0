//! An effect is a partition of the rows: its codes, its spelling and where its slopes are counted from change nothing.

use ceteris::{
    Absorption, Alternating, Cluster, Condition, Fit, Frame, Hc, Iid, Lsmr, Ols, Pcg, SmallSample, Solver,
    Vcov,
};
use proptest::prelude::*;

use crate::panel::{Rows, close, ols, panels, same_matrix, std_error};

/// Every method that absorbs several effects.
fn methods() -> [Absorption; 6] {
    let iterations = [Pcg::default().into(), Lsmr::default().into(), Alternating::default().into()];
    let [pcg, lsmr, alternating] = iterations;
    [Absorption::Auto, Absorption::Direct, Absorption::Dummies, pcg, lsmr, alternating]
}

/// The panel with `f` and `g` under other codes, `name` (of `f`) and `again` (of `g`), and `coarse`, a union of
/// levels of `f`.
fn with_other_codes(rows: &Rows) -> Frame {
    let name = rows.f.iter().map(|f| Some(["zeta", "alpha", "mid", "beta", "omega", "eta"][*f as usize]));
    let again: Vec<f64> = rows.g.iter().map(|g| 1e6 - 3.25 * ((*g * 2.0) % 5.0)).collect();
    let coarse: Vec<f64> = rows.f.iter().map(|f| (f / 2.0).floor()).collect();
    let frame = rows.frame().add_category("name", name).unwrap();
    frame.add_real("again", again).unwrap().add_real("coarse", coarse).unwrap()
}

fn fit(model: &Ols, method: Absorption, frame: &Frame) -> Fit {
    model.clone().solver(Solver::default().absorption(method)).fit(frame).unwrap()
}

/// The same estimates, rank and standard errors.
fn assert_same(one: &Fit, other: &Fit, what: &str) -> Result<(), TestCaseError> {
    let (b, truth) = (one.estimate("x").unwrap(), other.estimate("x").unwrap());
    prop_assert!(close(b, truth), "{what}: {b} and {truth}");
    prop_assert_eq!(one.ledger().rank, other.ledger().rank, "{}", what);
    let vcovs = [Vcov::from(Iid), Hc::Hc1.into(), Cluster::by(["f"]).into(), Cluster::by(["g"]).into()];
    for vcov in vcovs {
        let (se, truth) = (std_error(one, vcov.clone(), "x"), std_error(other, vcov.clone(), "x"));
        prop_assert!(close(se, truth), "{what} {vcov}: {se} and {truth}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn an_effect_added_under_other_codes_or_coarser_changes_nothing_but_its_line(rows in panels()) {
        let frame = with_other_codes(&rows);
        for (formula, longer) in [
            ("y ~ x | f", "y ~ x | f + name"),
            ("y ~ x | f", "y ~ x | coarse + name + f"),
            ("y ~ x | f + g", "y ~ x | name + again + f + g"),
            ("y ~ x | f + g + h", "y ~ x | f + g + h + coarse + again + name"),
            ("y ~ x | f^g", "y ~ x | name^g + f + again^f + coarse^again"),
            ("y ~ x | f[z] + g", "y ~ x | f + name[z] + coarse[z] + g"),
            ("y ~ x | f[z]", "y ~ x | name[[z]] + f"),
        ] {
            let judge = fit(&ols(formula), Absorption::Dummies, &frame);
            for method in methods() {
                let other = fit(&ols(longer), method, &frame);
                let bounded = other.absorbed().method.is_iterative() && longer.contains('[');
                if bounded {
                    prop_assert!(close(other.estimate("x").unwrap(), judge.estimate("x").unwrap()), "{longer}");
                } else {
                    assert_same(&other, &judge, &format!("{longer} {method:?}"))?;
                }
            }
        }
    }

    #[test]
    fn effects_that_are_one_partition_in_the_rows_used_count_once(rows in panels()) {
        // `alias` is `f` but in rows that a condition or a singleton takes away.
        let alone = 6.0 + rows.f[0];
        let mut alias: Vec<f64> = rows.f.iter().map(|f| 5.0 - f).collect();
        alias.iter_mut().zip(&rows.h).filter(|(_, h)| **h < 1.0).for_each(|(alias, _)| *alias = 9.0);
        let keep = Condition::at_least("h", 1.0);
        let frame = rows.frame().add_real("alias", alias).unwrap();
        for method in methods() {
            let one = fit(&ols("y ~ x | f").keep(keep.clone()), method, &frame);
            let both = fit(&ols("y ~ x | f + alias").keep(keep.clone()), method, &frame);
            assert_same(&both, &one, &format!("condition, {method:?}"))?;
        }
        let mut alias: Vec<f64> = rows.f.iter().map(|f| 5.0 - f).collect();
        alias[0] = alone;
        let frame = rows.frame().add_real("alias", alias).unwrap();
        let without: Vec<usize> = (1..rows.y.len()).collect();
        let one = ols("y ~ x | f + g").fit(&rows.pick(&without).frame()).unwrap();
        for method in methods() {
            assert_same(&fit(&ols("y ~ x | f + alias + g"), method, &frame), &one, "singleton")?;
        }
    }

    #[test]
    fn clusters_under_other_codes_are_the_same_clusters(rows in panels()) {
        let frame = with_other_codes(&rows);
        let fit = ols("y ~ x + z | h").fit(&frame).unwrap();
        for small_sample in SmallSample::all() {
            let vcov = |columns: &[&str]| {
                fit.inference_under(Cluster::by(columns.to_vec()), small_sample).unwrap().vcov().clone()
            };
            prop_assert!(same_matrix(&vcov(&["f", "name"]), &vcov(&["f"])), "{}", small_sample);
            prop_assert!(same_matrix(&vcov(&["f", "again", "name"]), &vcov(&["f", "g"])), "{}", small_sample);
        }
    }

    #[test]
    fn a_constant_added_to_the_column_of_slopes_changes_nothing(rows in panels()) {
        let far: Vec<f64> = rows.z.iter().map(|z| z + 1e6).collect();
        let frame = with_other_codes(&rows).add_real("far", far).unwrap();
        for formula in
            ["y ~ x | f[z] + g", "y ~ x | f + f[[z]] + g", "y ~ x | f + coarse[[z]]", "y ~ x | name[z] + coarse[h] + g[z]"]
        {
            let judge = fit(&ols(formula), Absorption::Dummies, &frame);
            for method in methods() {
                let other = fit(&ols(&formula.replace('z', "far")), method, &frame);
                let (b, truth) = (other.estimate("x").unwrap(), judge.estimate("x").unwrap());
                prop_assert!(close(b, truth), "{formula} {method:?}: {b} and {truth}");
                if !other.absorbed().method.is_iterative() {
                    prop_assert_eq!(other.ledger().rank, judge.ledger().rank, "{} {:?}", formula, method);
                }
            }
        }
    }

    #[test]
    fn slopes_far_from_zero_are_the_same_however_they_are_spelt(rows in panels()) {
        let month: Vec<f64> = (0..rows.y.len()).map(|i| 202_001.0 + (i * 7 % 12) as f64).collect();
        let squared: Vec<f64> = month.iter().map(|t| t * t).collect();
        let frame = rows.frame().add_real("t", month).unwrap().add_real("t2", squared).unwrap();
        let judge = fit(&ols("y ~ x | h[t, t2]"), Absorption::Dummies, &frame);
        for spelling in ["h[t, t2]", "h[t2, t]", "h[t] + h[t2]", "h + h[t] + h[t2]", "h[[t2]] + h[[t]] + h", "h[t2] + h[t]"] {
            for method in methods() {
                let other = fit(&ols(&format!("y ~ x | {spelling}")), method, &frame);
                assert_same(&other, &judge, &format!("{spelling} {method:?}"))?;
            }
        }
    }

    #[test]
    fn numbers_of_any_size_are_levels_as_their_ranks_are(
        rows in panels(),
        mut levels in proptest::collection::vec(prop_oneof![whole_numbers(), any::<f64>()], 6),
    ) {
        levels.iter_mut().for_each(|level| *level = if level.is_finite() { *level + 0.0 } else { 1.5 });
        let mut sorted = levels.clone();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup();
        let rank = |level: f64| sorted.iter().position(|held| *held == level).unwrap() as f64;
        let ids: Vec<f64> = rows.f.iter().map(|f| levels[*f as usize]).collect();
        let ranks: Vec<f64> = ids.iter().map(|id| rank(*id)).collect();
        let frame = rows.frame().add_real("id", ids).unwrap().add_real("rank", ranks).unwrap();
        let fitted = |effect: &str| ols(&format!("y ~ x + z | {effect} + g")).fit(&frame).unwrap();
        prop_assert_eq!(fitted("id").coefficients(), fitted("rank").coefficients());
        prop_assert_eq!(fitted("id").ledger().rank, fitted("rank").ledger().rank);
    }

    #[test]
    fn whole_numbers_beyond_doubles_are_levels_of_their_own(
        rows in panels(),
        lowest in prop_oneof![Just(u64::MAX - 5), Just(1 << 53), any::<u64>().prop_map(|id| id - id.min(5))],
    ) {
        let unsigned = rows.f.iter().map(|f| Some(lowest + *f as u64));
        let signed = rows.f.iter().map(|f| Some(i64::MIN + *f as i64));
        let frame = rows.frame().add_integers("unsigned", unsigned).unwrap().add_integers("signed", signed).unwrap();
        let fitted = |effect: &str| ols(&format!("y ~ x + z | {effect} + g")).fit(&frame).unwrap();
        for effect in ["unsigned", "signed"] {
            prop_assert_eq!(fitted(effect).coefficients(), fitted("f").coefficients());
        }
        let kept = ols("y ~ x | unsigned").keep(Condition::at_least("h", 1.0)).fit(&frame).unwrap();
        let judge = ols("y ~ x | f").keep(Condition::at_least("h", 1.0)).fit(&frame).unwrap();
        prop_assert_eq!(kept.coefficients(), judge.coefficients());
    }
}

/// Whole numbers at the sizes where doubles change their spacing.
fn whole_numbers() -> impl Strategy<Value = f64> {
    (45..66i32, -9..9i64, any::<bool>()).prop_map(|(power, beside, negative)| {
        let size = 2f64.powi(power) + beside as f64;
        if negative { -size } else { size }
    })
}

#[test]
fn minus_zero_and_zero_are_one_level() {
    let frame = Frame::new()
        .add_real("y", vec![1.0, 3.0, 2.0, 7.0, 5.0, 4.0])
        .and_then(|frame| frame.add_real("x", vec![1.0, 2.0, 4.0, 3.0, 2.0, 6.0]))
        .and_then(|frame| frame.add_real("id", vec![0.0, -0.0, 0.0, 1.0, 1.0, 1.0]))
        .and_then(|frame| frame.add_category("text", ["a", "a", "a", "b", "b", "b"].map(Some)))
        .unwrap();
    let estimate =
        |effect: &str| ols(&format!("y ~ x | {effect}")).fit(&frame).unwrap().estimate("x").unwrap();
    assert_eq!(estimate("id"), estimate("text"));
}
