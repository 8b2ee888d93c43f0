//! Which levels of the categories of a specification have a column.
//!
//! In a product, a category has an indicator for each level but the first if what it is multiplied with is in
//! the model too; else one for every level, since no other column stands for the first. What is left of a
//! category that stands alone is the constant: of a model without one, the first category has all its levels.
//! This is the coding of R, fixest and patsy (Chambers and Hastie 1992, section 2.4.1). An absorbed effect stands
//! for the terms that it spans.
//!
//! | formula | levels of `g` |
//! |---|---|
//! | `g + x:g`, `x:g` | all in `x:g` |
//! | `g*x` | all but the first, in `g` and in `g:x` |
//! | `g - 1` | all |
//! | `x:g \| g` | all |

use std::collections::HashSet;

use super::{Effect, Ols, Term, Variable};
use crate::error::{Error, Result};
use crate::frame::{CategoryColumn, Column, Frame, Interaction, Sample};

/// A term as the specification has it, and with [`Variable::Indicators`] in the place of each category that has all
/// its levels.
pub(super) struct CodedTerm {
    pub(super) written: Term,
    pub(super) coded: Term,
}

/// The terms of the right-hand side, the intercept first if there is one.
///
/// # Errors
/// [`Error::UnknownColumn`]; [`Error::DoubtfulCategory`] for a category that was hardly meant as one.
pub(super) fn coded_terms(ols: &Ols, frame: &Frame, sample: &Sample) -> Result<Vec<CodedTerm>> {
    let absorbed = ols.effects().iter().any(Effect::has_intercept);
    let intercept = (ols.has_intercept() && !absorbed).then(Term::intercept);
    let terms: Vec<Term> = intercept.into_iter().chain(ols.terms().iter().cloned()).collect();
    let mut coding = Coding::new(ols, frame, &terms)?;
    terms.into_iter().map(|term| coding.of(term, sample)).collect()
}

/// A variable whichever level it leaves out: by this, two are the same in a product.
pub(super) fn whole(variable: &Variable, frame: &Frame) -> Result<Variable> {
    let is_category = |name: &String| Ok(matches!(frame.column(name)?, Column::Category(_)));
    Ok(match variable {
        Variable::Indicators { column, .. } => Variable::indicators(column.as_str()).into(),
        Variable::Column(column) if is_category(column)? => Variable::indicators(column.as_str()).into(),
        other => other.clone(),
    })
}

/// A product whatever the order of its variables.
type Product = Vec<String>;

fn product(variables: impl IntoIterator<Item = Variable>) -> Product {
    let mut parts: Vec<String> = variables.into_iter().map(|variable| variable.to_string()).collect();
    parts.sort_unstable();
    parts
}

/// What is known of a specification while its terms are coded one after another.
struct Coding<'a> {
    frame: &'a Frame,
    /// The products that are terms or slopes of effects.
    present: HashSet<Product>,
    /// The effects that have intercepts: the products of their columns' levels.
    absorbed: Vec<Product>,
    /// Whether the intercept, an effect or the terms so far stand for a constant.
    has_constant: bool,
}

impl<'a> Coding<'a> {
    fn new(ols: &Ols, frame: &'a Frame, terms: &[Term]) -> Result<Self> {
        let of_term = |term: &Term| {
            let variables = term.variables().iter().map(|variable| whole(variable, frame));
            Ok(product(variables.collect::<Result<Vec<_>>>()?))
        };
        let mut present = terms.iter().map(of_term).collect::<Result<HashSet<Product>>>()?;
        let levels = |of: &Interaction| -> Vec<Variable> {
            of.columns().iter().map(|column| Variable::indicators(column.as_str()).into()).collect()
        };
        for effect in ols.effects() {
            let slopes = effect.slopes().iter().map(|slope| Variable::Column(slope.clone()));
            present
                .extend(slopes.map(|slope| product(levels(effect.interaction()).into_iter().chain([slope]))));
        }
        let absorbed: Vec<Product> = ols
            .effects()
            .iter()
            .filter(|effect| effect.has_intercept())
            .map(|effect| product(levels(effect.interaction())))
            .collect();
        let has_constant = ols.has_intercept() || !absorbed.is_empty();
        Ok(Self { frame, present, absorbed, has_constant })
    }

    /// Whether a product of variables is spanned by a term or an effect.
    fn spans(&self, product: &Product) -> bool {
        if product.is_empty() {
            return self.has_constant;
        }
        let inside = |effect: &Product| product.iter().all(|variable| effect.contains(variable));
        self.present.contains(product) || self.absorbed.iter().any(inside)
    }

    fn of(&mut self, written: Term, sample: &Sample) -> Result<CodedTerm> {
        let variables = written
            .variables()
            .iter()
            .map(|variable| whole(variable, self.frame))
            .collect::<Result<Vec<_>>>()?;
        let mut coded = Vec::with_capacity(variables.len());
        for (place, variable) in written.variables().iter().enumerate() {
            let Variable::Column(name) = variable else {
                coded.push(variable.clone());
                continue;
            };
            let Column::Category(category) = self.frame.column(name)? else {
                coded.push(variable.clone());
                continue;
            };
            check_meant(name, category, sample)?;
            let others = variables.iter().enumerate().filter(|(other, _)| *other != place);
            let spanned = self.spans(&product(others.map(|(_, other)| other.clone())));
            coded.push(if spanned { variable.clone() } else { variables[place].clone() });
        }
        let every_level =
            |variable: &Variable| matches!(variable, Variable::Indicators { reference: None, .. });
        self.has_constant |= coded.iter().all(every_level);
        Ok(CodedTerm { written, coded: Term::product(coded) })
    }
}

/// A category of up to this many levels is taken as one, however few the rows.
const FEW_LEVELS: usize = 50;
/// Beyond these a category needs so many rows for each level.
const ROWS_PER_LEVEL: usize = 20;

/// Refuses a category that is most likely a column of numbers, or of names, read as text.
fn check_meant(name: &str, category: &CategoryColumn, sample: &Sample) -> Result<()> {
    let levels = category.levels();
    let numbers = levels.iter().filter(|level| looks_like_a_number(level)).count();
    let many = levels.len() > FEW_LEVELS && {
        let mut used = vec![false; levels.len()];
        let codes = sample.rows().iter().filter_map(|&row| category.code(row as usize));
        codes.for_each(|code| used[code as usize] = true);
        let used = used.iter().filter(|used| **used).count();
        used > FEW_LEVELS && used * ROWS_PER_LEVEL > sample.len()
    };
    if 2 * numbers <= levels.len() && !many {
        return Ok(());
    }
    Err(Error::DoubtfulCategory {
        column: name.to_string(),
        levels: levels.len(),
        example: levels
            .iter()
            .find(|level| numbers == 0 || looks_like_a_number(level))
            .cloned()
            .unwrap_or_default(),
    })
}

/// `7`, `-7.5`, `7,25`, `1,250`, `7.25%`, `1e-3`.
fn looks_like_a_number(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['-', '+']);
    let text = text.trim_end_matches('%').trim_end();
    let digits =
        text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | ' ' | '_' | '\u{a0}'));
    let starts = text.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    starts && text.contains(|c: char| c.is_ascii_digit()) && (digits || text.parse::<f64>().is_ok())
}
