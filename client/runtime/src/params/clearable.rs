//! Parameters that can be set to a value or cleared.

use crate::form::{Encode, Form};

/// A parameter that is set to a value, or cleared by sending it empty.
///
/// No variant will be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clearable<T> {
    /// Sends the value.
    Set(T),
    /// Sends the parameter with an empty value.
    Clear,
}

impl<T> From<T> for Clearable<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Encode> Encode for Clearable<T> {
    fn encode(&self, form: &mut Form) {
        match self {
            Self::Set(value) => value.encode(form),
            Self::Clear => form.scalar(""),
        }
    }

    fn owns(rest: &str) -> bool {
        rest.is_empty() || T::owns(rest)
    }
}

#[cfg(feature = "schemars")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Clearable<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Clearable{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [generator.subschema_for::<T>(), { "type": "string", "enum": [""] }] })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleared_is_sent_empty() {
        for (limit, expected) in [
            (Clearable::Set(3), "accounts=3"),
            (Clearable::Clear, "accounts="),
        ] {
            let mut form = Form::new();
            form.field("accounts", &limit);
            assert_eq!(form.finish(), expected);
        }
    }
}
