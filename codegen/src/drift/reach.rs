//! Which way the values of each component schema travel.

use std::collections::BTreeSet;

use serde_json::Value;

use super::finding::Direction;
use crate::document::operations;
use crate::schemas::referred;

/// The component schemas that requests and answers reach.
#[derive(Debug)]
pub(super) struct Reach {
    sent: BTreeSet<String>,
    received: BTreeSet<String>,
}

impl Reach {
    pub(super) fn of(documents: [&Value; 2]) -> Self {
        let mut reach = Self {
            sent: BTreeSet::new(),
            received: BTreeSet::new(),
        };
        for document in documents {
            for (_, _, operation) in operations(document) {
                follow(&operation["parameters"], document, &mut reach.sent);
                follow(&operation["requestBody"], document, &mut reach.sent);
                follow(&operation["responses"], document, &mut reach.received);
            }
        }
        reach
    }

    /// A schema that nothing reaches may be used either way.
    pub(super) fn direction(&self, schema: &str) -> Direction {
        match (self.sent.contains(schema), self.received.contains(schema)) {
            (true, false) => Direction::Sent,
            (false, true) => Direction::Received,
            _ => Direction::Both,
        }
    }
}

fn follow(value: &Value, document: &Value, reached: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            if let Some(name) = referred(value)
                && reached.insert(name.to_owned())
            {
                follow(&document["components"]["schemas"][name], document, reached);
            }
            members
                .values()
                .for_each(|member| follow(member, document, reached));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| follow(item, document, reached)),
        _ => {}
    }
}
