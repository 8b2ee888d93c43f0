//! From a term to its columns over the rows of a sample.

use std::borrow::Cow;

use super::design::gather;
use super::name::{CoefficientName, Level};
use super::{Term, Variable};
use crate::error::{Error, Result};
use crate::frame::{Column, Factor, Frame, Sample};
use crate::special::double_double::DoubleDouble;

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

/// The columns of a product: one for each choice of one column from each variable. The product of no variable
/// is the intercept.
pub(crate) fn expand<'a>(term: &Term, frame: &'a Frame, sample: &Sample) -> Result<Vec<Named<'a>>> {
    let mut product: Option<Vec<Part<'a>>> = None;
    for variable in term.variables() {
        let columns = of_variable(variable, frame, sample)?;
        product = Some(match product {
            None => columns,
            Some(sofar) => sofar.iter().flat_map(|a| columns.iter().map(move |b| a.times(b))).collect(),
        });
    }
    let ones = || vec![Part { levels: Vec::new(), values: vec![1.0; sample.len()].into(), rest: None }];
    let named = |Part { levels, values, rest }: Part<'a>| Named {
        name: CoefficientName::new(term.clone(), levels),
        values,
        rest,
    };
    Ok(product.unwrap_or_else(ones).into_iter().map(named).collect())
}

fn of_variable<'a>(variable: &Variable, frame: &'a Frame, sample: &Sample) -> Result<Vec<Part<'a>>> {
    let real = |column: &str, change: &dyn Fn(f64) -> f64| -> Result<Part<'a>> {
        let mut values = gather(frame.real(column)?, sample).into_owned();
        values.iter_mut().for_each(|x| *x = change(*x));
        Ok(Part::of(None, values))
    };
    let column = match variable {
        Variable::Column(column) => match frame.column(column)? {
            Column::Real(values) => return Ok(vec![Part::of(None, gather(values, sample))]),
            Column::Category(_) => return indicators(column, Reference::First, frame, sample),
        },
        Variable::Indicators { column, reference: None } => {
            return indicators(column, Reference::None, frame, sample);
        }
        Variable::Indicators { column, reference: Some(level) } => {
            return indicators(column, Reference::Level(level), frame, sample);
        }
        Variable::Log(column) => real(column, &f64::ln)?,
        Variable::Power(column, power) => powers(&gather(frame.real(column)?, sample), *power),
        Variable::Since(column, value) => real(column, &|x| f64::from(u8::from(x >= *value)))?,
    };
    match column.values.iter().position(|x| !x.is_finite()) {
        None => Ok(vec![column]),
        Some(i) => {
            let (row, value) = (sample.rows()[i] as usize, column.values[i]);
            Err(Error::NonFinite { column: variable.to_string(), row, value })
        }
    }
}

/// Powers by repeated multiplication in doubled precision, left to right.
fn powers(values: &[f64], power: u32) -> Part<'static> {
    let power_of = |&x: &f64| (1..power).fold(DoubleDouble::from(x), |product, _| product * x);
    let exact: Vec<DoubleDouble> = values.iter().map(power_of).collect();
    let mut column = Part::of(None, exact.iter().map(|x| x.to_f64()).collect::<Vec<f64>>());
    column.rest = Some(exact.iter().map(|x| x.rest()).collect());
    column
}

/// Which level has no indicator.
enum Reference<'a> {
    None,
    First,
    Level(&'a str),
}

/// One column per level that occurs in the sample, in the order of the levels.
fn indicators(
    name: &str,
    reference: Reference<'_>,
    frame: &Frame,
    sample: &Sample,
) -> Result<Vec<Part<'static>>> {
    let column = frame.column(name)?;
    let factor = Factor::from_columns(frame, &[name.to_string()], sample.rows())?;
    let mut levels: Vec<Option<Level>> = vec![None; factor.nlevels()];
    for (&level, &row) in factor.codes().iter().zip(sample.rows()) {
        levels[level as usize].get_or_insert_with(|| level_at(column, row as usize));
    }
    let left_out = match reference {
        Reference::None => None,
        Reference::First => Some(0),
        Reference::Level(level) => Some(place_of(level, &levels, name, frame)?),
    };
    let indicator = |(place, level): (usize, Option<Level>)| {
        let values = factor.codes().iter().map(|&code| f64::from(u8::from(code as usize == place)));
        Part::of(level, values.collect::<Vec<f64>>())
    };
    let wanted = levels.into_iter().enumerate().filter(|(place, _)| Some(*place) != left_out);
    Ok(wanted.map(indicator).collect())
}

/// The level of a row in use.
fn level_at(column: &Column, row: usize) -> Level {
    let number = match column {
        Column::Real(values) => Some(values[row]),
        Column::Category(_) => None,
    };
    Level::new(column.label(row).expect("the sample dropped missing values"), number)
}

/// The place of a level asked for: the same text, or the same number.
fn place_of(asked: &str, levels: &[Option<Level>], column: &str, frame: &Frame) -> Result<usize> {
    let wanted = asked.parse::<f64>().ok();
    let number = |level: &Level| level.number().or_else(|| level.label().parse().ok());
    let same = |level: &Level| level.label() == asked || (wanted.is_some() && number(level) == wanted);
    levels.iter().position(|level| level.as_ref().is_some_and(same)).ok_or_else(|| {
        if frame.contains(asked) {
            return Error::Formula {
                formula: format!("i({column}, {asked})"),
                position: column.len() + 4,
                expected: format!(
                    "a level of `{column}`; to multiply with the column write `i({column}):{asked}`"
                ),
            };
        }
        let available = levels.iter().flatten().map(Level::to_string).collect();
        Error::UnknownLevel { column: column.to_string(), level: asked.to_string(), available }
    })
}
