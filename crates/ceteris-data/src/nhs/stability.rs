//! Practice membership stability: how much of a primary care trust stayed together.
//!
//! ```text
//! stability(i) = n(p, c) / n(p)     for practice i of trust p (31 March 2012) and group c (1 April 2013)
//! ```
//!
//! Counts run over the GP practices (prescribing setting 4) that were in an organisation on the first
//! day and in a commissioning group on the second. Checkland et al. (2018), section 6.5.2: "the
//! numbers of practices in each PCT and the number of practices in each PCT-CCG combination".
//!
//! The same practices link figures of trusts to groups, as those of influenza vaccines before 2013:
//!
//! ```text
//! y(c) = mean over the practices i of c of y(trust of i)
//! ```

use std::collections::BTreeMap;

use super::day::Day;
use super::derive::Moments;
use super::membership::Membership;
use super::organisations::Organisations;
use crate::error::{Error, Result};

/// A practice before and after the reform.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PracticeStability {
    /// Code of the practice.
    pub practice: String,
    /// Its primary care trust on 31 March 2012.
    pub trust: String,
    /// Its commissioning group on 1 April 2013.
    pub group: String,
    /// `n(p)`: practices of the trust.
    pub in_trust: usize,
    /// `n(p, c)`: those of them in the same group.
    pub together: usize,
}

impl PracticeStability {
    /// Share of the trust's practices in the same group, from above 0 to 1.
    pub fn share(&self) -> f64 {
        self.together as f64 / self.in_trust as f64
    }
}

/// Practice membership stability of all practices, by practice code.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{Membership, Organisations, Stability};
/// let stability = Stability::new(
///     &Membership::read("epcmem.csv.gz")?,
///     &Organisations::practices("epraccur.csv.gz")?,
///     &Organisations::commissioners("eccg.csv")?,
/// )?;
/// assert_eq!(stability.practices().len(), 8_116);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stability {
    practices: Vec<PracticeStability>,
}

impl Stability {
    /// Follows every GP practice from its trust to its commissioning group.
    ///
    /// # Errors
    /// [`Error::Empty`] (of the membership file) if no practice is in a trust before and in a
    /// commissioning group after.
    pub fn new(
        membership: &Membership,
        practices: &Organisations,
        commissioners: &Organisations,
    ) -> Result<Self> {
        let is_group = |code: &str| {
            let group = commissioners.organisation(code);
            group.is_some_and(|group| group.is_commissioning_group() && group.is_open(Day::REFORM))
        };
        let moves: Vec<(&str, &str, &str)> = practices
            .iter()
            .filter(|practice| practice.is_gp_practice())
            .filter_map(|practice| {
                let trust = membership.organisation(&practice.code, Day::END_OF_2011_12)?;
                let group = membership.organisation(&practice.code, Day::REFORM)?;
                is_group(group).then_some((practice.code.as_str(), trust, group))
            })
            .collect();
        if moves.is_empty() {
            let found = "has no practice in a trust on 2012-03-31 and in a known group on 2013-04-01";
            return Err(Error::Empty { path: membership.path().to_path_buf(), found });
        }
        Ok(Self { practices: counted(&moves) })
    }

    /// All practices, by code.
    pub fn practices(&self) -> &[PracticeStability] {
        &self.practices
    }

    /// Number of commissioning groups with a practice.
    pub fn groups(&self) -> usize {
        let mut groups: Vec<&str> = self.practices.iter().map(|each| each.group.as_str()).collect();
        groups.sort_unstable();
        groups.dedup();
        groups.len()
    }

    /// Turns figures of trusts into figures of commissioning groups: the mean over a group's practices of the
    /// figure of their trust. A group with a practice whose trust has no figure has none either.
    pub fn to_groups(&self, figures: &BTreeMap<String, f64>) -> BTreeMap<&str, f64> {
        let mut sums: BTreeMap<&str, (f64, Option<f64>)> = BTreeMap::new();
        for each in &self.practices {
            let (count, sum) = sums.entry(&each.group).or_insert((0.0, Some(0.0)));
            *count += 1.0;
            *sum = sum.zip(figures.get(&each.trust)).map(|(sum, figure)| sum + figure);
        }
        sums.into_iter().filter_map(|(group, (count, sum))| Some((group, sum? / count))).collect()
    }

    /// Mean and standard deviation over practices; `None` for a single practice.
    pub fn moments(&self) -> Option<Moments> {
        Moments::new(self.practices.iter().map(|each| (each.share(), 1.0)))
    }
}

/// `n(p)` and `n(p, c)` beside each move.
fn counted(moves: &[(&str, &str, &str)]) -> Vec<PracticeStability> {
    let mut in_trust: BTreeMap<&str, usize> = BTreeMap::new();
    let mut together: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (_, trust, group) in moves {
        *in_trust.entry(trust).or_default() += 1;
        *together.entry((trust, group)).or_default() += 1;
    }
    let with_counts = |(practice, trust, group): &(&str, &str, &str)| PracticeStability {
        practice: (*practice).to_string(),
        trust: (*trust).to_string(),
        group: (*group).to_string(),
        in_trust: in_trust[trust],
        together: together[&(*trust, *group)],
    };
    moves.iter().map(with_counts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trust_that_stays_together_has_stability_one_and_a_split_one_the_shares() {
        let moves = [("A1", "P1", "C1"), ("A2", "P1", "C1"), ("B1", "P2", "C1"), ("B2", "P2", "C2")];
        let shares: Vec<f64> = counted(&moves).iter().map(PracticeStability::share).collect();
        assert_eq!(shares, [1.0, 1.0, 0.5, 0.5]);
    }

    #[test]
    fn a_group_has_the_mean_figure_of_the_trusts_of_its_practices() {
        let moves = [
            ("A1", "P1", "C1"),
            ("A2", "P1", "C1"),
            ("B1", "P2", "C1"),
            ("B2", "P2", "C2"),
            ("D", "P3", "C3"),
        ];
        let stability = Stability { practices: counted(&moves) };
        let figures = BTreeMap::from([("P1".to_string(), 70.0), ("P2".to_string(), 76.0)]);
        assert_eq!(stability.to_groups(&figures), BTreeMap::from([("C1", 72.0), ("C2", 76.0)]));
    }

    #[test]
    fn joining_with_another_trust_does_not_lower_stability() {
        let moves = [("A1", "P1", "C1"), ("B1", "P2", "C1")];
        assert!(counted(&moves).iter().all(|each| each.share() == 1.0));
    }
}
