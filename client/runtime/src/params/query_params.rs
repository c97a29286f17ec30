//! Parameters that go into the query of a request with a body.

use crate::form::Form;

/// Parameters of which some go into the query of a request, although it has a body.
pub trait QueryParams {
    /// Appends those that do.
    fn encode_query(&self, form: &mut Form);
}

/// Implements [`QueryParams`] for a struct of parameters, field by field.
#[doc(hidden)]
#[macro_export]
macro_rules! __stripe_query_params_v1 {
    ($name:ident { $( $wire:literal: $field:ident $presence:ident ),* $(,)? }) => {
        impl $crate::codegen::v1::QueryParams for $name {
            fn encode_query(&self, form: &mut $crate::codegen::v1::Form) {
                $( form.field($wire, &self.$field); )*
                let _ = form;
            }
        }
    };
}
