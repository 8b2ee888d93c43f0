//! Model 1 of the screening study (105,745 rows, 15,000 practice-indicators beside 28 small levels), whole and
//! in parts, on the simulated panel.

use ceteris::{
    Absorption, Alternating, Cluster, Condition, Frame, Hc, Iid, Ols, Singletons, SmallSample, Solver,
    Weights,
};
use ceteris_data::twin::Twin;
use ceteris_report::screening::{PanelColumns, Screening, Source, StudyPanel};
use criterion::{Criterion, criterion_group, criterion_main};

/// The study's columns, with the triple product as one regressor.
fn frame() -> Frame {
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())
        .expect("the twin fits its study");
    let frame = panel.frame().clone();
    let column = |name: &str| frame.real(name).expect("a column of the study").to_vec();
    let parts = [column("multi_la"), column("screening"), column("after")];
    let product = (0..frame.nrows()).map(|i| parts.iter().map(|part| part[i]).product()).collect();
    frame.add_real("ddd", product).expect("a new column")
}

fn model(absorption: impl Into<Absorption>) -> Ols {
    let formula = "rate ~ ddd | practice^screening + year^screening + year^multi_la";
    let model: Ols = formula.parse().expect("a formula");
    model
        .weights(Weights::analytic("denominator"))
        .singletons(Singletons::Keep)
        .solver(Solver::default().absorption(absorption))
}

fn fits(c: &mut Criterion) {
    let frame = frame();
    let mut group = c.benchmark_group("model 1");
    group.sample_size(20);
    let direct = model(Absorption::Direct);
    group.bench_function("fit and clustered table", |b| {
        b.iter(|| {
            let fit = direct.fit(&frame).expect("identified");
            fit.inference(Cluster::by(["practice"]).small_sample(SmallSample::areg())).expect("clusters")
        });
    });
    group.bench_function("fit, direct", |b| b.iter(|| direct.fit(&frame).expect("identified")));
    let alternating = model(Alternating::default());
    group.bench_function("fit, alternating", |b| b.iter(|| alternating.fit(&frame).expect("identified")));
    let one_way: Ols = "rate ~ ddd | practice^screening".parse().expect("a formula");
    group.bench_function("fit, one effect", |b| b.iter(|| one_way.fit(&frame).expect("identified")));
    group.bench_function("sample only", |b| b.iter(|| direct.sample(&frame).expect("rows")));
    let short = direct.clone().keep(Condition::at_least("year", 2011.0));
    group.bench_function("fit, model 2", |b| b.iter(|| short.fit(&frame).expect("identified")));
    group.finish();
}

fn inferences(c: &mut Criterion) {
    let fit = model(Absorption::Direct).fit(&frame()).expect("identified");
    let mut group = c.benchmark_group("inference on model 1");
    group.sample_size(20);
    group.bench_function("iid", |b| b.iter(|| fit.inference(Iid).expect("defined")));
    group.bench_function("HC1", |b| b.iter(|| fit.inference(Hc::Hc1).expect("defined")));
    group.bench_function("HC3 with leverage", |b| b.iter(|| fit.inference(Hc::Hc3).expect("defined")));
    group
        .bench_function("cluster", |b| b.iter(|| fit.inference(Cluster::by(["practice"])).expect("defined")));
    group.bench_function("two-way", |b| {
        b.iter(|| fit.inference(Cluster::by(["ccg", "year"])).expect("defined"));
    });
    group.finish();
}

fn study(c: &mut Criterion) {
    let mut group = c.benchmark_group("screening");
    group.sample_size(10);
    group.bench_function("twin", |b| b.iter(Twin::screening));
    let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())
        .expect("the twin fits its study");
    group.bench_function("whole study", |b| {
        b.iter(|| Screening::run(&panel, Source::Simulated).expect("identified"));
    });
    group.finish();
}

criterion_group!(benches, fits, inferences, study);
criterion_main!(benches);
