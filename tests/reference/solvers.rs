//! Every way to solve a case, and what it answers.

use ceteris::{
    Absorption, Alternating, Error, Fit, Frame, Inference, LeastSquares, Lsmr, Ols, Pcg, Solver, Vcov,
};
use rayon::ThreadPoolBuilder;

/// How effects are absorbed, as far as accuracy depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Road {
    None,
    Auto,
    Direct,
    Pcg,
    Lsmr,
    Alternating,
    Dummies,
}

impl Road {
    fn absorption(self) -> Absorption {
        match self {
            Road::None | Road::Auto => Absorption::Auto,
            Road::Direct => Absorption::Direct,
            Road::Pcg => Pcg::default().into(),
            Road::Lsmr => Lsmr::default().into(),
            Road::Alternating => Alternating::default().into(),
            Road::Dummies => Absorption::Dummies,
        }
    }

    /// Whether it ends at a tolerance.
    pub(crate) fn is_iterative(self) -> bool {
        matches!(self, Road::Pcg | Road::Lsmr | Road::Alternating)
    }

    /// The roads that a specification can take.
    pub(crate) fn all_for(ols: &Ols) -> Vec<Road> {
        if ols.effects().is_empty() {
            vec![Road::None]
        } else {
            vec![Road::Auto, Road::Direct, Road::Pcg, Road::Lsmr, Road::Alternating, Road::Dummies]
        }
    }
}

/// The dense backends of this build.
pub(crate) fn backends() -> Vec<LeastSquares> {
    let lapack = cfg!(feature = "lapack").then_some(LeastSquares::Lapack);
    [LeastSquares::Faer].into_iter().chain(lapack).collect()
}

/// A fit and every inference that the rows ask of it.
pub(crate) struct Answers {
    pub(crate) fit: Fit,
    tables: Vec<(Vcov, Result<Inference, Error>)>,
}

impl Answers {
    /// Fits on a number of threads and puts every question.
    pub(crate) fn on_threads(
        threads: usize,
        (ols, frame): (&Ols, &Frame),
        (backend, road): (LeastSquares, Road),
        questions: &[Vcov],
    ) -> Self {
        let solver = Solver::default().least_squares(backend).absorption(road.absorption());
        let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let fit = ols.clone().solver(solver).fit(frame).unwrap_or_else(|error| panic!("{ols}: {error}"));
            let put = |question: &Vcov| (question.clone(), fit.inference(question.clone()));
            Answers { tables: questions.iter().map(put).collect(), fit: fit.clone() }
        })
    }

    /// The answer to a question that was put.
    pub(crate) fn to(&self, question: &Vcov) -> &Result<Inference, Error> {
        let found = self.tables.iter().find(|(put, _)| put == question);
        &found.unwrap_or_else(|| panic!("{question:?} was not put")).1
    }

    /// The bits of everything that was computed.
    pub(crate) fn bits(&self) -> Vec<u64> {
        let tables = self.tables.iter().filter_map(|(_, table)| table.as_ref().ok());
        let matrices = tables.flat_map(|table| table.matrix().data());
        let numbers = self.fit.coefficients().iter().chain(self.fit.residuals()).chain(matrices);
        numbers.map(|number| number.to_bits()).collect()
    }
}
