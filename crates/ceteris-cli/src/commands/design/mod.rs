//! The designs: each command builds one from column names, fits it and shows its effect.

pub(super) mod bracket;
pub(super) mod ddd;
pub(super) mod did;
pub(super) mod event;
pub(super) mod ldv;
mod path;
pub(super) mod trends;

use ceteris::{DesignFit, Effect, Ols, Term, Variable};

use super::regression::source::{File, in_file_rows};
use super::regression::{Reported, remarks, specification};
use crate::args::{DesignArgs, When};
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
        Ok(Self {
            outcome: ols.outcome().clone(),
            covariates: ols.terms().to_vec(),
            effects: ols.effects().to_vec(),
        })
    }
}

/// Shows the effects of a design that was fitted to the rows of a file.
fn show_effects(
    schema: &'static str,
    args: &DesignArgs,
    file: &File,
    fitted: &DesignFit,
) -> Result<(), Failure> {
    let fit = fitted.fit();
    let vcov = specification::vcov(&args.settings)?;
    let inference = fit.inference_under(vcov, args.ssc).map_err(in_file_rows)?;
    let effects = fitted.terms().iter().map(|term| inference.coef(term)).collect::<Result<Vec<_>, _>>()?;
    let slips = file.slips(fit.ols(), &args.settings.vcov);
    let remarks = remarks(&inference, args.level, &[], &slips);
    let effects = Some(effects);
    Reported { schema, inference: &inference, effects, level: args.level, remarks: &remarks }
        .show(&args.output)
}

/// The columns that say when "after" is.
fn columns_of(when: When<'_>) -> &str {
    match when {
        When::Post(post) => post,
        When::Since { time, .. } => time,
    }
}
