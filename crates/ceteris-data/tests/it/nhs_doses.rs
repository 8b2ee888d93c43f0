//! The real doses: stability, local authorities and registered lists, beside the published numbers.

use std::sync::OnceLock;

use ceteris_data::nhs::{
    Day, Doses, ListSizes, LocalAuthorities, Membership, Moments, NEWCASTLE_GATESHEAD, Organisations,
    Stability,
};
use ceteris_data::published::{self, Characteristic};

use crate::nhs::{LOOKUPS, shared};

const MEMBERSHIP: &str = "data/ods_membership/epcmem_20190830.csv.gz";
const PRACTICES: &str = "data/ods_membership/epraccur_2015.csv.gz";
const COMMISSIONERS: &str = "data/ods_membership/eccg_2016_02.csv";
const LISTS_OF_2013: &str = "data/list_sizes/Patient_List_Size_2013_04-06.csv.gz";
const LISTS_OF_2015: &str = "data/list_sizes/Patient_List_Size_2015_04-06.csv.gz";

/// Read once for all tests.
fn stability() -> Option<Stability> {
    static STABILITY: OnceLock<Option<Stability>> = OnceLock::new();
    STABILITY.get_or_init(read_stability).clone()
}

fn read_stability() -> Option<Stability> {
    let membership = Membership::read(shared(MEMBERSHIP)?).expect("a file of the known layout");
    let practices = Organisations::practices(shared(PRACTICES)?).expect("a file of the known layout");
    let commissioners = Organisations::commissioners(shared(COMMISSIONERS)?).expect("the known layout");
    Some(Stability::new(&membership, &practices, &commissioners).expect("practices that moved"))
}

fn lookup() -> Option<LocalAuthorities> {
    shared(LOOKUPS[0]).map(|path| LocalAuthorities::read(path).expect("a file of the known layout"))
}

pub(crate) fn doses() -> Option<Doses> {
    let doses = Doses::new(&lookup()?, &stability()?).expect("every group is in the lookup");
    Some(doses.lists(&ListSizes::read(shared(LISTS_OF_2013)?).expect("a file of the known layout")))
}

fn rounded(moments: Option<Moments>, decimals: usize) -> (String, String) {
    let moments = moments.expect("thousands of practices");
    (format!("{:.decimals$}", moments.mean), format!("{:.decimals$}", moments.sd))
}

fn pair(mean: &str, sd: &str) -> (String, String) {
    (mean.to_string(), sd.to_string())
}

#[test]
fn the_organisation_files_have_their_known_sizes() {
    let (Some(membership), Some(practices), Some(commissioners)) =
        (shared(MEMBERSHIP), shared(PRACTICES), shared(COMMISSIONERS))
    else {
        return;
    };
    let membership = Membership::read(membership).expect("a file of the known layout");
    assert_eq!((membership.nrows(), membership.practices().count()), (47_822, 16_773));
    assert_eq!(membership.organisation("A81001", Day::END_OF_2011_12), Some("5E1"));
    assert_eq!(membership.organisation("A81001", Day::REFORM), Some("00K"));
    assert_eq!(Organisations::practices(practices).expect("the known layout").len(), 12_804);
    let commissioners = Organisations::commissioners(commissioners).expect("the known layout");
    assert_eq!(commissioners.len(), 249);
    assert_eq!(commissioners.commissioning_groups(Day::REFORM).count(), 211);
}

#[test]
fn three_quarters_of_the_practices_of_a_trust_stayed_together() {
    let Some(stability) = stability() else { return };
    assert_eq!((stability.practices().len(), stability.groups()), (8_116, 211));
    assert_eq!(rounded(stability.moments(), 3), pair("0.770", "0.310"));
    let printed = &published::dose_summary();
    let printed = printed.iter().find(|row| row.dose == published::Dose::PracticeStability);
    let printed = printed.expect("one of the three doses");
    let found = stability.moments().expect("thousands of practices");
    assert!((found.mean - printed.mean).abs() < 0.011);
    assert!((found.sd - printed.sd).abs() < 0.005);
}

#[test]
fn practices_deal_with_more_than_two_local_authorities_on_average() {
    let Some(doses) = doses() else { return };
    assert_eq!(rounded(doses.local_authorities(), 2), pair("2.23", "1.96"));
    assert_eq!(rounded(doses.local_authorities_by_list(), 2), pair("2.39", "2.03"));
    assert_eq!(doses.local_authorities().expect("practices").nobs, 8_116);
}

#[test]
fn every_group_of_the_lookup_has_both_doses() {
    let Some(doses) = doses() else { return };
    assert_eq!((doses.ccgs().len(), doses.practices().len()), (209, 8_116));
    let frame = doses.ccg_frame().expect("a frame");
    assert_eq!(frame.nrows(), 209);
    for column in ["n_la", "practice_stability", "practices", "registered"] {
        assert!(frame.real(column).expect("real").iter().all(|x| *x > 0.0), "{column}");
    }
    let practices: usize = doses.ccgs().iter().map(|ccg| ccg.practices).sum();
    assert_eq!(practices, 8_116);
    let newcastle = doses.ccg(NEWCASTLE_GATESHEAD).expect("in the lookup");
    assert_eq!(doses.ccg("00G"), Some(newcastle));
    assert_eq!(newcastle.practices, 70);
    assert_eq!(doses.practice_frame().expect("a frame").nrows(), 8_116);
}

#[test]
fn a_group_set_apart_has_practices_without_a_number_of_local_authorities() {
    let (Some(lookup), Some(stability)) = (lookup(), stability()) else { return };
    let doses = Doses::new(&lookup.apart([NEWCASTLE_GATESHEAD]).expect("known"), &stability).expect("doses");
    let counted = doses.local_authorities().expect("practices").nobs;
    assert_eq!((doses.ccgs().len(), counted), (208, 8_116 - 70));
    let counts = doses.practice_frame().expect("a frame");
    let missing = counts.real("n_la").expect("real").iter().filter(|x| x.is_nan()).count();
    assert_eq!(missing, 70);
}

#[test]
fn registered_populations_of_the_two_groups_are_those_of_table_5() {
    /// Millions: the quarter that the report took is not known, and each sum grows by 0.3 a year.
    const MILLIONS: f64 = 0.1;
    /// Percentage points: half a unit of the last printed decimal, and a little for the quarter.
    const POINTS: f64 = 0.06;
    let (Some(lookup), Some(lists)) = (lookup(), shared(LISTS_OF_2015)) else { return };
    let lookup = lookup.apart([NEWCASTLE_GATESHEAD]).expect("known");
    let lists = ListSizes::read(lists).expect("a file of the known layout");
    assert_eq!((lists.lists().len(), lists.practices()), (9_243, 7_835));
    let found = lists.by_local_authorities(&lookup);
    let table = published::table5();
    let printed = |of| table.iter().find(|row| row.characteristic == of).expect("a row of Table 5");
    for (patients, population, female) in [
        (found.groups.one, printed(Characteristic::Population).one, printed(Characteristic::Female).one),
        (
            found.groups.several,
            printed(Characteristic::Population).several,
            printed(Characteristic::Female).several,
        ),
    ] {
        assert!((patients.total() as f64 / 1e6 - population).abs() < MILLIONS, "{patients:?}");
        assert!((patients.female_percent().expect("patients") - female).abs() < POINTS, "{patients:?}");
    }
    assert_eq!(found.apart.total(), 506_651);
    assert!(found.elsewhere.total() < 3_000);
    // The 75 and over: younger where there is one authority, as the ages of Table 5 are.
    let old = |patients: ceteris_data::nhs::Patients| patients.band_percent(8).expect("patients");
    assert!(old(found.groups.several) - old(found.groups.one) > 1.8);
}
