//! CCGs, their numbers of local authorities, and how many practices each has.
//!
//! ```text
//! s_c = clip(1 + 0.35 z_c, 0.4, 2)                 relative number of practices of CCG c
//! n_c = largest remainders of N s_c / sum s        within CCGs of one, two, more local authorities
//! ```

use super::keystream::{Keystream, Stream};

/// CCGs by their number of local authorities: mean 2.29, standard deviation 2.01.
const CCGS: [(u8, usize); 11] =
    [(1, 119), (2, 25), (3, 21), (4, 14), (5, 10), (6, 8), (7, 5), (8, 2), (9, 2), (10, 1), (11, 1)];

/// Practices of CCGs with one, two and more local authorities.
const PRACTICES: [usize; 3] = [4266, 1240, 3407 - 1240];

/// Practices of CCGs with one local authority, and with several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    One = 0,
    Several = 1,
}

impl Group {
    pub(super) const BOTH: [Self; 2] = [Group::One, Group::Several];
}

/// A practice: its CCG, counted from 0, and that CCG's number of local authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Practice {
    pub(super) ccg: u16,
    pub(super) local_authorities: u8,
}

impl Practice {
    pub(super) fn group(self) -> Group {
        if self.local_authorities > 1 { Group::Several } else { Group::One }
    }

    /// One, two or more local authorities.
    pub(super) fn class(self) -> usize {
        usize::from(self.local_authorities.min(3)) - 1
    }

    /// 1 with more than two local authorities, else 0.
    pub(super) fn many(self) -> f64 {
        f64::from(u8::from(self.local_authorities > 2))
    }
}

/// The number of local authorities of each CCG.
pub(super) fn local_authorities() -> Vec<u8> {
    CCGS.iter().flat_map(|&(authorities, count)| std::iter::repeat_n(authorities, count)).collect()
}

/// All practices, CCGs with one local authority first.
pub(super) fn practices(keys: Keystream) -> Vec<Practice> {
    let authorities = local_authorities();
    let sizes: Vec<f64> = keys
        .normals(Stream::CcgSize, authorities.len())
        .iter()
        .map(|z| (1.0 + 0.35 * z).clamp(0.4, 2.0))
        .collect();
    let mut practices = Vec::new();
    for (class, total) in PRACTICES.into_iter().enumerate() {
        let ccgs: Vec<Practice> = authorities
            .iter()
            .enumerate()
            .map(|(ccg, &local_authorities)| Practice { ccg: ccg as u16, local_authorities })
            .filter(|ccg| ccg.class() == class)
            .collect();
        let sizes: Vec<f64> = ccgs.iter().map(|ccg| sizes[usize::from(ccg.ccg)]).collect();
        for (ccg, count) in ccgs.into_iter().zip(apportioned(total, &sizes)) {
            practices.extend(std::iter::repeat_n(ccg, count));
        }
    }
    practices
}

/// Shares of `total` in proportion to `sizes`; what is left goes to the largest remainders.
fn apportioned(total: usize, sizes: &[f64]) -> Vec<usize> {
    let sum: f64 = sizes.iter().sum();
    let quotas: Vec<f64> = sizes.iter().map(|size| total as f64 * size / sum).collect();
    let mut counts: Vec<usize> = quotas.iter().map(|quota| quota.floor() as usize).collect();
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    let remainder = |i: usize| quotas[i] - quotas[i].floor();
    order.sort_by(|&a, &b| remainder(b).total_cmp(&remainder(a)));
    let left = total - counts.iter().sum::<usize>();
    for &i in &order[..left] {
        counts[i] += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_the_ccgs_of_table_5_and_the_moments_of_the_text() {
        let counts: Vec<f64> =
            CCGS.iter().flat_map(|&(k, count)| std::iter::repeat_n(f64::from(k), count)).collect();
        assert_eq!(counts.len(), 208);
        assert_eq!(counts.iter().filter(|count| **count > 1.0).count(), 89);
        let mean = counts.iter().sum::<f64>() / 208.0;
        let variance = counts.iter().map(|k| (k - mean) * (k - mean)).sum::<f64>() / 207.0;
        assert_eq!((format!("{mean:.2}"), format!("{:.2}", variance.sqrt())), ("2.29".into(), "2.01".into()));
    }

    #[test]
    fn practices_are_as_many_as_in_the_panel_and_every_ccg_has_some() {
        let practices = practices(Keystream::new(1));
        assert_eq!(practices.len(), 7673);
        let several = practices.iter().filter(|practice| practice.group() == Group::Several).count();
        assert_eq!(several, 3407);
        let ccgs: std::collections::BTreeSet<u16> = practices.iter().map(|p| p.ccg).collect();
        assert_eq!(ccgs.len(), 208);
    }

    #[test]
    fn what_is_left_goes_to_the_largest_remainders() {
        assert_eq!(apportioned(10, &[1.0, 1.0, 1.0]), [4, 3, 3]);
        assert_eq!(apportioned(4, &[1.0, 2.6, 0.4]), [1, 3, 0]);
    }
}
