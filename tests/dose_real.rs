//! The dose study on public files: what is in it, and one regression written out by hand.

use std::collections::BTreeMap;
use std::path::PathBuf;

use ceteris::{Cluster, Condition, Ols, SmallSample, Weights, fe};
use ceteris_data::nhs::{
    Doses, Exceptions, LocalAuthorities, Membership, Organisations, QofIndicators, Stability,
};
use ceteris_data::published::Dose;
use ceteris_report::dose::{RealFiles, RealStudy};
use support::{Place, announce};

/// The same regression on the same rows; only the order of the regressors may differ.
const SAME_REGRESSION: f64 = 1e-9;

fn files(test: &str) -> Option<RealFiles> {
    let find = |file: &str| -> Option<PathBuf> {
        let found = Place::Shared.find(&format!("data/{file}"));
        if found.is_none() {
            announce(&format!(
                "SKIPPED {test}: it needs `{file}`; set CETERIS_SHARED to the folder that holds it"
            ));
        }
        found
    };
    Some(RealFiles {
        lookup: find("ons_lsoa_ccg_lad/LSOA11_CCG15_LAD15_EN_LU.csv.gz")?,
        membership: find("ods_membership/epcmem_20190830.csv.gz")?,
        practices: find("ods_membership/epraccur_2015.csv.gz")?,
        commissioners: find("ods_membership/eccg_2016_02.csv")?,
        qof: find("qof_ccg_cs002/qof_ccg_all_indicators_2014_2018.csv")?,
        lists: Some(find("list_sizes/Patient_List_Size_2013_04-06.csv.gz")?),
    })
}

#[test]
fn every_indicator_of_all_five_years_has_a_coefficient_for_each_dose() {
    let Some(files) = files("every_indicator_of_all_five_years_has_a_coefficient_for_each_dose") else {
        return;
    };
    let study = RealStudy::read(&files).unwrap();
    // 62 names in the file: 9 are in 2014/15 only, 5 begin in 2015/16.
    assert_eq!((study.estimates.len(), study.incomplete_indicators.len()), (2 * 48, 14));
    // Groups of later years, as the file has them: 207, 194 and 191, less 1, 6 and 9 formed by mergers.
    assert!(study.estimates.iter().all(|estimate| (estimate.nobs, estimate.nclusters) == (576, 206)));
    assert!(study.incomplete_indicators.contains("CVD-PP001"));
    for estimate in &study.estimates {
        let p = estimate.p_values;
        assert!(p.unadjusted <= p.benjamini_hochberg && p.benjamini_hochberg <= p.holm, "{estimate:?}");
    }
    assert_eq!(study.doses.len(), 5);
    assert_eq!((study.doses[1].count, study.doses[0].count), (8_116, 209));
    for (_, table) in study.tables() {
        assert!(table.title().starts_with("REAL"));
        table.text().unwrap();
    }
}

#[test]
fn a_coefficient_is_that_of_least_squares_on_the_same_rows() {
    let Some(files) = files("a_coefficient_is_that_of_least_squares_on_the_same_rows") else { return };
    let study = RealStudy::read(&files).unwrap();
    let stability = Stability::new(
        &Membership::read(&files.membership).unwrap(),
        &Organisations::practices(&files.practices).unwrap(),
        &Organisations::commissioners(&files.commissioners).unwrap(),
    );
    let doses = Doses::new(&LocalAuthorities::read(&files.lookup).unwrap(), &stability.unwrap()).unwrap();
    let qof = QofIndicators::read(&files.qof).unwrap().indicator("CS002").unwrap();
    // Earlier rates and denominators from the counts, not from the columns of the frame.
    let percent: BTreeMap<(&str, u16), f64> = qof
        .rows()
        .iter()
        .map(|row| ((row.ccg.as_str(), row.start()), row.achievement.percent(Exceptions::In).unwrap()))
        .collect();
    let kept: Vec<_> = qof.rows().iter().filter(|row| doses.ccg(&row.ccg).is_some()).collect();
    let column = |of: &dyn Fn(&ceteris_data::nhs::IndicatorYear) -> f64| -> Vec<f64> {
        kept.iter().map(|row| of(row)).collect()
    };
    let before =
        |year: u16| column(&|row| percent.get(&(row.ccg.as_str(), year)).copied().unwrap_or(f64::NAN));
    let frame = ceteris::Frame::new()
        .add_category("ccg", kept.iter().map(|row| Some(&row.ccg)))
        .unwrap()
        .add_real("y", column(&|row| percent[&(row.ccg.as_str(), row.start())]))
        .unwrap()
        .add_real("year", column(&|row| f64::from(row.start())))
        .unwrap()
        .add_real("y_2014", before(2014))
        .unwrap()
        .add_real("y_2015", before(2015))
        .unwrap()
        .add_real("authorities", column(&|row| doses.ccg(&row.ccg).unwrap().local_authorities as f64))
        .unwrap()
        .add_real("stability", column(&|row| doses.ccg(&row.ccg).unwrap().stability.unwrap()))
        .unwrap()
        .add_real(
            "w",
            column(&|row| {
                (row.achievement.denominator.unwrap() + row.achievement.exceptions.unwrap()) as f64
            }),
        )
        .unwrap();
    let fit = Ols::new("y")
        .regress_on(["y_2014", "y_2015", "authorities", "stability"])
        .absorb([fe("year")])
        .weights(Weights::analytic("w"))
        .keep(Condition::at_least("year", 2016.0))
        .fit(&frame)
        .unwrap();
    let by_hand = fit.inference(Cluster::by(["ccg"]).small_sample(SmallSample::areg())).unwrap();
    for (dose, name) in [(Dose::LocalAuthorities, "authorities"), (Dose::PracticeStability, "stability")] {
        let mine = study.estimates.iter().find(|e| e.indicator == "CS002" && e.dose == dose).unwrap();
        let expected = by_hand.coef(name).unwrap();
        assert!((mine.estimate - expected.estimate).abs() < SAME_REGRESSION * expected.std_error.unwrap());
        let std_error = mine.clustered.std_error / expected.std_error.unwrap();
        assert!((std_error - 1.0).abs() < SAME_REGRESSION, "{std_error}");
        assert_eq!(mine.nobs, fit.nobs());
    }
}
