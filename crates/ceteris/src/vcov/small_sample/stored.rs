//! A correction as text: the name of the preset, or the fields where it is none.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use super::SmallSample;
use crate::error::Error;

impl fmt::Display for SmallSample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.preset() {
            Some(name) => f.write_str(name),
            None => {
                let others = |preset: &SmallSample| self.fields_unlike(*preset);
                let nearest =
                    SmallSample::all().min_by_key(|preset| others(preset).len()).unwrap_or_default();
                write!(f, "{nearest} but for {}", others(&nearest).join(", "))
            }
        }
    }
}

impl SmallSample {
    /// The names of the fields in which two corrections differ.
    fn fields_unlike(self, other: Self) -> Vec<&'static str> {
        let unlike = [
            ("counting", self.counting != other.counting),
            ("nested", self.nested != other.nested),
            ("free", self.free != other.free),
            ("rows", self.rows != other.rows),
            ("clusters", self.clusters != other.clusters),
            ("tail", self.tail != other.tail),
            ("leverage", self.leverage != other.leverage),
        ];
        unlike.into_iter().filter(|(_, unlike)| *unlike).map(|(name, _)| name).collect()
    }
}

/// What a name must be.
static MUST: LazyLock<String> = LazyLock::new(|| {
    let names: Vec<&str> = SmallSample::all().filter_map(SmallSample::preset).collect();
    format!("one of {}", names.join(", "))
});

impl FromStr for SmallSample {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        SmallSample::all().find(|preset| preset.preset() == Some(text)).ok_or_else(|| Error::InvalidSetting {
            setting: "small-sample correction",
            value: text.to_string(),
            must: &MUST,
        })
    }
}

#[cfg(feature = "serde")]
mod serialised {
    use serde::de::value::MapAccessDeserializer;
    use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
    use serde::ser::{Serialize, Serializer};

    use super::{SmallSample, fmt};

    impl Serialize for SmallSample {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match SmallSample::all().find(|preset| preset == self).and_then(SmallSample::preset) {
                Some(name) => serializer.serialize_str(name),
                None => Self::serialize(self, serializer),
            }
        }
    }

    impl<'de> Deserialize<'de> for SmallSample {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_any(NameOrFields)
        }
    }

    struct NameOrFields;

    impl<'de> Visitor<'de> for NameOrFields {
        type Value = SmallSample;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the name of a small-sample correction or its fields")
        }

        fn visit_str<E: Error>(self, name: &str) -> Result<SmallSample, E> {
            name.parse().map_err(E::custom)
        }

        fn visit_map<A: MapAccess<'de>>(self, fields: A) -> Result<SmallSample, A::Error> {
            SmallSample::deserialize(MapAccessDeserializer::new(fields))
        }
    }
}

#[cfg(all(test, feature = "serde"))]
mod tests {
    use super::*;
    use crate::vcov::{ClusterFactor, RowFactor};

    #[test]
    fn what_is_no_preset_is_told_by_the_nearest_one() {
        let own = SmallSample::fixest().clusters(ClusterFactor::EachTerm);
        assert_eq!(own.to_string(), "fixest but for clusters");
    }

    #[test]
    fn a_preset_is_stored_by_its_name_and_others_by_their_fields() {
        let own = SmallSample::fixest().clusters(ClusterFactor::EachTerm).rows(RowFactor::None);
        let text = |correction: SmallSample| serde_json::to_string(&correction).unwrap();
        assert_eq!(text(SmallSample::areg()), "\"areg\"");
        assert!(text(own).contains("\"clusters\":\"each_term\""), "{}", text(own));
        for correction in SmallSample::all().chain([own, SmallSample::fixed_effect_models()]) {
            assert_eq!(serde_json::from_str::<SmallSample>(&text(correction)).unwrap(), correction);
        }
        assert!(
            serde_json::from_str::<SmallSample>("\"stata\"")
                .unwrap_err()
                .to_string()
                .contains("one of exact")
        );
    }
}
