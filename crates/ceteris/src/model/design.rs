//! What a specification reads of a frame: its rows, its terms and its effects.

use std::borrow::Cow;

use super::coding::whole;
use super::{Effect, Ols, Term, Variable, magnitude};
use crate::absorb::Block;
use crate::error::{Error, Result};
use crate::frame::{Column, Encoder, Frame, Interaction, Sample, SampleRules};

impl Ols {
    /// The rows of a frame that the specification can use, before singletons.
    ///
    /// # Errors
    /// Those of [`Sample::new`].
    pub fn sample(&self, frame: &Frame) -> Result<Sample> {
        sample(self, frame)
    }
}

/// The rows that a specification can use, before singletons.
pub(crate) fn sample(ols: &Ols, frame: &Frame) -> Result<Sample> {
    ols.effects().iter().try_for_each(not_empty)?;
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
    let required = ols.required().iter().flat_map(Interaction::columns);
    rules.present.extend(required.map(String::as_str));
    Sample::new(frame, &rules)
}

/// Refuses an effect without intercepts and without slopes.
fn not_empty(effect: &Effect) -> Result<()> {
    if effect.has_intercept() || !effect.slopes().is_empty() {
        return Ok(());
    }
    Err(Error::InvalidSetting {
        setting: "effect",
        value: format!("`{}` without intercepts and without slopes", effect.interaction()),
        must: "an intercept or a slope for each level",
    })
}

/// Where the columns of a term come from: two columns of one origin and the same levels are the same,
/// whichever level their terms leave out.
pub(crate) fn origin(term: &Term, frame: &Frame) -> Result<Term> {
    let variables = term.variables().iter().map(|variable| whole(variable, frame));
    Ok(Term::product(variables.collect::<Result<_>>()?))
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
