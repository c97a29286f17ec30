//! How the objects of the API are read, written and shown.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, Visitor};

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
            /// The fields, by their position.
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named like the fields")]
            enum Field { $( $field, )* }

            impl $crate::object::Named for Field {
                #[inline]
                fn named(name: &str) -> Option<Self> {
                    match name {
                        $( $wire => Some(Self::$field), )*
                        _ => None,
                    }
                }
            }

            // Inlined as serde's derive has it: the deserializer's functions are otherwise compiled
            // apart from these, and every key and value passes through memory in between.
            impl<'de> ::serde::Deserialize<'de> for $name {
                #[inline]
                fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct Visitor;

                    impl<'de> ::serde::de::Visitor<'de> for Visitor {
                        type Value = $name;

                        fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                            f.write_str(concat!("an object (", stringify!($name), ")"))
                        }

                        #[inline]
                        fn visit_map<A: ::serde::de::MapAccess<'de>>(self, mut map: A) -> Result<$name, A::Error> {
                            $( let mut $field = None; )*
                            let mut extra = $crate::extra::Extra::default();
                            let mut unknown = String::new();
                            while let Some(field) = map.next_key_seed($crate::object::Key::<Field>::new(&mut unknown))? {
                                match field {
                                    $( Some(Field::$field) => $crate::object::read!($presence $field, map, extra, Field::$field as u32, $wire), )*
                                    None => extra.insert(::std::mem::take(&mut unknown), map.next_value()?),
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
                    $( $crate::object::write!($presence self.$field, map, self.extra.is_null(Field::$field as u32), $wire); )*
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

/// The fields of an object that are known.
pub(crate) trait Named: Sized {
    /// The field of this name.
    fn named(name: &str) -> Option<Self>;
}

/// Reads a key of a JSON object: as one of the fields, or into `unknown` when it is none of them.
///
/// The name does not come with the field, so that a known one, as nearly all are, is a byte in a
/// register.
pub(crate) struct Key<'a, F> {
    unknown: &'a mut String,
    field: PhantomData<F>,
}

impl<'a, F> Key<'a, F> {
    #[inline]
    pub(crate) fn new(unknown: &'a mut String) -> Self {
        Self {
            unknown,
            field: PhantomData,
        }
    }
}

impl<'de, F: Named> DeserializeSeed<'de> for Key<'_, F> {
    type Value = Option<F>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<F>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<F: Named> Visitor<'_> for Key<'_, F> {
    type Value = Option<F>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<Option<F>, E> {
        let field = F::named(key);
        if field.is_none() {
            key.clone_into(self.unknown);
        }
        Ok(field)
    }
}
