//! How the objects of the API are read, written and shown.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// Implements `Deserialize`, `Serialize`, `Debug` (and `JsonSchema`) for a struct of the API.
///
/// Each line is the name on the wire, the field, whether it is `required` or `optional`, and
/// `sensitive` where `Debug` must not show the value. The struct has one more field, `extra`.
///
/// serde's derive with `flatten` would read every object into a buffer first, to find the unknown
/// fields; this reads each field once, straight into its place.
macro_rules! object {
    ($name:ident { $( $wire:literal: $field:ident $presence:ident $($sensitive:ident)? ),* $(,)? }) => {
        const _: () = {
            /// The position of each field, for remembering which ones were `null`.
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named like the fields")]
            #[allow(dead_code, reason = "required fields have a position too")]
            enum Position { $( $field, )* }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct Visitor;

                    impl<'de> ::serde::de::Visitor<'de> for Visitor {
                        type Value = $name;

                        fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                            f.write_str(concat!("an object (", stringify!($name), ")"))
                        }

                        fn visit_map<A: ::serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                            $( let mut $field = None; )*
                            let mut extra = $crate::extra::Extra::default();
                            while let Some(key) = map.next_key::<$crate::object::Key<'de>>()? {
                                match key.as_str() {
                                    $( $wire => $crate::object::read!($presence $field, map, extra, Position::$field as u32, $wire), )*
                                    _ => extra.insert(key.into_string(), map.next_value()?),
                                }
                            }
                            Ok($name {
                                $( $field: $crate::object::complete!($presence $field, $wire), )*
                                extra,
                            })
                        }
                    }

                    deserializer.deserialize_map(Visitor)
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    use ::serde::ser::SerializeMap;

                    let mut map = serializer.serialize_map(None)?;
                    $( $crate::object::write!($presence self.$field, map, self.extra.is_null(Position::$field as u32), $wire); )*
                    for (name, value) in self.extra.iter() {
                        map.serialize_entry(name, value)?;
                    }
                    map.end()
                }
            }
        };

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut object = f.debug_struct(stringify!($name));
                $( object.field(stringify!($field), $crate::object::shown!($presence $($sensitive)? self.$field)); )*
                if !self.extra.is_empty() {
                    object.field("extra", &self.extra);
                }
                object.finish()
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let mut object = $crate::schema::ObjectSchema::open();
                $(
                    object.$presence($wire, $crate::schema::of(generator, |it: &Self| &it.$field));
                    $( object.$sensitive($wire); )?
                )*
                object.finish()
            }
        }
    };
}
pub(crate) use object;

/// One field of an object that is being read.
macro_rules! read {
    (required $field:ident, $map:ident, $extra:ident, $position:expr, $wire:literal) => {
        $field = Some($map.next_value()?)
    };
    (optional $field:ident, $map:ident, $extra:ident, $position:expr, $wire:literal) => {{
        $field = $map.next_value::<Option<_>>()?;
        if $field.is_none() {
            $extra.insert_null($position, $wire);
        }
    }};
}
pub(crate) use read;

/// One field of an object that has been read.
macro_rules! complete {
    (required $field:ident, $wire:literal) => {
        $field.ok_or_else(|| ::serde::de::Error::missing_field($wire))?
    };
    (optional $field:ident, $wire:literal) => {
        $field
    };
}
pub(crate) use complete;

/// One field of an object that is being written.
macro_rules! write {
    (required $self:ident.$field:ident, $map:ident, $null:expr, $wire:literal) => {
        $map.serialize_entry($wire, &$self.$field)?
    };
    (optional $self:ident.$field:ident, $map:ident, $null:expr, $wire:literal) => {
        if let Some(value) = &$self.$field {
            $map.serialize_entry($wire, value)?;
        } else if $null {
            $map.serialize_entry($wire, &())?;
        }
    };
}
pub(crate) use write;

/// One field of an object that is being shown.
macro_rules! shown {
    (required sensitive $self:ident.$field:ident) => {
        &$crate::object::Redacted
    };
    (optional sensitive $self:ident.$field:ident) => {
        &$self.$field.as_ref().map(|_| $crate::object::Redacted)
    };
    ($presence:ident $self:ident.$field:ident) => {
        &$self.$field
    };
}
pub(crate) use shown;

/// Stands in `Debug` for a value that must not be shown.
pub(crate) struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// A key of a JSON object, borrowed from the input unless it holds escapes.
pub(crate) struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(key)))
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key.to_owned())))
            }

            fn visit_string<E: Error>(self, key: String) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(key)))
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}
