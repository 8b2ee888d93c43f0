//! Degrees of freedom where several effects are nested in clusters, and where slopes are.

use ceteris::{Cluster, Fit, Ols, Singletons, SmallSample, Weights};

use crate::data::frame;

fn std_error(fit: &Fit, cluster: &str, small_sample: SmallSample, name: &str) -> f64 {
    fit.inference(Cluster::by([cluster]).small_sample(small_sample))
        .unwrap()
        .coef(name)
        .unwrap()
        .std_error
        .unwrap()
}

fn close(found: f64, expected: f64) -> bool {
    (found - expected).abs() <= 1e-9 * expected
}

#[test]
fn several_nested_effects_are_ranked_together() {
    let data = frame("several_nested_effects");
    for (formula, fixest) in
        [("y ~ x | firm + year", 0.165564367229), ("y ~ x | firm + state + year", 0.181570804183)]
    {
        let fit = formula.parse::<Ols>().unwrap().fit(&data).unwrap();
        assert!(close(std_error(&fit, "state", SmallSample::exact(), "x"), 0.165564367229), "{formula}");
        assert!(close(std_error(&fit, "state", SmallSample::reghdfe(), "x"), 0.165564367229), "{formula}");
        assert!(close(std_error(&fit, "state", SmallSample::fixest(), "x"), fixest), "{formula}");
        assert_eq!(SmallSample::exact().parameters(fit.ledger(), &[fit.factor("state").unwrap()]), 7);
    }
}

#[test]
fn fixest_never_frees_slopes_alone() {
    struct Case {
        input: &'static str,
        formula: &'static str,
        cluster: &'static str,
        weights: Option<&'static str>,
        parameters: usize,
        std_errors: &'static [(&'static str, f64)],
    }
    let cases = [
        Case {
            input: "slopes_only_nested",
            formula: "y ~ x2 + trend | ind^time + unit[[trend]]",
            cluster: "unit",
            weights: Some("w"),
            parameters: 28,
            std_errors: &[("x2", 1.02953705912)],
        },
        Case {
            input: "slopes_only_nested2",
            formula: "y ~ x2 + dmy | grp + unit[[trend]] + reg^time",
            cluster: "unit",
            weights: None,
            parameters: 62,
            std_errors: &[("x2", 0.518512314696), ("dmy", 0.619352161952)],
        },
        Case {
            input: "slopes_only_nested3",
            formula: "y ~ x2 | unit[[trend]]",
            cluster: "reg",
            weights: Some("w"),
            parameters: 16,
            std_errors: &[("(Intercept)", 0.413233369443), ("x2", 0.226296165936)],
        },
    ];
    for Case { input, formula, cluster, weights, parameters, std_errors } in cases {
        let model = formula.parse::<Ols>().unwrap().singletons(Singletons::Keep);
        let model = weights.into_iter().fold(model, |model, w| model.weights(Weights::analytic(w)));
        let fit = model.fit(&frame(input)).unwrap();
        let clusters = [fit.factor(cluster).unwrap()];
        assert_eq!(SmallSample::fixest().parameters(fit.ledger(), &clusters), parameters, "{formula}");
        for (name, expected) in std_errors {
            let found = std_error(&fit, cluster, SmallSample::fixest(), name);
            assert!(close(found, *expected), "{formula} {name}: {found}");
        }
    }
}

#[test]
fn the_constant_counts_once_where_slopes_alone_are_nested() {
    let model = "y ~ x2 | unit[[trend]]".parse::<Ols>().unwrap().weights(Weights::analytic("w"));
    let fit = model.singletons(Singletons::Keep).fit(&frame("slopes_only_nested3")).unwrap();
    assert_eq!(SmallSample::exact().parameters(fit.ledger(), &[fit.factor("reg").unwrap()]), 2);
}
