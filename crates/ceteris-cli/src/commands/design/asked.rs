//! What every design is asked for, read once from the flags and handed on: the parts that are written as in a
//! formula, the rows and weights, the covariance, the solver, and the file.

use ceteris::did::DesignFit;
use ceteris::frame::rows_in_words;
use ceteris::{Effect, Ols, Solver, Term, Variable, Vcov};

use crate::args::{Columns, DesignArgs, SettingsArgs};
use crate::commands::regression::source::File;
use crate::commands::regression::{Reported, remarks, specification};
use crate::exit::Failure;

/// The flags of a design, read.
pub(super) struct Asked<'a> {
    flags: &'a DesignArgs,
    pub(super) outcome: Variable,
    pub(super) covariates: Vec<Term>,
    pub(super) effects: Vec<Effect>,
    pub(super) vcov: Vcov,
    pub(super) solver: Solver,
    pub(super) level: f64,
}

/// A design with everything that was asked for: each has the same methods for it.
macro_rules! as_asked {
    ($design:expr, $asked:expr) => {{
        let design = $design.adjust_for($asked.covariates.clone()).absorb($asked.effects.clone());
        $crate::commands::regression::specification::configured!(design, $asked.settings(), $asked.solver)
    }};
}
pub(super) use as_asked;

impl<'a> Asked<'a> {
    /// Reads the flags.
    pub(super) fn read(flags: &'a DesignArgs) -> Result<Self, Failure> {
        let ols = in_a_formula(flags)?;
        Ok(Self {
            flags,
            outcome: ols.outcome().clone(),
            covariates: ols.terms().to_vec(),
            effects: ols.effects().to_vec(),
            vcov: specification::vcov(&flags.settings, flags.ssc)?,
            solver: specification::solver(&flags.settings)?,
            level: flags.level,
        })
    }

    /// Rows, weights and the rest of the regression.
    pub(super) fn settings(&self) -> &'a SettingsArgs {
        &self.flags.settings
    }

    /// The outcome of a design that reads it at several times: a column as it is.
    pub(super) fn outcome_column(&self) -> Result<&str, Failure> {
        match &self.outcome {
            Variable::Column(column) => Ok(column),
            other => Err(plain("outcome", &other.to_string())),
        }
    }

    /// The covariates of a design that reads them as columns.
    pub(super) fn covariate_columns(&self) -> Result<Vec<&str>, Failure> {
        let column = |term: &'_ Term| match term.variables() {
            [Variable::Column(_)] => Ok(()),
            _ => Err(plain("adjust", &term.to_string())),
        };
        self.covariates.iter().try_for_each(column)?;
        Ok(self.covariates.iter().map(|term| term.variables()[0].column()).collect())
    }

    /// The file, of which the regression and the design read these columns as numbers.
    pub(super) fn file(&self, ols: &Ols, columns: &Columns<'_>) -> Result<File, Failure> {
        File::read_with(self.settings(), ols, columns)
    }

    /// Which rows are used and how much each counts, in words that follow a count of rows.
    pub(super) fn rows(&self) -> String {
        rows_in_words(self.settings().weights.as_ref(), &self.settings().keep)
    }

    /// How the standard errors of a regression are made.
    pub(super) fn errors(&self) -> String {
        format!("{} (correction: {})", self.vcov, self.vcov.correction())
    }

    /// Shows the effects of a design that was fitted to the rows of a file.
    pub(super) fn show_effects(
        &self,
        schema: &'static str,
        file: &File,
        fitted: &DesignFit,
    ) -> Result<(), Failure> {
        let fit = fitted.fit();
        let inference = file.explained(fit.inference(self.vcov.clone()))?;
        let effects =
            fitted.terms().iter().map(|term| inference.coef(term)).collect::<Result<Vec<_>, _>>()?;
        let slips = file.slips(fit.ols(), &self.vcov);
        let remarks = remarks(&inference, self.level, &[], &slips);
        let effects = Some(effects);
        Reported { schema, inference: &inference, effects, level: self.level, remarks: &remarks }
            .show(&self.flags.output)
    }
}

/// The flags that are written as in a formula, as one.
fn in_a_formula(flags: &DesignArgs) -> Result<Ols, Failure> {
    let covariates = flags.adjust.as_deref().unwrap_or("1");
    let effects = flags.absorb.as_ref().map_or(String::new(), |effects| format!(" | {effects}"));
    let formula = format!("{} ~ {covariates}{effects}", flags.outcome);
    let ols: Ols = formula.parse()?;
    if flags.absorb.is_none() && !ols.effects().is_empty() {
        let found = "`--adjust` must be covariates, but it holds effects behind `|`".to_string();
        return Err(Failure::Usage(found + "; name them with `--absorb`"));
    }
    if !ols.has_intercept() {
        let found = "`--adjust` must be covariates, but it takes the intercept out".to_string();
        return Err(Failure::Usage(found + "; leave out `- 1`"));
    }
    Ok(ols)
}

fn plain(flag: &str, found: &str) -> Failure {
    Failure::Usage(format!(
        "`--{flag}` must be a column as it is for this estimate, but it is `{found}`; \
         add a column with these values to the data"
    ))
}
