//! What needs no reference program: relations between the distributions, limits, ends, domains.

use super::{TOLERANCE, relative_error};
use crate::special::{chi_squared, fisher, normal, student};

/// Degrees of freedom over the domain, whole and not.
const DOFS: [f64; 18] =
    [0.01, 0.1, 0.49, 0.5, 1.0, 1.5, 2.0, 3.0, 7.3, 10.0, 29.0, 99.5, 1e3, 12_345.6, 1e6, 1e9, 3e10, 1e12];

#[test]
fn f_with_one_and_n_is_the_square_of_t() {
    for dof in DOFS {
        for t in [0.125, 0.75, 1.0, 1.5, 4.0, 30.0] {
            let of_t = student::two_sided(t, dof);
            let of_f = fisher::upper_tail(t * t, 1.0, dof);
            assert!(relative_error(of_f, of_t) < TOLERANCE, "t = {t}, dof = {dof}");
        }
    }
}

#[test]
fn chi_squared_with_one_is_the_square_of_the_normal() {
    for z in [0.125, 0.75, 1.0, 1.5, 4.0, 30.0, 36.5] {
        let of_z = normal::two_sided(z);
        assert!(relative_error(chi_squared::upper_tail(z * z, 1.0), of_z) < TOLERANCE, "z = {z}");
        assert!(relative_error(student::two_sided(z, f64::INFINITY), of_z) < TOLERANCE, "z = {z}");
    }
}

#[test]
fn a_ratio_turned_over_has_the_complementary_tail() {
    for df1 in DOFS {
        for df2 in DOFS {
            for f in [0.25, 0.5, 1.0, 2.0, 1024.0] {
                let sum = fisher::upper_tail(f, df1, df2) + fisher::upper_tail(1.0 / f, df2, df1);
                assert!((sum - 1.0).abs() < TOLERANCE, "f = {f}, df1 = {df1}, df2 = {df2}: {sum}");
            }
        }
    }
}

#[test]
fn the_limits_of_many_dof_join_smoothly() {
    // Just below and at the dof from which the limit is taken.
    for f in [0.5, 1.0, 3.0, 300.0] {
        let below = fisher::upper_tail(f, 4.0, 3.99e22);
        assert!(relative_error(fisher::upper_tail(f, 4.0, 4e22), below) < TOLERANCE, "f = {f}");
        let below = student::two_sided(f / 10.0, 0.999e22);
        assert!(relative_error(student::two_sided(f / 10.0, 1e22), below) < TOLERANCE, "t = {f}/10");
    }
}

#[test]
fn a_quantile_is_exceeded_with_its_own_probability() {
    for p in [1e-250, 1e-30, 1e-9, 0.01, 0.2, 0.249, 0.251, 0.4] {
        for dof in DOFS {
            let t = -student::quantile(p, dof);
            // The tail is a power -dof of t, so t need only be good to TOLERANCE / dof.
            if t.is_finite() {
                let error = relative_error(student::upper_tail(t, dof), p);
                assert!(error < 10.0 * TOLERANCE, "p = {p:e}, dof = {dof}: {error:e}");
            }
        }
        assert!(relative_error(normal::upper_tail(-normal::quantile(p)), p) < 3e-13, "p = {p:e}");
    }
}

#[test]
fn tails_fall_as_their_argument_grows() {
    let slack = 1.0 + TOLERANCE;
    for df1 in DOFS {
        for df2 in DOFS {
            let mut last = 1.0;
            for step in -60..=60 {
                let next = fisher::upper_tail(10.0_f64.powf(f64::from(step) / 12.0), df1, df2);
                assert!(next <= last * slack, "step {step}, df1 = {df1}, df2 = {df2}");
                last = next;
            }
        }
    }
}

#[test]
fn the_extremes_of_the_domain_give_probabilities() {
    let arguments = [
        0.0,
        5e-324,
        1e-300,
        1e-150,
        1e-10,
        0.5,
        0.999_999,
        1.0,
        1.000_001,
        37.0,
        1e10,
        1e150,
        1e200,
        f64::MAX,
        f64::INFINITY,
    ];
    let all_dofs = || DOFS.into_iter().chain([f64::MIN_POSITIVE, 1e-100, 1e-5]);
    for argument in arguments {
        let mut tails = vec![normal::upper_tail(argument), normal::upper_tail(-argument)];
        for df1 in all_dofs() {
            tails.push(chi_squared::upper_tail(argument, df1));
            for df2 in all_dofs().chain([1e15, 1e21, 1e23, 1e300, f64::INFINITY]) {
                tails.push(fisher::upper_tail(argument, df1, df2));
                tails.push(student::upper_tail(argument, df2));
                tails.push(student::upper_tail(-argument, df2));
            }
        }
        for tail in tails {
            assert!((0.0..=1.0).contains(&tail), "argument = {argument:e}: {tail}");
        }
    }
}

#[test]
fn the_ends_are_exact() {
    assert_eq!(normal::upper_tail(f64::INFINITY), 0.0);
    assert_eq!(normal::upper_tail(f64::NEG_INFINITY), 1.0);
    assert_eq!(normal::density(f64::NEG_INFINITY), 0.0);
    assert_eq!(normal::quantile(0.0), f64::NEG_INFINITY);
    assert_eq!(normal::quantile(1.0), f64::INFINITY);
    assert_eq!(student::upper_tail(0.0, 3.0), 0.5);
    assert_eq!(student::upper_tail(f64::NEG_INFINITY, 3.0), 1.0);
    assert_eq!(student::quantile(0.0, 3.0), f64::NEG_INFINITY);
    assert_eq!(student::quantile(0.5, 3.0), 0.0);
    assert_eq!(student::quantile(1.0, 3.0), f64::INFINITY);
    assert_eq!(fisher::upper_tail(0.0, 3.0, 4.0), 1.0);
    assert_eq!(fisher::upper_tail(f64::INFINITY, 3.0, 4.0), 0.0);
    assert_eq!(chi_squared::upper_tail(0.0, 3.0), 1.0);
    assert_eq!(chi_squared::upper_tail(f64::INFINITY, 3.0), 0.0);
}

#[test]
fn outside_the_domain_is_nan() {
    let nan = f64::NAN;
    let outside = [
        normal::density(nan),
        normal::upper_tail(nan),
        normal::two_sided(nan),
        normal::quantile(nan),
        normal::quantile(-0.1),
        normal::quantile(1.1),
        student::upper_tail(nan, 3.0),
        student::upper_tail(1.0, nan),
        student::two_sided(1.0, 0.0),
        student::two_sided(1.0, -2.0),
        student::two_sided(nan, f64::INFINITY),
        student::quantile(nan, 3.0),
        student::quantile(1.5, 3.0),
        student::quantile(0.9, nan),
        student::quantile(0.9, 0.009),
        fisher::upper_tail(-1.0, 3.0, 4.0),
        fisher::upper_tail(nan, 3.0, 4.0),
        fisher::upper_tail(1.0, 0.0, 4.0),
        fisher::upper_tail(1.0, f64::INFINITY, 4.0),
        fisher::upper_tail(1.0, 3.0, nan),
        chi_squared::upper_tail(-1.0, 3.0),
        chi_squared::upper_tail(1.0, nan),
        chi_squared::upper_tail(1.0, 1.1e12),
    ];
    for (position, value) in outside.into_iter().enumerate() {
        assert!(value.is_nan(), "number {position} is {value}");
    }
}
