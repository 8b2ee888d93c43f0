//! Names in sentences: lists of them, and the one that was probably meant.

use std::fmt;

/// Names in backquotes, separated by commas.
pub(crate) fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// "1 row was", "2 rows were".
pub(crate) fn counted(count: usize, [noun, one, more]: [&str; 3]) -> String {
    if count == 1 { format!("1 {noun} {one}") } else { format!("{count} {noun}s {more}") }
}

/// "did you mean `x`?" where a name is near, else the names there are.
pub(super) fn suggestion(asked: &str, available: &[String]) -> impl fmt::Display {
    /// A longer list would hide the sentence it belongs to.
    const MOST_NAMES: usize = 12;
    match nearest_name(asked, available) {
        Some(name) => format!("did you mean `{name}`?"),
        None if available.is_empty() => "there are none".to_string(),
        None if available.len() <= MOST_NAMES => format!("there are {}", quoted(available)),
        None => format!("there are {}, ... ({} in all)", quoted(&available[..MOST_NAMES]), available.len()),
    }
}

/// The available name that is fewest edits away (insertions, deletions, replacements, swaps of neighbours), if
/// it is near enough to be a slip of the keyboard.
fn nearest_name<'a>(asked: &str, available: &'a [String]) -> Option<&'a str> {
    let allowed = (asked.chars().count() / 3).max(1);
    let distance = |name: &str| strsim::osa_distance(&asked.to_lowercase(), &name.to_lowercase());
    let near = available.iter().map(|name| (distance(name), name)).filter(|(edits, _)| *edits <= allowed);
    near.min_by_key(|(edits, _)| *edits).map(|(_, name)| name.as_str())
}

pub(super) fn dropped_list(dropped: &[(String, usize)]) -> String {
    if dropped.is_empty() {
        return "the frame has no rows".to_string();
    }
    let parts: Vec<String> = dropped.iter().map(|(rule, rows)| format!("{rows} dropped: {rule}")).collect();
    parts.join("; ")
}
