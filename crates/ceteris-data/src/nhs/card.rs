//! What is known about a source before its file is opened.

use std::fmt;

/// A published source: what it is, who publishes it, how its file is laid out.
///
/// # Example
/// ```
/// let card = ceteris_data::nhs::CARDS[0];
/// assert_eq!(card.licence, "Open Government Licence v3.0");
/// assert!(card.to_string().starts_with(card.title));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Card {
    /// Short name for commands.
    pub name: &'static str,
    /// Title of the publication.
    pub title: &'static str,
    /// Who publishes it.
    pub publisher: &'static str,
    /// Under which licence.
    pub licence: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Units of the numbers in it.
    pub units: &'static str,
    /// Columns of the file, one list for each edition, with the edition's name.
    pub layouts: &'static [(&'static str, &'static [&'static str])],
    /// What else a reader of the numbers should know.
    pub note: &'static str,
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.title)?;
        writeln!(f, "  publisher  {}", self.publisher)?;
        writeln!(f, "  licence    {}", self.licence)?;
        writeln!(f, "  a row is   {}", self.row)?;
        writeln!(f, "  units      {}", self.units)?;
        for (edition, columns) in self.layouts {
            writeln!(f, "  {edition:<9}  {}", columns.join(", "))?;
        }
        write!(f, "  note       {}", self.note)
    }
}
