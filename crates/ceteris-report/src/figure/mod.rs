//! Figures in SVG and PNG.
//!
//! Each figure is a value that says what to show; `draw` checks it and returns a [`Drawing`], which
//! has the SVG and makes the PNG. Legends stand above the plot, so they never cover a line; colours
//! can be told apart with any common colour vision, and markers and dashes differ too.

mod bounds;
mod canvas;
mod classes;
mod drawing;
mod font;
mod forest;
mod legend;
mod map;
mod of;
mod page;
mod palette;
mod path;
mod plot;
mod rank;
mod scale;
mod sheet;
mod size;
mod trend;

pub use bounds::{BoundInterval, BoundsFigure};
pub use drawing::Drawing;
pub use forest::{ForestFigure, ForestRow};
pub use map::{MapArea, MapFigure};
pub use path::{PathFigure, PathPoint};
pub use rank::RankFigure;
pub use size::Size;
pub use trend::{Event, Panel, Series, TrendFigure};
