//! From terms to columns: the design of a regression over the rows of a sample.

use std::borrow::Cow;

use super::{Effect, Ols, Term, Variable, magnitude};
use crate::absorb::Block;
use crate::error::{Error, Result};
use crate::frame::{Column, Encoder, Factor, Frame, Sample, SampleRules};
use crate::special::double_double::DoubleDouble;

/// The name of the intercept.
pub(crate) const INTERCEPT: &str = "(Intercept)";

/// A named column over the rows of a sample.
pub(crate) struct Named<'a> {
    pub(crate) name: String,
    /// Those of the frame itself where its rows are all in use.
    pub(crate) values: Cow<'a, [f64]>,
    /// What rounding the values to doubles cut off, where that is known and may matter: the tenth
    /// power of a column, rounded, has lost eight digits of a polynomial's coefficients.
    pub(crate) rest: Option<Vec<f64>>,
}

impl<'a> Named<'a> {
    fn new(name: impl Into<String>, values: impl Into<Cow<'a, [f64]>>) -> Self {
        Self { name: name.into(), values: values.into(), rest: None }
    }
}

/// The rows that a specification can use, before singletons.
pub(crate) fn sample(ols: &Ols, frame: &Frame) -> Result<Sample> {
    let mut rules =
        SampleRules { conditions: ols.conditions(), weights: ols.chosen_weights(), ..Default::default() };
    let regressors = ols.terms().iter().flat_map(Term::variables);
    for variable in std::iter::once(ols.outcome()).chain(regressors) {
        let name = variable.column();
        let any_kind = match variable {
            Variable::Indicators { .. } => true,
            Variable::Column(_) => {
                variable != ols.outcome() && matches!(frame.column(name)?, Column::Category(_))
            }
            _ => false,
        };
        let list = if any_kind { &mut rules.present } else { &mut rules.reals };
        list.push(name);
    }
    for effect in ols.effects() {
        rules.present.extend(effect.columns().iter().map(String::as_str));
        rules.reals.extend(effect.slopes().iter().map(String::as_str));
    }
    let required = ols.required().iter().flat_map(|name| name.split('^'));
    rules.present.extend(required.map(str::trim));
    Sample::new(frame, &rules)
}

/// The terms of the right-hand side, the intercept first if there is one.
pub(crate) fn terms(ols: &Ols) -> Vec<Term> {
    let intercept = ols.has_intercept() && !ols.effects().iter().any(Effect::has_intercept);
    intercept.then(|| Term::product(Vec::new())).into_iter().chain(ols.terms().iter().cloned()).collect()
}

/// Where the columns of a term come from: two columns of one name and one origin are the same, whichever
/// level their terms leave out.
pub(crate) fn origin(term: &Term, frame: &Frame) -> Result<Term> {
    let whole = |variable: &Variable| -> Result<Variable> {
        let is_category = |name: &String| Ok(matches!(frame.column(name)?, Column::Category(_)));
        Ok(match variable {
            Variable::Indicators { column, .. } => Variable::indicators(column.as_str()),
            Variable::Column(column) if is_category(column)? => Variable::indicators(column.as_str()),
            other => other.clone(),
        })
    };
    Ok(Term::product(term.variables().iter().map(whole).collect::<Result<_>>()?))
}

/// The effects over the rows in use.
pub(crate) fn blocks(ols: &Ols, frame: &Frame, sample: &Sample) -> Result<Vec<Block>> {
    let mut encoder = Encoder::new(frame, sample.rows());
    let block = |effect: &Effect| {
        let slope = |name: &String| {
            let values = gather(frame.real(name)?, sample).into_owned();
            magnitude::check(name, &values).map(|()| values)
        };
        Ok(Block {
            name: effect.to_string(),
            factor: encoder.interaction(effect.columns())?,
            intercept: effect.has_intercept(),
            slopes: effect.slopes().iter().map(slope).collect::<Result<_>>()?,
        })
    };
    ols.effects().iter().map(block).collect()
}

/// The values of a column in the rows in use.
pub(crate) fn gather<'a>(values: &'a [f64], sample: &Sample) -> Cow<'a, [f64]> {
    match sample.is_whole() {
        true => values.into(),
        false => sample.rows().iter().map(|&row| values[row as usize]).collect(),
    }
}

/// The columns of a product: one for each choice of one column from each variable. The product of no variable
/// is the intercept.
pub(crate) fn expand<'a>(term: &Term, frame: &'a Frame, sample: &Sample) -> Result<Vec<Named<'a>>> {
    let [first, others @ ..] = term.variables() else {
        return Ok(vec![Named::new(INTERCEPT, vec![1.0; sample.len()])]);
    };
    let mut product = expand_variable(first, frame, sample)?;
    for variable in others {
        product = multiply(&product, &expand_variable(variable, frame, sample)?);
    }
    Ok(product)
}

fn multiply(left: &[Named<'_>], right: &[Named<'_>]) -> Vec<Named<'static>> {
    let pair = |a: &Named<'_>, b: &Named<'_>| {
        let values = a.values.iter().zip(b.values.iter()).map(|(x, y)| x * y).collect::<Vec<f64>>();
        Named::new(format!("{}:{}", a.name, b.name), values)
    };
    left.iter().flat_map(|a| right.iter().map(move |b| pair(a, b))).collect()
}

fn expand_variable<'a>(variable: &Variable, frame: &'a Frame, sample: &Sample) -> Result<Vec<Named<'a>>> {
    let real = |column: &str, change: &dyn Fn(f64) -> f64| -> Result<Vec<Named<'a>>> {
        let mut values = gather(frame.real(column)?, sample).into_owned();
        values.iter_mut().for_each(|x| *x = change(*x));
        Ok(vec![Named::new(column, values)])
    };
    let mut columns = match variable {
        Variable::Column(column) => match frame.column(column)? {
            Column::Real(values) => return Ok(vec![Named::new(column, gather(values, sample))]),
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
    columns[0].name = variable.to_string();
    let values = &columns[0].values;
    match values.iter().position(|x| !x.is_finite()) {
        None => Ok(columns),
        Some(i) => {
            let row = sample.rows()[i] as usize;
            Err(Error::NonFinite { column: variable.to_string(), row, value: values[i] })
        }
    }
}

/// Powers by repeated multiplication in doubled precision, left to right.
fn powers(values: &[f64], power: u32) -> Vec<Named<'static>> {
    let power_of = |&x: &f64| (1..power).fold(DoubleDouble::from(x), |product, _| product * x);
    let exact: Vec<DoubleDouble> = values.iter().map(power_of).collect();
    let mut column = Named::new("", exact.iter().map(|x| x.to_f64()).collect::<Vec<f64>>());
    column.rest = Some(exact.iter().map(|x| x.rest()).collect());
    vec![column]
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
) -> Result<Vec<Named<'static>>> {
    let column = frame.column(name)?;
    let factor = Factor::from_columns(frame, &[name.to_string()], sample.rows())?;
    let mut labels = vec![String::new(); factor.nlevels()];
    for (i, &level) in factor.codes().iter().enumerate() {
        if labels[level as usize].is_empty() {
            labels[level as usize] = column.label(sample.rows()[i] as usize).unwrap_or_default();
        }
    }
    let left_out = match reference {
        Reference::None => None,
        Reference::First => Some(0),
        Reference::Level(level) => Some(place_of(level, &labels, name, frame)?),
    };
    let indicator = |level: usize| {
        let values = factor.codes().iter().map(|&code| f64::from(u8::from(code as usize == level)));
        Named::new(format!("{name}::{}", labels[level]), values.collect::<Vec<f64>>())
    };
    Ok((0..labels.len()).filter(|level| Some(*level) != left_out).map(indicator).collect())
}

/// The place of a level among labels: the same text, or the same number.
fn place_of(level: &str, labels: &[String], column: &str, frame: &Frame) -> Result<usize> {
    let number = level.parse::<f64>().ok();
    let same = |label: &String| label == level || (number.is_some() && label.parse::<f64>().ok() == number);
    labels.iter().position(same).ok_or_else(|| {
        if frame.contains(level) {
            return Error::Formula {
                formula: format!("i({column}, {level})"),
                position: column.len() + 4,
                expected: format!(
                    "a level of `{column}`; to multiply with the column write `i({column}):{level}`"
                ),
            };
        }
        Error::UnknownLevel {
            column: column.to_string(),
            level: level.to_string(),
            available: labels.to_vec(),
        }
    })
}
