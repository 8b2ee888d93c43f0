//! Cross tables of bases: V = U_a'W U_b in compressed rows, each pair of columns once.
//!
//! v_gp = s_g s_p sum_i w_i raw_gi raw_pi, over the rows i that have both; s are the factors of the columns.

use std::ops::Range;

use crate::absorb::levels::{OneWay, RowsByLevel};

/// A sparse matrix by rows.
#[derive(Debug, Clone)]
pub(crate) struct CrossTable {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f64>,
}

impl CrossTable {
    /// The table of `first` by all of `others` side by side.
    pub(crate) fn new(first: &OneWay, others: &[OneWay], weights: Option<&[f64]>) -> Self {
        let ncolumns: usize = others.iter().map(OneWay::ncolumns).sum();
        let plain = first.is_plain() && others.iter().all(OneWay::is_plain);
        if plain && ncolumns > 0 && first.nlevels * ncolumns <= first.codes().len() {
            return Self::through_dense(first, others, ncolumns, weights);
        }
        let rows = RowsByLevel::new(first.factor());
        if !rows.in_order() {
            let weights = weights.map(|weights| rows.values(weights));
            let others: Vec<OneWay> = others.iter().map(|way| way.reordered(&rows)).collect();
            return Self::new(&first.reordered(&rows), &others, weights.as_deref());
        }
        let most = if plain { first.codes().len() * others.len() } else { 0 };
        let mut table =
            Self { starts: vec![0], columns: Vec::with_capacity(most), values: Vec::with_capacity(most) };
        let mut level = LevelSums::new(first, others, weights);
        for g in 0..first.nlevels {
            level.sum(rows.places(g));
            for own in 0..first.width() {
                let (columns, values) = level.row(g, own);
                table.columns.extend_from_slice(columns);
                table.values.extend_from_slice(values);
                table.starts.push(table.columns.len());
            }
        }
        table
    }

    /// The table from a dense one, where that has no more entries than there are rows.
    fn through_dense(first: &OneWay, others: &[OneWay], ncolumns: usize, weights: Option<&[f64]>) -> Self {
        let mut dense = vec![0.0; first.nlevels * ncolumns];
        let mut scales = Vec::with_capacity(ncolumns);
        for way in others {
            let pairs = first.codes().iter().zip(way.codes());
            let place = |(&g, &p): (&u32, &u32)| g as usize * ncolumns + scales.len() + p as usize;
            match weights {
                None => pairs.for_each(|pair| dense[place(pair)] += 1.0),
                Some(weights) => pairs.zip(weights).for_each(|(pair, w)| dense[place(pair)] += w),
            }
            scales.extend((0..way.nlevels).map(|p| way.scale(p)));
        }
        let mut table = Self { starts: vec![0], columns: Vec::new(), values: Vec::new() };
        for (g, row) in dense.chunks(ncolumns).enumerate() {
            let scale = first.scale(g);
            for (p, sum) in row.iter().enumerate().filter(|(_, sum)| **sum != 0.0) {
                table.columns.push(p as u32);
                table.values.push(scale * scales[p] * sum);
            }
            table.starts.push(table.columns.len());
        }
        table
    }

    pub(crate) fn nrows(&self) -> usize {
        self.starts.len() - 1
    }

    /// Nonzero entries.
    pub(crate) fn len(&self) -> usize {
        self.columns.len()
    }

    /// Columns and values of a row.
    pub(crate) fn row(&self, g: usize) -> (&[u32], &[f64]) {
        let entries = self.starts[g]..self.starts[g + 1];
        (&self.columns[entries.clone()], &self.values[entries])
    }

    /// V'
    pub(crate) fn transpose(&self, ncolumns: usize) -> Self {
        let mut starts = vec![0; ncolumns + 1];
        self.columns.iter().for_each(|&p| starts[p as usize + 1] += 1);
        (0..ncolumns).for_each(|p| starts[p + 1] += starts[p]);
        let mut next = starts.clone();
        let mut columns = vec![0; self.columns.len()];
        let mut values = vec![0.0; self.columns.len()];
        for g in 0..self.nrows() {
            let (row, entries) = self.row(g);
            for (&p, value) in row.iter().zip(entries) {
                let place = &mut next[p as usize];
                columns[*place] = g as u32;
                values[*place] = *value;
                *place += 1;
            }
        }
        Self { starts, columns, values }
    }
}

/// The sums of one level of the first effect: for each column met, one for each of the level's own columns.
pub(crate) struct LevelSums<'a> {
    first: &'a OneWay,
    others: &'a [OneWay],
    weights: Option<&'a [f64]>,
    /// The factors of the columns.
    scales: Vec<f64>,
    /// Where each column is among those met, if it is there.
    place: Vec<u32>,
    columns: Vec<u32>,
    sums: Vec<f64>,
    values: Vec<f64>,
}

impl<'a> LevelSums<'a> {
    pub(crate) fn new(first: &'a OneWay, others: &'a [OneWay], weights: Option<&'a [f64]>) -> Self {
        let scales: Vec<f64> =
            others.iter().flat_map(|way| (0..way.ncolumns()).map(|p| way.scale(p))).collect();
        let place = vec![0; scales.len()];
        let (columns, sums, values) = (Vec::new(), Vec::new(), Vec::new());
        Self { first, others, weights, scales, place, columns, sums, values }
    }

    /// Sums over the rows of a level, which lie side by side.
    pub(crate) fn sum(&mut self, rows: Range<usize>) {
        self.columns.clear();
        self.sums.clear();
        let mut offset = 0;
        for way in self.others {
            match self.weights {
                _ if !way.is_plain() || !self.first.is_plain() => {
                    rows.clone().for_each(|i| self.add(i, way, offset));
                }
                None => {
                    way.codes()[rows.clone()].iter().for_each(|p| self.add_one(offset + *p as usize, 1.0));
                }
                Some(weights) => {
                    let rows = way.codes()[rows.clone()].iter().zip(&weights[rows.clone()]);
                    rows.for_each(|(p, w)| self.add_one(offset + *p as usize, *w));
                }
            }
            offset += way.ncolumns();
        }
    }

    fn add_one(&mut self, p: usize, w: f64) {
        let held = self.place[p] as usize;
        if self.columns.get(held) == Some(&(p as u32)) {
            self.sums[held] += w;
        } else {
            self.place[p] = self.columns.len() as u32;
            self.columns.push(p as u32);
            self.sums.push(w);
        }
    }

    fn add(&mut self, i: usize, way: &OneWay, offset: usize) {
        let width = self.first.width();
        let p = offset + way.codes()[i] as usize * way.width();
        let w = self.weights.map_or(1.0, |w| w[i]);
        for c in 0..way.width() {
            let place = self.place_of(p + c, width);
            for own in 0..width {
                self.sums[place + own] += w * self.first.raw(own, i) * way.raw(c, i);
            }
        }
    }

    /// Where the sums of a column begin.
    fn place_of(&mut self, p: usize, width: usize) -> usize {
        let held = self.place[p] as usize;
        if held < self.columns.len() && self.columns[held] as usize == p {
            return held * width;
        }
        self.place[p] = self.columns.len() as u32;
        self.columns.push(p as u32);
        self.sums.extend(std::iter::repeat_n(0.0, width));
        self.sums.len() - width
    }

    /// The row of V of one of the level's own columns.
    pub(crate) fn row(&mut self, level: usize, own: usize) -> (&[u32], &[f64]) {
        let width = self.first.width();
        let scale = self.first.scale(level * width + own);
        let entry = |(sum, &p): (&f64, &u32)| scale * self.scales[p as usize] * sum;
        self.values.clear();
        match width {
            1 => self.values.extend(self.sums.iter().zip(&self.columns).map(entry)),
            _ => {
                let sums = self.sums.iter().skip(own).step_by(width);
                self.values.extend(sums.zip(&self.columns).map(entry));
            }
        }
        (&self.columns, &self.values)
    }
}
