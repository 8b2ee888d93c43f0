//! The conditional / least-favourable hybrid test of linear moment inequalities in two normal variables.
//!
//! ```text
//! H0: g_j'm <= 0 for all j;   y ~ N(m, W), two numbers;   eta = max_j g_j'y
//! first stage:   reject if eta > c,  P(max_j g_j'z > c) = kappa for z ~ N(0, W),  kappa = size / 10
//! second stage:  eta = g_i'y given y - W g_i eta / (g_i'W g_i) is normal between lo and min(up, c), where i stays
//!                the largest; reject if eta > 0 and its upper tail there is below (size - kappa) / (1 - kappa)
//! P(max_j g_j'z > c) = (1/2 pi) int exp(-c^2 / (2 r(a)^2)) da,   r(a) = max_j (R g_j)'(cos a, sin a)_+,  W = R'R
//! ```
//!
//! Andrews, Roth and Pakes (2023), sections 3 and 4; Rambachan and Roth (2023), equations 14-15 and section
//! 3.4. The g_j are the vertices of the dual program, so that no linear program is left. The third line turns
//! the plane to polar coordinates: given the angle, the length exceeds c / r(a) with probability
//! exp(-c^2 / (2 r(a)^2)). The critical value is thus exact; nothing is simulated.
//!
//! Assumed: finite numbers. A vertex of no variance never binds but through its sign.

use std::f64::consts::{PI, TAU};

use super::quadrature;
use crate::special::normal;

/// Size of the first stage as a share of the whole (Rambachan and Roth 2023, section 3.4).
const FIRST_STAGE: f64 = 0.1;
/// Halvings of a bracket about a tenth as wide as its value, and the share of the value at which they end.
const HALVINGS: usize = 60;
/// The critical value is found to this share of itself, as exact as the integral.
const ENOUGH: f64 = 1e-13;
/// Vertices whose covariance with the largest equals its variance to this share move with it.
const PARALLEL: f64 = 1e-12;

/// One inequality g'm <= 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    /// g
    pub(super) on: [f64; 2],
    /// R g
    white: [f64; 2],
}

impl Vertex {
    fn value(&self, y: [f64; 2]) -> f64 {
        product(self.on, y)
    }

    fn length(&self) -> f64 {
        self.white[0].hypot(self.white[1])
    }
}

fn product(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// The covariance W of the two variables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Covariance {
    pub(super) first: f64,
    pub(super) both: f64,
    pub(super) second: f64,
}

/// The test, ready for any y.
#[derive(Debug, Clone)]
pub(super) struct Hybrid {
    vertices: Vec<Vertex>,
    /// c
    pub(super) first_stage: f64,
    /// (size - kappa) / (1 - kappa)
    second_stage: f64,
}

impl Hybrid {
    /// The test of this size.
    pub(super) fn new(inequalities: &[[f64; 2]], covariance: Covariance, size: f64) -> Self {
        let white = whitener(covariance);
        let vertices: Vec<Vertex> = inequalities.iter().map(|&on| Vertex { on, white: white(on) }).collect();
        let kappa = FIRST_STAGE * size;
        let first_stage = critical_value(&vertices, kappa);
        Self { vertices, first_stage, second_stage: (size - kappa) / (1.0 - kappa) }
    }

    /// Whether y speaks against H0.
    pub(super) fn rejects(&self, y: [f64; 2]) -> bool {
        let by_value = |a: &&Vertex, b: &&Vertex| a.value(y).total_cmp(&b.value(y));
        let largest = self.vertices.iter().max_by(by_value).expect("there are inequalities");
        let (eta, sd) = (largest.value(y), largest.length());
        if eta <= 0.0 {
            return false;
        }
        if eta > self.first_stage || sd == 0.0 {
            return true;
        }
        let (low, high) = self.truncation(largest, y, eta);
        let tail = |v: f64| normal::upper_tail(v / sd);
        let beyond = tail(high);
        tail(eta) - beyond < self.second_stage * (tail(low) - beyond)
    }

    /// lo <= eta <= min(up, c): where `largest` stays the largest, all else given.
    fn truncation(&self, largest: &Vertex, y: [f64; 2], eta: f64) -> (f64, f64) {
        let (mut low, mut high) = (f64::NEG_INFINITY, self.first_stage);
        let variance = product(largest.white, largest.white);
        for vertex in &self.vertices {
            let share = product(largest.white, vertex.white) / variance;
            let rest = vertex.value(y) - share * eta;
            if share < 1.0 - PARALLEL {
                low = low.max(rest / (1.0 - share));
            } else if share > 1.0 + PARALLEL {
                high = high.min(rest / (1.0 - share));
            }
        }
        (low.min(eta), high.max(eta)) // eta is between them but for rounding
    }
}

/// g to R g, with W = R'R by Cholesky.
fn whitener(covariance: Covariance) -> impl Fn([f64; 2]) -> [f64; 2] {
    let first = covariance.first.max(0.0).sqrt();
    let slope = if first > 0.0 { covariance.both / first } else { 0.0 };
    let rest = (covariance.second - slope * slope).max(0.0).sqrt();
    move |on: [f64; 2]| [first * on[0] + slope * on[1], rest * on[1]]
}

/// c with P(max_j g_j'z > c) = kappa, by bisection between the longest vertex alone and Bonferroni's bound.
fn critical_value(vertices: &[Vertex], kappa: f64) -> f64 {
    let longest = vertices.iter().map(Vertex::length).fold(0.0, f64::max);
    if longest == 0.0 {
        return 0.0;
    }
    let arcs = arcs(&outermost(vertices));
    let bonferroni = -normal::quantile(kappa / vertices.len() as f64);
    let (mut low, mut high) = (-normal::quantile(kappa) * longest, bonferroni * longest);
    for _ in 0..HALVINGS {
        if high - low <= ENOUGH * high {
            break;
        }
        let middle = 0.5 * (low + high);
        if tail(&arcs, middle) > kappa { low = middle } else { high = middle }
    }
    high
}

/// The vertices less those that point the way of a longer one: they are never the farthest.
fn outermost(vertices: &[Vertex]) -> Vec<[f64; 2]> {
    let whites: Vec<[f64; 2]> = vertices.iter().map(|vertex| vertex.white).collect();
    let hides = |w: &[f64; 2], v: &[f64; 2]| {
        let along = product(*w, *v) - product(*v, *v);
        w[0] * v[1] == w[1] * v[0] && along >= 0.0 && product(*w, *w) > product(*v, *v)
    };
    whites.iter().filter(|v| !whites.iter().any(|w| hides(w, v))).copied().collect()
}

/// Angles between which one vertex reaches farthest.
#[derive(Debug, Clone, Copy)]
struct Arc {
    from: f64,
    to: f64,
    /// R g of that vertex
    white: [f64; 2],
}

/// The circle cut where two vertices reach equally far, or one ends to reach anywhere.
fn arcs(outer: &[[f64; 2]]) -> Vec<Arc> {
    let across = |v: [f64; 2]| {
        let angle = v[1].atan2(v[0]).rem_euclid(PI);
        [(angle + 0.5 * PI).rem_euclid(TAU), (angle + 1.5 * PI).rem_euclid(TAU)]
    };
    let pairs = outer
        .iter()
        .enumerate()
        .flat_map(|(i, a)| outer[..i].iter().map(move |b| [a[0] - b[0], a[1] - b[1]]).chain([*a]));
    let mut cuts: Vec<f64> = pairs.filter(|v| *v != [0.0; 2]).flat_map(across).collect();
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let next = cuts.iter().skip(1).copied().chain(cuts.first().map(|first| first + TAU));
    let farthest = |from: f64, to: f64| {
        let (sin, cos) = libm::sincos(0.5 * (from + to));
        let reach = |white: &&[f64; 2]| product(**white, [cos, sin]);
        let white = outer.iter().max_by(|a, b| reach(a).total_cmp(&reach(b)))?;
        (reach(&white) > 0.0).then_some(Arc { from, to, white: *white })
    };
    cuts.iter().zip(next).filter_map(|(&from, to)| farthest(from, to)).collect()
}

/// P(max_j g_j'z > c)
fn tail(arcs: &[Arc], c: f64) -> f64 {
    let density = |white: [f64; 2], angle: f64| {
        let (sin, cos) = libm::sincos(angle);
        let reach = product(white, [cos, sin]);
        if reach > 0.0 { libm::exp(-0.5 * (c / reach) * (c / reach)) } else { 0.0 }
    };
    let parts =
        arcs.iter().map(|arc| quadrature::integral(|angle| density(arc.white, angle), arc.from, arc.to));
    parts.sum::<f64>() / TAU
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Covariance = Covariance { first: 1.0, both: 0.0, second: 1.0 };

    fn cut(inequalities: &[[f64; 2]], kappa: f64) -> f64 {
        let white = whitener(UNIT);
        let vertices: Vec<Vertex> = inequalities.iter().map(|&on| Vertex { on, white: white(on) }).collect();
        critical_value(&vertices, kappa)
    }

    #[test]
    fn critical_values_are_exact_where_a_formula_is_known() {
        let close = |found: f64, exact: f64| assert!((found - exact).abs() < 1e-11, "{found} {exact}");
        let q = |tail: f64| -normal::quantile(tail);
        for kappa in [0.001, 0.005, 0.01, 0.1] {
            close(cut(&[[3.0, 4.0]], kappa), 5.0 * q(kappa));
            close(cut(&[[1.0, 0.0], [-1.0, 0.0]], kappa), q(0.5 * kappa));
            close(cut(&[[1.0, 0.0], [0.5, 0.0], [0.0, 0.0]], kappa), q(kappa));
            // 1 - (1 - Q)^2 = kappa
            close(cut(&[[1.0, 0.0], [0.0, 1.0]], kappa), q(1.0 - (1.0 - kappa).sqrt()));
            // 1 - (1 - 2 Q)^2 = kappa
            let square = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]];
            close(cut(&square, kappa), q(0.5 - 0.5 * (1.0 - kappa).sqrt()));
        }
    }

    #[test]
    fn two_opposite_inequalities_make_the_two_sided_test() {
        // The truncation at zero and at c undo the two stages: the size of the whole is the one asked for, to the last digit.
        let test = Hybrid::new(&[[1.0, 0.0], [-1.0, 0.0], [0.0, 0.0]], UNIT, 0.05);
        let z = -normal::quantile(0.025);
        for sign in [-1.0, 1.0] {
            assert!(!test.rejects([sign * (z - 1e-8), 0.3]));
            assert!(test.rejects([sign * (z + 1e-8), 0.3]));
        }
    }

    #[test]
    fn what_satisfies_the_inequalities_is_never_rejected() {
        let test = Hybrid::new(&[[1.0, 2.0], [-0.5, 1.0]], UNIT, 0.05);
        assert!(!test.rejects([0.0, 0.0]) && !test.rejects([0.0, -9.0]));
    }
}
