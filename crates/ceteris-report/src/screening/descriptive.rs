//! Tables 5, 6 and 7.
//!
//! mean_tg = 100 sum of numerators / sum of denominators over the practices of group g in year t, which
//! is the mean of the rates weighted by their denominators. Table 7 takes simple averages of the yearly
//! means before and after the reform.

use std::collections::BTreeSet;

use ceteris::{Error, Result};
use ceteris_data::published::{self, Characteristic, Indicator, Quantity, Side, Table7Number};

use super::Compared;
use super::panel::{REFORM, StudyPanel};

/// One local authority, several, and all.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct GroupMeans {
    /// Practices of commissioners with one local authority.
    pub one: f64,
    /// Practices of commissioners with more than one.
    pub several: f64,
    /// All practices.
    pub all: f64,
}

impl GroupMeans {
    /// The mean of one of the two groups.
    fn of(&self, side: Side) -> f64 {
        match side {
            Side::One => self.one,
            Side::Several => self.several,
        }
    }
}

/// A year of Table 6, computed.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct YearMeans {
    /// The calendar year in which the financial year begins.
    pub start: f64,
    /// Its label.
    pub year: String,
    /// Number of practices.
    pub practices: GroupMeans,
    /// Screening uptake, percent.
    pub affected: GroupMeans,
    /// The comparison indicator, percent.
    pub unaffected: GroupMeans,
}

/// Table 7, computed: percent and percentage points.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Table7 {
    /// Screening.
    pub affected: ChangeRow,
    /// The comparison indicator.
    pub unaffected: ChangeRow,
    /// The difference of the two differences-in-differences.
    pub triple_difference: f64,
}

impl Table7 {
    /// The computed number that stands in a cell of the table.
    pub fn value(&self, number: Table7Number) -> f64 {
        let row = |indicator| match indicator {
            Indicator::Screening => &self.affected,
            Indicator::Unassisted => &self.unaffected,
        };
        let change = |row: &ChangeRow, side| row.after.of(side) - row.before.of(side);
        match number {
            Table7Number::Before(indicator, side) => row(indicator).before.of(side),
            Table7Number::After(indicator, side) => row(indicator).after.of(side),
            Table7Number::Change(indicator, side) => change(row(indicator), side),
            Table7Number::DifferenceInDifferences(indicator) => row(indicator).difference_in_differences,
            Table7Number::TripleDifference => self.triple_difference,
        }
    }
}

/// Before, after and change by group, and the difference in differences.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct ChangeRow {
    /// Means before the reform.
    pub before: GroupMeans,
    /// Means after it.
    pub after: GroupMeans,
    /// Change of several less change of one.
    pub difference_in_differences: f64,
}

/// A group of practices by their code in `multi_la`; `None` is all.
type Group = Option<f64>;

/// The columns that the descriptive tables read.
struct Rows<'a> {
    year: &'a [f64],
    multi: &'a [f64],
    screening: &'a [f64],
    numerator: &'a [f64],
    denominator: &'a [f64],
}

impl<'a> Rows<'a> {
    fn new(panel: &'a StudyPanel) -> Result<Self> {
        let real = |name: &str| panel.frame.real(name);
        Ok(Self {
            year: real("year")?,
            multi: real("multi_la")?,
            screening: real("screening")?,
            numerator: real("numerator")?,
            denominator: real("denominator")?,
        })
    }

    /// Rows of an indicator, a year and a group.
    fn of(&self, screening: f64, year: f64, group: Group) -> impl Iterator<Item = usize> {
        let inside = move |i: &usize| {
            self.screening[*i] == screening
                && self.year[*i] == year
                && group.is_none_or(|g| self.multi[*i] == g)
        };
        (0..self.year.len()).filter(inside)
    }

    fn total(&self, values: &[f64], screening: f64, year: f64, group: Group) -> f64 {
        self.of(screening, year, group).map(|i| values[i]).filter(|x| !x.is_nan()).sum()
    }

    fn mean(&self, screening: f64, year: f64, group: Group) -> Result<f64> {
        let persons = self.total(self.denominator, screening, year, group);
        if persons > 0.0 {
            return Ok(100.0 * self.total(self.numerator, screening, year, group) / persons);
        }
        let group = group.map_or("all".to_string(), |g| format!("multi_la = {g}"));
        Err(Error::EmptyCell { cell: format!("screening = {screening}, year = {year}, {group}") })
    }
}

/// The same quantity for the three groups.
fn by_group(of: impl Fn(Group) -> Result<f64>) -> Result<GroupMeans> {
    Ok(GroupMeans { one: of(Some(0.0))?, several: of(Some(1.0))?, all: of(None)? })
}

pub(super) fn table5(panel: &StudyPanel) -> Result<Vec<Compared>> {
    let rows = Rows::new(panel)?;
    let last = panel.years.last().map_or(REFORM as f64, |(start, _)| *start);
    let mut table = Vec::new();
    for row in published::table5() {
        for (group, printed, code) in [("one", row.one, 0.0), ("several", row.several, 1.0)] {
            let name = format!("{} ({}), {group}", row.characteristic, row.unit);
            let is_count = row.characteristic == Characteristic::Ccgs;
            let computed = if is_count { Some(commissioners(panel, &rows, code)?) } else { None };
            let quantity = if is_count { Quantity::Ccgs } else { Quantity::Demographic };
            table.push(Compared::new(name, printed, computed, if is_count { 0 } else { 1 }, quantity));
        }
    }
    for (group, code) in [("one", Some(0.0)), ("several", Some(1.0)), ("all", None)] {
        let women = rows.total(rows.denominator, 1.0, last, code) / 1e6;
        let printed = (code.is_none()).then_some(ELIGIBLE_2016);
        let name = format!("eligible women, last year (millions), {group}");
        table.push(Compared::new(name, printed, women, 2, Quantity::Table6));
    }
    Ok(table)
}

/// Millions of women eligible in England in 2016, in the report's section 6.4.4.
const ELIGIBLE_2016: f64 = 14.12;

/// Distinct commissioners of a group.
fn commissioners(panel: &StudyPanel, rows: &Rows<'_>, group: f64) -> Result<f64> {
    let column = panel.frame.column("ccg")?;
    let inside = (0..rows.multi.len()).filter(|&i| rows.multi[i] == group);
    let labels: BTreeSet<String> = match column {
        // Codes are cheaper to compare than labels, of which there are as many as rows.
        ceteris::Column::Category(category) => {
            inside.filter_map(|i| category.code(i)).map(|code| code.to_string()).collect()
        }
        ceteris::Column::Real(_) => inside.filter_map(|i| column.label(i)).collect(),
    };
    Ok(labels.len() as f64)
}

pub(super) fn table6(panel: &StudyPanel) -> Result<Vec<YearMeans>> {
    let rows = Rows::new(panel)?;
    let year = |(start, label): &(f64, String)| {
        Ok(YearMeans {
            start: *start,
            year: label.clone(),
            practices: by_group(|group| Ok(rows.of(1.0, *start, group).count() as f64))?,
            affected: by_group(|group| rows.mean(1.0, *start, group))?,
            unaffected: by_group(|group| rows.mean(0.0, *start, group))?,
        })
    };
    panel.years.iter().map(year).collect()
}

pub(super) fn table7(years: &[YearMeans]) -> Table7 {
    let affected = change_row(years, |year| year.affected);
    let unaffected = change_row(years, |year| year.unaffected);
    let triple_difference = affected.difference_in_differences - unaffected.difference_in_differences;
    Table7 { affected, unaffected, triple_difference }
}

fn change_row(years: &[YearMeans], means: impl Fn(&YearMeans) -> GroupMeans) -> ChangeRow {
    let average = |after: bool, group: fn(GroupMeans) -> f64| {
        let values: Vec<f64> = years
            .iter()
            .filter(|year| (year.start >= REFORM as f64) == after)
            .map(|year| group(means(year)))
            .collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    let groups = |after| GroupMeans {
        one: average(after, |means| means.one),
        several: average(after, |means| means.several),
        all: average(after, |means| means.all),
    };
    let (before, after) = (groups(false), groups(true));
    let difference_in_differences = (after.several - before.several) - (after.one - before.one);
    ChangeRow { before, after, difference_in_differences }
}
