//! QOF by practice as Excel workbooks, 2009/10 to 2012/13.
//!
//! ```text
//! row 13        codes of the indicators, where row 14 does not name them
//! row 14        headings: six or eight of the practice, then a block for each indicator
//! from row 15   one practice a row, until the practice code is empty
//! ```
//!
//! A block is points, numerator, denominator, achievement; from 2011/12 also exceptions, their rate,
//! denominator plus exceptions, and percent of patients treated. Its indicator stands before the
//! heading (`CANCER03 Numerator`), in row 13 above it, or is the name of the sheet.

use std::path::Path;

use super::achievement::{Achievement, Achievements};
use crate::error::{Error, Result};
use crate::nhs::card::Card;
use crate::nhs::workbook::Sheet;

/// The headings of a sheet: those of the area, then the practice and a block, which is longer in
/// some years.
macro_rules! headings {
    ($($area:literal),*; $($more:literal),*) => {
        &[
            $($area,)* "Practice code", "Practice name", "Points", "Numerator", "Denominator",
            "Achievement", $($more,)*
        ]
    };
}

/// Workbooks of achievement by practice.
pub(in crate::nhs) const CARD: Card = Card {
    name: "qof-workbook",
    title: "QOF achievement by practice (workbook)",
    publisher: "The Health and Social Care Information Centre",
    licence: "Open Government Licence v3.0",
    row: "a practice, with a block of columns for each indicator",
    units: "points; patients",
    layouts: &[
        ("2009/10-2010/11", headings!("SHA code", "SHA name", "PCT code", "PCT name";)),
        (
            "2011/12",
            headings!(
                "SHA code", "SHA name", "PCT code", "PCT name";
                "Exceptions", "Exception rate", "Denominator plus exceptions", "% patients treated"
            ),
        ),
        (
            "2012/13",
            headings!(
                "Region code", "Region name", "Area team code", "Area team name", "CCG code", "CCG name";
                "Exceptions", "Exception rate", "Denominator plus exceptions", "% patients treated"
            ),
        ),
    ],
    note: "headings stand in row 14; the last four or eight columns repeat for each indicator of a \
           sheet; exceptions are not in the denominator, and not in the files before 2011/12",
};

/// Row of the headings, as Excel counts.
const HEADINGS: usize = 14;

/// What the headings of the practice must contain, by layout, with the years of the layout.
const PRACTICES: [(&str, &[&str]); 2] = [
    ("2009/10-2011/12", &["SHA", "SHA", "PCT", "PCT", "PRACTICE", "PRACTICE"]),
    ("2012/13", &["REGION", "REGION", "AREA TEAM", "AREA TEAM", "CCG", "CCG", "PRACTICE", "PRACTICE"]),
];

/// What the headings of a block must contain: to 2010/11 the first four only.
const BLOCK: [&str; 8] =
    ["POINTS", "NUMERATOR", "DENOMINATOR", "ACHIEVEMENT", "EXCEPTIONS", "RATE", "EXCEPTIONS", "%"];

/// A block without exceptions.
const SHORT_BLOCK: usize = 4;

/// Reads every sheet that has the headings; at least one must have them.
pub(super) fn achievements(path: &Path, sheets: &[Sheet]) -> Result<(&'static str, Achievements)> {
    let mut all = Achievements::default();
    let mut edition = None;
    for sheet in sheets {
        if let Some((years, columns)) = layout(sheet) {
            edition = Some(years);
            read_sheet(sheet, columns, &mut all)?;
        }
    }
    edition.map(|years| (years, all)).ok_or_else(|| no_layout(path, sheets))
}

/// Years and number of the headings of the practice.
fn layout(sheet: &Sheet) -> Option<(&'static str, usize)> {
    let matches = |(_, words): &&(&'static str, &[&str])| {
        words.iter().enumerate().all(|(column, word)| heading(sheet, column).contains(word))
    };
    PRACTICES.iter().find(matches).map(|(years, words)| (*years, words.len()))
}

fn heading(sheet: &Sheet, column: usize) -> String {
    sheet.cell(HEADINGS, column).text().to_uppercase()
}

fn no_layout(path: &Path, sheets: &[Sheet]) -> Error {
    let first = sheets.first().map_or(String::new(), |sheet| sheet.cell(HEADINGS, 0).text());
    Error::Layout {
        path: path.to_path_buf(),
        layout: CARD.title,
        expected: "SHA, PCT and practice, or region, area team, CCG and practice, in row 14".to_string(),
        found: format!("`{first}` at the start of row 14 of its first sheet"),
    }
}

/// Reads the blocks of a sheet.
fn read_sheet(sheet: &Sheet, first: usize, all: &mut Achievements) -> Result<()> {
    let practice = first - 2;
    let mut start = first;
    while !heading(sheet, start).is_empty() {
        let length = block_length(sheet, start)?;
        let indicator = indicator(sheet, start)?;
        for row in (HEADINGS + 1).. {
            let code = sheet.cell(row, practice).text();
            if code.is_empty() {
                break;
            }
            let achieved = achievement(sheet, row, start, length)?;
            let must = "a practice that no earlier row has for this indicator";
            let twice = || sheet.refused((row, practice), "practice code", must);
            *all.new_entry(code, &indicator, twice)? = achieved;
        }
        start += length;
    }
    if start == first {
        let place = (HEADINGS, first);
        return Err(sheet.refused(place, "the first heading of an indicator", "present"));
    }
    Ok(())
}

/// Four columns, or eight if the fifth is about exceptions.
fn block_length(sheet: &Sheet, start: usize) -> Result<usize> {
    let length = match heading(sheet, start + SHORT_BLOCK) {
        next if next.contains(BLOCK[SHORT_BLOCK]) => BLOCK.len(),
        _ => SHORT_BLOCK,
    };
    for (offset, word) in BLOCK[..length].iter().enumerate() {
        if !heading(sheet, start + offset).contains(word) {
            let must = "points, numerator, denominator, achievement, then exceptions or the next points";
            return Err(sheet.refused((HEADINGS, start + offset), "heading", must));
        }
    }
    Ok(length)
}

/// The indicator of a block: before its first heading, above it, or the name of the sheet.
fn indicator(sheet: &Sheet, start: usize) -> Result<String> {
    let heading = heading(sheet, start);
    let before = heading.find(BLOCK[0]).map_or("", |at| heading[..at].trim());
    let above = sheet.cell(HEADINGS - 1, start).text();
    let has_digit = |text: &&str| text.chars().any(|c| c.is_ascii_digit());
    let named = [before, above.as_str(), sheet.name.as_str()].into_iter().find(has_digit);
    named.map(String::from).ok_or_else(|| {
        let must = "with the code of its indicator, in row 13 or 14 or on the tab";
        sheet.refused((HEADINGS, start), "heading", must)
    })
}

fn achievement(sheet: &Sheet, row: usize, start: usize, length: usize) -> Result<Achievement> {
    let points = match sheet.cell(row, start).text().as_str() {
        "" => None,
        _ => Some(number(sheet, (row, start), "points")?),
    };
    let achieved = Achievement {
        points,
        numerator: count(sheet, (row, start + 1), "numerator")?,
        denominator: count(sheet, (row, start + 2), "denominator")?,
        exceptions: match length {
            SHORT_BLOCK => None,
            _ => count(sheet, (row, start + SHORT_BLOCK), "exceptions")?,
        },
    };
    achieved.check(|must| sheet.refused((row, start + 1), "numerator", must))?;
    Ok(achieved)
}

fn number(sheet: &Sheet, place: (usize, usize), name: &str) -> Result<f64> {
    let number = sheet.cell(place.0, place.1).number().filter(|number| *number >= 0.0);
    number.ok_or_else(|| sheet.refused(place, name, "empty or a number of zero or more"))
}

fn count(sheet: &Sheet, place: (usize, usize), name: &str) -> Result<Option<u64>> {
    if sheet.cell(place.0, place.1).text().is_empty() {
        return Ok(None);
    }
    match number(sheet, place, name)? {
        whole if whole.fract() == 0.0 => Ok(Some(whole as u64)),
        _ => Err(sheet.refused(place, name, "empty or a whole number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nhs::workbook::Cell;

    fn cells(line: &str) -> Vec<Cell> {
        let cell = |text: &str| match text.parse() {
            Ok(number) => Cell::Number(number),
            Err(_) if text.is_empty() => Cell::Empty,
            Err(_) => Cell::Text(text.to_string()),
        };
        line.split('|').map(cell).collect()
    }

    /// A sheet whose row 13 and following are these lines.
    fn sheet(name: &str, lines: &[&str]) -> Sheet {
        let mut rows = vec![Vec::new(); HEADINGS - 2];
        rows.extend(lines.iter().map(|line| cells(line)));
        Sheet { path: "qof.xls".into(), name: name.to_string(), rows }
    }

    const EARLY: &str = "SHA code|SHA name|PCT code|PCT name|Practice code|Practice name";

    fn of_2009() -> Sheet {
        let headings = format!(
            "{EARLY}|CS 1 Points|CS 1 Numerator|CS 1 Denominator|CS 1 Underlying achievement %|\
             CS 5 Points|CS 5 Numerator|CS 5 Denominator|CS 5 Underlying achievement %"
        );
        let row = "Q30|NORTH EAST|5D7|NEWCASTLE|A86003|A PRACTICE|11|700|800|87.5|2|||";
        sheet("QOF export", &["", &headings, row, "", "Source: the publisher"])
    }

    fn of_2011(name: &str, above: &str) -> Sheet {
        let headings = format!(
            "{EARLY}|Points|Numerator|Denominator|Achievement|Exceptions|Exception rate|\
             Denominator plus exceptions|% patients treated"
        );
        let row = "Q30|NORTH EAST|5D7|NEWCASTLE|A86003|A PRACTICE|11|700|800|87.5|75|8.57|875|80";
        sheet(name, &[above, &headings, row])
    }

    fn read(sheets: &[Sheet]) -> Result<(&'static str, Achievements)> {
        achievements(Path::new("qof.xls"), sheets)
    }

    fn screening(all: &Achievements) -> Achievement {
        all.0[&("A86003".to_string(), "CS01".to_string())]
    }

    #[test]
    fn several_indicators_stand_side_by_side_without_exceptions() {
        let (years, all) = read(&[of_2009()]).expect("a good sheet");
        assert_eq!((years, all.0.len()), ("2009/10-2011/12", 2));
        let achieved = screening(&all);
        assert_eq!((achieved.numerator, achieved.exceptions), (Some(700), None));
    }

    #[test]
    fn the_indicator_is_the_name_of_the_sheet_or_stands_above() {
        for sheet in [of_2011("CS01", ""), of_2011("Sheet", "||||||CS 1")] {
            let (_, all) = read(&[sheet]).expect("a good sheet");
            assert_eq!(screening(&all).exceptions, Some(75));
        }
        let error = read(&[of_2011("Sheet", "")]).unwrap_err();
        assert!(error.to_string().contains("with the code of its indicator"), "{error}");
    }

    #[test]
    fn practices_of_2012_have_a_region_a_team_and_a_group() {
        let mut sheet = of_2011("CS01", "");
        sheet.rows[HEADINGS - 1]
            .splice(0..4, cells("Region code|Region name|Area Team code|Area Team name|CCG code|CCG name"));
        sheet.rows[HEADINGS].splice(0..4, cells("Y54|NORTH|Q49|A TEAM|00G|A GROUP"));
        let (years, all) = read(&[sheet]).expect("a good sheet");
        assert_eq!((years, screening(&all).denominator), ("2012/13", Some(800)));
    }

    #[test]
    fn another_sheet_is_passed_over_and_a_book_without_one_refused() {
        let cover = sheet("Contents", &["", "Contents"]);
        assert!(read(&[cover.clone(), of_2009()]).is_ok());
        let error = read(&[cover]).unwrap_err();
        assert!(error.to_string().contains("`Contents` at the start of row 14"), "{error}");
    }

    #[test]
    fn wrong_cells_are_refused_with_sheet_row_and_column() {
        let mut sheet = of_2009();
        sheet.rows[HEADINGS][7] = Cell::Number(700.5);
        let error = read(&[sheet]).unwrap_err();
        let Error::Value { line: 15, field: 8, column, .. } = &error else { panic!("{error}") };
        assert_eq!(column, "numerator, sheet QOF export");
        let mut sheet = of_2009();
        sheet.rows[HEADINGS][7] = Cell::Number(801.0);
        assert!(read(&[sheet]).is_err());
        let mut sheet = of_2009();
        sheet.rows[HEADINGS - 1][8] = Cell::Text("CS 1 Numerator".to_string());
        assert!(read(&[sheet]).unwrap_err().to_string().contains("heading, sheet QOF export"));
    }
}
