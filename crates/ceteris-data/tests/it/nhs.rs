//! Facts of the published files, where they are at hand.
//!
//! The files are looked for in the directory named by `CETERIS_SHARED`, else in `shared` beside the
//! workspace. Without them these tests say so and pass.

use std::path::{Path, PathBuf};

use ceteris_data::nhs::{LocalAuthorities, NEWCASTLE_GATESHEAD, QofCcg};

pub(crate) const LOOKUPS: [&str; 2] = [
    "data/ons_lsoa_ccg_lad/LSOA11_CCG15_LAD15_EN_LU.csv.gz",
    "data/ons_lsoa_ccg_lad/LSOA11_CCG16_LAD16_EN_LU.csv.gz",
];
const SCREENING: &str = "data/qof_ccg_cs002/qof_ccg_cs002_2014_2018.csv";
/// The path of a file, or a loud word on standard error that it is not there.
pub(crate) fn shared(file: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let directory = std::env::var_os("CETERIS_SHARED").map_or_else(beside, PathBuf::from);
    let path = directory.join(file);
    if path.exists() {
        return Some(path);
    }
    #[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
    {
        eprintln!("SKIPPED: {file} is not in `shared`; set CETERIS_SHARED to its directory");
    }
    None
}

fn lookup(file: &str) -> Option<LocalAuthorities> {
    shared(file).map(|path| LocalAuthorities::read(path).expect("a file of the known layout"))
}

#[test]
fn the_lookup_of_2015_has_119_groups_with_one_authority_and_90_several() {
    let Some(lookup) = lookup(LOOKUPS[0]) else {
        return;
    };
    assert_eq!((lookup.single(), lookup.several()), (119, 90));
    assert_eq!(lookup.more_than(2), 42);
    assert_eq!(lookup.count("E38000212"), lookup.count(NEWCASTLE_GATESHEAD));
    let apart = lookup.apart([NEWCASTLE_GATESHEAD]).expect("known");
    assert_eq!((apart.single(), apart.several()), (119, 89));
}

#[test]
fn both_editions_of_the_lookup_have_209_groups() {
    for (file, edition) in LOOKUPS.into_iter().zip(["July 2015", "April 2016"]) {
        let Some(lookup) = lookup(file) else { return };
        assert_eq!((lookup.ccgs().len(), lookup.edition()), (209, edition));
        assert_eq!(lookup.ccgs().iter().map(|ccg| ccg.areas).sum::<usize>(), 32_844);
    }
}

#[test]
fn screening_rates_by_group_are_those_known() {
    let (Some(lookup), Some(path)) = (lookup(LOOKUPS[0]), shared(SCREENING)) else {
        return;
    };
    let lookup = lookup.apart([NEWCASTLE_GATESHEAD]).expect("known");
    let screening = QofCcg::read(path).expect("a file of the known layout");
    for (year, one, several) in [("2014/15", "81.18", "82.54"), ("2015/16", "80.67", "82.32")] {
        let rates = screening.rates(year, &lookup).expect("a year of the file");
        let percent = |rate: ceteris_data::nhs::Rate| format!("{:.2}", rate.percent().expect("women"));
        assert_eq!((percent(rates.one).as_str(), percent(rates.several).as_str()), (one, several));
        assert_eq!((rates.one.ccgs, rates.several.ccgs, rates.all.ccgs), (119, 89, 208));
        assert!(screening.disagreements(year, &lookup).expect("a year of the file").is_empty());
    }
}

#[test]
fn a_group_formed_later_is_not_in_the_lookup_and_that_is_an_error() {
    let (Some(lookup), Some(path)) = (lookup(LOOKUPS[0]), shared(SCREENING)) else {
        return;
    };
    let screening = QofCcg::read(path).expect("a file of the known layout");
    let error = screening.rates("2018/19", &lookup).unwrap_err();
    assert!(error.to_string().contains("must be a CCG of the lookup"), "{error}");
    assert!(screening.rates("2013/14", &lookup).is_err());
}

#[test]
fn a_file_of_another_source_is_refused_with_what_was_met() {
    let (Some(lookup), Some(screening)) = (shared(LOOKUPS[0]), shared(SCREENING)) else {
        return;
    };
    let error = QofCcg::read(lookup).unwrap_err();
    assert!(error.to_string().contains("`LSOA11CD` in the place of `year`"), "{error}");
    let error = LocalAuthorities::read(screening).unwrap_err();
    assert!(error.to_string().contains("`year` in the place of `LSOA11CD`"), "{error}");
}
