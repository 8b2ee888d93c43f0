//! The ledger of rows: one line for each row of a frame, in its order.
//!
//! | column | holds |
//! |---|---|
//! | `row` | the row, counted from 1, as a file counts the rows below its header |
//! | `used` | 1 if the fit uses the row, else 0 |
//! | `rule` | `condition`, `missing`, `zero_weight` or `singleton`; missing for a row in use |
//! | `column` | the column that is missing, or the weight that is zero; for a condition its text |
//! | `round` | the round that found a singleton: 1 for a row alone at the start |

use super::{Frame, Rule, Sample};

impl Rule {
    /// `condition`, `missing`, `zero_weight` or `singleton`.
    pub fn name(&self) -> &'static str {
        match self {
            Rule::Condition { .. } => "condition",
            Rule::Missing { .. } => "missing",
            Rule::ZeroWeight { .. } => "zero_weight",
            Rule::Singleton => "singleton",
        }
    }

    /// What the rule looks at: a column, or the text of a condition; none for singletons.
    pub fn subject(&self) -> Option<&str> {
        match self {
            Rule::Condition { condition } => Some(condition),
            Rule::Missing { column } | Rule::ZeroWeight { column } => Some(column),
            Rule::Singleton => None,
        }
    }
}

impl Sample {
    /// Why each row of the frame was or was not used: columns `row` (from 1), `used`, `rule`, `column`
    /// and `round`, as many rows as the frame and in its order.
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Ols};
    /// let frame = Frame::new()
    ///     .add_real("y", vec![1.0, 2.0, f64::NAN, 4.0, 6.0])?
    ///     .add_real("x", vec![0.0, 1.0, 2.0, 3.0, 5.0])?;
    /// let ledger = "y ~ x".parse::<Ols>()?.fit(&frame)?.row_ledger();
    /// assert_eq!(ledger.real("used")?, [1.0, 1.0, 0.0, 1.0, 1.0]);
    /// assert_eq!(ledger.category("rule")?.label(2), Some("missing"));
    /// assert_eq!(ledger.category("column")?.label(2), Some("y"));
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn row_ledger(&self) -> Frame {
        let rows = 0..self.nrows_read();
        let verdicts: Vec<Option<&Rule>> = rows.clone().map(|row| self.verdict(row)).collect();
        let used = verdicts.iter().map(|verdict| f64::from(u8::from(verdict.is_none())));
        let round = rows.clone().map(|row| self.round(row).map_or(f64::NAN, f64::from));
        let ledger = Frame::new()
            .add_real("row", rows.map(|row| (row + 1) as f64).collect())
            .and_then(|ledger| ledger.add_real("used", used.collect()))
            .and_then(|ledger| ledger.add_category("rule", verdicts.iter().map(|rule| rule.map(Rule::name))))
            .and_then(|ledger| {
                ledger.add_category("column", verdicts.iter().map(|rule| rule.and_then(Rule::subject)))
            })
            .and_then(|ledger| ledger.add_real("round", round.collect()));
        ledger.expect("five columns of one length with names that differ")
    }
}

#[cfg(test)]
mod tests {
    use crate::frame::{Condition, Dropped, Weights};
    use crate::model::{Fit, Ols, fe};

    use super::*;

    /// Rows 1 to 6 are used; row 7 is outside the condition, row 8 has no outcome, row 9 no weight, and the
    /// last two are a chain: worker 5 is alone, and without that row firm 3 has one row.
    fn fit() -> Fit {
        let columns = [
            ("y", [1.0, 2.5, 2.0, 4.0, 3.0, 5.5, 1.0, f64::NAN, 2.0, 3.0, 7.0]),
            ("x", [0.0, 1.0, 3.0, 2.0, 4.0, 1.0, 5.0, 2.0, 2.0, 0.0, 1.0]),
            ("w", [1.0, 1.0, 2.0, 1.0, 1.0, 3.0, 1.0, 1.0, 0.0, 1.0, 1.0]),
            ("worker", [0.0, 0.0, 1.0, 1.0, 2.0, 2.0, 2.0, 2.0, 2.0, 2.0, 5.0]),
            ("firm", [0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 3.0, 3.0]),
        ];
        let add =
            |frame: Frame, (name, values): (&str, [f64; 11])| frame.add_real(name, values.to_vec()).unwrap();
        let frame = columns.into_iter().fold(Frame::new(), add);
        let ols = Ols::new("y")
            .regress_on(["x"])
            .absorb([fe("worker"), fe("firm")])
            .weights(Weights::analytic("w"));
        ols.keep(Condition::below("x", 4.5)).fit(&frame).unwrap()
    }

    #[test]
    fn each_row_has_the_first_rule_that_drops_it() {
        let ledger = fit().row_ledger();
        let label = |column: &str, row: usize| ledger.category(column).unwrap().label(row).map(String::from);
        assert_eq!(ledger.names().collect::<Vec<_>>(), ["row", "used", "rule", "column", "round"]);
        assert_eq!(ledger.real("row").unwrap()[10], 11.0);
        assert_eq!(label("rule", 0), None);
        assert_eq!(
            (label("rule", 6), label("column", 6)),
            (Some("condition".into()), Some("x < 4.5".into()))
        );
        assert_eq!((label("rule", 7), label("column", 7)), (Some("missing".into()), Some("y".into())));
        assert_eq!((label("rule", 8), label("column", 8)), (Some("zero_weight".into()), Some("w".into())));
        assert_eq!((label("rule", 10), label("column", 10)), (Some("singleton".into()), None));
        assert_eq!(ledger.real("round").unwrap()[9..], [2.0, 1.0]);
        assert!(ledger.real("round").unwrap()[..9].iter().all(|round| round.is_nan()));
    }

    #[test]
    fn counts_agree_with_the_rows_dropped() {
        let fit = fit();
        let ledger = fit.row_ledger();
        let used = ledger.real("used").unwrap();
        assert_eq!(used.iter().sum::<f64>() as usize, fit.sample().len());
        for Dropped { rule, rows } in fit.dropped() {
            let same = |row: &usize| {
                ledger.category("rule").unwrap().label(*row) == Some(rule.name())
                    && ledger.category("column").unwrap().label(*row) == rule.subject()
            };
            assert_eq!((0..ledger.nrows()).filter(same).count(), rows, "{rule}");
        }
        assert_eq!(fit.dropped().iter().map(|dropped| dropped.rows).sum::<usize>() + fit.sample().len(), 11);
    }
}
