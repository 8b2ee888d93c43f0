//! Text into tokens, each with the place where it stands.

use crate::error::{Error, Result};

/// The smallest meaningful piece of a formula.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(String),
    Text(String),
    Symbol(char),
    End,
}

/// A token and the character where it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) token: Token,
    pub(super) position: usize,
}

const SYMBOLS: &str = "~|+-*:^()[],=";

/// Splits a formula into tokens; the last one is [`Token::End`].
pub(super) fn tokens(formula: &str) -> Result<Vec<Placed>> {
    let characters: Vec<char> = formula.chars().collect();
    let mut placed = Vec::new();
    let mut position = 0;
    while position < characters.len() {
        let first = characters[position];
        let begins = position;
        let token = if first.is_whitespace() {
            position += 1;
            continue;
        } else if SYMBOLS.contains(first) {
            position += 1;
            Token::Symbol(first)
        } else if matches!(first, '`' | '"' | '\'') {
            let text = quoted(formula, &characters, position)?;
            position += text.chars().count() + 2;
            if first == '`' { Token::Name(text) } else { Token::Text(text) }
        } else {
            let word: String = characters[position..].iter().take_while(|c| is_word(**c)).collect();
            if word.is_empty() {
                let expected =
                    format!("`{first}` has no meaning here; quote names that contain it in backquotes");
                return Err(Error::Formula { formula: formula.to_string(), position, expected });
            }
            position += word.chars().count();
            if word.parse::<f64>().is_ok() && starts_number(first) {
                Token::Number(word)
            } else {
                Token::Name(word)
            }
        };
        placed.push(Placed { token, position: begins });
    }
    placed.push(Placed { token: Token::End, position: characters.len() });
    Ok(placed)
}

/// Whether a character may stand in a name without backquotes.
pub(super) fn is_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '.'
}

/// Names such as `inf` and `nan` read as numbers but are names.
pub(super) fn starts_number(first: char) -> bool {
    first.is_ascii_digit() || first == '.'
}

fn quoted(formula: &str, characters: &[char], open: usize) -> Result<String> {
    let quote = characters[open];
    let text: String = characters[open + 1..].iter().take_while(|c| **c != quote).collect();
    let closed = open + 1 + text.chars().count() < characters.len();
    if closed && !text.is_empty() {
        return Ok(text);
    }
    let expected =
        if closed { "a name between the quotes" } else { "the quote that opens here is not closed" };
    Err(Error::Formula { formula: formula.to_string(), position: open, expected: expected.to_string() })
}
