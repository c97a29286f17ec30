//! Upstream's extensions: those that are read stay, and no other is let in.
//!
//! The marks of this generator are extensions too. A document that has one of them would otherwise
//! speak in its place.

use serde_json::Value;

use crate::trim::{CUT_REFERENCE, EVENT_TYPES, LEFT_OUT};
use crate::walk::{Kind, Member};

/// The extensions that mean something: upstream's, and those of a trimmed document.
const READ: [&str; 5] = [
    "x-expansionResources",
    "x-resourceId",
    CUT_REFERENCE,
    EVENT_TYPES,
    LEFT_OUT,
];

pub(super) fn strip(document: &mut Value) {
    strip_below(Member::Node(Kind::Document), document);
}

fn strip_below(member: Member, value: &mut Value) {
    match (member, value) {
        (Member::Node(kind), Value::Object(members)) => {
            members.retain(|key, _| !key.starts_with("x-") || is_kept(kind, key));
            for (key, value) in members {
                strip_below(kind.member(key, value), value);
            }
        }
        (Member::Map(kind), Value::Object(members)) => {
            for value in members.values_mut() {
                strip_below(Member::Node(kind), value);
            }
        }
        (Member::List(kind), Value::Array(items)) => {
            for value in items {
                strip_below(Member::Node(kind), value);
            }
        }
        _ => {}
    }
}

fn is_kept(kind: Kind, key: &str) -> bool {
    READ.contains(&key) || matches!(kind, Kind::Paths | Kind::Responses | Kind::Callback)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn extensions_go_and_names_stay() {
        let mut document = json!({
            "x-ids": { "A": {} }, "x-event-types": ["a"],
            "components": { "schemas": { "x-name": {
                "x-rust-type": { "path": "evil" },
                "properties": { "x-id": { "type": "string", "x-sensitive": true } },
                "x-expansionResources": { "oneOf": [] },
            } } },
        });
        strip(&mut document);
        assert_eq!(
            document,
            json!({
                "x-event-types": ["a"],
                "components": { "schemas": { "x-name": {
                    "properties": { "x-id": { "type": "string" } },
                    "x-expansionResources": { "oneOf": [] },
                } } },
            })
        );
    }
}
