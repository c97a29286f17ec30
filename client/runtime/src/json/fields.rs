//! The fields of an object, each verbatim.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The fields of a JSON object in their order, each verbatim. Nothing in them is converted, so that none
/// is lost because of what another holds: JSON allows numbers, escapes and depths that
/// [`serde_json::Value`] does not.
///
/// A name with half a character in it is none.
pub(crate) struct Fields<'a>(Vec<(Option<Cow<'a, str>>, &'a RawValue)>);

impl<'a> Fields<'a> {
    /// The fields of this text; none if it is no object.
    pub(crate) fn of(text: &'a RawValue) -> Option<Self> {
        serde_json::from_str(text.get()).ok()
    }

    /// The last field with this name, as for every other reader of JSON.
    pub(crate) fn get(&self, name: &str) -> Option<&'a RawValue> {
        let mut fields = self.0.iter().rev();
        fields.find_map(|(it, value)| (it.as_deref() == Some(name)).then_some(*value))
    }

    /// The string in a field.
    pub(crate) fn string(&self, name: &str) -> Option<String> {
        serde_json::from_str(self.get(name)?.get()).ok()
    }

    /// The fields that a value holds, and whether there are others.
    pub(crate) fn values(&self) -> (Map<String, Value>, bool) {
        let mut fields = Map::new();
        let mut is_partial = false;
        for (name, text) in &self.0 {
            match (name, serde_json::from_str(text.get())) {
                (Some(name), Ok(value)) => drop(fields.insert(name.to_string(), value)),
                (name, _) => {
                    // Of two fields with one name the last one counts.
                    name.as_deref().map(|name| fields.remove(name));
                    is_partial = true;
                }
            }
        }
        (fields, is_partial)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;

        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
                let mut fields = Vec::new();
                while let Some(Name(name)) = map.next_key()? {
                    fields.push((name, map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }

        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// A name. It is read as bytes, as an escape may stand for half a character, which no string holds.
struct Name<'a>(Option<Cow<'a, str>>);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;

        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name")
            }

            fn visit_borrowed_bytes<E>(self, name: &'de [u8]) -> Result<Name<'de>, E> {
                Ok(Name(str::from_utf8(name).ok().map(Cow::Borrowed)))
            }

            fn visit_bytes<E>(self, name: &[u8]) -> Result<Name<'de>, E> {
                let name = str::from_utf8(name).ok();
                Ok(Name(name.map(|name| Cow::Owned(name.to_owned()))))
            }
        }

        deserializer.deserialize_bytes(NameVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_not_lost_because_of_another() {
        let deep = "[".repeat(200) + &"]".repeat(200);
        let text = format!(
            r#"{{"id":"a","n":1,"large":1e400,"half":"\ud800","\udfff":1,"deep":{deep},"id":"b"}}"#
        );
        let text: &RawValue = serde_json::from_str(&text).unwrap();
        let fields = Fields::of(text).unwrap();
        assert_eq!(fields.string("id").as_deref(), Some("b"));
        assert_eq!(fields.get("large").unwrap().get(), "1e400");
        assert_eq!(fields.get("half").unwrap().get(), r#""\ud800""#);
        assert_eq!(fields.get("deep").unwrap().get(), deep);
        assert_eq!(fields.string("half"), None);
        let (values, is_partial) = fields.values();
        assert_eq!((values.len(), values["id"].as_str()), (2, Some("b")));
        assert!(is_partial);
    }

    #[test]
    fn anything_else_has_none() {
        for text in ["7", "[]", "null", r#""id""#] {
            assert!(Fields::of(serde_json::from_str(text).unwrap()).is_none());
        }
    }
}
