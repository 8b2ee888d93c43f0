//! Designs: dates and times that are not whole, questions that a design cannot answer.

use ceteris::error::Row;
use ceteris::{
    DifferenceInDifferences, Dose, Error, Frame, Groups, Iid, Index, LaggedOutcome, Post, Reform,
    TripleDifference,
};

const REFORM: Reform<'static> = Reform { time: "year", date: 3 };
const INDEX: Index<'static> = Index { unit: "unit", time: "year" };

/// Four units over the years 1 to 4; the years of the last row but one can be moved.
fn panel(moved: f64) -> Frame {
    let rows = || (0..4).flat_map(|unit| (1..=4).map(move |year| (f64::from(unit), f64::from(year))));
    let years = rows().map(|row| if row == (3.0, 3.0) { moved } else { row.1 });
    let flag = |holds: bool| f64::from(u8::from(holds));
    Frame::new()
        .add_real("unit", rows().map(|row| row.0).collect())
        .and_then(|frame| frame.add_real("year", years.collect()))
        .and_then(|frame| frame.add_real("treated", rows().map(|row| flag(row.0 < 2.0)).collect()))
        .and_then(|frame| frame.add_real("affected", rows().map(|row| flag(row.0 % 2.0 < 0.5)).collect()))
        .and_then(|frame| frame.add_real("after", rows().map(|row| flag(row.1 > 2.0)).collect()))
        .and_then(|frame| {
            frame.add_real("y", rows().map(|row| (7.0 * row.0 + row.1 * row.1) % 5.0).collect())
        })
        .unwrap()
}

/// What a design must say of a time between two whole numbers: the column, the row and the value.
fn names_the_row<T: std::fmt::Debug>(what: &str, refused: Result<T, Error>) {
    match refused {
        Err(Error::NotWhole { column, row, value }) => {
            assert_eq!(
                (column.as_str(), row, value.to_bits()),
                ("year", Row::Frame(14), 2.5f64.to_bits()),
                "{what}"
            );
        }
        other => panic!("{what}: {other:?}"),
    }
}

/// By the definition of a date: a time of 2.5 is neither before nor after a date that counts whole times.
#[test]
fn a_time_between_two_whole_numbers_is_refused_by_its_row_and_never_truncated() {
    let frame = panel(2.5);
    let groups = Groups { treated: "treated", affected: "affected" };
    let difference = DifferenceInDifferences::new("y", "treated", REFORM);
    let dose = Dose::new("y", ["treated"], REFORM);
    names_the_row("difference", difference.fit(&frame));
    names_the_row("triple", TripleDifference::new("y", groups, REFORM).fit(&frame));
    names_the_row("dose", dose.fit(&frame));
    names_the_row("pre-trend", difference.pre_trend().unwrap().fit(&frame));
    names_the_row("event study", difference.event_study().unwrap().fit(&frame));
    names_the_row("placebo", difference.placebo(2).unwrap().fit(&frame));
    names_the_row("lagged outcome", LaggedOutcome::new("y", INDEX, "treated").reform(3).fit(&frame));
    let message = difference.fit(&frame).unwrap_err().to_string();
    assert!(message.contains("`year` is 2.5 in row 15 of the data"), "{message}");
    assert!(matches!(difference.fit(&panel(f64::INFINITY)), Err(Error::NotWhole { .. })));
}

#[test]
fn questions_about_the_times_before_a_reform_need_its_date() {
    let says_so = |error: Error| {
        assert!(matches!(error, Error::InvalidSetting { setting: "post", .. }), "{error:?}");
        let message = error.to_string();
        assert!(message.contains("`Reform { time, date }`") && message.contains("`after`"), "{message}");
    };
    let after = || Post::column("after");
    let groups = Groups { treated: "treated", affected: "affected" };
    let difference = DifferenceInDifferences::new("y", "treated", after());
    let triple = TripleDifference::new("y", groups, after());
    let dose = Dose::new("y", ["treated"], after());
    says_so(difference.placebo(2).unwrap_err());
    says_so(difference.pre_trend().unwrap_err());
    says_so(difference.event_study().unwrap_err());
    says_so(difference.placebos(&panel(3.0), Iid).unwrap_err());
    says_so(triple.placebo(2).unwrap_err());
    says_so(triple.pre_trend().unwrap_err());
    says_so(triple.event_study().unwrap_err());
    says_so(dose.placebo(2).unwrap_err());
    says_so(dose.pre_trend("treated").unwrap_err());
    says_so(dose.event_study("treated").unwrap_err());
    let lagged = LaggedOutcome::new("y", INDEX, "treated").placebo(2, 1).unwrap_err();
    assert!(matches!(lagged, Error::InvalidSetting { setting: "reform", .. }), "{lagged:?}");
}

#[test]
fn a_placebo_date_from_the_reform_on_is_refused() {
    let difference = DifferenceInDifferences::new("y", "treated", REFORM);
    let lagged = LaggedOutcome::new("y", INDEX, "treated").reform(3);
    for date in [3, 4] {
        for refused in [difference.placebo(date).map(|_| ()), lagged.placebo(date, 1).map(|_| ())] {
            assert!(matches!(refused, Err(Error::InvalidSetting { setting: "date", .. })), "{refused:?}");
        }
    }
}

/// A 0/1 column that is 1 from the date on and the date itself are one design.
#[test]
fn a_column_and_a_date_of_the_same_rows_give_the_same_effect() {
    let frame = panel(3.0);
    let effect = |post: Post| {
        let design = DifferenceInDifferences::new("y", "treated", post);
        design.fit(&frame).unwrap().effect(Iid).unwrap().estimate
    };
    assert_eq!(effect(Post::column("after")).to_bits(), effect(REFORM.into()).to_bits());
}
