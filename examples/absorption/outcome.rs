//! What a part of this program returns.

/// A value, or any error.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;
