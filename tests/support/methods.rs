//! Every way to absorb effects and every dense backend, by name: the one list that benchmarks and tables read.

use ceteris::{Absorption, Alternating, LeastSquares, Lsmr, Pcg};

/// A name and what it stands for.
pub type Method = (&'static str, fn() -> Absorption);

/// The absorptions to compare. A new one is a line here.
pub const METHODS: &[Method] = &[
    ("auto", || Absorption::Auto),
    ("exact", || Absorption::Exact),
    ("direct", || Absorption::Direct),
    ("pcg", || Pcg::default().into()),
    ("lsmr", || Lsmr::default().into()),
    ("alternating", || Alternating::default().into()),
    ("dummies", || Absorption::Dummies),
];

/// The absorption of that name.
pub fn absorption(name: &str) -> Option<Absorption> {
    METHODS.iter().find(|(known, _)| *known == name).map(|(_, absorption)| absorption())
}

/// The dense backends of this build.
pub fn backends() -> Vec<LeastSquares> {
    match cfg!(feature = "lapack") {
        true => vec![LeastSquares::Faer, LeastSquares::Lapack],
        false => vec![LeastSquares::Faer],
    }
}
