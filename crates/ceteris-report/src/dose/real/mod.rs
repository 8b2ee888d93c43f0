//! The dose study on public files: our own analysis, not that of Checkland et al. (2018).
//!
//! For each indicator k of the Quality and Outcomes Framework (QOF), commissioning group c and financial
//! year t from 2016/17 to 2018/19:
//!
//! ```text
//! y_kct = d_k1 n_la_c + d_k2 stability_c + b_k1 y_kc,2015 + b_k2 y_kc,2014 + g_kt + e_kct
//! ```
//!
//! with y the rate with exceptions in the denominator, as the report has it. Both doses are those of April
//! 2013 and the earlier outcomes come after it: a coefficient says where rates moved later, given where
//! they stood two and three years after the reform. It is not an effect of the reform.
//!
//! | step | file |
//! |---|---|
//! | the files, the doses, what is left out | here |
//! | the regressions, and p-values that allow for their number | `models` |
//! | the tables | `tables` |

mod models;
mod tables;

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use ceteris_data::nhs::{
    Card, Doses, Exceptions, ListSizes, LocalAuthorities, Membership, Moments, Organisations, QofIndicators,
    Stability,
};
use ceteris_data::published::Dose;
use ceteris_data::{Error, Result};

pub use models::RealEstimate;

use models::{FROM, LAGS};

/// The published files, none of which is shipped; `docs/nhs_sources.md` says what to look for.
///
/// # Example
/// ```no_run
/// use ceteris_report::dose::{RealFiles, RealStudy};
/// let study = RealStudy::read(&RealFiles {
///     lookup: "LSOA11_CCG15_LAD15_EN_LU.csv.gz".into(),
///     membership: "epcmem.csv.gz".into(),
///     practices: "epraccur.csv.gz".into(),
///     commissioners: "eccg.csv".into(),
///     qof: "qof_ccg_all_indicators_2014_2018.csv".into(),
///     lists: None,
/// })?;
/// println!("{} coefficients", study.estimates.len());
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct RealFiles {
    /// Small areas, commissioning groups and local authorities ([`LocalAuthorities`]).
    pub lookup: PathBuf,
    /// Membership of practices, with days ([`Membership`]).
    pub membership: PathBuf,
    /// Practices ([`Organisations::practices`]).
    pub practices: PathBuf,
    /// Commissioning groups ([`Organisations::commissioners`]).
    pub commissioners: PathBuf,
    /// All indicators by commissioning group ([`QofIndicators`]).
    pub qof: PathBuf,
    /// List sizes, to weight local authorities by patients ([`ListSizes`]).
    pub lists: Option<PathBuf>,
}

impl RealFiles {
    /// The cards of the sources and the files read as them.
    fn cards(&self) -> Vec<(Card, &PathBuf)> {
        let mut cards = vec![
            (LocalAuthorities::CARD, &self.lookup),
            (Membership::CARD, &self.membership),
            (Organisations::PRACTICES, &self.practices),
            (Organisations::COMMISSIONERS, &self.commissioners),
            (QofIndicators::CARD, &self.qof),
        ];
        cards.extend(self.lists.iter().map(|path| (ListSizes::CARD, path)));
        cards
    }

    fn doses(&self) -> Result<Doses> {
        let stability = Stability::new(
            &Membership::read(&self.membership)?,
            &Organisations::practices(&self.practices)?,
            &Organisations::commissioners(&self.commissioners)?,
        )?;
        let doses = Doses::new(&LocalAuthorities::read(&self.lookup)?, &stability)?;
        match &self.lists {
            Some(path) => Ok(doses.lists(&ListSizes::read(path)?)),
            None => Ok(doses),
        }
    }
}

/// What the moments of a dose are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Over {
    /// Commissioning groups.
    Groups,
    /// Practices, each as much as any other.
    Practices,
    /// Practices, by the length of their lists.
    PracticesByListSize,
}

impl fmt::Display for Over {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Over::Groups => "groups",
            Over::Practices => "practices",
            Over::PracticesByListSize => "practices, by list size",
        })
    }
}

impl serde::Serialize for Over {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Mean and standard deviation of a real dose.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RealDose {
    /// The dose.
    pub dose: Dose,
    /// Over what.
    pub over: Over,
    /// How many of them.
    pub count: usize,
    /// Mean.
    pub mean: f64,
    /// Standard deviation.
    pub sd: f64,
}

/// The study on public files.
#[derive(Debug, Clone, serde::Serialize)]
#[non_exhaustive]
pub struct RealStudy {
    /// What was read.
    pub files: RealFiles,
    /// The doses that public files have.
    pub doses: Vec<RealDose>,
    /// Each indicator and dose.
    pub estimates: Vec<RealEstimate>,
    /// Commissioning groups without a dose, formed by mergers after April 2016: not in any regression.
    pub without_dose: BTreeSet<String>,
    /// Commissioning groups with doses that merged before the last year: in the regressions until then.
    pub merged: BTreeSet<String>,
    /// Indicators that are not in every year of the file: none of them has a regression.
    pub incomplete_indicators: BTreeSet<String>,
}

impl RealStudy {
    /// Reads the files and runs a regression for each indicator that is in every year of the file.
    ///
    /// # Errors
    /// Those of the readers; [`Error::Empty`] if no indicator is in all years or no group has a dose;
    /// [`Error::Frame`] with the error of a regression.
    pub fn read(files: &RealFiles) -> Result<Self> {
        let (doses, qof) = (files.doses()?, QofIndicators::read(&files.qof)?);
        let (complete, incomplete_indicators) = indicators(&qof);
        if complete.is_empty() {
            let found = "has no indicator in every year from 2014/15 to a year after 2015/16";
            return Err(Error::Empty { path: files.qof.clone(), found });
        }
        Ok(Self {
            files: files.clone(),
            doses: dose_moments(&doses),
            estimates: models::estimates(&qof, &doses, &complete)?,
            without_dose: qof.dosed(&doses, Exceptions::In)?.without_dose,
            merged: merged(&qof, &doses),
            incomplete_indicators,
        })
    }

    /// The line that heads every output.
    pub fn headline(&self) -> String {
        "REAL files: our own analysis of public data, not the report's. The doses of April 2013 and later \
         rates; not an effect of the reform."
            .to_string()
    }
}

/// The indicators that are in every year, from the first lag on, and the others.
fn indicators(qof: &QofIndicators) -> (BTreeSet<String>, BTreeSet<String>) {
    let starts: BTreeSet<u16> = qof.rows().iter().map(|row| row.start()).collect();
    let has_years = (FROM - LAGS..=FROM).all(|year| starts.contains(&year));
    let all: BTreeSet<&str> = qof.rows().iter().map(|row| row.indicator.as_str()).collect();
    let in_year: Vec<BTreeSet<&str>> = qof.years().into_iter().map(|year| qof.indicators(year)).collect();
    let is_complete = |indicator: &&str| has_years && in_year.iter().all(|year| year.contains(indicator));
    let (complete, others): (Vec<&str>, Vec<&str>) = all.into_iter().partition(is_complete);
    let owned = |names: Vec<&str>| names.into_iter().map(String::from).collect();
    (owned(complete), owned(others))
}

/// Groups with a dose and no row in the last year.
fn merged(qof: &QofIndicators, doses: &Doses) -> BTreeSet<String> {
    let last = qof.rows().iter().map(|row| row.start()).max();
    let at_the_end: BTreeSet<&str> =
        qof.rows().iter().filter(|row| Some(row.start()) == last).map(|row| row.ccg.as_str()).collect();
    let gone = |ccg: &&String| !at_the_end.contains(ccg.as_str()) && doses.ccg(ccg).is_some();
    qof.rows().iter().map(|row| &row.ccg).filter(gone).cloned().collect()
}

/// Both doses over groups and over practices.
fn dose_moments(doses: &Doses) -> Vec<RealDose> {
    let groups = doses.ccgs();
    let practices = doses.practices();
    let by_list = doses.local_authorities_by_list();
    let rows = [
        (Dose::PracticeStability, Over::Groups, equal(groups.iter().filter_map(|ccg| ccg.stability))),
        (Dose::PracticeStability, Over::Practices, equal(practices.iter().map(|each| each.stability))),
        (Dose::LocalAuthorities, Over::Groups, equal(groups.iter().map(|ccg| ccg.local_authorities as f64))),
        (Dose::LocalAuthorities, Over::Practices, doses.local_authorities()),
        (Dose::LocalAuthorities, Over::PracticesByListSize, by_list),
    ];
    let found = |(dose, over, moments): (Dose, Over, Option<Moments>)| {
        let Moments { mean, sd, nobs: count, .. } = moments?;
        Some(RealDose { dose, over, count, mean, sd })
    };
    rows.into_iter().filter_map(found).collect()
}

fn equal(values: impl Iterator<Item = f64>) -> Option<Moments> {
    Moments::new(values.map(|value| (value, 1.0)))
}
