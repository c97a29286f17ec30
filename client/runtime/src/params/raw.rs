//! Raw JSON as a parameter of a form.

use serde_json::Value;

use crate::form::{Encode, Form};
use crate::types::RawJson;

/// Objects and lists are nested as typed ones are; null is sent empty.
impl Encode for RawJson {
    fn encode(&self, form: &mut Form) {
        Part(self).encode(form);
    }
}

struct Part<'v>(&'v Value);

impl Encode for Part<'_> {
    fn encode(&self, form: &mut Form) {
        match self.0 {
            Value::Null => form.scalar(""),
            Value::Bool(value) => value.encode(form),
            Value::Number(value) => value.encode(form),
            Value::String(value) => value.encode(form),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    form.field(&index.to_string(), &Part(item));
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    form.field(name, &Part(member));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn it_is_nested_as_typed_parameters_are() {
        let value = json!({ "a": [1, "b"], "c": { "d": true, "e": null } });
        let mut form = Form::new();
        form.field("x", &RawJson::from(value));
        assert_eq!(form.finish(), "x[a][0]=1&x[a][1]=b&x[c][d]=true&x[c][e]=");
    }
}
