//! What holds for every table: one made by rounding is coherent, and a moved decimal point is found.

use ceteris::special::{fisher, student};
use ceteris_report::check_table::{Check, CheckTable, Convention, PrintedNumber, Row, Severity, Verdict};
use proptest::prelude::*;

fn rounded(value: f64, decimals: usize) -> Option<PrintedNumber> {
    PrintedNumber::new(value, decimals).ok()
}

/// A row made of b, SE, df and level, and rounded.
fn made(b: f64, std_error: f64, dof: u32, level: f64, decimals: usize) -> Row {
    let t = b / std_error;
    let half = std_error * student::quantile((1.0 + level) / 2.0, f64::from(dof));
    let p = student::two_sided(t, f64::from(dof));
    Row {
        estimate: rounded(b, decimals),
        std_error: rounded(std_error, decimals),
        statistic: rounded(t, 2),
        p_value: rounded(p, 4),
        low: rounded(b - half, decimals),
        high: rounded(b + half, decimals),
        level: Some(level),
        stars: Some(Convention::usual()[1].stars(p)),
        nobs: rounded(f64::from(dof) + 5.0, 0),
        dof_residual: rounded(f64::from(dof), 0),
        verdict: Some(if p < 1.0 - level { Verdict::Reject } else { Verdict::NotReject }),
        also_printed: rounded(b, decimals + 1),
        ..Row::new("made")
    }
}

/// The row without the numbers whose bit is not set.
fn some_of(row: Row, bits: u16) -> Row {
    fn keep<T>(value: Option<T>, bits: u16, bit: u16) -> Option<T> {
        value.filter(|_| bits & (1 << bit) != 0)
    }
    Row {
        estimate: keep(row.estimate, bits, 0),
        std_error: keep(row.std_error, bits, 1),
        statistic: keep(row.statistic, bits, 2),
        p_value: keep(row.p_value, bits, 3),
        low: keep(row.low, bits, 4),
        level: row.level.filter(|&level| level != 0.95 || bits & (1 << 5) != 0), // 95 % is the default
        stars: keep(row.stars, bits, 6),
        verdict: keep(row.verdict, bits, 7),
        ..row
    }
}

/// The same digits with the point moved.
fn moved(number: &PrintedNumber, left: bool) -> Option<PrintedNumber> {
    let decimals = usize::try_from(number.decimals()).ok()?;
    match left {
        true => rounded(number.value() / 10.0, decimals + 1),
        false => rounded(number.value() * 10.0, decimals.checked_sub(1)?),
    }
}

fn assert_coherent(row: &Row) -> Result<(), TestCaseError> {
    let checked = CheckTable::of(std::slice::from_ref(row), Some(Convention::usual()[1]));
    for (_, finding) in checked.findings() {
        prop_assert_eq!(finding.severity, Severity::Coherent, "{}: {:?}", &finding.sentence, row);
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_table_made_by_rounding_is_coherent(
        b in -5.0..5.0_f64, std_error in 0.01..3.0_f64, dof in 4..5000_u32, decimals in 1..5_usize,
        level in prop::sample::select(vec![0.90, 0.95, 0.99]), bits: u16,
    ) {
        assert_coherent(&some_of(made(b, std_error, dof, level, decimals), bits))?;
    }

    #[test]
    fn many_degrees_of_freedom_need_not_be_stated(
        b in -5.0..5.0_f64, std_error in 0.01..3.0_f64, dof in 40..5000_u32, decimals in 1..5_usize, bits: u16,
    ) {
        let row = some_of(made(b, std_error, dof, 0.95, decimals), bits);
        assert_coherent(&Row { dof_residual: None, ..row })?;
    }

    #[test]
    fn the_implied_standard_error_holds_the_true_one(
        b in -5.0..5.0_f64, std_error in 0.01..3.0_f64, dof in 4..5000_u32, decimals in 1..5_usize, bits: u16,
    ) {
        let row = some_of(made(b, std_error, dof, 0.95, decimals), bits);
        let implied = CheckTable::of(&[row], None).rows[0].implied.std_error;
        if let Some(range) = implied {
            prop_assert!(range.low - 1e-9 <= std_error && std_error <= range.high + 1e-9, "{range:?}");
        }
    }

    #[test]
    fn a_moved_decimal_point_is_found_and_undone(
        size in 1.0..6.0_f64, negative: bool, std_error in 0.5..2.0_f64, dof in 4..5000_u32,
        which in 0..3_usize, left: bool,
    ) {
        let b = if negative { -size } else { size };
        let mut row = made(b, std_error, dof, 0.95, 3);
        let slot = [&mut row.estimate, &mut row.std_error, &mut row.statistic].into_iter().nth(which);
        let slot = slot.expect("three of them");
        let printed = slot.clone().expect("made");
        *slot = moved(&printed, left);
        let checked = CheckTable::of(&[row], None);
        let finding = checked.rows[0].finding(Check::Statistic).expect("b, SE and t are there");
        prop_assert_eq!(finding.severity, Severity::Incoherent);
        let undone = finding.repairs.iter().any(|repair| repair.instead.value() == printed.value());
        prop_assert!(undone, "{finding:?}");
    }

    #[test]
    fn a_moved_point_of_p_is_found(t in 0.5..3.0_f64, dof in 10..5000_u32, left: bool) {
        let row = made(t, 1.0, dof, 0.95, 3);
        let printed = row.p_value.clone().expect("made");
        prop_assume!(printed.significant() >= 2);
        let row = Row { p_value: moved(&printed, left), ..row };
        let checked = CheckTable::of(&[row], None);
        prop_assert_eq!(checked.worst(), Some(Severity::Incoherent));
    }

    #[test]
    fn a_moved_point_of_f_is_found_and_undone(f in 1.0..3.5_f64, df1 in 1..6_u32, df2 in 20..9000_u32, left: bool) {
        let p = fisher::upper_tail(f, df1.into(), df2.into());
        prop_assume!(p > 0.01);
        let printed = rounded(f, 2).expect("finite");
        let row = Row {
            f: Some(printed.clone()),
            p_value: rounded(p, 4),
            dof_numerator: rounded(df1.into(), 0),
            dof_residual: rounded(df2.into(), 0),
            ..Row::new("F")
        };
        assert_coherent(&row)?;
        let checked = CheckTable::of(&[Row { f: moved(&printed, left), ..row }], None);
        let finding = checked.rows[0].finding(Check::F).expect("F and p are there");
        prop_assert_eq!(finding.severity, Severity::Incoherent);
        prop_assert!(finding.repairs.iter().any(|repair| repair.instead.value() == printed.value()));
    }

    #[test]
    fn no_row_breaks_the_check(texts in prop::collection::vec("(<|-)?[0-9]{1,3}(\\.[0-9]{0,4})?(e-?[0-9]{1,2})?", 12)) {
        let number = |at: usize| texts[at].parse::<PrintedNumber>().ok();
        let row = Row {
            estimate: number(0), std_error: number(1), statistic: number(2), p_value: number(3),
            low: number(4), high: number(5), nobs: number(6), also_printed: number(7),
            f: number(8).filter(|f| f.value() > 50.0), dof_numerator: number(9), dof_residual: number(10),
            stars: Some(texts[11].len() % 5), verdict: Some(Verdict::Reject), ..Row::new("any")
        };
        for (_, table) in CheckTable::of(&[row], None).tables() {
            prop_assert!(table.text().is_ok(), "{:?}", table.text());
        }
    }
}
