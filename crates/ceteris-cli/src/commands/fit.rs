//! `ceteris fit`: one regression, from flags to a table or an object.

use ceteris_data::{Overwrite, write};

use super::regression::source::File;
use super::regression::{Reported, check_output, remarks, specification};
use crate::args::FitArgs;
use crate::exit::Failure;

/// Fits, prints and writes.
pub(super) fn run(args: &FitArgs) -> Result<(), Failure> {
    let settings = &args.regression.settings;
    let vcov = specification::vcov(settings, args.ssc)?;
    let ols = specification::ols(&args.regression)?;
    check_output(&args.output)?;
    let file = File::read(settings, &ols)?;
    let fit = file.explained(ols.fit(&file.loaded.frame))?;
    let inference = file.explained(fit.inference(vcov))?;
    if let Some(path) = &args.ledger {
        let overwrite = if args.output.force { Overwrite::Replace } else { Overwrite::Refuse };
        write(&fit.row_ledger(), path, overwrite)?;
    }
    let remarks = remarks(&inference, args.level, &[], &file.slips(&ols, &settings.vcov));
    Reported {
        schema: "ceteris.fit/1",
        inference: &inference,
        effects: None,
        level: args.level,
        remarks: &remarks,
    }
    .show(&args.output)
}
