//! Every cell of the support matrix is computed, or refused by name; `docs/support.md` is this matrix.

use std::fmt::Write;

use ceteris::{
    Absorption, Alternating, Arms, Cluster, DesignFit, DifferenceInDifferences, Error, Frame, Hc, Iid, Index,
    LaggedOutcome, Ols, Result, Solver, TripleDifference, TwoArms, Vcov, Weights,
};

const UNITS: usize = 16;
const TIMES: usize = 5;

/// A balanced panel of units, two indicators and times, with weights of every kind.
fn frame() -> Frame {
    let rows: Vec<(usize, usize, usize)> =
        (0..UNITS).flat_map(|u| (0..2).flat_map(move |p| (0..TIMES).map(move |t| (u, p, t)))).collect();
    let noise = |i: usize, scale: f64| (43_758.5 * (scale * (i + 1) as f64).sin()).fract();
    let real = |of: &dyn Fn(usize, (usize, usize, usize)) -> f64| {
        rows.iter().enumerate().map(|(i, row)| of(i, *row)).collect::<Vec<f64>>()
    };
    let indicator = |holds: bool| f64::from(u8::from(holds));
    let columns = [
        ("unit", real(&|_, (u, _, _)| u as f64)),
        ("time", real(&|_, (_, _, t)| t as f64)),
        ("treated", real(&|_, (u, _, _)| indicator(u % 2 == 0))),
        ("affected", real(&|_, (_, p, _)| p as f64)),
        ("after", real(&|_, (_, _, t)| indicator(t >= 3))),
        ("x", real(&|i, _| noise(i, 12.9))),
        ("y", real(&|i, (u, p, t)| noise(i, 78.2) + u as f64 + (p * t) as f64)),
        ("w", real(&|i, _| 1.0 + (i % 5) as f64)),
        ("region", real(&|_, (u, _, _)| (u % 8) as f64)),
    ];
    columns.into_iter().fold(Frame::new(), |frame, (name, values)| frame.add_real(name, values).unwrap())
}

const WEIGHTS: [&str; 4] = ["none", "analytic", "frequency", "probability"];

fn weights(kind: &str) -> Option<Weights> {
    match kind {
        "analytic" => Some(Weights::analytic("w")),
        "frequency" => Some(Weights::frequency("w")),
        "probability" => Some(Weights::probability("w")),
        _ => None,
    }
}

fn covariances() -> Vec<(&'static str, Vcov)> {
    vec![
        ("iid", Iid.into()),
        ("HC0", Hc::Hc0.into()),
        ("HC1", Hc::Hc1.into()),
        ("HC2", Hc::Hc2.into()),
        ("HC3", Hc::Hc3.into()),
        ("CR0", Cluster::by(["unit"]).cr0().into()),
        ("CR1", Cluster::by(["unit"]).into()),
        ("CR1, two ways", Cluster::by(["unit", "time"]).into()),
    ]
}

/// A regression by its effects, or a design.
const MODELS: [&str; 8] = [
    "no effect",
    "one effect",
    "two effects, direct",
    "two effects, alternating",
    "varying slopes",
    "difference-in-differences",
    "triple difference",
    "lagged outcome",
];

fn fit(model: &str, kind: &str, frame: &Frame) -> Result<ceteris::Fit> {
    let weighted = |ols: Ols| weights(kind).map_or(ols.clone(), |w| ols.weights(w));
    let plain = |formula: &str, absorption: Absorption| {
        weighted(formula.parse()?).solver(Solver::default().absorption(absorption)).fit(frame)
    };
    let design = |fitted: Result<DesignFit>| fitted.map(|fitted| fitted.fit().clone());
    match model {
        "no effect" => plain("y ~ x", Absorption::Auto),
        "one effect" => plain("y ~ x | unit", Absorption::Auto),
        "two effects, direct" => plain("y ~ x | unit + time", Absorption::Direct),
        "two effects, alternating" => plain("y ~ x | unit + time", Alternating::default().into()),
        "varying slopes" => plain("y ~ x | unit[time] + affected", Absorption::Auto),
        "difference-in-differences" => {
            let did = DifferenceInDifferences::new("y", TwoArms { treated: "treated", post: "after" });
            design(weights(kind).map_or(did.clone(), |w| did.weights(w)).fit(frame))
        }
        "triple difference" => {
            let arms = Arms { treated: "treated", affected: "affected", post: "after" };
            let triple = TripleDifference::new("y", arms);
            design(weights(kind).map_or(triple.clone(), |w| triple.weights(w)).fit(frame))
        }
        _ => {
            let index = Index { unit: "unit", time: "time" };
            let lagged = LaggedOutcome::new("y", index, "treated").reform(3).affected("affected");
            design(weights(kind).map_or(lagged.clone(), |w| lagged.weights(w)).fit(frame))
        }
    }
}

/// "yes", or "refused" where the combination is `Unsupported`; anything else fails the test.
fn cell(model: &str, kind: &str, vcov: &Vcov, frame: &Frame) -> &'static str {
    match fit(model, kind, frame).and_then(|fit| fit.inference(vcov.clone())) {
        Ok(table) => {
            assert!(
                table.coefs().iter().all(|c| c.std_error > 0.0 && c.std_error.is_finite()),
                "{model} {kind} {vcov}"
            );
            "yes"
        }
        Err(Error::Unsupported { .. }) => "refused",
        Err(other) => panic!("{model}, {kind}, {vcov}: {other}"),
    }
}

fn matrix() -> String {
    let frame = frame();
    let mut page = String::new();
    for kind in WEIGHTS {
        let names: Vec<&str> = covariances().iter().map(|(name, _)| *name).collect();
        writeln!(
            page,
            "## Weights: {kind}\n\n| | {} |\n|---|{}",
            names.join(" | "),
            "---|".repeat(names.len())
        )
        .unwrap();
        for model in MODELS {
            let cells: Vec<&str> =
                covariances().iter().map(|(_, vcov)| cell(model, kind, vcov, &frame)).collect();
            writeln!(page, "| {model} | {} |", cells.join(" | ")).unwrap();
        }
        page.push('\n');
    }
    page
}

#[test]
fn every_cell_is_computed_or_refused_and_the_page_says_which() {
    let page = include_str!("../docs/support.md");
    let begins = page.find("## Weights: none").expect("the page holds the matrix");
    assert_eq!(page[begins..].trim_end(), matrix().trim_end(), "docs/support.md:\n{}", matrix());
}
