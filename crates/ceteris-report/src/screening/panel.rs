//! A practice panel with the columns of the study, made from a user's columns.
//!
//! rate = 100 numerator / denominator; year = the calendar year in which the financial year begins;
//! multi_la = 1 for more than one local authority, over_two_la = 1 for more than two; after = 1 from the
//! reform on; screening = 1 for the affected indicator, 0 for the one it is compared with.

use std::sync::Arc;

use ceteris::{Column, Error, Frame, Result};

use super::checked::check;
use super::columns::PanelColumns;

/// The first year under the reform of April 2013.
pub(super) const REFORM: i64 = 2013;

/// A panel ready for the study.
#[derive(Debug, Clone)]
pub struct StudyPanel {
    pub(super) frame: Frame,
    /// The same with the second comparison in the place of the first, where the panel has it.
    pub(super) second: Option<Frame>,
    /// Years as calendar year and label, ascending.
    pub(super) years: Vec<(f64, String)>,
}

impl StudyPanel {
    /// Makes the study's columns.
    ///
    /// # Errors
    /// [`Error::UnknownColumn`], [`Error::ColumnKind`], [`Error::UnknownLevel`] for an indicator that
    /// does not occur, [`Error::OutOfRange`] for a count below zero or above its denominator, and
    /// [`Error::NotConstant`] for a practice that changes its group.
    pub fn new(frame: &Frame, columns: &PanelColumns) -> Result<Self> {
        check(frame, columns)?;
        let starts = starting_years(frame, &columns.year)?;
        let first = study_frame(frame, columns, &starts, &columns.unaffected)?;
        let labels = frame.category(&columns.indicator)?.levels();
        let second = match labels.contains(&columns.second) {
            true => Some(study_frame(frame, columns, &starts, &columns.second)?),
            false => None,
        };
        Ok(Self { years: years(frame, &columns.year, &starts)?, frame: first, second })
    }

    /// The frame that the regressions of the study run on.
    pub fn frame(&self) -> &Frame {
        &self.frame
    }
}

/// The rows of the affected indicator and of one comparison, with the study's columns.
fn study_frame(frame: &Frame, columns: &PanelColumns, starts: &[f64], comparison: &str) -> Result<Frame> {
    let indicator = frame.category(&columns.indicator)?;
    let code = |label: &str| {
        let place = indicator.levels().iter().position(|level| level == label);
        place.map(|place| place as u32).ok_or_else(|| Error::UnknownLevel {
            column: columns.indicator.clone(),
            level: label.to_string(),
            available: indicator.levels().to_vec(),
        })
    };
    let (affected, unaffected) = (code(&columns.affected)?, code(comparison)?);
    let used =
        |row: &u32| matches!(indicator.code(*row as usize), Some(c) if c == affected || c == unaffected);
    let rows: Vec<u32> = (0..frame.nrows() as u32).filter(used).collect();
    let pick = |values: &[f64]| rows.iter().map(|&row| values[row as usize]).collect::<Vec<f64>>();
    let numerator = pick(frame.real(&columns.numerator)?);
    let denominator = pick(frame.real(&columns.denominator)?);
    let authorities = pick(frame.real(&columns.local_authorities)?);
    let year = pick(starts);
    let rate = numerator.iter().zip(&denominator).map(|(x, n)| rate(*x, *n)).collect();
    let is_affected = rows.iter().map(|&row| indicator_of(indicator.code(row as usize) == Some(affected)));
    Frame::new()
        .add("practice", selected(frame.column(&columns.practice)?, &rows))?
        .add("ccg", selected(frame.column(&columns.ccg)?, &rows))?
        .add_real("screening", is_affected.collect())?
        .add_real("multi_la", above(&authorities, 1.0))?
        .add_real("over_two_la", above(&authorities, 2.0))?
        .add_real("after", year.iter().map(|year| indicator_of(*year >= REFORM as f64)).collect())?
        .add_real("year", year)?
        .add_real("rate", rate)?
        .add_real("numerator", numerator)?
        .add_real("denominator", denominator)
}

fn indicator_of(holds: bool) -> f64 {
    if holds { 1.0 } else { 0.0 }
}

/// 1 where the value is above the bound, 0 where it is not, missing where it is missing.
fn above(values: &[f64], bound: f64) -> Vec<f64> {
    values.iter().map(|x| if x.is_nan() { f64::NAN } else { indicator_of(*x > bound) }).collect()
}

/// A percentage; missing without persons, so that the row is dropped and counted.
fn rate(numerator: f64, denominator: f64) -> f64 {
    if denominator > 0.0 { 100.0 * numerator / denominator } else { f64::NAN }
}

fn selected(column: &Column, rows: &[u32]) -> Column {
    match column {
        Column::Real(values) => Column::Real(rows.iter().map(|&row| values[row as usize]).collect()),
        Column::Category(category) => {
            let codes = rows.iter().map(|&row| category.code(row as usize));
            Column::Category(Arc::new(ceteris::frame::CategoryColumn::from_codes(
                codes,
                category.levels().to_vec(),
            )))
        }
    }
}

/// The calendar year in which each row's financial year begins; missing stays missing.
fn starting_years(frame: &Frame, name: &str) -> Result<Vec<f64>> {
    let category = match frame.column(name)? {
        Column::Real(values) => return Ok(values.to_vec()),
        Column::Category(category) => category,
    };
    let of_level = |level: &String| {
        let digits: String = level.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<f64>().ok().filter(|_| digits.len() == 4).ok_or_else(|| Error::ColumnKind {
            column: name.to_string(),
            expected: "a year such as 2009/10 or 2009",
            found: format!("`{level}`"),
        })
    };
    let years = category.levels().iter().map(of_level).collect::<Result<Vec<f64>>>()?;
    Ok((0..category.len()).map(|row| category.code(row).map_or(f64::NAN, |c| years[c as usize])).collect())
}

/// The distinct years, ascending, with their labels.
fn years(frame: &Frame, name: &str, starts: &[f64]) -> Result<Vec<(f64, String)>> {
    let column = frame.column(name)?;
    let mut years: Vec<(f64, String)> = Vec::new();
    for (row, start) in starts.iter().enumerate().filter(|(_, start)| !start.is_nan()) {
        if !years.iter().any(|(known, _)| known == start) {
            years.push((*start, column.label(row).unwrap_or_default()));
        }
    }
    years.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(years)
}
