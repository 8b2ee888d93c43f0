//! Tables 5 to 8, read from the CSV files beside this one.

use std::sync::LazyLock;

use serde::Deserialize;

use super::committed::rows;
use super::screening::{
    Change, Demographic, Grouping, Groups, Indicator, Interval, JointTest, Model, ModelEstimate,
    RelativeChange, ScreeningYear, Table7Row,
};
use super::year::Year;

/// Table 5: who lives in the CCGs of the two groups.
///
/// # Example
/// ```
/// let ccgs = &ceteris_data::published::table5()[0];
/// assert_eq!((ccgs.one, ccgs.several), (119.0, 89.0));
/// ```
pub fn table5() -> &'static [Demographic] {
    static TABLE: LazyLock<Vec<Demographic>> = LazyLock::new(|| rows(include_str!("table5.csv")));
    &TABLE
}

/// Table 6: practices, screening uptake and unassisted deliveries, by year and group.
///
/// # Example
/// ```
/// let last = ceteris_data::published::table6().last().expect("seven years");
/// assert_eq!((last.practices.all, last.unassisted.all), (7262, 60.94));
/// ```
pub fn table6() -> &'static [ScreeningYear] {
    static TABLE: LazyLock<Vec<ScreeningYear>> = LazyLock::new(|| {
        let rows = rows::<Line6>(include_str!("table6.csv")).into_iter();
        rows.map(ScreeningYear::from).collect()
    });
    &TABLE
}

/// The last line of Table 6: relative change from the first to the last year.
///
/// # Example
/// ```
/// assert_eq!(ceteris_data::published::relative_change().screening.all, -2.70);
/// ```
pub fn relative_change() -> &'static RelativeChange {
    static LINE: LazyLock<RelativeChange> = LazyLock::new(|| {
        let mut rows = rows::<LineChange>(include_str!("table6_relative_change.csv")).into_iter();
        rows.next().expect("the committed table has one row").into()
    });
    &LINE
}

/// Table 7: means before and after the reform and their differences.
///
/// # Example
/// ```
/// let screening = &ceteris_data::published::table7()[0];
/// assert_eq!(screening.difference_in_differences, -0.39);
/// ```
pub fn table7() -> &'static [Table7Row] {
    static TABLE: LazyLock<Vec<Table7Row>> = LazyLock::new(|| {
        let rows = rows::<Line7>(include_str!("table7.csv")).into_iter();
        rows.map(Table7Row::from).collect()
    });
    &TABLE
}

/// Table 8: the triple-difference estimates.
///
/// # Example
/// ```
/// let main = ceteris_data::published::table8().iter().filter(|row| row.is_main());
/// let estimates: Vec<f64> = main.map(|row| row.estimate).collect();
/// assert_eq!(estimates, [-0.720, -0.327, -0.502]);
/// ```
pub fn table8() -> &'static [ModelEstimate] {
    static TABLE: LazyLock<Vec<ModelEstimate>> = LazyLock::new(|| {
        let rows = rows::<Line8>(include_str!("table8.csv")).into_iter();
        rows.map(ModelEstimate::from).collect()
    });
    &TABLE
}

/// Both indicators by group, as two tables have them.
#[derive(Deserialize)]
struct Rates {
    screening_1la: f64,
    screening_2la: f64,
    screening_all: f64,
    unassisted_1la: f64,
    unassisted_2la: f64,
    unassisted_all: f64,
}

impl Rates {
    fn screening(&self) -> Groups<f64> {
        groups(self.screening_1la, self.screening_2la, self.screening_all)
    }

    fn unassisted(&self) -> Groups<f64> {
        groups(self.unassisted_1la, self.unassisted_2la, self.unassisted_all)
    }
}

#[derive(Deserialize)]
struct Line6 {
    year: Year,
    n_1la: u32,
    n_2la: u32,
    n_all: u32,
    #[serde(flatten)]
    rates: Rates,
}

impl From<Line6> for ScreeningYear {
    fn from(line: Line6) -> Self {
        Self {
            year: line.year,
            practices: groups(line.n_1la, line.n_2la, line.n_all),
            screening: line.rates.screening(),
            unassisted: line.rates.unassisted(),
        }
    }
}

#[derive(Deserialize)]
struct LineChange {
    from: Year,
    to: Year,
    #[serde(flatten)]
    rates: Rates,
}

impl From<LineChange> for RelativeChange {
    fn from(line: LineChange) -> Self {
        Self {
            from: line.from,
            to: line.to,
            screening: line.rates.screening(),
            unassisted: line.rates.unassisted(),
        }
    }
}

#[derive(Deserialize)]
struct Line7 {
    condition: Indicator,
    pre_1la: f64,
    post_1la: f64,
    change_1la: f64,
    pre_2la: f64,
    post_2la: f64,
    change_2la: f64,
    did: f64,
    triple_did: Option<f64>,
    triple_did_text: Option<f64>,
}

impl From<Line7> for Table7Row {
    fn from(line: Line7) -> Self {
        let change = |before, after, change| Change { before, after, change };
        Self {
            indicator: line.condition,
            one: change(line.pre_1la, line.post_1la, line.change_1la),
            several: change(line.pre_2la, line.post_2la, line.change_2la),
            difference_in_differences: line.did,
            triple_difference: line.triple_did,
            triple_difference_in_text: line.triple_did_text,
        }
    }
}

#[derive(Deserialize)]
struct Line8 {
    model: String,
    sample: String,
    estimate: f64,
    ci_low: f64,
    ci_high: f64,
    stars: String,
    n: u32,
    #[serde(rename = "F")]
    f: Option<f64>,
    df1: Option<u32>,
    df2: Option<u32>,
    p: Option<f64>,
}

impl From<Line8> for ModelEstimate {
    fn from(line: Line8) -> Self {
        let model = match (line.model.starts_with("ldv"), line.sample.as_str()) {
            (true, _) => Model::LaggedOutcome,
            (false, "all_years") => Model::AllYears,
            (false, _) => Model::From2011,
        };
        let sensitivity = line.model.ends_with("sensitivity");
        let joint = match (line.f, line.df1, line.df2, line.p) {
            (Some(f), Some(dof), Some(dof_residual), Some(p_value)) => {
                Some(JointTest { f, dof, dof_residual, p_value })
            }
            _ => None,
        };
        Self {
            model,
            grouping: if sensitivity { Grouping::TwoOrMore } else { Grouping::OneOrSeveral },
            estimate: line.estimate,
            interval: Interval { low: line.ci_low, high: line.ci_high },
            stars: line.stars,
            nobs: line.n,
            joint,
        }
    }
}

fn groups<T>(one: T, several: T, all: T) -> Groups<T> {
    Groups { one, several, all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn group_counts_add_up_in_every_year_of_table_6() {
        assert_eq!(table6().len(), 7);
        for year in table6() {
            let practices = year.practices;
            assert_eq!(practices.one + practices.several, practices.all, "{}", year.year);
        }
    }

    #[test]
    fn the_relative_change_follows_from_the_first_and_last_year() {
        let (first, last) = (&table6()[0], &table6()[6]);
        let change = relative_change();
        for (from, to, printed) in [
            (first.screening.one, last.screening.one, change.screening.one),
            (first.screening.several, last.screening.several, change.screening.several),
            (first.screening.all, last.screening.all, change.screening.all),
            (first.unassisted.one, last.unassisted.one, change.unassisted.one),
            (first.unassisted.several, last.unassisted.several, change.unassisted.several),
            (first.unassisted.all, last.unassisted.all, change.unassisted.all),
        ] {
            let computed = 100.0 * (to / from - 1.0);
            assert!((computed - printed).abs() < 0.011, "{computed} printed as {printed}");
        }
    }

    #[test]
    fn table_8_has_three_models_in_two_groupings() {
        let rows = table8();
        assert_eq!(rows.len(), 6);
        let joint = rows[2].joint.expect("Model 2 has a joint test");
        assert_eq!((joint.f, joint.dof, joint.dof_residual), (9.4, 1, 7667)); // 0.94 is meant
        assert_eq!(rows[2].interval, Interval { low: -0.662, high: 0.001 });
        assert_eq!((rows[5].model, rows[5].grouping), (Model::LaggedOutcome, Grouping::TwoOrMore));
        assert_eq!(rows[5].nobs, 44_472);
    }
}
