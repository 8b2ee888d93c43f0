//! Tokens into a specification, by recursive descent: one function per rule of the grammar.

use std::str::FromStr;

use super::lexer::{Placed, Token, tokens};
use crate::error::{Error, Result};
use crate::frame::Interaction;
use crate::model::{Effect, Ols, Term, Variable, fe};

impl FromStr for Ols {
    type Err = Error;

    /// Reads a formula.
    ///
    /// # Errors
    /// [`Error::Formula`] with the place of the first mistake.
    fn from_str(formula: &str) -> Result<Self> {
        Parser { formula, tokens: tokens(formula)?, next: 0, depth: 0 }.formula()
    }
}

struct Parser<'a> {
    formula: &'a str,
    tokens: Vec<Placed>,
    next: usize,
    /// Open parentheses, so that no text can exhaust the stack.
    depth: usize,
}

/// More parentheses than this are no formula.
const DEEPEST: usize = 50;
/// More terms than this come from a slip such as many `*` in a row.
const MOST_TERMS: usize = 4096;

/// Terms of a sum, and what it says about the intercept.
#[derive(Default)]
struct Sum {
    terms: Vec<Term>,
    intercept: Option<bool>,
}

impl Parser<'_> {
    fn peek(&self) -> &Token {
        &self.tokens[self.next].token
    }

    fn advance(&mut self) -> Token {
        let token = self.peek().clone();
        self.next = (self.next + 1).min(self.tokens.len() - 1);
        token
    }

    fn accept(&mut self, symbol: char) -> bool {
        let found = *self.peek() == Token::Symbol(symbol);
        if found {
            self.advance();
        }
        found
    }

    fn error<T>(&self, expected: impl Into<String>) -> Result<T> {
        let position = self.tokens[self.next].position;
        Err(Error::Formula { formula: self.formula.to_string(), position, expected: expected.into() })
    }

    fn expect(&mut self, symbol: char, role: &str) -> Result<()> {
        if self.accept(symbol) { Ok(()) } else { self.error(format!("expected `{symbol}` {role}")) }
    }

    fn name(&mut self, role: &str) -> Result<String> {
        match self.peek().clone() {
            Token::Name(name) => {
                self.advance();
                Ok(name)
            }
            _ => self.error(format!("expected {role}")),
        }
    }

    fn formula(mut self) -> Result<Ols> {
        let outcome = self.variable("the outcome, as in `outcome ~ regressors | effects`")?;
        if matches!(outcome, Variable::Indicators { .. } | Variable::Since(..)) {
            self.next = 0;
            return self.error("the outcome must be a column, a logarithm or a power");
        }
        self.expect('~', "after the outcome")?;
        let sum = self.sum()?;
        let mut ols = Ols::new(outcome).regress_on(sum.terms);
        if sum.intercept == Some(false) {
            ols = ols.without_intercept();
        }
        if self.accept('|') {
            ols = ols.absorb(self.effects()?);
        }
        if *self.peek() != Token::End {
            return self.error("expected `+`, `|` or the end of the formula");
        }
        Ok(ols)
    }

    fn sum(&mut self) -> Result<Sum> {
        let mut sum = Sum::default();
        let mut negative = self.accept('-');
        loop {
            self.summand(negative, &mut sum)?;
            negative = match self.peek() {
                Token::Symbol('+') => false,
                Token::Symbol('-') => true,
                _ => return Ok(sum),
            };
            self.advance();
        }
    }

    /// One product, or `1` or `0` for the intercept.
    fn summand(&mut self, negative: bool, sum: &mut Sum) -> Result<()> {
        let constant = match self.peek() {
            Token::Number(number) if number == "1" => Some(true),
            Token::Number(number) if number == "0" => Some(false),
            _ => None,
        };
        if let Some(one) = constant {
            self.advance();
            sum.intercept = Some(one != negative);
            return Ok(());
        }
        if negative {
            return self.error("only the intercept can be taken out, as in `- 1`");
        }
        for term in self.product()? {
            if !sum.terms.contains(&term) {
                sum.terms.push(term);
            }
        }
        if sum.terms.len() > MOST_TERMS {
            self.error(format!("more than {MOST_TERMS} terms"))
        } else {
            Ok(())
        }
    }

    fn product(&mut self) -> Result<Vec<Term>> {
        let mut terms = self.factor()?;
        while self.accept('*') {
            let others = self.factor()?;
            let both = self.pairs(&terms, &others)?;
            terms.extend(others);
            terms.extend(both);
        }
        Ok(terms)
    }

    fn factor(&mut self) -> Result<Vec<Term>> {
        let mut terms = self.atom()?;
        while self.accept(':') {
            let others = self.atom()?;
            terms = self.pairs(&terms, &others)?;
        }
        Ok(terms)
    }

    fn pairs(&self, terms: &[Term], others: &[Term]) -> Result<Vec<Term>> {
        if terms.len() * others.len() > MOST_TERMS {
            return self.error(format!("more than {MOST_TERMS} terms"));
        }
        Ok(terms.iter().flat_map(|a| others.iter().map(|b| a.clone().by(b.clone()))).collect())
    }

    fn atom(&mut self) -> Result<Vec<Term>> {
        if self.accept('(') {
            self.deepen()?;
            let sum = self.sum()?;
            if sum.intercept.is_some() {
                return self.error("the intercept cannot stand inside parentheses");
            }
            self.expect(')', "to close the parenthesis")?;
            self.depth -= 1;
            return Ok(sum.terms);
        }
        if *self.peek() == Token::Name("i".to_string()) && self.opens_call() {
            return Ok(vec![self.indicators()?]);
        }
        Ok(vec![Term::from(self.variable("a regressor")?)])
    }

    fn opens_call(&self) -> bool {
        self.tokens.get(self.next + 1).is_some_and(|placed| placed.token == Token::Symbol('('))
    }

    fn variable(&mut self, role: &str) -> Result<Variable> {
        let call = self.opens_call();
        let name = self.name(role)?;
        if call {
            return self.call(&name);
        }
        if !self.accept('^') {
            return Ok(Variable::Column(name));
        }
        match self.peek().clone() {
            Token::Number(number) if number.parse::<u32>().is_ok_and(|power| power >= 1) => {
                self.advance();
                Ok(Variable::Power(name, number.parse().expect("just parsed")))
            }
            _ => self.error("expected a whole power; among effects, after `|`, `^` makes interactions"),
        }
    }

    /// Enters a parenthesis; the stack holds only so many.
    fn deepen(&mut self) -> Result<()> {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.error(format!("more than {DEEPEST} open parentheses"))
        } else {
            Ok(())
        }
    }

    fn call(&mut self, function: &str) -> Result<Variable> {
        if !matches!(function, "log" | "since" | "I") {
            self.next -= 1;
            return self
                .error(format!("`{function}` is not a function; there are i(), log(), since() and I()"));
        }
        self.expect('(', "after the function")?;
        self.deepen()?;
        let variable = match function {
            "log" => Variable::Log(self.name("a column inside `log()`")?),
            "I" => self.variable("a column or a power inside `I()`")?,
            _ => {
                let column = self.name("a column inside `since()`")?;
                self.expect(',', "between the column and the value of `since()`")?;
                Variable::Since(column, self.signed_number()?)
            }
        };
        self.expect(')', "to close the function")?;
        self.depth -= 1;
        Ok(variable)
    }

    fn signed_number(&mut self) -> Result<f64> {
        let sign = if self.accept('-') { -1.0 } else { 1.0 };
        let Token::Number(number) = self.peek().clone() else {
            return self.error("expected a number");
        };
        let size: f64 = number.parse().expect("the lexer checked that it is a number");
        if size.is_infinite() {
            return self.error("expected a finite number");
        }
        self.advance();
        Ok(sign * size)
    }

    /// `i(f)`, `i(f, ref)`, `i(f, ref = level)`, `i(f, x, ref)`, `i(f, x, ref = level)`.
    fn indicators(&mut self) -> Result<Term> {
        self.advance();
        self.expect('(', "after `i`")?;
        let column = self.name("a column inside `i()`")?;
        let mut multiplier = None;
        let mut reference = None;
        if self.accept(',') {
            let second_of_three = matches!(self.peek(), Token::Name(_))
                && self.tokens.get(self.next + 1).is_some_and(|placed| placed.token == Token::Symbol(','));
            if second_of_three {
                multiplier = Some(self.name("a column to multiply with")?);
                self.expect(',', "before the reference")?;
            }
            reference = Some(self.level()?);
        }
        self.expect(')', "to close `i()`")?;
        let term = Term::from(Variable::Indicators { column, reference });
        Ok(match multiplier {
            Some(multiplier) => term.by(multiplier),
            None => term,
        })
    }

    /// A level, with or without `ref =` before it.
    fn level(&mut self) -> Result<String> {
        let keyword = *self.peek() == Token::Name("ref".to_string());
        if keyword && self.tokens.get(self.next + 1).is_some_and(|p| p.token == Token::Symbol('=')) {
            self.advance();
            self.advance();
        }
        let sign = if self.accept('-') { "-" } else { "" };
        match self.peek().clone() {
            Token::Number(level) => {
                self.advance();
                Ok(format!("{sign}{level}"))
            }
            Token::Text(level) | Token::Name(level) if sign.is_empty() => {
                self.advance();
                Ok(level)
            }
            _ => self.error("expected the reference level"),
        }
    }

    fn effects(&mut self) -> Result<Vec<Effect>> {
        let mut effects = vec![self.effect()?];
        while self.accept('+') {
            effects.push(self.effect()?);
        }
        Ok(effects)
    }

    /// A name that stands for itself, whatever is in it.
    fn effect_column(&mut self, role: &str) -> Result<Interaction> {
        Ok(Interaction::of([self.name(role)?]))
    }

    fn effect(&mut self) -> Result<Effect> {
        let mut effect = fe(self.effect_column("an effect")?);
        while self.accept('^') {
            effect = effect.by(self.effect_column("a column to interact the effect with")?);
        }
        if !self.accept('[') {
            return Ok(effect);
        }
        let slopes_only = self.accept('[');
        effect = effect.slope(self.name("a column that has a slope in each level")?);
        while self.accept(',') {
            effect = effect.slope(self.name("a column that has a slope in each level")?);
        }
        self.expect(']', "to close the slopes")?;
        if slopes_only {
            self.expect(']', "to close the slopes")?;
            effect = effect.without_intercept();
        }
        Ok(effect)
    }
}
