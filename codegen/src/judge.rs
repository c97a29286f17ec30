//! What can be expressed: the one judgement, by operation.
//!
//! It looks at a plain document and names everything about an operation that this generator has no form
//! for, with its place and what the user of a slice can do. What it passes, the later stages turn into
//! a crate that compiles. A schema is hardly ever a reason: what has no type is raw JSON.

mod answers;
mod body;
mod parameters;
mod problem;
mod schemas;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::slice::OperationKey;
use crate::template;

use problem::LEAVE_OUT;
use schemas::Schemas;

pub(crate) use answers::{Answer, answer};
pub(crate) use body::{Body, body};
pub(crate) use parameters::is_option;
pub(crate) use problem::Problem;

/// The methods that have a form.
const METHODS: [&str; 5] = ["delete", "get", "patch", "post", "put"];

/// The judge of one document.
pub(crate) struct Judge<'d> {
    schemas: Schemas<'d>,
}

impl<'d> Judge<'d> {
    /// The judge of a plain document. References to what is `cut` lead nowhere.
    pub(crate) fn new(document: &'d Value, cut: &BTreeSet<String>) -> Self {
        Self {
            schemas: Schemas::new(document, cut),
        }
    }

    /// Everything about an operation that cannot be expressed.
    pub(crate) fn problems(&self, key: &OperationKey, operation: &Value) -> Vec<Problem> {
        let at = key.pointer();
        let mut problems = Vec::new();
        if !operation.is_object() {
            problems.push(Problem::new(
                at,
                "it is not an object",
                "correct the document",
            ));
            return problems;
        }
        if !METHODS.contains(&key.method.as_str()) {
            let method = key.method.to_uppercase();
            problems.push(Problem::new(
                at.clone(),
                format!("the method {method} is none that a client of this API sends"),
                "leave the operation out",
            ));
        }
        if let Some(fault) = template::fault(&key.path) {
            problems.push(Problem::new(
                at.clone(),
                format!("the path cannot be sent: {fault}"),
                "leave the operation out, or correct the document",
            ));
        }
        if operation.get("servers").is_some() {
            problems.push(Problem::new(
                at.join("servers"),
                "it has a server of its own, and a client sends its key to one server only",
                LEAVE_OUT,
            ));
        }
        parameters::judge(operation, key, &at, &mut problems);
        body::judge(operation, key, &at, &self.schemas, &mut problems);
        answers::judge(operation, &at, &mut problems);
        self.schemas.judge(operation, &at, &mut problems);
        problems
    }
}
