//! What all figures have around the plot: title and annotation above, notes below, margins.

use super::canvas::{Anchor, Canvas, Lettering};
use super::font;
use super::palette::{GREY, INK, WARNING, WARNING_PAPER};
use super::size::Size;
use crate::Error;

/// Blank paper at each side.
pub(super) const MARGIN: f64 = 18.0;

const TITLE_SIZE: f64 = 15.0;
const TITLE_LINE: f64 = 21.0;
const ANNOTATION_SIZE: f64 = 12.0;
const ANNOTATION_LINE: f64 = 17.0;
/// Paper around the lines of an annotation, above, below and at the sides.
const ANNOTATION_PADDING: (f64, f64) = (3.0, 8.0);
const NOTE_SIZE: f64 = 10.5;
const NOTE_LINE: f64 = 15.0;
/// Between one part and the next.
const GAP: f64 = 8.0;

/// Names of the axes of a plot, empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Axes {
    pub(super) x: String,
    pub(super) y: String,
}

/// Title, annotation, axes, notes and size of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sheet {
    pub(super) title: String,
    pub(super) annotation: String,
    pub(super) axes: Axes,
    pub(super) notes: Vec<String>,
    pub(super) size: Option<Size>,
}

/// The builder methods that all figures have, and those for the axes that a figure has; each figure
/// keeps its `Sheet` in a field `sheet`.
macro_rules! sheet_methods {
    (x, y) => {
        /// Name of the vertical axis, with its unit; none by default.
        pub fn y_label(mut self, name: impl Into<String>) -> Self {
            self.sheet.axes.y = name.into();
            self
        }

        $crate::figure::sheet::sheet_methods!(x);
    };
    (x) => {
        /// Name of the horizontal axis, with its unit; none by default.
        pub fn x_label(mut self, name: impl Into<String>) -> Self {
            self.sheet.axes.x = name.into();
            self
        }

        $crate::figure::sheet::sheet_methods!();
    };
    () => {
        /// The title, above the plot; none by default. Long titles are broken between words.
        pub fn title(mut self, title: impl Into<String>) -> Self {
            self.sheet.title = title.into();
            self
        }

        /// A line that no reader may miss, on coloured paper under the title: `SIMULATED data`.
        pub fn annotation(mut self, annotation: impl Into<String>) -> Self {
            self.sheet.annotation = annotation.into();
            self
        }

        /// Adds a line of small type at the bottom.
        pub fn note(mut self, note: impl Into<String>) -> Self {
            self.sheet.notes.push(note.into());
            self
        }

        /// Width and height in pixels; by default they suit the contents.
        pub fn size(mut self, size: $crate::figure::Size) -> Self {
            self.sheet.size = Some(size);
            self
        }
    };
}
pub(super) use sheet_methods;

impl Sheet {
    /// Refuses texts that the font cannot show.
    pub(super) fn check(&self) -> Result<(), Error> {
        let texts = [&self.title, &self.annotation, &self.axes.x, &self.axes.y];
        texts.into_iter().chain(&self.notes).try_for_each(|text| font::check(text))
    }

    /// The size asked for, or the one the figure suggests; refused if the plot does not fit in it.
    pub(super) fn size(&self, suggested: Size, least: Size) -> Result<Size, Error> {
        let asked = self.size.unwrap_or(suggested);
        let width = least.width.max(self.least_width().ceil() as u32);
        let least = Size { width, ..least };
        let fits = asked.width >= least.width && asked.height >= least.height;
        if fits && asked.width.max(asked.height) <= Size::LARGEST {
            return Ok(asked);
        }
        Err(Error::PictureSize { asked, least })
    }

    /// What an error calls the figure: its kind and its title.
    pub(super) fn within(&self, kind: &str) -> String {
        format!("{kind} {}", self.title).trim_end().to_owned()
    }

    /// Height of title and annotation on paper this wide.
    pub(super) fn head_height(&self, width: f64) -> f64 {
        let part = |lines: usize, line: f64, more: f64| match lines {
            0 => 0.0,
            lines => lines as f64 * line + more + GAP,
        };
        let title = self.title_lines(width).len();
        let annotation = self.annotation_lines(width).len();
        let padding = 2.0 * ANNOTATION_PADDING.0;
        MARGIN + part(title, TITLE_LINE, 0.0) + part(annotation, ANNOTATION_LINE, padding)
    }

    /// Height of the notes on paper this wide.
    pub(super) fn foot_height(&self, width: f64) -> f64 {
        let lines = self.note_lines(width).len() as f64;
        if lines > 0.0 { MARGIN + GAP + lines * NOTE_LINE } else { MARGIN }
    }

    /// Title, annotation and notes.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, size: Size) {
        let width = f64::from(size.width);
        let mut y = MARGIN;
        for line in self.title_lines(width) {
            let lettering = Lettering::new(TITLE_SIZE, INK, Anchor::Start);
            canvas.text(&line, (MARGIN, y + TITLE_LINE / 2.0), lettering);
            y += TITLE_LINE;
        }
        if y > MARGIN {
            y += GAP;
        }
        self.draw_annotation(canvas, y, width);
        let mut y = f64::from(size.height) - self.foot_height(width) + GAP;
        for line in self.note_lines(width) {
            let lettering = Lettering::new(NOTE_SIZE, GREY, Anchor::Start);
            canvas.text(&line, (MARGIN, y + NOTE_LINE / 2.0), lettering);
            y += NOTE_LINE;
        }
    }

    fn draw_annotation(&self, canvas: &mut Canvas<'_>, top: f64, width: f64) {
        let lines = self.annotation_lines(width);
        let widest = lines.iter().map(|line| font::width(line, ANNOTATION_SIZE)).fold(0.0, f64::max);
        if lines.is_empty() {
            return;
        }
        let (above, beside) = ANNOTATION_PADDING;
        let right = MARGIN + widest + 2.0 * beside;
        let bottom = top + lines.len() as f64 * ANNOTATION_LINE + 2.0 * above;
        let paper = [(MARGIN, top), (right, top), (right, bottom), (MARGIN, bottom)];
        canvas.polygon(&paper, WARNING_PAPER);
        let mut y = top + above + ANNOTATION_LINE / 2.0;
        for line in lines {
            let lettering = Lettering::new(ANNOTATION_SIZE, WARNING, Anchor::Start);
            canvas.text(&line, (MARGIN + beside, y), lettering);
            y += ANNOTATION_LINE;
        }
    }

    /// The least width in which no word is cut.
    fn least_width(&self) -> f64 {
        let notes = self.notes.iter().flat_map(|note| note.split_whitespace());
        let annotation = font::widest(self.annotation.split_whitespace(), ANNOTATION_SIZE);
        let widest = font::widest(self.title.split_whitespace(), TITLE_SIZE)
            .max(annotation + 2.0 * ANNOTATION_PADDING.1)
            .max(font::widest(notes, NOTE_SIZE));
        widest + 2.0 * MARGIN
    }

    fn title_lines(&self, width: f64) -> Vec<String> {
        font::wrapped(&self.title, TITLE_SIZE, width - 2.0 * MARGIN)
    }

    fn annotation_lines(&self, width: f64) -> Vec<String> {
        let room = width - 2.0 * (MARGIN + ANNOTATION_PADDING.1);
        font::wrapped(&self.annotation, ANNOTATION_SIZE, room)
    }

    fn note_lines(&self, width: f64) -> Vec<String> {
        let room = width - 2.0 * MARGIN;
        self.notes.iter().flat_map(|note| font::wrapped(note, NOTE_SIZE, room)).collect()
    }
}

/// Refuses a name that is used twice.
pub(super) fn unique<'a>(what: &'static str, names: impl IntoIterator<Item = &'a str>) -> Result<(), Error> {
    let mut sorted: Vec<&str> = names.into_iter().collect();
    sorted.sort_unstable();
    match sorted.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(Error::DuplicateName { what, name: pair[0].to_owned() }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_sheet_is_all_margin() {
        let sheet = Sheet::default();
        assert_eq!((sheet.head_height(500.0), sheet.foot_height(500.0)), (MARGIN, MARGIN));
    }

    #[test]
    fn a_long_title_takes_more_lines_on_narrow_paper() {
        let sheet = Sheet { title: "word ".repeat(30), ..Sheet::default() };
        assert!(sheet.head_height(300.0) > sheet.head_height(900.0));
    }

    #[test]
    fn sizes_out_of_bounds_are_refused() {
        let sheet = |width, height| Sheet { size: Some(Size { width, height }), ..Sheet::default() };
        let least = Size { width: 200, height: 100 };
        assert!(sheet(200, 100).size(least, least).is_ok());
        assert!(matches!(sheet(199, 100).size(least, least), Err(Error::PictureSize { .. })));
        assert!(matches!(sheet(200, 4001).size(least, least), Err(Error::PictureSize { .. })));
    }
}
