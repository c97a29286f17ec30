//! Every possible single change of a trimmed document, made on purpose.
//!
//! The walk here is its own on purpose as well: a place that the library's walk forgets must not be
//! forgotten by the harness that looks for it.

#[allow(dead_code, reason = "for the comparison by meaning alone")]
pub(crate) mod meaning;
mod operations;
mod schemas;
pub(crate) mod silent;

use codegen::Pointer;
use serde_json::Value;

/// One change of a document.
#[derive(Clone, Debug)]
pub(crate) struct Mutation {
    /// The kind of change, such as `drop a property`.
    pub(crate) kind: &'static str,
    /// The place that is another afterwards.
    pub(crate) at: Pointer,
    /// What stands there afterwards.
    pub(crate) node: Value,
}

impl Mutation {
    /// The changed document.
    pub(crate) fn apply(&self, document: &Value) -> Value {
        let mut document = document.clone();
        *document.pointer_mut(&self.at.to_string()).unwrap() = self.node.clone();
        document
    }
}

/// Every change of every kind at every place of the document where that kind applies.
pub(crate) fn all(document: &Value) -> Vec<Mutation> {
    let mut mutations = Mutations {
        document,
        all: Vec::new(),
    };
    schemas::add(&mut mutations);
    operations::add(&mut mutations);
    mutations.all
}

/// The mutations collected so far.
struct Mutations<'d> {
    document: &'d Value,
    all: Vec<Mutation>,
}

impl Mutations<'_> {
    /// Adds the change that `edit` makes to the value at `at`.
    fn edit(&mut self, kind: &'static str, at: &Pointer, edit: impl FnOnce(&mut Value)) {
        let before = at.resolve(self.document).unwrap();
        let mut node = before.clone();
        edit(&mut node);
        assert_ne!(*before, node, "{kind} at {at} changes nothing");
        self.all.push(Mutation {
            kind,
            at: at.clone(),
            node,
        });
    }

    /// Adds the change of one member.
    fn set(&mut self, kind: &'static str, at: &Pointer, key: &str, value: impl Into<Value>) {
        let value = value.into();
        self.edit(kind, at, |node| node[key] = value);
    }

    /// Adds the loss of one member.
    fn drop(&mut self, kind: &'static str, at: &Pointer, key: &str) {
        self.edit(kind, at, |node| {
            node.as_object_mut().unwrap().remove(key);
        });
    }

    /// Adds the switch of a member that is false when it is absent.
    fn toggle(&mut self, kind: &'static str, at: &Pointer, key: &str) {
        self.edit(kind, at, |node| node[key] = (node[key] != true).into());
    }

    /// Adds the loss of each member of a list, and one more member.
    fn members(&mut self, drop: &'static str, add: &'static str, at: &Pointer, new: Value) {
        for index in 0..at.resolve(self.document).unwrap().as_array().unwrap().len() {
            self.edit(drop, at, |list| {
                list.as_array_mut().unwrap().remove(index);
            });
        }
        self.edit(add, at, |list| list.as_array_mut().unwrap().push(new));
    }
}

/// The keys of the object at a place.
fn keys(document: &Value, at: &Pointer) -> Vec<String> {
    let object = at.resolve(document).and_then(Value::as_object);
    object
        .into_iter()
        .flat_map(|members| members.keys().cloned())
        .collect()
}

/// Every operation, as its path item's place and its method.
pub(crate) fn operations(document: &Value) -> Vec<(Pointer, String)> {
    let paths = Pointer::from(["paths"]);
    keys(document, &paths)
        .iter()
        .map(|path| paths.join(path))
        .flat_map(|item| {
            keys(document, &item)
                .into_iter()
                .map(move |method| (item.clone(), method))
        })
        .collect()
}

/// Every schema, from the outside in.
pub(crate) fn schemas(document: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    let components = Pointer::from(["components", "schemas"]);
    for name in keys(document, &components) {
        collect(document, components.join(name), &mut found);
    }
    for (item, method) in operations(document) {
        let operation = item.join(method);
        let parameters = operation.join("parameters");
        let count = parameters
            .resolve(document)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        for index in 0..count {
            collect(document, parameters.join(index).join("schema"), &mut found);
        }
        for content in contents(document, &operation) {
            for media_type in keys(document, &content) {
                collect(
                    document,
                    content.join(media_type).join("schema"),
                    &mut found,
                );
            }
        }
    }
    found
}

/// The `content` of an operation's body and of its answers.
pub(crate) fn contents(document: &Value, operation: &Pointer) -> Vec<Pointer> {
    let answers = operation.join("responses");
    let answers = keys(document, &answers)
        .into_iter()
        .map(|status| answers.join(status));
    std::iter::once(operation.join("requestBody"))
        .chain(answers)
        .map(|holder| holder.join("content"))
        .filter(|content| content.resolve(document).is_some())
        .collect()
}

fn collect(document: &Value, at: Pointer, found: &mut Vec<Pointer>) {
    let schema = at.resolve(document).unwrap();
    assert!(schema.is_object(), "{at}");
    let properties = at.join("properties");
    let fields = keys(document, &properties)
        .into_iter()
        .map(|name| properties.join(name));
    let single = ["items", "additionalProperties"]
        .into_iter()
        .filter(|key| schema[key].is_object())
        .map(|key| at.join(key));
    let forms = ["anyOf", "oneOf", "allOf"].into_iter().flat_map(|key| {
        let count = schema[key].as_array().map_or(0, Vec::len);
        let at = at.join(key);
        (0..count).map(move |index| at.join(index))
    });
    let children: Vec<_> = fields.chain(single).chain(forms).collect();
    found.push(at);
    for child in children {
        collect(document, child, found);
    }
}
