//! Comments and literals become spaces; every other byte and every line break stays where it is.
//!
//! Known to the reader: line comments, nested block comments, strings with escapes, raw strings
//! with any number of `#`, their byte and C forms, characters (told from lifetimes), raw
//! identifiers (which are not raw strings).

/// The code of a file, as long as the file and with the same lines.
pub(super) fn code(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(end) = prose_end(bytes, at) {
            for byte in &mut out[at..end] {
                if *byte != b'\n' {
                    *byte = b' ';
                }
            }
            at = end;
        } else {
            at = word_end(bytes, at).max(at + 1);
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Whether a byte can stand inside an identifier; bytes of letters beyond ASCII count.
fn in_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// The end of the identifier or number that starts here; the start itself if none does.
fn word_end(bytes: &[u8], at: usize) -> usize {
    at + bytes[at..].iter().take_while(|&&byte| in_word(byte)).count()
}

/// The end of the comment or literal that starts here, if one does.
///
/// `at` must not lie inside an identifier: there, `r"` and `b'` mean something else.
fn prose_end(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    match rest {
        [b'/', b'/', ..] => Some(at + rest.iter().take_while(|&&byte| byte != b'\n').count()),
        [b'/', b'*', ..] => Some(block_end(bytes, at)),
        [b'"', ..] => Some(quoted_end(bytes, at + 1, b'"')),
        [b'\'', ..] => character_end(bytes, at),
        [b'b' | b'c' | b'r', ..] => prefixed_end(bytes, at),
        _ => None,
    }
}

/// The end of a block comment; such comments nest.
fn block_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while at < bytes.len() {
        match &bytes[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    bytes.len()
}

/// The end of a quoted literal whose first inner byte is at `at`; a backslash escapes one byte.
fn quoted_end(bytes: &[u8], mut at: usize, quote: u8) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of a character literal, or nothing for a lifetime or a label.
fn character_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at + 1) == Some(&b'\\') {
        return Some(quoted_end(bytes, at + 1, b'\''));
    }
    let first = *bytes.get(at + 1)?;
    let width = match first {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    };
    let closes = bytes.get(at + 1 + width) == Some(&b'\'') && first != b'\'';
    closes.then_some(at + 2 + width)
}

/// The end of a literal with a prefix: `b"`, `b'`, `c"`, `r"`, `r#"`, `br"`, `cr##"`.
fn prefixed_end(bytes: &[u8], at: usize) -> Option<usize> {
    let letters = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let after = at + letters;
    match (&bytes[at..after], bytes.get(after)?) {
        (b"b" | b"c", b'"') => Some(quoted_end(bytes, after + 1, b'"')),
        (b"b", b'\'') => Some(quoted_end(bytes, after + 1, b'\'')),
        (b"r" | b"br" | b"cr", b'"' | b'#') => raw_end(bytes, after),
        _ => None,
    }
}

/// The end of a raw string whose `#` signs start at `at`, or nothing for a raw identifier.
fn raw_end(bytes: &[u8], at: usize) -> Option<usize> {
    let signs = bytes[at..].iter().take_while(|&&byte| byte == b'#').count();
    if bytes.get(at + signs) != Some(&b'"') {
        return None;
    }
    let mut close = vec![b'"'];
    close.resize(1 + signs, b'#');
    let inner = at + signs + 1;
    let found = bytes[inner..].windows(close.len()).position(|window| window == close);
    Some(found.map_or(bytes.len(), |offset| inner + offset + close.len()))
}

#[cfg(test)]
mod tests {
    use super::code;

    /// The code with runs of spaces shortened to one.
    fn words(text: &str) -> String {
        code(text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn comments_go_and_lines_stay() {
        assert_eq!(code("a // b\nc"), "a     \nc");
        assert_eq!(code("/// doc\n//! doc\nx"), "       \n       \nx");
        assert_eq!(words("a /* b /* c */ d */ e"), "a e");
        assert_eq!(code("/* a\nb */c").lines().count(), 2);
    }

    #[test]
    fn strings_of_every_form_go() {
        assert_eq!(words(r#"f("a \" // b", c)"#), "f( , c)");
        assert_eq!(words(r###"f(r"\", r#"a " b"#, br##"x"# y"##) z"###), "f( , , ) z");
        assert_eq!(words(r#"f(b"x", c"y", b'"', b'\'') z"#), "f( , , , ) z");
    }

    #[test]
    fn characters_go_and_lifetimes_stay() {
        assert_eq!(words(r#"f('"', '\'', '\u{e9}', 'é') z"#), "f( , , , ) z");
        assert_eq!(words("fn f<'a>(x: &'a str)"), "fn f<'a>(x: &'a str)");
        assert_eq!(words("'outer: loop {}"), "'outer: loop {}");
    }

    #[test]
    fn identifiers_that_end_like_a_prefix_are_not_prefixes() {
        assert_eq!(words(r#"for r in attr"x" "#), "for r in attr");
        assert_eq!(words("r#type + br + b"), "r#type + br + b");
    }

    #[test]
    fn an_unclosed_literal_ends_with_the_file() {
        assert_eq!(words("a \"b"), "a");
        assert_eq!(words("a /* b"), "a");
        assert_eq!(words("a r#\"b\""), "a");
    }
}
