//! Covariances that must coincide.

use ceteris::{Cluster, Condition, Hc, Iid, Weights};
use proptest::prelude::*;

use crate::panel::{close, ols, panels, same_matrix, std_error};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn one_row_per_cluster_equals_hc(rows in panels()) {
        let fit = ols("y ~ x + z").fit(&rows.frame()).unwrap();
        let vcov = |vcov: ceteris::Vcov| fit.inference(vcov).unwrap().matrix().clone();
        prop_assert!(same_matrix(&vcov(Cluster::by(["row"]).cr0().into()), &vcov(Hc::Hc0.into())));
        prop_assert!(same_matrix(&vcov(Cluster::by(["row"]).into()), &vcov(Hc::Hc1.into())));
    }

    #[test]
    fn clustering_twice_by_the_same_is_clustering_once(rows in panels()) {
        let fit = ols("y ~ x + z").fit(&rows.frame()).unwrap();
        let vcov = |columns: &[&str]| fit.inference(Cluster::by(columns.to_vec())).unwrap().matrix().clone();
        prop_assert!(same_matrix(&vcov(&["f", "f"]), &vcov(&["f"])));
    }

    #[test]
    fn nested_two_way_is_the_coarser_one_way(rows in panels()) {
        let fit = ols("y ~ x + z").fit(&rows.frame()).unwrap();
        let vcov = |columns: &[&str]| fit.inference(Cluster::by(columns.to_vec())).unwrap().matrix().clone();
        prop_assert!(same_matrix(&vcov(&["f^g", "f"]), &vcov(&["f"])));
    }

    #[test]
    fn analytic_weights_times_a_constant_change_nothing(rows in panels(), factor in 0.001..1000.0f64) {
        let fit = |rows: &crate::panel::Rows| {
            ols("y ~ x + z | f").weights(Weights::analytic("w")).fit(&rows.frame()).unwrap()
        };
        let plain = fit(&rows);
        let mut scaled = rows.clone();
        scaled.w.iter_mut().for_each(|w| *w *= factor);
        let scaled = fit(&scaled);
        prop_assert!(close(plain.estimate("x").unwrap(), scaled.estimate("x").unwrap()));
        prop_assert!(close(std_error(&plain, Iid, "x"), std_error(&scaled, Iid, "x")));
        prop_assert!(close(std_error(&plain, Hc::Hc3, "x"), std_error(&scaled, Hc::Hc3, "x")));
        prop_assert!(close(std_error(&plain, Cluster::by(["g"]), "x"), std_error(&scaled, Cluster::by(["g"]), "x")));
    }

    #[test]
    fn frequency_weights_equal_repeated_rows(rows in panels()) {
        let order: Vec<usize> = (0..rows.y.len()).flat_map(|i| vec![i; rows.w[i] as usize]).collect();
        let weighted = ols("y ~ x + z | f").weights(Weights::frequency("w")).fit(&rows.frame()).unwrap();
        let repeated = ols("y ~ x + z | f").fit(&rows.pick(&order).frame()).unwrap();
        prop_assert_eq!(weighted.nobs(), repeated.nobs());
        prop_assert!(close(weighted.estimate("x").unwrap(), repeated.estimate("x").unwrap()));
        for hc in [Hc::Hc0, Hc::Hc1, Hc::Hc2, Hc::Hc3] {
            prop_assert!(close(std_error(&weighted, hc, "x"), std_error(&repeated, hc, "x")), "{}", hc.name());
        }
        prop_assert!(close(std_error(&weighted, Iid, "x"), std_error(&repeated, Iid, "x")));
        prop_assert!(close(std_error(&weighted, Cluster::by(["g"]), "x"), std_error(&repeated, Cluster::by(["g"]), "x")));
    }

    #[test]
    fn a_condition_equals_leaving_the_rows_out(rows in panels()) {
        let kept: Vec<usize> = (0..rows.y.len()).filter(|&i| rows.h[i] >= 1.0).collect();
        let by_condition = ols("y ~ x + z | f").keep(Condition::at_least("h", 1.0)).fit(&rows.frame()).unwrap();
        let by_hand = ols("y ~ x + z | f").fit(&rows.pick(&kept).frame()).unwrap();
        prop_assert_eq!(by_condition.coefficients(), by_hand.coefficients());
        prop_assert_eq!(by_condition.sample().nrows_read(), rows.y.len());
    }

    #[test]
    fn a_wald_test_of_one_coefficient_is_its_squared_t(rows in panels()) {
        let table = ols("y ~ x + z").fit(&rows.frame()).unwrap().inference(Hc::Hc1).unwrap();
        let (test, t) = (table.wald(&["x"]).unwrap(), table.coef("x").unwrap());
        prop_assert!(close(test.statistic, t.statistic().unwrap() * t.statistic().unwrap()));
        prop_assert!(close(test.p_value, t.p_value().unwrap()));
    }
}
