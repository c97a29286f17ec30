//! How the objects of the API are read, written and printed.

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
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_object_v1 {
    ($name:ident { $( $wire:literal: $field:ident $presence:ident $($sensitive:ident)? ),* $(,)? }) => {
        const _: () = {
            /// The fields, by their position. No type of a document is called like this.
            #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "named like the fields")]
            enum __Field { $( $field, )* }

            impl $crate::codegen::v1::Named for __Field {
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
            impl<'de> $crate::codegen::v1::serde::Deserialize<'de> for $name {
                #[inline]
                fn deserialize<__D: $crate::codegen::v1::serde::Deserializer<'de>>(
                    deserializer: __D,
                ) -> Result<Self, __D::Error> {
                    struct __Visitor;

                    impl<'de> $crate::codegen::v1::serde::de::Visitor<'de> for __Visitor {
                        type Value = $name;

                        fn expecting(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                            f.write_str(concat!("an object (", stringify!($name), ")"))
                        }

                        #[inline]
                        fn visit_map<__A: $crate::codegen::v1::serde::de::MapAccess<'de>>(
                            self,
                            mut map: __A,
                        ) -> Result<$name, __A::Error> {
                            $( let mut $field = None; )*
                            let mut extra = $crate::codegen::v1::Extra::default();
                            let mut unknown = String::new();
                            while let Some(field) =
                                map.next_key_seed($crate::codegen::v1::Key::<__Field>::new(&mut unknown))?
                            {
                                match field {
                                    $( Some(__Field::$field) => $crate::codegen::v1::object!(
                                        @read $presence $field, map, extra, __Field::$field as u32, $wire
                                    ), )*
                                    None => $crate::codegen::v1::insert_unknown(
                                        &mut extra,
                                        ::std::mem::take(&mut unknown),
                                        map.next_value()?,
                                    ),
                                }
                            }
                            Ok($name {
                                $( $field: $crate::codegen::v1::object!(@complete $presence $field, $wire), )*
                                extra,
                            })
                        }
                    }

                    deserializer.deserialize_map(__Visitor)
                }
            }

            impl $crate::codegen::v1::serde::Serialize for $name {
                fn serialize<__S: $crate::codegen::v1::serde::Serializer>(
                    &self,
                    serializer: __S,
                ) -> Result<__S::Ok, __S::Error> {
                    use $crate::codegen::v1::serde::ser::SerializeMap;

                    let mut map = serializer.serialize_map(None)?;
                    $( $crate::codegen::v1::object!(
                        @write $presence self.$field, map,
                        $crate::codegen::v1::is_null(&self.extra, __Field::$field as u32), $wire
                    ); )*
                    $crate::codegen::v1::write_unknown(&self.extra, &mut map)?;
                    map.end()
                }
            }
        };

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                let mut object = f.debug_struct(stringify!($name));
                $( object.field(
                    stringify!($field),
                    $crate::codegen::v1::object!(@shown $presence $($sensitive)? self.$field),
                ); )*
                if !self.extra.is_empty() {
                    object.field("extra", &self.extra);
                }
                object.finish()
            }
        }

        $crate::codegen::v1::schema!($name, generator => {
            let mut object = $crate::codegen::v1::ObjectSchema::open();
            $(
                object.$presence($wire, $crate::codegen::v1::field_schema(generator, |it: &Self| &it.$field));
                $( object.$sensitive($wire); )?
            )*
            let _ = generator;
            object.finish()
        });
    };

    // One field that is being read.
    (@read required $field:ident, $map:ident, $extra:ident, $position:expr, $wire:literal) => {
        $field = Some($map.next_value()?)
    };
    (@read optional $field:ident, $map:ident, $extra:ident, $position:expr, $wire:literal) => {{
        $field = $map.next_value::<Option<_>>()?;
        if $field.is_none() {
            $crate::codegen::v1::insert_null(&mut $extra, $position, $wire);
        }
    }};

    // One field of an object that has been read.
    (@complete required $field:ident, $wire:literal) => {
        $field.ok_or_else(|| $crate::codegen::v1::serde::de::Error::missing_field($wire))?
    };
    (@complete optional $field:ident, $wire:literal) => {
        $field
    };

    // One field that is being written.
    (@write required $self:ident.$field:ident, $map:ident, $null:expr, $wire:literal) => {
        $map.serialize_entry($wire, &$self.$field)?
    };
    (@write optional $self:ident.$field:ident, $map:ident, $null:expr, $wire:literal) => {
        if let Some(value) = &$self.$field {
            $map.serialize_entry($wire, value)?;
        } else if $null {
            $map.serialize_entry($wire, &())?;
        }
    };

    // One field that is being printed.
    (@shown required sensitive $self:ident.$field:ident) => {
        &$crate::codegen::v1::Redacted
    };
    (@shown optional sensitive $self:ident.$field:ident) => {
        &$self.$field.as_ref().map(|_| $crate::codegen::v1::Redacted)
    };
    (@shown $presence:ident $self:ident.$field:ident) => {
        &$self.$field
    };
}

/// Stands in `Debug` for a value that must not be printed.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The fields of an object that are known.
pub trait Named: Sized {
    /// The field of this name.
    fn named(name: &str) -> Option<Self>;
}

/// Reads a key of a JSON object: as one of the fields, or into `unknown` when it is none of them.
///
/// The name does not come with the field, so that a known one, as nearly all are, is a byte in a
/// register.
#[derive(Debug)]
pub struct Key<'a, F> {
    unknown: &'a mut String,
    field: PhantomData<F>,
}

impl<'a, F> Key<'a, F> {
    /// A key that is about to be read.
    #[inline]
    pub fn new(unknown: &'a mut String) -> Self {
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
