//! The one font of all figures: which characters it has, how wide a text is, and no other font.

use std::sync::{Arc, LazyLock};

use resvg::usvg::{self, fontdb};

use crate::Error;

/// A part of DejaVu Sans 2.37; see `assets/README.md` for its origin and licence.
static FONT_FILE: &[u8] = include_bytes!("../../assets/DejaVuSans-Latin.ttf");

/// Name of the bundled font.
const BUNDLED: &str = "DejaVu Sans";

/// What an SVG asks for: the bundled font's name, a common one of the same width, any sans-serif.
pub(super) const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

/// The characters of the bundled font, as ranges with both ends.
const CHARACTERS: &[(char, char)] = &[
    (' ', '~'),
    ('\u{A0}', '\u{17F}'),
    ('\u{370}', '\u{377}'),
    ('\u{37A}', '\u{37F}'),
    ('\u{384}', '\u{38A}'),
    ('\u{38C}', '\u{38C}'),
    ('\u{38E}', '\u{3A1}'),
    ('\u{3A3}', '\u{3FF}'),
    ('\u{2010}', '\u{2027}'),
    ('\u{2030}', '\u{203A}'),
    ('\u{2044}', '\u{2044}'),
    ('\u{2070}', '\u{2071}'),
    ('\u{2074}', '\u{208E}'),
    ('\u{2090}', '\u{209C}'),
    ('€', '€'),
    ('←', '↔'),
    ('−', '−'),
    ('∞', '∞'),
    ('≈', '≈'),
    ('≠', '≠'),
    ('≤', '≥'),
];

/// Text is measured at this size and scaled, because advances are proportional to the size.
const MEASURED_AT: f64 = 100.0;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT_FILE.to_vec());
    fonts.set_sans_serif_family(BUNDLED);
    Arc::new(fonts)
});

/// Settings that read an SVG with the bundled font and never look for another.
pub(super) fn options() -> usvg::Options<'static> {
    usvg::Options { font_family: BUNDLED.to_owned(), fontdb: Arc::clone(&FONTS), ..usvg::Options::default() }
}

/// Refuses a text with a character that would be drawn as an empty box.
pub(super) fn check(text: &str) -> Result<(), Error> {
    let known = |c: char| CHARACTERS.iter().any(|(first, last)| (*first..=*last).contains(&c));
    match text.chars().find(|c| !known(*c)) {
        Some(character) => Err(Error::Character { text: text.to_owned(), character }),
        None => Ok(()),
    }
}

/// Width in pixels of a text set at `size` pixels, kerning included.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><text font-family=\"{BUNDLED}\" \
         font-size=\"{MEASURED_AT}\">{}</text></svg>",
        escaped(text)
    );
    let tree = usvg::Tree::from_str(&svg, &options()).expect("a text in an SVG is a valid SVG");
    let advance = tree.root().children().first().map_or(0.0, |node| node.bounding_box().width());
    f64::from(advance) * size / MEASURED_AT
}

/// The words of `text` in lines no wider than `most` pixels; a wider word gets its own line.
pub(super) fn wrapped(text: &str, size: f64, most: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (lines.last_mut(), longer) {
            (Some(line), Some(longer)) if width(&longer, size) <= most => *line = longer,
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Width of the widest of some texts.
pub(super) fn widest<'a>(texts: impl IntoIterator<Item = &'a str>, size: f64) -> f64 {
    texts.into_iter().map(|text| width(text, size)).fold(0.0, f64::max)
}

/// The text with the signs that XML reserves written as entities.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_equally_wide_and_width_grows_with_size() {
        assert_eq!(width("1111", 10.0), width("8888", 10.0));
        assert!((width("8888", 20.0) - 2.0 * width("8888", 10.0)).abs() < 1e-9);
        assert_eq!(width("", 10.0), 0.0);
        assert!(width("a < b & c", 10.0) > width("a b", 10.0));
    }

    #[test]
    fn characters_without_a_shape_are_refused() {
        assert!(check("Glasgow, 2012/13 − 95% CI [β ≥ 0] †").is_ok());
        assert!(matches!(check("漢字"), Err(Error::Character { character: '漢', .. })));
        assert!(check("two\nlines").is_err());
    }

    #[test]
    fn every_listed_character_but_spaces_has_a_shape() {
        for (first, last) in CHARACTERS {
            for c in *first..=*last {
                let blank = c.is_whitespace() || c == '\u{AD}';
                assert!(blank || width(&format!("|{c}|"), 10.0) > width("||", 10.0), "{c:?}");
            }
        }
    }

    #[test]
    fn words_are_kept_whole() {
        assert_eq!(wrapped("one two three", 10.0, 1.0), ["one", "two", "three"]);
        assert_eq!(wrapped("one two three", 10.0, 1e6), ["one two three"]);
        assert!(wrapped(" ", 10.0, 1.0).is_empty());
    }
}
