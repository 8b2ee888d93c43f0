//! Words, path separators and marks, each with its line.

/// One token of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// The line, counted from one.
    pub(crate) line: usize,
    /// What it is.
    pub(crate) kind: Kind,
}

/// The kinds of token the surveys tell apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// An identifier, a keyword or a number.
    Word(String),
    /// `::`.
    Separator,
    /// `->` and `=>`, kept apart so that their `>` closes no bracket.
    Arrow,
    /// Any other character.
    Mark(char),
}

impl Token {
    /// Whether this is the given word.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(found) if found == word)
    }

    /// Whether this is the given mark.
    pub(crate) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }

    /// The word, if it is one.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The tokens of code whose comments and literals are blank already.
pub(super) fn of(code: &str) -> Vec<Token> {
    code.lines().enumerate().flat_map(|(index, text)| in_line(text, index + 1)).collect()
}

/// The tokens of one line; none of them reaches into the next.
fn in_line(text: &str, line: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (kind, width) = if is_word_character(first) {
            let word: String = rest.chars().take_while(|&c| is_word_character(c)).collect();
            let width = word.len();
            (Kind::Word(word), width)
        } else if rest.starts_with("::") {
            (Kind::Separator, 2)
        } else if rest.starts_with("->") || rest.starts_with("=>") {
            (Kind::Arrow, 2)
        } else {
            (Kind::Mark(first), first.len_utf8())
        };
        tokens.push(Token { line, kind });
        rest = rest[width..].trim_start();
    }
    tokens
}

/// Whether a character can stand in an identifier.
fn is_word_character(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_separators_and_marks_carry_their_line() {
        let tokens = of("use a::b;\n\nfn f() -> T");
        let lines: Vec<usize> = tokens.iter().map(|token| token.line).collect();
        assert_eq!(lines, [1, 1, 1, 1, 1, 3, 3, 3, 3, 3, 3]);
        assert!(tokens[0].is_word("use") && tokens[4].is_mark(';'));
        assert_eq!(tokens[2].kind, Kind::Separator);
        assert_eq!(tokens[9].kind, Kind::Arrow);
        assert_eq!(tokens[10].word(), Some("T"));
    }

    #[test]
    fn letters_beyond_ascii_belong_to_words() {
        assert_eq!(of("β_1 + é")[0].word(), Some("β_1"));
    }
}
