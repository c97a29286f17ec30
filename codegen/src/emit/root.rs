//! `mod.rs`: the modules, and what they make public.

use super::file::File;
use super::imports::use_line;
use crate::model::{Crate, Resource};

pub(super) fn file(made: &Crate) -> File {
    let mut file = File::new("mod.rs", "The API's types and operations.");
    let mut modules = [
        "client",
        "enums",
        "ids",
        "json_schemas",
        "objects",
        "parameters",
        "service",
    ]
    .to_vec();
    modules.extend(made.resources.iter().map(|resource| resource.name.as_str()));
    modules.sort_unstable();
    for module in &modules {
        if *module == "json_schemas" {
            file.push("#[cfg(feature = \"schemars\")]\n");
        }
        file.push(&format!("mod {module};\n"));
    }
    let ids: Vec<&str> = made.ids.iter().map(|id| id.name.as_str()).collect();
    let nested = made.params.iter().filter(|params| !params.is_request);
    let nested: Vec<&str> = nested.map(|params| params.name.as_str()).collect();
    let types = [
        ("enums", enums(made)),
        ("ids", ids),
        ("objects", objects(made)),
    ];
    module(
        &mut file,
        "types",
        "The objects, enums and ids of the API.",
        &types,
    );
    module(
        &mut file,
        "params",
        "The objects that requests take as parameters.",
        &[("parameters", nested)],
    );
    let requests: Vec<(&str, Vec<&str>)> = made
        .resources
        .iter()
        .map(|resource| (resource.name.as_str(), requests(resource)))
        .collect();
    module(
        &mut file,
        "requests",
        "The resources, and the requests that their methods make.",
        &requests,
    );
    file.line(
        "pub use self::client::{Client, ClientBuilder};\npub use self::service::API_VERSION;",
    );
    file.push("#[cfg(feature = \"schemars\")]\npub use self::json_schemas::schemas;\n");
    file
}

/// `json_schemas.rs`: the JSON Schema of every type.
pub(super) fn json_schemas(made: &Crate) -> File {
    let mut file = File::new("json_schemas.rs", "The JSON Schema of every type.");
    file.push(
        "/// The JSON Schema of every type, by name.
pub fn schemas() -> std::collections::BTreeMap<String, v1::schemars::Schema> {
    [
",
    );
    let params = made.params.iter().map(|params| params.name.as_str());
    for (module, names) in [
        ("enums", enums(made)),
        ("objects", objects(made)),
        ("parameters", params.collect()),
    ] {
        for name in names {
            file.push(&format!(
                "        v1::named_schema::<super::{module}::{name}>(),\n"
            ));
        }
    }
    file.push("    ]\n    .into()\n}\n");
    file
}

fn enums(made: &Crate) -> Vec<&str> {
    made.enums.iter().map(|item| item.name.as_str()).collect()
}

/// The types in the file of the objects, unions among them.
fn objects(made: &Crate) -> Vec<&str> {
    let objects = made.objects.iter().map(|object| object.name.as_str());
    let unions = made.unions.iter().map(|union| union.name.as_str());
    let mut names: Vec<&str> = objects.chain(unions).collect();
    names.sort_unstable();
    names
}

/// The names of a resource's type and of its requests.
fn requests(resource: &Resource) -> Vec<&str> {
    let operations = resource.operations.iter();
    let mut names: Vec<&str> = operations
        .map(|operation| operation.request.as_str())
        .collect();
    names.push(&resource.ty);
    names.sort_unstable();
    names
}

/// A public module of re-exports.
fn module(file: &mut File, name: &str, doc: &str, exports: &[(&str, Vec<&str>)]) {
    file.line(&format!("/// {doc}"));
    file.push(&format!("pub mod {name} {{\n"));
    for (module, names) in exports.iter().filter(|(_, names)| !names.is_empty()) {
        file.push(&use_line("    pub ", &format!("super::{module}"), names));
    }
    file.push("}\n");
}
