//! One page of a list.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

use super::extra::{Extra, insert, insert_unknown, write_unknown};
use super::object::{Key, Named};

/// One page of a list, in the API's order: newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct List<T> {
    /// The items of this page.
    pub data: Vec<T>,
    /// Whether there are more items in the direction in which the list is being read.
    pub has_more: bool,
    /// The path under which the list is found.
    pub url: String,
    /// Fields that this version does not know.
    pub extra: Extra,
}

const OBJECT: &str = "list";

enum Field {
    Data,
    HasMore,
    Object,
    Url,
}

impl Named for Field {
    fn named(name: &str) -> Option<Self> {
        match name {
            "data" => Some(Self::Data),
            "has_more" => Some(Self::HasMore),
            "object" => Some(Self::Object),
            "url" => Some(Self::Url),
            _ => None,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
            type Value = List<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<List<T>, A::Error> {
                let (mut data, mut has_more, mut url) = (None, None, None);
                let mut extra = Extra::default();
                let mut unknown = String::new();
                while let Some(field) = map.next_key_seed(Key::new(&mut unknown))? {
                    match field {
                        Some(Field::Data) => data = Some(map.next_value()?),
                        Some(Field::HasMore) => has_more = Some(map.next_value()?),
                        Some(Field::Url) => url = Some(map.next_value()?),
                        Some(Field::Object) => {
                            let object: serde_json::Value = map.next_value()?;
                            // Any other name is kept, and written back.
                            if object != OBJECT {
                                insert(&mut extra, "object".to_owned(), object);
                            }
                        }
                        None => {
                            insert_unknown(
                                &mut extra,
                                std::mem::take(&mut unknown),
                                map.next_value()?,
                            );
                        }
                    }
                }
                Ok(List {
                    data: data.ok_or_else(|| A::Error::missing_field("data"))?,
                    has_more: has_more.ok_or_else(|| A::Error::missing_field("has_more"))?,
                    url: url.ok_or_else(|| A::Error::missing_field("url"))?,
                    extra,
                })
            }
        }

        deserializer.deserialize_map(ListVisitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for List<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if self.extra.get("object").is_none() {
            map.serialize_entry("object", OBJECT)?;
        }
        map.serialize_entry("data", &self.data)?;
        map.serialize_entry("has_more", &self.has_more)?;
        map.serialize_entry("url", &self.url)?;
        write_unknown(&self.extra, &mut map)?;
        map.end()
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for List<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut object = crate::schema::ObjectSchema::open();
        object.required("data", generator.subschema_for::<Vec<T>>());
        object.required("has_more", generator.subschema_for::<bool>());
        object.required(
            "object",
            schemars::json_schema!({ "type": "string", "enum": [OBJECT] }),
        );
        object.required("url", generator.subschema_for::<String>());
        object.finish()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn comes_back_whole() {
        let text = json!({"object": "list", "data": [1, 2], "has_more": true, "url": "/v1/x", "total_count": 9});
        let list: List<i64> = serde_json::from_value(text.clone()).unwrap();
        assert_eq!(
            (list.data.as_slice(), list.extra.get("total_count")),
            ([1, 2].as_slice(), Some(&json!(9)))
        );
        assert_eq!(serde_json::to_value(&list).unwrap(), text);
    }

    #[test]
    fn a_missing_member_is_named() {
        let error =
            serde_json::from_value::<List<Value>>(json!({"data": [], "url": ""})).unwrap_err();
        assert!(error.to_string().contains("has_more"), "{error}");
    }
}
