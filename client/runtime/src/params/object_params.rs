//! Structs of parameters.

/// Implements `Encode` (and `JsonSchema`) for a struct of parameters, field by field.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_params_v1 {
    ($name:ident { $( $wire:literal: $field:ident $presence:ident ),* $(,)? }) => {
        impl $crate::codegen::v1::Encode for $name {
            fn encode(&self, form: &mut $crate::codegen::v1::Form) {
                $( form.field($wire, &self.$field); )*
                let _ = form;
            }

            fn owns(rest: &str) -> bool {
                match $crate::codegen::v1::first_name(rest) {
                    $( Some(($wire, rest)) => $crate::codegen::v1::field_owns(|it: &Self| &it.$field, rest), )*
                    Some(_) => false,
                    None => rest.is_empty(),
                }
            }
        }

        $crate::codegen::v1::schema!($name, generator => {
            let mut object = $crate::codegen::v1::ObjectSchema::closed();
            $( object.$presence($wire, $crate::codegen::v1::field_schema(generator, |it: &Self| &it.$field)); )*
            let _ = generator;
            object.finish()
        });
    };
}
