//! From a term to its columns over the rows of a sample.

use std::borrow::Cow;

use super::design::gather;
use super::name::{CoefficientName, Level};
use super::{Term, Variable};
use crate::error::{Error, Result};
use crate::frame::{Column, Factor, Frame, Interaction, Sample};
use crate::special::double_double::DoubleDouble;

/// More columns than this of one term come from a slip, such as indicators of a continuous column.
const MOST_COLUMNS: usize = 20_000;
/// Nor are more values than this built for one term: they fill 16 GB.
const MOST_VALUES: usize = 2_000_000_000;
/// Higher powers of a column overflow, or differ from it by rounding alone.
const HIGHEST_POWER: u32 = 100;

/// A column over the rows of a sample, with its name.
pub(crate) struct Named<'a> {
    pub(crate) name: CoefficientName,
    /// Those of the frame itself where its rows are all in use.
    pub(crate) values: Cow<'a, [f64]>,
    /// What rounding the values to doubles cut off, where that is known and may matter: the tenth
    /// power of a column, rounded, has lost eight digits of a polynomial's coefficients.
    pub(crate) rest: Option<Vec<f64>>,
}

/// A column of a product of some variables, with one entry for the level of each.
struct Part<'a> {
    levels: Vec<Option<Level>>,
    values: Cow<'a, [f64]>,
    rest: Option<Vec<f64>>,
}

impl<'a> Part<'a> {
    fn of(level: Option<Level>, values: impl Into<Cow<'a, [f64]>>) -> Self {
        Self { levels: vec![level], values: values.into(), rest: None }
    }

    fn times(&self, other: &Part<'_>) -> Part<'static> {
        let values = self.values.iter().zip(other.values.iter()).map(|(x, y)| x * y).collect::<Vec<f64>>();
        let levels = self.levels.iter().chain(&other.levels).cloned().collect();
        Part { levels, values: values.into(), rest: None }
    }
}

/// A variable before its indicators are built, so that they can be counted.
enum Factored<'a> {
    One(Part<'a>),
    Levels { factor: Factor, levels: Vec<Level>, left_out: Option<usize> },
}

impl<'a> Factored<'a> {
    fn ncolumns(&self) -> usize {
        match self {
            Factored::One(_) => 1,
            Factored::Levels { levels, left_out, .. } => levels.len() - usize::from(left_out.is_some()),
        }
    }

    /// One column per level that occurs in the sample, in the order of the levels.
    fn columns(self) -> Vec<Part<'a>> {
        let (factor, levels, left_out) = match self {
            Factored::One(part) => return vec![part],
            Factored::Levels { factor, levels, left_out } => (factor, levels, left_out),
        };
        let indicator = |(place, level): (usize, Level)| {
            let values = factor.codes().iter().map(|&code| f64::from(u8::from(code as usize == place)));
            Part::of(Some(level), values.collect::<Vec<f64>>())
        };
        let wanted = levels.into_iter().enumerate().filter(|(place, _)| Some(*place) != left_out);
        wanted.map(indicator).collect()
    }
}

/// The columns of a product: one for each choice of one column from each variable. The product of no variable
/// is the intercept.
///
/// # Errors
/// [`Error::TooManyColumns`] before memory is asked for; those of the variables.
pub(crate) fn expand<'a>(term: &Term, frame: &'a Frame, sample: &Sample) -> Result<Vec<Named<'a>>> {
    let factored = term.variables().iter().map(|variable| factored(variable, term, frame, sample));
    let factored = factored.collect::<Result<Vec<_>>>()?;
    let ncolumns = factored.iter().map(Factored::ncolumns).fold(1, usize::saturating_mul);
    check_size(term, ncolumns, sample)?;
    let multiply = |sofar: Vec<Part<'a>>, columns: Vec<Part<'a>>| {
        sofar.iter().flat_map(|a| columns.iter().map(move |b| a.times(b))).collect()
    };
    let ones = || vec![Part { levels: Vec::new(), values: vec![1.0; sample.len()].into(), rest: None }];
    let columns = factored.into_iter().map(Factored::columns).reduce(multiply).unwrap_or_else(ones);
    let named = |Part { levels, values, rest }: Part<'a>| Named {
        name: CoefficientName::new(term.clone(), levels),
        values,
        rest,
    };
    Ok(columns.into_iter().map(named).collect())
}

fn check_size(term: &Term, columns: usize, sample: &Sample) -> Result<()> {
    let most = MOST_COLUMNS.min(MOST_VALUES / sample.len()).max(1);
    if columns <= most {
        return Ok(());
    }
    Err(Error::TooManyColumns { term: term.to_string(), columns, rows: sample.len(), most })
}

fn factored<'a>(variable: &Variable, term: &Term, frame: &'a Frame, sample: &Sample) -> Result<Factored<'a>> {
    let real = |column: &str, change: &dyn Fn(f64) -> f64| -> Result<Part<'a>> {
        let mut values = gather(frame.real(column)?, sample).into_owned();
        values.iter_mut().for_each(|x| *x = change(*x));
        Ok(Part::of(None, values))
    };
    let column = match variable {
        Variable::Column(name) => match frame.column(name)? {
            Column::Real(values) => return Ok(Factored::One(Part::of(None, gather(values, sample)))),
            column => {
                let (factor, levels) = levels(name, column, term, frame, sample)?;
                return Ok(Factored::Levels { factor, levels, left_out: Some(0) });
            }
        },
        Variable::Indicators { column: name, reference } => {
            let (factor, levels) = levels(name, frame.column(name)?, term, frame, sample)?;
            let left_out = reference.as_ref().map(|level| place_of(level, &levels, name, frame));
            return Ok(Factored::Levels { factor, left_out: left_out.transpose()?, levels });
        }
        Variable::Log(column) => real(column, &f64::ln)?,
        Variable::Power(column, power) => powers(&gather(frame.real(column)?, sample), *power)?,
        Variable::Since(column, value) => real(column, &|x| f64::from(u8::from(x >= *value)))?,
    };
    match column.values.iter().position(|x| !x.is_finite()) {
        None => Ok(Factored::One(column)),
        Some(i) => {
            let (row, value) = (sample.rows()[i] as usize, column.values[i]);
            Err(Error::NonFinite { column: variable.to_string(), row: row.into(), value })
        }
    }
}

/// Powers by repeated multiplication in doubled precision, left to right.
fn powers(values: &[f64], power: u32) -> Result<Part<'static>> {
    if !(1..=HIGHEST_POWER).contains(&power) {
        let must = "a whole number from 1 to 100";
        return Err(Error::InvalidSetting { setting: "power", value: power.to_string(), must });
    }
    let power_of = |&x: &f64| (1..power).fold(DoubleDouble::from(x), |product, _| product * x);
    let exact: Vec<DoubleDouble> = values.iter().map(power_of).collect();
    let mut column = Part::of(None, exact.iter().map(|x| x.to_f64()).collect::<Vec<f64>>());
    column.rest = Some(exact.iter().map(|x| x.rest()).collect());
    Ok(column)
}

/// The levels that occur in the sample.
fn levels(
    name: &str,
    column: &Column,
    term: &Term,
    frame: &Frame,
    sample: &Sample,
) -> Result<(Factor, Vec<Level>)> {
    let factor = Interaction::of([name]).factor(frame, sample.rows())?;
    check_size(term, factor.nlevels() - 1, sample)?;
    let mut first = vec![None; factor.nlevels()];
    for (&level, &row) in factor.codes().iter().zip(sample.rows()) {
        first[level as usize].get_or_insert(row as usize);
    }
    let level = |row: Option<usize>| level_at(column, row.expect("every level has a row"));
    Ok((factor, first.into_iter().map(level).collect()))
}

/// The level of a row in use.
fn level_at(column: &Column, row: usize) -> Level {
    let number = match column {
        Column::Real(values) => Some(values[row]),
        _ => None,
    };
    Level::new(column.label(row).expect("the sample dropped missing values"), number)
}

/// The place of a level asked for: the same text, or the same number.
fn place_of(asked: &str, levels: &[Level], column: &str, frame: &Frame) -> Result<usize> {
    let wanted = asked.parse::<f64>().ok();
    let number = |level: &Level| level.number().or_else(|| level.label().parse().ok());
    let same = |level: &Level| level.label() == asked || (wanted.is_some() && number(level) == wanted);
    levels.iter().position(same).ok_or_else(|| {
        if frame.contains(asked) {
            return Error::Formula {
                formula: format!("i({column}, {asked})"),
                position: column.len() + 4,
                expected: format!(
                    "a level of `{column}`; to multiply with the column write `i({column}):{asked}`"
                ),
            };
        }
        let available = levels.iter().map(Level::to_string).collect();
        Error::UnknownLevel { column: column.to_string(), level: asked.to_string(), available }
    })
}
