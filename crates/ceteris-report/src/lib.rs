//! Tables and figures for `ceteris`, for people and for programs.
//!
//! A [`Table`] takes typed cells and renders to plain text, Markdown, LaTeX and CSV; a [`TrendFigure`],
//! [`PathFigure`], [`BoundsFigure`], [`ForestFigure`], [`RankFigure`] or [`MapFigure`] draws to SVG and PNG; an
//! [`OutputFolder`] puts the results on disk, all of them or none. They know nothing of
//! econometrics; [`PathFigure::of`] and [`BoundsFigure::of`] take results of `ceteris` as they are.
//!
//! ```
//! use ceteris_report::{Cell, Column, Table};
//!
//! let table = Table::new("Table 6. Effect of the reform on screening")
//!     .column(Column::text("Estimator"))
//!     .column(Column::number("Estimate"))
//!     .column(Column::interval("95% CI"))
//!     .row([
//!         Cell::text("DDD"),
//!         Cell::real(-0.72, 3).mark("†"),
//!         Cell::interval((-1.036, -0.404), 3),
//!     ])
//!     .note("† calibration target.");
//! assert!(table.text()?.contains("-0.720†"));
//! assert!(table.csv()?.starts_with("Estimator,Estimate,Estimate mark,95% CI low,95% CI high\n"));
//! # Ok::<(), ceteris_report::Error>(())
//! ```
//!
//! What holds everywhere:
//!
//! - The same input gives the same bytes, on any machine: no clock, no locale, no system fonts, no
//!   random numbers. (PNG files also depend on the rasteriser's version.)
//! - A number that cannot be shown is refused, never printed as `NaN`.
//! - Minus is the ASCII hyphen, so that a number copied from any output can be read back.

pub mod check_table;
pub mod dose;
mod error;
pub mod figure;
mod interval;
mod number;
pub mod output;
pub mod screening;
mod sentence;
pub mod table;

pub use error::Error;
pub use figure::{
    BoundInterval, BoundsFigure, Drawing, Event, ForestFigure, ForestRow, MapArea, MapFigure, Panel,
    PathFigure, PathPoint, RankFigure, Series, Size, TrendFigure,
};
pub use interval::Interval;
pub use output::OutputFolder;
pub use table::{Align, Cell, Column, Table};
