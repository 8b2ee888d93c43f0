//! Exact absorption of one effect, by level.
//!
//! In each level g the intercept and the slopes are made orthonormal under <a, b>_g =
//! sum_{i in g} w_i a_i b_i (Gram-Schmidt): u_1 = 1 / sqrt(W_g), u_2, ... Then
//! x~_i = x_i - sum_c u_ci t_gc,  t_gc = sum_{i in g} w_i u_ci x_i.
//! Where the level has an intercept, a slope is first counted from its value in the first row of the level: that
//! changes no space, is exact for numbers of similar size, and what then remains is judged against the variation of
//! the slope and not against its distance from zero (2012 months as 201201, 201202, ...).
//! A slope that does not vary in a level beyond the columns before it has u = 0 there and costs nothing.

use std::ops::Range;

use super::block::Block;
use super::rows_by_level::RowsByLevel;
use crate::frame::Factor;

/// What remains of a slope after the earlier ones, as a share of its variation, below which it is rounding.
const DEPENDENT: f64 = 1e-11;
/// What remains of it as a share of its size below which it is rounding of the data: a column is stored with 16
/// digits and a combination of others is met to 15 of them.
const STORED: f64 = 1e-13;

impl Block {
    /// The rank of the effect alone, which weights do not change: judged without them.
    pub(crate) fn rank(&self) -> usize {
        if self.is_plain() { self.factor.nlevels() } else { OneWay::new(self, None).rank() }
    }

    /// [`OneWay::share`] of the effect alone.
    pub(crate) fn share(&self) -> f64 {
        if self.slopes.is_empty() { 1.0 } else { OneWay::new(self, None).share() }
    }

    /// Whether the effect alone spans the constant: with intercepts, or if a slope is constant in every level.
    pub(crate) fn spans_constant(&self) -> bool {
        self.intercept || {
            let mut ones = vec![1.0; self.factor.codes().len()];
            OneWay::new(self, None).project(&mut ones, None);
            ones.iter().all(|left| left.abs() <= DEPENDENT)
        }
    }
}

/// The orthonormal basis of one effect.
#[derive(Debug, Clone)]
pub(crate) struct OneWay {
    factor: Factor,
    pub(crate) nlevels: usize,
    /// 1 / sqrt(W_g) where the levels have intercepts.
    roots: Option<Vec<f64>>,
    /// u_ci for each slope c, all rows.
    slopes: Vec<Vec<f64>>,
    /// <u_c, u_c>_g of each column, levels side by side: ones, but for slopes without variation.
    squares: Vec<f64>,
    rank: usize,
    /// The smallest share of its variation that the columns before it leave of a slope.
    share: f64,
}

impl OneWay {
    pub(crate) fn new(block: &Block, weights: Option<&[f64]>) -> Self {
        let nlevels = block.factor.nlevels();
        let root = |total: f64| 1.0 / f64::sqrt(total);
        let roots =
            block.intercept.then(|| totals(&block.factor, weights).into_iter().map(root).collect::<Vec<_>>());
        let rank = if block.intercept { nlevels } else { 0 };
        let factor = block.factor.clone();
        let squares = if roots.is_some() { vec![1.0; nlevels] } else { Vec::new() };
        let mut way = Self { factor, nlevels, roots, slopes: Vec::new(), squares, rank, share: 1.0 };
        for slope in &block.slopes {
            way.add_slope(slope.clone(), weights);
        }
        way
    }

    /// One column for each level that is one in its rows: orthogonal, and not normalised.
    pub(crate) fn of_cells(factor: Factor, weights: Option<&[f64]>) -> Self {
        let (nlevels, squares) = (factor.nlevels(), totals(&factor, weights));
        let roots = Some(vec![1.0; nlevels]);
        Self { factor, nlevels, roots, slopes: Vec::new(), squares, rank: nlevels, share: 1.0 }
    }

    /// The same basis with its rows in the order of some levels.
    pub(crate) fn reordered(&self, rows: &RowsByLevel) -> Self {
        let slopes = self.slopes.iter().map(|slope| rows.values(slope).into_owned()).collect();
        Self { factor: rows.factor(&self.factor), slopes, ..self.clone() }
    }

    /// Columns of the basis that are not zero.
    pub(crate) fn rank(&self) -> usize {
        self.rank
    }

    /// The smallest share of its variation that the columns before it leave of a slope: the basis has lost as many
    /// digits as that is small.
    pub(crate) fn share(&self) -> f64 {
        self.share
    }

    /// The levels.
    pub(crate) fn factor(&self) -> &Factor {
        &self.factor
    }

    /// The level of each row.
    pub(crate) fn codes(&self) -> &[u32] {
        self.factor.codes()
    }

    /// Makes a slope orthonormal to the basis in each level.
    fn add_slope(&mut self, mut slope: Vec<f64>, weights: Option<&[f64]>) {
        let size = self.level_norms(&slope, weights);
        if self.roots.is_some() {
            self.count_from_first(&mut slope);
        }
        let whole = self.level_norms(&slope, weights);
        self.project(&mut slope, weights);
        self.project(&mut slope, weights); // twice is enough (Kahan, in Parlett 1980)
        let rest = self.level_norms(&slope, weights);
        let varies = |g: usize| rest[g] > DEPENDENT * whole[g] && rest[g] > STORED * size[g];
        let scale = |g: usize| if varies(g) { 1.0 / rest[g] } else { 0.0 };
        let scales: Vec<f64> = (0..self.nlevels).map(scale).collect();
        slope.iter_mut().zip(self.factor.codes()).for_each(|(u, &g)| *u *= scales[g as usize]);
        self.rank += scales.iter().filter(|scale| **scale > 0.0).count();
        let before = self.width();
        let square = |g: usize| if scales[g] > 0.0 { 1.0 } else { 0.0 };
        let with = |g: usize| self.squares[g * before..(g + 1) * before].iter().copied().chain([square(g)]);
        self.squares = (0..self.nlevels).flat_map(with).collect();
        self.slopes.push(slope);
        let shares = (0..self.nlevels).filter(|&g| varies(g)).map(|g| rest[g] / whole[g]);
        self.share = shares.fold(self.share, f64::min);
    }

    /// Subtracts the value in the first row of each level.
    fn count_from_first(&self, values: &mut [f64]) {
        let mut first: Vec<Option<f64>> = vec![None; self.nlevels];
        for (x, &g) in values.iter_mut().zip(self.factor.codes()) {
            *x -= *first[g as usize].get_or_insert(*x);
        }
    }

    fn level_norms(&self, values: &[f64], weights: Option<&[f64]>) -> Vec<f64> {
        let mut sums = vec![0.0; self.nlevels];
        for (i, (x, &g)) in values.iter().zip(self.factor.codes()).enumerate() {
            sums[g as usize] += weights.map_or(1.0, |w| w[i]) * x * x;
        }
        sums.iter().map(|sum| sum.sqrt()).collect()
    }

    /// <u_c, u_c>_g of each column.
    pub(crate) fn squares(&self) -> &[f64] {
        &self.squares
    }

    /// Basis vectors of each level.
    pub(crate) fn width(&self) -> usize {
        usize::from(self.roots.is_some()) + self.slopes.len()
    }

    /// u_ci
    pub(crate) fn basis(&self, c: usize, i: usize) -> f64 {
        match (&self.roots, c) {
            (Some(roots), 0) => roots[self.codes()[i] as usize],
            (Some(_), _) => self.slopes[c - 1][i],
            (None, _) => self.slopes[c][i],
        }
    }

    /// Takes the effect out of `x`; returns the weighted norm of what was taken.
    pub(crate) fn project(&self, x: &mut [f64], weights: Option<&[f64]>) -> f64 {
        let mut taken = 0.0;
        if let Some(roots) = &self.roots {
            taken += self.project_intercepts(roots, x, weights);
        }
        for slope in &self.slopes {
            taken += self.project_slope(slope, x, weights);
        }
        taken.sqrt()
    }

    fn project_intercepts(&self, roots: &[f64], x: &mut [f64], weights: Option<&[f64]>) -> f64 {
        let mut sums = vec![0.0; self.nlevels];
        match weights {
            None => x.iter().zip(self.factor.codes()).for_each(|(x, &g)| sums[g as usize] += x),
            Some(w) => {
                x.iter().zip(w).zip(self.factor.codes()).for_each(|((x, w), &g)| sums[g as usize] += w * x);
            }
        }
        let mut taken = 0.0;
        for (sum, root) in sums.iter_mut().zip(roots) {
            taken += (*sum * root) * (*sum * root);
            *sum *= root * root;
        }
        x.iter_mut().zip(self.factor.codes()).for_each(|(x, &g)| *x -= sums[g as usize]);
        taken
    }

    fn project_slope(&self, slope: &[f64], x: &mut [f64], weights: Option<&[f64]>) -> f64 {
        let mut sums = vec![0.0; self.nlevels];
        for (i, &g) in self.codes().iter().enumerate() {
            sums[g as usize] += weights.map_or(1.0, |w| w[i]) * slope[i] * x[i];
        }
        let each = x.iter_mut().zip(slope).zip(self.factor.codes());
        each.for_each(|((x, u), &g)| *x -= u * sums[g as usize]);
        sums.iter().map(|sum| sum * sum).sum()
    }

    /// Columns of the basis.
    pub(crate) fn ncolumns(&self) -> usize {
        self.nlevels * self.width()
    }

    /// The factor of a column of the basis that `raw` leaves out.
    pub(crate) fn scale(&self, column: usize) -> f64 {
        match &self.roots {
            Some(roots) if column.is_multiple_of(self.width()) => roots[column / self.width()],
            _ => 1.0,
        }
    }

    /// u_ci without the factor of its column: 1 for an intercept.
    pub(crate) fn raw(&self, c: usize, i: usize) -> f64 {
        match (&self.roots, c) {
            (Some(_), 0) => 1.0,
            (Some(_), _) => self.slopes[c - 1][i],
            (None, _) => self.slopes[c][i],
        }
    }

    /// Whether the basis is one intercept for each level.
    pub(crate) fn is_plain(&self) -> bool {
        self.roots.is_some() && self.slopes.is_empty()
    }

    /// Multiplies each entry by the factor of its column of the basis.
    pub(crate) fn rescale(&self, entries: &mut [f64]) {
        if let Some(roots) = &self.roots {
            let intercepts = entries.iter_mut().step_by(self.width());
            intercepts.zip(roots).for_each(|(entry, root)| *entry *= root);
        }
    }

    /// target_gc += sum_{i in g} raw_ci (w x)_i over a piece of the rows, levels side by side.
    pub(crate) fn add_sums(&self, rows: Range<usize>, weighted: &[f64], target: &mut [f64]) {
        let (width, codes) = (self.width(), &self.codes()[rows.clone()]);
        if self.is_plain() {
            codes.iter().zip(weighted).for_each(|(&g, wx)| target[g as usize] += wx);
            return;
        }
        if self.roots.is_some() {
            codes.iter().zip(weighted).for_each(|(&g, wx)| target[g as usize * width] += wx);
        }
        for (c, slope) in (usize::from(self.roots.is_some())..).zip(&self.slopes) {
            let rows = codes.iter().zip(weighted).zip(&slope[rows.clone()]);
            rows.for_each(|((&g, wx), u)| target[g as usize * width + c] += u * wx);
        }
    }

    /// x_i -= sum_c raw_ci a_gc over a piece of the rows, for coefficients with levels side by side.
    pub(crate) fn subtract(&self, rows: Range<usize>, coefficients: &[f64], x: &mut [f64]) {
        let (width, codes) = (self.width(), &self.codes()[rows.clone()]);
        if self.is_plain() {
            x.iter_mut().zip(codes).for_each(|(x, &g)| *x -= coefficients[g as usize]);
            return;
        }
        if self.roots.is_some() {
            x.iter_mut().zip(codes).for_each(|(x, &g)| *x -= coefficients[g as usize * width]);
        }
        for (c, slope) in (usize::from(self.roots.is_some())..).zip(&self.slopes) {
            let rows = x.iter_mut().zip(codes).zip(&slope[rows.clone()]);
            rows.for_each(|((x, &g), u)| *x -= u * coefficients[g as usize * width + c]);
        }
    }

    /// 1 / sqrt(W_g), where intercepts are all there is.
    pub(crate) fn plain_roots(&self) -> Option<&[f64]> {
        self.roots.as_deref().filter(|_| self.slopes.is_empty())
    }

    /// Takes one level out of its rows, which lie side by side in `x`; returns the squared norm of what it
    /// would still take out.
    pub(crate) fn take_level(&self, rows: Range<usize>, weights: Option<&[f64]>, x: &mut [f64]) -> f64 {
        let weights = weights.map(|weights| &weights[rows.clone()]);
        for _ in 0..2 {
            for c in 0..self.width() {
                let t = self.score(c, rows.clone(), weights, x);
                x.iter_mut().zip(rows.clone()).for_each(|(x, i)| *x -= self.basis(c, i) * t);
            }
        }
        (0..self.width()).map(|c| self.score(c, rows.clone(), weights, x).powi(2)).sum()
    }

    /// sum_i w_i u_ci x_i over the rows of a level.
    fn score(&self, c: usize, rows: Range<usize>, weights: Option<&[f64]>, x: &[f64]) -> f64 {
        let each = x.iter().zip(rows).enumerate();
        each.map(|(place, (x, i))| weights.map_or(1.0, |w| w[place]) * self.basis(c, i) * x).sum()
    }

    /// h_i = w_i sum_c u_ci^2
    pub(crate) fn leverage(&self, weights: Option<&[f64]>) -> Vec<f64> {
        let row = |i: usize| {
            let squares: f64 = (0..self.width()).map(|c| self.basis(c, i) * self.basis(c, i)).sum();
            weights.map_or(1.0, |w| w[i]) * squares
        };
        (0..self.codes().len()).map(row).collect()
    }
}

/// W_g = sum_{i in g} w_i
fn totals(factor: &Factor, weights: Option<&[f64]>) -> Vec<f64> {
    let Some(weights) = weights else {
        return factor.sizes().iter().map(|size| f64::from(*size)).collect();
    };
    let mut totals = vec![0.0; factor.nlevels()];
    factor.codes().iter().zip(weights).for_each(|(&g, w)| totals[g as usize] += w);
    totals
}
