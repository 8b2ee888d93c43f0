//! A category: one code per row into a list of distinct labels, sorted as users read them.
//!
//! Labels are sorted (numbers by value, then text), so that neither the order of rows nor the
//! order of first appearance can change a result.

use std::cmp::Ordering;
use std::collections::HashMap;

/// Code of a missing value; no list of labels is that long.
const MISSING: u32 = u32::MAX;

/// Labels with dense codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    codes: Vec<u32>,
    levels: Vec<String>,
}

impl Category {
    /// Encodes labels; `None` is missing.
    ///
    /// # Example
    /// ```
    /// use ceteris::frame::CategoryColumn;
    /// let size = CategoryColumn::from_labels([Some("small"), None, Some("large")]);
    /// assert_eq!(size.levels(), ["large", "small"]);
    /// assert_eq!(size.code(0), Some(1));
    /// assert_eq!(size.code(1), None);
    /// ```
    pub fn from_labels<S: AsRef<str>>(labels: impl IntoIterator<Item = Option<S>>) -> Self {
        let mut seen: HashMap<String, u32> = HashMap::new();
        let mut levels: Vec<String> = Vec::new();
        let codes = labels
            .into_iter()
            .map(|label| {
                let Some(label) = label else { return MISSING };
                let label = label.as_ref();
                seen.get(label).copied().unwrap_or_else(|| {
                    let code = levels.len() as u32;
                    levels.push(label.to_string());
                    seen.insert(label.to_string(), code);
                    code
                })
            })
            .collect();
        Self::sorted(codes, levels)
    }

    /// Takes codes (`None` is missing) into a list of distinct labels in any order.
    ///
    /// # Panics
    /// If a code is outside `levels`: readers that make codes make their levels too.
    pub fn from_codes(codes: impl IntoIterator<Item = Option<u32>>, levels: Vec<String>) -> Self {
        let count = levels.len();
        let codes = codes
            .into_iter()
            .map(|code| code.inspect(|&code| assert!((code as usize) < count, "code outside levels")))
            .map(|code| code.unwrap_or(MISSING))
            .collect();
        Self::sorted(codes, levels)
    }

    fn sorted(mut codes: Vec<u32>, levels: Vec<String>) -> Self {
        let mut order: Vec<u32> = (0..levels.len() as u32).collect();
        order.sort_by(|&a, &b| reading_order(&levels[a as usize], &levels[b as usize]));
        let mut rank = vec![0; levels.len()];
        for (new, &old) in order.iter().enumerate() {
            rank[old as usize] = new as u32;
        }
        for code in codes.iter_mut().filter(|code| **code != MISSING) {
            *code = rank[*code as usize];
        }
        let levels = order.iter().map(|&old| levels[old as usize].clone()).collect();
        Self { codes, levels }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The distinct labels, sorted.
    pub fn levels(&self) -> &[String] {
        &self.levels
    }

    /// The code of this row's label; `None` if it is missing.
    pub fn code(&self, row: usize) -> Option<u32> {
        (self.codes[row] != MISSING).then_some(self.codes[row])
    }

    /// The label of this row; `None` if it is missing.
    pub fn label(&self, row: usize) -> Option<&str> {
        self.code(row).map(|code| self.levels[code as usize].as_str())
    }

    /// For messages: "a category (`North`, `South`, ...)".
    pub(crate) fn describe(&self) -> String {
        let shown: Vec<String> = self.levels.iter().take(3).map(|level| format!("`{level}`")).collect();
        let more = if self.levels.len() > shown.len() { ", ..." } else { "" };
        format!("a category ({}{more})", shown.join(", "))
    }
}

/// Numbers by value and before text; text by its characters.
fn reading_order(a: &str, b: &str) -> Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(x), Ok(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}
