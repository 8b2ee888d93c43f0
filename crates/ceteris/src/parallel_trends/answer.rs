//! A part of a report that may not have an answer, and then says why.

use std::fmt;

use crate::error::Result;

/// What a part of a report found, or why it could not be asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<T> {
    /// The result.
    Given(T),
    /// The sentence of the error in its place.
    Refused {
        /// Asked, found, do.
        reason: String,
    },
}

impl<T> Answer<T> {
    /// The result, if there is one.
    pub fn given(&self) -> Option<&T> {
        match self {
            Answer::Given(result) => Some(result),
            Answer::Refused { .. } => None,
        }
    }
}

impl<T> From<Result<T>> for Answer<T> {
    fn from(result: Result<T>) -> Self {
        match result {
            Ok(result) => Answer::Given(result),
            Err(error) => Answer::Refused { reason: error.to_string() },
        }
    }
}

/// `{"given": result}`, or `{"given": null, "not_available": reason}`.
#[cfg(feature = "serde")]
impl<T: serde::Serialize> serde::Serialize for Answer<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("given", &self.given())?;
        if let Answer::Refused { reason } = self {
            object.serialize_entry("not_available", reason)?;
        }
        object.end()
    }
}

impl<T: fmt::Display> fmt::Display for Answer<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Answer::Given(result) => result.fmt(f),
            Answer::Refused { reason } => write!(f, "not available: {reason}"),
        }
    }
}
