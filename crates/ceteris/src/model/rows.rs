//! Rows in use with their effects and weights: what models of one group share before any column.

use std::sync::Arc;

use super::{Ols, Singletons, design, magnitude};
use crate::absorb::{Block, singletons};
use crate::error::Result;
use crate::frame::{Factor, Frame, Sample, WeightKind, Weights};

/// Rows in use with their effects and weights.
pub(super) struct Rows {
    /// The same rows; what dropped the others may have different names.
    pub(super) samples: Vec<Arc<Sample>>,
    pub(super) blocks: Arc<Vec<Block>>,
    /// Singletons kept on request.
    pub(super) singletons: usize,
    kind: Option<WeightKind>,
    weights: Option<Arc<Vec<f64>>>,
}

impl Rows {
    pub(super) fn new(ols: &Ols, frame: &Frame, mut samples: Vec<Sample>) -> Result<Self> {
        let gathered = |weights: &Weights, sample: &Sample| -> Result<Vec<f64>> {
            let values = design::gather(frame.real(weights.column())?, sample).into_owned();
            magnitude::check(weights.column(), &values).map(|()| values)
        };
        let kind = ols.chosen_weights().map(Weights::kind);
        let mut blocks = design::blocks(ols, frame, &samples[0])?;
        let frequencies = ols.chosen_weights().filter(|_| kind == Some(WeightKind::Frequency));
        let counts = frequencies.map(|weights| gathered(weights, &samples[0])).transpose()?;
        let factors: Vec<&Factor> = blocks.iter().filter(|b| b.intercept).map(|b| &b.factor).collect();
        let alone = singletons(&factors, counts.as_deref());
        let mut kept = alone.len();
        if kept > 0 && ols.chosen_singletons() == Singletons::Drop {
            samples = samples.into_iter().map(|s| s.drop_singletons(&alone)).collect::<Result<_>>()?;
            blocks = design::blocks(ols, frame, &samples[0])?;
            kept = 0;
        }
        let weights =
            ols.chosen_weights().map(|weights| gathered(weights, &samples[0])).transpose()?.map(Arc::new);
        let samples = samples.into_iter().map(Arc::new).collect();
        Ok(Self { samples, blocks: Arc::new(blocks), singletons: kept, kind, weights })
    }

    /// w; `None` if every row counts the same.
    pub(super) fn weights(&self) -> Option<&[f64]> {
        self.weights.as_ref().map(|weights| weights.as_slice())
    }

    /// w with its kind.
    pub(super) fn weights_of_a_kind(&self) -> Option<(WeightKind, Arc<Vec<f64>>)> {
        self.kind.zip(self.weights.clone())
    }

    /// n: the sum of frequency weights, else the number of rows.
    pub(super) fn nobs(&self) -> usize {
        match (self.kind, self.weights()) {
            (Some(WeightKind::Frequency), Some(weights)) => weights.iter().sum::<f64>() as usize,
            _ => self.samples[0].len(),
        }
    }
}
