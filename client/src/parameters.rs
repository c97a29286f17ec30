//! What the parameters of a request have in common.

use crate::form::Encode;

/// The way a list is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// From the newest to the oldest item: `starting_after`, and the order of an unmarked list.
    Forward,
    /// From the oldest to the newest item: `ending_before`.
    Backward,
}

/// The parameters of a list that is read page by page.
pub(crate) trait ListParams: Encode + Clone {
    /// Continues after (older than) the item with this id.
    fn starting_after(&mut self, cursor: String);

    /// Continues before (newer than) the item with this id.
    fn ending_before(&mut self, cursor: String);

    /// Backward when `ending_before` is set.
    fn direction(&self) -> Direction;
}

/// An item of a list.
pub trait Listed {
    /// The text by which the API continues the list at this item: its id.
    fn cursor(&self) -> &str;
}

/// Implements [`Encode`] (and `JsonSchema`) for a struct of parameters, field by field.
macro_rules! params {
    ($name:ident { $( $wire:literal: $field:ident $presence:ident ),* $(,)? }) => {
        impl $crate::form::Encode for $name {
            fn encode(&self, form: &mut $crate::form::Form) {
                $( form.field($wire, &self.$field); )*
                let _ = form;
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let mut object = $crate::schema::ObjectSchema::closed();
                $( object.$presence($wire, $crate::schema::of(generator, |it: &Self| &it.$field)); )*
                let _ = generator;
                object.finish()
            }
        }
    };
}
pub(crate) use params;

/// Implements [`ListParams`] for a struct with both cursors.
macro_rules! list_params {
    ($name:ident) => {
        impl $crate::parameters::ListParams for $name {
            fn starting_after(&mut self, cursor: String) {
                self.starting_after = Some(cursor.into());
                self.ending_before = None;
            }

            fn ending_before(&mut self, cursor: String) {
                self.ending_before = Some(cursor.into());
                self.starting_after = None;
            }

            fn direction(&self) -> $crate::parameters::Direction {
                match self.ending_before {
                    Some(_) => $crate::parameters::Direction::Backward,
                    None => $crate::parameters::Direction::Forward,
                }
            }
        }
    };
}
pub(crate) use list_params;
