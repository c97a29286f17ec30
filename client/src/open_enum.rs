//! Enums of the wire: some values are known, and any other is kept as it came.

use std::fmt;

/// A value that this version of the library does not know, as the API sent it.
///
/// It cannot be made from outside, so that a value which a later version knows by name is never met
/// in this form: compare with [`as_str`](Self::as_str) of the enum, and the comparison still holds
/// after such an update.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(
    // Boxed twice to be one word: an account holds a score of enums, of which hardly any is unknown.
    Box<Box<str>>,
);

impl UnknownValue {
    pub(crate) fn new(text: &str) -> Self {
        Self(Box::new(text.into()))
    }

    /// The text of the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Implements the conversions of an enum whose last variant is `UnknownValue`.
macro_rules! open_enum {
    ($name:ident { $( $variant:ident = $text:literal ),* $(,)? }) => {
        impl $name {
            /// The texts of the values that this version knows, in the document's order.
            pub const KNOWN: &'static [&'static str] = &[$( $text ),*];

            /// The text of the wire, of a known value as well as of an unknown one.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $text, )*
                    Self::UnknownValue(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $( $text => Self::$variant, )*
                    _ => Self::UnknownValue($crate::open_enum::UnknownValue::new(text)),
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    $( Self::$variant => f.write_str(stringify!($variant)), )*
                    Self::UnknownValue(value) => f.debug_tuple("UnknownValue").field(value).finish(),
                }
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                $crate::schema::open_enum(Self::KNOWN)
            }
        }

        $crate::text::text!($name);
    };
}
pub(crate) use open_enum;
