//! Our numbers beside the recorded ones, each number once.
//!
//! A program's standard error is held against the certified value that means the same: the one that our
//! number under the program's preset equals. Where nothing certified does, it is held against our number.

use ceteris::{Fit, Inference, SmallSample, Vcov};
use rayon::prelude::*;
use support::{Row, reference_tables};

use crate::cases::{self, Case};
use crate::failure::Failure;
use crate::kinds::question;
use support::digits;

/// The table that belongs to no case alone.
pub(crate) const DISAGREEMENTS: &str = "disagreements";
/// The name of our column.
pub(crate) const OURS: &str = "ceteris";
/// How the kind of a coefficient is written.
pub(crate) const ESTIMATES: &str = "estimates";

/// Two of our numbers that differ by less are one definition, computed.
const SAME_DEFINITION: f64 = 1e-8;

/// A case, its rows and what we answer; no fit where its data are absent.
pub(crate) struct Studied {
    pub(crate) case: Case,
    pub(crate) fit: Option<Fit>,
    pub(crate) compared: Vec<Compared>,
}

/// One recorded number.
pub(crate) struct Compared {
    /// `estimates`, or the kind of standard error.
    pub(crate) kind: String,
    /// Program and version; [`OURS`] for a certified number.
    pub(crate) witness: String,
    /// Ours against certified, or the program's against certified or ours.
    pub(crate) digits: f64,
    /// Whether a program was held against our number.
    pub(crate) beside_ours: bool,
    /// For a program's standard error, our preset and the digits to which we agree under it.
    pub(crate) matched: Option<(SmallSample, f64)>,
}

/// Every case with its rows, in order.
pub(crate) fn study_all() -> Result<Vec<Studied>, Failure> {
    let tables = reference_tables().into_iter().filter(|(id, _)| id != DISAGREEMENTS);
    let rows: Vec<Row> = tables.flat_map(|(_, path)| Row::read_all(&path)).collect();
    let mut cases = cases::all();
    cases.sort_by_key(|case| case.id); // stable: models stay in their order
    cases.into_par_iter().map(|case| study(case, &rows)).collect()
}

fn study(case: Case, rows: &[Row]) -> Result<Studied, Failure> {
    let fit = case.frame().map(|frame| case.ols.fit(&frame)).transpose()?;
    let held =
        |row: &&Row| row.case == case.id && row.model == case.model && matches!(row.parts().0, "coef" | "se");
    let rows: Vec<&Row> = rows.iter().filter(held).collect();
    let compared = match &fit {
        Some(fit) => Answers::of(fit, &rows)?.compare(&rows)?,
        None => Vec::new(),
    };
    Ok(Studied { case, fit, compared })
}

/// A fit and the inferences that its rows ask for.
struct Answers<'a> {
    fit: &'a Fit,
    tables: Vec<(Vcov, Inference)>,
}

impl<'a> Answers<'a> {
    fn of(fit: &'a Fit, rows: &[&Row]) -> Result<Self, Failure> {
        let mut tables: Vec<(Vcov, Inference)> = Vec::new();
        for (kind, row) in rows.iter().filter_map(|row| Some((row.parts().1?, row))) {
            let asked = question(kind, row.program());
            if !tables.iter().any(|(held, _)| *held == asked) {
                let table = fit.inference(asked.clone())?;
                tables.push((asked, table));
            }
        }
        Ok(Self { fit, tables })
    }

    /// Our number for a row.
    fn to(&self, row: &Row) -> Result<f64, Failure> {
        let Some(kind) = row.parts().1 else { return Ok(self.fit.estimate(&row.name)?) };
        let asked = question(kind, row.program());
        let table = self.tables.iter().find(|(held, _)| *held == asked);
        let (_, table) = table.ok_or("every question of the rows was put")?;
        Ok(table.coef(&row.name)?.std_error.unwrap())
    }

    fn compare(&self, rows: &[&Row]) -> Result<Vec<Compared>, Failure> {
        rows.iter().map(|row| self.compare_one(row, rows)).collect()
    }

    fn compare_one(&self, row: &Row, rows: &[&Row]) -> Result<Compared, Failure> {
        let ours = self.to(row)?;
        let kind = row.parts().1.map_or(ESTIMATES, |kind| kind).to_string();
        if row.is_certified() {
            let digits = digits(ours, row.value, 1.0);
            let witness = OURS.to_string();
            return Ok(Compared { kind, witness, digits, beside_ours: false, matched: None });
        }
        let certified = same_definition(row, ours, rows);
        let preset = row.parts().1.map(|kind| question(kind, row.program()).correction());
        Ok(Compared {
            kind,
            witness: witness(row),
            digits: digits(row.value, certified.unwrap_or(ours), 1.0),
            beside_ours: certified.is_none(),
            matched: preset.map(|preset| (preset, digits(row.value, ours, 1.0))),
        })
    }
}

/// The certified value of the same coefficient that is nearest to ours, if it is ours.
fn same_definition(row: &Row, ours: f64, rows: &[&Row]) -> Option<f64> {
    let alike =
        |held: &&&Row| held.is_certified() && held.name == row.name && held.parts().0 == row.parts().0;
    let gap = |value: f64| (value / ours - 1.0).abs();
    let values = rows.iter().filter(alike).map(|held| held.value);
    values.min_by(|a, b| gap(*a).total_cmp(&gap(*b))).filter(|value| gap(*value) < SAME_DEFINITION)
}

/// Program and version; of `lm` and the package that made the covariance, both.
fn witness(row: &Row) -> String {
    row.witness.split(':').next().unwrap_or_default().to_string()
}
