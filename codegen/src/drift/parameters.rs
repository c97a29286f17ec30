//! Parameters in path, query and header.

use std::fmt;

use serde_json::Value;

use super::comparison::{Comparison, Slot};
use super::describe::describe;
use super::effective::Part;
use super::effects::Effects;
use super::finding::{Direction, What};
use super::place::Place;
use super::properties::successor;

/// How a value is written on the wire.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Style {
    style: String,
    explode: bool,
}

impl Style {
    /// The style that an object gives, with OpenAPI's defaults for what it leaves out.
    pub(super) fn of(node: Option<&Value>, default: &str) -> Self {
        let member = |key: &str| node.and_then(|node| node.get(key));
        let style = member("style")
            .and_then(Value::as_str)
            .unwrap_or(default)
            .to_owned();
        let explode = member("explode")
            .and_then(Value::as_bool)
            .unwrap_or(style == "form");
        Self { style, explode }
    }

    fn of_parameter(parameter: &Value) -> Self {
        let default = match parameter["in"].as_str() {
            Some("query" | "cookie") => "form",
            _ => "simple",
        };
        Self::of(Some(parameter), default)
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exploded = if self.explode {
            "exploded"
        } else {
            "not exploded"
        };
        write!(f, "{}, {exploded}", self.style)
    }
}

impl<'d> Comparison<'d> {
    /// Compares the parameters of an operation, which are told apart by where they are and by name.
    pub(super) fn parameters(
        &mut self,
        operation: &Place,
        mut before: Vec<Part<'d>>,
        mut after: Vec<Part<'d>>,
    ) {
        let mut both = Vec::new();
        for same in [same_parameter, same_name] {
            before.retain(|left| {
                let found = after.iter().position(|right| same(left.value, right.value));
                if let Some(found) = found {
                    both.push((left.clone(), after.remove(found)));
                }
                found.is_none()
            });
        }
        let place = |left: &Part<'d>, right: &Part<'d>| {
            let name = operation.part_name(name(left.value));
            let place = operation.at(name, left.at.clone(), right.at.clone());
            place.directed(Direction::Sent)
        };
        for (left, right) in &both {
            self.parameter(&place(left, right), left, right);
        }
        let added: Vec<_> = after
            .iter()
            .map(|new| (name(new.value), &new.value["schema"]))
            .collect();
        for old in &before {
            let schema = &old.value["schema"];
            let was = describe(schema);
            let mut finding = place(old, old).removed(What::Parameter, Effects::BREAKS_API, was);
            if let Some(name) = successor(name(old.value), schema, &added) {
                finding = finding.note(format!("probably replaced by `{name}`"));
            }
            self.found.add(finding);
        }
        for new in &after {
            let (effects, word) = if is_required(new.value) {
                (Effects::BREAKS_API, "required")
            } else {
                (Effects::ADDS, "optional")
            };
            let now = format!("{}, {word}", describe(&new.value["schema"]));
            self.found
                .add(place(new, new).added(What::Parameter, effects, now));
        }
    }

    fn parameter(&mut self, place: &Place, ours: &Part<'d>, theirs: &Part<'d>) {
        let [was, now] = [ours, theirs].map(|part| Style::of_parameter(part.value));
        if was != now {
            self.found
                .add(place.changed(What::Encoding, Effects::BREAKS_API, was, now));
        }
        let required = [ours, theirs].map(|part| is_required(part.value));
        let schemas = ours.value.get("schema").zip(theirs.value.get("schema"));
        self.found
            .keywords(place, ours.value, theirs.value, |keyword| match keyword {
                "content" | "explode" | "style" => None,
                "schema" if schemas.is_some() => None,
                "deprecated" => Some(Effects::DOCUMENTS),
                _ if keyword.starts_with("x-") => Some(Effects::DOCUMENTS),
                _ => Some(Effects::BREAKS_API),
            });
        if let Some((ours, theirs)) = schemas {
            let slot = Slot::Field { required };
            let place = place.keyword("schema");
            self.schema(&place, ours, theirs, Direction::Sent, slot);
        }
        self.content(place, ours, theirs, Direction::Sent);
    }
}

fn name(parameter: &Value) -> &str {
    let name = parameter.get("name").and_then(Value::as_str);
    name.unwrap_or_default()
}

fn is_required(parameter: &Value) -> bool {
    parameter["required"] == true
}

fn same_parameter(left: &Value, right: &Value) -> bool {
    ["in", "name"]
        .iter()
        .all(|key| left.get(key) == right.get(key))
}

fn same_name(left: &Value, right: &Value) -> bool {
    left.get("name").is_some() && left.get("name") == right.get("name")
}
