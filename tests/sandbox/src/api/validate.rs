//! Response validation: a response that the document rules out fails the test.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::document::Document;
use super::operation::Operation;

/// The first difference between a response and the document.
pub(crate) fn violation(operation: Operation, success: bool, answer: &Value) -> Option<String> {
    let validator = match validators().get(&(operation, success)) {
        Some(Ok(validator)) => validator,
        Some(Err(error)) => return Some(error.clone()),
        None => return Some(format!("the document has no answer for {operation:?}")),
    };
    let error = validator.iter_errors(answer).next()?;
    Some(format!(
        "{} {} answers what the document rules out, at `{}`: {error}",
        operation.method(),
        operation.path(),
        error.instance_path()
    ))
}

type Validators = BTreeMap<(Operation, bool), Result<Validator, String>>;

fn validators() -> &'static Validators {
    static VALIDATORS: OnceLock<Validators> = OnceLock::new();
    VALIDATORS.get_or_init(|| {
        let document = Document::get();
        let components = closed(document.components());
        let mut validators = Validators::new();
        for operation in Operation::ALL {
            for success in [true, false] {
                let answer = closed(document.answer(operation, success));
                let schema = json!({"allOf": [answer], "components": components});
                let validator =
                    jsonschema::validator_for(&schema).map_err(|error| error.to_string());
                validators.insert((operation, success), validator);
            }
        }
        validators
    })
}

/// An OpenAPI 3.0 schema as a JSON Schema: `nullable` becomes a further type, and an object takes
/// only the properties it names, so that a surplus field is a mistake too.
fn closed(schema: &Value) -> Value {
    let fields = match schema {
        Value::Array(items) => return items.iter().map(closed).collect(),
        Value::Object(fields) => fields,
        _ => return schema.clone(),
    };
    let mut out: Map<String, Value> = fields
        .iter()
        .filter(|(key, _)| !key.starts_with("x-"))
        .map(|(key, value)| (key.clone(), closed(value)))
        .collect();
    if fields.get("type").is_some_and(|kind| kind == "object")
        && fields.get("properties").is_some_and(Value::is_object)
        && !fields.contains_key("additionalProperties")
    {
        out.insert("additionalProperties".to_owned(), false.into());
    }
    if fields.get("nullable") == Some(&Value::Bool(true)) {
        out.remove("nullable");
        return json!({"anyOf": [out, {"type": "null"}]});
    }
    Value::Object(out)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::violation;
    use crate::api::Operation;

    fn transaction() -> Value {
        json!({
            "id": "fctxn_1",
            "object": "financial_connections.transaction",
            "account": "fca_1",
            "amount": -1,
            "currency": "usd",
            "description": "",
            "livemode": false,
            "status": "posted",
            "status_transitions": {"posted_at": 1, "void_at": null},
            "transacted_at": 1,
            "transaction_refresh": "fctxnref_1",
            "updated": 1,
        })
    }

    #[test]
    fn a_mistake_of_any_kind_is_found() {
        let operation = Operation::TransactionsRetrieve;
        assert_eq!(violation(operation, true, &transaction()), None);
        let changes: [fn(&mut Value); 6] = [
            |answer| answer["surplus"] = 1.into(),
            |answer| answer["status_transitions"]["surplus"] = 1.into(),
            |answer| answer["amount"] = "1".into(),
            |answer| answer["amount"] = Value::Null,
            |answer| answer["status"] = "settled".into(),
            |answer| {
                answer.as_object_mut().unwrap().remove("updated");
            },
        ];
        for (at, change) in changes.into_iter().enumerate() {
            let mut answer = transaction();
            change(&mut answer);
            assert!(violation(operation, true, &answer).is_some(), "change {at}");
        }
        let error = json!({"error": {"type": "authentication_error"}});
        assert!(violation(operation, false, &error).is_some());
    }

    #[test]
    fn every_answer_of_the_document_can_be_checked() {
        for operation in Operation::ALL {
            for success in [true, false] {
                let found = violation(operation, success, &json!(1)).unwrap();
                assert!(found.contains("rules out"), "{found}");
            }
        }
    }
}
