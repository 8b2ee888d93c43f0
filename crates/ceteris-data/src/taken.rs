//! Names of columns: there, and each once.

use std::collections::HashMap;
use std::path::Path;

use crate::error::{Error, Result};

/// The names met so far, each with its field.
#[derive(Debug, Default)]
pub(crate) struct Taken(HashMap<String, usize>);

impl Taken {
    /// Takes the name of a field, counted from 0.
    ///
    /// # Errors
    /// [`Error::EmptyName`]; [`Error::DuplicateName`].
    pub(crate) fn add(&mut self, path: &Path, field: usize, name: &str) -> Result<()> {
        let path = || path.to_path_buf();
        if name.is_empty() {
            return Err(Error::EmptyName { path: path(), field: field + 1 });
        }
        match self.0.insert(name.to_string(), field) {
            Some(first) => {
                let fields = (first + 1, field + 1);
                Err(Error::DuplicateName { path: path(), column: name.to_string(), fields })
            }
            None => Ok(()),
        }
    }
}
