//! Small effects merged into their joint levels, and the way from joint levels to effects.
//!
//! U = C P: a row has one joint level (a column of C, not normalised) in place of one level in each effect,
//! and P says which columns of U a joint level is part of, with their factors 1 / sqrt(W_p).
//! What is summed by joint level is summed once for all effects: P't for scores, P a for coefficients.

use crate::absorb::levels::{Block, OneWay, RowsByLevel};
use crate::frame::Factor;
use crate::linalg::Columns;

/// Effects are merged while their joint levels are no more than this: their matrix (512 KiB) stays in a cache.
const MOST_CELLS: usize = 256;

/// P
#[derive(Default)]
pub(crate) struct Margins {
    /// Where the columns of U of each column of C begin, and one more at the end.
    starts: Vec<usize>,
    columns: Vec<u32>,
    /// The factors of the columns of U.
    scales: Vec<f64>,
}

/// Merges what can be merged of `blocks`; the parts have the columns of C.
pub(crate) fn merge(
    blocks: &[&Block],
    rows: &RowsByLevel,
    weights: Option<&[f64]>,
) -> (Vec<OneWay>, Margins) {
    let mut margins = Margins { starts: vec![0], columns: Vec::new(), scales: Vec::new() };
    let mut parts = Vec::new();
    let mut rest = blocks;
    while !rest.is_empty() {
        let (count, joint) = mergeable(rest);
        let (merged, later) = rest.split_at(count);
        match joint {
            Some(joint) => {
                let cells = OneWay::of_cells(rows.factor(&joint), weights);
                margins.add_cells(merged, &joint, &cells);
                parts.push(cells);
            }
            None => {
                let way = OneWay::new(&merged[0].reordered(rows), weights);
                margins.add_single(way.ncolumns());
                parts.push(way);
            }
        }
        rest = later;
    }
    (parts, margins)
}

/// How many of the first blocks are merged, and their joint levels; one alone has none.
fn mergeable(blocks: &[&Block]) -> (usize, Option<Factor>) {
    let mut joint: Option<Factor> = None;
    let mut count = 0;
    for block in blocks {
        let cells = joint.as_ref().map_or(1, Factor::nlevels) * block.factor.nlevels();
        if !block.is_plain() || cells > MOST_CELLS {
            break;
        }
        joint = Some(joint.map_or_else(|| block.factor.clone(), |joint| joint.by(&block.factor)));
        count += 1;
    }
    if count > 1 { (count, joint) } else { (1, None) }
}

impl Margins {
    fn add_single(&mut self, ncolumns: usize) {
        for _ in 0..ncolumns {
            self.columns.push(self.scales.len() as u32);
            self.starts.push(self.columns.len());
            self.scales.push(1.0);
        }
    }

    fn add_cells(&mut self, blocks: &[&Block], joint: &Factor, cells: &OneWay) {
        let first = self.scales.len();
        let mut members = vec![0; joint.nlevels() * blocks.len()];
        let mut offset = first as u32;
        for (m, block) in blocks.iter().enumerate() {
            let places = members.iter_mut().skip(m).step_by(blocks.len());
            let levels = joint.outer(&block.factor);
            places.zip(levels).for_each(|(place, level)| *place = offset + level);
            offset += block.factor.nlevels() as u32;
        }
        let mut totals = vec![0.0; offset as usize - first];
        for (cell, total) in members.chunks(blocks.len()).zip(cells.squares()) {
            cell.iter().for_each(|&p| totals[p as usize - first] += total);
            self.columns.extend_from_slice(cell);
            self.starts.push(self.columns.len());
        }
        self.scales.extend(totals.iter().map(|total| 1.0 / f64::sqrt(*total)));
    }

    /// Columns of U.
    pub(crate) fn size(&self) -> usize {
        self.scales.len()
    }

    fn columns_of(&self, cell: usize) -> &[u32] {
        &self.columns[self.starts[cell]..self.starts[cell + 1]]
    }

    /// P't
    pub(crate) fn collect(&self, of_cells: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.size()];
        for (cell, t) in of_cells.iter().enumerate() {
            self.columns_of(cell).iter().for_each(|&p| sums[p as usize] += t);
        }
        sums.iter_mut().zip(&self.scales).for_each(|(sum, scale)| *sum *= scale);
        sums
    }

    /// P a
    pub(crate) fn expand(&self, a: &[f64]) -> Vec<f64> {
        let of = |&p: &u32| self.scales[p as usize] * a[p as usize];
        (0..self.starts.len() - 1).map(|cell| self.columns_of(cell).iter().map(of).sum()).collect()
    }

    /// P'S P
    pub(crate) fn sandwich(&self, of_cells: Columns) -> Columns {
        if self.columns.len() == self.size() && self.starts.len() == self.size() + 1 {
            return of_cells; // nothing is merged
        }
        let right: Vec<Vec<f64>> = of_cells.cols().map(|column| self.collect(column)).collect();
        let mut whole = Columns::zeros(self.size(), self.size());
        for (cell, column) in right.iter().enumerate() {
            for &q in self.columns_of(cell) {
                let scale = self.scales[q as usize];
                let target = whole.col_mut(q as usize).iter_mut();
                target.zip(column).for_each(|(sum, x)| *sum += scale * x);
            }
        }
        whole.symmetrise();
        whole
    }
}
