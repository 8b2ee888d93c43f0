//! The simulated panel as integer columns, a frame and a file.

use std::path::Path;
use std::sync::Arc;

use ceteris::frame::CategoryColumn;
use ceteris::{Column, Frame};

use super::caesarean::caesareans;
use super::geography::Practice;
use super::parameters::Parameters;
use super::world::World;
use super::{ByYear, NYEARS};
use crate::csv::write_csv;
use crate::error::Result;
use crate::staged::Overwrite;

/// Financial years of the panel; the reform came between the fourth and the fifth.
pub const YEARS: [&str; NYEARS] =
    ["2009/10", "2010/11", "2011/12", "2012/13", "2013/14", "2014/15", "2015/16"];

/// What a row counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Indicator {
    /// Caesarean deliveries among all (only after [`Twin::add_caesarean`]).
    Caesarean,
    /// Women screened among those eligible.
    Screening,
    /// Deliveries without assistance among all.
    UnassistedBirth,
}

impl Indicator {
    const ALL: [Self; 3] = [Indicator::Caesarean, Indicator::Screening, Indicator::UnassistedBirth];

    /// Its label in the column `indicator`.
    pub fn label(self) -> &'static str {
        match self {
            Indicator::Caesarean => "caesarean",
            Indicator::Screening => "screening",
            Indicator::UnassistedBirth => "unassisted_birth",
        }
    }
}

/// The column that says where a row comes from, and what it says of rows that are made up.
const ORIGIN: &str = "origin";
const SIMULATED: &str = "SIMULATED";

/// A SIMULATED panel of 7,673 practices over seven years: rows are made up, aggregates are the
/// published ones. Never evidence about the health service.
///
/// Rows are sorted by practice, indicator and year. All columns are whole numbers.
///
/// # Example
/// ```
/// use ceteris_data::twin::Twin;
/// let twin = Twin::screening();
/// assert_eq!(twin.nrows(), 105_745);
/// let frame = twin.frame();
/// assert_eq!(frame.category("practice")?.label(0), Some("P0001"));
/// assert_eq!(frame.real("numerator")?[0], f64::from(twin.numerator()[0]));
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Twin {
    world: Arc<World>,
    practice: Vec<u16>,
    year: Vec<u8>,
    indicator: Vec<Indicator>,
    numerator: Vec<u32>,
    denominator: Vec<u32>,
}

impl Twin {
    /// The calibrated screening panel: number 1, [`Parameters::CALIBRATED`].
    pub fn screening() -> Self {
        Self::new(World::new(1, &Parameters::CALIBRATED))
    }

    /// Another panel of the same structure, with random numbers of its own.
    ///
    /// Its cells still meet Table 6; nothing else is calibrated.
    ///
    /// # Errors
    /// [`ceteris::Error::InvalidSetting`] for a number above 9999, a negative variance, or a
    /// parameter that is not finite.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::twin::{Parameters, Twin};
    /// let twin = Twin::simulate(2, &Parameters::UNCALIBRATED)?;
    /// assert_eq!(twin.nrows(), Twin::screening().nrows());
    /// # Ok::<(), ceteris_data::Error>(())
    /// ```
    pub fn simulate(number: u16, parameters: &Parameters) -> Result<Self> {
        let invalid = |setting, value: String, must| {
            Err(ceteris::Error::InvalidSetting { setting, value, must }.into())
        };
        if number > 9999 {
            return invalid("number", number.to_string(), "of at most four digits");
        }
        match parameters.invalid() {
            Some((setting, value)) => {
                invalid(setting, value.to_string(), "finite, and not negative for a variance")
            }
            None => Ok(Self::new(World::new(number, parameters))),
        }
    }

    fn new(world: World) -> Self {
        let mut twin = Self {
            practice: Vec::new(),
            year: Vec::new(),
            indicator: Vec::new(),
            numerator: Vec::new(),
            denominator: Vec::new(),
            world: Arc::new(world),
        };
        twin.fill(None);
        twin
    }

    /// Adds rows with the indicator `caesarean`: a second comparison, SIMULATED and calibrated to
    /// nothing, for the same practices and years as the deliveries. All other rows stay the same.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::twin::{Indicator, Twin};
    /// let twin = Twin::screening().add_caesarean();
    /// assert_eq!(twin.indicator()[0], Indicator::Caesarean);
    /// assert_eq!(twin.frame().category("indicator")?.levels().len(), 3);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn add_caesarean(mut self) -> Self {
        let world = Arc::clone(&self.world);
        let counts = caesareans(world.keys, &world.deliveries, &world.unassisted);
        self.fill(Some(&counts));
        self
    }

    /// Puts the world into rows, in place of those there are.
    fn fill(&mut self, caesareans: Option<&[ByYear<f64>]>) {
        let world = Arc::clone(&self.world);
        self.practice.clear();
        self.year.clear();
        self.indicator.clear();
        self.numerator.clear();
        self.denominator.clear();
        for i in 0..world.practices.len() {
            for indicator in Indicator::ALL {
                let (numerators, denominators) = match (indicator, caesareans) {
                    (Indicator::Screening, _) => (&world.screened[i], &world.women[i]),
                    (Indicator::UnassistedBirth, _) => (&world.unassisted[i], &world.deliveries[i]),
                    (Indicator::Caesarean, Some(counts)) => (&counts[i], &world.deliveries[i]),
                    (Indicator::Caesarean, None) => continue,
                };
                self.push(i, indicator, numerators, denominators);
            }
        }
    }

    fn push(&mut self, i: usize, indicator: Indicator, x: &ByYear<f64>, n: &ByYear<f64>) {
        for t in (0..NYEARS).filter(|&t| n[t] > 0.0) {
            self.practice.push(i as u16);
            self.year.push(t as u8);
            self.indicator.push(indicator);
            self.numerator.push(x[t] as u32);
            self.denominator.push(n[t] as u32);
        }
    }

    /// Number of rows.
    pub fn nrows(&self) -> usize {
        self.practice.len()
    }

    /// Practice of each row, counted from 0 (label `P0001`).
    pub fn practice(&self) -> &[u16] {
        &self.practice
    }

    /// CCG of each row, counted from 0 (label `C001`).
    pub fn ccg(&self) -> Vec<u16> {
        self.practice.iter().map(|&i| self.of(i).ccg).collect()
    }

    /// Number of local authorities of each row's CCG.
    pub fn local_authorities(&self) -> Vec<u8> {
        self.practice.iter().map(|&i| self.of(i).local_authorities).collect()
    }

    /// Year of each row, as a place in [`YEARS`].
    pub fn year(&self) -> &[u8] {
        &self.year
    }

    /// What each row counts.
    pub fn indicator(&self) -> &[Indicator] {
        &self.indicator
    }

    /// Women screened, or deliveries of the indicator's kind.
    pub fn numerator(&self) -> &[u32] {
        &self.numerator
    }

    /// Eligible women, or all deliveries.
    pub fn denominator(&self) -> &[u32] {
        &self.denominator
    }

    fn of(&self, practice: u16) -> Practice {
        self.world.practices[usize::from(practice)]
    }

    /// The panel as a frame: categories `practice`, `ccg`, `year` ("2009/10") and `indicator`, real
    /// columns `n_la`, `numerator` and `denominator`.
    pub fn frame(&self) -> Frame {
        let world = &self.world;
        let practices = (1..=world.practices.len()).map(|i| format!("P{i:04}")).collect();
        let last = world.practices.iter().map(|practice| practice.ccg).max().unwrap_or(0);
        let ccgs = (1..=last + 1).map(|ccg| format!("C{ccg:03}")).collect();
        let used: Vec<Indicator> =
            Indicator::ALL.into_iter().filter(|kind| self.indicator.contains(kind)).collect();
        let place = |kind: &Indicator| used.iter().position(|other| other == kind).unwrap_or(0);
        let columns = [
            ("practice", category(self.practice.iter().map(|&i| i.into()), practices)),
            ("ccg", category(self.ccg().iter().map(|&ccg| ccg.into()), ccgs)),
            ("n_la", real(self.local_authorities())),
            ("year", category(self.year.iter().map(|&t| t.into()), YEARS.map(Into::into).into())),
            (
                "indicator",
                category(
                    self.indicator.iter().map(|kind| place(kind) as u32),
                    used.iter().map(|kind| kind.label().to_string()).collect(),
                ),
            ),
            ("numerator", real(self.numerator.iter().copied())),
            ("denominator", real(self.denominator.iter().copied())),
        ];
        columns.into_iter().fold(Frame::new(), |frame, (name, column)| {
            frame.add(name, column).expect("distinct names and equal lengths")
        })
    }

    /// The panel as a frame with its label: [`frame`](Self::frame) and a column `origin` that says SIMULATED in
    /// every row. What is written to a file is this, so that the rows say what they are wherever they go.
    pub fn labelled_frame(&self) -> Frame {
        let origin = category(self.practice.iter().map(|_| 0), vec![SIMULATED.to_string()]);
        self.frame().add(ORIGIN, origin).expect("a name of its own and one label for each row")
    }

    /// Whether any row of a frame says that it is simulated.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::twin::Twin;
    /// let twin = Twin::screening();
    /// assert!(Twin::is_labelled_in(&twin.labelled_frame()));
    /// assert!(!Twin::is_labelled_in(&twin.frame()));
    /// ```
    pub fn is_labelled_in(frame: &Frame) -> bool {
        let Ok(Column::Category(origin)) = frame.column(ORIGIN) else { return false };
        origin.levels().iter().any(|level| level == SIMULATED)
    }

    /// Writes the panel as CSV with its label (see [`write_csv`]).
    ///
    /// # Errors
    /// As [`write_csv`].
    ///
    /// # Example
    /// ```
    /// use ceteris_data::{Overwrite, twin::Twin};
    /// let path = std::env::temp_dir().join(format!("ceteris-twin-{}.csv", std::process::id()));
    /// Twin::screening().write_csv(&path, Overwrite::Replace)?;
    /// # std::fs::remove_file(path).ok();
    /// # Ok::<(), ceteris_data::Error>(())
    /// ```
    pub fn write_csv(&self, path: impl AsRef<Path>, overwrite: Overwrite) -> Result<()> {
        write_csv(&self.labelled_frame(), path, overwrite)
    }
}

fn category(codes: impl Iterator<Item = u32>, levels: Vec<String>) -> Column {
    Column::Category(Arc::new(CategoryColumn::from_codes(codes.map(Some), levels)))
}

fn real<T: Into<f64>>(values: impl IntoIterator<Item = T>) -> Column {
    Column::Real(values.into_iter().map(Into::into).collect())
}
