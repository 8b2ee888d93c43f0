//! Signs that a terminal obeys. Names and labels come from files of others, and are shown and not obeyed.

/// Stands for such a sign in lines of text.
const SHOWN: char = '\u{fffd}';

/// Whether a terminal obeys a sign: control characters, and those that turn the direction of writing.
fn is_obeyed(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Lines of text in which such signs are shown.
pub(crate) fn shown(text: &str) -> String {
    let shown = |sign: char| if is_obeyed(sign) && sign != '\n' { SHOWN } else { sign };
    text.chars().map(shown).collect()
}

/// The text on one line, with blanks for such signs.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|sign| if is_obeyed(sign) { ' ' } else { sign }).collect()
}

/// JSON in which every sign that a terminal obeys is written as `\u` and its number: they stand in texts only.
pub(crate) fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for sign in json.chars() {
        match is_obeyed(sign) {
            true => escaped.push_str(&format!("\\u{:04x}", u32::from(sign))),
            false => escaped.push(sign),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_json_reads_back() {
        let text = "a\u{9b}2J \u{202e}b\u{7f} \u{e9}";
        let json = escaped(&serde_json::to_string(text).expect("text"));
        assert!(!json.chars().any(is_obeyed), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).expect("JSON"), text);
    }
}
