//! Section 3, second part: which preset matches whom, to how many digits, and what it does.

use std::collections::BTreeSet;

use ceteris::SmallSample;
use ceteris_report::{Cell, Column, Table};

use crate::compared::Studied;
use crate::failure::Failure;

/// Preset, and what it does that `exact` does not.
const DOES: [(&str, &str); 10] = [
    ("exact", "K is the true rank; effects nested in clusters are free; G of the smallest way"),
    ("fixest", "counts the levels of effects less one for each effect after the first, not the rank"),
    ("pyfixest", "as fixest, and HC2 and HC3 are multiplied with n/(n-K)"),
    ("reghdfe", "finds redundant levels pair by pair; df is the smaller of n-K and G-1"),
    ("areg", "(n-1)/(n-K) G/(G-1) with all of the rank in K, nested effects too"),
    ("xtreg", "as fixest: Stata's number in the worked example of the tests, printed with eight decimals"),
    (
        "linearmodels",
        "n/(n-K) without G/(G-1); a nested effect is free only where it is the only one; t(n - rank)",
    ),
    (
        "statsmodels",
        "all of the rank in K; each term of several ways has its own G/(G-1); normal tails under HC and CR",
    ),
    ("sandwich", "as statsmodels, with t(n-K)"),
    ("clubsandwich", "G/(G-1) alone"),
];

const NOTES: &str = "\
What else is known of these versions, and why the default is none of them:

- A count of levels (fixest, pyfixest, fereg) is above the rank where three or more effects overlap. In case 07 it
  is eight too many, since `year_ind` and `year_multi` share their year dummies. The error is small there (first
  table, `CR1_full`) and grows where levels are many and rows few.
- pyfixest and fereg multiply HC2 and HC3 with n/(n-K), although the leverages correct for K already.
- In case 17 the rank is full, and one regressor has a standard deviation of 1e-6. fixest, pyfixest and fereg omit
  it, `lm` omits the other, and the pseudo-inverse of statsmodels sets the other near zero. Ours compares what is
  left of a column with the column itself, free of scale, and keeps both.
- In case 13 (`x1+near+x2`) two columns agree to seven digits: fixest and its ports omit one, R's `lm` and ours
  keep it.
";

/// The table of presets and the notes.
pub(crate) fn section(studied: &[Studied]) -> Result<String, Failure> {
    let mut table = Table::new("Presets: recorded standard errors that each must give")
        .column(Column::text("preset"))
        .column(Column::text("programs in the tables"))
        .column(Column::number("values"))
        .column(Column::number("fewest digits"))
        .column(Column::text("in case"))
        .column(Column::text("what it does"));
    for preset in SmallSample::all() {
        table = table.row(row(preset, studied)?);
    }
    let table = table.note(
        "Digits of agreement between the program and ours under the preset. In cases 01 and 13 columns are nearly \
         collinear and solvers lose digits: section 2 shows whose. A program under a preset of another name was \
         asked for that correction, or counts alike in that case.",
    );
    Ok(format!("{}\n{NOTES}", table.markdown()?))
}

fn row(preset: SmallSample, studied: &[Studied]) -> Result<Vec<Cell>, Failure> {
    let under = |matched: Option<(SmallSample, f64)>| matched.filter(|(under, _)| *under == preset);
    let of_model = |model: &'_ Studied| -> Vec<(String, f64, &'static str)> {
        let held = model.compared.iter().filter_map(|held| Some((held, under(held.matched)?.1)));
        held.map(|(held, digits)| (held.witness.clone(), digits, model.case.id)).collect()
    };
    let matched: Vec<_> = studied.iter().flat_map(of_model).collect();
    let programs: BTreeSet<&str> = matched.iter().map(|(program, ..)| program.as_str()).collect();
    let fewest = matched.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let does = DOES.iter().find(|(name, _)| Some(*name) == preset.preset());
    let (_, does) = does.ok_or_else(|| format!("nothing is told of the preset {preset}"))?;
    let programs: Vec<&str> = programs.into_iter().collect();
    Ok(vec![
        preset.to_string().into(),
        programs.join(", ").into(),
        matched.len().into(),
        fewest.map(|(_, digits, _)| Cell::real(*digits, 1)).into(),
        fewest.map(|(.., case)| *case).into(),
        (*does).into(),
    ])
}
