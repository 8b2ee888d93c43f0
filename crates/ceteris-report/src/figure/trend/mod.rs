//! Lines over ordered labels, such as rates by financial year, in one or two panels.

mod contents;
mod event;
mod layout;
mod panel;

pub use contents::TrendFigure;
pub use event::Event;
pub use panel::{Panel, Series};

use crate::Error;
use crate::figure::drawing::Drawing;
use layout::Layout;

impl TrendFigure {
    /// Draws the figure.
    ///
    /// # Errors
    /// [`Error::Empty`] without labels, panels, series or any value; [`Error::TooMany`] panels or
    /// series; [`Error::SeriesLength`]; [`Error::NonFinite`]; [`Error::DuplicateName`] of labels,
    /// or of series in a panel; [`Error::UnknownLabel`] of an event; [`Error::Character`];
    /// [`Error::PictureSize`].
    pub fn draw(&self) -> Result<Drawing, Error> {
        self.check()?;
        Ok(Layout::of(self)?.drawn())
    }
}
