//! Every cell of the support matrix is computed, or refused by name; `docs/support.md` is this matrix.

use std::fmt::Write;

use ceteris::did::DesignFit;
use ceteris::error::NoStandardError;
use ceteris::ldv::{RegressionAdjustment, Target};
use ceteris::matching::{Distance, Matching};
use ceteris::staggered::{GroupTimeEffects, Imputation, InteractionWeighted, Never, TwoWayDecomposition};
use ceteris::synthetic::{SyntheticControl, SyntheticDifference};
use ceteris::{
    Absorption, Alternating, Bracket, Cluster, Coefficient, DifferenceInDifferences, Dose, Error, EventStudy,
    Frame, Groups, Hc, Iid, Index, Inference, JointInference, LaggedOutcome, Notice, Ols, Post, Result,
    Solver, TripleDifference, Vcov, Weights, fe,
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
        ("dose", real(&|_, (u, _, _)| (u % 4) as f64)),
        ("first", real(&|_, (u, _, _)| [2.0, 0.0, 3.0, 0.0][u % 4])),
        ("unit_w", real(&|_, (u, _, _)| 1.0 + (u % 5) as f64)),
        ("treated_now", real(&|_, (u, _, t)| indicator(u % 2 == 0 && t >= 3))),
        ("treated_twice", real(&|_, (u, _, t)| indicator(u % 2 == 0 && t >= 2 + u / 2 % 2))),
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
const MODELS: [&str; 12] = [
    "no effect",
    "one effect",
    "two effects, direct",
    "two effects, alternating",
    "varying slopes",
    "difference-in-differences",
    "triple difference",
    "event study",
    "interaction-weighted",
    "dose",
    "lagged outcome",
    "lagged outcome, doses",
];

fn fit(model: &str, kind: &str, frame: &Frame) -> Result<ceteris::Fit> {
    let weighted = |ols: Ols| weights(kind).map_or(ols.clone(), |w| ols.weights(w));
    let plain = |formula: &str, absorption: Absorption| {
        weighted(formula.parse()?).solver(Solver::default().absorption(absorption)).fit(frame)
    };
    let index = Index { unit: "unit", time: "time" };
    let design = |fitted: Result<DesignFit>| fitted.map(|fitted| fitted.fit().clone());
    match model {
        "no effect" => plain("y ~ x", Absorption::Auto),
        "one effect" => plain("y ~ x | unit", Absorption::Auto),
        "two effects, direct" => plain("y ~ x | unit + time", Absorption::Direct),
        "two effects, alternating" => plain("y ~ x | unit + time", Alternating::default().into()),
        "varying slopes" => plain("y ~ x | unit[time] + affected", Absorption::Auto),
        "difference-in-differences" => {
            let did = DifferenceInDifferences::new("y", "treated", Post::column("after"));
            design(weights(kind).map_or(did.clone(), |w| did.weights(w)).fit(frame))
        }
        "triple difference" => {
            let groups = Groups { treated: "treated", affected: "affected" };
            let triple = TripleDifference::new("y", groups, Post::column("after"));
            design(weights(kind).map_or(triple.clone(), |w| triple.weights(w)).fit(frame))
        }
        "event study" => {
            let study = EventStudy::new("y", index, "first").never(Never::Value(0));
            let study = weights(kind).map_or(study.clone(), |w| study.weights(w));
            study.fit(frame).map(|fitted| fitted.fit().clone())
        }
        "interaction-weighted" => {
            let study = InteractionWeighted::new("y", index, "first").never(Never::Value(0));
            let study = weights(kind).map_or(study.clone(), |w| study.weights(w));
            study.fit(frame).map(|fitted| fitted.fit().clone())
        }
        "dose" => {
            let dose = Dose::new("y", ["dose"], Post::column("after"));
            let dose = weights(kind).map_or(dose.clone(), |w| dose.weights(w));
            dose.fit(frame).map(|fitted| fitted.fit().clone())
        }
        _ => {
            let lagged = match model {
                "lagged outcome" => LaggedOutcome::new("y", index, "treated"),
                _ => LaggedOutcome::new("y", index, "dose").doses(["treated"]),
            };
            let lagged = lagged.reform(3).affected("affected");
            design(weights(kind).map_or(lagged.clone(), |w| lagged.weights(w)).fit(frame))
        }
    }
}

/// Whether a notice says that a coefficient has no standard error.
fn said(table: &Inference, name: &String) -> bool {
    let about = |notice: &Notice| match notice {
        Notice::NoStandardError { coefficients, .. } => coefficients.contains(name),
        _ => false,
    };
    table.notices().iter().any(about)
}

/// "yes", or "refused" where the combination is `Unsupported`; anything else fails the test.
fn cell(model: &str, kind: &str, vcov: &Vcov, frame: &Frame) -> &'static str {
    match fit(model, kind, frame).and_then(|fit| fit.inference(vcov.clone())) {
        Ok(table) => {
            let several_ways = vcov.cluster_columns().len() > 1;
            let is_sound = |coef: &Coefficient| match coef.std_error {
                Ok(std_error) => std_error > 0.0 && std_error.is_finite(),
                Err(why) => several_ways && why == NoStandardError::NotPositive && said(&table, &coef.name),
            };
            assert!(table.coefs().iter().all(is_sound), "{model} {kind} {vcov}");
            "yes"
        }
        Err(Error::Unsupported { .. }) => "refused",
        Err(other) => panic!("{model}, {kind}, {vcov}: {other}"),
    }
}

/// One row for each unit and time.
fn panel() -> Frame {
    let whole = frame();
    let affected = whole.real("affected").unwrap().to_vec();
    let names: Vec<String> = whole.names().map(str::to_string).collect();
    names.iter().fold(Frame::new(), |kept, name| {
        let rows = whole.real(name).unwrap().iter().zip(&affected).filter(|(_, held)| **held == 0.0);
        kept.add_real(name, rows.map(|(value, _)| *value).collect()).unwrap()
    })
}

const INDEX: Index<'static> = Index { unit: "unit", time: "time" };

/// What a design with an inference of its own is asked to take.
const ASKED: [&str; 7] = [
    "no weights",
    "analytic",
    "frequency",
    "probability",
    "weights within units",
    "covariate",
    "clusters of units",
];

/// "yes" or "refused", or what else the error says.
fn word<T>(asked: Result<T>) -> &'static str {
    match asked {
        Ok(_) => "yes",
        Err(Error::Unsupported { .. }) => "refused",
        Err(Error::NotConstant { .. }) => "not constant",
        Err(Error::Unbalanced { .. } | Error::MissingCell { .. }) => "not balanced",
        Err(other) => panic!("{other}"),
    }
}

fn asked_weights(asked: &str) -> Option<Weights> {
    match asked {
        "analytic" => Some(Weights::analytic("unit_w")),
        "frequency" => Some(Weights::frequency("unit_w")),
        "probability" => Some(Weights::probability("unit_w")),
        "weights within units" => Some(Weights::analytic("w")),
        _ => None,
    }
}

/// The two estimators for staggered adoption that take settings.
fn staggered(design: &str, asked: &str, frame: &Frame) -> &'static str {
    macro_rules! ask {
        ($design:expr) => {{
            let mut design = $design.never(Never::Value(0));
            if let Some(weights) = asked_weights(asked) {
                design = design.weights(weights);
            }
            if asked == "covariate" {
                design = design.adjust_for(["x"]);
            }
            let fitted = design.fit(frame);
            match asked {
                "clusters of units" => word(fitted.and_then(|fit| fit.cluster_by("region"))),
                _ => word(fitted),
            }
        }};
    }
    match design {
        "group-time effects" => ask!(GroupTimeEffects::new("y", INDEX, "first")),
        _ => ask!(Imputation::new("y", INDEX, "first")),
    }
}

fn own_inference() -> String {
    let frame = panel();
    let mut page = format!("| | {} |\n|---|{}\n", ASKED.join(" | "), "---|".repeat(ASKED.len()));
    for design in ["group-time effects", "imputation"] {
        let cells: Vec<&str> = ASKED.iter().map(|asked| staggered(design, asked, &frame)).collect();
        writeln!(page, "| {design} | {} |", cells.join(" | ")).unwrap();
    }
    page
}

/// The designs that take a panel and nothing else.
fn panels_only() -> String {
    let frame = panel();
    let gaps = frame.real("y").unwrap().iter().enumerate();
    let gaps = gaps.map(|(i, y)| if i == 7 { f64::NAN } else { *y }).collect();
    let frame = frame.clone().add_real("gaps", gaps).unwrap();
    let mut page = "| | balanced panel | a cell missing | several dates |\n|---|---|---|---|\n".to_string();
    let mut line = |design: &str, ask: &dyn Fn(&str, &str) -> &'static str| {
        let cells = [ask("y", "treated_now"), ask("gaps", "treated_now"), ask("y", "treated_twice")];
        writeln!(page, "| {design} | {} |", cells.join(" | ")).unwrap();
    };
    line("decomposition", &|y, treated| {
        let first = if treated == "treated_now" { "one_date" } else { "first" };
        let dates = frame.real("treated").unwrap().iter().map(|treated| 3.0 * treated).collect();
        let frame = frame.clone().add_real("one_date", dates).unwrap();
        word(TwoWayDecomposition::new(y, INDEX, first).never(Never::Value(0)).fit(&frame))
    });
    line("synthetic control", &|y, treated| word(SyntheticControl::new(y, INDEX, treated).fit(&frame)));
    line("synthetic difference", &|y, treated| word(SyntheticDifference::new(y, INDEX, treated).fit(&frame)));
    line("matching", &|y, treated| {
        word(Matching::new(y, INDEX, treated).distance(Distance::Euclidean).fit(&frame))
    });
    page
}

/// Inference on several fits at once, by covariance.
fn joint_inference() -> String {
    let frame = panel();
    let lagged = LaggedOutcome::new("y", INDEX, "treated").reform(3);
    let plain: Ols = "y ~ x".parse().unwrap();
    let plain = plain.fit(&frame).unwrap();
    let bracket = Bracket::new("y", INDEX, "treated", 3).fit(&frame).unwrap();
    let jackknife = LaggedOutcome::new("y", INDEX, "x").absorb([fe("unit")]);
    let jackknife = jackknife.half_panel_jackknife(&frame).unwrap();
    let adjusted = RegressionAdjustment::new(lagged, Target::Treated).fit(&frame).unwrap();
    let kinds = covariances();
    let names: Vec<&str> = kinds.iter().map(|(name, _)| *name).collect();
    let mut page = format!("| | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(names.len()));
    let mut line = |what: &str, ask: &dyn Fn(&Vcov) -> &'static str| {
        let cells: Vec<&str> = kinds.iter().map(|(_, vcov)| ask(vcov)).collect();
        writeln!(page, "| {what} | {} |", cells.join(" | ")).unwrap();
    };
    line("joint inference", &|vcov| word(JointInference::new([("a", &plain), ("b", &plain)], vcov.clone())));
    line("bracket", &|vcov| word(bracket.report(vcov.clone())));
    line("half-panel jackknife", &|vcov| word(jackknife.coef("y_lag1", vcov.clone())));
    line("regression adjustment", &|vcov| word(adjusted.effect(vcov.clone())));
    page
}

/// The tables below the matrix, in the order of the page.
#[test]
fn designs_with_their_own_inference_take_and_refuse_what_the_page_says() {
    let page = include_str!("../docs/support.md");
    let tables = [own_inference(), panels_only(), joint_inference()];
    for table in &tables {
        assert!(page.contains(table.as_str()), "docs/support.md lacks:\n{}", tables.join("\n"));
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
    let ends = page.find("## Designs with their own inference").expect("the section below the matrix");
    assert_eq!(page[begins..ends].trim_end(), matrix().trim_end(), "docs/support.md:\n{}", matrix());
}
