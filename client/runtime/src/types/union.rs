//! Objects of several types in one place, distinguished by their `object`.

use serde_json::Value;

use super::verbatim::Verbatim;

/// Implements reading and writing for an enum whose variants are boxed objects, and whose last
/// variant keeps any other object verbatim.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_union_v1 {
    ($name:ident { $( $variant:ident($ty:ty) = $object:literal deleted $deleted:literal ),* $(,)? }) => {
        impl<'de> $crate::codegen::v1::serde::Deserialize<'de> for $name {
            fn deserialize<__D: $crate::codegen::v1::serde::Deserializer<'de>>(deserializer: __D) -> Result<Self, __D::Error> {
                let found = <$crate::codegen::v1::Verbatim as $crate::codegen::v1::serde::Deserialize>::deserialize(deserializer)?;
                let (object, deleted) = $crate::codegen::v1::kind(&found);
                match (object.as_str(), deleted) {
                    $( ($object, $deleted) => found.decode()
                        .map(|object| Self::$variant(Box::new(object)))
                        .map_err(<__D::Error as $crate::codegen::v1::serde::de::Error>::custom), )*
                    _ => Ok(Self::Other($crate::codegen::v1::RawJson::from(found))),
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

/// What an object says of itself: its kind, and whether it is a deleted one.
pub fn kind(object: &Verbatim) -> (String, bool) {
    let kind = object.field("object");
    let kind = kind.as_ref().and_then(Value::as_str).unwrap_or_default();
    let is_deleted = object.field("deleted") == Some(Value::Bool(true));
    (kind.to_owned(), is_deleted)
}
