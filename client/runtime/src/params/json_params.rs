//! Parameters as JSON, which the vendor's second API takes.

use std::collections::BTreeMap;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Clearable, Either};

/// A field of parameters that may be absent.
pub trait JsonField {
    /// Whether it is.
    fn is_absent(&self) -> bool;
}

impl<T> JsonField for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T> JsonField for Vec<T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

impl<T> JsonField for BTreeMap<String, T> {
    fn is_absent(&self) -> bool {
        self.is_empty()
    }
}

/// Writes a field that may be absent, if it is not.
///
/// # Errors
///
/// Those of the serializer.
pub fn json_field<M: SerializeMap>(
    map: &mut M,
    name: &'static str,
    value: &(impl JsonField + Serialize),
) -> Result<(), M::Error> {
    match value.is_absent() {
        true => Ok(()),
        false => map.serialize_entry(name, value),
    }
}

/// A cleared parameter is null.
impl<T: Serialize> Serialize for Clearable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(value) => value.serialize(serializer),
            Self::Clear => serializer.serialize_unit(),
        }
    }
}

impl<A: Serialize, B: Serialize> Serialize for Either<A, B> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Left(value) => value.serialize(serializer),
            Self::Right(value) => value.serialize(serializer),
        }
    }
}

/// Implements `Serialize` for a struct of parameters, field by field.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_json_params_v1 {
    ($name:ident { $( $wire:literal: $field:ident $presence:ident ),* $(,)? }) => {
        impl $crate::codegen::v1::serde::Serialize for $name {
            fn serialize<__S: $crate::codegen::v1::serde::Serializer>(
                &self,
                serializer: __S,
            ) -> ::std::result::Result<__S::Ok, __S::Error> {
                use $crate::codegen::v1::serde::ser::SerializeMap as _;

                let mut map = serializer.serialize_map(::std::option::Option::None)?;
                $( $crate::codegen::v1::json_params!(@write $presence map, $wire, &self.$field); )*
                map.end()
            }
        }
    };

    (@write required $map:ident, $wire:literal, $value:expr) => {
        $map.serialize_entry($wire, $value)?
    };
    (@write optional $map:ident, $wire:literal, $value:expr) => {
        $crate::codegen::v1::json_field(&mut $map, $wire, $value)?
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Encode, Form};

    struct Params {
        name: String,
        limit: Option<Clearable<i64>>,
        tags: Vec<Either<String, i64>>,
    }

    crate::__stripe_json_params_v1!(Params {
        "name": name required,
        "limit": limit optional,
        "tags": tags optional,
    });
    crate::__stripe_query_params_v1!(Params { "limit": limit optional });

    #[test]
    fn what_is_absent_is_left_out_and_what_is_cleared_is_null() {
        let mut params = Params {
            name: "A".to_owned(),
            limit: None,
            tags: Vec::new(),
        };
        let text = |params: &Params| serde_json::to_string(params).unwrap();
        assert_eq!(text(&params), r#"{"name":"A"}"#);
        params.limit = Some(Clearable::Clear);
        params.tags = vec![Either::Left("a".to_owned()), Either::Right(1)];
        assert_eq!(text(&params), r#"{"name":"A","limit":null,"tags":["a",1]}"#);
        params.limit = Some(Clearable::Set(3));
        let mut query = Form::new();
        crate::params::QueryParams::encode_query(&params, &mut query);
        ().encode(&mut query);
        assert_eq!(query.finish(), "limit=3");
    }
}
