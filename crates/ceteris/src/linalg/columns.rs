//! The one matrix type: column-major, contiguous columns. Small square matrices use it too.

use std::ops::{Index, IndexMut};

use ndarray::{ArrayView2, ShapeBuilder};

use crate::error::{Error, Result};

/// A column-major matrix.
///
/// # Example
/// ```
/// use ceteris::Columns;
/// let x = Columns::new(2, 2, vec![1.0, 1.0, 3.0, 4.0])?;
/// assert_eq!(x, Columns::of_columns(&[&[1.0, 1.0], &[3.0, 4.0]])?);
/// assert_eq!(x[(1, 1)], 4.0);
/// assert_eq!(x.view().shape(), [2, 2]);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    data: Vec<f64>,
    nrows: usize,
    ncols: usize,
}

impl Columns {
    /// A matrix of zeros.
    pub fn zeros(nrows: usize, ncols: usize) -> Self {
        Self { data: vec![0.0; nrows * ncols], nrows, ncols }
    }

    /// Takes `nrows * ncols` numbers, column after column.
    ///
    /// # Errors
    /// [`Error::Shape`] for more or fewer numbers.
    pub fn new(nrows: usize, ncols: usize, data: Vec<f64>) -> Result<Self> {
        match nrows.checked_mul(ncols) == Some(data.len()) {
            true => Ok(Self { data, nrows, ncols }),
            false => Err(Error::Shape { matrix: "data", expected: (nrows, ncols), found: (data.len(), 1) }),
        }
    }

    /// Copies columns of one length side by side.
    ///
    /// # Errors
    /// [`Error::Shape`] if one is longer or shorter than the first.
    pub fn of_columns(columns: &[&[f64]]) -> Result<Self> {
        let nrows = columns.first().map_or(0, |first| first.len());
        match columns.iter().find(|column| column.len() != nrows) {
            None => Ok(Self::from_columns(nrows, columns)),
            Some(other) => {
                Err(Error::Shape { matrix: "a column", expected: (nrows, 1), found: (other.len(), 1) })
            }
        }
    }

    /// Refuses a matrix of another shape.
    pub(crate) fn check_shape(&self, matrix: &'static str, expected: (usize, usize)) -> Result<()> {
        let found = (self.nrows, self.ncols);
        if found == expected { Ok(()) } else { Err(Error::Shape { matrix, expected, found }) }
    }

    /// Column-major data known to be of this shape.
    pub(crate) fn from_data(nrows: usize, ncols: usize, data: Vec<f64>) -> Self {
        assert_eq!(data.len(), nrows * ncols, "column-major data of another shape");
        Self { data, nrows, ncols }
    }

    /// Copies columns side by side that are known to have this length.
    pub(crate) fn from_columns(nrows: usize, columns: &[&[f64]]) -> Self {
        debug_assert!(columns.iter().all(|column| column.len() == nrows));
        let data = columns.concat();
        Self::from_data(nrows, columns.len(), data)
    }

    /// Number of rows.
    pub fn nrows(&self) -> usize {
        self.nrows
    }

    /// Number of columns.
    pub fn ncols(&self) -> usize {
        self.ncols
    }

    /// Column `j`.
    pub fn col(&self, j: usize) -> &[f64] {
        &self.data[j * self.nrows..(j + 1) * self.nrows]
    }

    /// Column `j`, to be changed.
    pub fn col_mut(&mut self, j: usize) -> &mut [f64] {
        &mut self.data[j * self.nrows..(j + 1) * self.nrows]
    }

    /// All columns in order.
    pub fn cols(&self) -> impl Iterator<Item = &[f64]> {
        (0..self.ncols).map(|j| self.col(j))
    }

    /// The numbers, column after column.
    pub fn data(&self) -> &[f64] {
        &self.data
    }

    /// The numbers, to be changed.
    pub fn data_mut(&mut self) -> &mut [f64] {
        &mut self.data
    }

    /// The columns with these numbers.
    pub fn select(&self, columns: &[usize]) -> Self {
        let columns: Vec<&[f64]> = columns.iter().map(|&j| self.col(j)).collect();
        Self::from_columns(self.nrows, &columns)
    }

    /// The columns with these numbers, ascending, moved to the front in place of a copy.
    pub(crate) fn keep(mut self, columns: &[usize]) -> Self {
        for (place, &j) in columns.iter().enumerate().filter(|(place, j)| place != *j) {
            self.data.copy_within(j * self.nrows..(j + 1) * self.nrows, place * self.nrows);
        }
        self.data.truncate(columns.len() * self.nrows);
        self.data.shrink_to_fit();
        self.ncols = columns.len();
        self
    }

    /// Takes the last column off.
    pub(crate) fn split_last(mut self) -> (Self, Vec<f64>) {
        self.ncols -= 1;
        let last = self.data.split_off(self.ncols * self.nrows);
        self.data.shrink_to_fit();
        (self, last)
    }

    /// Rows and columns with these numbers of a square matrix.
    pub fn principal(&self, kept: &[usize]) -> Self {
        let mut block = Self::zeros(kept.len(), kept.len());
        for (b, &j) in kept.iter().enumerate() {
            for (a, &i) in kept.iter().enumerate() {
                block[(a, b)] = self[(i, j)];
            }
        }
        block
    }

    /// A view in the types of `ndarray`, without a copy.
    pub fn view(&self) -> ArrayView2<'_, f64> {
        ArrayView2::from_shape((self.nrows, self.ncols).f(), &self.data)
            .expect("the constructor checked the shape")
    }

    /// The product with a vector of `ncols` numbers.
    pub(crate) fn times(&self, vector: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; self.nrows];
        for (column, factor) in self.cols().zip(vector) {
            product.iter_mut().zip(column).for_each(|(sum, x)| *sum += x * factor);
        }
        product
    }

    /// The product with another (small) matrix.
    pub(crate) fn matmul(&self, other: &Self) -> Self {
        let data = other.cols().flat_map(|column| self.times(column)).collect();
        Self::from_data(self.nrows, other.ncols, data)
    }

    /// Rows as columns.
    pub(crate) fn transposed(&self) -> Self {
        let row = |i: usize| (0..self.ncols).map(move |j| self[(i, j)]);
        Self::from_data(self.ncols, self.nrows, (0..self.nrows).flat_map(row).collect())
    }

    /// Multiplies every number.
    pub fn scale(mut self, factor: f64) -> Self {
        self.data.iter_mut().for_each(|x| *x *= factor);
        self
    }

    /// Adds another matrix of the same shape times a factor.
    pub(crate) fn add_scaled(&mut self, factor: f64, other: &Self) {
        self.data.iter_mut().zip(&other.data).for_each(|(sum, x)| *sum += factor * x);
    }

    /// The diagonal of a square matrix.
    pub fn diagonal(&self) -> Vec<f64> {
        (0..self.ncols).map(|j| self[(j, j)]).collect()
    }

    /// Makes a square matrix symmetric to the bit by averaging its halves.
    pub(crate) fn symmetrise(&mut self) {
        for j in 0..self.ncols {
            for i in 0..j {
                let mean = 0.5 * (self[(i, j)] + self[(j, i)]);
                self[(i, j)] = mean;
                self[(j, i)] = mean;
            }
        }
    }
}

/// Rows as nested lists, as matrices are written in JSON.
#[cfg(feature = "serde")]
impl serde::Serialize for Columns {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let row = |i: usize| (0..self.ncols).map(|j| self[(i, j)]).collect::<Vec<f64>>();
        serializer.collect_seq((0..self.nrows).map(row))
    }
}

impl Index<(usize, usize)> for Columns {
    type Output = f64;

    fn index(&self, (i, j): (usize, usize)) -> &f64 {
        &self.data[j * self.nrows + i]
    }
}

impl IndexMut<(usize, usize)> for Columns {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut f64 {
        &mut self.data[j * self.nrows + i]
    }
}
