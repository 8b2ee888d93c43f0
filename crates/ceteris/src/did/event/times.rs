//! Event times of the rows, and whether the reference is among them.
//!
//! The indicators of all event times of a cohort add up to the indicator of its units, which unit effects span; and
//! so do those of several cohorts that are linked by event times which they share. In each such set one event time
//! must be left out, and it is the reference that is: it must occur in each.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::{Error, Result};

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::did) enum EventTime {
    /// The row is not in the sample, or its time is missing.
    Missing,
    /// Its unit is never treated.
    Never,
    /// So many periods after the first treated time of its cohort.
    At { cohort: i64, periods: i64 },
}

impl EventTime {
    /// The periods, within the ends of a window.
    pub(super) fn within(self, (first, last): (i64, i64)) -> Self {
        match self {
            EventTime::At { cohort, periods } => {
                EventTime::At { cohort, periods: periods.clamp(first, last) }
            }
            other => other,
        }
    }

    /// The value in a column, with never-treated rows at `never`.
    pub(super) fn value(self, never: i64) -> f64 {
        match self {
            EventTime::Missing => f64::NAN,
            EventTime::Never => never as f64,
            EventTime::At { periods, .. } => periods as f64,
        }
    }
}

/// The event times at which each cohort is seen.
#[derive(Debug, Clone, Default)]
pub(in crate::did) struct Seen(BTreeMap<i64, BTreeSet<i64>>);

/// Cohorts, and the event times at which they are seen.
type Linked = (Vec<i64>, BTreeSet<i64>);

impl Seen {
    pub(in crate::did) fn of(rows: impl Iterator<Item = EventTime>) -> Self {
        let mut seen = Self::default();
        for row in rows {
            if let EventTime::At { cohort, periods } = row {
                seen.0.entry(cohort).or_default().insert(periods);
            }
        }
        seen
    }

    /// Where cohorts share the coefficients of their event times: each set of linked cohorts needs the reference.
    ///
    /// # Errors
    /// [`Error::ReferenceAbsent`].
    pub(in crate::did) fn check_linked(self, reference: i64) -> Result<()> {
        let mut linked: Vec<Linked> = Vec::new();
        for (cohort, times) in self.0 {
            let (shared, apart): (Vec<Linked>, Vec<Linked>) =
                linked.into_iter().partition(|(_, held)| !held.is_disjoint(&times));
            let joined = shared.into_iter().fold((vec![cohort], times), |mut all, (cohorts, times)| {
                all.0.extend(cohorts);
                all.1.extend(times);
                all
            });
            linked = apart;
            linked.push(joined);
        }
        check(linked, reference)
    }

    /// Where each cohort has coefficients of its own: each needs the reference.
    ///
    /// # Errors
    /// [`Error::ReferenceAbsent`].
    pub(in crate::did) fn check_each(self, reference: i64) -> Result<()> {
        check(self.0.into_iter().map(|(cohort, times)| (vec![cohort], times)).collect(), reference)
    }
}

fn check(sets: Vec<Linked>, reference: i64) -> Result<()> {
    let without = sets.iter().filter(|(_, times)| !times.contains(&reference));
    let mut cohorts: Vec<i64> = without.flat_map(|(cohorts, _)| cohorts.iter().copied()).collect();
    if cohorts.is_empty() {
        return Ok(());
    }
    cohorts.sort_unstable();
    let common =
        sets.into_iter().map(|(_, times)| times).reduce(|all, times| &all & &times).unwrap_or_default();
    let before = common.range(..0).next_back();
    let nearest = before.or(common.first()).copied();
    Err(Error::ReferenceAbsent { reference, cohorts, nearest })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cohorts with the event times at which they are seen.
    fn seen(cohorts: &[(i64, &[i64])]) -> Seen {
        let rows = cohorts
            .iter()
            .flat_map(|&(cohort, times)| times.iter().map(move |&periods| EventTime::At { cohort, periods }));
        Seen::of(rows.chain([EventTime::Never, EventTime::Missing]))
    }

    fn absent(refused: Result<()>) -> (Vec<i64>, Option<i64>) {
        match refused {
            Err(Error::ReferenceAbsent { cohorts, nearest, .. }) => (cohorts, nearest),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_last_event_time_before_treatment_that_all_have_is_proposed() {
        assert_eq!(absent(seen(&[(7, &[-4, -2, 0])]).check_linked(-1)), (vec![7], Some(-2)));
        assert_eq!(absent(seen(&[(7, &[-4, -2, 0]), (9, &[-4, 0])]).check_each(-1)), (vec![7, 9], Some(-4)));
        assert_eq!(absent(seen(&[(7, &[1, 2])]).check_linked(-1)), (vec![7], Some(1)));
    }

    #[test]
    fn cohorts_linked_by_a_shared_event_time_need_one_reference_and_others_one_each() {
        let bridged: [(i64, &[i64]); 3] = [(7, &[-2, 0]), (8, &[-1, 1]), (9, &[0, 1])];
        assert!(seen(&bridged).check_linked(-1).is_ok());
        assert_eq!(absent(seen(&bridged).check_each(-1)), (vec![7, 9], None));
        assert_eq!(absent(seen(&bridged[..2]).check_linked(-1)), (vec![7], None));
    }
}
