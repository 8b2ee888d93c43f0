//! Real doses of the reform, by practice and by commissioning group.
//!
//! ```text
//! n_la(c)                = distinct local authority districts over the small areas of CCG c
//! practice_stability(i)  = n(p, c) / n(p) of practice i
//! practice_stability(c)  = mean over the practices of CCG c
//! ```
//!
//! The third dose of the evaluation, the clinical share of the governing body, was counted from web
//! pages by its authors and stands in no public file.

use std::collections::BTreeMap;

use ceteris::Frame;

use super::derive::Moments;
use super::list_sizes::ListSizes;
use super::lookup::{LocalAuthorities, group_in_lookup};
use super::stability::Stability;
use crate::error::{Error, Result};

/// Doses of a practice.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PracticeDose {
    /// Code of the practice.
    pub practice: String,
    /// Its primary care trust on 31 March 2012.
    pub trust: String,
    /// Its commissioning group on 1 April 2013, by the code that the lookup has for it.
    pub ccg: String,
    /// Local authorities of the commissioning group; `None` if the lookup does not know it or sets it
    /// apart.
    pub local_authorities: Option<usize>,
    /// Share of the trust's practices in the same commissioning group.
    pub stability: f64,
    /// Registered patients; `None` without a list.
    pub registered: Option<u64>,
}

/// Doses of a commissioning group.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CcgDose {
    /// Code of the health service.
    pub ccg: String,
    /// Code of the statistics office.
    pub ons_code: String,
    /// Name.
    pub name: String,
    /// Local authorities.
    pub local_authorities: usize,
    /// Mean stability of its practices; `None` if it has none.
    pub stability: Option<f64>,
    /// Practices.
    pub practices: usize,
    /// Their registered patients, as far as lists are known.
    pub registered: u64,
}

/// Number of local authorities and practice membership stability, from public files.
///
/// # Example
/// ```no_run
/// use ceteris_data::nhs::{Doses, ListSizes, LocalAuthorities, Membership, Organisations, Stability};
/// let stability = Stability::new(
///     &Membership::read("epcmem.csv.gz")?,
///     &Organisations::practices("epraccur.csv.gz")?,
///     &Organisations::commissioners("eccg.csv")?,
/// )?;
/// let lookup = LocalAuthorities::read("LSOA11_CCG15_LAD15_EN_LU.csv.gz")?;
/// let lists = ListSizes::read("Patient_List_Size_2013_04-06.csv.gz")?;
/// let doses = Doses::new(&lookup, &stability)?.lists(&lists);
/// println!("{} practices, {} groups", doses.practices().len(), doses.ccgs().len());
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Doses {
    practices: Vec<PracticeDose>,
    ccgs: Vec<CcgDose>,
}

impl Doses {
    /// Joins the two sources by the code of the commissioning group.
    ///
    /// # Errors
    /// [`Error::Frame`] with [`ceteris::Error::UnknownLevel`] for a commissioning group of a practice
    /// that the lookup neither has nor sets apart.
    pub fn new(lookup: &LocalAuthorities, stability: &Stability) -> Result<Self> {
        let practices = stability.practices().iter().map(|each| {
            let ccg = group_in_lookup(&each.group).to_string();
            let local_authorities = lookup.count(&ccg);
            if local_authorities.is_none() && !lookup.is_apart(&ccg) {
                return Err(unknown(&ccg, lookup));
            }
            Ok(PracticeDose {
                practice: each.practice.clone(),
                trust: each.trust.clone(),
                ccg,
                local_authorities,
                stability: each.share(),
                registered: None,
            })
        });
        let practices = practices.collect::<Result<Vec<_>>>()?;
        let ccgs = ccg_doses(lookup, &practices);
        Ok(Self { practices, ccgs })
    }

    /// Adds registered patients; a practice without a list has none.
    #[must_use]
    pub fn lists(mut self, lists: &ListSizes) -> Self {
        let sizes: BTreeMap<&str, u64> =
            lists.lists().iter().map(|list| (list.practice.as_str(), list.patients.total())).collect();
        for practice in &mut self.practices {
            practice.registered = sizes.get(practice.practice.as_str()).copied();
        }
        for ccg in &mut self.ccgs {
            let members = self.practices.iter().filter(|practice| practice.ccg == ccg.ccg);
            ccg.registered = members.filter_map(|practice| practice.registered).sum();
        }
        self
    }

    /// Doses by practice, by practice code.
    pub fn practices(&self) -> &[PracticeDose] {
        &self.practices
    }

    /// Doses by commissioning group, by the code of the statistics office.
    pub fn ccgs(&self) -> &[CcgDose] {
        &self.ccgs
    }

    /// The dose of a commissioning group, by either of its codes or by that of April 2013.
    pub fn ccg(&self, code: &str) -> Option<&CcgDose> {
        let code = group_in_lookup(code);
        self.ccgs.iter().find(|dose| dose.ccg == code || dose.ons_code == code)
    }

    /// Mean and standard deviation of the number of local authorities over practices; `None` if fewer than
    /// two have one.
    pub fn local_authorities(&self) -> Option<Moments> {
        Moments::new(self.local_authorities_of_practices().map(|(count, _)| (count, 1.0)))
    }

    /// The same with practices weighted by their registered patients; those without a list do
    /// not count.
    pub fn local_authorities_by_list(&self) -> Option<Moments> {
        let listed = |(count, list): (f64, Option<u64>)| (count, list.unwrap_or(0) as f64);
        Moments::new(self.local_authorities_of_practices().map(listed))
    }

    fn local_authorities_of_practices(&self) -> impl Iterator<Item = (f64, Option<u64>)> {
        self.practices.iter().filter_map(|each| Some((each.local_authorities? as f64, each.registered)))
    }

    /// Columns `practice`, `trust` and `ccg` (categories), `n_la`, `practice_stability` and `registered`
    /// (real), one row for each practice.
    ///
    /// # Errors
    /// Those of [`Frame::add`].
    pub fn practice_frame(&self) -> Result<Frame> {
        let rows = &self.practices;
        let real = |value: fn(&PracticeDose) -> Option<f64>| real_column(rows.iter().map(value));
        Ok(Frame::new()
            .add_category("practice", rows.iter().map(|row| Some(&row.practice)))?
            .add_category("trust", rows.iter().map(|row| Some(&row.trust)))?
            .add_category("ccg", rows.iter().map(|row| Some(&row.ccg)))?
            .add_real("n_la", real(|row| row.local_authorities.map(|count| count as f64)))?
            .add_real("practice_stability", real(|row| Some(row.stability)))?
            .add_real("registered", real(|row| row.registered.map(|list| list as f64)))?)
    }

    /// Columns `ccg`, `ccg_ons` and `name` (categories), `n_la`, `practice_stability`, `practices` and
    /// `registered` (real), one row for each commissioning group.
    ///
    /// # Errors
    /// Those of [`Frame::add`].
    pub fn ccg_frame(&self) -> Result<Frame> {
        let rows = &self.ccgs;
        let real = |value: fn(&CcgDose) -> Option<f64>| real_column(rows.iter().map(value));
        Ok(Frame::new()
            .add_category("ccg", rows.iter().map(|row| Some(&row.ccg)))?
            .add_category("ccg_ons", rows.iter().map(|row| Some(&row.ons_code)))?
            .add_category("name", rows.iter().map(|row| Some(&row.name)))?
            .add_real("n_la", real(|row| Some(row.local_authorities as f64)))?
            .add_real("practice_stability", real(|row| row.stability))?
            .add_real("practices", real(|row| Some(row.practices as f64)))?
            .add_real("registered", real(|row| Some(row.registered as f64)))?)
    }
}

/// A column of a frame, in which a missing value is NaN.
pub(super) fn real_column(values: impl Iterator<Item = Option<f64>>) -> Vec<f64> {
    values.map(|value| value.unwrap_or(f64::NAN)).collect()
}

fn ccg_doses(lookup: &LocalAuthorities, practices: &[PracticeDose]) -> Vec<CcgDose> {
    let mut members: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
    for practice in practices {
        let (count, sum) = members.entry(&practice.ccg).or_default();
        *count += 1;
        *sum += practice.stability;
    }
    let dose = |ccg: &super::Ccg| {
        let found = members.get(ccg.code.as_str());
        CcgDose {
            ccg: ccg.code.clone(),
            ons_code: ccg.ons_code.clone(),
            name: ccg.name.clone(),
            local_authorities: ccg.authorities.len(),
            stability: found.map(|(count, sum)| sum / *count as f64),
            practices: found.map_or(0, |(count, _)| *count),
            registered: 0,
        }
    };
    lookup.ccgs().iter().map(dose).collect()
}

fn unknown(code: &str, lookup: &LocalAuthorities) -> Error {
    Error::Frame(ceteris::Error::UnknownLevel {
        column: "ccg".to_string(),
        level: code.to_string(),
        available: lookup.ccgs().iter().map(|ccg| ccg.code.clone()).collect(),
    })
}
