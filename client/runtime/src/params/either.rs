//! Parameters that can be given in one of two forms.

use crate::form::{Encode, Form};

/// A parameter in one of two forms, for example a keyword or a number.
///
/// No variant will be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Either<A, B> {
    /// The first form.
    Left(A),
    /// The second form.
    Right(B),
}

impl<A: Encode, B: Encode> Encode for Either<A, B> {
    fn encode(&self, form: &mut Form) {
        match self {
            Self::Left(value) => value.encode(form),
            Self::Right(value) => value.encode(form),
        }
    }

    fn owns(rest: &str) -> bool {
        A::owns(rest) || B::owns(rest)
    }
}

#[cfg(feature = "schemars")]
impl<A: schemars::JsonSchema, B: schemars::JsonSchema> schemars::JsonSchema for Either<A, B> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("{}Or{}", A::schema_name(), B::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (left, right) = (
            generator.subschema_for::<A>(),
            generator.subschema_for::<B>(),
        );
        schemars::json_schema!({ "anyOf": [left, right] })
    }
}
