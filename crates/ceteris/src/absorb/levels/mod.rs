//! One effect: what it is, the order of rows that it gives, and what it takes out of a column.

mod basis;
mod block;
mod one_way;
mod rows_by_level;

pub(super) use basis::{Basis, square};
pub(crate) use block::Block;
pub(super) use one_way::OneWay;
pub(super) use rows_by_level::RowsByLevel;
