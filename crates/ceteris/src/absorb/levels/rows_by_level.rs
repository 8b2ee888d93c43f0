//! Rows in the order of the levels of a factor, and columns brought into that order and back.

use std::borrow::Cow;
use std::ops::Range;

use crate::frame::Factor;

/// Rows ordered by level; rows of one level keep their order.
#[derive(Debug, Clone)]
pub(crate) struct RowsByLevel {
    /// `None` where the rows already lie in the order of the levels.
    order: Option<Vec<u32>>,
    starts: Vec<usize>,
}

impl RowsByLevel {
    pub(crate) fn new(factor: &Factor) -> Self {
        let codes = factor.codes();
        let mut starts = Vec::with_capacity(factor.nlevels() + 1);
        starts.push(0);
        starts.extend(factor.sizes().iter().scan(0, |end, size| {
            *end += *size as usize;
            Some(*end)
        }));
        let sorted = codes.iter().zip(codes.iter().skip(1)).fold(true, |so_far, (a, b)| so_far & (a <= b));
        if sorted {
            return Self { order: None, starts };
        }
        let mut next: Vec<u32> = starts.iter().map(|start| *start as u32).collect();
        let mut order = vec![0; codes.len()];
        for (i, &g) in (0..).zip(codes) {
            let place = &mut next[g as usize];
            order[*place as usize] = i;
            *place += 1;
        }
        Self { order: Some(order), starts }
    }

    pub(crate) fn nlevels(&self) -> usize {
        self.starts.len() - 1
    }

    /// The places of a level's rows in the order of the levels.
    pub(crate) fn places(&self, level: usize) -> Range<usize> {
        self.starts[level]..self.starts[level + 1]
    }

    /// The places of the rows of several levels.
    pub(crate) fn places_of(&self, levels: Range<usize>) -> Range<usize> {
        self.starts[levels.start]..self.starts[levels.end]
    }

    /// How many rows each of several levels has.
    pub(crate) fn sizes(&self, levels: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        self.starts[levels.start..=levels.end].windows(2).map(|ends| ends[1] - ends[0])
    }

    /// Whether the rows lie in the order of the levels.
    pub(crate) fn in_order(&self) -> bool {
        self.order.is_none()
    }

    /// A factor of the same rows, in the order of the levels.
    pub(crate) fn factor(&self, factor: &Factor) -> Factor {
        match &self.order {
            None => factor.clone(),
            Some(order) => factor.reordered(order),
        }
    }

    /// Values of the rows, in the order of the levels.
    pub(crate) fn values<'a>(&self, values: &'a [f64]) -> Cow<'a, [f64]> {
        match &self.order {
            None => Cow::Borrowed(values),
            Some(order) => order.iter().map(|&row| values[row as usize]).collect(),
        }
    }

    /// Brings a column into the order of the levels, in place.
    pub(crate) fn enter(&self, column: &mut [f64]) {
        if let Cow::Owned(sorted) = self.values(column) {
            column.copy_from_slice(&sorted);
        }
    }

    /// Brings a column back into the order of the rows, in place.
    pub(crate) fn leave(&self, column: &mut [f64]) {
        if let Some(order) = &self.order {
            let sorted = column.to_vec();
            order.iter().zip(sorted).for_each(|(&row, x)| column[row as usize] = x);
        }
    }
}
