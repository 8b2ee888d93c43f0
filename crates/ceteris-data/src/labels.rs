//! Labels while they are read: each distinct one is copied and checked once.

use std::collections::HashMap;
use std::sync::Arc;

use ceteris::Column;
use ceteris::frame::CategoryColumn;

/// Bytes that are not text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NotUtf8;

/// Labels in order of first appearance, with one code a row.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    codes: Vec<Option<u32>>,
    known: HashMap<Vec<u8>, u32>,
    levels: Vec<String>,
}

impl Labels {
    /// This many missing values.
    pub(crate) fn missing(rows: usize) -> Self {
        Self { codes: vec![None; rows], ..Self::default() }
    }

    pub(crate) fn push_missing(&mut self) {
        self.codes.push(None);
    }

    pub(crate) fn push(&mut self, label: &[u8]) -> Result<(), NotUtf8> {
        let code = match self.code_of_last(label).or_else(|| self.known.get(label).copied()) {
            Some(code) => code,
            None => self.add(label)?,
        };
        self.codes.push(Some(code));
        Ok(())
    }

    /// Files are often sorted: the label of the row before is the likeliest.
    fn code_of_last(&self, label: &[u8]) -> Option<u32> {
        let code = (*self.codes.last()?)?;
        (self.levels[code as usize].as_bytes() == label).then_some(code)
    }

    fn add(&mut self, label: &[u8]) -> Result<u32, NotUtf8> {
        let text = std::str::from_utf8(label).map_err(|_| NotUtf8)?;
        let code = self.levels.len() as u32;
        self.levels.push(text.to_string());
        self.known.insert(label.to_vec(), code);
        Ok(code)
    }

    pub(crate) fn finish(self) -> Column {
        Column::Category(Arc::new(CategoryColumn::from_codes(self.codes, self.levels)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_come_back_as_they_were_pushed() {
        let mut labels = Labels::missing(1);
        for label in ["b", "b", "a", "b"] {
            labels.push(label.as_bytes()).expect("ASCII");
        }
        labels.push_missing();
        assert_eq!(labels.push(b"\xe9"), Err(NotUtf8));
        let column = labels.finish();
        let read: Vec<Option<String>> = (0..column.len()).map(|row| column.label(row)).collect();
        let read: Vec<Option<&str>> = read.iter().map(Option::as_deref).collect();
        assert_eq!(read, [None, Some("b"), Some("b"), Some("a"), Some("b"), None]);
    }
}
