//! Errors for programs: a stable code, and an object.

use super::{Category, Error};

impl Error {
    /// The name of the variant in snake case, which stays the same when the sentence is written better.
    ///
    /// # Example
    /// ```
    /// let error = ceteris::Frame::new().real("uptake").unwrap_err();
    /// assert_eq!(error.code(), "unknown_column");
    /// ```
    pub fn code(&self) -> &'static str {
        match self {
            Error::InModel { reason, .. } => reason.code(),
            other => other.into(),
        }
    }
}

impl Category {
    /// Its name in lower case.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// `{code, category, message, remedy}`; the remedy is null where no setting is to be changed.
#[cfg(feature = "serde")]
impl serde::Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut object = serializer.serialize_struct("Error", 4)?;
        object.serialize_field("code", self.code())?;
        object.serialize_field("category", self.category().name())?;
        object.serialize_field("message", &self.to_string())?;
        object.serialize_field("remedy", &self.remedy())?;
        object.end()
    }
}
