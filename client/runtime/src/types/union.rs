//! Objects of several types in one place, distinguished by their `object`.

/// Implements reading and writing for an enum whose variants are boxed objects, and whose last
/// variant keeps any other object verbatim.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_union_v1 {
    ($name:ident { $( $variant:ident($ty:ty) = $object:literal deleted $deleted:literal ),* $(,)? }) => {
        impl<'de> $crate::codegen::v1::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::codegen::v1::serde::Deserializer<'de>>(deserializer: __D) -> Result<Self, __D::Error> {
                let value = <$crate::codegen::v1::serde_json::Value as $crate::codegen::v1::serde::Deserialize>::deserialize(deserializer)?;
                let object = value.get("object").and_then($crate::codegen::v1::serde_json::Value::as_str).unwrap_or_default();
                let deleted = value.get("deleted") == Some(&$crate::codegen::v1::serde_json::Value::Bool(true));
                match (object, deleted) {
                    $( ($object, $deleted) => $crate::codegen::v1::serde_json::from_value(value)
                        .map(|object| Self::$variant(Box::new(object)))
                        .map_err(<__D::Error as $crate::codegen::v1::serde::de::Error>::custom), )*
                    _ => Ok(Self::Other($crate::codegen::v1::RawJson::from(value))),
                }
            }
        }

        impl $crate::codegen::v1::serde::Serialize for $name {
            fn serialize<__S: $crate::codegen::v1::serde::Serializer>(&self, serializer: __S) -> Result<__S::Ok, __S::Error> {
                match self {
                    $( Self::$variant(object) => $crate::codegen::v1::serde::Serialize::serialize(object, serializer), )*
                    Self::Other(object) => $crate::codegen::v1::serde::Serialize::serialize(object, serializer),
                }
            }
        }

        $crate::codegen::v1::schema!($name, generator =>
            $crate::codegen::v1::any_of_schema([$( generator.subschema_for::<$ty>() ),*]));
    };
}
