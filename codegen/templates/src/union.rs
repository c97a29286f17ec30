//! Objects of several types in one place, told apart by their `object`.

/// Implements reading and writing for an enum whose variants are boxed objects, and whose last
/// variant keeps any other object as it came.
macro_rules! union {
    ($name:ident { $( $variant:ident($ty:ty) = $object:literal deleted $deleted:literal ),* $(,)? }) => {
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = ::serde_json::Value::deserialize(deserializer)?;
                let object = value.get("object").and_then(::serde_json::Value::as_str).unwrap_or_default();
                let deleted = value.get("deleted") == Some(&::serde_json::Value::Bool(true));
                match (object, deleted) {
                    $( ($object, $deleted) => ::serde_json::from_value(value)
                        .map(|object| Self::$variant(Box::new(object)))
                        .map_err(::serde::de::Error::custom), )*
                    _ => Ok(Self::Other($crate::RawJson::from(value))),
                }
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $( Self::$variant(object) => object.serialize(serializer), )*
                    Self::Other(object) => object.serialize(serializer),
                }
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let choices = [$( generator.subschema_for::<$ty>() ),*];
                ::schemars::json_schema!({ "anyOf": choices })
            }
        }
    };
}
pub(crate) use union;
