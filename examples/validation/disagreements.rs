//! Section 3, first part: values of other programs that are wrong or mean something else.

use ceteris::Fit;
use ceteris_report::{Cell, Column, Table};
use support::{Row, reference_tables};

use crate::compared::{DISAGREEMENTS, Studied};
use crate::failure::Failure;
use crate::kinds::question;

const HEAD: &str = "\
## 3. Where programs disagree

Each value is tested by `cargo test --test reference`: it differs from ours, and is what the reason given
here predicts from our own numbers. For sandwich and for the pseudo-inverse of statsmodels there is no such
arithmetic, and the gap itself is asserted.
";

/// Program, quantity, covariance (any if empty), and what happens.
const REASONS: [(&str, &str, &str, &str); 12] = [
    (
        "fixest",
        "se",
        "HC2",
        "without effects, leverages are divided by the weights: near zero, so that HC2 is HC0",
    ),
    (
        "fixest",
        "se",
        "HC3",
        "without effects, leverages are divided by the weights: near zero, so that HC3 is HC0",
    ),
    ("fixest", "se", "CR1_Kexact", "K.exact counts the effects nested in the clusters although told not to"),
    (
        "fixest",
        "se",
        "CR1_full",
        "K counts levels, eight more than the rank: two effects share their year dummies",
    ),
    (
        "pyfixest",
        "se",
        "CR1",
        "the two-way sum is not positive semi-definite and is used as it is; ours is repaired",
    ),
    ("pyfixest", "wald_p", "", "the F test of several terms reports the p-value of chi-squared"),
    (
        "linearmodels",
        "se",
        "CR1",
        "AbsorbingLS counts every level although an effect is nested in the clusters",
    ),
    ("statsmodels", "se", "", "rows of zero weight count as observations"),
    ("sandwich", "se", "", "with rows of zero weight the meat is recycled over the wrong number of rows"),
    ("statsmodels", "coef", "", "a pseudo-inverse cuts a small singular value off, though the rank is full"),
    (
        "R",
        "coef",
        "",
        "lm omits a column as collinear by the tolerance of its pivoting, though the rank is full",
    ),
    (
        "",
        "coef",
        "",
        "a column is omitted as collinear by an absolute tolerance on X'X, though the rank is full",
    ),
];

/// Rows of one program that have one reason.
struct Group {
    case: String,
    quantity: String,
    witness: String,
    reason: &'static str,
    gaps: Vec<f64>,
}

/// The table of wrong values.
pub(crate) fn section(studied: &[Studied]) -> Result<String, Failure> {
    let found = reference_tables().into_iter().find(|(id, _)| id == DISAGREEMENTS);
    let (_, path) = found.ok_or("the table of disagreements is committed")?;
    let mut groups: Vec<Group> = Vec::new();
    for row in Row::read_all(&path).iter().filter(|row| row.parts().0 != "K") {
        if let Some(fit) = fit_of(row, studied)? {
            add(&mut groups, row, row.value / ours(row, fit)? - 1.0)?;
        }
    }
    let table = Table::new("Values that are wrong, or mean something else")
        .column(Column::text("program"))
        .column(Column::text("case and model"))
        .column(Column::text("number"))
        .column(Column::number("values"))
        .column(Column::text("theirs to ours, farthest"))
        .column(Column::text("why"));
    let table = table.rows(groups.iter().map(Group::row));
    Ok(format!("{HEAD}\n{}", table.markdown()?))
}

impl Group {
    fn row(&self) -> Vec<Cell> {
        let farthest = self.gaps.iter().copied().fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
        vec![
            self.witness.clone().into(),
            self.case.clone().into(),
            self.quantity.clone().into(),
            self.gaps.len().into(),
            relative(farthest).into(),
            self.reason.into(),
        ]
    }
}

fn add(groups: &mut Vec<Group>, row: &Row, gap: f64) -> Result<(), Failure> {
    let case = format!("{} {}", row.case, row.model);
    let same = |group: &&mut Group| {
        group.case == case && group.quantity == row.quantity && group.witness == row.witness
    };
    match groups.iter_mut().find(same) {
        Some(group) => group.gaps.push(gap),
        None => groups.push(Group {
            case,
            quantity: row.quantity.clone(),
            witness: row.witness.clone(),
            reason: reason(row)?,
            gaps: vec![gap],
        }),
    }
    Ok(())
}

fn reason(row: &Row) -> Result<&'static str, Failure> {
    let (quantity, kind) = row.parts();
    let label = kind.unwrap_or_default().split(':').next().unwrap_or_default();
    let told = REASONS.iter().find(|(program, of, covariance, _)| {
        (program.is_empty() || *program == row.program())
            && *of == quantity
            && (covariance.is_empty() || *covariance == label)
    });
    told.map(|(.., reason)| *reason).ok_or_else(|| format!("no reason is told for {row:?}").into())
}

/// The fit of a row's model; `None` if its data are absent.
fn fit_of<'a>(row: &Row, studied: &'a [Studied]) -> Result<Option<&'a Fit>, Failure> {
    let model = studied.iter().find(|model| model.case.id == row.case && model.case.model == row.model);
    Ok(model.ok_or_else(|| format!("no case for {row:?}"))?.fit.as_ref())
}

/// Our number for what the program was asked; under the default correction where the kind names none.
fn ours(row: &Row, fit: &Fit) -> Result<f64, Failure> {
    let (quantity, kind) = row.parts();
    let Some(kind) = kind else { return Ok(fit.estimate(&row.name)?) };
    if quantity == "wald_p" {
        let asked = question(kind, row.program());
        let names: Vec<&str> = row.name.split(" + ").collect();
        return Ok(fit.inference(asked)?.wald(&names)?.p_value);
    }
    // A correction that only fixest has; without its slip it would be the default.
    let asked = question(&kind.replace("CR1_Kexact", "CR1"), "certified");
    let table = fit.inference(asked)?;
    Ok(table.coef(&row.name)?.std_error.unwrap())
}

/// A gap in per cent, with enough digits to see it.
fn relative(gap: f64) -> String {
    let percent = 100.0 * gap;
    match percent.abs() {
        size if size >= 0.1 => format!("{percent:+.1} %"),
        size if size >= 0.001 => format!("{percent:+.3} %"),
        _ => format!("{percent:+.1e} %"),
    }
}
