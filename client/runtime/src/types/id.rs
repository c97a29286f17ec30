//! Ids: strings that name one kind of object each, so that one kind cannot be passed for another.

/// Implements the conversions of an id type, a struct around a `String` with `as_str`.
///
/// The vendor reserves the right to change prefixes and lengths, so none is checked.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_id_v1 {
    ($name:ident) => {
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                Self(text.clone())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.0).finish()
            }
        }

        $crate::codegen::v1::schema!($name inline, _generator =>
            $crate::codegen::v1::id_schema(stringify!($name)));

        $crate::codegen::v1::text!($name);
    };
}
