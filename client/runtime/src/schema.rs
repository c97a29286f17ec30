//! JSON Schemas of the types, for comparing them with the API's document.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

/// The schema of a field, whose type the compiler infers from an accessor that is never called.
pub fn field_schema<O, T: JsonSchema>(
    generator: &mut SchemaGenerator,
    _field: fn(&O) -> &T,
) -> Schema {
    generator.subschema_for::<T>()
}

/// The schema of an object under construction.
#[derive(Debug)]
pub struct ObjectSchema {
    open: bool,
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl ObjectSchema {
    /// An object that keeps properties it does not name.
    pub fn open() -> Self {
        Self {
            open: true,
            properties: Map::new(),
            required: Vec::new(),
        }
    }

    /// An object that has no property but those it names.
    pub fn closed() -> Self {
        Self {
            open: false,
            ..Self::open()
        }
    }

    /// Adds a property that every object has.
    pub fn required(&mut self, name: &str, schema: Schema) {
        self.required.push(name.into());
        self.optional(name, schema);
    }

    /// Adds a property.
    pub fn optional(&mut self, name: &str, schema: Schema) {
        self.properties.insert(name.to_owned(), schema.into());
    }

    /// Says of a property that `Debug` does not show it.
    pub fn sensitive(&mut self, name: &str) {
        if let Some(Value::Object(schema)) = self.properties.get_mut(name) {
            schema.insert("x-sensitive".to_owned(), true.into());
        }
    }

    /// The schema.
    pub fn finish(self) -> Schema {
        json_schema!({
            "type": "object",
            "properties": self.properties,
            "required": self.required,
            "additionalProperties": self.open,
        })
    }
}

/// The schema of a string of which some values are known and any other is accepted.
pub fn open_enum_schema(known: &[&str]) -> Schema {
    json_schema!({ "anyOf": [{ "type": "string", "enum": known }, { "type": "string" }] })
}

/// The schema of an id type.
pub fn id_schema(name: &str) -> Schema {
    json_schema!({ "type": "string", "x-id": name })
}

/// The schema of a value that fits one of several.
pub fn any_of_schema<const N: usize>(choices: [Schema; N]) -> Schema {
    json_schema!({ "anyOf": choices.to_vec() })
}

/// The name of a type, and its schema, complete in itself.
pub fn named_schema<T: JsonSchema>() -> (String, Schema) {
    let generator = SchemaSettings::draft2020_12().into_generator();
    (
        T::schema_name().into_owned(),
        generator.into_root_schema_for::<T>(),
    )
}
