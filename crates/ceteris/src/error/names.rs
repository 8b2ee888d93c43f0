//! Names in sentences: lists of them, and the one that was probably meant.

use std::fmt;

/// Names in backquotes, separated by commas.
pub(crate) fn quoted(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// What is said to span a column of zeros.
pub(crate) const ZERO: &str = "0";
/// Of more names the last ones are counted and not listed: they would hide the sentence that they belong to.
const MOST_SPANNING: usize = 6;

pub(super) fn is_zero(spanned_by: &[String]) -> bool {
    spanned_by.len() == 1 && spanned_by[0] == ZERO
}

/// What omitted columns are: "is a combination of `x`, effect `id`". A name that is also that of an omitted column is
/// an effect's.
pub(crate) fn spanning(omitted: &[String], spanned_by: &[String]) -> String {
    if is_zero(spanned_by) {
        return "is zero in every row used".to_string();
    }
    let listed = if spanned_by.len() > MOST_SPANNING { MOST_SPANNING - 1 } else { spanned_by.len() };
    let name = |name: &String| match omitted.contains(name) {
        true => format!("effect `{name}`"),
        false => format!("`{name}`"),
    };
    let names: Vec<String> = spanned_by[..listed].iter().map(name).collect();
    match spanned_by.len() - listed {
        0 => format!("is a combination of {}", names.join(", ")),
        more => format!("is a combination of {} and {more} more", names.join(", ")),
    }
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
