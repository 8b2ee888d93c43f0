//! In which years each practice exists.
//!
//! ```text
//! closing score = z_size + 0.4 z_screening + 0.8 z_exit        the lowest close first
//! ```
//!
//! A few practices of each group follow a fixed pattern; all others are there in the four years
//! before the reform and then close one after the other, so that yearly counts are those of Table 6.

use super::geography::{Group, Practice};
use super::keystream::{Keystream, Stream};
use super::{ByYear, FIRST_AFTER};

/// Patterns of the years before the reform, years after it, and practices of each group that follow
/// them.
const SPECIAL: [([u8; 4], usize, [usize; 2]); 7] = [
    ([1, 1, 0, 0], 0, [2, 3]),
    ([1, 1, 1, 0], 0, [15, 5]),
    ([0, 0, 0, 1], 0, [3, 4]),
    ([0, 0, 0, 1], 1, [1, 0]),
    ([0, 1, 1, 1], 0, [1, 3]),
    ([0, 1, 1, 1], 3, [0, 1]),
    ([0, 0, 1, 1], 0, [1, 0]),
];

/// Other practices of each group still open in 2013/14, 2014/15 and 2015/16.
const OPEN: [[usize; 3]; 2] = [[4198, 4125, 4026], [3354, 3301, 3235]];

/// What a practice is like, in standard deviations.
#[derive(Debug)]
pub(super) struct Traits {
    pub(super) size: Vec<f64>,
    pub(super) fertility: Vec<f64>,
    pub(super) screening: Vec<f64>,
    pub(super) births: Vec<f64>,
    pub(super) growth: Vec<f64>,
    exit: Vec<f64>,
    special: Vec<f64>,
}

impl Traits {
    pub(super) fn new(keys: Keystream, practices: usize) -> Self {
        let normals = |stream| keys.normals(stream, practices);
        Self {
            size: normals(Stream::Size),
            fertility: normals(Stream::Fertility),
            screening: normals(Stream::ScreeningLevel),
            births: normals(Stream::BirthsLevel),
            growth: normals(Stream::Growth),
            exit: normals(Stream::Exit),
            special: normals(Stream::Special),
        }
    }

    fn closing_score(&self, i: usize) -> f64 {
        self.size[i] + 0.4 * self.screening[i] + 0.8 * self.exit[i]
    }
}

/// Whether each practice exists in each year.
pub(super) fn presence(practices: &[Practice], traits: &Traits) -> Vec<ByYear<bool>> {
    let mut presence = vec![[true; 7]; practices.len()];
    for group in Group::BOTH {
        let mut members: Vec<usize> =
            (0..practices.len()).filter(|&i| practices[i].group() == group).collect();
        members.sort_by(|&a, &b| traits.special[a].total_cmp(&traits.special[b]));
        let special = mark_special(&mut presence, &members, group);
        let mut others = members.split_off(special);
        others.sort_unstable(); // ties below are kept in the order of practices
        others.sort_by(|&a, &b| traits.closing_score(b).total_cmp(&traits.closing_score(a)));
        for (year, open) in OPEN[group as usize].into_iter().enumerate() {
            others[open..].iter().for_each(|&i| presence[i][FIRST_AFTER + year] = false);
        }
    }
    presence
}

/// Gives the first members the fixed patterns; returns how many.
fn mark_special(presence: &mut [ByYear<bool>], members: &[usize], group: Group) -> usize {
    let mut next = 0;
    for (before, after, counts) in SPECIAL {
        let count = counts[group as usize];
        for &i in &members[next..next + count] {
            presence[i] = std::array::from_fn(|year| match year.checked_sub(FIRST_AFTER) {
                None => before[year] == 1,
                Some(year) => year < after,
            });
        }
        next += count;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::super::geography::practices;
    use super::*;
    use crate::published::table6;

    #[test]
    fn practices_of_every_year_are_those_of_table_6() {
        let keys = Keystream::new(1);
        let practices = practices(keys);
        let presence = presence(&practices, &Traits::new(keys, practices.len()));
        for (t, year) in table6().iter().enumerate() {
            let count = |group| {
                let members = practices.iter().zip(&presence);
                members.filter(|(p, there)| p.group() == group && there[t]).count() as u32
            };
            assert_eq!(count(Group::One), year.practices.one, "{}", year.year);
            assert_eq!(count(Group::Several), year.practices.several, "{}", year.year);
        }
    }
}
