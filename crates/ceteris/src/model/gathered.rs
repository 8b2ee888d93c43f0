//! The columns of several models on the same rows: each distinct one gathered once, and absorbed once and
//! in place.
//!
//! y~ = My, X~ = MX for every outcome and regressor of the models together. What is needed of a column as it
//! was (its norm, the total sum of squares) is computed before; the few that have to be seen again come from
//! the frame.

use std::collections::HashMap;

use super::Ols;
use super::coding::{CodedTerm, coded_terms};
use super::design;
use super::effect::Effect;
use super::expand::{Named, expand};
use super::magnitude;
use super::name::{CoefficientName, Level};
use super::term::Term;
use crate::absorb::{Absorbed, Absorber, Absorption, AbsorptionMethod, Block, Rank};
use crate::error::{Error, Result};
use crate::frame::{Frame, Sample};
use crate::linalg::Columns;
use crate::linalg::gram::{centred_squares, norm, weighted_dot};

/// What is known of a column besides its values.
pub(super) struct Label {
    /// The name as text.
    pub(super) text: String,
    /// Of each variable of the term.
    levels: Vec<Option<Level>>,
    /// The term that makes it, whichever level that leaves out.
    pub(super) origin: Term,
    /// What rounding to doubles cut off: [`Named::rest`].
    pub(super) rest: Option<Vec<f64>>,
}

/// The places of a model's columns.
pub(super) struct Plan {
    pub(super) regressors: Vec<usize>,
    /// The regressors by term and level.
    pub(super) names: Vec<CoefficientName>,
    /// Each term with its columns, counted along the regressors.
    pub(super) terms: Vec<(Term, Vec<usize>)>,
    pub(super) outcome: usize,
    /// sum_i w_i (y_i - y_bar)^2, or about zero.
    pub(super) total_squares: f64,
}

/// The regressors of one model while they are gathered: of columns that two terms have, the first counts.
#[derive(Default)]
struct Regressors {
    places: Vec<usize>,
    names: Vec<CoefficientName>,
    terms: Vec<(Term, Vec<usize>)>,
    by_text: HashMap<String, usize>,
}

impl Regressors {
    /// Adds a term with the places of its columns.
    fn add(&mut self, term: Term, columns: Vec<usize>, labels: &[Label]) -> Result<()> {
        let mut of_term = Vec::with_capacity(columns.len());
        for place in columns {
            let Label { text, levels, .. } = &labels[place];
            let j = *self.by_text.entry(text.clone()).or_insert(self.places.len());
            if j == self.places.len() {
                self.places.push(place);
                self.names.push(CoefficientName::new(term.clone(), levels.clone()));
            } else if self.places[j] != place {
                let value = format!("a list with two of the name `{text}`");
                let must = "named differently; rename a column";
                return Err(Error::InvalidSetting { setting: "regressors", value, must });
            }
            of_term.push(j);
        }
        self.terms.push((term, of_term));
        Ok(())
    }
}

/// Columns before absorption.
pub(super) struct Gathered<'a> {
    frame: &'a Frame,
    sample: &'a Sample,
    weights: Option<&'a [f64]>,
    data: Vec<f64>,
    labels: Vec<Label>,
    /// Where the columns of a name are.
    by_text: HashMap<String, Vec<usize>>,
    /// Terms met so far, as text, and where their columns are.
    terms: HashMap<String, Vec<usize>>,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(frame: &'a Frame, sample: &'a Sample, weights: Option<&'a [f64]>) -> Self {
        let (by_text, terms) = (HashMap::new(), HashMap::new());
        Self { frame, sample, weights, data: Vec::new(), labels: Vec::new(), by_text, terms }
    }

    /// Gathers the columns of a model that are not there yet, or none of them if the model cannot be estimated.
    ///
    /// # Errors
    /// Those of the columns; [`Error::InvalidSetting`] without regressors or with two of one name,
    /// [`Error::NoVariation`] of the outcome.
    pub(super) fn plan(&mut self, ols: &Ols) -> Result<Plan> {
        let columns = self.labels.len();
        self.try_plan(ols).inspect_err(|_| {
            self.data.truncate(columns * self.sample.len());
            self.labels.truncate(columns);
            let stays = |places: &mut Vec<usize>| places.iter().all(|place| *place < columns);
            self.terms.retain(|_, places| stays(places));
            self.by_text.values_mut().for_each(|places| places.retain(|place| *place < columns));
        })
    }

    fn try_plan(&mut self, ols: &Ols) -> Result<Plan> {
        let mut regressors = Regressors::default();
        let terms = coded_terms(ols, self.frame, self.sample)?;
        self.data.reserve((terms.len() + 1) * self.sample.len());
        for CodedTerm { written, coded } in terms {
            let places = self.places(&coded)?;
            regressors.add(written, places, &self.labels)?;
        }
        let outcome = self.places(&ols.outcome().clone().into())?[0];
        if regressors.places.is_empty() {
            let found = ols.to_string();
            return Err(Error::InvalidSetting { setting: "regressors", value: found, must: "at least one" });
        }
        varies(&self.labels[outcome].text, self.values(outcome))?;
        let intercept = regressors.terms.iter().any(|(term, _)| *term == Term::intercept());
        let total_squares = match intercept || ols.effects().iter().any(Effect::has_intercept) {
            true => centred_squares(self.values(outcome), self.weights),
            false => weighted_dot(self.values(outcome), self.weights, self.values(outcome)),
        };
        let Regressors { places, names, terms, .. } = regressors;
        Ok(Plan { regressors: places, names, terms, outcome, total_squares })
    }

    /// Where the columns of a term are.
    fn places(&mut self, term: &Term) -> Result<Vec<usize>> {
        let key = term.to_string();
        if let Some(places) = self.terms.get(&key) {
            return Ok(places.clone());
        }
        let origin = design::origin(term, self.frame)?;
        let columns = expand(term, self.frame, self.sample)?;
        let places: Vec<usize> = columns.into_iter().map(|column| self.place(column, &origin)).collect();
        self.terms.insert(key, places.clone());
        Ok(places)
    }

    /// Where a column is: there already, or now at the end.
    fn place(&mut self, column: Named<'_>, origin: &Term) -> usize {
        let text = column.name.to_string();
        let held = self.by_text.entry(text.clone()).or_default();
        if let Some(place) = held.iter().find(|place| self.labels[**place].origin == *origin) {
            return *place;
        }
        let place = self.labels.len();
        held.push(place);
        self.data.extend_from_slice(&column.values);
        let levels = column.name.levels().to_vec();
        self.labels.push(Label { text, levels, origin: origin.clone(), rest: column.rest });
        place
    }

    fn values(&self, place: usize) -> &[f64] {
        let nobs = self.sample.len();
        &self.data[place * nobs..(place + 1) * nobs]
    }

    /// Takes the effects out of every column.
    ///
    /// # Errors
    /// [`Error::Magnitude`]; those of the absorption: [`Error::NotConverged`] with the name of a column.
    pub(super) fn absorb(self, blocks: &[Block], absorption: Absorption) -> Result<Residual> {
        let absorber = Absorber::new(blocks, self.sample.len(), self.weights, absorption)?;
        let mut labels = self.labels;
        let mut columns = Columns::from_data(self.sample.len(), labels.len(), self.data);
        let norms: Vec<f64> = columns.cols().map(|column| norm(column, self.weights)).collect();
        for ((label, column), norm) in labels.iter().zip(columns.cols()).zip(&norms) {
            magnitude::check_with_norm(&label.text, column, *norm)?;
        }
        let names: Vec<String> = labels.iter().map(|label| label.text.clone()).collect();
        let absorbed = absorber.absorb(&mut columns, &names)?;
        if absorbed.iter().any(|column| column.method != AbsorptionMethod::None) {
            labels.iter_mut().for_each(|label| label.rest = None); // absorption has spent those digits
        }
        let rank = absorber.rank();
        Ok(Residual { columns, labels, norms, absorbed, rank })
    }
}

/// What the effects leave of the columns.
pub(super) struct Residual {
    columns: Columns,
    pub(super) labels: Vec<Label>,
    /// Norms before absorption.
    pub(super) norms: Vec<f64>,
    absorbed: Vec<Absorbed>,
    /// Of the effects alone.
    pub(super) rank: Rank,
}

impl Residual {
    /// X~ and y~ of a model; the `last` to ask takes the columns with it.
    pub(super) fn of(&mut self, plan: &Plan, last: bool) -> (Columns, Vec<f64>) {
        let places: Vec<usize> = plan.regressors.iter().copied().chain([plan.outcome]).collect();
        match last && places.is_sorted_by(|a, b| a < b) {
            true => std::mem::replace(&mut self.columns, Columns::zeros(0, 0)).keep(&places),
            false => self.columns.select(&places),
        }
        .split_last()
    }

    /// How the absorption of a model's own columns went: the slowest of them, the least exact.
    pub(super) fn absorbed(&self, plan: &Plan) -> Absorbed {
        let regressors = plan.regressors.iter().map(|&place| &self.absorbed[place]);
        regressors.fold(self.absorbed[plan.outcome].clone(), Absorbed::worse_of)
    }
}

fn varies(name: &str, values: &[f64]) -> Result<()> {
    if values.iter().any(|value| *value != values[0]) {
        return Ok(());
    }
    Err(Error::NoVariation { column: name.to_string(), nobs: values.len() })
}
