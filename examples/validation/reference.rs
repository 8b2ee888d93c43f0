//! Section 2: every case and model, number by number, and a summary of each program.

use std::collections::BTreeMap;

use ceteris_report::{Cell, Column, Table};
use support::Place;

use crate::compared::{Compared, ESTIMATES, OURS, Studied};
use crate::failure::Failure;

const HEAD: &str = "\
## 2. Reference cases

The cases and their numbers are those of `cargo test --test reference`, which also compares t, p, intervals,
Wald tests, ranks and degrees of freedom, on every absorption, every dense backend of the build and one and two
threads (dense dummies of the largest panels on request only).
Certified numbers come from 320-bit ball arithmetic (python-flint), with every double of the data taken as
exact; the numbers of other programs are stored in `tests/data/reference` with their versions. What the kinds of
standard error mean:

| kind | covariance and correction |
| --- | --- |
| `iid`, `HC0` to `HC3`, `CR0` | as usual; `iid` and `HC1` with K = rank unless a program counts otherwise |
| `CR1:g` of a program | the program's default cluster-robust covariance by g |
| `CR1_nonnested:g` | CR1 with effects nested in clusters free: `exact`, our default |
| `CR1S:g`, `CR1_full:g` | (n-1)/(n-K) G/(G-1), all of the rank in K: `areg` |
| `CR1_G:g` | G/(G-1) alone: `clubsandwich` |
| `twoway_min:a+b` | two ways, G of the smaller way in all terms |
| `twoway_conventional:a+b`, `CR1_conventional:a+b` | two ways, G/(G-1) of each term: `statsmodels` |

A column of a program shows its digits against the certified number of the same definition; with `*`, against
ours, where nothing certified means the same (a program counts K in its own way, say). Weights and the rule for
singletons of each model are in `tests/reference/cases.rs`. Values that a program gets wrong, or
defines in a way of its own, are left out here and stand in section 3.

Our own fewest digits are those of the robust standard errors in case 13, where two columns agree to seven
digits, and in case 01, of condition 2e10: the products of a sandwich are formed in doubles.
";

/// The section: what each witness amounts to, then a table for each case.
pub(crate) fn section(studied: &[Studied]) -> Result<String, Failure> {
    let mut parts = vec![HEAD.to_string(), sources(studied), summary(studied)?];
    for models in studied.chunk_by(|a, b| a.case.id == b.case.id) {
        parts.push(case(models)?);
    }
    Ok(parts.join("\n"))
}

/// Which data are where, and what did not run.
fn sources(studied: &[Studied]) -> String {
    let shared = studied.iter().filter(|model| model.case.place == Place::Shared);
    let mut files: Vec<&str> = shared.map(|model| model.case.file).collect();
    files.sort_unstable();
    files.dedup();
    let quoted: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
    let absent = studied.iter().filter(|model| model.fit.is_none()).count();
    let told = match absent {
        0 => "All were there when this page was made.".to_string(),
        n => {
            format!("{n} of {} models were SKIPPED when this page was made, for want of data.", studied.len())
        }
    };
    format!(
        "Data of ours and in the public domain are in `tests/data`. Those of other packages are not committed and are
read from the folder that `CETERIS_SHARED` names:
{}.
{told}
",
        quoted.join(", ")
    )
}

/// Fewest digits of one witness.
#[derive(Default)]
struct Fewest {
    values: usize,
    estimates: Option<(f64, String)>,
    std_errors: Option<(f64, String)>,
}

impl Fewest {
    fn add(&mut self, compared: &Compared, place: &str) {
        self.values += 1;
        let held = if compared.kind == ESTIMATES { &mut self.estimates } else { &mut self.std_errors };
        if held.as_ref().is_none_or(|(fewest, _)| compared.digits < *fewest) {
            *held = Some((compared.digits, place.to_string()));
        }
    }
}

fn summary(studied: &[Studied]) -> Result<String, Failure> {
    let mut by_witness: BTreeMap<&str, Fewest> = BTreeMap::new();
    for model in studied {
        let place = format!("{} {}", model.case.id, model.case.model);
        model.compared.iter().for_each(|held| by_witness.entry(&held.witness).or_default().add(held, &place));
    }
    let table = Table::new("Fewest digits over all cases")
        .column(Column::text("program"))
        .column(Column::number("values"))
        .column(Column::number("digits").under("estimates,"))
        .column(Column::text("in case").under("estimates,"))
        .column(Column::number("digits").under("standard errors,"))
        .column(Column::text("in case").under("standard errors,"));
    let cells = |held: &Option<(f64, String)>| match held {
        Some((digits, place)) => [Cell::real(*digits, 1), Cell::text(place.clone())],
        None => [Cell::missing(), Cell::missing()],
    };
    let row = |(witness, fewest): (&&str, &Fewest)| -> Vec<Cell> {
        let first = [Cell::text(*witness), fewest.values.into()];
        first.into_iter().chain(cells(&fewest.estimates)).chain(cells(&fewest.std_errors)).collect()
    };
    let (ours, others): (Vec<_>, Vec<_>) = by_witness.iter().partition(|(witness, _)| **witness == OURS);
    Ok(table.rows(ours.into_iter().chain(others).map(row)).markdown()?)
}

/// The models of one case.
fn case(models: &[Studied]) -> Result<String, Failure> {
    let id = models[0].case.id; // a chunk is not empty
    let lines: Vec<String> = models.iter().map(described).collect();
    let text = format!("### {id}\n\n{}\n", lines.join("\n"));
    if models.iter().all(|model| model.compared.is_empty()) {
        return Ok(text);
    }
    let mut witnesses = vec![OURS];
    for held in models.iter().flat_map(|model| &model.compared) {
        if !witnesses.contains(&held.witness.as_str()) {
            witnesses.push(&held.witness);
        }
    }
    let mut table = Table::new("").column(Column::text("model")).column(Column::text("number"));
    table = witnesses.iter().fold(table, |table, witness| table.column(Column::number(*witness)));
    for model in models {
        for kind in kinds(model) {
            let first = [Cell::text(model.case.model), Cell::text(kind)];
            let rest = witnesses.iter().map(|witness| cell(model, kind, witness));
            table = table.row(first.into_iter().chain(rest));
        }
    }
    Ok(format!("{text}\n{}", table.markdown()?))
}

fn described(model: &Studied) -> String {
    let (name, file) = (model.case.model, model.case.file);
    match &model.fit {
        Some(fit) => format!(
            "- {name}: `{}`, {} observations, rank {}, `{file}`",
            model.case.ols,
            fit.nobs(),
            fit.ledger().rank
        ),
        None => format!("- {name}: `{}`, `{file}`: SKIPPED, no data", model.case.ols),
    }
}

/// The kinds of a model, in the order of their first row.
fn kinds(model: &Studied) -> Vec<&str> {
    let mut kinds: Vec<&str> = Vec::new();
    for held in &model.compared {
        if !kinds.contains(&held.kind.as_str()) {
            kinds.push(&held.kind);
        }
    }
    kinds
}

/// The fewest digits of a witness for a kind; blank if it has no such number.
fn cell(model: &Studied, kind: &str, witness: &str) -> Cell {
    let held = model.compared.iter().filter(|held| held.kind == kind && held.witness == witness);
    match held.min_by(|a, b| a.digits.total_cmp(&b.digits)) {
        Some(fewest) if fewest.beside_ours => Cell::real(fewest.digits, 1).mark("*"),
        Some(fewest) => Cell::real(fewest.digits, 1),
        None => Cell::missing(),
    }
}
