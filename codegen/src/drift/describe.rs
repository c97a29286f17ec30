//! A schema in a few words.

use serde_json::Value;

use super::place::shown;
use super::view::{Target, View};

/// A list of values longer than this is not spelled out in a description.
const LISTED_VALUES: usize = 6;

/// A schema in a few words.
pub(super) fn describe(schema: &Value) -> String {
    describe_view(&View::of(schema))
}

/// A schema's normal form in a few words.
pub(super) fn describe_view(view: &View<'_>) -> String {
    match view.target() {
        Target::Component(name) => name.to_owned(),
        Target::Cut(reference) => {
            let name = shown(reference);
            format!("raw {}", name.rsplit('/').next().unwrap_or_default())
        }
        _ if view.home.is_some() => view.home.unwrap_or_default().to_owned(),
        Target::Union(keyword) => {
            let word = if keyword == "allOf" { " and " } else { " or " };
            let forms = view.forms(keyword).into_iter();
            let forms: Vec<_> = forms.map(|(_, form)| describe(form)).collect();
            forms.join(word)
        }
        Target::Typed(kind) => describe_type(view, kind),
    }
}

fn describe_type(view: &View<'_>, kind: Option<&Value>) -> String {
    let kind = kind.map_or_else(|| "anything".to_owned(), shown);
    if let Some(values) = view.get("enum").and_then(Value::as_array) {
        return if values.len() > LISTED_VALUES {
            format!("one of {} values", values.len())
        } else {
            let values: Vec<_> = values.iter().map(shown).collect();
            format!("one of {}", values.join(" | "))
        };
    }
    let values = view
        .get("additionalProperties")
        .filter(|values| values.is_object());
    match (kind.as_str(), view.get("items"), values) {
        ("array", Some(items), _) => format!("list of {}", describe(items)),
        ("object", _, Some(values)) => format!("map of {}", describe(values)),
        _ => match view.get("format") {
            Some(format) => format!("{kind} ({})", shown(format)),
            None => kind,
        },
    }
}
