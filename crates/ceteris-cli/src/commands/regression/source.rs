//! The file behind a fit: which of its columns must be numbers, and mistakes in the words of the
//! file, with its lines and rows.

use ceteris::frame::Interaction;
use ceteris::{Condition, Effect, Error, Ols, Term, Variable, Vcov};
use ceteris_data::{ColumnNote, Loaded, load_with};

use crate::args::{Columns, SettingsArgs};
use crate::exit::Failure;

/// A file that was read.
pub(in crate::commands) struct File {
    /// The frame, and what was noticed.
    pub(in crate::commands) loaded: Loaded,
}

impl File {
    /// Reads the file of `--data`.
    pub(in crate::commands) fn read(args: &SettingsArgs, ols: &Ols) -> Result<Self, Failure> {
        Self::read_with(args, ols, &Columns::default())
    }

    /// Reads the file of `--data`, of which a design reads these columns as numbers too.
    pub(in crate::commands) fn read_with(
        args: &SettingsArgs,
        ols: &Ols,
        columns: &Columns<'_>,
    ) -> Result<Self, Failure> {
        let numeric = ols.numeric_columns().into_iter().chain(columns.numbers.iter().copied());
        let reader = args.source.text.reader().real(numeric).indicator(columns.indicators.iter().copied());
        let file = Self { loaded: load_with(&args.source.data, &reader)? };
        file.refuse_slips(ols)?;
        Ok(file)
    }

    /// A column named as it stands may be a category, and then has an indicator for each level. If
    /// most of its fields are numbers, that is not what was meant.
    fn refuse_slips(&self, ols: &Ols) -> Result<(), Failure> {
        for variable in ols.terms().iter().flat_map(Term::variables) {
            let Variable::Column(column) = variable else {
                continue;
            };
            if self.loaded.notes.iter().any(|note| note.column == *column) {
                let (expected, found) = ("real", "a category".to_string());
                let kind = Error::ColumnKind { column: column.clone(), expected, found };
                return Err(self.loaded.explain(kind).into());
            }
        }
        Ok(())
    }

    /// Puts what the file's reader knows into an error.
    pub(in crate::commands) fn explained<T>(&self, result: Result<T, Error>) -> Result<T, Failure> {
        result.map_err(|error| match self.loaded.explain(error) {
            ceteris_data::Error::Frame(error) => error.into(),
            explained => explained.into(),
        })
    }

    /// The columns used for their levels that were most likely meant to be numeric.
    pub(in crate::commands) fn slips(&self, ols: &Ols, vcov: &Vcov) -> Vec<&ColumnNote> {
        let indicated = ols.terms().iter().flat_map(Term::variables).map(Variable::column);
        let effects = ols.effects().iter().flat_map(Effect::columns).map(String::as_str);
        let clusters = vcov.cluster_columns().iter().flat_map(Interaction::columns).map(String::as_str);
        let conditions = ols.conditions().iter().map(Condition::column);
        let used: Vec<&str> = indicated.chain(effects).chain(clusters).chain(conditions).collect();
        let slips = self.loaded.likely_slips();
        slips.filter(|note| used.contains(&note.column.as_str())).collect()
    }
}
