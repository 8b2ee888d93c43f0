//! Titled tables of typed cells, rendered for people (text, Markdown, LaTeX) and programs (CSV).
//!
//! A table is a value: build it once, render it in each format. Nothing is checked while it is
//! built; each renderer first checks the whole table and refuses it with an error, so a table
//! that renders in one format renders in all.
//!
//! | | text, Markdown, LaTeX | CSV |
//! |---|---|---|
//! | real number | rounded to the decimals of its cell | shortest digits that read back to the same bits |
//! | p-value | three decimals, or `<0.001` | as a real number |
//! | interval | `[low, high]` | two columns, `name low` and `name high` |
//! | mark | after the content; a superscript in LaTeX | its own column `name mark`, if any cell of the column has one |
//! | missing | blank, or what [`Table::missing`] says | empty |
//! | group | a heading over its columns; in Markdown before the name | before the name |
//! | title, notes | above and below | left out |

mod cell;
mod column;
mod contents;
mod csv;
mod latex;
mod markdown;
mod render;
mod text;

pub use cell::Cell;
pub use column::{Align, Column};
pub use contents::Table;
