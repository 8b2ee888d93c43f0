//! Row order, labels, scale and the number of threads change nothing.

use ceteris::{Absorption, Alternating, Cluster, Column, Frame, Hc, Solver, Weights};
use proptest::prelude::*;

use crate::panel::{Rows, close, ols, panels, std_error};

/// Every number that a fit and its inference show, to the bit.
fn bits(frame: &Frame, absorption: Absorption) -> Vec<u64> {
    let model = ols("y ~ x + z + x:z | f + g + h").weights(Weights::analytic("w"));
    let fit = model.solver(Solver::default().absorption(absorption)).fit(frame).unwrap();
    let mut numbers = fit.coefficients().to_vec();
    for vcov in [Hc::Hc1.into(), Cluster::by(["f", "g"]).into(), ceteris::Vcov::from(ceteris::Iid)] {
        numbers.extend(fit.inference(vcov).unwrap().matrix().data());
    }
    numbers.extend(fit.residuals());
    numbers.iter().map(|x| x.to_bits()).collect()
}

fn on_threads(threads: usize, work: impl Fn() -> Vec<u64> + Send + Sync) -> Vec<u64> {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(work)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn one_thread_gives_the_bits_of_two_and_of_four(rows in panels()) {
        // Long enough for several blocks of rows.
        let order: Vec<usize> = (0..5000).map(|i| (i * 7919) % rows.y.len()).collect();
        let mut long = rows.pick(&order);
        long.y.iter_mut().enumerate().for_each(|(i, y)| *y += (i as f64 * 0.7).sin());
        let frame = long.frame();
        for absorption in [Absorption::Auto, Alternating::default().into()] {
            let one = on_threads(1, || bits(&frame, absorption));
            prop_assert_eq!(&one, &on_threads(2, || bits(&frame, absorption)));
            prop_assert_eq!(&one, &on_threads(4, || bits(&frame, absorption)));
        }
    }

    #[test]
    fn row_order_changes_nothing(rows in panels(), seed in any::<u64>()) {
        let mut order: Vec<usize> = (0..rows.y.len()).collect();
        order.sort_by_key(|&i| (i as u64 + 1).wrapping_mul(seed | 1).rotate_left(17));
        same(&rows, &rows.pick(&order), 1.0)?;
    }

    #[test]
    fn relabelled_levels_change_nothing(rows in panels()) {
        let mut other = rows.clone();
        other.f.iter_mut().for_each(|f| *f = 1e6 - 3.25 * *f);
        same(&rows, &other, 1.0)?;
        let frame = rows.frame();
        let labels = rows.f.iter().map(|f| Some(format!("level {}", (*f as u8 * 5) % 6)));
        let labels = ceteris::frame::CategoryColumn::from_labels(labels);
        let named = frame.clone().replace("f", Column::Category(labels.into())).unwrap();
        let estimate = |frame: &Frame| ols("y ~ x | f + g").fit(frame).unwrap().estimate("x").unwrap();
        prop_assert!(close(estimate(&frame), estimate(&named)));
    }

    #[test]
    fn rescaling_a_regressor_rescales_its_coefficient_and_nothing_else(rows in panels(), power in -9..9i32) {
        let factor = 10f64.powi(power);
        let mut other = rows.clone();
        other.x.iter_mut().for_each(|x| *x *= factor);
        same(&rows, &other, factor)?;
    }
}

/// The same fit, but for the scale of x.
fn same(rows: &Rows, other: &Rows, scale: f64) -> Result<(), TestCaseError> {
    let fit =
        |rows: &Rows| ols("y ~ x + z | f + g").weights(Weights::analytic("w")).fit(&rows.frame()).unwrap();
    let (a, b) = (fit(rows), fit(other));
    prop_assert!(close(a.estimate("x").unwrap(), b.estimate("x").unwrap() * scale));
    prop_assert!(close(a.estimate("z").unwrap(), b.estimate("z").unwrap()));
    let clustered = |fit: &ceteris::Fit, name: &str| std_error(fit, Cluster::by(["f"]), name);
    prop_assert!(close(clustered(&a, "x"), clustered(&b, "x") * scale));
    prop_assert!(close(clustered(&a, "z"), clustered(&b, "z")));
    Ok(())
}
