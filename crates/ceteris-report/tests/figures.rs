//! Figures as a user sees them: what the SVG says, and that the PNG is a picture.

use ceteris::parallel_trends::{HonestBounds, HonestReport};
use ceteris::{Columns, Distribution, EventPath};
use ceteris_report::{
    BoundInterval, BoundsFigure, Drawing, Error, Event, ForestFigure, ForestRow, Interval, OutputFolder,
    Panel, PathFigure, PathPoint, RankFigure, Series, Size, TrendFigure,
};

const YEARS: [&str; 7] = ["2009/10", "2010/11", "2011/12", "2012/13", "2013/14", "2014/15", "2015/16"];

fn trend() -> TrendFigure {
    let young = Panel::new()
        .title("Aged 25 to 49")
        .series(Series::new("Reform", [74.9, 74.7, 74.4, 74.1, 72.9, 72.0, 71.3]))
        .series(Series::new("Comparison", [76.1, 75.8, 75.2, 74.9, 74.8, 74.2, 73.6]));
    let old = Panel::new()
        .title("Aged 50 to 64")
        .series(Series::new("Comparison", [80.1, 79.8, 79.2, 78.9, 78.8, 78.2, 77.6]));
    TrendFigure::new(YEARS)
        .panel(young)
        .panel(old)
        .event(Event::after("2012/13").label("reform & after"))
        .title("Figure 5. Screening < target")
        .x_label("Financial year")
        .y_label("Screened (%)")
        .annotation("SIMULATED practice rows")
        .note("Unweighted means.")
}

fn path() -> PathFigure {
    let point = |event_time, estimate: f64| PathPoint {
        event_time,
        estimate,
        interval: Some(Interval { low: estimate - 0.2, high: estimate + 0.2 }),
    };
    PathFigure::new([point(1, -0.6), point(0, -0.4), point(-2, 0.0), point(-3, 0.1)])
        .reference(-1)
        .name("estimate")
        .reference_name("reference year")
        .band("uniform band", [(-3, (-0.3, 0.5)), (-2, (-0.4, 0.4)), (0, (-0.8, 0.0)), (1, (-1.0, -0.2))])
        .event("reform")
        .annotation("SIMULATED practice rows")
}

fn bounds() -> BoundsFigure {
    let wider = |bound: f64| BoundInterval { bound, interval: (-1.0 - bound, -0.3 + bound).into() };
    BoundsFigure::new([1.0, 0.0, 0.5].map(wider))
        .name("interval within the bound")
        .baseline("exactly parallel trends", -0.65, (-0.9, -0.4))
        .breakdown(0.3, "breakdown 0.3")
        .title("Honest bounds")
        .x_label("Largest move after, in moves before")
        .y_label("Effect on screening")
        .annotation("SIMULATED practice rows")
}

/// A path with a covariance of its own at each time, and its honest bounds.
fn honest(restriction: HonestBounds, bounds: &[f64]) -> HonestReport {
    restriction
        .bounds(bounds.iter().copied())
        .report(&event_path())
        .expect("a path with leads, reference and lags")
}

fn event_path() -> EventPath {
    let mut vcov = Columns::zeros(4, 4);
    (0..4).for_each(|i| vcov[(i, i)] = 0.01);
    let points = [(-3, 0.05), (-2, -0.05), (0, 1.0), (1, 1.2)];
    EventPath::new(points, vcov, Distribution::Normal).expect("each point has a variance").reference(-1)
}

fn forest() -> ForestFigure {
    ForestFigure::new([
        ForestRow::heading("Screening"),
        ForestRow::new("uptake", -0.72, (-1.036, -0.404)).beside(-0.70),
        ForestRow::new("coverage", 0.1, (-0.2, 0.4)),
    ])
    .name("computed")
    .beside_name("published")
    .decimals(3)
}

fn rank() -> RankFigure {
    RankFigure::new([3.0, 1.0, 1.0, 2.0, 1.0, 5.0])
        .title("Figure 8. Local authorities")
        .x_label("Commissioners")
        .y_label("Number")
        .annotation("SIMULATED practice rows")
}

/// The texts of a drawing, as a viewer shows them.
fn texts(drawing: &Drawing) -> Vec<String> {
    let parts = drawing.svg().split("<text").skip(1);
    let inner = parts.map(|part| {
        let (_, text) = part.split_once('>').expect("the tag ends");
        text.split_once("</text>").expect("the text ends").0
    });
    let plain = |text: &str| text.trim().replace("&lt;", "<").replace("&amp;", "&");
    inner.map(plain).collect()
}

fn count(drawing: &Drawing, text: &str) -> usize {
    texts(drawing).iter().filter(|shown| *shown == text).count()
}

/// Width and height from the header of a PNG.
fn png_size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[test]
fn a_trend_figure_says_all_it_was_told() {
    let drawing = trend().draw().unwrap();
    for year in YEARS {
        assert_eq!(count(&drawing, year), 2, "{year} once in each panel");
    }
    for text in ["Reform", "Comparison", "Screened (%)", "Financial year", "Unweighted means."] {
        assert_eq!(count(&drawing, text), 1, "{text}");
    }
    assert_eq!(count(&drawing, "Figure 5. Screening < target"), 1);
    assert_eq!(count(&drawing, "SIMULATED practice rows"), 1);
    assert_eq!(count(&drawing, "reform & after"), 2);
    assert_eq!(count(&drawing, "Aged 50 to 64"), 1);
    assert!(drawing.svg().contains("font-family=\"DejaVu Sans, Verdana, sans-serif\""));
}

#[test]
fn every_figure_becomes_a_png_of_twice_its_size() {
    for drawing in [trend().draw(), path().draw(), forest().draw(), rank().draw(), bounds().draw()] {
        let drawing = drawing.unwrap();
        let png = drawing.png().unwrap();
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        let Size { width, height } = drawing.size();
        assert_eq!(png_size(&png), (2 * width, 2 * height));
    }
}

#[test]
fn every_figure_has_the_same_bytes_each_time() {
    let drawn = || [trend().draw(), path().draw(), forest().draw(), rank().draw(), bounds().draw()];
    let bytes = || drawn().map(|drawing| drawing.unwrap());
    assert_eq!(bytes(), bytes());
    assert_eq!(trend().draw().unwrap().png().unwrap(), trend().draw().unwrap().png().unwrap());
}

#[test]
fn the_annotation_changes_the_picture() {
    let plain = trend().annotation("").draw().unwrap().png().unwrap();
    assert_ne!(plain, trend().draw().unwrap().png().unwrap());
}

#[test]
fn a_missing_value_breaks_the_line() {
    let lines = |values: [Option<f64>; 5]| {
        let panel = Panel::new().series(Series::new("", values));
        let drawing = TrendFigure::new(["a", "b", "c", "d", "e"]).panel(panel).draw().unwrap();
        drawing.svg().matches("<polyline").count()
    };
    let whole = [1.0, 2.0, 1.5, 2.0, 1.0].map(Some);
    let broken = [Some(1.0), Some(2.0), None, Some(2.0), Some(1.0)];
    assert_eq!(lines(broken), lines(whole) + 1);
}

#[test]
fn panels_share_a_scale_unless_asked_not_to() {
    assert_eq!(count(&trend().draw().unwrap(), "82"), 2);
    assert_eq!(count(&trend().own_scales().draw().unwrap(), "82"), 0);
    assert_eq!(count(&trend().include(0.0).draw().unwrap(), "0"), 2);
}

#[test]
fn a_path_shows_every_event_time_and_zero() {
    let drawing = path().draw().unwrap();
    for time in ["-3", "-2", "-1", "0", "1"] {
        assert_eq!(count(&drawing, time), 1, "{time}");
    }
    for text in ["0.0", "estimate", "reference year", "uniform band", "reform"] {
        assert_eq!(count(&drawing, text), 1, "{text}");
    }
}

#[test]
fn bounds_show_their_axis_the_baseline_and_the_breakdown() {
    let drawing = bounds().draw().unwrap();
    for text in
        ["interval within the bound", "exactly parallel trends", "breakdown 0.3", "Effect on screening"]
    {
        assert_eq!(count(&drawing, text), 1, "{text}");
    }
    // Bounds from 0.0 to 1.0 in steps of 0.1 below, effects from -2.0 to 1.0 in steps of 0.5 beside.
    for (text, times) in [("0.1", 1), ("0.2", 1), ("0.0", 2), ("1.0", 2), ("-2.0", 1)] {
        assert_eq!(count(&drawing, text), times, "{text}");
    }
    let with_far_breakdown = bounds().breakdown(1.7, "far").draw().unwrap();
    assert_eq!(count(&with_far_breakdown, "1.8"), 1, "the axis holds the breakdown");
}

#[test]
fn an_event_path_becomes_a_figure_with_its_reference_and_band() {
    let path = event_path();
    let figure = PathFigure::of(&path, 0.9).unwrap().uniform_band(&path.band(0.9).unwrap());
    let drawing = figure.draw().unwrap();
    for text in ["estimate and 90% interval", "reference", "90% uniform band", "-3", "-1", "treatment"] {
        assert_eq!(count(&drawing, text), 1, "{text}");
    }
}

#[test]
fn honest_bounds_become_a_figure_that_says_where_zero_enters() {
    let magnitudes = BoundsFigure::of(&honest(HonestBounds::relative_magnitudes(), &[0.0, 2.0, 8.0]));
    let drawing = magnitudes.draw().unwrap();
    for text in ["95% interval within the bound", "exactly parallel trends", "effect at event time 0"] {
        assert_eq!(count(&drawing, text), 1, "{text}");
    }
    let label = |drawing: &Drawing| texts(drawing).iter().any(|text| text.starts_with("breakdown "));
    assert!(label(&drawing));
    // All intervals shown exclude zero: a note in place of the line.
    let smoothness = BoundsFigure::of(&honest(HonestBounds::smoothness(), &[0.0, 0.1]));
    let drawing = smoothness.draw().unwrap();
    assert!(!label(&drawing));
    assert!(texts(&drawing).iter().any(|text| text.starts_with("All intervals shown exclude zero")));
}

#[test]
fn wrong_bounds_are_refused() {
    let at = |bound: f64| BoundInterval { bound, interval: (-1.0, 1.0).into() };
    let of = |bounds: &[f64]| BoundsFigure::new(bounds.iter().copied().map(at));
    assert!(matches!(of(&[]).draw(), Err(Error::Empty { needs: "interval", .. })));
    assert!(matches!(of(&[0.0, 1.0, -0.0]).draw(), Err(Error::DuplicateName { what: "bound", .. })));
    assert!(matches!(of(&[0.0, f64::NAN]).draw(), Err(Error::NonFinite { row: 2, .. })));
    let open = BoundInterval { bound: 0.0, interval: (f64::NEG_INFINITY, 1.0).into() };
    assert!(matches!(BoundsFigure::new([open]).draw(), Err(Error::NonFinite { .. })));
    let swapped = BoundInterval { bound: 0.0, interval: (1.0, -1.0).into() };
    assert!(matches!(BoundsFigure::new([swapped]).draw(), Err(Error::ReversedInterval { .. })));
    let many: Vec<f64> = (0..101).map(f64::from).collect();
    assert!(matches!(of(&many).draw(), Err(Error::TooMany { what: "bounds", found: 101, most: 100 })));
    assert!(matches!(of(&[0.0]).breakdown(f64::INFINITY, "").draw(), Err(Error::NonFinite { .. })));
    assert!(matches!(of(&[0.0]).baseline("", f64::NAN, (0.0, 0.0)).draw(), Err(Error::NonFinite { .. })));
    assert!(matches!(of(&[0.0]).name("漢").draw(), Err(Error::Character { character: '漢', .. })));
}

#[test]
fn a_forest_is_as_high_as_its_rows_and_writes_its_numbers() {
    let drawing = forest().draw().unwrap();
    for text in ["Screening", "uptake", "-0.720", "[-1.036, -0.404]", "computed", "published"] {
        assert_eq!(count(&drawing, text), 1, "{text}");
    }
    let rows = (0..40).map(|i| ForestRow::new(format!("outcome {i}"), 0.0, (-1.0, 1.0)));
    let high = ForestFigure::new(rows).draw().unwrap().size().height;
    assert!(high > drawing.size().height + 37 * 20);
}

#[test]
fn wrong_trend_figures_are_refused() {
    let values = [1.0; 7];
    let of = |panel: Panel| TrendFigure::new(YEARS).panel(panel).draw().unwrap_err();
    let series = |name: &str, values: &[f64]| Panel::new().series(Series::new(name, values.to_vec()));
    assert!(matches!(TrendFigure::new(YEARS).draw(), Err(Error::Empty { needs: "panel", .. })));
    assert!(matches!(of(Panel::new()), Error::Empty { .. }));
    assert!(matches!(of(series("a", &[1.0])), Error::SeriesLength { expected: 7, found: 1, .. }));
    let mut infinite = values;
    infinite[3] = f64::INFINITY;
    assert!(matches!(of(series("a", &infinite)), Error::NonFinite { row: 4, .. }));
    let twice = series("a", &values).series(Series::new("a", values));
    assert!(matches!(of(twice), Error::DuplicateName { what: "series", .. }));
    let eight = (0..8).fold(Panel::new(), |p, i| p.series(Series::new(i.to_string(), values)));
    assert!(matches!(of(eight), Error::TooMany { what: "series", found: 8, most: 7 }));
    assert!(matches!(of(series("漢", &values)), Error::Character { character: '漢', .. }));
    let labels = TrendFigure::new(["a", "a"]).panel(series("a", &[1.0, 2.0])).draw();
    assert!(matches!(labels, Err(Error::DuplicateName { what: "label", .. })));
    let third = trend().panel(series("Reform", &values)).draw();
    assert!(matches!(third, Err(Error::TooMany { what: "panels", .. })));
    let unknown = trend().event(Event::at("2031/32")).draw().unwrap_err();
    assert!(unknown.to_string().contains("`2031/32`") && unknown.to_string().contains("2015/16"));
}

#[test]
fn wrong_paths_and_forests_are_refused() {
    assert!(matches!(PathFigure::new([]).draw(), Err(Error::Empty { .. })));
    let taken = path().reference(0).draw();
    assert!(matches!(taken, Err(Error::DuplicateName { what: "event time", .. })));
    let far = path().reference(i64::MIN).draw();
    assert!(matches!(far, Err(Error::TooMany { what: "event times", .. })));
    let headings = ForestFigure::new([ForestRow::heading("only")]).draw();
    assert!(matches!(headings, Err(Error::Empty { .. })));
    let open = ForestRow::new("open", 0.0, (f64::NEG_INFINITY, 1.0));
    assert!(matches!(ForestFigure::new([open]).draw(), Err(Error::NonFinite { .. })));
    let many = (0..151).map(|i| ForestRow::new(i.to_string(), 0.0, (0.0, 0.0)));
    assert!(matches!(ForestFigure::new(many).draw(), Err(Error::TooMany { what: "rows", .. })));
}

#[test]
fn a_picture_too_small_for_its_contents_is_refused_and_the_least_size_works() {
    let figures: [&dyn Fn(Size) -> Result<Drawing, Error>; 4] = [
        &|size| trend().size(size).draw(),
        &|size| path().size(size).draw(),
        &|size| forest().size(size).draw(),
        &|size| bounds().size(size).draw(),
    ];
    for draw in figures {
        let draw = |width, height| draw(Size { width, height });
        let least = |width, height| match draw(width, height) {
            Err(Error::PictureSize { least, .. }) => least,
            other => panic!("{width} x {height} is out of bounds, but {other:?}"),
        };
        assert!(draw(2000, least(2000, 10).height).is_ok());
        assert!(draw(least(20, 2000).width, 2000).is_ok());
        least(Size::LARGEST + 1, 500);
    }
}

#[test]
fn texts_stay_on_the_paper() {
    let long = "a name of an axis that is much longer than the axis that it is the name of, by far";
    let drawing = trend().x_label(long).size(Size { width: 700, height: 480 }).draw();
    assert!(drawing.is_ok());
    let narrow = path().x_label(long).size(Size { width: 300, height: 480 }).draw();
    assert!(matches!(narrow, Err(Error::PictureSize { .. })));
}

/// Crowded and empty figures draw at all; the pictures stand in the build folder, for the eye.
#[test]
fn crowded_figures_draw_and_stand_in_the_build_folder() {
    let folder = OutputFolder::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/pictures")).replace();
    let many = (0..40).map(|i| {
        let estimate = f64::from((i * 37) % 19 - 9) / 10.0;
        let row = ForestRow::new(format!("Outcome {i}"), estimate, (estimate - 0.4, estimate + 0.3));
        if i % 3 == 0 { row.beside(estimate) } else { row }
    });
    let wave = |k: i32| (0..7).map(move |t| f64::from(k) + f64::from((t * t * (k + 2)) % 7) / 3.0);
    let seven = (0..7).fold(Panel::new(), |p, k| p.series(Series::new(format!("Series {k}"), wave(k))));
    let crowded = TrendFigure::new(YEARS)
        .panel(seven)
        .event(Event::at("2010/11").label("first event"))
        .event(Event::after("2010/11").label("second event"))
        .event(Event::after("2015/16").label("the last and longest event"));
    let narrow = Size { width: 560, height: 420 };
    let magnitudes = honest(HonestBounds::relative_magnitudes(), &[0.0, 1.0, 2.0, 4.0, 8.0]);
    let smoothness = honest(HonestBounds::smoothness(), &[0.0, 0.05, 0.1]);
    let hundred = (0..100).map(f64::from).map(|b| BoundInterval { bound: b, interval: (-b, 9.0).into() });
    let pictures = [
        ("trend", trend().draw()),
        ("narrow", trend().size(narrow).draw()),
        ("crowded", crowded.draw()),
        ("path", path().draw()),
        ("bounds", bounds().draw()),
        ("magnitudes", BoundsFigure::of(&magnitudes).draw()),
        ("smoothness", BoundsFigure::of(&smoothness).draw()),
        ("one", BoundsFigure::new([BoundInterval { bound: 0.0, interval: (0.5, 1.0).into() }]).draw()),
        ("hundred", BoundsFigure::new(hundred).breakdown(99.0, "breakdown at the last bound").draw()),
        ("forest", forest().draw()),
        ("forty", ForestFigure::new(many).name("computed").beside_name("published").draw()),
    ];
    let add = |folder: OutputFolder, (stem, drawing): (&str, Result<Drawing, Error>)| {
        folder.figure(stem, &drawing.unwrap()).unwrap()
    };
    pictures.into_iter().fold(folder, add).write().unwrap();
}

#[test]
fn a_rank_figure_has_a_class_for_equal_values_and_the_mean() {
    let drawing = rank().draw().unwrap();
    for text in ["1 (3)", "mean 2.17", "Commissioners", "Number", "SIMULATED practice rows"] {
        assert_eq!(count(&drawing, text), 1, "{text}: {:?}", texts(&drawing));
    }
}

#[test]
fn a_rank_figure_refuses_what_it_cannot_draw() {
    assert!(matches!(RankFigure::new([]).draw(), Err(Error::Empty { needs: "value", .. })));
    assert!(matches!(RankFigure::new([1.0, f64::NAN]).draw(), Err(Error::NonFinite { row: 2, .. })));
    assert!(matches!(RankFigure::new(vec![1.0; 2001]).draw(), Err(Error::TooMany { found: 2001, .. })));
    let small = rank().size(Size { width: 50, height: 50 });
    assert!(matches!(small.draw(), Err(Error::PictureSize { .. })));
}
