//! The implementation of `JsonSchema`, which the feature `schemars` of this crate decides on: a
//! macro that asked its caller's features would need the same ones in every crate.

/// Implements `JsonSchema`: `schema!(Name, generator => schema)`, with `inline` behind the name of a
/// type whose schema is repeated where it is used.
#[cfg(feature = "schemars")]
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_schema_v1 {
    ($name:ident, $generator:ident => $schema:expr) => {
        $crate::codegen::v1::schema!(@ $name, false, $generator, $schema);
    };
    ($name:ident inline, $generator:ident => $schema:expr) => {
        $crate::codegen::v1::schema!(@ $name, true, $generator, $schema);
    };
    (@ $name:ident, $inline:literal, $generator:ident, $schema:expr) => {
        impl $crate::codegen::v1::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                $inline
            }

            fn json_schema(
                $generator: &mut $crate::codegen::v1::schemars::SchemaGenerator,
            ) -> $crate::codegen::v1::schemars::Schema {
                $schema
            }
        }
    };
}

/// Implements nothing, since the feature `schemars` is off.
#[cfg(not(feature = "schemars"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_schema_v1 {
    ($($ignored:tt)*) => {};
}
