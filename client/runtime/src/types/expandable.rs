//! References that the API sends as an id, or as the whole object when asked to.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::{Serialize, Serializer};

use super::listed::Listed;

/// A reference to another object: its id, or the object itself when the request's `expand` asked for
/// it.
///
/// No variant will be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expandable<I, T> {
    /// The id.
    Id(I),
    /// The expanded object.
    Object(Box<T>),
}

impl<I: AsRef<str>, T: Listed> Expandable<I, T> {
    /// The id, whether expanded or not; empty for an expanded object without one.
    pub fn id(&self) -> &str {
        match self {
            Self::Id(id) => id.as_ref(),
            Self::Object(object) => object.cursor(),
        }
    }
}

impl<I, T> Expandable<I, T> {
    /// The object, if it was expanded.
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Id(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl<'de, I, T> Deserialize<'de> for Expandable<I, T>
where
    I: From<String>,
    T: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ExpandableVisitor<I, T>(PhantomData<(I, T)>);

        impl<'de, I, T> Visitor<'de> for ExpandableVisitor<I, T>
        where
            I: From<String>,
            T: Deserialize<'de>,
        {
            type Value = Expandable<I, T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id or an object")
            }

            fn visit_str<E: Error>(self, id: &str) -> Result<Self::Value, E> {
                Ok(Expandable::Id(id.to_owned().into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
                    .map(|object| Expandable::Object(Box::new(object)))
            }
        }

        deserializer.deserialize_any(ExpandableVisitor(PhantomData))
    }
}

impl<I: Serialize, T: Serialize> Serialize for Expandable<I, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => id.serialize(serializer),
            Self::Object(object) => object.serialize(serializer),
        }
    }
}

#[cfg(feature = "schemars")]
impl<I: schemars::JsonSchema, T: schemars::JsonSchema> schemars::JsonSchema for Expandable<I, T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Expandable{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (id, object) = (
            generator.subschema_for::<I>(),
            generator.subschema_for::<T>(),
        );
        schemars::json_schema!({ "anyOf": [id, object] })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::types::RawJson;

    type Customer = Expandable<String, RawJson>;

    #[test]
    fn both_forms_are_read_and_written_back() {
        for (text, id, expanded) in [
            (r#""cus_1""#, "cus_1", false),
            (r#"{"id":"cus_1","new":[1]}"#, "cus_1", true),
        ] {
            let customer: Customer = serde_json::from_str(text).unwrap();
            assert_eq!(customer.id(), id);
            assert_eq!(customer.object().is_some(), expanded);
            assert_eq!(serde_json::to_string(&customer).unwrap(), text);
        }
    }

    #[test]
    fn another_type_is_refused() {
        let error = serde_json::from_value::<Customer>(json!(7)).unwrap_err();
        assert!(error.to_string().contains("an id or an object"), "{error}");
    }
}
