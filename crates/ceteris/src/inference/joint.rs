//! The joint covariance of several fits on rows of one frame (seemingly unrelated estimation).
//!
//! V_ab = sqrt(c_a c_b) sum_g p_ga p_gb',  p_ga = B_a sum_{i in g} s_ia
//!
//! p_ga is what cluster g moves the coefficients b_a of fit a by; a fit without rows in g has p_ga = 0. Under
//! HC0 and HC1 each row is a cluster. c_a is the small-sample factor that fit a has alone, so that the blocks
//! on the diagonal are the covariances of the fits alone, and the factor of a pair is the geometric mean: a
//! choice, for no exact result says which K a pair has. (Zellner 1962 for the idea; Weesie 1999, Stata
//! Technical Bulletin 52, sg121; White 1982 for the sandwich of stacked scores.)
//!
//! Assumed: the fits come from one frame, or from frames that differ in added columns only.

use super::{Coefficient, Estimates, Inference, WaldTest};
use crate::error::{Error, Result};
use crate::frame::{Column, Factor, Frame, Interaction};
use crate::linalg::Columns;
use crate::linalg::gram::gram;
use crate::model::Fit;
use crate::vcov::{ClusterType, Distribution, Hc, Vcov, VcovKind, sum_by_cluster};

/// One coefficient of one of several fits. Named fields: the name of the fit and the name of the coefficient
/// cannot be swapped unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FitTerm<'a> {
    /// The name of the fit.
    pub fit: &'a str,
    /// The coefficient.
    pub term: &'a str,
}

/// Several fits under one covariance, together.
///
/// # Example
/// ```
/// use ceteris::inference::FitTerm;
/// use ceteris::{Cluster, Frame, JointInference, Ols};
/// # let frame = Frame::new()
/// #     .add_real("x", vec![1.0, 2.0, 3.0, 4.0, 6.0, 5.0])?
/// #     .add_real("z", vec![1.0, 0.0, 2.0, 1.0, 0.0, 1.0])?
/// #     .add_real("y", vec![3.0, 5.0, 7.0, 10.0, 13.0, 10.0])?
/// #     .add_real("g", vec![1.0, 1.0, 2.0, 2.0, 3.0, 3.0])?;
/// let short = "y ~ x".parse::<Ols>()?.fit(&frame)?;
/// let long = "y ~ x + z".parse::<Ols>()?.fit(&frame)?;
/// let both = JointInference::new([("short", &short), ("long", &long)], Cluster::by(["g"]))?;
/// let (a, b) = (FitTerm { fit: "short", term: "x" }, FitTerm { fit: "long", term: "x" });
/// let change = both.difference("change", a, b)?;
/// assert_eq!(change.estimate, short.estimate("x")? - long.estimate("x")?);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct JointInference {
    names: Vec<String>,
    alone: Vec<Inference>,
    /// Where the coefficients of each fit start, and one more at the end.
    starts: Vec<usize>,
    /// The coefficients of all fits, each named `fit: term`.
    estimates: Estimates,
}

impl JointInference {
    /// Named fits under a covariance.
    ///
    /// # Errors
    /// As [`Fit::inference`]; [`Unsupported`](Error::Unsupported) for covariances other than HC0, HC1, and
    /// CR0 and CR1 of one way; [`InvalidSetting`](Error::InvalidSetting) without fits, with a name given twice,
    /// or for fits of different frames.
    pub fn new<'a>(
        fits: impl IntoIterator<Item = (&'a str, &'a Fit)>,
        vcov: impl Into<Vcov>,
    ) -> Result<Self> {
        let vcov = vcov.into();
        supported(&vcov)?;
        let (names, fits): (Vec<String>, Vec<&Fit>) =
            fits.into_iter().map(|(name, fit)| (name.to_string(), fit)).unzip();
        check_names(&names)?;
        check_frames(&fits, &vcov)?;
        let alone = fits.iter().map(|fit| fit.inference(vcov.clone()));
        let alone = alone.collect::<Result<Vec<_>>>()?;
        let mut starts = vec![0];
        fits.iter().for_each(|fit| starts.push(starts[starts.len() - 1] + fit.names().len()));
        let matrix = stacked(&alone, &clusters(&fits, &vcov)?, &starts);
        let pairs = names.iter().zip(&fits);
        let of_fit = |(name, fit): (&String, &&Fit)| {
            fit.names().iter().map(|term| format!("{name}: {term}")).collect::<Vec<_>>()
        };
        let values = fits.iter().flat_map(|fit| fit.coefficients()).copied().collect();
        let floors = alone.iter().flat_map(|alone| alone.estimates().floors()).copied().collect();
        let estimates = Estimates::new(pairs.flat_map(of_fit).collect(), values, matrix, fewest(&alone));
        let estimates = estimates.above(floors, None);
        Ok(Self { names, alone, starts, estimates })
    }

    /// The names of the fits.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// One fit under the covariance, as if it were alone.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) for a name that no fit has.
    pub fn alone(&self, fit: &str) -> Result<&Inference> {
        Ok(&self.alone[self.block(fit)?])
    }

    /// The coefficients of all fits, fit after fit, each named `fit: term`.
    pub fn estimates(&self) -> &Estimates {
        &self.estimates
    }

    /// The covariance of all coefficients, fit after fit.
    pub fn matrix(&self) -> &Columns {
        self.estimates.matrix()
    }

    /// The covariance of two coefficients.
    ///
    /// # Errors
    /// As [`JointInference::combination`].
    pub fn covariance(&self, a: FitTerm<'_>, b: FitTerm<'_>) -> Result<f64> {
        Ok(self.matrix()[(self.position(a)?, self.position(b)?)])
    }

    /// The combination sum_j c_j b_j of coefficients of any of the fits. Its tail has the fewest degrees of freedom among
    /// the fits.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](Error::UnknownCoefficient),
    /// [`OmittedCoefficient`](Error::OmittedCoefficient); [`InvalidSetting`](Error::InvalidSetting) for a name
    /// that no fit has.
    pub fn combination(&self, name: &str, parts: &[(FitTerm<'_>, f64)]) -> Result<Coefficient> {
        let places = parts.iter().map(|(part, factor)| Ok((self.position(*part)?, *factor)));
        Ok(self.estimates.combination_at(name, &places.collect::<Result<Vec<_>>>()?))
    }

    /// The coefficient of one fit less that of another.
    ///
    /// # Errors
    /// As [`JointInference::combination`].
    pub fn difference(&self, name: &str, a: FitTerm<'_>, b: FitTerm<'_>) -> Result<Coefficient> {
        self.combination(name, &[(a, 1.0), (b, -1.0)])
    }

    /// Tests that coefficients of any of the fits are zero together.
    ///
    /// # Errors
    /// As [`JointInference::combination`]; [`Singular`](Error::Singular) if their covariance is singular.
    pub fn wald(&self, parts: &[FitTerm<'_>]) -> Result<WaldTest> {
        let places = parts.iter().map(|part| self.position(*part)).collect::<Result<Vec<_>>>()?;
        self.estimates.wald_at(&places)
    }

    /// The tail with the fewest degrees of freedom among the fits.
    pub fn distribution(&self) -> Distribution {
        self.estimates.distribution()
    }

    fn block(&self, fit: &str) -> Result<usize> {
        self.names.iter().position(|name| name == fit).ok_or_else(|| Error::InvalidSetting {
            setting: "fit",
            value: format!("`{fit}`"),
            must: "one of the names given to the fits",
        })
    }

    fn position(&self, part: FitTerm<'_>) -> Result<usize> {
        let block = self.block(part.fit)?;
        Ok(self.starts[block] + self.alone[block].fit().position(part.term)?)
    }
}

/// The tail with the fewest degrees of freedom.
fn fewest(alone: &[Inference]) -> Distribution {
    let fewer = |a: Distribution, b: Distribution| match (a, b) {
        (Distribution::T(a), Distribution::T(b)) => Distribution::T(a.min(b)),
        (Distribution::Normal, other) | (other, Distribution::Normal) => other,
    };
    alone.iter().map(Inference::distribution).reduce(fewer).unwrap_or(Distribution::Normal)
}

/// Covariances that are a sum over clusters of one way.
fn supported(vcov: &Vcov) -> Result<()> {
    let summed = match vcov.kind() {
        VcovKind::Iid => false,
        VcovKind::Hc(hc) => matches!(hc, Hc::Hc0 | Hc::Hc1),
        VcovKind::Cluster(cluster) => {
            cluster.columns().len() <= 1
                && matches!(cluster.cluster_type(), ClusterType::Cr0 | ClusterType::Cr1)
        }
    };
    if summed {
        return Ok(());
    }
    Err(Error::Unsupported {
        what: "the joint covariance of several fits",
        with: "covariances other than HC0, HC1, and CR0 and CR1 of one way",
    })
}

fn check_names(names: &[String]) -> Result<()> {
    let wrong = |value: String, must| Err(Error::InvalidSetting { setting: "fits", value, must });
    if names.is_empty() {
        return wrong("none".to_string(), "at least one");
    }
    match (1..names.len()).find(|&i| names[..i].contains(&names[i])) {
        Some(i) => wrong(format!("two of the name `{}`", names[i]), "named differently"),
        None => Ok(()),
    }
}

/// Rows are matched by their place, so the frames must have the same ones.
fn check_frames(fits: &[&Fit], vcov: &Vcov) -> Result<()> {
    let first = fits[0].frame();
    for fit in &fits[1..] {
        let frame = fit.frame();
        let columns = vcov.cluster_columns().iter().flat_map(Interaction::columns);
        let mut same = frame.nrows() == first.nrows();
        for column in columns {
            same = same && equal(first, frame, column)?;
        }
        if !same {
            let value = "fits of frames with different rows".to_string();
            return Err(Error::InvalidSetting { setting: "fits", value, must: "fits of one frame" });
        }
    }
    Ok(())
}

fn equal(a: &Frame, b: &Frame, column: &str) -> Result<bool> {
    Ok(match (a.column(column)?, b.column(column)?) {
        (Column::Real(a), Column::Real(b)) => {
            a.iter().zip(b.iter()).all(|(a, b)| a == b || (a.is_nan() && b.is_nan()))
        }
        (Column::Category(a), Column::Category(b)) => a == b,
        _ => false,
    })
}

/// The cluster of each row of each fit, numbered alike in all of them.
fn clusters(fits: &[&Fit], vcov: &Vcov) -> Result<Vec<Factor>> {
    let nrows = fits[0].frame().nrows();
    let mut used = vec![false; nrows];
    fits.iter().flat_map(|fit| fit.sample().rows()).for_each(|&row| used[row as usize] = true);
    let rows: Vec<u32> = (0..nrows as u32).filter(|&row| used[row as usize]).collect();
    let whole = match vcov.cluster_columns() {
        [] => Factor::compacted((0..rows.len() as u32).collect(), rows.len()),
        [column, ..] => {
            for fit in fits {
                fit.factor(column)?; // refuses a missing cluster
            }
            column.factor(fits[0].frame(), &rows)?
        }
    };
    let mut place = vec![0usize; nrows];
    rows.iter().enumerate().for_each(|(i, &row)| place[row as usize] = i);
    Ok(fits.iter().map(|fit| whole.at(fit.sample().rows().iter().map(|&row| place[row as usize]))).collect())
}

/// B s_g, one row per cluster. A row of frequency w that is its own cluster stands for w rows, each with a
/// w-th of its score: their squares add up to a w-th of its square, so sqrt(w) is taken out.
fn influence(inference: &Inference, clusters: &Factor) -> Columns {
    let ingredients = inference.fit().ingredients();
    let mut scores = ingredients.scores();
    if ingredients.has_frequencies() && matches!(inference.vcov().kind(), VcovKind::Hc(_)) {
        for j in 0..scores.ncols() {
            let column = scores.col_mut(j).iter_mut().enumerate();
            column.for_each(|(i, score)| *score /= ingredients.weight(i).sqrt());
        }
    }
    let sums = sum_by_cluster(&scores, clusters).expect("a fit has one cluster for each of its rows");
    sums.matmul(&ingredients.bread)
}

/// gram of [sqrt(c_a) P_a], with the covariances of the fits alone on the diagonal.
fn stacked(alone: &[Inference], clusters: &[Factor], starts: &[usize]) -> Columns {
    let mut data = Vec::new();
    for (inference, clusters) in alone.iter().zip(clusters) {
        let scale = inference.factor().sqrt();
        data.extend_from_slice(influence(inference, clusters).scale(scale).data());
    }
    let mut vcov = gram(&Columns::from_data(clusters[0].nlevels(), starts[alone.len()], data), None);
    for (inference, &start) in alone.iter().zip(starts) {
        for j in 0..inference.matrix().ncols() {
            for i in 0..inference.matrix().nrows() {
                vcov[(start + i, start + j)] = inference.matrix()[(i, j)];
            }
        }
    }
    vcov
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::Weights;
    use crate::model::Ols;
    use crate::vcov::{Cluster, Iid};

    /// Twelve rows in four clusters; the weights are whole numbers.
    fn frame() -> Frame {
        let columns = [
            ("y", [1.0, 2.5, 2.0, 4.0, 3.0, 5.5, 1.0, 0.5, 2.0, 3.0, 7.0, 4.0]),
            ("x", [0.0, 1.0, 3.0, 2.0, 4.0, 1.0, 5.0, 2.0, 2.0, 0.0, 1.0, 3.0]),
            ("z", [1.0, 0.0, 0.0, 2.0, 1.0, 1.0, 0.0, 3.0, 1.0, 2.0, 2.0, 0.0]),
            ("w", [1.0, 1.0, 2.0, 1.0, 1.0, 3.0, 1.0, 2.0, 2.0, 1.0, 1.0, 4.0]),
            ("g", [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0, 3.0]),
        ];
        let add =
            |frame: Frame, (name, values): (&str, [f64; 12])| frame.add_real(name, values.to_vec()).unwrap();
        columns.into_iter().fold(Frame::new(), add)
    }

    const X: [FitTerm<'static>; 2] = [FitTerm { fit: "a", term: "x" }, FitTerm { fit: "b", term: "x" }];

    /// Sums of twelve products in two orders.
    const ROUNDING: f64 = 1e-14;

    #[test]
    fn a_fit_beside_itself_differs_by_nothing_and_covaries_as_it_varies() {
        let weights = [None, Some(Weights::analytic("w")), Some(Weights::frequency("w"))];
        for weights in weights {
            let mut ols: Ols = "y ~ x + z".parse().unwrap();
            if let Some(weights) = weights {
                ols = ols.weights(weights);
            }
            let fit = ols.fit(&frame()).unwrap();
            for vcov in [Vcov::from(Cluster::by(["g"])), Cluster::by(["g"]).cr0().into(), Hc::Hc1.into()] {
                let joint = JointInference::new([("a", &fit), ("b", &fit)], vcov.clone()).unwrap();
                let alone = fit.inference(vcov).unwrap();
                let scale = alone.matrix().diagonal().into_iter().fold(0.0, f64::max);
                for (i, j) in (0..3).flat_map(|i| (0..3).map(move |j| (i, j))) {
                    assert_eq!(joint.matrix()[(i, j)], alone.matrix()[(i, j)]);
                    assert!((joint.matrix()[(i, 3 + j)] - alone.matrix()[(i, j)]).abs() < ROUNDING * scale);
                }
                let nothing = joint.difference("a - b", X[0], X[1]).unwrap();
                assert_eq!(nothing.estimate, 0.0);
                assert!(nothing.std_error.is_err() && scale > 0.0);
            }
        }
    }

    #[test]
    fn fits_on_rows_of_different_clusters_are_independent() {
        let keep = |ols: &str, condition| ols.parse::<Ols>().unwrap().keep(condition).fit(&frame()).unwrap();
        let low = keep("y ~ x", crate::frame::Condition::below("g", 2.0));
        let high = keep("y ~ x", crate::frame::Condition::at_least("g", 2.0));
        let joint = JointInference::new([("a", &low), ("b", &high)], Cluster::by(["g"])).unwrap();
        assert_eq!(joint.covariance(X[0], X[1]).unwrap(), 0.0);
        let both = joint.difference("a - b", X[0], X[1]).unwrap().std_error.unwrap().powi(2);
        let each =
            ["a", "b"].map(|name| joint.alone(name).unwrap().coef("x").unwrap().std_error.unwrap().powi(2));
        assert!((both - each[0] - each[1]).abs() < ROUNDING * both);
    }

    #[test]
    fn what_has_no_agreed_definition_is_refused() {
        let fit = "y ~ x".parse::<Ols>().unwrap().fit(&frame()).unwrap();
        let pair = [("a", &fit), ("b", &fit)];
        for vcov in [Vcov::from(Iid), Hc::Hc3.into(), Cluster::by(["g", "z"]).into()] {
            assert!(matches!(JointInference::new(pair, vcov), Err(Error::Unsupported { .. })));
        }
        let wrong = |fits: &[(&str, &Fit)]| JointInference::new(fits.iter().copied(), Hc::Hc1);
        assert!(matches!(wrong(&[]), Err(Error::InvalidSetting { .. })));
        assert!(matches!(wrong(&[("a", &fit), ("a", &fit)]), Err(Error::InvalidSetting { .. })));
        let other = frame().replace("g", Column::Real(vec![1.0; 12].into())).unwrap();
        let other = "y ~ x".parse::<Ols>().unwrap().fit(&other).unwrap();
        let moved = JointInference::new([("a", &fit), ("b", &other)], Cluster::by(["g"]));
        assert!(matches!(moved, Err(Error::InvalidSetting { .. })));
        let joint = JointInference::new(pair, Hc::Hc1).unwrap();
        let misspelt = FitTerm { fit: "c", ..X[0] };
        assert!(matches!(joint.combination("", &[(misspelt, 1.0)]), Err(Error::InvalidSetting { .. })));
    }
}
