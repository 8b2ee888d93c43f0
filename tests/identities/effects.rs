//! Absorbing an effect is regressing on its dummies, whichever way it is absorbed.

use ceteris::{
    Absorption, Alternating, Cluster, Error, Hc, Iid, Lsmr, Pcg, Singletons, SmallSample, Solver, Weights,
};
use proptest::prelude::*;

use crate::panel::{close, ols, panels, same_matrix, std_error};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn absorbing_equals_dummies(rows in panels(), weighted in any::<bool>()) {
        let frame = rows.frame();
        let prepare = |formula: &str| {
            let model = ols(formula).singletons(Singletons::Keep);
            if weighted { model.weights(Weights::analytic("w")) } else { model }
        };
        let absorbed = prepare("y ~ x + z | f + g + h").fit(&frame).unwrap();
        let dummies = prepare("y ~ x + z + i(f) + i(g) + i(h)").fit(&frame).unwrap();
        prop_assert_eq!(absorbed.ledger().rank, dummies.ledger().rank);
        for name in ["x", "z"] {
            prop_assert!(close(absorbed.estimate(name).unwrap(), dummies.estimate(name).unwrap()));
            prop_assert!(close(std_error(&absorbed, Iid, name), std_error(&dummies, Iid, name)));
            prop_assert!(close(std_error(&absorbed, Hc::Hc1, name), std_error(&dummies, Hc::Hc1, name)));
            let clustered = |fit: &ceteris::Fit| {
                let table = fit.inference(Cluster::by(["row"]).small_sample(SmallSample::areg())).unwrap();
                table.coef(name).unwrap().std_error.unwrap()
            };
            prop_assert!(close(clustered(&absorbed), clustered(&dummies)));
        }
        let residuals = absorbed.residuals().iter().zip(dummies.residuals());
        prop_assert!(residuals.into_iter().all(|(a, b)| close(*a, *b)));
        let leverage = (absorbed.leverage().unwrap(), dummies.leverage().unwrap());
        prop_assert!(leverage.0.iter().zip(&leverage.1).all(|(a, b)| close(*a, *b)));
    }

    #[test]
    fn every_absorption_agrees(rows in panels(), slopes in any::<bool>(), weighted in any::<bool>()) {
        let frame = rows.frame();
        let formula = if slopes { "y ~ x | f[z] + g" } else { "y ~ x + z | f + g + h" };
        let fit = |absorption: Absorption| {
            let model = ols(formula).solver(Solver::default().absorption(absorption));
            let model = if weighted { model.weights(Weights::analytic("w")) } else { model };
            model.fit(&frame).unwrap()
        };
        let judge = fit(Absorption::Dummies);
        let (pcg, lsmr) = (Absorption::from(Pcg::default()), Absorption::from(Lsmr::default()));
        let methods = [Absorption::Auto, Absorption::Direct, pcg, lsmr, Alternating::default().into()];
        for method in methods {
            let other = fit(method);
            prop_assert!(close(judge.estimate("x").unwrap(), other.estimate("x").unwrap()), "{:?}", method);
            prop_assert!(same_matrix(&judge.ingredients().bread, &other.ingredients().bread), "{:?}", method);
            if !other.absorbed().method.is_iterative() {
                prop_assert_eq!(judge.ledger().rank, other.ledger().rank);
            }
        }
    }

    #[test]
    fn weights_over_twelve_orders_of_magnitude_change_no_rank(rows in panels(), powers in proptest::collection::vec(-6..6i32, 80)) {
        let mut rows = rows;
        rows.w.iter_mut().zip(&powers).for_each(|(w, power)| *w = 10f64.powi(*power));
        let frame = rows.frame();
        let weighted = ols("y ~ x | f + g + h").weights(Weights::analytic("w")).fit(&frame).unwrap();
        let plain = ols("y ~ x | f + g + h").fit(&frame).unwrap();
        prop_assert_eq!(weighted.ledger().rank, plain.ledger().rank);
    }

    #[test]
    fn an_outcome_shifted_by_an_absorbed_effect_has_the_same_coefficients(rows in panels(), shift in 1.0..50.0f64) {
        let plain = ols("y ~ x + z | f + g").fit(&rows.frame()).unwrap();
        let mut shifted = rows.clone();
        shifted.y.iter_mut().zip(&rows.f).for_each(|(y, f)| *y += shift * (f - 2.0) * (f - 2.0));
        let other = ols("y ~ x + z | f + g").fit(&shifted.frame()).unwrap();
        prop_assert!(close(plain.estimate("x").unwrap(), other.estimate("x").unwrap()));
    }

    #[test]
    fn the_level_dummy_of_an_absorbed_effect_is_omitted_by_name(rows in panels()) {
        let mut rows = rows;
        rows.f.iter_mut().zip(&mut rows.g).zip(0..20).for_each(|((f, g), i)| {
            (*f, *g) = (f64::from(i % 2), f64::from(i / 4)); // both levels are there, whatever is drawn
        });
        let fit = ols("y ~ x + i(f, 0) | f + g").fit(&rows.frame()).unwrap();
        prop_assert_eq!(fit.names(), ["x"]);
        prop_assert!(!fit.omitted().is_empty());
        let table = fit.inference(Iid).unwrap();
        for omitted in fit.omitted() {
            prop_assert_eq!(&omitted.spanned_by, &["f"]);
            let is_omitted = matches!(table.coef(&omitted.name.to_string()), Err(Error::OmittedCoefficient { .. }));
            prop_assert!(is_omitted);
        }
    }
}
