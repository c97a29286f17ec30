//! Examples of what the API may answer, made from the document.

use codegen::CUT_REFERENCE;
use serde_json::{Map, Value, json};

use crate::comparison::names::{self, members};

/// What must become of an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expect {
    /// It is read, and written back as it was; all of it is known.
    Whole,
    /// It is read, and written back as it was; something in it is not known.
    Unknown,
    /// It is refused.
    Refused,
}

/// One example.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    /// What is particular about it.
    pub(crate) about: String,
    pub(crate) value: Value,
    pub(crate) expect: Expect,
}

fn example(about: impl Into<String>, value: impl Into<Value>, expect: Expect) -> Example {
    Example {
        about: about.into(),
        value: value.into(),
        expect,
    }
}

use Expect::{Refused, Unknown, Whole};

/// Examples of a schema, the first with everything in it. `place` is the type's name.
pub(crate) fn of(document: &Value, place: &str, schema: &Value) -> Vec<Example> {
    let mut maker = Maker {
        document,
        within: Vec::new(),
    };
    maker.schema(place, schema)
}

struct Maker<'d> {
    document: &'d Value,
    /// The references that are being followed.
    within: Vec<String>,
}

impl Maker<'_> {
    fn schema(&mut self, place: &str, schema: &Value) -> Vec<Example> {
        if let Some(reference) = schema["$ref"].as_str() {
            return self.reference(reference);
        }
        if schema.get(CUT_REFERENCE).is_some() {
            let whole = json!({ "id": "x_1", "object": "other", "nested": [1, { "a": null }, []] });
            return vec![
                example(format!("{place} expanded"), whole, Whole),
                example(format!("{place} empty"), json!({}), Whole),
            ];
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(choices) = schema[keyword].as_array() {
                return self.choices(place, choices);
            }
        }
        if let Some(values) = schema["enum"].as_array() {
            return enumeration(place, values);
        }
        match schema["type"].as_str() {
            Some("string") => vec![
                example(place, format!("text of {place}"), Whole),
                example(format!("{place} empty"), "", Whole),
                example(
                    format!("{place} with escapes"),
                    "ü \"\\\n\t\u{1} €\u{10348}",
                    Whole,
                ),
                example(format!("{place} a number"), 7, Refused),
            ],
            Some("integer") => vec![
                example(place, 1, Whole),
                example(format!("{place} zero"), 0, Whole),
                example(format!("{place} least"), i64::MIN, Whole),
                example(format!("{place} most"), i64::MAX, Whole),
                example(format!("{place} a text"), "1", Refused),
                example(format!("{place} a fraction"), 1.5, Refused),
            ],
            Some("number") => vec![example(place, 1.5, Whole)],
            Some("boolean") => vec![
                example(place, true, Whole),
                example(format!("{place} false"), false, Whole),
                example(format!("{place} a text"), "true", Refused),
            ],
            Some("array") => self.array(place, &schema["items"]),
            Some("object") if schema["additionalProperties"].is_object() => {
                self.map(place, &schema["additionalProperties"])
            }
            Some("object") => self.object(place, schema),
            // Nothing is said, so anything may come.
            _ => vec![
                example(place, json!({ "any": "object" }), Whole),
                example(format!("{place} a text"), "any text", Whole),
                example(format!("{place} a number"), 7, Whole),
            ],
        }
    }

    /// A component is tested on its own, so a reference to it needs only its largest and its smallest form.
    fn reference(&mut self, reference: &str) -> Vec<Example> {
        let name = names::component(self.document, reference);
        if self.within.contains(&name) {
            return vec![example(format!("{name} within itself"), json!({}), Whole)];
        }
        let component = reference.trim_start_matches("#/components/schemas/");
        let schema = &self.document["components"]["schemas"][component];
        self.within.push(name.clone());
        let mut examples = self.schema(&name, schema);
        self.within.pop();
        let smallest = format!("{name} smallest");
        let mut index = 0;
        examples.retain(|example| {
            index += 1;
            index == 1 || example.about == smallest
        });
        examples
    }

    fn choices(&mut self, place: &str, choices: &[Value]) -> Vec<Example> {
        let all: Vec<Example> = choices
            .iter()
            .flat_map(|choice| self.schema(place, choice))
            .collect();
        match choices {
            [_] => all,
            // What one side refuses may be the other side.
            _ => all.into_iter().filter(|it| it.expect != Refused).collect(),
        }
    }

    fn array(&mut self, place: &str, items: &Value) -> Vec<Example> {
        let items = self.schema(&format!("{place}[]"), items);
        let mut examples = Vec::new();
        if let [first, ..] = items.as_slice() {
            let last = items
                .iter()
                .rfind(|item| item.expect == Whole)
                .unwrap_or(first);
            let both = json!([first.value, last.value]);
            examples.push(example(place, both, Whole));
        }
        examples.push(example(format!("{place} empty"), json!([]), Whole));
        examples.push(example(format!("{place} an object"), json!({}), Refused));
        for item in items {
            examples.push(example(item.about, json!([item.value]), item.expect));
        }
        examples
    }

    fn map(&mut self, place: &str, values: &Value) -> Vec<Example> {
        let values = self.schema(&format!("{place}{{}}"), values);
        let mut examples = Vec::new();
        if let Some(first) = values.first() {
            let both = json!({ "usd": first.value, "eur": first.value });
            examples.push(example(place, both, Whole));
        }
        examples.push(example(format!("{place} empty"), json!({}), Whole));
        for value in values {
            examples.push(example(
                value.about,
                json!({ "usd": value.value }),
                value.expect,
            ));
        }
        examples
    }

    fn object(&mut self, place: &str, schema: &Value) -> Vec<Example> {
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        let fields: Vec<Field> = members(&schema["properties"])
            .map(|(name, property)| Field {
                name: name.clone(),
                required: required.iter().any(|required| required == name),
                relaxed: property["x-optional"] == true,
                nullable: property["nullable"] == true,
                examples: self.schema(&format!("{place}.{name}"), property),
            })
            .collect();
        let with = |keep: &dyn Fn(&Field) -> bool| -> Map<String, Value> {
            let kept = fields.iter().filter(|field| keep(field));
            let first = |field: &Field| field.examples.first().map(|it| it.value.clone());
            kept.filter_map(|field| Some((field.name.clone(), first(field)?)))
                .collect()
        };
        let all = with(&|_| true);
        let least = with(&|field| field.required);
        let mut examples = vec![
            example(place, all.clone(), Whole),
            example(format!("{place} smallest"), least.clone(), Whole),
        ];
        for field in &fields {
            let at = format!("{place}.{}", field.name);
            // The tag of a list is the same everywhere, and is not looked at.
            let is_list_tag = field.examples.first().is_some_and(|it| it.value == "list");
            let set = |object: &Map<String, Value>, value: Value| {
                let mut object = object.clone();
                object.insert(field.name.clone(), value);
                object
            };
            let mut without = all.clone();
            without.remove(&field.name);
            let absent = match field.required && !field.relaxed {
                true => Refused,
                false => Whole,
            };
            if !is_list_tag {
                examples.push(example(format!("{at} absent"), without, absent));
            }
            if field.nullable {
                examples.push(example(format!("{at} null"), set(&all, Value::Null), Whole));
                examples.push(example(
                    format!("{at} null alone"),
                    set(&least, Value::Null),
                    Whole,
                ));
            } else if field.required && !field.relaxed && !is_list_tag {
                examples.push(example(
                    format!("{at} null"),
                    set(&all, Value::Null),
                    Refused,
                ));
            }
            for (index, inner) in field.examples.iter().enumerate() {
                let base = if index == 0 { &least } else { &all };
                let value = set(base, inner.value.clone());
                examples.push(example(&inner.about, value, inner.expect));
            }
        }
        for (about, value) in [("an object", json!({ "a": [null] })), ("null", Value::Null)] {
            let mut with = all.clone();
            with.insert("brand_new".to_owned(), value);
            examples.push(example(format!("{place} with {about} more"), with, Unknown));
        }
        examples
    }
}

struct Field {
    name: String,
    required: bool,
    relaxed: bool,
    nullable: bool,
    examples: Vec<Example>,
}

fn enumeration(place: &str, values: &[Value]) -> Vec<Example> {
    let known = values
        .iter()
        .map(|value| example(format!("{place} {value}"), value.clone(), Whole));
    let mut examples: Vec<Example> = known.collect();
    for unknown in ["brand_new_value", ""] {
        examples.push(example(format!("{place} {unknown:?}"), unknown, Unknown));
    }
    if values != [json!("list")] {
        examples.push(example(format!("{place} a number"), 7, Refused));
    }
    examples
}
