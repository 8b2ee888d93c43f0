//! What to do about an error, as a value: settings of the library and what to give them.
//!
//! A remedy is written as a phrase in one place only, here; a program whose users know the settings under
//! other names, such as flags, gives those names and gets the same phrase.

use std::borrow::Cow;
use std::fmt;

/// How a setting, or one value of it, is called: `("limit", None)` or
/// `("absorption", Some("Absorption::Direct"))`.
pub type Names<'a> = &'a dyn Fn(&str, Option<&str>) -> String;

/// What to do about an error; any one of its changes may do.
///
/// # Example
/// ```
/// use ceteris::error::Change;
/// let (column, iterations, residual, tolerance) = ("y".to_string(), 10, 1e-3, 1e-11);
/// let error = ceteris::Error::NotConverged { column, iterations, residual, tolerance };
/// let remedy = error.remedy().unwrap();
/// assert_eq!(remedy.any_of[0], Change::Raise { setting: "limit" });
/// assert_eq!(remedy.to_string(), "raise `limit` or use `Absorption::Direct`");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(transparent))]
#[non_exhaustive]
pub struct Remedy {
    /// At least one.
    pub any_of: Vec<Change>,
}

/// One change. A setting is called by the builder method that sets it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "action", rename_all = "snake_case"))]
#[non_exhaustive]
#[allow(missing_docs)] // the fields are named for what they hold, and each variant says the rest
pub enum Change {
    /// Something that no setting does.
    Do { what: &'static str },
    /// Take this one of the values of a closed choice.
    Use { setting: &'static str, value: &'static str },
    /// Give a setting this value.
    Set { setting: &'static str, value: Cow<'static, str> },
    /// Name a setting that is off unless it is named.
    Add { setting: &'static str },
    /// Give a setting a larger value.
    Raise { setting: &'static str },
    /// Name fewer columns in a setting.
    Shorten { setting: &'static str },
    /// Say with a setting what the data do not say.
    Say { setting: &'static str, what: &'static str },
}

impl Remedy {
    /// The remedy of these changes.
    pub fn any_of(changes: impl IntoIterator<Item = Change>) -> Self {
        Self { any_of: changes.into_iter().collect() }
    }

    /// The phrase, with settings under these names.
    pub fn named(&self, names: Names<'_>) -> String {
        let phrases: Vec<String> = self.any_of.iter().map(|change| change.named(names)).collect();
        phrases.join(" or ")
    }
}

impl Change {
    fn named(&self, names: Names<'_>) -> String {
        match self {
            Change::Do { what } => (*what).to_string(),
            Change::Use { setting, value } => format!("use {}", names(setting, Some(value))),
            Change::Set { setting, value } => {
                let name = names(setting, None);
                match name.strip_prefix("`--").and_then(|flag| flag.strip_suffix('`')) {
                    Some(flag) => format!("add `--{flag} {value}`"), // a flag is written with its value
                    None => format!("set {name} to {value}"),
                }
            }
            Change::Add { setting } => format!("add {}", names(setting, None)),
            Change::Raise { setting } => format!("raise {}", names(setting, None)),
            Change::Shorten { setting } => format!("name fewer columns in {}", names(setting, None)),
            Change::Say { setting, what } => format!("say with {} {what}", names(setting, None)),
        }
    }
}

/// The names of the library: a value as it is written in Rust, a setting by its builder method.
pub fn in_rust(setting: &str, value: Option<&str>) -> String {
    format!("`{}`", value.unwrap_or(setting))
}

impl fmt::Display for Remedy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.named(&in_rust))
    }
}
