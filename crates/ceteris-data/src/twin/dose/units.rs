//! Who is in the panel of an outcome, when, with which weight, and which rows the published N counts.
//!
//! Practices: in random order, those that were there in all three years before the reform, until their
//! years after it reach N; the last one gives up late years to meet N exactly. CCGs: all 208, of which
//! N leaves out one or two, and single years where it must.
//!
//! Means and standard deviations are over all rows; the model uses the counted ones.

use super::doses::{CcgDoses, doses};
use crate::published::{Coefficient, OutcomeYear, table10, table11};
use crate::twin::denominators::Denominators;
use crate::twin::geography::practices;
use crate::twin::keystream::Keystream;
use crate::twin::parameters::Parameters;
use crate::twin::presence::{Traits, presence};

/// The stream that puts practices in order ...
const ORDER_STREAM: u64 = 5;
/// ... those that leave out CCGs, and single years.
const CCG_STREAM: u64 = 9;
const CCG_YEAR_STREAM: u64 = 10;
/// Years before the reform in each model.
const NBEFORE: usize = 3;
/// Years of a practice outcome, 2010/11 to 2015/16.
const NYEARS: usize = 6;
/// The first of them.
const FIRST: i32 = 2010;
/// The last table of practice outcomes.
const LAST_PRACTICE_TABLE: u8 = 15;
/// CCGs in the models of Tables 16 to 18, fewer where N is below.
const COUNTED_CCGS: usize = 207;

/// Practices and CCGs of the screening panel, without its rates.
#[derive(Debug, Clone)]
pub(super) struct Population {
    pub(super) doses: Vec<CcgDoses>,
    ccg: Vec<usize>,
    present: Vec<[bool; NYEARS]>,
    /// Most eligible women of a practice in any year.
    size: Vec<f64>,
}

impl Population {
    /// How many practices there are.
    pub(super) fn practices(&self) -> usize {
        self.ccg.len()
    }

    pub(super) fn new() -> Self {
        let keys = Keystream::new(1);
        let practices = practices(keys);
        let traits = Traits::new(keys, practices.len());
        let presence = presence(&practices, &traits);
        let counts = Denominators::new(keys, &practices, &presence, &traits, &Parameters::CALIBRATED);
        Self {
            doses: doses(),
            ccg: practices.iter().map(|practice| usize::from(practice.ccg)).collect(),
            present: presence.iter().map(|years| std::array::from_fn(|t| years[t + 1])).collect(),
            size: counts.women.iter().map(|years| years.iter().copied().fold(0.0, f64::max)).collect(),
        }
    }
}

/// The panel of an outcome before it has values.
#[derive(Debug, Clone)]
pub(super) struct Units {
    /// Whether units are practices; else they are CCGs.
    pub(super) are_practices: bool,
    /// Practice or CCG, counted from 0 over all there are.
    pub(super) unit: Vec<usize>,
    pub(super) ccg: Vec<usize>,
    pub(super) weight: Vec<f64>,
    /// First calendar year of each year.
    pub(super) years: Vec<i32>,
    /// Places of the years before and after the reform in `years`.
    pub(super) before: Vec<usize>,
    pub(super) after: Vec<usize>,
    /// By unit and year: whether there is a row.
    pub(super) present: Vec<Vec<bool>>,
    /// By unit and year: whether the published N counts the row.
    pub(super) counted: Vec<Vec<bool>>,
    /// Published mean and standard deviation of each year.
    pub(super) moments: Vec<(f64, f64)>,
}

impl Units {
    /// The panel that the coefficient's table and N ask for.
    pub(super) fn new(population: &Population, printed: &Coefficient) -> Self {
        if printed.table <= LAST_PRACTICE_TABLE {
            Self::of_practices(population, printed)
        } else {
            Self::of_ccgs(population, printed)
        }
    }

    fn of_practices(population: &Population, printed: &Coefficient) -> Self {
        let after = sampled(&population.present, printed.nobs as usize);
        let unit: Vec<usize> = (0..after.len()).filter(|&i| after[i].is_some()).collect();
        let counted = |i: &usize| {
            let years = after[*i].unwrap_or_default();
            (0..NYEARS).map(|t| t >= NBEFORE && years[t - NBEFORE]).collect()
        };
        let moments = moments(table10(), &printed.outcome);
        Self {
            are_practices: true,
            ccg: unit.iter().map(|&i| population.ccg[i]).collect(),
            weight: unit.iter().map(|&i| population.size[i]).collect(),
            years: (FIRST..).take(NYEARS).collect(),
            before: (0..NBEFORE).collect(),
            after: (NBEFORE..NYEARS).collect(),
            present: unit.iter().map(|&i| population.present[i].to_vec()).collect(),
            counted: unit.iter().map(counted).collect(),
            moments: filled(moments.into_iter().map(|(_, moments)| moments).collect()),
            unit,
        }
    }

    fn of_ccgs(population: &Population, printed: &Coefficient) -> Self {
        let ccgs = population.doses.len();
        let moments: Vec<(i32, (f64, f64))> = moments(table11(), &printed.outcome)
            .into_iter()
            .filter_map(|(year, moments)| Some((year, moments?)))
            .collect();
        let years: Vec<i32> = moments.iter().map(|(year, _)| *year).collect();
        // Flu is the outcome of 2014 given 2011 to 2013: no earlier year is printed.
        let first = years[0].max(FIRST);
        let place = |year: &i32| years.iter().position(|other| other == year);
        let before: Vec<usize> = (first..).take(NBEFORE).filter_map(|year| place(&year)).collect();
        let after: Vec<usize> = (before[NBEFORE - 1] + 1..years.len()).collect();
        let kept = counted_ccg_years(ccgs, after.len(), printed.nobs as usize);
        let counted = |i: usize| {
            let year =
                |t: usize| after.iter().position(|&k| k == t).is_some_and(|j| kept[i * after.len() + j]);
            (0..years.len()).map(year).collect()
        };
        let mut weight = vec![0.0; ccgs];
        population.ccg.iter().zip(&population.size).for_each(|(&ccg, size)| weight[ccg] += size);
        Self {
            are_practices: false,
            unit: (0..ccgs).collect(),
            ccg: (0..ccgs).collect(),
            weight,
            present: vec![vec![true; years.len()]; ccgs],
            counted: (0..ccgs).map(counted).collect(),
            moments: moments.iter().map(|(_, moments)| *moments).collect(),
            before,
            after,
            years,
        }
    }
}

/// For each practice that is drawn, which of its years after the reform count.
fn sampled(present: &[[bool; NYEARS]], nobs: usize) -> Vec<Option<[bool; NBEFORE]>> {
    let keys = Keystream::of_doses().keys(ORDER_STREAM, present.len());
    let mut order: Vec<usize> = (0..present.len()).collect();
    order.sort_by_key(|&i| keys[i]);
    let after = |i: usize| -> [bool; NBEFORE] {
        let there_before = present[i][..NBEFORE].iter().all(|there| *there);
        std::array::from_fn(|j| there_before && present[i][NBEFORE + j])
    };
    let mut drawn = vec![None; present.len()];
    let mut counted = 0;
    for i in order {
        let mut years = after(i);
        counted += years.iter().filter(|there| **there).count();
        for year in years.iter_mut().rev().filter(|there| **there) {
            if counted > nobs {
                *year = false;
                counted -= 1;
            }
        }
        drawn[i] = Some(years);
        if counted == nobs {
            break;
        }
    }
    drawn
}

/// By CCG and year after the reform, whether N counts the row.
fn counted_ccg_years(ccgs: usize, years: usize, nobs: usize) -> Vec<bool> {
    let ranked = |stream, count| {
        let z = Keystream::of_doses().numbered_normals(stream, count);
        let mut order: Vec<usize> = (0..count).collect();
        order.sort_by(|&a, &b| z[a].total_cmp(&z[b]));
        order
    };
    let mut counted = vec![true; ccgs * years];
    let left_out = ccgs - COUNTED_CCGS.min(nobs);
    for ccg in &ranked(CCG_STREAM, ccgs)[..left_out] {
        counted[ccg * years..(ccg + 1) * years].fill(false);
    }
    let surplus = counted.iter().filter(|there| **there).count().saturating_sub(nobs);
    let order = ranked(CCG_YEAR_STREAM, counted.len());
    let single: Vec<usize> = order.into_iter().filter(|&row| counted[row]).take(surplus).collect();
    single.into_iter().for_each(|row| counted[row] = false);
    counted
}

/// Mean and standard deviation of each year.
fn moments(table: &[OutcomeYear], outcome: &str) -> Vec<(i32, Option<(f64, f64)>)> {
    let mine = table.iter().filter(|cell| cell.outcome == outcome);
    mine.map(|cell| (cell.year.start().into(), cell.moments.map(|m| (m.mean.value, m.sd.value)))).collect()
}

/// Moments of every year: Table 10 prints none for the experience of appointments in 2010/11, which
/// the model needs, so the next year's stand there.
fn filled(moments: Vec<Option<(f64, f64)>>) -> Vec<(f64, f64)> {
    let next = moments.iter().flatten().next().copied();
    moments.into_iter().map(|year| year.or(next).expect("Table 10 prints all later years")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::coefficients;

    #[test]
    fn every_model_has_the_rows_that_its_table_counts() {
        let population = Population::new();
        for row in coefficients() {
            let units = Units::new(&population, row);
            let counted = units.counted.iter().flatten().filter(|there| **there).count();
            assert_eq!(counted, row.nobs as usize, "{} {}", row.table, row.outcome);
        }
    }

    #[test]
    fn models_of_flu_begin_later() {
        let flu = coefficients().iter().find(|row| row.outcome == "flu_65_plus").expect("Table 16");
        let units = Units::new(&Population::new(), flu);
        let year = |places: &[usize]| places.iter().map(|&t| units.years[t]).collect::<Vec<_>>();
        assert_eq!((year(&units.before), year(&units.after)), (vec![2011, 2012, 2013], vec![2014]));
    }
}
