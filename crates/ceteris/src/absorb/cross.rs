//! Cross tables of bases: V = U_a'W U_b in compressed rows, each pair of columns once.
//!
//! v_gp = s_g s_p sum_i w_i raw_gi raw_pi, over the rows i that have both; s are the factors of the columns.

use super::one_way::OneWay;

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
        let order = RowsByLevel::new(first);
        if first.is_plain() && others.iter().all(OneWay::is_plain) {
            return Self::of_plain(first, others, weights, &order);
        }
        let width = first.width();
        let ncolumns: usize = others.iter().map(OneWay::ncolumns).sum();
        let scales: Vec<f64> =
            others.iter().flat_map(|way| (0..way.ncolumns()).map(|p| way.scale(p))).collect();
        let mut level = Level { place: vec![u32::MAX; ncolumns], columns: Vec::new(), sums: Vec::new() };
        let mut table = Self { starts: vec![0], columns: Vec::new(), values: Vec::new() };
        for g in 0..first.nlevels {
            for i in order.rows(g) {
                level.add(i, first, others, weights.map_or(1.0, |w| w[i]));
            }
            for c in 0..width {
                let scale = first.scale(g * width + c);
                table.columns.extend_from_slice(&level.columns);
                let sums = level.sums.iter().skip(c).step_by(width).zip(&level.columns);
                table.values.extend(sums.map(|(sum, &p)| scale * scales[p as usize] * sum));
                table.starts.push(table.columns.len());
            }
            level.clear();
        }
        table
    }

    /// The table where every basis is one intercept for each level.
    fn of_plain(first: &OneWay, others: &[OneWay], weights: Option<&[f64]>, order: &RowsByLevel) -> Self {
        let scales: Vec<f64> = others.iter().flat_map(|way| (0..way.nlevels).map(|p| way.scale(p))).collect();
        let most = first.codes().len() * others.len();
        let mut table =
            Self { starts: vec![0], columns: Vec::with_capacity(most), values: Vec::with_capacity(most) };
        // Where each column was met last: in the present row if at or behind its start.
        let mut place = vec![usize::MAX; scales.len()];
        for g in 0..first.nlevels {
            let start = table.columns.len();
            let mut offset = 0;
            for way in others {
                for i in order.rows(g) {
                    let w = weights.map_or(1.0, |w| w[i]);
                    let p = offset + way.codes()[i] as usize;
                    match place[p] {
                        held if held >= start && held < table.values.len() => table.values[held] += w,
                        _ => {
                            place[p] = table.columns.len();
                            table.columns.push(p as u32);
                            table.values.push(w);
                        }
                    }
                }
                offset += way.nlevels;
            }
            let scale = first.scale(g);
            let entries = table.values[start..].iter_mut().zip(&table.columns[start..]);
            entries.for_each(|(value, &p)| *value *= scale * scales[p as usize]);
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

/// The sums of one level of the first effect, one for each column met and each of the level's own columns.
struct Level {
    /// Where each column is among those met.
    place: Vec<u32>,
    columns: Vec<u32>,
    sums: Vec<f64>,
}

impl Level {
    fn add(&mut self, i: usize, first: &OneWay, others: &[OneWay], w: f64) {
        let mut offset = 0;
        for way in others {
            let p = offset + way.codes()[i] as usize * way.width();
            for c in 0..way.width() {
                let place = self.place_of(p + c, first.width());
                for own in 0..first.width() {
                    self.sums[place + own] += w * first.raw(own, i) * way.raw(c, i);
                }
            }
            offset += way.ncolumns();
        }
    }

    fn place_of(&mut self, p: usize, width: usize) -> usize {
        if self.place[p] == u32::MAX {
            self.place[p] = self.columns.len() as u32;
            self.columns.push(p as u32);
            self.sums.extend(std::iter::repeat_n(0.0, width));
        }
        self.place[p] as usize * width
    }

    fn clear(&mut self) {
        self.columns.iter().for_each(|&p| self.place[p as usize] = u32::MAX);
        self.columns.clear();
        self.sums.clear();
    }
}

/// Rows ordered by level.
pub(crate) struct RowsByLevel {
    /// `None` where the rows already lie in the order of the levels.
    order: Option<Vec<u32>>,
    starts: Vec<usize>,
}

impl RowsByLevel {
    pub(crate) fn new(way: &OneWay) -> Self {
        let codes = way.codes();
        let mut starts = vec![0; way.nlevels + 1];
        codes.iter().for_each(|&g| starts[g as usize + 1] += 1);
        (0..way.nlevels).for_each(|g| starts[g + 1] += starts[g]);
        let sorted = codes.iter().zip(codes.iter().skip(1)).fold(true, |so_far, (a, b)| so_far & (a <= b));
        if sorted {
            return Self { order: None, starts };
        }
        let mut next = starts.clone();
        let mut order = vec![0; codes.len()];
        for (i, &g) in codes.iter().enumerate() {
            order[next[g as usize]] = i as u32;
            next[g as usize] += 1;
        }
        Self { order: Some(order), starts }
    }

    pub(crate) fn rows(&self, level: usize) -> impl Iterator<Item = usize> + '_ {
        let places = self.starts[level]..self.starts[level + 1];
        places.map(|place| self.order.as_ref().map_or(place, |order| order[place] as usize))
    }
}
