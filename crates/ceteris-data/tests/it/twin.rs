//! The simulated panel: its bytes, its cells, its sample sizes.

use ceteris_data::published::{Groups, PERCENT_DECIMALS, prints_as, table6};
use ceteris_data::twin::{Indicator, Parameters, Twin};
use ceteris_data::write_csv_to;
use sha2::{Digest, Sha256};

/// Checksum of the reference panel.
const SHA256: &str = "87271b5db600a65d1404fa16552fcfa70459b6e5ea0b94f26cb9aede18385391";

fn csv(twin: &Twin) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_csv_to(&twin.frame(), &mut bytes).expect("a vector takes all");
    bytes
}

/// Percentage of an indicator in a year, by group.
fn percent(twin: &Twin, indicator: Indicator, year: usize) -> Groups<f64> {
    let authorities = twin.local_authorities();
    let of = |member: &dyn Fn(u8) -> bool| {
        let rows = (0..twin.nrows()).filter(|&i| {
            twin.indicator()[i] == indicator && usize::from(twin.year()[i]) == year && member(authorities[i])
        });
        let (x, n) = rows.fold((0_u64, 0_u64), |(x, n), i| {
            (x + u64::from(twin.numerator()[i]), n + u64::from(twin.denominator()[i]))
        });
        100.0 * x as f64 / n as f64
    };
    Groups { one: of(&|la| la == 1), several: of(&|la| la > 1), all: of(&|_| true) }
}

fn prints(computed: Groups<f64>, printed: Groups<f64>) -> bool {
    [(computed.one, printed.one), (computed.several, printed.several), (computed.all, printed.all)]
        .into_iter()
        .all(|(computed, printed)| prints_as(computed, printed, PERCENT_DECIMALS))
}

#[test]
fn the_panel_has_the_bytes_of_the_reference() {
    let bytes = csv(&Twin::screening());
    assert!(bytes.starts_with(b"practice,ccg,n_la,year,indicator,numerator,denominator\nP0001,"));
    let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(digest, SHA256);
}

#[test]
fn every_cell_of_table_6_is_met() {
    let twin = Twin::screening();
    for (t, year) in table6().iter().enumerate() {
        let screening = percent(&twin, Indicator::Screening, t);
        assert!(prints(screening, year.screening), "{screening:?} {year:?}");
        let births = percent(&twin, Indicator::UnassistedBirth, t);
        assert!(prints(births, year.unassisted), "{births:?} {year:?}");
    }
}

#[test]
fn sample_sizes_are_those_of_table_8() {
    let twin = Twin::screening();
    assert_eq!(twin.nrows(), 105_745);
    assert_eq!(twin.year().iter().filter(|&&year| year >= 2).count(), 75_099);
}

#[test]
fn numerators_never_exceed_denominators() {
    let twin = Twin::screening().add_caesarean();
    assert!(twin.numerator().iter().zip(twin.denominator()).all(|(x, n)| x <= n && *n > 0));
}

#[test]
fn caesareans_are_a_quarter_of_deliveries_and_change_no_other_row() {
    let (plain, twin) = (Twin::screening(), Twin::screening().add_caesarean());
    let level = percent(&twin, Indicator::Caesarean, 3).all;
    assert!((24.0..26.0).contains(&level), "{level}");
    let rows = |twin: &Twin| -> Vec<String> {
        let text = String::from_utf8(csv(twin)).expect("ASCII");
        text.lines().filter(|line| !line.contains(",caesarean,")).map(String::from).collect()
    };
    assert_eq!(rows(&plain), rows(&twin));
    let births = twin.indicator().iter().filter(|i| **i == Indicator::UnassistedBirth).count();
    assert_eq!(twin.nrows() - plain.nrows(), births);
    assert_eq!(csv(&twin), csv(&twin.clone().add_caesarean()));
}

#[test]
fn another_number_gives_another_panel_that_meets_table_6_too() {
    let twin = Twin::simulate(2, &Parameters::UNCALIBRATED).expect("good settings");
    assert_ne!(twin.numerator(), Twin::screening().numerator());
    let last = table6().last().expect("seven years");
    assert!(prints(percent(&twin, Indicator::Screening, 6), last.screening));
}

#[test]
fn settings_outside_their_domain_are_refused() {
    let number = Twin::simulate(10_000, &Parameters::CALIBRATED).unwrap_err();
    assert!(number.to_string().contains("`number` must be of at most four digits"), "{number}");
    let negative = Parameters { births_sd: -7.0, ..Parameters::CALIBRATED };
    let error = Twin::simulate(1, &negative).unwrap_err();
    assert!(error.to_string().contains("`births_sd`"), "{error}");
}
