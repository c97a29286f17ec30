//! JSON Schemas of the types, for comparing them with the API's document.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

/// The schema of a field, whose type the compiler infers from an accessor that is never called.
pub(crate) fn of<O, T: JsonSchema>(
    generator: &mut SchemaGenerator,
    _field: fn(&O) -> &T,
) -> Schema {
    generator.subschema_for::<T>()
}

/// The schema of an object under construction.
pub(crate) struct ObjectSchema {
    open: bool,
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl ObjectSchema {
    /// An object that keeps properties it does not name.
    pub(crate) fn open() -> Self {
        Self {
            open: true,
            properties: Map::new(),
            required: Vec::new(),
        }
    }

    /// An object that has no property but those it names.
    pub(crate) fn closed() -> Self {
        Self {
            open: false,
            ..Self::open()
        }
    }

    pub(crate) fn required(&mut self, name: &str, schema: Schema) {
        self.required.push(name.into());
        self.optional(name, schema);
    }

    pub(crate) fn optional(&mut self, name: &str, schema: Schema) {
        self.properties.insert(name.to_owned(), schema.into());
    }

    /// Says of a property that `Debug` does not show it.
    pub(crate) fn sensitive(&mut self, name: &str) {
        if let Some(Value::Object(schema)) = self.properties.get_mut(name) {
            schema.insert("x-sensitive".to_owned(), true.into());
        }
    }

    pub(crate) fn finish(self) -> Schema {
        json_schema!({
            "type": "object",
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": self.open,
        })
    }
}

/// The schema of a string of which some values are known and any other is accepted.
pub(crate) fn open_enum(known: &[&str]) -> Schema {
    json_schema!({ "anyOf": [{ "type": "string", "enum": known }, { "type": "string" }] })
}

/// The schemas of types by their names, each complete in itself.
macro_rules! schemas {
    ($( $type:ty ),* $(,)?) => {
        [$(
            (
                <$type as schemars::JsonSchema>::schema_name().into_owned(),
                schemars::generate::SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<$type>(),
            )
        ),*]
        .into()
    };
}
pub(crate) use schemas;
