//! A specification as the formula that reads back to it.

use std::fmt;

use super::lexer::{is_word, starts_number};
use crate::model::name::INTERCEPT;
use crate::model::{Effect, Ols, Term, Variable};

/// A name, in backquotes unless it reads as one word.
struct Name<'a>(&'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.0.parse::<f64>().is_ok() && self.0.starts_with(starts_number);
        let plain = !self.0.is_empty() && self.0.chars().all(is_word) && !number;
        if plain { f.write_str(self.0) } else { write!(f, "`{}`", self.0) }
    }
}

/// A level: a number as it is, anything else in quotes, or in backquotes if it holds quotes of both kinds.
struct Level<'a>(&'a str);

impl fmt::Display for Level<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.strip_prefix('-').unwrap_or(self.0);
        let number = digits.parse::<f64>().is_ok() && digits.starts_with(starts_number);
        let plain = number && digits.chars().all(is_word);
        match (plain, self.0.contains('"'), self.0.contains('\'')) {
            (true, ..) => f.write_str(self.0),
            (false, false, _) => write!(f, "\"{}\"", self.0),
            (false, true, false) => write!(f, "'{}'", self.0),
            (false, true, true) => write!(f, "`{}`", self.0),
        }
    }
}

impl fmt::Display for Variable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Variable::Column(column) => write!(f, "{}", Name(column)),
            Variable::Log(column) => write!(f, "log({})", Name(column)),
            Variable::Power(column, power) => write!(f, "{}^{power}", Name(column)),
            Variable::Since(column, value) => write!(f, "since({}, {value})", Name(column)),
            Variable::Indicators { column, reference: None } => write!(f, "i({})", Name(column)),
            Variable::Indicators { column, reference: Some(level) } => {
                write!(f, "i({}, {})", Name(column), Level(level))
            }
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.variables() {
            [] => f.write_str(INTERCEPT),
            variables => write_joined(f, variables, ":"),
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<Name<'_>> = self.columns().iter().map(|column| Name(column)).collect();
        write_joined(f, &names, "^")?;
        if self.slopes().is_empty() {
            return Ok(());
        }
        let (open, close) = if self.has_intercept() { ("[", "]") } else { ("[[", "]]") };
        let slopes: Vec<Name<'_>> = self.slopes().iter().map(|column| Name(column)).collect();
        f.write_str(open)?;
        write_joined(f, &slopes, ", ")?;
        f.write_str(close)
    }
}

impl fmt::Display for Ols {
    /// The formula; conditions, weights and the solver are not part of it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ~ ", self.outcome())?;
        match (self.terms(), self.has_intercept()) {
            ([], true) => f.write_str("1")?,
            ([], false) => f.write_str("0")?,
            (terms, intercept) => {
                write_joined(f, terms, " + ")?;
                f.write_str(if intercept { "" } else { " - 1" })?;
            }
        }
        if !self.effects().is_empty() {
            f.write_str(" | ")?;
            write_joined(f, self.effects(), " + ")?;
        }
        Ok(())
    }
}

fn write_joined<T: fmt::Display>(f: &mut fmt::Formatter<'_>, parts: &[T], separator: &str) -> fmt::Result {
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            f.write_str(separator)?;
        }
        write!(f, "{part}")?;
    }
    Ok(())
}
