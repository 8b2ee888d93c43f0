//! QOF by practice as CSV: 2013/14 and 2014/15 with a file of achievements and one of exceptions,
//! 2015/16 to 2018/19 in one long file.

use super::achievement::Achievements;
use crate::error::{Error, Result};
use crate::nhs::card::Card;
use crate::nhs::layout::{self, Header, Row};
use crate::source::Source;

/// Achievement by practice and indicator.
pub(in crate::nhs) const CARD: Card = Card {
    name: "qof-practice",
    title: "QOF achievement by practice (CSV)",
    publisher: "NHS Digital",
    licence: "Open Government Licence v3.0",
    row: "a practice and an indicator; from 2015/16 one of their measures",
    units: "patients; points",
    layouts: &[
        (
            "2013/14",
            &[
                "practicecode",
                "indicator_group",
                "indicatorcode",
                "numerator",
                "denominator",
                "achieved_points",
            ],
        ),
        (
            "2014/15",
            &[
                "practice_code",
                "indicator_group",
                "indicator_code",
                "achieved_points",
                "numerator",
                "denominator",
            ],
        ),
        ("2015/16-", &["PRACTICE_CODE", "INDICATOR_CODE", "MEASURE", "VALUE"]),
    ],
    note: "exceptions are not in the denominator; 2013/14 and 2014/15 have them in a file of their \
           own, and workbooks of 2009/10 to 2012/13 are read too",
};

/// Exceptions by practice and indicator.
pub(in crate::nhs) const EXCEPTIONS: Card = Card {
    name: "qof-exceptions",
    title: "QOF exceptions by practice (CSV)",
    publisher: "NHS Digital",
    licence: "Open Government Licence v3.0",
    row: "a practice and an indicator",
    units: "patients",
    layouts: &[
        ("2013/14", &["practicecode", "indicator_code", "exception_count"]),
        ("2014/15", &["practice_code", "indicator_code", "exception_count"]),
    ],
    note: "added to the achievements of the same year",
};

const COUNT: &str = "empty or a whole number";
const POINTS: &str = "empty or a number of points";

/// Reads a file of achievements; also says which years its layout belongs to.
pub(super) fn achievements(source: &Source) -> Result<(&'static str, Achievements)> {
    let mut all = Achievements::default();
    let mut rows = layout::Rows::open(source, &CARD, Header::AnyCase)?;
    let edition = rows.edition();
    while let Some(row) = rows.advance()? {
        match edition {
            "2013/14" => wide(&row, [5, 3, 4], &mut all)?,
            "2014/15" => wide(&row, [3, 4, 5], &mut all)?,
            _ => long(&row, &mut all)?,
        }
    }
    Ok((edition, all))
}

/// Adds the exceptions of a file.
pub(super) fn exceptions(source: &Source, all: &mut Achievements) -> Result<()> {
    layout::read(source, &EXCEPTIONS, Header::AnyCase, |row| {
        let count = row.optional(2, COUNT)?;
        let held = all.entry(row.code(0)?, &row.code(1)?);
        set(&mut held.exceptions, count, || {
            row.refused(1, "an indicator that no earlier line has for this practice")
        })
    })?;
    Ok(())
}

/// A row with points, numerator and denominator in these columns.
fn wide(row: &Row<'_>, [points, numerator, denominator]: [usize; 3], all: &mut Achievements) -> Result<()> {
    let twice = || row.refused(2, "an indicator that no earlier line has for this practice");
    let held = all.new_entry(row.code(0)?, &row.code(2)?, twice)?;
    held.points = row.optional(points, POINTS)?;
    held.numerator = row.optional(numerator, COUNT)?;
    held.denominator = row.optional(denominator, COUNT)?;
    held.check(|must| row.refused(numerator, must))
}

/// A row with one measure.
fn long(row: &Row<'_>, all: &mut Achievements) -> Result<()> {
    let held = all.entry(row.code(0)?, &row.code(1)?);
    let twice = || row.refused(2, "a measure that no earlier line has for this practice and indicator");
    match row.text(2) {
        "ACHIEVED_POINTS" => set(&mut held.points, row.optional(3, POINTS)?, twice)?,
        "NUMERATOR" => set(&mut held.numerator, row.optional(3, COUNT)?, twice)?,
        "DENOMINATOR" => set(&mut held.denominator, row.optional(3, COUNT)?, twice)?,
        "EXCEPTIONS" => set(&mut held.exceptions, row.optional(3, COUNT)?, twice)?,
        "REGISTER" => {}
        _ => {
            let must = "ACHIEVED_POINTS, REGISTER, NUMERATOR, DENOMINATOR or EXCEPTIONS";
            return Err(row.refused(2, must));
        }
    }
    held.check(|must| row.refused(3, must))
}

/// Sets a quantity that must occur once.
fn set<T>(held: &mut Option<T>, value: Option<T>, twice: impl FnOnce() -> Error) -> Result<()> {
    if value.is_some() && held.is_some() {
        return Err(twice());
    }
    if value.is_some() {
        *held = value;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Exceptions, QofPractice};
    use super::*;

    const OF_2013: &str = "practicecode,indicator_group,indicatorcode,numerator,denominator,achieved_points
A81001,CS,CS002,700,800,11
A81001,CS,CS001,,,2
";
    const OF_2014: &str = "PRACTICE_CODE,INDICATOR_GROUP,INDICATOR_CODE,ACHIEVED_POINTS,NUMERATOR,DENOMINATOR
A81001,CS,CS002,11,700,800
A81001,CS,CS001,2,,
";
    const OF_2015: &str = "PRACTICE_CODE,INDICATOR_CODE,MEASURE,VALUE
A81001,CS002,ACHIEVED_POINTS,11
A81001,CS002,NUMERATOR,700
A81001,CS002,DENOMINATOR,800
A81001,CS002,EXCEPTIONS,75
A81001,CS001,ACHIEVED_POINTS,2
A81001,CS001,REGISTER,4100
";

    fn read(text: &str) -> Result<QofPractice> {
        QofPractice::from_source(&Source::memory("qof.csv", text.as_bytes()))
    }

    fn with_exceptions(text: &str, column: &str) -> Result<QofPractice> {
        let exceptions = format!("{column},indicator_code,exception_count\nA81001,CS002,75\n");
        read(text)?.exceptions_from(&Source::memory("exceptions.csv", exceptions.as_bytes()))
    }

    #[test]
    fn three_layouts_hold_the_same_achievement() {
        let files = [
            with_exceptions(OF_2013, "practicecode"),
            with_exceptions(OF_2014, "practice_code"),
            read(OF_2015),
        ];
        for (file, edition) in files.into_iter().zip(["2013/14", "2014/15", "2015/16-"]) {
            let file = file.expect("a good file");
            let screening = file.achievement("A81001", "CS002").expect("read");
            assert_eq!(screening.percent(Exceptions::Out), Some(87.5), "{edition}");
            assert_eq!(screening.percent(Exceptions::In), Some(80.0), "{edition}");
            assert_eq!((file.edition(), file.points()["A81001"]), (edition, 13.0));
            assert_eq!(
                file.frame("CS002", Exceptions::In).expect("a frame").real("rate").expect("real"),
                [80.0]
            );
        }
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_place() {
        for (text, from, to, field) in [
            (OF_2014, "700", "900", 5),
            (OF_2014, ",CS001", ",CS002", 3),
            (OF_2015, "75", "7.5", 4),
            (OF_2015, "REGISTER", "PCAS", 3),
            (OF_2015, "DENOMINATOR,800", "NUMERATOR,700", 3),
        ] {
            let error = read(&text.replace(from, to)).unwrap_err();
            assert!(matches!(&error, Error::Value { field: at, .. } if *at == field), "{error}");
        }
    }

    #[test]
    fn an_indicator_that_is_not_in_the_file_is_named() {
        let file = read(OF_2014).expect("a good file");
        let error = file.frame("CS02", Exceptions::Out).unwrap_err();
        assert!(error.to_string().contains("`CS02` must be a level of `indicator`"), "{error}");
        assert_eq!(file.practices("CS003"), 0);
    }
}
