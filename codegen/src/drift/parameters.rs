//! Parameters in path, query and header.

use std::fmt;

use serde_json::Value;

use super::comparison::Comparison;
use super::effects::Effects;
use super::finding::{Direction, Place, What};
use super::properties::successor;
use super::schema::Slot;
use super::view::describe;

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

impl Comparison<'_> {
    /// Compares the parameters of an operation, which are told apart by where they are and by name.
    pub(super) fn parameters(&mut self, operation: &Place, ours: &Value, theirs: &Value) {
        let mut before = Listed::of(ours);
        let mut after = Listed::of(theirs);
        let mut both = Vec::new();
        for same in [same_parameter, same_name] {
            before.retain(|left| {
                let found = after
                    .iter()
                    .position(|right| same(left.parameter, right.parameter));
                if let Some(found) = found {
                    both.push((*left, after.remove(found)));
                }
                found.is_none()
            });
        }
        let place = |name: &str, left: &Listed<'_>, right: &Listed<'_>| {
            let segments =
                |listed: &Listed<'_>| ["parameters".to_owned(), listed.index.to_string()];
            operation
                .apart(operation.part_name(name), &segments(left), &segments(right))
                .directed(Direction::Sent)
        };
        for (left, right) in both {
            self.parameter(
                &place(left.name, &left, &right),
                left.parameter,
                right.parameter,
            );
        }
        let added: Vec<_> = after
            .iter()
            .map(|new| (new.name, &new.parameter["schema"]))
            .collect();
        for old in &before {
            let place = place(old.name, old, old);
            let was = describe(&old.parameter["schema"]);
            let mut finding = place.removed(What::Parameter, Effects::BREAKS_API, was);
            if let Some(name) = successor(old.name, &old.parameter["schema"], &added) {
                finding = finding.note(format!("probably replaced by `{name}`"));
            }
            self.found.add(finding);
        }
        for new in &after {
            let demanded = new.parameter["required"] == true;
            let effects = if demanded {
                Effects::BREAKS_API
            } else {
                Effects::ADDS
            };
            let word = if demanded { "required" } else { "optional" };
            let now = format!("{}, {word}", describe(&new.parameter["schema"]));
            self.found
                .add(place(new.name, new, new).added(What::Parameter, effects, now));
        }
    }

    fn parameter(&mut self, place: &Place, ours: &Value, theirs: &Value) {
        let [was, now] = [ours, theirs].map(Style::of_parameter);
        let same_style = was == now;
        if !same_style {
            self.found
                .add(place.changed(What::Encoding, Effects::BREAKS_API, was, now));
        }
        let have_schemas = ours.get("schema").is_some() && theirs.get("schema").is_some();
        self.found
            .keywords(place, ours, theirs, |keyword| match keyword {
                "style" | "explode" if same_style => Some(Effects::DOCUMENTS),
                "style" | "explode" => None,
                "schema" if have_schemas => None,
                "deprecated" => Some(Effects::DOCUMENTS),
                _ if keyword.starts_with("x-") => Some(Effects::DOCUMENTS),
                _ => Some(Effects::BREAKS_API),
            });
        if have_schemas {
            let required_before = ours["required"] == true;
            let (ours, theirs) = (&ours["schema"], &theirs["schema"]);
            let slot = Slot::Field { required_before };
            self.schema(
                &place.keyword("schema"),
                ours,
                theirs,
                Direction::Sent,
                slot,
            );
        }
    }
}

/// A parameter and where it stands in its list.
#[derive(Clone, Copy, Debug)]
struct Listed<'v> {
    index: usize,
    name: &'v str,
    parameter: &'v Value,
}

impl<'v> Listed<'v> {
    fn of(parameters: &'v Value) -> Vec<Self> {
        let parameters = parameters.as_array().into_iter().flatten().enumerate();
        let name = |parameter: &'v Value| {
            ["name", "$ref"]
                .iter()
                .find_map(|key| parameter.get(key)?.as_str())
                .unwrap_or_default()
        };
        parameters
            .map(|(index, parameter)| Self {
                index,
                name: name(parameter),
                parameter,
            })
            .collect()
    }
}

fn same_parameter(left: &Value, right: &Value) -> bool {
    ["in", "name", "$ref"]
        .iter()
        .all(|key| left.get(key) == right.get(key))
}

fn same_name(left: &Value, right: &Value) -> bool {
    left.get("name").is_some() && left.get("name") == right.get("name")
}
