//! The designs: each command builds one from column names, fits it and shows its effect.

pub(super) mod bracket;
pub(super) mod ddd;
pub(super) mod did;
mod estimator;
pub(super) mod event;
pub(super) mod ldv;
mod path;
mod staggered;
pub(super) mod trends;

use ceteris::did::DesignFit;
use ceteris::{Effect, Ols, Term, Variable};

use super::regression::source::{File, in_file_rows};
use super::regression::{Reported, remarks, specification};
use crate::args::{DesignArgs, WhenArgs};
use crate::exit::{Failure, one_line};

/// The parts of a design that are written as in a formula.
struct Parts {
    outcome: Variable,
    covariates: Vec<Term>,
    effects: Vec<Effect>,
}

impl Parts {
    fn read(args: &DesignArgs) -> Result<Self, Failure> {
        let covariates = args.adjust.as_deref().unwrap_or("1");
        let effects = args.absorb.as_ref().map_or(String::new(), |effects| format!(" | {effects}"));
        let formula = one_line(&format!("{} ~ {covariates}{effects}", args.outcome));
        let ols: Ols = formula.parse()?;
        if args.absorb.is_none() && !ols.effects().is_empty() {
            let found = "`--adjust` must be covariates, but it holds effects behind `|`".to_string();
            return Err(Failure::Usage(found + "; name them with `--absorb`"));
        }
        if !ols.has_intercept() {
            let found = "`--adjust` must be covariates, but it takes the intercept out".to_string();
            return Err(Failure::Usage(found + "; leave out `- 1`"));
        }
        Ok(Self {
            outcome: ols.outcome().clone(),
            covariates: ols.terms().to_vec(),
            effects: ols.effects().to_vec(),
        })
    }
}

impl Parts {
    /// The outcome of a design that reads it at several times: a column as it is.
    fn outcome_column(&self) -> Result<&str, Failure> {
        match &self.outcome {
            Variable::Column(column) => Ok(column),
            other => Err(plain("outcome", &other.to_string())),
        }
    }

    /// The covariates of a design that reads them as columns.
    fn covariate_columns(&self) -> Result<Vec<&str>, Failure> {
        let column = |term: &'_ Term| match term.variables() {
            [Variable::Column(_)] => Ok(()),
            _ => Err(plain("adjust", &term.to_string())),
        };
        self.covariates.iter().try_for_each(column)?;
        Ok(self.covariates.iter().map(|term| term.variables()[0].column()).collect())
    }
}

fn plain(flag: &str, found: &str) -> Failure {
    Failure::Usage(format!(
        "`--{flag}` must be a column as it is for this estimate, but it is `{found}`; \
         add a column with these values to the data"
    ))
}

/// Shows the effects of a design that was fitted to the rows of a file.
fn show_effects(
    schema: &'static str,
    args: &DesignArgs,
    file: &File,
    fitted: &DesignFit,
) -> Result<(), Failure> {
    let fit = fitted.fit();
    let vcov = specification::vcov(&args.settings, args.ssc)?;
    let inference = fit.inference(vcov).map_err(in_file_rows)?;
    let effects = fitted.terms().iter().map(|term| inference.coef(term)).collect::<Result<Vec<_>, _>>()?;
    let slips = file.slips(fit.ols(), &args.settings.vcov);
    let remarks = remarks(&inference, args.level, &[], &slips);
    let effects = Some(effects);
    Reported { schema, inference: &inference, effects, level: args.level, remarks: &remarks }
        .show(&args.output)
}

/// The column that says when "after" is.
fn columns_of(when: &WhenArgs) -> &str {
    let named = when.post.as_deref().or(when.time.as_deref());
    named.expect("the parser asks for --post, or for --time with --date")
}
