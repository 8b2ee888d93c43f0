//! Small convex programs, linear or quadratic.
//!
//! minimise 1/2 x'Px + q'x  subject to, for each group of rows,  Equal: A x = b;  AtMost: A x <= b.
//!
//! Solved by the interior-point method of Clarabel (Goulart and Chen 2024) in its standard form
//! A x + s = b, s in a product of cones. Assumed: P symmetric positive semi-definite, finite numbers.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettings, DefaultSolver, IPSolver, NonnegativeConeT, SolverStatus, SupportedConeT, ZeroConeT,
};

use super::Columns;
use crate::error::{Error, Result};

/// A convex program in `linear.len()` unknowns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Program {
    /// P; `None` for a linear objective.
    pub(crate) quadratic: Option<Columns>,
    /// q
    pub(crate) linear: Vec<f64>,
    /// What the unknowns must satisfy, together.
    pub(crate) constraints: Vec<Constraint>,
}

/// A group of rows that the unknowns must satisfy.
#[derive(Debug, Clone)]
pub(crate) enum Constraint {
    /// matrix x = bound
    Equal { matrix: Columns, bound: Vec<f64> },
    /// matrix x <= bound, row by row
    AtMost { matrix: Columns, bound: Vec<f64> },
}

/// What became of a program.
#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// The minimiser.
    Solved(Vec<f64>),
    /// No x satisfies the constraints.
    Infeasible,
    /// The objective has no lower bound.
    Unbounded,
}

/// Gap and feasibility that the interior-point method must reach, absolute and relative.
const TOLERANCE: f64 = 1e-10;
/// Iterations; such problems take 10 to 30.
const LIMIT: u32 = 200;

impl Program {
    /// Solves the program.
    ///
    /// # Errors
    /// [`Error::Backend`] if the solver stops short of its tolerance.
    pub(crate) fn solve(&self) -> Result<Outcome> {
        let n = self.linear.len();
        let mut rows = Rows { matrix: Vec::new(), bound: Vec::new(), cones: Vec::new() };
        self.constraints.iter().for_each(|constraint| rows.add(constraint));
        let quadratic = match &self.quadratic {
            Some(matrix) => sparse(n, n, |i, j| if i <= j { matrix[(i, j)] } else { 0.0 }),
            None => CscMatrix::zeros((n, n)),
        };
        let matrix = sparse(rows.bound.len(), n, |i, j| rows.matrix[i][j]);
        let settings = DefaultSettings {
            verbose: false,
            max_iter: LIMIT,
            tol_gap_abs: TOLERANCE,
            tol_gap_rel: TOLERANCE,
            tol_feas: TOLERANCE,
            ..DefaultSettings::default()
        };
        let solver =
            DefaultSolver::new(&quadratic, &self.linear, &matrix, &rows.bound, &rows.cones, settings);
        let mut solver = solver.map_err(|error| failed(error.to_string()))?;
        solver.solve();
        let solution = solver.solution;
        match solution.status {
            SolverStatus::Solved => Ok(Outcome::Solved(solution.x)),
            SolverStatus::PrimalInfeasible => Ok(Outcome::Infeasible),
            SolverStatus::DualInfeasible => Ok(Outcome::Unbounded),
            status => {
                let (steps, primal, dual) = (solution.iterations, solution.r_prim, solution.r_dual);
                Err(failed(format!("{status:?} after {steps} steps, residuals {primal:.1e} and {dual:.1e}")))
            }
        }
    }
}

/// The rows of A x + s = b, cone after cone.
struct Rows {
    matrix: Vec<Vec<f64>>,
    bound: Vec<f64>,
    cones: Vec<SupportedConeT<f64>>,
}

impl Rows {
    fn add(&mut self, constraint: &Constraint) {
        match constraint {
            Constraint::Equal { matrix, bound } => {
                self.push(matrix, bound);
                self.cones.push(ZeroConeT(bound.len()));
            }
            Constraint::AtMost { matrix, bound } => {
                self.push(matrix, bound);
                self.cones.push(NonnegativeConeT(bound.len()));
            }
        }
    }

    fn push(&mut self, matrix: &Columns, bound: &[f64]) {
        let row = |i: usize| (0..matrix.ncols()).map(|j| matrix[(i, j)]).collect();
        self.matrix.extend((0..matrix.nrows()).map(row));
        self.bound.extend(bound);
    }
}

/// A matrix without its zeros, column by column.
fn sparse(nrows: usize, ncols: usize, value: impl Fn(usize, usize) -> f64) -> CscMatrix<f64> {
    let (mut starts, mut places, mut values) = (vec![0], Vec::new(), Vec::new());
    for j in 0..ncols {
        for i in 0..nrows {
            let x = value(i, j);
            if x != 0.0 {
                places.push(i);
                values.push(x);
            }
        }
        starts.push(values.len());
    }
    CscMatrix::new(nrows, ncols, starts, places, values)
}

fn failed(reason: String) -> Error {
    Error::Backend { backend: "conic", source: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solved(program: &Program) -> Vec<f64> {
        match program.solve().unwrap() {
            Outcome::Solved(x) => x,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_linear_program_ends_in_its_corner() {
        // Dantzig's example: maximise 3x + 5y; x <= 4, 2y <= 12, 3x + 2y <= 18. Optimum 36 at (2, 6).
        let matrix = Columns::from_data(3, 2, vec![1.0, 0.0, 3.0, 0.0, 2.0, 2.0]);
        let bound = vec![4.0, 12.0, 18.0];
        let constraints = vec![Constraint::AtMost { matrix, bound }];
        let corner = solved(&Program { linear: vec![-3.0, -5.0], constraints, ..Program::default() });
        for (found, exact) in corner.iter().zip([2.0, 6.0]) {
            assert!((found - exact).abs() < 1e-7);
        }
    }

    #[test]
    fn the_nearest_point_of_a_line_is_the_foot_of_the_perpendicular() {
        let quadratic = Some(Columns::from_data(2, 2, vec![1.0, 0.0, 0.0, 1.0]));
        let (matrix, bound) = (Columns::from_data(1, 2, vec![1.0, 1.0]), vec![1.0]);
        let constraints = vec![Constraint::Equal { matrix, bound }];
        let foot = solved(&Program { quadratic, linear: vec![0.0; 2], constraints });
        assert!(foot.iter().all(|x| (x - 0.5).abs() < 1e-9));
    }

    #[test]
    fn a_contradiction_is_infeasible_and_a_free_direction_unbounded() {
        let matrix = Columns::from_data(2, 1, vec![1.0, -1.0]);
        let constraints = vec![Constraint::AtMost { matrix, bound: vec![0.0, -1.0] }];
        let program = Program { linear: vec![1.0], constraints, ..Program::default() };
        assert!(matches!(program.solve().unwrap(), Outcome::Infeasible));
        let matrix = Columns::from_data(1, 1, vec![1.0]);
        let constraints = vec![Constraint::AtMost { matrix, bound: vec![0.0] }];
        let program = Program { linear: vec![1.0], constraints, ..Program::default() };
        assert!(matches!(program.solve().unwrap(), Outcome::Unbounded));
    }
}
