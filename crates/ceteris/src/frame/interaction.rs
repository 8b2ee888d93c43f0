//! The interaction of columns, `region^year`: one level for each combination of values that occurs.
//!
//! ```text
//! interaction = name { "^" name }
//! name        = anything but "^"  |  "`" anything but "`" "`"       blanks around a name do not count
//! ```

use std::fmt;

use super::{Column, Factor, Frame};
use crate::error::Result;

/// Columns, usually one, whose values together tell levels apart: of an effect, a cluster, a unit.
///
/// # Example
/// ```
/// use ceteris::Frame;
/// use ceteris::frame::Interaction;
/// let series = Interaction::from("practice ^ `age^sex`");
/// assert_eq!(series.columns(), ["practice", "age^sex"]);
/// assert_eq!(series.to_string(), "practice^`age^sex`");
/// let frame = Frame::new()
///     .add_category("region", [Some("North"), Some("South"), Some("North")])?
///     .add_real("year", vec![2012.0, 2012.0, 2013.0])?;
/// let cells = Interaction::from("region^year");
/// assert_eq!(cells.factor(&frame, &[0, 1, 2])?.nlevels(), 3);
/// assert_eq!(cells.in_frame(&frame)?.label(2), "North^2013");
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Deserialize), serde(from = "String"))]
pub struct Interaction {
    columns: Vec<String>,
}

impl Interaction {
    /// Columns by their names as they are: no `^` and no backquote in them has a meaning.
    pub fn of<S: Into<String>>(columns: impl IntoIterator<Item = S>) -> Self {
        Self { columns: columns.into_iter().map(Into::into).collect() }
    }

    /// The interaction with further columns.
    pub fn by(mut self, other: impl Into<Interaction>) -> Self {
        self.columns.extend(other.into().columns);
        self
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The levels of these rows.
    ///
    /// # Errors
    /// [`crate::Error::UnknownColumn`]; [`crate::Error::InvalidSetting`] without columns.
    ///
    /// # Panics
    /// If a value is missing in one of `rows`: a sample has dropped such rows.
    pub fn factor(&self, frame: &Frame, rows: &[u32]) -> Result<Factor> {
        Factor::from_columns(frame, &self.columns, rows)
    }

    /// The columns in a frame, to be asked row by row.
    ///
    /// # Errors
    /// [`crate::Error::UnknownColumn`].
    pub fn in_frame<'a>(&'a self, frame: &'a Frame) -> Result<InteractionInFrame<'a>> {
        let named = |name: &'a String| Ok((name.as_str(), frame.column(name)?));
        Ok(InteractionInFrame { columns: self.columns.iter().map(named).collect::<Result<_>>()? })
    }
}

/// An interaction with the columns of a frame.
#[derive(Debug, Clone)]
pub struct InteractionInFrame<'a> {
    columns: Vec<(&'a str, &'a Column)>,
}

impl InteractionInFrame<'_> {
    /// The level of a row: the values in the order of the columns, with `^` between them. Missing ones are left
    /// out.
    pub fn label(&self, row: usize) -> String {
        let labels: Vec<String> = self.columns.iter().filter_map(|(_, column)| column.label(row)).collect();
        labels.join("^")
    }

    /// Whether no value of a row is missing.
    pub fn is_complete(&self, row: usize) -> bool {
        self.columns.iter().all(|(_, column)| !column.is_missing(row))
    }

    /// The first column that is missing in one of these rows, with the row.
    pub(crate) fn missing_in(&self, rows: &[u32]) -> Option<(&str, usize)> {
        let partial = self.columns.iter().filter(|(_, column)| !column.is_whole());
        partial.into_iter().find_map(|(name, column)| {
            let row = rows.iter().find(|row| column.is_missing(**row as usize))?;
            Some((*name, *row as usize))
        })
    }
}

impl From<&str> for Interaction {
    /// Names with `^` between them; a name in backquotes may hold `^`.
    fn from(text: &str) -> Self {
        let mut columns = vec![String::new()];
        let mut quoted = false;
        for character in text.chars() {
            match character {
                '^' if !quoted => columns.push(String::new()),
                _ => {
                    quoted ^= character == '`';
                    columns.last_mut().expect("there is a first name").push(character);
                }
            }
        }
        Self::of(columns.iter().map(|name| unquoted(name.trim())))
    }
}

/// A name without the backquotes around it.
fn unquoted(name: &str) -> &str {
    let inner = name.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    inner.filter(|inner| !inner.contains('`')).unwrap_or(name)
}

impl From<String> for Interaction {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&String> for Interaction {
    fn from(text: &String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&Interaction> for Interaction {
    fn from(interaction: &Interaction) -> Self {
        interaction.clone()
    }
}

impl fmt::Display for Interaction {
    /// The text that reads back to the interaction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, name) in self.columns.iter().enumerate() {
            if place > 0 {
                f.write_str("^")?;
            }
            match name.contains('^') || name.trim() != name {
                true => write!(f, "`{name}`")?,
                false => f.write_str(name)?,
            }
        }
        Ok(())
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Interaction {
    /// The interaction as text.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_trimmed_and_backquotes_taken_off() {
        let columns = |text: &str| Interaction::from(text).columns().to_vec();
        assert_eq!(columns("region"), ["region"]);
        assert_eq!(columns(" region ^ year "), ["region", "year"]);
        assert_eq!(columns("`a^b` ^ ` c `"), ["a^b", " c "]);
        assert_eq!(columns("it`s"), ["it`s"]);
        assert_eq!(columns("a^"), ["a", ""]);
    }

    proptest! {
        #[test]
        fn printing_and_reading_are_inverse(names in proptest::collection::vec("[^`]{1,5}", 1..4)) {
            let interaction = Interaction::of(names);
            prop_assert_eq!(Interaction::from(interaction.to_string()), interaction);
        }
    }
}
