//! The event study that the flags of `ceteris event` and `ceteris trends` stand for.

use ceteris::{DifferenceInDifferences, EventStudy, Groups, Index, Reform, TripleDifference};

use super::asked::{Asked, as_asked};
use crate::args::{Origin, StudyArgs};
use crate::exit::Failure;

/// One coefficient for each event time.
pub(super) fn study(args: &StudyArgs, asked: &Asked<'_>) -> Result<EventStudy, Failure> {
    let (time, outcome) = (args.time.as_str(), asked.outcome.clone());
    let study = match args.origin() {
        Origin::FirstTreated { unit, first_treated, never, always } => {
            let study = EventStudy::new(outcome, Index { unit, time }, first_treated).never(never);
            always.into_iter().fold(study, EventStudy::always)
        }
        Origin::Reform { treated, affected, date } => {
            let reform = Reform { time, date };
            match affected {
                None => DifferenceInDifferences::new(outcome, treated, reform).event_study()?,
                Some(affected) => {
                    TripleDifference::new(outcome, Groups { treated, affected }, reform).event_study()?
                }
            }
        }
    };
    let study = study.reference(args.reference);
    let study = match &args.window {
        Some(window) => study.window(window.clone()),
        None => study,
    };
    Ok(as_asked!(study, asked))
}
