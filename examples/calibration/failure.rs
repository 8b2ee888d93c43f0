//! What can go wrong in this program: anything, with a sentence to print.

/// Any error.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;
